"""Feedback on evaluations, settings of what is kept, and profiles that are erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakes.pingone.protect.feedback import BULK, SINGLE
from fakes.pingone.protect.profiles import RESET
from fakes.tests.pingone_tenant import NOBODYS, Tenant, targets
from fakes.tests.protect_events import DENVER, LONDON, Visits, signals

if TYPE_CHECKING:
    from fakes.message import Response

FROM, TO = "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def feedback(tenant: Tenant, body: object, kind: str = "application/json") -> Response:
    return tenant.call("POST", "riskFeedback", body, content_type=kind)


def label(key: str, **members: object) -> dict[str, Any]:
    subject = {"type": "RISK_EVALUATION_ID", "value": key}
    return {"subject": subject, "verdict": "FRAUD", "occurredFrom": FROM, **members}


def ranged(**members: object) -> dict[str, Any]:
    return label("", subject={"type": "TIME_RANGE"}, occurredTo=TO, **members)


def test_the_older_feedback_is_taken_for_several_evaluations(tenant: Tenant) -> None:
    first, second = (tenant.evaluated("eve")["id"] for _ in range(2))
    items = [
        {
            "riskEvaluation": {"id": first, "createdAt": FROM},
            "feedbackCategory": "FALSE_HIGH_RISK",
            "reason": "COMPANY_VPN",
        },
        {"riskEvaluation": {"id": second}, "feedbackCategory": "FRIENDLY_BOT"},
    ]
    assert feedback(tenant, {"evaluationFeedbackItems": items}).status == 201
    assert len(tenant.fake.store.table("riskFeedback")) == 1


@pytest.mark.parametrize(
    ("item", "target"),
    [
        ({"feedbackCategory": "FRIENDLY_BOT"}, "riskEvaluation"),
        ({"riskEvaluation": {}, "feedbackCategory": "FRIENDLY_BOT"}, "riskEvaluation.id"),
        ({"riskEvaluation": {"id": NOBODYS}}, "feedbackCategory"),
        (
            {"riskEvaluation": {"id": NOBODYS}, "feedbackCategory": "FRIENDLY_BOT"},
            "riskEvaluation.id",
        ),
    ],
    ids=str,
)
def test_older_feedback_that_is_none_is_refused(
    tenant: Tenant, item: dict[str, Any], target: str
) -> None:
    answer = feedback(tenant, {"evaluationFeedbackItems": [item]})
    assert f"evaluationFeedbackItems[0].{target}" in targets(answer)
    assert targets(feedback(tenant, {})) == {"evaluationFeedbackItems": "REQUIRED_VALUE"}
    assert len(tenant.fake.store.table("riskFeedback")) == 0


def test_a_verdict_is_taken_for_one_evaluation(tenant: Tenant) -> None:
    body = label(
        tenant.evaluated("eve")["id"],
        trigger="CHARGEBACK",
        flowType="TRANSACTION",
        confidence="HIGH",
        attributes={"case": "7"},
    )
    made = feedback(tenant, body, SINGLE)
    assert made.status == 201
    assert made.json().items() >= body.items()
    assert made.json()["environment"] == {"id": tenant.environment_id}
    assert feedback(tenant, ranged(), SINGLE).status == 201


@pytest.mark.parametrize(
    ("change", "target"),
    [
        ({"subject": None}, "subject"),
        ({"subject": {"type": "MOON", "value": "x"}}, "subject.type"),
        ({"subject": {"type": "IP_ADDRESS"}}, "subject.value"),
        ({"subject": {"type": "RISK_EVALUATION_ID", "value": NOBODYS}}, "subject.value"),
        ({"verdict": "GUILTY"}, "verdict"),
        ({"verdict": None}, "verdict"),
        ({"occurredFrom": None}, "occurredFrom"),
        ({"occurredFrom": "2026-01-01T00:00:00Z"}, "occurredFrom"),
        ({"occurredTo": TO}, "occurredTo"),
        ({"trigger": "MOOD"}, "trigger"),
        ({"flowType": "WALK"}, "flowType"),
        ({"reason": "x" * 201}, "reason"),
        ({"analyst": "x" * 51}, "analyst"),
        ({"fraudType": "x" * 51}, "fraudType"),
        ({"confidence": "SOME"}, "confidence"),
        ({"confirmedAt": "yesterday"}, "confirmedAt"),
        ({"attributes": {str(n): "x" for n in range(21)}}, "attributes"),
        ({"attributes": {"x" * 101: "x"}}, "attributes"),
        ({"attributes": {"x": "x" * 301}}, "attributes.x"),
        ({"attributes": {"x": 1}}, "attributes.x"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_verdict_that_is_none_is_refused(
    tenant: Tenant, change: dict[str, Any], target: str
) -> None:
    body = {**label(tenant.evaluated("eve")["id"]), **change}
    assert target in targets(feedback(tenant, body, SINGLE))


def test_an_evaluation_of_another_environment_cannot_be_labelled(tenant: Tenant) -> None:
    key = tenant.evaluated("eve")["id"]
    table = tenant.fake.store.table("riskEvaluations")
    other = {"id": tenant.fake.second_environment_id}
    assert feedback(tenant, label(key), SINGLE).status == 201
    table.put(key, {**(table.get(key) or {}), "environment": other})
    assert "subject.value" in targets(feedback(tenant, label(key), SINGLE))


def test_a_range_of_time_is_three_days_at_most(tenant: Tenant) -> None:
    assert feedback(tenant, ranged(occurredFrom="2025-12-30T00:00:00.000Z"), SINGLE).status == 201
    for start in ("2025-12-29T23:59:59.999Z", "2026-01-02T00:00:00.001Z"):
        answer = feedback(tenant, ranged(occurredFrom=start), SINGLE)
        assert targets(answer) == {"occurredTo": "OUT_OF_RANGE"}


def test_several_verdicts_are_taken_each_by_itself(tenant: Tenant) -> None:
    good = label(tenant.evaluated("eve")["id"])
    answer = feedback(tenant, {"items": [good, label(NOBODYS), ranged()]}, BULK)
    body = answer.json()
    assert answer.status == 200
    assert body["summary"] == {"requested": 3, "errors": 1, "successful": 2, "skipped": 0}
    assert [one["status"] for one in body["responses"]] == ["SUCCESS", "INVALID_DATA", "SUCCESS"]
    assert body["responses"][1]["body"]["code"] == "INVALID_DATA"
    assert body["errors"] == [{"$ref": "#/responses/1"}]
    assert len(tenant.fake.store.table("riskFeedback")) == 2
    assert "items" in targets(feedback(tenant, {"items": []}, BULK))
    assert "items" in targets(feedback(tenant, {"items": [good] * 21}, BULK))
    assert feedback(tenant, {}, "text/plain").status == 415


def test_the_settings_have_defaults_and_are_replaced(tenant: Tenant) -> None:
    defaults = {
        "newDeviceInDays": 180,
        "userBasedRiskBehaviorInDays": 180,
        "userLocationAnomalyInDays": 90,
    }
    fresh = tenant.call("GET", "riskSettings").json()
    assert fresh["dataRetention"] == defaults
    assert "updatedAt" not in fresh
    body = {"dataRetention": {"newDeviceInDays": 7, "userLocationAnomalyInDays": 30}}
    answer = tenant.call("PUT", "riskSettings", body)
    assert answer.json()["dataRetention"] == {**defaults, **body["dataRetention"]}
    assert answer.json()["environment"] == {"id": tenant.environment_id}
    assert tenant.call("GET", "riskSettings").json() == answer.json()


@pytest.mark.parametrize(
    ("change", "target"),
    [
        ({}, "dataRetention"),
        ({"dataRetention": {"newDeviceInDays": 0}}, "dataRetention.newDeviceInDays"),
        ({"dataRetention": {"newDeviceInDays": 181}}, "dataRetention.newDeviceInDays"),
        ({"dataRetention": {"newDeviceInDays": 1.5}}, "dataRetention.newDeviceInDays"),
        (
            {"dataRetention": {"userBasedRiskBehaviorInDays": 29}},
            "dataRetention.userBasedRiskBehaviorInDays",
        ),
        (
            {"dataRetention": {"userLocationAnomalyInDays": 91}},
            "dataRetention.userLocationAnomalyInDays",
        ),
    ],
    ids=str,
)
def test_settings_that_are_none_are_refused(
    tenant: Tenant, change: dict[str, Any], target: str
) -> None:
    before = tenant.call("GET", "riskSettings").body
    assert target in targets(tenant.call("PUT", "riskSettings", change))
    assert tenant.call("GET", "riskSettings").body == before


def test_settings_hold_for_what_is_learned_from_then_on() -> None:
    visits = Visits("newDevice")
    visits.level(sdk=signals("a"), ok=True)
    body = {"dataRetention": {"newDeviceInDays": 1}}
    assert visits.tenant.call("PUT", "riskSettings", body).status == 200
    visits.level(sdk=signals("b"), ok=True)
    assert visits.level(sdk=signals("b")) == "LOW"
    visits.later(86_400)
    assert visits.level(sdk=signals("b")) == "HIGH"
    assert visits.level(sdk=signals("a")) == "LOW"


def erased(visits: Visits, user: dict[str, Any]) -> Response:
    return visits.tenant.call("POST", "riskUserProfile", {"user": user}, content_type=RESET)


def test_a_profile_that_is_erased_has_everything_to_learn_again() -> None:
    visits = Visits("geoVelocity")
    for user in ("eve", "bob"):
        visits.level(user, ip=DENVER, ok=True)
    assert visits.level("eve", ip=LONDON) == visits.level("bob", ip=LONDON) == "HIGH"
    assert erased(visits, {"id": "eve", "type": "EXTERNAL"}).status == 200
    details = visits.whole("eve", ip=LONDON)["details"]
    assert details["geoVelocity"]["status"] == "IN_TRAINING_PERIOD"
    assert details["ipVelocityByUser"]["velocity"]["distinctCount"] == 1
    assert visits.level("bob", ip=LONDON) == "HIGH"


def test_a_profile_is_erased_by_its_own_content_type_only(tenant: Tenant) -> None:
    user = {"user": {"id": "eve", "type": "EXTERNAL"}}
    assert tenant.call("POST", "riskUserProfile", user).status == 415
    for body, target in (({}, "user"), ({"user": {"id": "eve"}}, "user.type")):
        answer = tenant.call("POST", "riskUserProfile", body, content_type=RESET)
        assert target in targets(answer)
