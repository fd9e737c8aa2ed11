"""Plugins: their descriptors, and configurations held against them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.plugin_data import RULES, risk_policies
from fakes.pingaccess.plugin_data_more import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fakes.pingaccess.parts_behaviour import PluginBehaviour
    from fakes.pingaccess.plugin_fields import Field, Plugin

    Knows = Callable[[str, object], bool]
    Problem = tuple[str, str]

Families = dict[str, tuple["Plugin", ...]]


class Plugins:
    """Every plugin of the product by family, such as `rules` or `riskPolicies`.

    A family is the collection's path in the admin API, with or without `highAvailability/`.
    """

    def __init__(self, behaviour: PluginBehaviour) -> None:
        self._behaviour = behaviour
        self._families: Families = {
            "riskPolicies": risk_policies(behaviour),
            "rules": RULES,
            **FAMILIES,
        }
        self._classes = {
            (family, plugin.class_name): plugin
            for family, plugins in self._families.items()
            for plugin in plugins
        }

    def descriptors(self, family: str) -> list[dict[str, Any]]:
        """The descriptors of a family as the API shows them (SPEC Descriptors.items)."""
        return [plugin.shown() for plugin in self._families.get(_bare(family), ())]

    def descriptor(self, family: str, kind: str) -> dict[str, Any] | None:
        """One descriptor by its type; None where there is none (SPEC Descriptor)."""
        plugins = self._families.get(_bare(family), ())
        return next((plugin.shown() for plugin in plugins if plugin.kind == kind), None)

    def plugin(self, family: str, class_name: object) -> Plugin | None:
        """The plugin of that class; None for an unknown class."""
        known = isinstance(class_name, str)
        return self._classes.get((_bare(family), str(class_name))) if known else None

    def problems(
        self, family: str, class_name: object, configuration: object, knows: Knows
    ) -> dict[str, list[str]]:
        """Complaints by field: className, configuration, or the fields of the configuration.

        `knows` says whether a collection holds an id.
        """
        plugin = self.plugin(family, class_name)
        if plugin is None:
            return {"className": ["is not the class of an installed plugin"]}
        if configuration is None:
            configuration = {}
        if not isinstance(configuration, dict):
            return {"configuration": ["must be a JSON object"]}
        checked = _Check(self._behaviour, knows)
        found: dict[str, list[str]] = {}
        for name, problem in checked.members(plugin.fields, configuration):
            found.setdefault(f"{self._behaviour.plugin_problem_prefix}{name}", []).append(problem)
        return found

    def completed(
        self, family: str, class_name: str, configuration: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """The configuration with defaults filled in, and numbers and switches in their own type.

        Keys of an unknown class, and what a descriptor lacks, stay as they are unless the
        behaviour drops them.
        """
        plugin = self.plugin(family, class_name)
        if plugin is None:
            return dict(configuration or {})
        return _completed(plugin.fields, configuration or {}, self._behaviour)

    def references(
        self, family: str, class_name: str, configuration: Mapping[str, Any] | None
    ) -> list[tuple[str, object]]:
        """The (collection, id) that the configuration points at."""
        plugin = self.plugin(family, class_name)
        return [] if plugin is None else list(_references(plugin.fields, configuration or {}))

    def concealed(self, family: str, class_name: str) -> tuple[str, ...]:
        """The configuration keys that hold secrets (ConfigurationType CONCEALED)."""
        plugin = self.plugin(family, class_name)
        fields = plugin.fields if plugin else ()
        return tuple(field.name for field in fields if field.kind == "CONCEALED")


class _Check:
    """One pass over a configuration, collecting (field, problem)."""

    def __init__(self, behaviour: PluginBehaviour, knows: Knows) -> None:
        self._behaviour = behaviour
        self._knows = knows

    def members(
        self, fields: tuple[Field, ...], values: Mapping[str, Any], path: str = ""
    ) -> Iterator[Problem]:
        """Problems of an object: the whole configuration, a composite, or a row of a table."""
        for field in fields:
            name = path + field.name
            value = values.get(field.name)
            if not _is_absent(value):
                yield from self._value(field, value, name)
            elif field.required and field.default is None and self._behaviour.plugin_required:
                yield name, "is required"
            yield from self._reference(field, values, name)
        if self._behaviour.plugin_unknown_keys == "refuse":
            known = {field.name for field in fields}
            yield from (
                (path + key, "is not a field of this plugin") for key in values.keys() - known
            )

    def _value(self, field: Field, value: Any, name: str) -> Iterator[Problem]:
        if field.span is not None:
            yield from self._number(field, value, name)
            return
        match field.kind:
            case "CHECKBOX":
                if not isinstance(value, bool) and value not in _SWITCHES:
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
        number = _number(value, self._behaviour)
        low, high = field.span or (0, 0)
        if number is None:
            yield name, "must be a whole number"
        elif self._behaviour.plugin_ranges and not low <= number <= high:
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
        if field.required and not value and self._behaviour.plugin_required:
            yield name, "needs a row"
        for index, row in enumerate(value):
            yield from self._object(field, row, f"{name}[{index}]")

    def _list(self, field: Field, value: Any, name: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield name, "must be a list"
            return
        if field.required and not value and self._behaviour.plugin_required:
            yield name, "needs an entry"
        for index, entry in enumerate(value):
            yield from self._scalar(field, entry, f"{name}[{index}]")

    def _scalar(self, field: Field, value: Any, name: str) -> Iterator[Problem]:
        if isinstance(value, dict | list | bool | float):
            yield name, "must be text"
        elif not self._is_option(field, value):
            yield name, "must be one of " + ", ".join(option for option, _ in field.options)

    def _is_option(self, field: Field, value: object) -> bool:
        if not field.options or not self._behaviour.plugin_options:
            return True
        return str(value) in {option for option, _ in field.options}

    def _reference(self, field: Field, values: Mapping[str, Any], name: str) -> Iterator[Problem]:
        """A reference that points nowhere, is missing, or stands where none belongs."""
        value = values.get(field.name)
        collection = _collection(field, values)
        unchecked = collection in self._behaviour.plugin_unchecked_references
        if collection is None:
            refused = self._behaviour.risk_policy_stray_reference == "refuse"
            if field.depends and refused and not _is_none(value):
                yield name, "must be absent: this action needs no policy"
        elif _is_none(value):
            if field.depends and not unchecked:
                yield name, "is required for this action"
        elif isinstance(value, int | str) and not unchecked and not self._knows(collection, value):
            yield name, "does not exist"


def _completed(
    fields: tuple[Field, ...], values: Mapping[str, Any], behaviour: PluginBehaviour
) -> dict[str, Any]:
    known = {field.name for field in fields}
    done = {
        key: value
        for key, value in values.items()
        if key not in known and behaviour.plugin_unknown_keys != "drop"
    }
    return {
        field.name: _filled(field, values.get(field.name), behaviour) for field in fields
    } | done


def _filled(field: Field, value: Any, behaviour: PluginBehaviour) -> Any:
    if _is_absent(value):
        value = list(field.default) if isinstance(field.default, tuple) else field.default
    if field.span is not None:
        number = _number(value, behaviour)
        return value if number is None else number
    match field.kind:
        case "CHECKBOX":
            return (
                {"true": True, "false": False}.get(value, value)
                if isinstance(value, str)
                else value
            )
        case "COMPOSITE" if isinstance(value, dict):
            return _completed(field.fields, value, behaviour)
        case "TABLE" if isinstance(value, list):
            return [_completed(field.fields, row, behaviour) for row in value]
    return value


def _references(
    fields: tuple[Field, ...], values: Mapping[str, Any]
) -> Iterator[tuple[str, object]]:
    for field in fields:
        value = values.get(field.name)
        if field.kind == "COMPOSITE" and isinstance(value, dict):
            yield from _references(field.fields, value)
            continue
        collection = _collection(field, values)
        if collection is not None and not _is_none(value):
            yield collection, value


def _collection(field: Field, values: Mapping[str, Any]) -> str | None:
    """The collection that a field's value is an id of; for an evaluator its type says which."""
    if field.depends is None:
        return field.refers
    sibling, targets = field.depends
    return dict(targets).get(str(values.get(sibling)))


def _bare(family: str) -> str:
    return family.strip("/").removeprefix("highAvailability/")


def _number(value: object, behaviour: PluginBehaviour) -> int | None:
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


def _is_absent(value: object) -> bool:
    return value is None or value == ""


def _is_none(value: object) -> bool:
    """Whether an id stands for nothing: null, empty, or 0 as in sibling fields (SPEC)."""
    return value is None or (isinstance(value, int | str) and value in {"", 0, "0"})


def _is_secret(value: object) -> bool:
    if isinstance(value, str):
        return bool(value)
    if not isinstance(value, dict) or not value or value.keys() - {"value", "encryptedValue"}:
        return False
    given = [text for text in value.values() if text is not None]
    return bool(given) and all(isinstance(text, str) and text for text in given)


_SWITCHES = {"true": True, "false": False}
_WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)
