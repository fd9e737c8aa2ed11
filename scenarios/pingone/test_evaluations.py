"""Risk evaluations: what they hold, and by which policy set they are judged (P1-EVAL)."""

import pytest

from harness.checks import (
    expect_equal,
    expect_members,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import PingOne
from scenarios.pingone import bodies
from scenarios.pingone.resource import Resource, evaluated, json_object, known

NOBODYS = "00000000-0000-4000-8000-000000000000"
"""An id that no object has."""


@pytest.mark.requirement("P1-EVAL-001")
def test_an_address_and_a_user_are_enough_for_an_evaluation(
    pingone: PingOne, policy_sets: Resource
) -> None:
    """201: an id, the event in progress, the default policy set and a result.

    Source: PingOne Protect API, create risk evaluation (201), minimal request.
    """
    body = bodies.evaluation("user-1")

    answer = evaluated(pingone, body)

    expect_that(bool(answer.get("id") and answer.get("createdAt")), "an id and a time", answer)
    event = {**body["event"], "completionStatus": "IN_PROGRESS"}
    expect_members(answer, {"event": event}, "the evaluation")
    default = next(item for item in policy_sets.all() if item.get("default"))
    chosen = {"id": default["id"], "name": default["name"]}
    expect_members(answer, {"riskPolicySet": chosen}, "the evaluation")
    result = answer.get("result") or {}
    expect_equal(result.get("type"), "VALUE", "type of the result")
    levels = ("HIGH", "MEDIUM", "LOW")
    expect_that(result.get("level") in levels, f"a level of {levels}", result)


@pytest.mark.requirement("P1-EVAL-001")
def test_an_evaluation_echoes_the_whole_event(pingone: PingOne) -> None:
    """What else the caller knows of the event is taken and answered.

    Source: PingOne Go SDK, risk openapi, RiskEvaluationEvent.
    """
    body = bodies.evaluation(
        "user-1",
        user={"id": "user-1", "type": "PING_ONE", "name": "Ann", "groups": [{"name": "staff"}]},
        session={"id": "session-1"},
        flow={"type": "ACCESS"},
        targetResource={"id": "shop", "name": "Shop"},
        browser={"userAgent": "paconform/1"},
        origin="paconform",
        sharingType="PRIVATE",
    )

    expect_members(evaluated(pingone, body), {"event": body["event"]}, "the evaluation")


@pytest.mark.requirement("P1-EVAL-007")
def test_the_policy_set_is_chosen_by_id_before_name(
    pingone: PingOne, policy_sets: Resource
) -> None:
    """By id, by name, by id when both are given, and the default one when none is.

    Source: PingOne Protect API, create risk evaluation: riskPolicySet.
    """
    first, second = policy_sets.create(), policy_sets.create()
    default = next(item for item in policy_sets.all() if item.get("default"))

    for asked, expected in (
        ({"id": first["id"]}, first),
        ({"name": second["name"]}, second),
        ({"id": first["id"], "name": second["name"]}, first),
        (None, default),
    ):
        answer = evaluated(pingone, bodies.evaluation(policy_set=asked))
        chosen = {"id": expected["id"], "name": expected["name"]}
        expect_members(answer.get("riskPolicySet") or {}, chosen, f"the set chosen by {asked}")


@pytest.mark.requirement("P1-EVAL-008")
def test_an_evaluation_by_an_unknown_policy_set_is_refused(
    pingone: PingOne, policy_sets: Resource
) -> None:
    """Neither an unknown id, nor an unknown name, nor a deleted set falls back to the default.

    Source: PingOne error codes (400 and 404; which of them is not documented).
    """
    gone = policy_sets.create()
    evaluated(pingone, bodies.evaluation(policy_set={"id": gone["id"]}))
    expect_status(policy_sets.delete(gone["id"]), 204)

    for asked in ({"id": NOBODYS}, {"name": "nobody's set"}, {"id": gone["id"]}):
        body = bodies.evaluation(policy_set=asked)
        expect_status(pingone.api.add_risk_evaluation(json=body), 400, 404)


@pytest.mark.requirement("P1-EVAL-012")
def test_an_evaluation_is_read_back_with_its_result(pingone: PingOne) -> None:
    """The result stays, also when the policy set is gone.

    Source: PingOne Go SDK, risk openapi, ReadOneRiskEvaluation (200).
    """
    steering = pingone.steer()
    made = pingone.evaluate(steering.users["HIGH"], steering.policy_set_id)
    pingone.evaluate(steering.users["LOW"], steering.policy_set_id)

    stored = json_object(pingone.api.get_risk_evaluation(made["id"]), 200)
    expect_unchanged(known(made), known(stored), "the evaluation")

    expect_status(pingone.api.delete_risk_policy_set(steering.policy_set_id), 204)
    later = json_object(pingone.api.get_risk_evaluation(made["id"]), 200)
    expect_equal(later["result"], made["result"], "the result without its policy set")


@pytest.mark.requirement("P1-EVAL-013")
def test_the_details_hold_one_member_for_each_predictor(
    pingone: PingOne, predictors: Resource, policy_sets: Resource
) -> None:
    """Those that the set evaluates, by compact name, with type and level; no others.

    Source: PingOne Protect API, risk evaluations, details.
    """
    asked, unasked = predictors.create(), predictors.create()
    policies = [bodies.override(asked["compactName"], "HIGH", "HIGH")]
    chosen = policy_sets.create(bodies.policy_set(policy_sets.good()["name"], policies, [asked]))

    details = pingone.evaluate("m", chosen).get("details") or {}

    found = details.get(asked["compactName"]) or {}
    expect_members(found, {"level": "MEDIUM", "type": "MAP"}, "the detail of the predictor")
    expect_equal(details.get(unasked["compactName"]), None, "a predictor that was not asked")


@pytest.mark.requirement("P1-EVAL-013", "P1-EVAL-014")
def test_a_set_that_names_no_predictors_evaluates_all(
    pingone: PingOne, predictors: Resource, policy_sets: Resource
) -> None:
    """Every licensed predictor has its member, with a level or a status that says why not.

    Source: PingOne Go SDK, risk openapi, RiskPolicySet.evaluatedPredictors (null: all licensed).
    """
    own = predictors.create()
    everybody = [item for item in predictors.all() if item.get("licensed")]
    chosen = policy_sets.create()

    details = pingone.evaluate("h", chosen).get("details") or {}

    for item in (own, *everybody):
        found = details.get(item["compactName"]) or {}
        decided = bool(found.get("level") or found.get("status"))
        expected = f"a level or a status of {item['compactName']}"
        expect_that(decided, expected, found, requirement="P1-EVAL-014")
        expect_equal(found.get("type"), item["type"], "type", requirement="P1-EVAL-013")
