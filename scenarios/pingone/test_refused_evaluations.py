"""Risk evaluations that lack something, or have what an event does not take (P1-EVAL)."""

import httpx
import pytest

from harness.checks import expect_error, expect_that
from harness.product import PingOne
from scenarios.pingone import bodies
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import evaluated, refusal

LACKING: dict[str, tuple[Json, str]] = {
    "event": ({}, "event"),
    "address": ({"event": {"user": {"id": "u", "type": "EXTERNAL"}}}, "ip"),
    "user": ({"event": {"ip": bodies.ADDRESS}}, "user"),
    "user id": ({"event": {"ip": bodies.ADDRESS, "user": {"type": "EXTERNAL"}}}, "id"),
    "user type": ({"event": {"ip": bodies.ADDRESS, "user": {"id": "u"}}}, "type"),
    "null address": ({"event": {"ip": None, "user": {"id": "u", "type": "EXTERNAL"}}}, "ip"),
    "empty user id": (bodies.evaluation(""), "id"),
}


@pytest.mark.requirement("P1-EVAL-009")
@pytest.mark.parametrize(("body", "member"), LACKING.values(), ids=LACKING.keys())
def test_an_evaluation_that_lacks_a_member_is_refused(
    pingone: PingOne, body: Json, member: str
) -> None:
    """The error is about the member, alone or by its path.

    Source: PingOne Go SDK, risk openapi, RiskEvaluationEvent.required; PingOne error codes.
    """
    evaluated(pingone, bodies.evaluation())

    expect_error_about(pingone.api.add_risk_evaluation(json=body), member)


def expect_error_about(answer: httpx.Response, member: str) -> None:
    """Holds for 400 INVALID_DATA with a detail whose target ends with this member."""
    error = expect_error(answer, 400, "INVALID_DATA")
    targets = [str(detail.get("target")) for detail in error.get("details") or ()]
    about = any(target.split(".")[-1] == member for target in targets)
    expect_that(about, f"a detail about {member}", targets)


@pytest.mark.requirement("P1-EVAL-010")
@pytest.mark.parametrize(
    "event",
    [
        {"user": {"id": "u", "type": "INTERNAL"}},
        {"user": {"id": "u", "type": "external"}},
        {"user": {"id": 7, "type": "EXTERNAL"}},
        {"user": "u"},
        {"user": {"id": "u" * 1025, "type": "EXTERNAL"}},
        {"user": {"id": "u", "type": "EXTERNAL", "name": "n" * 1025}},
        {"user": {"id": "u", "type": "EXTERNAL", "groups": ["staff"]}},
        {"flow": {"type": "WALK"}},
        {"sharingType": "PUBLIC"},
        {"session": {}},
        {"session": "s"},
        {"completionStatus": "DONE"},
    ],
    ids=[
        "an unknown user type",
        "a user type in small letters",
        "a number for the user id",
        "a text for the user",
        "a user id of 1025 letters",
        "a user name of 1025 letters",
        "a group that is a text",
        "an unknown flow",
        "an unknown sharing type",
        "a session without an id",
        "a text for the session",
        "an unknown completion status",
    ],
)
def test_a_value_that_the_event_does_not_take_is_refused(pingone: PingOne, event: Json) -> None:
    """Enumerations, lengths and required members hold inside the event too.

    Source: PingOne Go SDK, risk openapi, RiskEvaluationEvent; PingOne error codes.
    """
    longest = {"id": "u" * 1024, "type": "EXTERNAL", "name": "n" * 1024}
    evaluated(pingone, bodies.evaluation(user=longest))

    refusal(pingone.api.add_risk_evaluation(json=bodies.evaluation(**event)))


@pytest.mark.requirement("P1-EVAL-011")
@pytest.mark.parametrize("ip", ["everywhere", "203.0.113", "203.0.113.256", "", 7, "1.2.3.4/32"])
def test_an_address_that_is_none_is_refused(pingone: PingOne, ip: object) -> None:
    """Only an address of IPv4 or IPv6 is one.

    Source: assumed; event.ip is described as an address, a check of its form is not.
    """
    for good in ("203.0.113.255", "2001:db8::1"):
        evaluated(pingone, bodies.evaluation(ip=good))

    refusal(pingone.api.add_risk_evaluation(json=bodies.evaluation(ip=ip)))
