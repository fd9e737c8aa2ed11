"""A run as JUnit XML, for whatever CI shows test results with.

nonconformant is a failure, harness_error an error, not_measured skipped; warning and refuted pass,
and the system-out of the suite lists them. The document keeps to what both common schemas allow:
that of Ant's tasks (windyroad/JUnit-Schema) and that of Jenkins (xunit-plugin, junit-10.xsd). So a
testcase has no properties, and its requirement is the type of its failure.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from reports.text import plain

if TYPE_CHECKING:
    from harness.evidence import ScenarioResult
    from reports.model import Findings

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document may hold (XML 1.0, section 2.2)."""

_NO_ERROR = ("conformant", "warning", "refuted", "nonconformant", "not_measured")


def document(findings: Findings) -> str:
    """The XML of a run: one testcase for each scenario."""
    run, header, counts = findings.run, findings.header, findings.scenario_counts
    numbers = {
        "tests": str(len(run.scenarios)),
        "failures": str(counts["nonconformant"]),
        "errors": str(len(run.scenarios) - sum(counts[one] for one in _NO_ERROR)),
        "skipped": str(counts["not_measured"]),
        "time": _seconds(sum(one.duration_ms for one in run.scenarios)),
    }
    root = ET.Element("testsuites")
    place = {"id": "0", "package": "scenarios", "hostname": "localhost"}
    name = _clean(header.label or "").strip() or f"paconform {_clean(header.target)}"
    stamp = {"timestamp": _timestamp(header.started)}
    suite = ET.SubElement(root, "testsuite", {"name": name, **place, **numbers, **stamp})
    facts = {
        "run": header.run_id,
        "tool": header.tool,
        "target": header.target,
        "release": header.release or "",
        "seed": "" if header.seed is None else str(header.seed),
        "interrupted": "true" if run.interrupted else "false",
        **{name.strip() or "?": told for name, told in header.product.items()},
    }
    _properties(suite, list(facts.items()))
    for one in run.scenarios:
        _case(suite, one)
    passed = [one for one in run.scenarios if one.verdict in ("warning", "refuted")]
    told = [f"{one.verdict}: {one.id}: {one.reason or ''}" for one in passed]
    ET.SubElement(suite, "system-out").text = _clean("\n".join(told))
    stopped = findings.headline.detail if run.interrupted else ""
    ET.SubElement(suite, "system-err").text = _clean(stopped)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="utf-8"?>\n', "\n")
    )


def _case(suite: ET.Element, one: ScenarioResult) -> None:
    file, _, name = one.id.partition("::")
    classname = file.removesuffix(".py").replace("/", ".")
    case = ET.SubElement(
        suite,
        "testcase",
        {
            "classname": _clean(f"scenarios.{classname}"),
            "name": _clean(name or one.id),
            "time": _seconds(one.duration_ms),
        },
    )
    if one.verdict == "nonconformant":
        _problem(case, "failure", one)
    elif one.verdict == "not_measured":
        ET.SubElement(case, "skipped", {"message": _clean(one.reason or "")})
    elif one.verdict not in _NO_ERROR:
        _problem(case, "error", one)


def _problem(case: ET.Element, tag: str, one: ScenarioResult) -> None:
    failure = one.failure
    message = _clean(one.reason or (failure.message if failure else ""))
    kind = failure.requirement if failure and failure.requirement else one.verdict
    problem = ET.SubElement(case, tag, {"message": message, "type": _clean(kind)})
    lines = [one.title]
    if failure:
        lines += [f"expected: {failure.expected}", f"actual: {failure.actual}"]
        lines += [f"at: {failure.where}"] if failure.where else []
    problem.text = _clean("\n".join([*lines, "traffic:", *one.traffic]))


def _properties(parent: ET.Element, pairs: list[tuple[str, str]]) -> None:
    properties = ET.SubElement(parent, "properties")
    for name, value in pairs:
        ET.SubElement(properties, "property", {"name": _clean(name), "value": _clean(value)})


def _clean(text: str) -> str:
    """Text for XML, in which nothing is hidden: what cannot be seen is an escape."""
    return _FORBIDDEN.sub("", plain(text))


def _timestamp(stamp: str) -> str:
    """In UTC and without a zone, as Ant's schema wants it; 1970 where the evidence has none."""
    try:
        moment = datetime.fromisoformat(stamp).astimezone(UTC)
    except (ValueError, OverflowError):
        moment = datetime.fromtimestamp(0, UTC)
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _seconds(duration_ms: float) -> str:
    return f"{duration_ms / 1000:.3f}"
