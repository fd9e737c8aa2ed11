"""Where a risk policy is used: the applications and the resources that it finds."""

from typing import Any

import pytest

from harness.checks import expect_deleted, expect_saved
from harness.product import Product
from scenarios.collection import Collection, expect_found, expect_paged

Json = dict[str, Any]


def asked(policy: Json) -> Json:
    """The parameter that finds what carries the policy."""
    return {"riskPolicyId": policy["id"]}


@pytest.mark.requirement("PA-ASSIGN-016")
def test_the_applications_of_a_policy_are_found(
    product: Product, policy: Json, other_policy: Json, applications: Collection
) -> None:
    """Source: admin API 7.3, getApplications, parameter riskPolicyId."""
    carriers = [product.admin.add_application(risk_policy=policy)["id"] for _ in range(2)]
    other = product.admin.add_application(risk_policy=other_policy)["id"]
    product.admin.add_application()

    expect_found(applications.listed, asked(policy), carriers)
    expect_found(applications.listed, asked(other_policy), [other])


@pytest.mark.requirement("PA-ASSIGN-016")
def test_an_application_is_found_by_the_policy_that_it_carries_now(
    application: Json, policy: Json, other_policy: Json, applications: Collection
) -> None:
    """Given, changed, taken off: at each step by that policy and by no other.

    Source: admin API 7.3, getApplications, parameter riskPolicyId.
    """
    key = application["id"]
    for now, found, others in (
        (policy["id"], [key], []),
        (other_policy["id"], [], [key]),
        (None, [], []),
    ):
        expect_saved(applications.update(key, json={**application, "riskPolicyId": now}))

        expect_found(applications.listed, asked(policy), found)
        expect_found(applications.listed, asked(other_policy), others)


@pytest.mark.requirement("PA-ASSIGN-016")
def test_a_deleted_application_is_not_found(
    product: Product, policy: Json, applications: Collection
) -> None:
    """Source: admin API 7.3, getApplications, parameter riskPolicyId."""
    gone, kept = (product.admin.add_application(risk_policy=policy)["id"] for _ in range(2))
    expect_found(applications.listed, asked(policy), [gone, kept])

    expect_deleted(applications.delete(gone))

    expect_found(applications.listed, asked(policy), [kept])


@pytest.mark.requirement("PA-ASSIGN-017")
def test_an_application_is_found_by_the_policy_of_its_resource(
    product: Product, application: Json, policy: Json, applications: Collection
) -> None:
    """Source: admin API 7.3, getApplications, riskPolicyId (or one of its resources)."""
    other = product.admin.add_application()
    product.admin.add_resource(other, "/pay")
    product.admin.add_resource(application, "/pay", risk_policy=policy)

    expect_found(applications.listed, asked(policy), [application["id"]])


@pytest.mark.requirement("PA-ASSIGN-017")
def test_an_application_is_found_once_however_often_it_has_the_policy(
    product: Product, policy: Json, applications: Collection
) -> None:
    """Source: admin API 7.3, getApplications, riskPolicyId (a list of applications)."""
    application = product.admin.add_application(risk_policy=policy)
    for path in ("/pay", "/order"):
        product.admin.add_resource(application, path, risk_policy=policy)

    expect_found(applications.listed, asked(policy), [application["id"]])


@pytest.mark.requirement("PA-ASSIGN-017")
@pytest.mark.parametrize("how", ["taken off", "changed", "deleted"])
def test_an_application_is_not_found_when_no_resource_has_the_policy_any_more(
    application: Json,
    policy: Json,
    other_policy: Json,
    applications: Collection,
    how: str,
) -> None:
    """Source: admin API 7.3, getApplications, parameter riskPolicyId."""
    product = applications.product
    resource = product.admin.add_resource(application, "/pay", risk_policy=policy)
    keys = (application["id"], resource["id"])
    expect_found(applications.listed, asked(policy), [application["id"]])

    if how == "deleted":
        expect_deleted(product.api.delete_application_resource(*keys))
    else:
        now = {"riskPolicyId": other_policy["id"] if how == "changed" else None}
        expect_saved(product.api.update_application_resource(*keys, json={**resource, **now}))

    expect_found(applications.listed, asked(policy), [])


@pytest.mark.requirement("PA-ASSIGN-018")
def test_the_resources_of_a_policy_are_found(
    product: Product, policy: Json, other_policy: Json
) -> None:
    """In whatever application; not those whose application carries the policy.

    Source: admin API 7.3, getResources, parameter riskPolicyId.
    """
    carrier = product.admin.add_application(risk_policy=policy)
    other = product.admin.add_application()
    wanted = [
        product.admin.add_resource(one, "/pay", risk_policy=policy)["id"]
        for one in (carrier, other)
    ]
    product.admin.add_resource(carrier, "/browse")
    different = product.admin.add_resource(other, "/order", risk_policy=other_policy)["id"]

    expect_found(product.api.get_resources, asked(policy), wanted)
    expect_found(product.api.get_resources, asked(other_policy), [different])


@pytest.mark.requirement("PA-ASSIGN-018")
def test_a_resource_is_found_by_the_policy_that_it_carries_now(
    product: Product, application: Json, policy: Json, other_policy: Json, resources: Collection
) -> None:
    """Given, changed, taken off: at each step by that policy and by no other.

    Source: admin API 7.3, getResources, parameter riskPolicyId.
    """
    resource = product.admin.add_resource(application, "/pay")
    key, listed = resource["id"], product.api.get_resources
    for now, found, others in (
        (policy["id"], [key], []),
        (other_policy["id"], [], [key]),
        (None, [], []),
    ):
        expect_saved(resources.update(key, json={**resource, "riskPolicyId": now}))

        expect_found(listed, asked(policy), found)
        expect_found(listed, asked(other_policy), others)


@pytest.mark.requirement("PA-ASSIGN-018")
@pytest.mark.parametrize("how", ["resource", "application"])
def test_a_deleted_resource_is_not_found(
    product: Product, application: Json, policy: Json, applications: Collection, how: str
) -> None:
    """Deleted itself, or together with its application.

    Source: admin API 7.3, getResources, parameter riskPolicyId.
    """
    resource = product.admin.add_resource(application, "/pay", risk_policy=policy)
    expect_found(product.api.get_resources, asked(policy), [resource["id"]])

    if how == "resource":
        expect_deleted(product.api.delete_application_resource(application["id"], resource["id"]))
    else:
        expect_deleted(applications.delete(application["id"]))

    expect_found(product.api.get_resources, asked(policy), [])


@pytest.mark.requirement("PA-ASSIGN-027")
def test_the_pages_of_the_applications_of_a_policy_are_complete(
    product: Product, policy: Json, applications: Collection
) -> None:
    """Source: admin API 7.3, getApplications, parameters riskPolicyId, page, numberPerPage."""
    added = [product.admin.add_application(risk_policy=policy)["id"] for _ in range(3)]
    product.admin.add_application()

    expect_paged(applications.listed, added, asked(policy))


@pytest.mark.requirement("PA-ASSIGN-027")
def test_the_pages_of_the_resources_of_a_policy_are_complete(
    product: Product, application: Json, policy: Json
) -> None:
    """Source: admin API 7.3, getResources, parameters riskPolicyId, page, numberPerPage."""
    added = [
        product.admin.add_resource(application, f"/{letter}", risk_policy=policy)["id"]
        for letter in "abc"
    ]
    product.admin.add_resource(application, "/d")

    expect_paged(product.api.get_resources, added, asked(policy))
