"""Plugins: their descriptors, and configurations held against them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingaccess.plugins.checks import (
    SWITCHES,
    Check,
    collection_of,
    is_absent,
    is_none,
    whole_number,
)
from fakes.pingaccess.plugins.data import RULES, risk_policies
from fakes.pingaccess.plugins.data_around import FAMILIES
from fakes.pingaccess.plugins.data_rules import MANUAL_RULES
from fakes.pingaccess.plugins.later import with_later

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.pingaccess.decisions.plugin import PluginBehaviour
    from fakes.pingaccess.plugins.checks import Knows
    from fakes.pingaccess.plugins.fields import Field, Plugin


class Installed(NamedTuple):
    """The plugins of a behaviour: by family, and by family and class name."""

    families: dict[str, tuple[Plugin, ...]]
    classes: dict[tuple[str, str], Plugin]


class Plugins:
    """Every plugin of the product by family, such as `rules` or `riskPolicies`.

    A family is the collection's path in the admin API, with or without `highAvailability/`. What
    it gives is shared between fakes of one behaviour: never change it.
    """

    def __init__(self, behaviour: PluginBehaviour) -> None:
        self._behaviour = behaviour
        self._installed = _installed(behaviour)

    def descriptors(self, family: str) -> list[dict[str, Any]]:
        """The descriptors of a family as the API shows them (SPEC Descriptors.items)."""
        return _shown(self._behaviour, _bare(family), self._behaviour.plugin_list_lacks)

    def descriptor(self, family: str, kind: str) -> dict[str, Any] | None:
        """One descriptor by its type; None where there is none (SPEC Descriptor)."""
        shown = _shown(self._behaviour, _bare(family), self._behaviour.plugin_single_lacks)
        fold = str.lower if self._behaviour.plugin_types_folded else str
        return next((one for one in shown if fold(one["type"]) == fold(kind)), None)

    def plugin(self, family: str, class_name: object) -> Plugin | None:
        """The plugin of that class; None for an unknown class."""
        known = isinstance(class_name, str)
        return self._installed.classes.get((_bare(family), str(class_name))) if known else None

    def problems(  # noqa: PLR0913 - what a check knows
        self,
        family: str,
        class_name: object,
        configuration: object,
        knows: Knows,
        *,
        verb: str = "",
        lenient: bool = False,
    ) -> dict[str, list[str]]:
        """Complaints by field: className, configuration, or the fields of the configuration.

        `knows` says whether a collection holds an id; `verb` is POST or PUT; `lenient`: keys that
        the descriptor lacks are not complained of.
        """
        plugin = self.plugin(family, class_name)
        if plugin is None:
            if ("class", "className", verb) in self._behaviour.plugin_not_checked:
                return {}
            told = f"GET …/{_bare(family)}/descriptors tells those that are"
            return {"className": [f"is not the class of an installed plugin; {told}"]}
        if configuration is None:
            configuration = {}
        if not isinstance(configuration, dict):
            return {"configuration": ["must be a JSON object"]}
        checked = Check(self._behaviour, knows, verb, lenient=lenient)
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


@lru_cache(maxsize=256)
def _installed(behaviour: PluginBehaviour) -> Installed:
    """Made once for each behaviour of a process."""
    families = with_later(
        {
            "riskPolicies": risk_policies(behaviour),
            "rules": (*RULES, *MANUAL_RULES),
            **FAMILIES,
        },
        behaviour,
    )
    classes = {
        (family, plugin.class_name): plugin
        for family, plugins in families.items()
        for plugin in plugins
    }
    return Installed(families, classes)


@lru_cache(maxsize=256)
def _shown(behaviour: PluginBehaviour, family: str, lacks: frozenset[str]) -> list[dict[str, Any]]:
    """The descriptors of a family, made once for each behaviour of a process."""
    return [plugin.shown(lacks) for plugin in _installed(behaviour).families.get(family, ())]


def _completed(
    fields: tuple[Field, ...], values: Mapping[str, Any], behaviour: PluginBehaviour, path: str = ""
) -> dict[str, Any]:
    known = {field.name for field in fields}
    done = {
        key: value
        for key, value in values.items()
        if key not in known and behaviour.plugin_unknown_keys != "drop"
    }
    return {
        field.name: _filled(field, values.get(field.name), behaviour, path + field.name)
        for field in fields
    } | done


def _filled(field: Field, value: Any, behaviour: PluginBehaviour, name: str) -> Any:
    if name in behaviour.plugin_not_kept:
        value = None
    if is_absent(value) and name not in behaviour.plugin_not_defaulted:
        value = list(field.default) if isinstance(field.default, tuple) else field.default
    if field.span is not None:
        number = whole_number(value, behaviour)
        return value if number is None else number
    match field.kind:
        case "CHECKBOX" if isinstance(value, str):
            return SWITCHES.get(value, value)
        case "COMPOSITE" if isinstance(value, dict):
            return _completed(field.fields, value, behaviour, f"{name}.")
        case "TABLE" if isinstance(value, list):
            return [_completed(field.fields, row, behaviour, f"{name}.") for row in value]
    return value


def _references(
    fields: tuple[Field, ...], values: Mapping[str, Any]
) -> Iterator[tuple[str, object]]:
    for field in fields:
        value = values.get(field.name)
        if field.kind == "COMPOSITE" and isinstance(value, dict):
            yield from _references(field.fields, value)
            continue
        collection = collection_of(field, values)
        if collection is not None and not is_none(value):
            yield collection, value


def _bare(family: str) -> str:
    return family.strip("/").removeprefix("highAvailability/")
