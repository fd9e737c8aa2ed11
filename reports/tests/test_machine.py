"""The reports for machines: CTRF, SARIF and HAR."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from harness.evidence import ExchangeRecord
from reports import ctrf, har, sarif
from reports.tests.runs import EXCHANGES, HEADER, findings, mixed, scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.model import Findings

DOCUMENTS = [ctrf.document, sarif.document, har.document]
every = pytest.mark.parametrize("document", DOCUMENTS, ids=["ctrf", "sarif", "har"])


def results(found: Findings) -> dict[str, Any]:
    """The results of a CTRF document."""
    whole = json.loads(ctrf.document(found))
    assert (whole["reportFormat"], whole["specVersion"]) == ("CTRF", "0.0.0")
    shown: dict[str, Any] = whole["results"]
    return shown


def test_ctrf_counts_every_scenario_once() -> None:
    shown = results(mixed())
    summary = shown["summary"]
    counted = ["passed", "failed", "skipped", "pending", "other"]
    assert [summary[one] for one in counted] == [3, 2, 1, 0, 1]
    assert summary["tests"] == len(shown["tests"]) == 7
    assert summary["stop"] - summary["start"] == 65_000
    assert [one["rawStatus"] for one in shown["tests"] if one["status"] == "passed"] == [
        "conformant",
        "warning",
        "refuted",
    ]


def test_ctrf_says_what_was_expected_and_found() -> None:
    [failed] = results(findings(scenario("nonconformant")))["tests"]
    assert failed["tags"] == ["PA-CONN-001"]
    assert failed["message"] == "not 200"
    assert "expected: status 200\nactual: status 422\nat: scenarios/x.py:7" in failed["trace"]


def test_ctrf_has_no_empty_member_and_whole_numbers() -> None:
    for one in results(mixed())["tests"]:
        assert all(value not in ("", [], None) for value in one.values())
        assert isinstance(one["duration"], int)


def test_sarif_has_a_rule_for_each_requirement_and_a_result_for_each_finding() -> None:
    [run] = json.loads(sarif.document(mixed()))["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    levels = [(one["ruleId"], one["level"]) for one in run["results"]]
    assert levels == [
        ("PA-CONN-001", "error"),
        ("PA-CONN-001", "error"),
        ("PA-CONN-002", "warning"),
        ("PA-CONN-003", "note"),
    ]
    assert rules.keys() == {key for key, _ in levels}
    assert rules["PA-CONN-003"]["fullDescription"]["text"] == "assumed: page of PA-CONN-003"
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "scenarios/x.py"}, "region": {"startLine": 7}}


def test_har_has_every_exchange_that_is_kept() -> None:
    log = json.loads(har.document(findings(scenario("nonconformant"), scenario())))["log"]
    assert log["version"] == "1.2"
    assert [page["id"] for page in log["pages"]] == ["scenario-1"]
    listed, added, failed = log["entries"]
    assert listed["request"]["queryString"] == [{"name": "limit", "value": "1"}]
    assert added["request"]["postData"]["text"] == EXCHANGES[1].request_body.text  # type: ignore[union-attr]
    assert added["response"]["status"] == 422
    assert added["response"]["content"]["comment"] == "cut: 35 of 99"
    assert (failed["response"]["status"], failed["_error"]) == (0, "ConnectTimeout: late")


@every
def test_hostile_text_stays_json_without_what_cannot_be_seen(
    document: Callable[[Findings], str],
) -> None:
    text = "\x1b[31m\u202e</script>\ud800\x00"
    exchange = ExchangeRecord(party="pingaccess", method="GET", url="http://[::1", status=200)
    hostile = scenario(
        "nonconformant", text, title=text, traffic=[text], exchanges=[exchange], area=text
    )
    written = document(findings(hostile, header=HEADER))
    json.loads(written)
    assert not {"\x1b", "\u202e", "\x00"} & set(written)


@every
def test_a_run_without_scenarios_or_end_has_a_document(
    document: Callable[[Findings], str],
) -> None:
    json.loads(document(findings()))
    json.loads(document(findings(scenario(), end=None)))
