"""Plugins of every family: what describes them, and what a save holds against it."""

from typing import Any

import pytest

from harness.checks import expect_equal, expect_items, expect_saved, expect_that
from harness.product import Product
from scenarios.administration.kinds import KINDS
from scenarios.administration.plugin_kinds import PLUGINS

Json = dict[str, Any]

FAMILIES = [kind.noun for kind in PLUGINS]

SINGLE = [one for one in FAMILIES if one not in ("access_token_validator", "hsm_provider")]
"""Families whose descriptors are read one by one too (admin API 7.3, paths)."""

NOBODY = "com.example.NoSuchPlugin"

FIELD = {"name", "label", "type", "advanced", "required"}
"""What describes a field, of which null is no value (admin API 7.3, ConfigurationField)."""


def described(product: Product, family: str) -> list[Json]:
    """The descriptors of a family, of which there is one at least."""
    found = expect_items(getattr(product.api, f"get_{family}_descriptors")())
    expect_that(bool(found), f"a descriptor of {family}", found)
    return found


@pytest.mark.requirement("PA-ADMIN-082")
@pytest.mark.parametrize("family", FAMILIES)
def test_every_descriptor_of_a_family_is_complete(product: Product, family: str) -> None:
    """Source: admin API 7.3, schemas Descriptor, ConfigurationField."""
    found = described(product, family)

    for one in found:
        for member in ("type", "label", "className"):
            expect_that(bool(one.get(member)), f"{member} of a descriptor", one)
        for field in one["configurationFields"]:
            lacking = sorted(name for name in FIELD if field.get(name) is None)
            expect_equal(lacking, [], f"what lacks of a field of {one['type']}")
    names = [one["className"] for one in found]
    expect_equal(sorted(names), sorted(set(names)), "class names")


@pytest.mark.requirement("PA-ADMIN-082")
@pytest.mark.parametrize("family", SINGLE)
def test_the_descriptor_of_a_type_is_the_one_of_its_list(product: Product, family: str) -> None:
    """Source: admin API 7.3, the descriptor operations with a type."""
    name = f"get_{family}_descriptor"
    misspelt = family == "rejection_handler"  # the vendor's own operation id
    read = product.api.get_rejeciton_handler_descriptor if misspelt else getattr(product.api, name)

    for one in described(product, family):
        expect_equal(expect_saved(read(one["type"])), one, f"the descriptor of {one['type']}")


@pytest.mark.requirement("PA-ADMIN-083")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_class_that_no_descriptor_shows_is_refused(
    product: Product, family: str, act: str
) -> None:
    """Source: assumed; the descriptors are the list of implementations."""
    saving = KINDS[family].of(product).saving(act)

    for name in (NOBODY, "java.lang.Runtime"):
        saving.refuses(saving.body(className=name), field="className")

    expect_saved(saving.attempt(saving.good))


@pytest.mark.requirement("PA-ADMIN-083")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_class_of_another_family_is_refused(product: Product, family: str, act: str) -> None:
    """Source: assumed; each family has its own list of implementations."""
    other = "identity_mapping" if family != "identity_mapping" else "rejection_handler"
    saving = KINDS[family].of(product).saving(act)

    saving.refuses(saving.body(**product.admin.plugin(other)), field="className")


@pytest.mark.requirement("PA-ADMIN-084")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize("family", FAMILIES)
def test_what_the_descriptor_requires_is_asked_for(product: Product, family: str, act: str) -> None:
    """A required field without a default, null.

    Source: admin API 7.3, ConfigurationField.required.
    """
    saving = KINDS[family].of(product).saving(act)
    fields = {one["className"]: one["configurationFields"] for one in described(product, family)}
    needing = [
        (name, field["name"])
        for name, held in fields.items()
        for field in held
        if field["required"] and field.get("default") is None
    ]

    for class_name, member in needing:
        saving.refuses(saving.body(className=class_name, configuration={member: None}))
    expect_saved(saving.attempt(saving.good))
