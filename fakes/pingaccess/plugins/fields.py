"""What a plugin asks for, and how the admin API shows it (admin API 7.3, Descriptor)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Grade = Literal["documented", "observed", "assumed"]
Kind = Literal[
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
]
Range = tuple[int, int]
_MANUAL = "https://docs.pingidentity.com/pingaccess"


@dataclass(frozen=True, slots=True)
class Field:
    """One configuration field; what the API does not show: `span`, `refers` and `parts`.

    `span`: it is a number within these bounds, both allowed. `refers`: its value is an id in that
    collection. `depends`: the sibling field, and the collection that each of its values refers to.
    """

    name: str
    label: str
    kind: Kind = "TEXT"
    required: bool = False
    default: Any = None
    options: tuple[tuple[str, str], ...] = ()
    fields: tuple[Field, ...] = ()
    help: str = ""
    advanced: bool = False
    span: Range | None = None
    refers: str | None = None
    depends: tuple[str, tuple[tuple[str, str], ...]] | None = None

    def shown(self, lacks: frozenset[str] = frozenset()) -> dict[str, Any]:
        """The field as SPEC ConfigurationField, every required member but `lacks` present."""
        field = {
            "name": self.name,
            "label": self.label,
            "type": self.kind,
            "advanced": self.advanced,
            "required": self.required,
            "help": {"title": self.label, "content": self.help, "url": _MANUAL},
            "fields": [field.shown(lacks) for field in self.fields],
            "options": [
                {"value": value, "label": label, "category": None} for value, label in self.options
            ],
            "parentField": self._parent(),
            "buttonGroup": "default",
            "deselectable": False,
        }
        if (default := _text(self.default)) is not None:
            field["default"] = default
        return {name: value for name, value in field.items() if name not in lacks}

    def _parent(self) -> dict[str, Any] | None:
        if self.depends is None:
            return None
        name, targets = self.depends
        return {
            "fieldName": name,
            "dependentFieldOptions": [{"value": value, "options": []} for value, _ in targets],
        }


@dataclass(frozen=True, slots=True)
class Plugin:
    """One class that can be configured, with how well its class name and keys are known."""

    kind: str
    label: str
    class_name: str
    fields: tuple[Field, ...]
    grade: Grade
    source: str
    category: Literal["AccessControl", "Processing"] | None = None
    modes: tuple[str, ...] = ()

    def shown(self, lacks: frozenset[str] = frozenset()) -> dict[str, Any]:
        """The plugin as SPEC Descriptor, or RuleDescriptor where it has a category.

        `lacks`: members that its fields are shown without.
        """
        descriptor: dict[str, Any] = {
            "type": self.kind,
            "label": self.label,
            "className": self.class_name,
            "configurationFields": [field.shown(lacks) for field in self.fields],
        }
        if self.category is None:
            return descriptor
        return descriptor | {
            "category": self.category,
            "modes": list(self.modes),
            "agentCachingDisabled": False,
        }


def _text(value: object) -> str | None:
    """A default as the API shows it: always text (SPEC ConfigurationField.default)."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int():
            return str(value)
        case dict():
            return None
    return None
