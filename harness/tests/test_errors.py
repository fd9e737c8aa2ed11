"""A verdict says what was expected, what was found, and where it was seen."""

from __future__ import annotations

import httpx
import pytest

from harness.errors import BadSettings, HarnessError, NonConformance, NotMeasured, Unreachable
from harness.recorder import Exchange


def test_a_verdict_names_requirement_expected_actual_and_exchange() -> None:
    request = httpx.Request("GET", "https://pa.test/x")
    exchange = Exchange("pingaccess", None, request, httpx.Response(200))

    told = str(NonConformance("PA-CONN-001", "status 422", "200", exchange))

    assert told == "PA-CONN-001: expected status 422; actual 200 (after GET /x -> 200)"


def test_a_verdict_without_requirement_and_exchange_is_shorter() -> None:
    assert str(NonConformance(None, "a", "b")) == "expected a; actual b"


@pytest.mark.parametrize("ours", [HarnessError, BadSettings, Unreachable])
def test_a_fault_of_ours_is_no_verdict(ours: type[Exception]) -> None:
    assert issubclass(ours, HarnessError)
    assert not issubclass(ours, AssertionError)


def test_not_measured_keeps_its_reason() -> None:
    assert NotMeasured("no control door").reason == "no control door"
    assert not issubclass(NotMeasured, HarnessError | AssertionError)
