"""What Protect keeps, and what it is told of its own judgements (P1-DATA, P1-EVAL-018)."""

import pytest

from harness.checks import expect_equal, expect_members, expect_that
from harness.product import PingOne, Product
from scenarios.pingone import bodies
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import json_object, refusal

DAYS = {
    "newDeviceInDays": (1, 180),
    "userBasedRiskBehaviorInDays": (30, 180),
    "userLocationAnomalyInDays": (30, 90),
}
"""Fewest and most days (Protect settings, dataRetention)."""


def _settings(pingone: PingOne) -> Json:
    told = json_object(pingone.api.get_risk_settings(), 200).get("dataRetention")
    expect_that(isinstance(told, dict), "dataRetention", told)
    return dict(told or {})


@pytest.mark.requirement("P1-DATA-001")
def test_settings_of_retention_are_stored(pingone: PingOne) -> None:
    """New ones have the most days; the fewest and the most of each can be set.

    Source: PingOne Protect settings, dataRetention.
    """
    pingone.needs_control("changes how long the whole environment remembers")
    expect_members(
        _settings(pingone), {name: most for name, (_, most) in DAYS.items()}, "new settings"
    )

    for end in (0, 1):
        wanted = {name: days[end] for name, days in DAYS.items()}
        json_object(pingone.api.update_risk_settings(json={"dataRetention": wanted}), 200)
        expect_members(_settings(pingone), wanted, "settings read back")


@pytest.mark.requirement("P1-DATA-001")
@pytest.mark.parametrize("name", DAYS)
@pytest.mark.parametrize("end", [0, 1], ids=["too few", "too many"])
def test_days_out_of_their_range_are_refused(pingone: PingOne, name: str, end: int) -> None:
    """400, and the settings are as they were.

    Source: PingOne Protect settings, dataRetention.
    """
    pingone.needs_control("changes how long the whole environment remembers")
    before = _settings(pingone)
    days = DAYS[name][end] + (1 if end else -1)

    body = {"dataRetention": {**before, name: days}}
    refusal(pingone.api.update_risk_settings(json=body))

    expect_equal(_settings(pingone), before, "settings after a refusal")


@pytest.mark.requirement("P1-DATA-002")
@pytest.mark.parametrize("missing", ["riskEvaluation", "feedbackCategory"])
def test_feedback_names_an_evaluation_and_a_category(pingone: PingOne, missing: str) -> None:
    """Whole feedback is taken, with any status of success, for none is documented.

    Source: PingOne Protect, send risk evaluation feedback.
    """
    body = bodies.evaluation()
    made = json_object(pingone.api.add_risk_evaluation(json=body), 201)
    item: Json = {
        "riskEvaluation": {"id": made["id"], "createdAt": made["createdAt"]},
        "feedbackCategory": "FALSE_HIGH_RISK",
        "reason": "COMPANY_VPN",
    }
    taken = pingone.api.add_risk_feedback(json={"evaluationFeedbackItems": [item]})
    expect_that(taken.is_success, "a status of success", taken.status_code)

    part = {name: value for name, value in item.items() if name != missing}
    refusal(pingone.api.add_risk_feedback(json={"evaluationFeedbackItems": [part]}))


@pytest.mark.requirement("P1-EVAL-018")
def test_only_a_success_is_a_previous_success(product: Product, pingone: PingOne) -> None:
    """After an event in progress and one that failed there is none; then the address of the third.

    Source: PingOne Protect, updating completion status.
    """
    api, who = pingone.api, {"id": product.name("user"), "type": "EXTERNAL"}
    previous = []

    for ip, status in (
        ("198.51.100.1", None),
        ("198.51.100.2", "FAILED"),
        ("198.51.100.3", "SUCCESS"),
        ("198.51.100.4", None),
    ):
        body = bodies.evaluation(user=who, ip=ip)
        told = json_object(api.add_risk_evaluation(json=body), 201)
        previous.append((told["details"].get("previousSuccessfulTransaction") or {}).get("ip"))
        if status:
            completed = {"completionStatus": status}
            json_object(api.update_risk_evaluation_event(told["id"], json=completed), 200)

    expect_equal(previous, [None, None, None, "198.51.100.3"], "previous successes")
