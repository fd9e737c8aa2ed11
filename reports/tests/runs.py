"""Runs for the tests of reports, made of plain values."""

from __future__ import annotations

from typing import Any

from harness.evidence import (
    Body,
    ExchangeRecord,
    Failure,
    Run,
    RunEnd,
    RunHeader,
    ScenarioResult,
)
from harness.requirements import Requirement
from reports.model import Findings


def requirement(key: str, level: str = "MUST", grade: str = "documented") -> Requirement:
    area = "connections" if key.startswith("PA-CONN") else "flow"
    return Requirement(key, f"The sentence of {key}.", level, grade, f"page of {key}", area)


CATALOGUE = {
    one.id: one
    for one in (
        requirement("PA-CONN-001"),
        requirement("PA-CONN-002", "SHOULD"),
        requirement("PA-CONN-003", grade="assumed"),
        requirement("FLOW-001", grade="observed"),
        requirement("FLOW-002"),
    )
}

HEADER = RunHeader(
    run_id="20261124-080000-abcd",
    started="2026-11-24T08:00:00+00:00",
    tool="pingaccess-conformance 0.1.0",
    target="live",
    release="9.1",
    seed=3,
    label="staging",
    product={"PingAccess": "9.1.0.4"},
    options={"scenarios": 5, "archive": ["small.json"]},
)

EXCHANGES = [
    ExchangeRecord(
        party="pingone",
        method="GET",
        url="https://api.invalid/v1/environments?limit=1",
        request_headers=[("Host", "api.invalid"), ("Accept", "*/*")],
        status=200,
        response_body=Body('{"_embedded":{"environments":[]}}', 33),
    ),
    ExchangeRecord(
        party="pingaccess",
        operation="add_pingone_connection",
        method="POST",
        url="https://pa.invalid:9000/pa-admin-api/v3/pingone/connections",
        request_headers=[
            ("Authorization", "Basic (Administrator:REDACTED-1)"),
            ("X-XSRF-Header", "PingAccess"),
            ("Content-Length", "14"),
        ],
        request_body=Body('{"name":"it\'s"}', 15),
        status=422,
        response_headers=[("Content-Type", "application/json")],
        response_body=Body('{"flash":["Save Failed"],"form":{}}', 35, "cut: 35 of 99"),
    ),
    ExchangeRecord(
        party="pingone", method="GET", url="https://api.invalid/", error="ConnectTimeout: late"
    ),
]


NO_NAME = Failure("PA-CONN-002", "a name", "no name", "no name", 1, "scenarios/x.py:9")
"""A failure that has nothing in common with that of `scenario`."""


def scenario(verdict: str = "conformant", *requirements: str, **members: Any) -> ScenarioResult:
    """A scenario of that verdict; one that failed blames its first requirement."""
    names = list(requirements) or ["PA-CONN-001"]
    number = members.pop("number", 1)
    if verdict in ("nonconformant", "warning", "refuted"):
        failure = Failure(names[0], "status 200", "status 422", "not 200", 1, "scenarios/x.py:7")
        members = {"failure": failure, "reason": "not 200", "exchanges": EXCHANGES, **members}
    elif verdict != "conformant":
        members = {"reason": f"the reason of {verdict}", **members}
    given = {
        "id": f"connections/test_crud.py::test_{verdict}_{number}[create]",
        "area": "connections",
        "title": f"Scenario {number} is {verdict}.",
        "traffic": ["pingaccess POST /pingone/connections 422"],
        "duration_ms": 1500.0,
    }
    return ScenarioResult(requirements=names, verdict=verdict, **{**given, **members})


def findings(
    *scenarios: ScenarioResult, end: RunEnd | bool | None = True, header: RunHeader = HEADER
) -> Findings:
    """A run of these scenarios, ended unless told otherwise."""
    ended = RunEnd(ended="2026-11-24T08:01:05+00:00", counts={}) if end is True else end or None
    return Findings(Run(header, list(scenarios), ended, []), CATALOGUE)


def mixed() -> Findings:
    """A run with everything in it."""
    return findings(
        scenario("conformant", "PA-CONN-001"),
        scenario("nonconformant", "PA-CONN-001", "FLOW-002"),
        scenario("nonconformant", "PA-CONN-001", number=2),
        scenario("warning", "PA-CONN-002", failure=NO_NAME),
        scenario("refuted", "PA-CONN-003"),
        scenario("harness_error", "FLOW-001"),
        scenario("not_measured", "FLOW-002"),
    )
