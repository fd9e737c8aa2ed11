"""A risk policy has a name of its own and a class that the product describes."""

from typing import Any

import pytest

from harness.checks import expect_equal, expect_refused, expect_saved, expect_that, expect_unchanged
from harness.product import Product
from scenarios.collection import MALFORMED, Collection, Saving

Json = dict[str, Any]


@pytest.mark.requirement("PA-RISK-015")
@pytest.mark.parametrize("member", ["name", "className"])
def test_a_policy_without_name_or_class_is_refused(saving: Saving, member: str) -> None:
    """Source: admin API 7.3, RiskPolicy.required; risk policy walkthrough 7.2."""
    saving.refuses(saving.without(member), field=member)


@pytest.mark.requirement("PA-RISK-015")
@pytest.mark.parametrize("member", ["name", "className"])
@pytest.mark.parametrize("value", [None, ""], ids=["null", "empty"])
def test_a_policy_with_an_empty_name_or_class_is_refused(
    saving: Saving, member: str, value: str | None
) -> None:
    """Source: admin API 7.3, RiskPolicy.required; risk policy walkthrough 7.2."""
    saving.refuses(saving.body(**{member: value}), field=member)


@pytest.mark.requirement("PA-RISK-016")
@pytest.mark.parametrize("how", ["unknown", "longer", "other case"])
def test_an_unknown_class_is_refused(saving: Saving, how: str) -> None:
    """Source: assumed, the descriptors are the list of implementations."""
    known = saving.good["className"]
    wrong = {"unknown": "com.example.NoPolicy", "longer": known + "X", "other case": known.upper()}

    saving.refuses(saving.body(className=wrong[how]), field="className")


@pytest.mark.requirement("PA-RISK-031")
def test_a_second_policy_of_the_same_name_is_refused(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: risk policy field descriptions 7.2, 7.3 and 8.0 (Name must be unique)."""
    first = product.admin.add_risk_policy(connection)
    second = product.admin.risk_policy_body(connection, name=first["name"])

    expect_refused(policies.create(second), field="name")

    expect_equal(policies.named(first["name"]), [first], "policies of this name")


@pytest.mark.requirement("PA-RISK-031")
def test_a_policy_cannot_take_the_name_of_another(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: risk policy field descriptions 7.2, 7.3 and 8.0 (Name must be unique)."""
    first, second = (product.admin.add_risk_policy(connection) for _ in range(2))

    answer = policies.update(second["id"], json={**second, "name": first["name"]})

    expect_refused(answer, field="name")
    expect_unchanged(second, policies.stored(second["id"]), "the policy")
    expect_equal(policies.named(first["name"]), [first], "policies of this name")


@pytest.mark.requirement("PA-RISK-031")
def test_a_policy_keeps_its_own_name_on_update(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: risk policy field descriptions 7.3: the own name is not another's."""
    stored = product.admin.add_risk_policy(connection)

    expect_saved(policies.update(stored["id"], json=stored))


@pytest.mark.requirement("PA-RISK-031")
def test_a_name_given_up_by_a_rename_is_free_for_another(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: risk policy field descriptions 7.3 (unique among what is stored now)."""
    first, second = (product.admin.add_risk_policy(connection) for _ in range(2))
    renamed = {**first, "name": product.name("renamed")}
    expect_saved(policies.update(first["id"], json=renamed))

    expect_saved(policies.update(second["id"], json={**second, "name": first["name"]}))


@pytest.mark.requirement("PA-RISK-044")
def test_a_refusal_names_every_faulty_member_at_once(saving: Saving) -> None:
    """Source: virtual host tests of pingaccess-sdk-go (messages under each field)."""
    refusal = saving.refuses(saving.body(name=None, className=None))

    both = {"name", "className"} <= set(refusal["form"])
    expect_that(both, "name and className in form", refusal["form"])


@pytest.mark.requirement("PA-RISK-045")
@pytest.mark.parametrize("configuration", [[], 7, True, ["a"]], ids=repr)
def test_a_configuration_that_is_no_object_is_refused(
    saving: Saving, configuration: object
) -> None:
    """Source: admin API 7.3, RiskPolicy.configuration (object); the status is not documented."""
    saving.refuses(saving.body(configuration=configuration), status=MALFORMED)
