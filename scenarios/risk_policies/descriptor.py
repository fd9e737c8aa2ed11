"""The risk policy descriptor as its documented labels lay it out."""

from typing import Any

from harness.checks import expect_items
from harness.errors import HarnessError
from harness.product import Product

Json = dict[str, Any]

CONNECTION = "PingOne Connection"
POLICY_SET = "PingOne Risk Policy ID"
INTERVAL = "Risk Check Interval (MS)"
USER_ID = "User ID Attribute"
LEVELS = ("high", "medium", "low", "failed")
"""The levels of the evaluators, as the arrangement helpers name them."""


def evaluator_label(level: str) -> str:
    """The documented label of the evaluator of a level."""
    return f"{level.capitalize()} Risk Policy Evaluator"


def the_descriptor(product: Product) -> Json:
    """The descriptor of the risk policies that stand on a PingOne connection.

    One type exists, 7.2 to 9.0; another product's plugin may stand beside it.
    """
    descriptors = expect_items(product.api.get_risk_policy_descriptors())
    if not descriptors:
        raise HarnessError("the product describes no type of risk policy")
    first: Json = descriptors[0]
    return next((one for one in descriptors if labelled(one, CONNECTION)), first)


def fields_of(fields: list[Json]) -> list[Json]:
    """The fields and everything that is nested in them."""
    found = []
    for one in fields:
        found += [one, *fields_of(one.get("fields") or [])]
    return found


def labelled(descriptor: Json, label: str) -> Json | None:
    """The field of this label, whatever its case, or nothing."""
    for one in fields_of(descriptor["configurationFields"]):
        if one["label"].casefold() == label.casefold():
            return one
    return None


def key_of(product: Product, label: str) -> str:
    """The configuration key of the field of this label."""
    return keys_of(product, label)[0]


def keys_of(product: Product, *labels: str) -> list[str]:
    """The configuration keys of the fields of these labels."""
    descriptor, keys = the_descriptor(product), []
    for label in labels:
        field = labelled(descriptor, label)
        if field is None:
            raise HarnessError(f"the descriptor of risk policies has no field labelled {label!r}")
        keys.append(str(field["name"]))
    return keys


def evaluator_keys(product: Product) -> list[str]:
    """The configuration keys of the four evaluators, in the order of the levels."""
    return keys_of(product, *map(evaluator_label, LEVELS))


def chooser(evaluator: Json) -> Json:
    """The field that holds the options of an evaluator: itself, or one nested in it."""
    for one in fields_of([evaluator]):
        if one.get("options"):
            return one
    raise HarnessError(f"the evaluator {evaluator['label']!r} offers no options")


def configured(body: Json, **changes: object) -> Json:
    """The body with other keys in its configuration."""
    return {**body, "configuration": {**body["configuration"], **changes}}


def unconfigured(body: Json, *keys: str) -> Json:
    """The body without some keys of its configuration."""
    kept = {key: value for key, value in body["configuration"].items() if key not in keys}
    return {**body, "configuration": kept}


def replaced(value: Any, old: str, new: str) -> Any:
    """The JSON value with every text that equals `old` turned into `new`."""
    if isinstance(value, dict):
        return {key: replaced(inner, old, new) for key, inner in value.items()}
    return new if value == old else value
