"""What a run found wrong, as SARIF 2.1.0, for code scanning pages.

A rule for each requirement that something was found of: a broken MUST is an error, a SHOULD that is
not followed a warning, a refuted assumption a note.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reports.text import plain

if TYPE_CHECKING:
    from harness.evidence import ScenarioResult
    from reports.model import Findings
    from reports.rows import Row

_LEVELS = {"nonconformant": "error", "warning": "warning", "refuted": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def document(findings: Findings) -> str:
    """The JSON of a run: a result for each scenario that found something."""
    rules: dict[str, Any] = {}
    results = []
    for verdict, level in _LEVELS.items():
        for row, scenarios in findings.broken(verdict):
            rules.setdefault(row.id, _rule(row))
            results += [_result(row, one, level) for one in scenarios]
    name, _, version = findings.header.tool.partition(" ")
    driver = {"name": name or "paconform", "version": version, "rules": list(rules.values())}
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"{findings.header.label or findings.header.target}/"},
        "results": results,
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, indent=1) + "\n"


def _rule(row: Row) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": plain(row.id), "shortDescription": {"text": plain(row.title)}}
    if row.requirement is not None:
        source = f"{row.requirement.grade}: {row.requirement.source}"
        shown["fullDescription"] = {"text": source}
        shown["properties"] = {"tags": [row.requirement.level, row.requirement.grade, row.area]}
    return shown


def _result(row: Row, one: ScenarioResult, level: str) -> dict[str, Any]:
    failure = one.failure
    found = [one.title, one.reason or ""]
    if failure is not None:
        found = [one.title, f"expected {failure.expected}", f"actual {failure.actual}"]
    file, _, line = (failure.where or "" if failure else "").rpartition(":")
    shown: dict[str, Any] = {
        "ruleId": plain(row.id),
        "level": level,
        "message": {"text": plain("; ".join(filter(None, found)))},
        "partialFingerprints": {"scenario": plain(one.id)},
    }
    place: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": plain(one.id)}]}
    if file and line.isdecimal() and int(line) > 0:
        artifact = {"uri": plain(file)}
        place["physicalLocation"] = {
            "artifactLocation": artifact,
            "region": {"startLine": int(line)},
        }
    return {**shown, "locations": [place]}
