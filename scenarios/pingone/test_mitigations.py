"""Mitigations, targets, staging and number of risk policy sets (P1-SET-013 and on)."""

from datetime import timedelta
from typing import Any

import pytest

from harness.checks import expect_equal, expect_members, expect_status, expect_that
from harness.product import PingOne
from scenarios.pingone import bodies
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import Resource, json_object


def _mitigation(asked: Json, action: str) -> Json:
    """A policy that recommends something where the predictor is HIGH."""
    value = f"${{details.{asked['compactName']}.level}}"
    return {
        "name": f"{action} where it is high",
        "condition": {"type": "VALUE_COMPARISON", "value": value, "equals": "HIGH"},
        "result": {"type": "MITIGATION", "mitigations": [{"action": action}]},
    }


def _fallback(action: str = "APPROVE") -> Json:
    """What is recommended where nothing else is."""
    result = {"type": "MITIGATION_FALLBACK", "mitigations": [{"action": action}]}
    return {"name": "FALLBACK", "result": result}


def _scored(asked: Json) -> list[Json]:
    scores = {asked["compactName"]: 80}
    return [bodies.scored(scores, 30, 60, "MEDIUM"), bodies.scored(scores, 60, 1000, "HIGH")]


def _set(policy_sets: Resource, asked: Json, policies: list[Json], **members: object) -> Json:
    body = bodies.policy_set(policy_sets.good()["name"], policies, [asked])
    return {**body, **members}


def _evaluated(pingone: PingOne, user: str, policy_set: Json, **event: Any) -> Json:
    who = {"id": user, "type": "EXTERNAL"}
    body = bodies.evaluation(policy_set=policy_set, **{"user": who, **event})
    return json_object(pingone.api.add_risk_evaluation(json=body), 201)


@pytest.mark.requirement("P1-SET-013")
def test_mitigations_need_a_fallback(policy_sets: Resource, predictors: Resource) -> None:
    """The same set with a fallback is saved.

    Source: Terraform provider, docs/resources/risk_policy.md.
    """
    asked = predictors.create()
    policies = [_mitigation(asked, "DENY"), *_scored(asked)]
    policy_sets.create(_set(policy_sets, asked, [*policies, _fallback()]))

    policy_sets.refuses(_set(policy_sets, asked, policies))


@pytest.mark.requirement("P1-SET-013")
def test_mitigations_have_no_overrides_beside_them(
    policy_sets: Resource, predictors: Resource
) -> None:
    """A set has the ones or the others.

    Source: Terraform provider, docs/resources/risk_policy.md.
    """
    asked = predictors.create()
    override = bodies.override(asked["compactName"], "HIGH", "HIGH")
    policy_sets.create(_set(policy_sets, asked, [override, *_scored(asked)]))

    both = [override, _mitigation(asked, "DENY"), *_scored(asked), _fallback()]
    policy_sets.refuses(_set(policy_sets, asked, both))


@pytest.mark.requirement("P1-SET-014")
@pytest.mark.parametrize(("user", "action"), [("h", "DENY"), ("l", "APPROVE")])
def test_a_mitigation_is_recommended(
    policy_sets: Resource, predictors: Resource, pingone: PingOne, user: str, action: str
) -> None:
    """The one whose policy matches, or else the fallback.

    Source: PingOne Protect, risk policies, using mitigations in your policies.
    """
    asked = predictors.create()
    policies = [_mitigation(asked, "DENY"), *_scored(asked), _fallback()]
    made = policy_sets.create(_set(policy_sets, asked, policies))

    result = _evaluated(pingone, user, {"id": made["id"]})["result"]

    told = [one.get("action") for one in result.get("mitigations") or ()]
    expect_equal(told, [action], f"actions recommended for {user}")


@pytest.mark.requirement("P1-SET-015")
def test_a_targeted_evaluation_is_judged_by_the_set_that_it_meets(
    policy_sets: Resource, predictors: Resource, pingone: PingOne
) -> None:
    """An event of another flow or resource, and one that asks for no target, has the default set.

    Source: PingOne Protect, risk policies, targeted risk policies.
    """
    asked = predictors.create()
    shop = asked["name"]
    targets = {
        "condition": {
            "and": [
                {"contains": "${event.flow.type}", "list": ["ACCESS"]},
                {"contains": "${event.targetResource.id}", "list": [shop]},
            ]
        }
    }
    policies = [*_scored(asked), _fallback()]
    made = policy_sets.create(_set(policy_sets, asked, policies, targets=targets))
    default = next(one["id"] for one in policy_sets.all() if one.get("default"))
    met: Json = {"flow": {"type": "ACCESS"}, "targetResource": {"id": shop}}

    found = {
        "met": _evaluated(pingone, "h", {"targeted": True}, **met),
        "another flow": _evaluated(
            pingone, "h", {"targeted": True}, **{**met, "flow": {"type": "AUTHENTICATION"}}
        ),
        "another resource": _evaluated(
            pingone, "h", {"targeted": True}, **{**met, "targetResource": {"id": "another"}}
        ),
        "not targeted": _evaluated(pingone, "h", {}, **met),
    }

    judges = {name: one["riskPolicySet"]["id"] for name, one in found.items()}
    expected = {**dict.fromkeys(found, default), "met": made["id"]}
    expect_equal(judges, expected, "sets that judged")


@pytest.mark.requirement("P1-SET-016")
def test_a_staged_set_is_tried_for_three_months(policy_sets: Resource, pingone: PingOne) -> None:
    """Some ninety days after the set was made, to the length of a month.

    Source: PingOne Protect, risk policies, risk staging policy set.
    """
    tried = policy_sets.create()
    trigger = {"type": "POLICY_SET_STAGING", "policySet": {"id": tried["id"]}}

    made = policy_sets.create(triggers=[trigger])

    told = policy_sets.stored(made["id"]).get("triggers") or []
    expect_that(len(told) == 1, "one trigger", told)
    expect_members(told[0], trigger, "the trigger")
    lasts = pingone.instant(told[0].get("expiresAt")) - pingone.instant(made["createdAt"])
    expect_that(
        timedelta(days=88) <= lasts <= timedelta(days=93), "three months", told[0]["expiresAt"]
    )


@pytest.mark.requirement("P1-SET-016")
def test_a_date_for_the_end_of_staging_is_kept(policy_sets: Resource, pingone: PingOne) -> None:
    """The trigger says what was sent; a set that there is not cannot be tried.

    Source: PingOne Protect, risk policies, risk staging policy set.
    """
    tried = policy_sets.create()
    end = pingone.instant(tried["createdAt"]) + timedelta(days=7)
    trigger = {
        "type": "POLICY_SET_STAGING",
        "policySet": {"id": tried["id"]},
        "expiresAt": end.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    }

    made = policy_sets.create(triggers=[trigger])

    told = (policy_sets.stored(made["id"]).get("triggers") or [{}])[0]
    written = pingone.instant(told.get("expiresAt"))
    expect_equal(written.replace(microsecond=0), end.replace(microsecond=0), "end of staging")
    nobodys = {**trigger, "policySet": {"id": "00000000-0000-4000-8000-000000000000"}}
    policy_sets.refuses(policy_sets.good(triggers=[nobodys]))


@pytest.mark.requirement("P1-SET-017")
def test_an_environment_has_a_hundred_sets_at_most(policy_sets: Resource, pingone: PingOne) -> None:
    """The hundredth is made, the next is refused, and one that is deleted makes room.

    Source: PingOne Protect, risk policies: the maximum number of policy sets.
    """
    pingone.needs_control("fills the environment")
    made = [policy_sets.create() for _ in range(100 - len(policy_sets.ids()))]

    policy_sets.refuses(policy_sets.good())

    expect_equal(len(policy_sets.ids()), 100, "policy sets")
    expect_status(policy_sets.delete(made[0]["id"]), 204)
    policy_sets.create()
