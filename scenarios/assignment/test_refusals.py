"""Ids, values and names that an application cannot have; what a refused save leaves behind."""

from typing import Any

import pytest

from harness.checks import (
    expect_equal,
    expect_members,
    expect_refused,
    expect_saved,
    expect_unchanged,
)
from harness.product import Product
from scenarios.collection import (
    MALFORMED,
    UNKNOWN_NUMBER,
    Collection,
    Saving,
    expect_pointer_to_put,
    unused_number,
)

Json = dict[str, Any]


@pytest.mark.requirement("PA-APP-017")
def test_a_free_id_chosen_by_the_client_is_kept(product: Product, applications: Collection) -> None:
    """Source: admin API 7.3, Application.id (when creating, this is the id)."""
    body = product.admin.application_body()
    chosen = unused_number(body["name"])

    added = expect_saved(applications.create({**body, "id": chosen}))

    expect_members(added, {"id": chosen}, "the answer")
    expect_equal(applications.stored(chosen), added, "what is stored under the id")


@pytest.mark.requirement("PA-APP-017")
def test_an_id_that_is_taken_is_refused(
    product: Product, application: Json, applications: Collection
) -> None:
    """Source: capture of a 422 in ping-cloud-base 1.5.0 (flash points to PUT, form empty)."""
    body = product.admin.application_body(id=application["id"])

    refusal = expect_refused(applications.create(body))

    expect_pointer_to_put(refusal, application["id"])
    expect_unchanged(application, applications.stored(application["id"]), "the holder of the id")
    expect_equal(applications.named(body["name"]), [], "applications of the refused name")


@pytest.mark.requirement("PA-APP-018")
@pytest.mark.parametrize("member", ["applicationType", "destination", "defaultAuthType"])
def test_a_value_outside_the_documented_ones_is_refused(
    application_saving: Saving, member: str
) -> None:
    """Source: admin API 7.3, schemas ApplicationType, Destination and DefaultAuthType."""
    application_saving.refuses(application_saving.body(**{member: "Other"}), status=MALFORMED)

    application_saving.saves(application_saving.good)


@pytest.mark.requirement("PA-APP-020")
def test_the_name_of_another_application_is_refused(
    product: Product, application_saving: Saving
) -> None:
    """Source: assumed, a name finds one application (admin API 7.3, getApplications, name)."""
    other = product.admin.add_application()

    application_saving.refuses(application_saving.body(name=other["name"]), field="name")

    named = application_saving.collection.named(other["name"])
    expect_equal(named, [other], "applications of this name")


FAULTS: dict[str, Json] = {
    "no name": {"name": None},
    "unknown risk policy": {"riskPolicyId": UNKNOWN_NUMBER},
    "unknown rule": {"policy": {"Web": [{"type": "Rule", "id": UNKNOWN_NUMBER}], "API": []}},
}


@pytest.mark.requirement("PA-APP-021")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_refused_save_stores_nothing(saving: Saving, fault: str) -> None:
    """Nothing of the refused body is kept, not even the part of it that was right.

    Source: assumed, a refused save stores nothing.
    """
    saving.refuses({**saving.body(enabled=False), **FAULTS[fault]})

    saving.saves(saving.good)
