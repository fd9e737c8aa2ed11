"""When an application was last modified: by itself, by its resources, by its risk policies."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.checks import expect_equal, expect_members, expect_saved, expect_that
from harness.product import Product
from scenarios.answered import integer_of
from scenarios.collection import Collection, Saving

Json = dict[str, Any]

A_LONG_TIME_AGO_MS = 1_000_000_000_000
READS_ON_A_RUNNING_CLOCK = 20
"""Answers that take more than a millisecond together, as lastModified counts."""


def let_time_pass(product: Product) -> None:
    """The product's clock is at least a millisecond further: moved on, or by its own running."""
    if product.control is not None:
        product.control.advance(1)
        return
    for _ in range(READS_ON_A_RUNNING_CLOCK):
        product.now()


def now_ms(product: Product) -> int:
    """The product's time in milliseconds since 1970, to the second."""
    return int(product.now().timestamp()) * 1000


@pytest.mark.requirement("PA-APP-012")
def test_last_modified_is_the_time_of_the_save(
    product: Product, application_saving: Saving
) -> None:
    """Source: admin API 7.3, Application.lastModified (milliseconds since 1970)."""
    let_time_pass(product)
    earliest = now_ms(product)

    saved = application_saving.saves(application_saving.good)

    latest = now_ms(product) + 999
    shown = integer_of(saved, "lastModified")
    expect_that(earliest <= shown <= latest, f"lastModified from {earliest} to {latest}", shown)
    stored = application_saving.collection.stored(saved["id"])
    expect_members(stored, {"lastModified": saved["lastModified"]}, "what is stored")


@pytest.mark.requirement("PA-APP-012")
@pytest.mark.parametrize("sent", [A_LONG_TIME_AGO_MS, 4 * A_LONG_TIME_AGO_MS])
def test_last_modified_cannot_be_set(
    product: Product, application_saving: Saving, sent: int
) -> None:
    """A body with another time is saved, and the time is ignored.

    Source: admin API 7.3, Application.lastModified (read-only).
    """
    earliest = now_ms(product)

    saved = application_saving.saves(application_saving.body(lastModified=sent))

    latest = now_ms(product) + 999
    shown = integer_of(saved, "lastModified")
    expect_that(earliest <= shown <= latest, f"lastModified from {earliest} to {latest}", shown)


def changes(product: Product, application: Json, policy: Json) -> dict[str, Callable[[], object]]:
    """What moves lastModified of the application, each ready to be done."""
    api, key = product.api, application["id"]
    resource = product.admin.add_resource(application, "/pay")
    further = product.admin.resource_body("/further")
    carried = {"riskPolicyId": policy["id"]}

    def saves_the_application(**edit: object) -> Json:
        return expect_saved(api.update_application(key, json={**application, **edit}))

    def saves_the_resource(**edit: object) -> Json:
        body = {**resource, **edit}
        return expect_saved(api.update_application_resource(key, resource["id"], json=body))

    return {
        "application saved": lambda: saves_the_application(description="changed"),
        "resource added": lambda: expect_saved(api.add_application_resource(key, json=further)),
        "resource saved": lambda: saves_the_resource(anonymous=True),
        "resource deleted": lambda: api.delete_application_resource(key, resource["id"]),
        "policy assigned to the application": lambda: saves_the_application(**carried),
        "policy assigned to the resource": lambda: saves_the_resource(**carried),
    }


@pytest.mark.requirement("PA-APP-013")
@pytest.mark.parametrize(
    "change",
    [
        "application saved",
        "resource added",
        "resource saved",
        "resource deleted",
        "policy assigned to the application",
        "policy assigned to the resource",
    ],
)
def test_last_modified_moves_with_a_change(
    product: Product, application: Json, policy: Json, applications: Collection, change: str
) -> None:
    """Source: admin API 7.3, Application.lastModified (the application, its resources, policy)."""
    act = changes(product, application, policy)[change]
    before = integer_of(applications.stored(application["id"]), "lastModified")
    let_time_pass(product)

    act()

    after = integer_of(applications.stored(application["id"]), "lastModified")
    expect_that(after > before, f"lastModified after {before}", after)


@pytest.mark.requirement("PA-APP-013")
def test_last_modified_stays_while_nothing_of_the_application_changes(
    product: Product, application: Json, applications: Collection
) -> None:
    """Neither reading moves it, nor what happens to another application.

    Source: admin API 7.3, Application.lastModified (of this application).
    """
    other = product.admin.add_application()
    let_time_pass(product)

    product.admin.add_resource(other, "/pay")
    expect_saved(applications.update(other["id"], json={**other, "description": "changed"}))
    applications.listed(params={"name": application["name"]})

    after = integer_of(applications.stored(application["id"]), "lastModified")
    expect_equal(after, application["lastModified"], "lastModified")
