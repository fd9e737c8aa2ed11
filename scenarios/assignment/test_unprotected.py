"""A risk policy needs a known user: what is unprotected cannot carry one."""

from typing import Any

import pytest

from harness.checks import (
    expect_equal,
    expect_members,
    expect_refused,
    expect_saved,
    expect_that,
    expect_unchanged,
)
from harness.product import Product
from scenarios.collection import Collection

Json = dict[str, Any]

NO_SESSION = pytest.mark.parametrize("nobody", [0, None], ids=["zero", "null"])
"""How an application says that it has no web session (admin API 7.3: zero; null is assumed)."""


@pytest.mark.requirement("PA-ASSIGN-008")
@NO_SESSION
def test_an_unprotected_application_is_not_created_with_a_policy(
    product: Product, policy: Json, applications: Collection, nobody: int | None
) -> None:
    """Without the policy it is saved, and with a web session it is saved too.

    Source: page on assigning risk policies 7.3; that no web session means unprotected is inferred.
    """
    bare = product.admin.application_body(webSessionId=nobody)
    good = product.admin.application_body(risk_policy=policy)
    expect_saved(applications.create(bare))

    expect_refused(applications.create({**good, "webSessionId": nobody}), assumed=True)

    expect_equal(applications.named(good["name"]), [], "applications of the refused name")
    expect_members(
        expect_saved(applications.create(good)), {"riskPolicyId": policy["id"]}, "the answer"
    )


@pytest.mark.requirement("PA-ASSIGN-008")
def test_an_unprotected_application_is_not_given_a_policy_later(
    product: Product, policy: Json, applications: Collection
) -> None:
    """An edit of something else is saved.

    Source: page on assigning risk policies 7.3; that no web session means unprotected is inferred.
    """
    bare = product.admin.add_application(webSessionId=0)
    edit = {**bare, "description": "edited"}
    before = expect_saved(applications.update(bare["id"], json=edit))

    answer = applications.update(bare["id"], json={**before, "riskPolicyId": policy["id"]})

    expect_refused(answer, assumed=True)
    expect_unchanged(before, applications.stored(bare["id"]), "the application")


@pytest.mark.requirement("PA-ASSIGN-008")
@NO_SESSION
def test_an_application_that_carries_a_policy_is_not_made_unprotected(
    product: Product, policy: Json, applications: Collection, nobody: int | None
) -> None:
    """Together with the policy the web session can go.

    Source: page on assigning risk policies 7.3; that no web session means unprotected is inferred.
    """
    stored = product.admin.add_application(risk_policy=policy)
    opened = {**stored, "webSessionId": nobody}

    expect_refused(applications.update(stored["id"], json=opened), assumed=True)

    expect_unchanged(stored, applications.stored(stored["id"]), "the application")
    expect_saved(applications.update(stored["id"], json={**opened, "riskPolicyId": None}))


@pytest.mark.requirement("PA-ASSIGN-011")
def test_an_unprotected_resource_is_not_created_with_a_policy(
    product: Product, policy: Json, resources: Collection
) -> None:
    """Without the policy it is saved, and protected it is saved too.

    Source: page on assigning risk policies 7.3.
    """
    bare = product.admin.resource_body("/open", unprotected=True)
    good = product.admin.resource_body("/pay", risk_policy=policy)
    expect_members(expect_saved(resources.create(bare)), {"unprotected": True}, "the answer")

    expect_refused(resources.create({**good, "unprotected": True}), assumed=True)

    expect_equal(resources.named(good["name"]), [], "resources of the refused name")
    expect_saved(resources.create(good))


@pytest.mark.requirement("PA-ASSIGN-011")
def test_an_unprotected_resource_is_not_given_a_policy_later(
    product: Product, application: Json, policy: Json, resources: Collection
) -> None:
    """An edit of something else is saved.

    Source: page on assigning risk policies 7.3.
    """
    bare = product.admin.add_resource(application, "/open", unprotected=True)
    before = expect_saved(resources.update(bare["id"], json={**bare, "methods": ["GET"]}))

    answer = resources.update(bare["id"], json={**before, "riskPolicyId": policy["id"]})

    expect_refused(answer, assumed=True)
    expect_unchanged(before, resources.stored(bare["id"]), "the resource")


@pytest.mark.requirement("PA-ASSIGN-011")
def test_a_resource_that_carries_a_policy_is_not_made_unprotected(
    product: Product, application: Json, policy: Json, resources: Collection
) -> None:
    """Together with the policy the protection can go.

    Source: page on assigning risk policies 7.3.
    """
    stored = product.admin.add_resource(application, "/pay", risk_policy=policy)
    opened = {**stored, "unprotected": True}

    expect_refused(resources.update(stored["id"], json=opened), assumed=True)

    expect_unchanged(stored, resources.stored(stored["id"]), "the resource")
    expect_saved(resources.update(stored["id"], json={**opened, "riskPolicyId": None}))


@pytest.mark.requirement("PA-ASSIGN-014")
def test_an_unprotected_resource_stands_in_an_application_that_carries_a_policy(
    product: Product, policy: Json
) -> None:
    """Source: assumed, the resource carries no policy itself."""
    shop = product.admin.add_application(risk_policy=policy)
    body = product.admin.resource_body("/open", unprotected=True)

    added = expect_saved(product.api.add_application_resource(shop["id"], json=body))

    expect_members(added, {"unprotected": True}, "the resource")
    expect_that(not added.get("riskPolicyId"), "no risk policy of its own", added)
