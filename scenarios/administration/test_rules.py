"""Rules, and rule sets of rules."""

from typing import Any

import pytest

from harness.checks import (
    expect_equal,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import Product
from scenarios.administration.kinds import CHALLENGE, RULE, RULE_SET
from scenarios.administration.stock import Stock

Json = dict[str, Any]

DESCRIBED = {
    "agentCachingDisabled", "category", "className", "configurationFields", "label", "modes", "type"
}  # fmt: skip
"""What describes a rule (admin API 7.3, RuleDescriptor, required)."""

FIELD = {"name", "label", "type", "advanced", "required"}
"""What describes a field, of which null is no value (admin API 7.3, ConfigurationField)."""

NOBODY = "com.example.NoSuchPlugin"


@pytest.fixture
def rules(product: Product) -> Stock:
    """The rules."""
    return RULE.of(product)


@pytest.fixture
def sets(product: Product) -> Stock:
    """The rule sets."""
    return RULE_SET.of(product)


def descriptors(product: Product) -> list[Json]:
    """The descriptors of all rules."""
    found = expect_items(product.api.get_rule_descriptors())
    expect_that(bool(found), "at least one descriptor", found)
    return found


@pytest.mark.requirement("PA-ADMIN-060")
def test_every_descriptor_is_complete(product: Product) -> None:
    """Source: admin API 7.3, schemas RuleDescriptor, ConfigurationField."""
    for one in descriptors(product):
        expect_equal(sorted(DESCRIBED - set(one)), [], f"what lacks of {one.get('type')}")
        categories = ("AccessControl", "Processing")
        expect_that(one["category"] in categories, "a documented category", one["category"])
        modes = set(one["modes"])
        expect_that(bool(modes) and modes <= {"Site", "Agent"}, "documented modes", one["modes"])
        for field in one["configurationFields"]:
            lacking = sorted(name for name in FIELD if field.get(name) is None)
            expect_equal(lacking, [], f"what lacks of a field of {one['type']}")


@pytest.mark.requirement("PA-ADMIN-060")
def test_the_descriptor_of_a_type_is_the_one_of_the_list(product: Product) -> None:
    """Source: admin API 7.3, getRuleDescriptor (ruleType)."""
    for one in descriptors(product):
        read = expect_saved(product.api.get_rule_descriptor(one["type"]))
        expect_equal(read, one, f"the descriptor of {one['type']}")
    expect_status(product.api.get_rule_descriptor("NoSuchType"), 404, 422)


@pytest.mark.requirement("PA-ADMIN-060")
def test_types_and_class_names_of_descriptors_are_unique(product: Product) -> None:
    """Source: admin API 7.3, getRuleDescriptor: a type names one descriptor."""
    found = descriptors(product)

    for member in ("type", "className"):
        values = [one[member] for one in found]
        expect_equal(sorted(values), sorted(set(values)), f"{member} of every descriptor")


@pytest.mark.requirement("PA-ADMIN-061")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize("name", [NOBODY, "RejectionRule", " "])
def test_a_rule_of_a_class_that_no_descriptor_shows_is_refused(
    rules: Stock, act: str, name: str
) -> None:
    """Source: assumed; the descriptors are the list of implementations."""
    saving = rules.saving(act)

    saving.refuses(saving.body(className=name), field="className")


@pytest.mark.requirement("PA-ADMIN-061")
@pytest.mark.parametrize("act", ["create", "update"])
def test_a_challenge_of_a_class_that_no_descriptor_shows_is_refused(
    product: Product, act: str
) -> None:
    """Source: assumed; the descriptors are the list of implementations."""
    saving = CHALLENGE.of(product).saving(act)
    generator = {"className": NOBODY, "configuration": {}}

    saving.refuses(saving.body(defaultChallengeResponse={"generator": generator}))

    expect_saved(saving.attempt(saving.good))


@pytest.mark.requirement("PA-ADMIN-062")
@pytest.mark.parametrize("act", ["create", "update"])
def test_a_value_that_the_descriptor_requires_is_asked_for(
    product: Product, rules: Stock, act: str
) -> None:
    """A required field without a default, left out and null.

    Source: admin API 7.3, ConfigurationField.required.
    """
    saving = rules.saving(act)
    described = {one["className"]: one for one in descriptors(product)}
    fields = described[saving.good["className"]]["configurationFields"]
    needed = [one["name"] for one in fields if one["required"] and not one.get("default")]
    expect_that(bool(needed), "a required field in the suite's own kind of rule", fields)
    configuration = saving.good["configuration"]

    for name in needed:
        without = {key: value for key, value in configuration.items() if key != name}
        saving.refuses(saving.body(configuration=without))
        saving.refuses(saving.body(configuration={**configuration, name: None}))


@pytest.mark.requirement("PA-ADMIN-063")
def test_the_listed_success_criteria_are_those_of_the_schema_and_can_be_saved(
    product: Product, sets: Stock
) -> None:
    """Source: admin API 7.3, getRuleSetSuccessCriteria, schema SuccessCriteria."""
    found = expect_items(product.api.get_rule_set_success_criteria())

    names = sorted(one["name"] for one in found)
    expect_equal(names, ["SuccessIfAllSucceed", "SuccessIfAnyOneSucceeds"], "success criteria")
    for name in names:
        saved = expect_saved(sets.collection.create(sets.body(successCriteria=name)))
        expect_members(saved, {"successCriteria": name}, "the rule set")


@pytest.mark.requirement("PA-ADMIN-063")
def test_the_listed_element_types_are_those_of_the_schema_and_can_be_saved(
    product: Product, rules: Stock, sets: Stock
) -> None:
    """Source: admin API 7.3, getRuleSetElementTypes, schema RuleSetElementType."""
    found = expect_items(product.api.get_rule_set_element_types())

    expect_equal(sorted(one["name"] for one in found), ["Rule", "RuleSet"], "element types")
    for name, stock in (("Rule", rules), ("RuleSet", sets)):
        held = {"elementType": name, "policy": [stock.made()["id"]]}
        saved = expect_saved(sets.collection.create(sets.body(**held)))
        expect_members(saved, held, "the rule set")


@pytest.mark.requirement("PA-ADMIN-064")
@pytest.mark.parametrize("act", ["create", "update"])
def test_a_rule_set_keeps_the_order_of_its_rules(rules: Stock, sets: Stock, act: str) -> None:
    """Neither the order of ids nor of names.

    Source: changelog of terraform-provider-pingaccess (#17, #111).
    """
    first, second, third = (rules.made()["id"] for _ in range(3))
    saving = sets.saving(act)
    order = [second, third, first]

    saved = saving.saves(saving.body(policy=order))

    expect_equal(sets.collection.stored(saved["id"])["policy"], order, "policy")


@pytest.mark.requirement("PA-ADMIN-065")
def test_a_rule_set_that_holds_itself_is_refused(sets: Stock) -> None:
    """At once, and through another.

    Source: assumed; such a set could not be evaluated.
    """
    inner = sets.made()
    outer = sets.made(elementType="RuleSet", policy=[inner["id"]])

    for loop in (inner["id"], outer["id"]):
        body = {**inner, "elementType": "RuleSet", "policy": [loop]}
        expect_refused(sets.collection.update(inner["id"], json=body))

    expect_unchanged(inner, sets.collection.stored(inner["id"]), "the rule set")
