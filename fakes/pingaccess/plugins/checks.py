"""A configuration held against the fields of its plugin: every complaint, and what values mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fakes.pingaccess.decisions.plugin import PluginBehaviour
    from fakes.pingaccess.plugins.fields import Field

    Knows = Callable[[str, object], bool]
    Problem = tuple[str, str]


class Check:
    """One pass over a configuration, collecting (field, problem)."""

    def __init__(
        self, behaviour: PluginBehaviour, knows: Knows, verb: str, *, lenient: bool = False
    ) -> None:
        self._behaviour = behaviour
        self._refuses_keys = behaviour.plugin_unknown_keys == "refuse" and not lenient
        self._knows = knows
        self._verb = verb

    def members(
        self, fields: tuple[Field, ...], values: Mapping[str, Any], path: str = ""
    ) -> Iterator[Problem]:
        """Problems of an object: the whole configuration, a composite, or a row of a table."""
        for field in fields:
            name = path + field.name
            value = values.get(field.name)
            if not is_absent(value):
                yield from self._value(field, value, name)
            elif field.required and field.default is None and self._checks("required", name):
                yield name, "is required"
            yield from self._reference(field, values, name)
        if self._refuses_keys:
            known = {field.name for field in fields}
            yield from (
                (path + key, "is not a field of this plugin") for key in values if key not in known
            )

    def _checks(self, check: str, name: str) -> bool:
        excepted = self._behaviour.plugin_not_checked
        return not excepted or (check, name, self._verb) not in excepted

    def _value(self, field: Field, value: Any, name: str) -> Iterator[Problem]:
        if field.span is not None:
            yield from self._number(field, value, name)
            return
        match field.kind:
            case "CHECKBOX":
                if not isinstance(value, bool) and not (
                    isinstance(value, str) and value in SWITCHES
                ):
                    yield name, "must be true or false"
            case "COMPOSITE":
                yield from self._object(field, value, name)
            case "TABLE":
                yield from self._rows(field, value, name)
            case "LIST":
                yield from self._list(field, value, name)
            case "CONCEALED":
                if not _is_secret(value):
                    yield name, "must be a hidden field: value or encryptedValue"
            case _:
                yield from self._scalar(field, value, name)

    def _number(self, field: Field, value: Any, name: str) -> Iterator[Problem]:
        number = whole_number(value, self._behaviour)
        low, high = field.span or (0, 0)
        if number is None:
            yield name, "must be a whole number"
        elif not low <= number <= high and self._checks("range", name):
            yield name, f"must be from {low} to {high}"

    def _object(self, field: Field, value: Any, name: str) -> Iterator[Problem]:
        if isinstance(value, dict):
            yield from self.members(field.fields, value, f"{name}.")
        else:
            yield name, "must be a JSON object"

    def _rows(self, field: Field, value: Any, name: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield name, "must be a list of rows"
            return
        if field.required and not value and self._checks("required", name):
            yield name, "needs a row"
        for index, row in enumerate(value):
            yield from self._object(field, row, f"{name}[{index}]")

    def _list(self, field: Field, value: Any, name: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield name, "must be a list"
            return
        if field.required and not value and self._checks("required", name):
            yield name, "needs an entry"
        for index, entry in enumerate(value):
            yield from self._scalar(field, entry, f"{name}[{index}]")

    def _scalar(self, field: Field, value: Any, name: str) -> Iterator[Problem]:
        if isinstance(value, dict | list | bool | float):
            yield name, "must be text"
        elif not _is_option(field, value) and self._checks("options", name):
            yield name, "must be one of " + ", ".join(option for option, _ in field.options)

    def _reference(self, field: Field, values: Mapping[str, Any], name: str) -> Iterator[Problem]:
        """A reference that points nowhere, is missing, or stands where none belongs."""
        value = values.get(field.name)
        collection = collection_of(field, values)
        if collection is None:
            refused = self._behaviour.risk_policy_stray_reference == "refuse"
            if field.depends and refused and not is_none(value):
                yield name, "must be absent: this action needs no policy"
        elif is_none(value):
            if field.depends and self._checks("needed", name):
                yield name, "is required for this action"
        elif self._is_dangling(collection, value) and self._checks("reference", name):
            yield name, "does not exist"

    def _is_dangling(self, collection: str, value: object) -> bool:
        return isinstance(value, int | str) and not self._knows(collection, value)


def _is_option(field: Field, value: object) -> bool:
    return not field.options or str(value) in {option for option, _ in field.options}


def collection_of(field: Field, values: Mapping[str, Any]) -> str | None:
    """The collection that a field's value is an id of; for an evaluator its type says which."""
    if field.depends is None:
        return field.refers
    sibling, targets = field.depends
    return dict(targets).get(str(values.get(sibling)))


def whole_number(value: object, behaviour: PluginBehaviour) -> int | None:
    """The whole number that `value` is; None where it is none.

    PingAccess takes numbers as text (observed in the vendor's own scripts).
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and behaviour.plugin_numbers_as_text and _WHOLE.fullmatch(value):
        return int(value)
    return None


def is_absent(value: object) -> bool:
    """Whether a field counts as not given: null, or an empty text as a form sends it."""
    return value is None or value == ""


def is_none(value: object) -> bool:
    """Whether an id stands for nothing: null, empty, or 0 as in sibling fields (SPEC)."""
    return value is None or (isinstance(value, int | str) and value in {"", 0, "0"})


def _is_secret(value: object) -> bool:
    if isinstance(value, str):
        return bool(value)
    if not isinstance(value, dict) or not value or value.keys() - {"value", "encryptedValue"}:
        return False
    given = [text for text in value.values() if text is not None]
    return bool(given) and all(isinstance(text, str) and text for text in given)


SWITCHES = {"true": True, "false": False}
_WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)
