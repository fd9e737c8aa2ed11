"""Policy sets that recommend an action, are for some events, or are tried beside another set."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from fakes.pingone import CORRECT
from fakes.tests.pingone_tenant import (
    NOBODYS,
    Tenant,
    by_address,
    evaluation,
    listed,
    override,
    scored,
    targets,
)

DENY = {"action": "DENY"}
APPROVE = {"action": "APPROVE"}


def result(kind: str, *mitigations: object) -> dict[str, Any]:
    return {"type": kind, "mitigations": list(mitigations)}


def mitigation(compact_name: str, equals: str, *mitigations: object) -> dict[str, Any]:
    policy = override(compact_name, equals, "HIGH")
    return {**policy, "result": result("MITIGATION", *mitigations)}


def fallback(*mitigations: object) -> dict[str, Any]:
    return {"name": "FALLBACK", "result": result("MITIGATION_FALLBACK", *mitigations)}


def target(name: str, *values: str) -> dict[str, Any]:
    return {"contains": f"${{event.{name}}}", "list": list(values)}


def targeted(*conditions: object) -> dict[str, Any]:
    return {"condition": {"and": list(conditions)}}


@pytest.fixture
def tenant() -> Tenant:
    made = Tenant()
    made.predictor("who", high=listed("h"), medium=listed("m"))
    return made


def test_the_first_mitigation_that_matches_is_recommended(tenant: Tenant) -> None:
    custom = {"action": "CUSTOM", "customAction": "call"}
    policies = [
        mitigation("who", "HIGH", DENY),
        mitigation("who", "MEDIUM", custom),
        scored({"who": 50}, 40, 1000, "HIGH"),
        fallback(APPROVE),
    ]
    chosen = {"id": tenant.policy_set("one", policies)["id"]}
    results = [tenant.evaluated(user, chosen)["result"] for user in ("h", "m", "l")]
    assert [one["mitigations"] for one in results] == [[DENY], [custom], [APPROVE]]
    assert [one["level"] for one in results] == ["HIGH", "LOW", "LOW"]


def test_an_address_can_be_mitigated(tenant: Tenant) -> None:
    by_ip = {**by_address("HIGH", "198.51.100.0/24"), "result": result("MITIGATION", DENY)}
    chosen = {"id": tenant.policy_set("one", [by_ip, fallback(APPROVE)])["id"]}
    assert tenant.evaluated("u", chosen)["result"]["mitigations"] == [DENY]
    assert tenant.evaluated("u", chosen, ip="10.0.0.1")["result"]["mitigations"] == [APPROVE]


def test_a_set_without_mitigations_recommends_nothing(tenant: Tenant) -> None:
    assert "mitigations" not in tenant.evaluated("h")["result"]


@pytest.mark.parametrize(
    ("policies", "target"),
    [
        ([mitigation("who", "HIGH", DENY)], "riskPolicies"),
        ([mitigation("who", "HIGH", DENY), fallback(DENY), fallback(DENY)], "riskPolicies"),
        (
            [override("who", "HIGH", "LOW"), mitigation("who", "HIGH", DENY), fallback(DENY)],
            "riskPolicies",
        ),
        ([fallback()], "riskPolicies[0].result.mitigations"),
        ([fallback(DENY, APPROVE)], "riskPolicies[0].result.mitigations"),
        ([fallback({"action": "SHRUG"})], "riskPolicies[0].result.mitigations[0].action"),
        ([fallback({"action": "CUSTOM"})], "riskPolicies[0].result.mitigations[0].customAction"),
        (
            [fallback({"action": "MFA"})],
            "riskPolicies[0].result.mitigations[0].mfaAuthenticationPolicyId",
        ),
        ([fallback({"action": "VERIFY"})], "riskPolicies[0].result.mitigations[0].verifyPolicyId"),
        (
            [{"name": "x", "result": result("MITIGATION", DENY)}, fallback(DENY)],
            "riskPolicies[0].condition",
        ),
        (
            [
                {**scored({"who": 5}, 0, 9, "HIGH"), "result": result("MITIGATION", DENY)},
                fallback(DENY),
            ],
            "riskPolicies[0].condition.type",
        ),
        (
            [mitigation("nobody", "HIGH", DENY), fallback(DENY)],
            "riskPolicies[0].condition.value",
        ),
    ],
    ids=str,
)
def test_mitigations_that_are_none_are_refused(
    tenant: Tenant, policies: list[Any], target: str
) -> None:
    answer = tenant.call("POST", "riskPolicySets", {"name": "x", "riskPolicies": policies})
    assert target in targets(answer)


@pytest.mark.parametrize(
    "named",
    [
        {"action": "MFA", "mfaAuthenticationPolicyId": NOBODYS},
        {"action": "MFA", "policyId": NOBODYS},
        {"action": "VERIFY", "verifyPolicyId": NOBODYS},
    ],
    ids=str,
)
def test_policies_of_other_services_can_be_named(tenant: Tenant, named: dict[str, Any]) -> None:
    made = tenant.policy_set("one", [fallback(named)])
    assert made["riskPolicies"][0]["result"]["mitigations"] == [named]


def test_a_targeted_set_judges_the_events_that_it_is_for(tenant: Tenant) -> None:
    conditions = (
        target("flow.type", "AUTHENTICATION", "ACCESS"),
        target("user.groups", "staff"),
        target("targetResource.id", "shop"),
    )
    made = tenant.policy_set("staff", [fallback(DENY)], targets=targeted(*conditions))
    kinds = [one["type"] for one in made["targets"]["condition"]["and"]]
    assert kinds == ["STRING_LIST", "GROUPS_INTERSECTION", "STRING_LIST"]
    groups = [{"name": "guests"}, {"name": "staff"}]
    event: dict[str, Any] = {
        "flow": {"type": "ACCESS"},
        "user": {"id": "u", "type": "EXTERNAL", "groups": groups},
        "targetResource": {"id": "shop"},
    }

    def judge(asked: object = None, **event: object) -> str:
        asked = {"targeted": True} if asked is None else asked
        return str(tenant.evaluated("u", asked, **event)["riskPolicySet"]["name"])

    default = "Default Risk Policy"
    assert judge(**event) == "staff"
    assert judge({}, **event) == judge({"targeted": False}, **event) == default
    assert judge({"targeted": True, "name": default}, **event) == default
    for other in (
        {"flow": {"type": "TRANSACTION"}},
        {"user": {"id": "u", "type": "EXTERNAL"}},
        {"targetResource": {"id": "other"}},
    ):
        assert judge(None, **event | other) == default
    assert tenant.call("POST", "riskEvaluations", evaluation("u", {"targeted": 1})).status == 400


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_which_of_several_targeted_sets_judges_is_chosen(order: Any) -> None:
    tenant = Tenant(dataclasses.replace(CORRECT, targeted_order=order))
    for name in ("first", "second"):
        access = targeted(target("flow.type", "ACCESS"))
        tenant.policy_set(name, [fallback(DENY)], targets=access)
    made = tenant.evaluated("u", {"targeted": True}, flow={"type": "ACCESS"})
    assert made["riskPolicySet"]["name"] == ("first" if order == "oldest" else "second")


@pytest.mark.parametrize(
    ("given", "target"),
    [
        ({}, "targets.condition"),
        (targeted(), "targets.condition.and"),
        (targeted(target("user.id", "u")), "targets.condition.and[0].contains"),
        (targeted(target("flow.type")), "targets.condition.and[0].list"),
        (targeted(target("flow.type", "WALK")), "targets.condition.and[0].list[0]"),
        (targeted(target("flow.type", "ACCESS")), "riskPolicies"),
    ],
    ids=str,
)
def test_targets_that_are_none_are_refused(
    tenant: Tenant, given: dict[str, Any], target: str
) -> None:
    policies = [] if target == "riskPolicies" else [fallback(DENY)]
    body = {"name": "x", "riskPolicies": policies, "targets": given}
    assert target in targets(tenant.call("POST", "riskPolicySets", body))


def staging(policy_set: dict[str, Any], **members: object) -> dict[str, Any]:
    return {"type": "POLICY_SET_STAGING", "policySet": {"id": policy_set["id"]}, **members}


def test_a_staged_set_is_tried_beside_the_one_that_judges_until_its_time_is_over() -> None:
    tenant = Tenant(dataclasses.replace(CORRECT, staged_shown_as="staged"))
    tried = tenant.policy_set("tried", [by_address("HIGH", "0.0.0.0/0")])
    used = tenant.policy_set("used", [], triggers=[staging(tried)])
    assert used["triggers"][0]["expiresAt"] == "2026-04-01T00:00:00.000Z"
    made = tenant.evaluated("u", {"id": used["id"]})
    assert made["result"]["level"] == "LOW"
    (staged,) = made["staged"]
    assert (staged["riskPolicySet"]["name"], staged["result"]["level"]) == ("tried", "HIGH")
    assert "staged" not in tenant.evaluated("u", {"id": tried["id"]})
    tenant.clock.advance(90 * 86_400)
    vars(tenant).pop("token")
    assert "staged" not in tenant.evaluated("u", {"id": used["id"]})


def test_a_set_of_another_environment_cannot_be_staged(tenant: Tenant) -> None:
    tried, table = tenant.policy_set("tried", []), tenant.fake.store.table("riskPolicySets")
    body = {"name": "x", "triggers": [staging(tried)]}
    other = {"id": tenant.fake.second_environment_id}
    table.put(tried["id"], {**(table.get(tried["id"]) or {}), "environment": other})
    refused = targets(tenant.call("POST", "riskPolicySets", body))
    assert refused == {"triggers[0].policySet.id": "INVALID_VALUE"}


def test_what_a_staged_set_finds_is_in_no_answer(tenant: Tenant) -> None:
    tried = tenant.policy_set("tried", [by_address("HIGH", "0.0.0.0/0")])
    used = tenant.policy_set("used", [], triggers=[staging(tried)])
    made = tenant.evaluated("u", {"id": used["id"]})
    assert "staged" not in made
    assert made["result"]["level"] == "LOW"


@pytest.mark.parametrize(
    ("trigger", "target"),
    [
        ({"type": "OTHER"}, "triggers[0].type"),
        ({"policySet": None}, "triggers[0].policySet"),
        ({"policySet": {"id": NOBODYS}}, "triggers[0].policySet.id"),
        ({"expiresAt": "soon"}, "triggers[0].expiresAt"),
        ({"policySet": "own"}, "triggers[0].policySet.id"),
    ],
    ids=str,
)
def test_triggers_that_are_none_are_refused(
    tenant: Tenant, trigger: dict[str, Any], target: str
) -> None:
    tried, own = tenant.policy_set("tried", []), tenant.policy_set("own", [])
    if trigger.get("policySet") == "own":
        trigger = {"policySet": {"id": own["id"]}}
    body = {"name": "own", "triggers": [{**staging(tried), **trigger}]}
    assert target in targets(tenant.call("PUT", f"riskPolicySets/{own['id']}", body))
