"""The descriptors say how a risk policy is configured, so that nobody has to know it."""

import pytest

from harness.checks import (
    expect_equal,
    expect_items,
    expect_members,
    expect_saved,
    expect_status,
    expect_that,
)
from harness.product import Product
from scenarios.risk_policies.descriptor import (
    CONNECTION,
    INTERVAL,
    LEVELS,
    POLICY_SET,
    USER_ID,
    Json,
    evaluator_label,
    fields_of,
    labelled,
    the_descriptor,
)

FIELD_MEMBERS = {
    "advanced",
    "buttonGroup",
    "deselectable",
    "fields",
    "help",
    "label",
    "name",
    "options",
    "parentField",
    "required",
    "type",
}
"""Admin API 7.3, ConfigurationField.required."""

FIELD_TYPES = {
    "TEXT",
    "TEXTAREA",
    "TIME",
    "SELECT",
    "GROOVY",
    "CONCEALED",
    "LIST",
    "TABLE",
    "CHECKBOX",
    "AUTOCOMPLETEOPEN",
    "AUTOCOMPLETECLOSED",
    "COMPOSITE",
    "RADIO_BUTTON",
}
"""Admin API 7.3, ConfigurationType."""


def evaluator_of(product: Product, level: str) -> Json:
    """The described evaluator of a level; a product that describes none does not conform."""
    field = labelled(the_descriptor(product), evaluator_label(level))
    expect_that(field is not None, f"a field labelled {evaluator_label(level)!r}", field)
    return field or {}


def choice_of(evaluator: Json) -> Json:
    """The field that holds the options of an evaluator: itself, or one nested in it."""
    choices = [one for one in fields_of([evaluator]) if one.get("options")]
    expect_that(choices != [], "options to choose from", evaluator)
    return choices[0]


@pytest.mark.requirement("PA-RISK-001")
def test_every_descriptor_is_complete(product: Product) -> None:
    """Source: admin API 7.3, schema Descriptor (required)."""
    descriptors = expect_items(product.api.get_risk_policy_descriptors())

    expect_that(len(descriptors) > 0, "at least one type of risk policy", descriptors)
    for descriptor in descriptors:
        for member in ("type", "label", "className"):
            text = descriptor.get(member)
            expect_that(isinstance(text, str) and text != "", f"a {member}", descriptor)
        fields = descriptor.get("configurationFields")
        expect_that(isinstance(fields, list) and fields != [], "configurationFields", descriptor)


@pytest.mark.requirement("PA-RISK-001")
def test_every_field_of_a_descriptor_is_complete(product: Product) -> None:
    """Source: admin API 7.3, schemas ConfigurationField (required) and ConfigurationType."""
    for field in fields_of(the_descriptor(product)["configurationFields"]):
        missing = sorted(FIELD_MEMBERS - set(field))
        expect_equal(missing, [], f"members that the field {field.get('name')!r} lacks")
        expect_that(field["type"] in FIELD_TYPES, f"a type of {FIELD_TYPES}", field["type"])
        for option in field["options"] or []:
            lacking = sorted({"category", "label", "value"} - set(option))
            expect_equal(lacking, [], f"members that an option of {field['name']!r} lacks")


@pytest.mark.requirement("PA-RISK-001")
def test_no_two_fields_share_a_name(product: Product) -> None:
    """Source: admin API 7.3, ConfigurationField.name (the name of the configuration field)."""
    names = [field["name"] for field in the_descriptor(product)["configurationFields"]]

    expect_equal(sorted(names), sorted(set(names)), "names of the fields")


@pytest.mark.requirement("PA-RISK-002")
def test_one_descriptor_is_the_one_in_the_list(product: Product) -> None:
    """Source: admin API 7.3, getRiskPolicyDescriptor."""
    listed = the_descriptor(product)

    single = expect_saved(product.api.get_risk_policy_descriptor(listed["type"]))

    expect_equal(single, listed, "the descriptor asked for by its type")


@pytest.mark.requirement("PA-RISK-003")
def test_an_unknown_type_has_no_descriptor(product: Product) -> None:
    """Source: assumed, the admin API declares 200 and 422 only."""
    known = the_descriptor(product)["type"]
    expect_status(product.api.get_risk_policy_descriptor(known), 200)

    expect_status(product.api.get_risk_policy_descriptor("NoSuchType"), 404, 422)


@pytest.mark.requirement("PA-RISK-004")
@pytest.mark.parametrize(
    ("label", "key", "required"),
    [(CONNECTION, "pingOneConnectionId", True), (POLICY_SET, "pingOneRiskPolicyId", False)],
)
def test_the_documented_keys_are_described(
    product: Product, label: str, key: str, required: bool
) -> None:
    """Source: risk policy walkthrough 7.2 (keys); risk policy field descriptions 7.3 (labels)."""
    field = labelled(the_descriptor(product), label)

    expect_members(field, {"name": key, "required": required}, f"the field labelled {label!r}")


@pytest.mark.requirement("PA-RISK-004")
def test_the_user_id_attribute_is_required(product: Product) -> None:
    """Source: risk policy field descriptions 7.2, 7.3 and 8.0 (User ID Attribute)."""
    field = labelled(the_descriptor(product), USER_ID)

    expect_members(field, {"required": True}, f"the field labelled {USER_ID!r}")


@pytest.mark.requirement("PA-RISK-005")
def test_the_interval_has_its_documented_default(product: Product) -> None:
    """Source: risk policy field descriptions 7.2, 7.3 and 8.0 (20000, not required)."""
    field = labelled(the_descriptor(product), INTERVAL) or {}

    shown = (str(field.get("default")), field.get("required"))
    expect_equal(shown, ("20000", False), f"default, required of {INTERVAL!r}")


@pytest.mark.requirement("PA-RISK-006")
@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_a_required_evaluator_that_allows_by_default(
    product: Product, level: str
) -> None:
    """Source: risk policy field descriptions 7.2, 7.3 and 8.0 (Allow is the default)."""
    evaluator = evaluator_of(product, level)

    expect_members(evaluator, {"required": True}, f"the {level} evaluator")
    choice = choice_of(evaluator)
    default = choice.get("default")
    chosen = [one["label"] for one in choice["options"] if one["value"] == default]
    expect_equal(chosen, ["Allow"], f"label of the default option of {level}")


@pytest.mark.requirement("PA-RISK-007")
@pytest.mark.parametrize("level", LEVELS)
def test_every_evaluator_offers_five_options(product: Product, level: str) -> None:
    """Source: risk policy field descriptions 7.2 (five options; two of them by name)."""
    options = choice_of(evaluator_of(product, level))["options"]

    labels = [option["label"] for option in options]

    expect_equal(len(set(labels)), 5, f"number of options among {labels}")
    known = {"Allow", "Authentication Challenge Policy"} <= set(labels)
    expect_that(known, "Allow and Authentication Challenge Policy", labels)


@pytest.mark.requirement("PA-RISK-007")
def test_the_evaluators_offer_the_same_options(product: Product) -> None:
    """Source: risk policy field descriptions 7.2 (the five options are described once)."""
    offered = [choice_of(evaluator_of(product, level))["options"] for level in LEVELS]

    for options, level in zip(offered, LEVELS, strict=True):
        expect_equal(options, offered[0], f"options of {level}")


@pytest.mark.requirement("PA-RISK-008")
def test_the_other_options_are_deny_rule_and_rule_set(product: Product) -> None:
    """Source: assumed, from the flow page and a lab guide; the labels were not seen."""
    options = choice_of(evaluator_of(product, "high"))["options"]

    labels = {option["label"] for option in options}

    others = sorted(labels - {"Allow", "Authentication Challenge Policy"})
    expect_equal(others, ["Deny", "Rule", "Rule Set"], "the other options")


@pytest.mark.requirement("PA-RISK-009")
@pytest.mark.parametrize("level", ["high", "medium", "low"])
def test_the_evaluators_have_their_documented_keys(product: Product, level: str) -> None:
    """Source: risk policy walkthrough of the admin API 7.2."""
    evaluator = evaluator_of(product, level)

    expect_members(evaluator, {"name": f"{level}RiskPolicy"}, f"the {level} evaluator")


@pytest.mark.requirement("PA-RISK-010")
def test_the_evaluator_for_failures_has_the_key_that_the_pattern_gives(product: Product) -> None:
    """Source: assumed, by the pattern of the three documented keys."""
    evaluator = evaluator_of(product, "failed")

    expect_members(evaluator, {"name": "failedRiskPolicy"}, "the evaluator for failures")
