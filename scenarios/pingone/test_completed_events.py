"""The event of a risk evaluation is completed once, and in time (P1-EVAL)."""

import httpx
import pytest

from harness.checks import expect_equal, expect_error, expect_members, expect_status
from harness.product import PingOne
from scenarios.pingone import bodies
from scenarios.pingone.bodies import REFUSED, Json
from scenarios.pingone.resource import evaluated, json_object


@pytest.mark.requirement("P1-EVAL-015")
@pytest.mark.parametrize("status", ["SUCCESS", "FAILED"])
def test_a_completed_event_is_shown(pingone: PingOne, status: str) -> None:
    """200 with the event, and the evaluation has the status from then on.

    Source: PingOne Protect API, update risk evaluation event (200).
    """
    first, second = (evaluated(pingone, bodies.evaluation()) for _ in range(2))

    event = json_object(complete(pingone, first, status), 200)

    expect_members(event, {"completionStatus": status, "ip": bodies.ADDRESS}, "the event")
    shown = json_object(pingone.api.get_risk_evaluation(first["id"]), 200)
    expect_members(shown, {"event": {"completionStatus": status}}, "the evaluation")
    expect_equal(shown["result"], first["result"], "the result after completion")
    other = json_object(pingone.api.get_risk_evaluation(second["id"]), 200)
    expect_members(other, {"event": {"completionStatus": "IN_PROGRESS"}}, "the other evaluation")


def complete(pingone: PingOne, evaluation: Json, status: object) -> httpx.Response:
    """The answer to completing the event of an evaluation."""
    body = {"completionStatus": status}
    return pingone.api.update_risk_evaluation_event(evaluation["id"], json=body)


def status_of(pingone: PingOne, evaluation: Json) -> str:
    """The completion status as it is stored now."""
    stored = json_object(pingone.api.get_risk_evaluation(evaluation["id"]), 200)
    return str(stored["event"]["completionStatus"])


@pytest.mark.requirement("P1-EVAL-016")
@pytest.mark.parametrize("second", ["FAILED", "SUCCESS", "IN_PROGRESS"])
def test_a_completed_event_stays_as_it_is(pingone: PingOne, second: str) -> None:
    """The second completion is refused, whatever it says.

    Source: PingOne Protect API, update risk evaluation event: allowed while IN_PROGRESS.
    """
    made = evaluated(pingone, bodies.evaluation())
    expect_status(complete(pingone, made, "SUCCESS"), 200)

    expect_status(complete(pingone, made, second), *REFUSED)

    expect_equal(status_of(pingone, made), "SUCCESS", "completion status")


@pytest.mark.requirement("P1-EVAL-010", "P1-EVAL-016")
@pytest.mark.parametrize("status", ["DONE", "success", None, 7, ["SUCCESS"]])
def test_a_completion_status_that_is_none_is_refused(pingone: PingOne, status: object) -> None:
    """The event stays in progress, and can still be completed.

    Source: PingOne Go SDK, risk openapi, completionStatus: IN_PROGRESS, SUCCESS, FAILED.
    """
    made = evaluated(pingone, bodies.evaluation())

    expect_error(complete(pingone, made, status), 400, requirement="P1-EVAL-010")

    still = status_of(pingone, made)
    expect_equal(still, "IN_PROGRESS", "completion status", requirement="P1-EVAL-016")
    expect_status(complete(pingone, made, "FAILED"), 200, requirement="P1-EVAL-016")


@pytest.mark.requirement("P1-EVAL-017")
def test_an_event_is_completed_within_thirty_minutes_or_never(pingone: PingOne) -> None:
    """A minute before the end it is taken, a minute after it is refused.

    Source: PingOne Protect API, update risk evaluation event: within 30 minutes.
    """
    control = pingone.needs_control("waits half an hour between an evaluation and its end")
    in_time, late = (evaluated(pingone, bodies.evaluation()) for _ in range(2))

    control.advance(29 * 60)
    expect_status(complete(pingone, in_time, "SUCCESS"), 200)

    control.advance(2 * 60)
    expect_status(complete(pingone, late, "SUCCESS"), *REFUSED)
    expect_equal(status_of(pingone, late), "IN_PROGRESS", "completion status")
