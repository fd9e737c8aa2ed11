"""Risk policy sets: what they hold, what is refused, and the default one (P1-SET)."""

import pytest

from harness.checks import (
    expect_equal,
    expect_error,
    expect_members,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import PingOne, Product
from scenarios.pingone import bodies
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import Resource, json_object, known

NOBODYS = "00000000-0000-4000-8000-000000000000"
"""An id that no object has."""


def default_of(policy_sets: Resource) -> Json:
    """The one default set of the environment."""
    defaults = [item for item in policy_sets.all() if item.get("default") is True]
    expect_equal(len(defaults), 1, "default policy sets")
    return defaults[0]


@pytest.mark.requirement("P1-SET-001")
def test_an_environment_has_exactly_one_default_set(policy_sets: Resource) -> None:
    """One set is the default, also when there are others.

    Source: PingOne Protect API, risk policies: default.
    """
    others = {policy_sets.create()["id"] for _ in range(2)}

    default = default_of(policy_sets)

    expect_that(default["id"] not in others, "another than the new sets", default["id"])
    expect_members(policy_sets.stored(default["id"]), {"default": True}, "the default set")


@pytest.mark.requirement("P1-SET-002")
def test_the_default_set_cannot_be_deleted(policy_sets: Resource) -> None:
    """400 with CONSTRAINT_VIOLATION, and it is still the default.

    Source: Terraform provider, resource_risk_policy.go, deleting the default policy (observed).
    """
    default = default_of(policy_sets)

    error = expect_error(policy_sets.delete(default["id"]), 400, detail="CONSTRAINT_VIOLATION")

    said = " ".join(str(detail.get("message")) for detail in error["details"]).lower()
    expect_that("remove default policy" in said, "the words remove default policy", said)
    expect_unchanged(known(default), known(policy_sets.stored(default["id"])), "the default set")


@pytest.mark.requirement("P1-SET-003")
def test_a_new_set_is_read_back_as_it_was_made(
    policy_sets: Resource, predictors: Resource, pingone: PingOne
) -> None:
    """201, an id, not the default, its policies in order; read alone and in the list.

    Source: PingOne Go SDK, risk openapi, CreateRiskPolicySet (201), RiskPolicySet, RiskPolicy.
    """
    asked = predictors.create()
    name = asked["compactName"]
    policies = [bodies.override(name, "HIGH", "HIGH"), bodies.scored({name: 50}, 10, 500, "MEDIUM")]
    body = bodies.policy_set(policy_sets.good()["name"], policies, [asked])

    made = policy_sets.create(body, description="For the suite")

    expect_members(made, {"name": body["name"], "description": "For the suite"}, "the new set")
    expect_equal(made.get("default", False), False, "default")
    environment = {"id": pingone.environment_id}
    expect_members(made, {"environment": environment, "defaultResult": {"level": "LOW"}}, "the set")
    shown = made.get("riskPolicies") or []
    expect_equal([item["priority"] for item in shown], [1, 2], "priorities by order")
    for item, sent in zip(shown, policies, strict=True):
        expect_members(item, sent, "a policy of the new set")
    policy_sets.expect_kept(made)


@pytest.mark.requirement("P1-SET-004")
def test_an_update_of_a_set_counts_from_the_next_evaluation(
    policy_sets: Resource, pingone: PingOne
) -> None:
    """The same address is HIGH by the old set and MEDIUM by the new one.

    Source: PingOne Go SDK, risk openapi, UpdateRiskPolicySet (200).
    """
    body = policy_sets.good(riskPolicies=[bodies.override_by_address("HIGH", "203.0.113.9/32")])
    made = policy_sets.create(body, description="before")
    before = pingone.evaluate("user-1", made, ip="203.0.113.9")

    changed = {**body, "riskPolicies": [bodies.override_by_address("MEDIUM", "203.0.113.9/32")]}
    updated = json_object(policy_sets.update(made["id"], json=changed), 200)

    after = pingone.evaluate("user-1", made, ip="203.0.113.9")
    levels = [before["result"]["level"], after["result"]["level"]]
    expect_equal(levels, ["HIGH", "MEDIUM"], "levels before and after")
    expect_equal(updated.get("description") or None, None, "a description that was not sent")
    policy_sets.expect_kept(updated)


@pytest.mark.requirement("P1-SET-005")
def test_a_deleted_set_is_gone(policy_sets: Resource) -> None:
    """204, then 404 alone and for a second deletion, and not in the list.

    Source: PingOne Go SDK, risk openapi, DeleteRiskPolicySet (204).
    """
    kept, gone = policy_sets.create(), policy_sets.create()

    expect_status(policy_sets.delete(gone["id"]), 204)

    policy_sets.expect_gone(gone["id"])
    policy_sets.expect_kept(kept)
    expect_error(policy_sets.update(gone["id"], json=policy_sets.good()), 404, "NOT_FOUND")


@pytest.mark.requirement("P1-SET-006")
@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("name", None),
        ("name", ""),
        ("name", 7),
        ("name", "x" * 257),
        ("description", "x" * 1025),
    ],
    ids=["null", "empty", "a number", "257 letters", "a description of 1025 letters"],
)
@pytest.mark.parametrize("act", ["create", "update"])
def test_a_set_with_a_bad_name_or_description_is_refused(
    policy_sets: Resource, act: str, member: str, value: object
) -> None:
    """A name has 1 to 256 characters, a description at most 1024.

    Source: PingOne Go SDK, risk openapi, RiskPolicySet.name and description (maxLength).
    """
    stored = policy_sets.create(description="x" * 1024)

    body = policy_sets.good(**{member: value})
    policy_sets.refuses(body, target=member, over=stored if act == "update" else None)


@pytest.mark.requirement("P1-SET-006")
def test_a_set_without_a_name_is_refused(policy_sets: Resource) -> None:
    """The error names the member that is missing.

    Source: PingOne Go SDK, risk openapi, RiskPolicySet.required.
    """
    policy_sets.create()

    policy_sets.refuses({k: v for k, v in policy_sets.good().items() if k != "name"}, target="name")


@pytest.mark.requirement("P1-SET-007")
@pytest.mark.parametrize("act", ["create", "update"])
def test_a_set_that_asks_a_predictor_nobody_knows_is_refused(
    policy_sets: Resource, act: str
) -> None:
    """An override, a score and the list of predictors may name only what there is.

    Source: Terraform provider acceptance test: the provided value is not valid.
    """
    stored = policy_sets.create()
    over = stored if act == "update" else None

    for body in (
        policy_sets.good(riskPolicies=[bodies.override("nobodyKnowsMe", "HIGH", "HIGH")]),
        policy_sets.good(riskPolicies=[bodies.scored({"nobodyKnowsMe": 50}, 10, 500, "HIGH")]),
        policy_sets.good(evaluatedPredictors=[{"id": NOBODYS}]),
    ):
        policy_sets.refuses(body, over=over)


@pytest.mark.requirement("P1-SET-008")
def test_a_set_that_asks_a_predictor_it_does_not_evaluate_is_refused(
    policy_sets: Resource, predictors: Resource
) -> None:
    """What a policy asks must be among the predictors that the set evaluates.

    Source: Terraform provider acceptance test: missing from evaluatedPredictors (observed).
    """
    asked, evaluated = predictors.create(), predictors.create()
    override = bodies.override(asked["compactName"], "HIGH", "HIGH")
    name = policy_sets.good()["name"]
    policy_sets.create(bodies.policy_set(f"{name} control", [override], [asked, evaluated]))

    policy_sets.refuses(bodies.policy_set(name, [override], [evaluated]))


@pytest.mark.requirement("P1-SET-009")
def test_an_override_behind_a_threshold_is_refused(
    policy_sets: Resource, predictors: Resource
) -> None:
    """Overrides come first in the array.

    Source: PingOne Protect API, risk policies (the error is not documented).
    """
    asked = predictors.create()
    scored = bodies.scored({asked["compactName"]: 50}, 10, 500, "MEDIUM")
    override = bodies.override(asked["compactName"], "HIGH", "HIGH")
    name = policy_sets.good()["name"]
    policy_sets.create(bodies.policy_set(f"{name} control", [override, scored], [asked]))

    policy_sets.refuses(bodies.policy_set(name, [scored, override], [asked]))


@pytest.mark.requirement("P1-SET-010")
@pytest.mark.parametrize(
    ("least", "most"),
    [(-1, 500), (10, 1001), (500, 10), ("10", "500"), (10, None), (None, 500)],
)
def test_a_threshold_outside_0_to_1000_is_refused(
    policy_sets: Resource, predictors: Resource, least: int, most: int
) -> None:
    """Both ends are numbers from 0 to 1000, the lower one first.

    Source: PingOne Go SDK, risk openapi, RiskPolicyConditionBetween.
    """
    asked = predictors.create()
    name, scores = policy_sets.good()["name"], {asked["compactName"]: 50}
    widest = bodies.scored(scores, 0, 1000, "HIGH")
    policy_sets.create(bodies.policy_set(f"{name} control", [widest], [asked]))

    policies = [bodies.scored(scores, least, most, "HIGH")]
    policy_sets.refuses(bodies.policy_set(name, policies, [asked]))


@pytest.mark.requirement("P1-SET-010")
@pytest.mark.parametrize(
    "change",
    [
        {"defaultResult": bodies.result("HIGH")},
        {"defaultResult": bodies.result("MEDIUM")},
        {"defaultResult": bodies.result("NONE")},
        {"defaultResult": "LOW"},
        {"riskPolicies": [bodies.override_by_address("EXTREME", "203.0.113.0/24")]},
        {"riskPolicies": [bodies.override_by_address("HIGH", "203.0.113.0/33")]},
        {"riskPolicies": [bodies.override_by_address("HIGH", "everywhere")]},
        {"riskPolicies": [{"name": "none", "result": bodies.result("HIGH")}]},
        {
            "riskPolicies": [
                {"name": "x", "condition": {"type": "GUESS"}, "result": bodies.result("HIGH")}
            ]
        },
        {"riskPolicies": ["HIGH"]},
        {"riskPolicies": "HIGH"},
        {"evaluatedPredictors": "all"},
    ],
    ids=str,
)
def test_a_result_or_condition_that_is_none_is_refused(policy_sets: Resource, change: Json) -> None:
    """Levels, conditions and ranges are of the documented kinds.

    Source: PingOne Go SDK, risk openapi, RiskPolicySetDefaultResult, RiskPolicyCondition.
    """
    policy_sets.create(defaultResult=bodies.result("LOW"))

    policy_sets.refuses(policy_sets.good(**change))


@pytest.mark.requirement("P1-SET-011")
def test_a_set_of_more_than_a_hundred_policies_is_refused(policy_sets: Resource) -> None:
    """A hundred are taken, one more is not.

    Source: PingOne Protect API, risk policies: limits.
    """
    policies = [
        {**bodies.override_by_address("HIGH", f"203.0.113.{n}/32"), "name": f"address {n}"}
        for n in range(101)
    ]
    policy_sets.create(riskPolicies=policies[:100])

    policy_sets.refuses(policy_sets.good(riskPolicies=policies))


@pytest.mark.requirement("P1-SET-012")
def test_another_default_takes_the_flag_from_the_old_one(
    product: Product, policy_sets: Resource
) -> None:
    """The new set is the only default; the old one may then be deleted, but we give it back.

    Source: assumed; every environment has exactly one default set.
    """
    product.resettable("changes the default risk policy set of the environment")
    old = default_of(policy_sets)
    body = policy_sets.good()
    made = policy_sets.create(body)

    json_object(policy_sets.update(made["id"], json={**body, "default": True}), 200)

    expect_equal(default_of(policy_sets)["id"], made["id"], "id of the default set")
    expect_equal(policy_sets.stored(old["id"]).get("default"), False, "default of the old set")
