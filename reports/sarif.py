"""What a run found wrong, as SARIF 2.1.0, for code scanning pages.

A rule for each requirement that something was found of: a broken MUST is an error, a SHOULD that is
not followed a warning, a refuted assumption a note.

Bounded, the worst first: GitHub shows 5,000 results of a run and takes 10 MB, packed.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from reports.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.evidence import ScenarioResult
    from reports.model import Findings
    from reports.rows import Row

_LEVELS = {"nonconformant": "error", "warning": "warning", "refuted": "note"}
MOST = 5_000
"""Results of one document."""
LONGEST = 1_000
"""Characters of one text."""
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def document(findings: Findings) -> str:
    """The JSON of a run: a result for each scenario that found something."""
    rules: dict[str, Any] = {}
    results = []
    for level, row, one in islice(_found(findings), MOST):
        rules.setdefault(row.id, _rule(row))
        results.append(_result(row, one, level))
    left_out = sum(findings.scenario_counts[one] for one in _LEVELS) - len(results)
    name, _, version = findings.header.tool.partition(" ")
    driver = {"name": name or "paconform", "version": version, "rules": list(rules.values())}
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"{_text(findings.header.label or findings.header.target)}/"},
        "invocations": [_invocation(findings, left_out)],
        "results": results,
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, indent=1) + "\n"


def _found(findings: Findings) -> Iterator[tuple[str, Row, ScenarioResult]]:
    """Every scenario that found something, the worst first, with its level and requirement."""
    for verdict, level in _LEVELS.items():
        for row, scenarios in findings.broken(verdict):
            for one in scenarios:
                yield level, row, one


def _invocation(findings: Findings, left_out: int) -> dict[str, Any]:
    """Whether the run was done, and what is not in the document."""
    said = [findings.headline.detail] if findings.run.interrupted else []
    said += [f"{left_out} more results are in evidence.jsonl"] if left_out else []
    notes = [{"level": "note", "message": {"text": _text(one)}} for one in said]
    return {
        "executionSuccessful": not findings.run.interrupted,
        "toolExecutionNotifications": notes,
    }


def _text(foreign: str) -> str:
    """Text in which nothing is hidden, never empty, and not too long."""
    text = plain(foreign)
    return (text if len(text) <= LONGEST else text[:LONGEST] + "…") or "?"


def _rule(row: Row) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": _text(row.id), "shortDescription": {"text": _text(row.title)}}
    if row.requirement is not None:
        source = f"{row.requirement.grade}: {row.requirement.source}"
        shown["fullDescription"] = {"text": _text(source)}
        shown["properties"] = {"tags": [row.requirement.level, row.requirement.grade, row.area]}
    return shown


def _result(row: Row, one: ScenarioResult, level: str) -> dict[str, Any]:
    failure = one.failure
    found = [one.title, one.reason or ""]
    if failure is not None:
        found = [one.title, f"expected {failure.expected}", f"actual {failure.actual}"]
    file, _, line = (failure.where or "" if failure else "").rpartition(":")
    shown: dict[str, Any] = {
        "ruleId": _text(row.id),
        "level": level,
        "message": {"text": _text("; ".join(filter(None, found)))},
        "partialFingerprints": {"scenario": plain(one.id)},
    }
    place: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": plain(one.id)}]}
    if file and line.isdecimal() and int(line) > 0:
        artifact = {"uri": quote(file)}
        place["physicalLocation"] = {
            "artifactLocation": artifact,
            "region": {"startLine": int(line)},
        }
    return {**shown, "locations": [place]}
