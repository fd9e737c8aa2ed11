"""How plugins are configured, as the product's own descriptors lay it out.

No class name and no key of a risk policy is known here: fields are found by the labels of the
vendor's pages, whatever their case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from harness.errors import HarnessError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from harness.actions import Action

Json: TypeAlias = dict[str, Any]

CONNECTION = "PingOne Connection"
POLICY_SET = "PingOne Risk Policy ID"
INTERVAL = "Risk Check Interval (MS)"
USER_ID = "User ID Attribute"
LEVELS = ("high", "medium", "low", "failed")
"""Source: risk policy field descriptions 7.2, 7.3 and 8.0."""


class RiskPolicyPlan:
    """One type of risk policy: its class, and where each labelled setting goes."""

    def __init__(self, descriptor: Json) -> None:
        self.class_name: str = descriptor["className"]
        self._fields = {
            str(one["label"]).casefold(): one for one in _all(descriptor["configurationFields"])
        }

    def has(self, label: str) -> bool:
        """Whether there is a field of this label."""
        return label.casefold() in self._fields

    def key(self, label: str) -> str:
        """The configuration key of the field of this label."""
        return str(self._field(label)["name"])

    def choice(self, level: str, action: Action) -> tuple[str, Any]:
        """Key and value that make the evaluator of a level take this action."""
        evaluator = self._field(f"{level.capitalize()} Risk Policy Evaluator")
        return str(evaluator["name"]), _chosen(evaluator, action)

    def _field(self, label: str) -> Json:
        found = self._fields.get(label.casefold())
        if found is None:
            raise HarnessError(
                f"the descriptor of risk policies has no field labelled {label!r}; it has "
                f"{', '.join(sorted(self._fields))}"
            )
        return found


def least_configuration(fields: Iterable[Json], *, text: str) -> Json:
    """A configuration that holds what is required and nothing else.

    A field has its default, else its first option, else `text`.
    """
    return {one["name"]: _least(one, text) for one in fields if one.get("required")}


def needs_no_text(descriptor: Json) -> bool:
    """Whether a plugin can be configured without inventing a text."""
    return not any("x" in str(_least(one, "x")) for one in _undecided(descriptor))


def _undecided(descriptor: Json) -> Iterator[Json]:
    for one in descriptor["configurationFields"]:
        if one.get("required") and one.get("default") is None and not one.get("options"):
            yield one


def _least(field: Json, text: str) -> Any:
    if field.get("fields"):
        return least_configuration(field["fields"], text=text)
    if field.get("default") is not None:
        return field["default"]
    options = field.get("options") or [{"value": text}]
    return options[0]["value"]


def _chosen(evaluator: Json, action: Action) -> Any:
    """The option's value, alone where the evaluator is the choice, else with its selection."""
    chooser = next((one for one in _all([evaluator]) if one.get("options")), None)
    if chooser is None:
        raise HarnessError(f"the evaluator {evaluator['label']!r} offers no options")
    value = _option(chooser, action.label)
    if chooser is evaluator and action.selected is None:
        return value
    chosen = {chooser["name"]: value}
    if action.selected is not None:
        chosen[_selection(evaluator, chooser, action.label, value)] = action.selected
    return chosen


def _option(chooser: Json, label: str) -> Any:
    for one in chooser["options"]:
        if str(one["label"]).casefold() == label.casefold():
            return one["value"]
    offered = ", ".join(str(one["label"]) for one in chooser["options"])
    raise HarnessError(f"{chooser['label']!r} offers no option {label!r}; it offers {offered}")


def _selection(evaluator: Json, chooser: Json, label: str, value: Any) -> str:
    """The key under which what an option names is selected.

    It is the nested field that depends on the option, or has its label, or is the only other one.
    """
    others = [one for one in evaluator.get("fields") or () if one is not chooser]
    for fits in (
        [one for one in others if str(one["label"]).casefold() == label.casefold()],
        [one for one in others if _depends(one, chooser, value)],
        others,
    ):
        if len(fits) == 1:
            return str(fits[0]["name"])
    raise HarnessError(
        f"the evaluator {evaluator['label']!r} does not show where {label!r} is selected"
    )


def _depends(field: Json, chooser: Json, value: Any) -> bool:
    parent = field.get("parentField") or {}
    if parent.get("fieldName") != chooser["name"]:
        return False
    return any(one.get("value") == value for one in parent.get("dependentFieldOptions") or ())


def _all(fields: Iterable[Json]) -> Iterator[Json]:
    for one in fields:
        yield one
        yield from _all(one.get("fields") or ())
