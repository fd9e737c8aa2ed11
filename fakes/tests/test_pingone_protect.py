"""Predictors, policy sets and evaluations: made as documented, and really computed."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.tests.pingone_tenant import (
    NOBODYS,
    Tenant,
    by_address,
    evaluation,
    listed,
    override,
    predictor,
    scored,
    targets,
)


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def default_set(tenant: Tenant) -> dict[str, Any]:
    sets = tenant.call("GET", "riskPolicySets").json()["_embedded"]["riskPolicySets"]
    (found,) = (one for one in sets if one["default"])
    return dict(found)


def test_the_default_predictors_are_there_and_stay(tenant: Tenant) -> None:
    listed_ones = tenant.call("GET", "riskPredictors").json()["_embedded"]["riskPredictors"]
    scores = {one["compactName"]: one["default"]["score"] for one in listed_ones}

    assert {"userRiskBehavior": 50, "userBasedRiskBehavior": 75, "newDevice": 75}.items() <= (
        scores.items()
    )
    assert not any(one["deletable"] for one in listed_ones)
    for one in listed_ones:
        answer = tenant.call("DELETE", f"riskPredictors/{one['id']}")
        assert targets(answer) == {"id": "CONSTRAINT_VIOLATION"}


def test_a_map_predictor_is_made_read_replaced_and_deleted(tenant: Tenant) -> None:
    made = tenant.predictor(
        "who", high=listed("h"), low={"contains": "${event.ip}", "ipRange": ["203.0.113.0/24"]}
    )
    path = f"riskPredictors/{made['id']}"

    assert (made["deletable"], made["licensed"], made["default"]) == (
        True,
        True,
        {"weight": 5, "score": 50},
    )
    assert made["map"]["high"]["type"] == "STRING_LIST"
    assert made["map"]["low"]["type"] == "IP_RANGE"
    assert tenant.call("GET", path).json() == made
    answer = tenant.call("PUT", path, predictor("who", high=listed("x")))
    assert answer.json()["map"] == {"high": {"type": "STRING_LIST", **listed("x")}}
    assert tenant.call("GET", path).json() == answer.json()
    assert tenant.call("DELETE", path).status == 204
    assert tenant.call("GET", path).status == tenant.call("DELETE", path).status == 404


@pytest.mark.parametrize(
    ("change", "target"),
    [
        ({"name": None}, "name"),
        ({"compactName": "a-b"}, "compactName"),
        ({"compactName": "a\n"}, "compactName"),
        ({"compactName": "geoVelocity"}, "compactName"),
        ({"type": "GUESS"}, "type"),
        ({"type": None}, "type"),
        ({"map": None}, "map"),
        ({"map": {}}, "map"),
        ({"map": {"highest": listed("x")}}, "map"),
        ({"map": {"high": []}}, "map.high"),
        ({"map": {"high": {"list": ["x"]}}}, "map.high.contains"),
        ({"map": {"high": {"contains": "event.ip", "list": ["x"]}}}, "map.high.contains"),
        ({"map": {"high": {"contains": "${event.ip}"}}}, "map.high.list"),
        ({"map": {"high": {**listed("x"), "ipRange": ["::/0"]}}}, "map.high.list"),
        ({"map": {"high": {"contains": "${event.ip}", "list": [7]}}}, "map.high.list[0]"),
        (
            {"map": {"high": {"contains": "${event.ip}", "ipRange": ["1.2.3.4/33"]}}},
            "map.high.ipRange[0]",
        ),
        (
            {
                "map": {
                    "high": {"contains": "${event.x}", "between": {"minScore": 2, "maxScore": 1}}
                }
            },
            "map.high.between.maxScore",
        ),
        ({"default": {"score": 101}}, "default.score"),
        ({"default": {"weight": True}}, "default.weight"),
        ({"default": {"result": {"level": "NONE"}}}, "default.result.level"),
        ({"description": "x" * 1025}, "description"),
    ],
    ids=str,
)
def test_a_predictor_that_is_none_is_refused(
    tenant: Tenant, change: dict[str, Any], target: str
) -> None:
    before = tenant.call("GET", "riskPredictors").body
    assert target in targets(tenant.call("POST", "riskPredictors", {**predictor("who"), **change}))
    assert tenant.call("GET", "riskPredictors").body == before


def test_names_of_predictors_are_unique_and_compact_names_stay(tenant: Tenant) -> None:
    first, second = tenant.predictor("one"), tenant.predictor("two")
    again = {**predictor("three"), "name": first["name"]}
    assert targets(tenant.call("POST", "riskPredictors", again)) == {"name": "UNIQUENESS_VIOLATION"}
    path = f"riskPredictors/{second['id']}"
    assert "compactName" in targets(tenant.call("PUT", path, predictor("three")))
    assert tenant.call("GET", path).json() == second


def test_a_predictor_in_use_stays(tenant: Tenant) -> None:
    made = tenant.predictor("who")
    chosen = tenant.policy_set("one", [override("who", "HIGH", "HIGH")])
    answer = tenant.call("DELETE", f"riskPredictors/{made['id']}")
    assert answer.json()["details"][0]["innerError"] == {"referencedValues": [chosen["id"]]}
    tenant.call("DELETE", f"riskPolicySets/{chosen['id']}")
    assert tenant.call("DELETE", f"riskPredictors/{made['id']}").status == 204


def test_a_policy_set_is_made_read_replaced_and_deleted(tenant: Tenant) -> None:
    tenant.predictor("who")
    policies = [override("who", "HIGH", "HIGH"), scored({"who": 50}, 10, 500, "MEDIUM")]
    made = tenant.policy_set("one", policies, description="first")
    path = f"riskPolicySets/{made['id']}"

    assert (made["default"], made["defaultResult"]["level"]) == (False, "LOW")
    assert [one["priority"] for one in made["riskPolicies"]] == [1, 2]
    assert tenant.call("GET", path).json() == made
    answer = tenant.call("PUT", path, {"name": "two", "riskPolicies": policies[1:]})
    assert (answer.status, answer.json()["id"]) == (200, made["id"])
    assert [one["name"] for one in answer.json()["riskPolicies"]] == ["MEDIUM scored"]
    assert "description" not in answer.json()
    assert tenant.call("GET", path).json() == answer.json()
    assert tenant.call("DELETE", path).status == 204
    assert tenant.call("GET", path).status == tenant.call("PUT", path, {"name": "x"}).status == 404


def test_a_policy_set_needs_nothing_but_a_name(tenant: Tenant) -> None:
    made = tenant.made("riskPolicySets", {"name": "empty"})
    assert tenant.evaluated("u", {"id": made["id"]})["result"] == {"level": "LOW", "type": "VALUE"}


def test_the_default_set_stays_until_another_one_takes_its_place(tenant: Tenant) -> None:
    old = default_set(tenant)
    path = f"riskPolicySets/{old['id']}"
    answer = tenant.call("DELETE", path)
    assert targets(answer) == {"id": "CONSTRAINT_VIOLATION"}
    assert "remove default policy" in answer.json()["details"][0]["message"]

    made = tenant.policy_set("new", [], default=True)

    assert default_set(tenant)["id"] == made["id"]
    assert tenant.call("GET", path).json()["default"] is False
    assert tenant.call("DELETE", path).status == 204


@pytest.mark.parametrize(
    ("change", "target"),
    [
        ({"name": None}, "name"),
        ({"name": "x" * 257}, "name"),
        ({"name": "a<b"}, "name"),
        ({"name": "Default Risk Policy"}, "name"),
        ({"description": "x" * 1025}, "description"),
        ({"default": "true"}, "default"),
        ({"defaultResult": {"level": "HIGH"}}, "defaultResult.level"),
        ({"defaultResult": "LOW"}, "defaultResult"),
        ({"evaluatedPredictors": [{"id": NOBODYS}]}, "evaluatedPredictors[0].id"),
        ({"evaluatedPredictors": "all"}, "evaluatedPredictors"),
        ({"evaluatedPredictors": []}, "riskPolicies[0].condition.value"),
        ({"riskPolicies": "HIGH"}, "riskPolicies"),
        ({"riskPolicies": [7]}, "riskPolicies[0]"),
        ({"riskPolicies": [{}]}, "riskPolicies[0].condition"),
        ({"riskPolicies": [override("nobody", "HIGH", "LOW")]}, "riskPolicies[0].condition.value"),
        ({"riskPolicies": [override("who", "HIGH", "NONE")]}, "riskPolicies[0].result.level"),
        ({"riskPolicies": [by_address("HIGH", "x")]}, "riskPolicies[0].condition.ipRange[0]"),
        (
            {"riskPolicies": [scored({"who": 101}, 0, 1, "HIGH")]},
            "riskPolicies[0].condition.aggregatedScores[0].score",
        ),
        (
            {"riskPolicies": [scored({"who": 50}, 0, 1001, "HIGH")]},
            "riskPolicies[0].condition.between.maxScore",
        ),
        (
            {"riskPolicies": [scored({"who": 50}, 5, 5, "HIGH")]},
            "riskPolicies[0].condition.between.maxScore",
        ),
        (
            {"riskPolicies": [scored({"who": 1}, 0, 1, "HIGH"), override("who", "LOW", "LOW")]},
            "riskPolicies[1].condition",
        ),
        ({"riskPolicies": [by_address("HIGH", "::/0")] * 101}, "riskPolicies"),
    ],
    ids=lambda value: str(value).replace("x" * 50, ""),
)
def test_a_policy_set_that_is_none_is_refused_on_create_and_on_update(
    tenant: Tenant, change: dict[str, Any], target: str
) -> None:
    tenant.predictor("who")
    policies = [override("who", "HIGH", "HIGH")]
    stored = tenant.policy_set("stored", policies)
    before = tenant.call("GET", "riskPolicySets").body
    body = {"name": "other", "riskPolicies": policies, **change}

    for answer in (
        tenant.call("POST", "riskPolicySets", body),
        tenant.call("PUT", f"riskPolicySets/{stored['id']}", body),
    ):
        assert target in targets(answer)
    assert tenant.call("GET", "riskPolicySets").body == before


def test_an_environment_holds_a_hundred_policy_sets(tenant: Tenant) -> None:
    for number in range(99):
        tenant.made("riskPolicySets", {"name": f"set {number}"})
    answer = tenant.call("POST", "riskPolicySets", {"name": "one too many"})
    assert targets(answer) == {"riskPolicySets": "CONSTRAINT_VIOLATION"}


def test_an_evaluation_is_answered_kept_and_read_back(tenant: Tenant) -> None:
    default = default_set(tenant)
    made = tenant.evaluated("u", session={"id": "s"}, flow={"type": "ACCESS"})

    assert made["event"]["completionStatus"] == "IN_PROGRESS"
    assert made["event"]["session"] == {"id": "s"}
    assert made["riskPolicySet"] == {"id": default["id"], "name": default["name"]}
    assert made["result"]["level"] == "LOW"
    assert made["details"]["geoVelocity"]["status"] == "IN_TRAINING_PERIOD"
    assert tenant.call("GET", f"riskEvaluations/{made['id']}").json() == made


def test_the_policy_set_is_chosen_by_id_before_name(tenant: Tenant) -> None:
    one = tenant.policy_set("one", [by_address("HIGH", "0.0.0.0/0")])
    two = tenant.policy_set("two", [by_address("MEDIUM", "0.0.0.0/0")])

    levels = [
        tenant.evaluated("u", asked)["result"]["level"]
        for asked in (
            {"id": one["id"]},
            {"name": "two"},
            {"id": two["id"], "name": "one"},
            {},
            None,
        )
    ]

    assert levels == ["HIGH", "MEDIUM", "MEDIUM", "LOW", "LOW"]
    for asked in ({"id": NOBODYS}, {"name": "three"}, {"id": 7}, "one"):
        assert tenant.call("POST", "riskEvaluations", evaluation("u", asked)).status == 400


@pytest.mark.parametrize(
    ("event", "target"),
    [
        ({"ip": None}, "event.ip"),
        ({"ip": "everywhere"}, "event.ip"),
        ({"ip": "1.2.3.4/32"}, "event.ip"),
        ({"ip": 7}, "event.ip"),
        ({"user": None}, "event.user"),
        ({"user": "u"}, "event.user"),
        ({"user": {"type": "EXTERNAL"}}, "event.user.id"),
        ({"user": {"id": "", "type": "EXTERNAL"}}, "event.user.id"),
        ({"user": {"id": "u" * 1025, "type": "EXTERNAL"}}, "event.user.id"),
        ({"user": {"id": "u"}}, "event.user.type"),
        ({"user": {"id": "u", "type": "external"}}, "event.user.type"),
        ({"user": {"id": "u", "type": "EXTERNAL", "groups": ["x"]}}, "event.user.groups[0]"),
        ({"session": {}}, "event.session.id"),
        ({"flow": {"type": "WALK"}}, "event.flow.type"),
        ({"sharingType": "PUBLIC"}, "event.sharingType"),
        ({"completionStatus": "DONE"}, "event.completionStatus"),
        ({"browser": "x"}, "event.browser"),
    ],
    ids=str,
)
def test_an_event_that_is_none_is_refused(
    tenant: Tenant, event: dict[str, Any], target: str
) -> None:
    answer = tenant.call("POST", "riskEvaluations", evaluation("u", None, **event))
    assert target in targets(answer)


def test_an_event_is_completed_once_and_within_half_an_hour(tenant: Tenant) -> None:
    first, second, late = (tenant.evaluated("u") for _ in range(3))

    def complete(made: dict[str, Any], status: object) -> int:
        body = {"completionStatus": status}
        return tenant.call("PUT", f"riskEvaluations/{made['id']}/event", body).status

    tenant.clock.advance(1800)
    assert complete(first, "DONE") == complete(first, None) == 400
    assert complete(first, "SUCCESS") == 200
    assert complete(second, "IN_PROGRESS") == complete(second, "FAILED") == 200
    assert complete(first, "FAILED") == complete(second, "IN_PROGRESS") == 400
    tenant.clock.advance(1)
    assert complete(late, "SUCCESS") == 400
    states = [
        tenant.call("GET", f"riskEvaluations/{one['id']}").json()["event"]["completionStatus"]
        for one in (first, second, late)
    ]
    assert states == ["SUCCESS", "FAILED", "IN_PROGRESS"]


def test_an_address_is_always_at_the_same_place(tenant: Tenant) -> None:
    first, second = (tenant.evaluated(user, None, ip="8.8.8.8")["details"] for user in "ab")
    assert first["country"] == second["country"] == first["country"].lower()
    assert "country" not in tenant.evaluated("c", None, ip="10.0.0.1")["details"]
