"""A run as CTRF (Common Test Report Format 0.0), for tools that show test results of any language.

Its schema allows no members but its own, so that ours stand in `extra`. nonconformant is failed,
not_measured skipped, harness_error other; warning and refuted pass, and `rawStatus` says so.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from reports.text import plain

if TYPE_CHECKING:
    from harness.evidence import ScenarioResult
    from reports.model import Findings

_STATUS = {
    "conformant": "passed",
    "warning": "passed",
    "refuted": "passed",
    "nonconformant": "failed",
    "not_measured": "skipped",
}


def document(findings: Findings) -> str:
    """The JSON of a run: one test for each scenario."""
    run, header = findings.run, findings.header
    tests = [_test(one) for one in run.scenarios]
    start = _milliseconds(header.started)
    took = round(sum(one.duration_ms for one in run.scenarios))
    counts = {
        status: sum(one["status"] == status for one in tests)
        for status in ("passed", "failed", "skipped", "pending", "other")
    }
    summary = {
        "tests": len(tests),
        **counts,
        "start": start,
        "stop": max(start, _milliseconds(run.end.ended) if run.end else start + took),
        "extra": {
            "run": header.run_id,
            "verdict": findings.headline.sentence,
            "target": header.target,
            "release": header.release,
            "seed": header.seed,
            "interrupted": run.interrupted,
            "product": header.product,
        },
    }
    name, _, version = header.tool.partition(" ")
    tool = {"name": name or "paconform", "version": version}
    results = {"tool": tool, "summary": summary, "tests": tests}
    whole = {"reportFormat": "CTRF", "specVersion": "0.0.0"}
    return json.dumps({**whole, "results": results}) + "\n"


def _test(one: ScenarioResult) -> dict[str, Any]:
    shown = {
        "id": str(uuid5(NAMESPACE_URL, f"scenarios/{plain(one.id)}")),
        "name": plain(one.title) or plain(one.id) or "?",
        "status": _STATUS.get(one.verdict, "other"),
        "rawStatus": one.verdict,
        "duration": round(one.duration_ms),
        "suite": [plain(one.area) or "?"],
        "tags": [plain(key) for key in one.requirements],
        "message": plain(one.reason or (one.failure.message if one.failure else "")),
        "trace": _trace(one),
        "extra": {"scenario": plain(one.id)},
    }
    return {name: value for name, value in shown.items() if value not in ("", [])}


def _trace(one: ScenarioResult) -> str:
    """What was expected and what was found, where the scenario failed."""
    failure = one.failure
    if failure is None:
        return ""
    lines = [f"requirement: {failure.requirement}"] if failure.requirement else []
    lines += [f"expected: {failure.expected}", f"actual: {failure.actual}"]
    lines += [f"at: {failure.where}"] if failure.where else []
    return plain("\n".join([*lines, "traffic:", *one.traffic]))


def _milliseconds(stamp: str) -> int:
    """Since 1970; 0 where the evidence has no time."""
    try:
        return round(datetime.fromisoformat(stamp).timestamp() * 1000)
    except ValueError:
        return 0
