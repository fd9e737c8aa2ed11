"""The access control of applications and resources: rules and rule sets, in order."""

from typing import Any

import pytest

from harness.checks import expect_equal, expect_saved
from harness.product import Product
from scenarios.answered import member_of
from scenarios.collection import Collection, Saving, expect_found

Json = dict[str, Any]


def items(*of: tuple[str, Json]) -> list[Json]:
    """Policy items of this type and this object each."""
    return [{"type": kind, "id": one["id"]} for kind, one in of]


def shown(policy: Json) -> Json:
    """The policy map with what identifies its items."""
    return {
        key: [{"type": one["type"], "id": one["id"]} for one in policy.get(key) or []]
        for key in ("Web", "API")
    }


@pytest.mark.requirement("PA-APP-022")
def test_rules_and_rule_sets_are_kept_in_order(product: Product, saving: Saving) -> None:
    """Source: admin API 7.3, Application.policy and Resource.policy (lists of PolicyItem)."""
    later, sooner = product.admin.add_rule(), product.admin.add_rule()
    group = product.admin.add_rule_set([later])
    web = items(("Rule", sooner), ("RuleSet", group), ("Rule", later))

    saved = saving.saves(saving.body(policy={"Web": web, "API": []}))

    for one in (saved, saving.collection.stored(saved["id"])):
        expect_equal(shown(member_of(one, "policy")), {"Web": web, "API": []}, "policy")


@pytest.mark.requirement("PA-APP-022")
@pytest.mark.parametrize("where", ["application", "resource"])
def test_another_order_of_the_same_rules_is_another_policy(
    product: Product,
    application: Json,
    applications: Collection,
    resources: Collection,
    where: str,
) -> None:
    """Turned by an update, and then taken away one by one.

    Source: admin API 7.3, PolicyItem; order lost by clients (terraform-provider-pingaccess, 17).
    """
    first, second = (("Rule", product.admin.add_rule()) for _ in range(2))
    stored, collection = application, applications
    if where == "resource":
        stored, collection = product.admin.add_resource(application, "/pay"), resources

    for chosen in ((first, second), (second, first), (first,), ()):
        policy = {"Web": items(*chosen), "API": []}
        expect_saved(collection.update(stored["id"], json={**stored, "policy": policy}))
        now = collection.stored(stored["id"])
        expect_equal(shown(member_of(now, "policy")), policy, f"policy of the {where}")


@pytest.mark.requirement("PA-APP-023")
@pytest.mark.parametrize(("kind", "parameter"), [("Rule", "ruleId"), ("RuleSet", "rulesetId")])
def test_applications_and_resources_of_a_rule_are_found(
    product: Product, applications: Collection, kind: str, parameter: str
) -> None:
    """Source: admin API 7.3, getApplications and getResources, parameters ruleId and rulesetId."""
    rules = [product.admin.add_rule() for _ in range(2)]
    if kind == "RuleSet":
        rules = [product.admin.add_rule_set([one]) for one in rules]
    wanted, other = ({"Web": items((kind, one)), "API": []} for one in rules)
    itself = product.admin.add_application(policy=wanted)
    below = product.admin.add_application(policy=other)
    resource = product.admin.add_resource(below, "/pay", policy=wanted)
    asked = {parameter: rules[0]["id"]}

    expect_found(applications.listed, asked, [itself["id"], below["id"]])
    expect_found(product.api.get_resources, asked, [resource["id"]])
    expect_found(applications.listed, {parameter: rules[1]["id"]}, [below["id"]])
    expect_found(product.api.get_resources, {parameter: rules[1]["id"]}, [])


@pytest.mark.requirement("PA-APP-023")
def test_a_rule_that_was_taken_off_finds_nothing(
    product: Product, application: Json, applications: Collection, resources: Collection
) -> None:
    """Source: admin API 7.3, getApplications and getResources, parameter ruleId."""
    rule = product.admin.add_rule()
    resource = product.admin.add_resource(
        application, "/pay", policy={"Web": items(("Rule", rule)), "API": []}
    )
    asked = {"ruleId": rule["id"]}
    expect_found(applications.listed, asked, [application["id"]])

    bare = {**resource, "policy": {"Web": [], "API": []}}
    expect_saved(resources.update(resource["id"], json=bare))

    expect_found(applications.listed, asked, [])
    expect_found(product.api.get_resources, asked, [])
