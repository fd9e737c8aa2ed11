"""The order of the resources of an application, when the administrator orders them by hand."""

from typing import Any

import pytest

from harness.checks import expect_members, expect_refused, expect_saved, expect_unchanged
from harness.product import Product
from scenarios.assignment.root import the_root
from scenarios.collection import MALFORMED, Collection

Json = dict[str, Any]


@pytest.fixture
def order(product: Product, application: Json) -> list[int]:
    """The ids of three resources of the application, the root resource last."""
    added = [product.admin.add_resource(application, path)["id"] for path in ("/a", "/b")]
    return [*added, the_root(product, application)["id"]]


def ordered(application: Json, order: object) -> Json:
    """The application with the resources in this order."""
    return {**application, "manualOrderingEnabled": True, "resourceOrder": order}


@pytest.mark.requirement("PA-RES-009")
def test_a_complete_order_is_kept_as_sent(
    application: Json, order: list[int], applications: Collection
) -> None:
    """Source: admin API 7.3, Application.resourceOrder, manualOrderingEnabled."""
    key, turned = application["id"], [order[1], order[0], order[2]]

    for chosen in (order, turned):
        saved = expect_saved(applications.update(key, json=ordered(application, chosen)))
        expect_members(saved, {"resourceOrder": chosen}, "the answer")
        expect_members(applications.stored(key), {"resourceOrder": chosen}, "what is stored")


@pytest.mark.requirement("PA-RES-009")
@pytest.mark.parametrize("missing", [0, 1, 2], ids=["first", "second", "root"])
def test_an_order_without_one_of_the_resources_is_refused(
    application: Json, order: list[int], applications: Collection, missing: int
) -> None:
    """Source: admin API 7.3, Application.resourceOrder (each existing id must be represented)."""
    key = application["id"]
    before = expect_saved(applications.update(key, json=ordered(application, order)))
    short = [one for at, one in enumerate(order) if at != missing]

    expect_refused(applications.update(key, json=ordered(before, short)))

    expect_unchanged(before, applications.stored(key), "the application")


@pytest.mark.requirement("PA-RES-009")
@pytest.mark.parametrize("nothing", [[], None], ids=["empty", "null"])
def test_manual_ordering_without_an_order_is_refused(
    application: Json, order: list[int], applications: Collection, nothing: list[int] | None
) -> None:
    """Source: admin API 7.3, Application.resourceOrder (required with manual ordering)."""
    before = applications.stored(application["id"])

    expect_refused(applications.update(application["id"], json=ordered(before, nothing)))

    expect_unchanged(before, applications.stored(application["id"]), "the application")
    expect_saved(applications.update(application["id"], json=ordered(before, order)))


@pytest.mark.requirement("PA-RES-010")
@pytest.mark.parametrize("fault", ["foreign", "twice"])
def test_an_order_of_other_resources_is_refused(
    product: Product,
    application: Json,
    order: list[int],
    applications: Collection,
    fault: str,
) -> None:
    """Source: assumed, the order is one of the application's own resources."""
    foreign = product.admin.add_resource(product.admin.add_application(), "/pay")["id"]
    before = applications.stored(application["id"])
    wrong = [*order, foreign if fault == "foreign" else order[0]]

    expect_refused(applications.update(application["id"], json=ordered(before, wrong)))

    expect_unchanged(before, applications.stored(application["id"]), "the application")


@pytest.mark.requirement("PA-RES-011")
def test_a_regular_expression_needs_manual_ordering(
    product: Product, application: Json, applications: Collection, resources: Collection
) -> None:
    """Source: admin API 7.3, Application.manualOrderingEnabled; the refusal is assumed."""
    patterns = [{"pattern": "/[0-9]+/pay", "type": "REGEX"}]
    body = product.admin.resource_body("/pay", pathPatterns=patterns)
    body.pop("pathPrefixes", None)

    expect_refused(resources.create(body), status=MALFORMED)

    root = the_root(product, application)["id"]
    by_hand = ordered(applications.stored(application["id"]), [root])
    expect_saved(applications.update(application["id"], json=by_hand))
    added = expect_saved(resources.create(body))
    expect_members(added, {"pathPatterns": patterns}, "the answer")
