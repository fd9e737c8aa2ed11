"""What is in use stays: the policy for its users, and what the policy names for the policy."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from harness.actions import ALLOW, challenge, rule, rule_set
from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_refused,
    expect_saved,
    expect_unchanged,
)
from harness.product import Product
from scenarios.collection import Collection
from scenarios.risk_policies.descriptor import LEVELS

Json = dict[str, Any]


@pytest.mark.requirement("PA-RISK-037")
def test_a_policy_that_an_application_uses_cannot_be_deleted(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    policy = product.admin.add_risk_policy(connection)
    application = product.admin.add_application(risk_policy=policy)

    expect_refused(policies.delete(policy["id"]))

    expect_unchanged(policy, policies.stored(policy["id"]), "the policy")
    after = expect_saved(product.api.get_application(application["id"]))
    expect_unchanged(application, after, "the application")


@pytest.mark.requirement("PA-RISK-037")
def test_a_policy_that_an_application_got_by_an_update_cannot_be_deleted(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    policy = product.admin.add_risk_policy(connection)
    application = product.admin.add_application()
    edit = {**application, "riskPolicyId": policy["id"]}
    expect_saved(product.api.update_application(application["id"], json=edit))

    expect_refused(policies.delete(policy["id"]))

    expect_unchanged(policy, policies.stored(policy["id"]), "the policy")


@pytest.mark.requirement("PA-RISK-037")
def test_a_policy_that_only_a_resource_uses_cannot_be_deleted(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    policy = product.admin.add_risk_policy(connection)
    application = product.admin.add_application()
    resource = product.admin.add_resource(application, "/pay", risk_policy=policy)

    expect_refused(policies.delete(policy["id"]))

    expect_unchanged(policy, policies.stored(policy["id"]), "the policy")
    after = product.api.get_application_resource(application["id"], resource["id"])
    expect_unchanged(resource, expect_saved(after), "the resource")


@pytest.mark.requirement("PA-RISK-037")
def test_a_policy_that_a_resource_got_by_an_update_cannot_be_deleted(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    policy = product.admin.add_risk_policy(connection)
    application = product.admin.add_application()
    resource = product.admin.add_resource(application, "/pay")
    edit = {**resource, "riskPolicyId": policy["id"]}
    keys = (application["id"], resource["id"])
    expect_saved(product.api.update_application_resource(*keys, json=edit))

    expect_refused(policies.delete(policy["id"]))

    expect_unchanged(policy, policies.stored(policy["id"]), "the policy")


@pytest.mark.requirement("PA-RISK-040")
def test_a_policy_is_free_once_nothing_uses_it(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: assumed, the other side of the rule for objects in use."""
    policy, other = (product.admin.add_risk_policy(connection) for _ in range(2))
    application = product.admin.add_application(risk_policy=policy)
    resource = product.admin.add_resource(application, "/pay", risk_policy=policy)
    moved = {**resource, "riskPolicyId": other["id"]}
    keys = (application["id"], resource["id"])
    expect_saved(product.api.update_application_resource(*keys, json=moved))
    expect_refused(policies.delete(policy["id"]))

    freed = {**application, "riskPolicyId": other["id"]}
    expect_saved(product.api.update_application(application["id"], json=freed))

    expect_deleted(policies.delete(policy["id"]))


def referenced(product: Product, kind: str) -> tuple[Json, Any, Callable[..., httpx.Response]]:
    """A new object of this kind, the choice of it, and the operation that deletes it."""
    admin, api = product.admin, product.api
    if kind == "rule":
        added = admin.add_rule()
        return added, rule(added), api.delete_rule
    if kind == "rule set":
        added = admin.add_rule_set([admin.add_rule()])
        return added, rule_set(added), api.delete_rule_set
    added = admin.add_authentication_challenge_policy()
    return added, challenge(added), api.delete_authentication_challenge_policy


REFERENCED = pytest.mark.parametrize("kind", ["rule", "rule set", "challenge policy"])


@pytest.mark.requirement("PA-RISK-039")
@REFERENCED
@pytest.mark.parametrize("level", LEVELS)
def test_what_an_evaluator_names_cannot_be_deleted(
    product: Product, connection: Json, policies: Collection, kind: str, level: str
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    added, choice, delete = referenced(product, kind)
    policy = product.admin.add_risk_policy(connection, **{level: choice})

    expect_refused(delete(added["id"]))

    expect_unchanged(policy, policies.stored(policy["id"]), "the policy")
    expect_saved(policies.update(policy["id"], json=policy))


@pytest.mark.requirement("PA-RISK-039")
@REFERENCED
def test_what_an_evaluator_names_after_an_update_cannot_be_deleted(
    product: Product, connection: Json, policies: Collection, kind: str
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    added, choice, delete = referenced(product, kind)
    policy = product.admin.add_risk_policy(connection)

    for level in LEVELS:
        body = product.admin.risk_policy_body(connection, **{level: choice}, name=policy["name"])
        expect_saved(policies.update(policy["id"], json=body))
        expect_refused(delete(added["id"]))


@pytest.mark.requirement("PA-RISK-040")
@REFERENCED
def test_what_no_evaluator_names_any_more_is_free(
    product: Product, connection: Json, policies: Collection, kind: str
) -> None:
    """Source: assumed, the other side of the rule for objects in use."""
    added, choice, delete = referenced(product, kind)
    policy = product.admin.add_risk_policy(connection, high=choice, low=choice)
    half = product.admin.risk_policy_body(connection, low=choice, name=policy["name"])
    expect_saved(policies.update(policy["id"], json=half))
    expect_refused(delete(added["id"]))

    free = product.admin.risk_policy_body(connection, low=ALLOW, name=policy["name"])
    expect_saved(policies.update(policy["id"], json=free))

    expect_deleted(delete(added["id"]))


@pytest.mark.requirement("PA-RISK-040")
@REFERENCED
def test_deleting_the_policy_frees_what_its_evaluators_named(
    product: Product, connection: Json, policies: Collection, kind: str
) -> None:
    """Source: assumed, the other side of the rule for objects in use."""
    added, choice, delete = referenced(product, kind)
    policy = product.admin.add_risk_policy(connection, failed=choice)
    expect_refused(delete(added["id"]))
    expect_deleted(policies.delete(policy["id"]))

    expect_deleted(delete(added["id"]))


@pytest.mark.requirement("PA-RISK-037")
def test_a_refused_deletion_leaves_the_assignment_findable(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: admin API 7.3, getApplications, parameter riskPolicyId."""
    policy = product.admin.add_risk_policy(connection)
    application = product.admin.add_application(risk_policy=policy)
    expect_refused(policies.delete(policy["id"]))

    found = expect_saved(product.api.get_applications(params={"riskPolicyId": policy["id"]}))

    expect_equal([one["id"] for one in found["items"]], [application["id"]], "its applications")
