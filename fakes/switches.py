"""Decisions of the fakes that whoever runs them can switch, by name and JSON value.

What no document decides is `assumed`, and may be otherwise in a real product: a switch makes the
fake so. A decision that is a function has no value to write, and cannot be switched.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import msgspec

from fakes import pingaccess, pingone
from fakes.behaviour import Defect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOUSES: Mapping[str, Any] = {"pingaccess": pingaccess.CORRECT, "pingone": pingone.CORRECT}


@dataclass(frozen=True, slots=True)
class Switch:
    """One decision: its id (fake and field), what it decides, how well that is known, its value."""

    id: str
    doc: str
    grade: str
    source: str
    default: Any
    kind: Any

    @property
    def values(self) -> list[Any]:
        """What it, or each of a set, can be, where that is one of a few."""
        kind = get_args(self.kind)[0] if self._is_set else self.kind
        return list(get_args(kind)) if get_origin(kind) is Literal else []

    @property
    def what(self) -> str:
        """What it is that can be one of `values`."""
        return "each" if self._is_set else "it"

    @property
    def _is_set(self) -> bool:
        return get_origin(self.kind) is frozenset

    @property
    def field(self) -> str:
        """The name of the field of the behaviour."""
        return self.id.partition(".")[2]


@lru_cache(maxsize=1)
def switches() -> dict[str, Switch]:
    """Every decision that can be switched, by its id."""
    return {
        f"{house}.{name}": Switch(
            f"{house}.{name}",
            field.metadata["doc"],
            field.metadata["grade"],
            field.metadata["source"],
            msgspec.to_builtins(field.default, order="deterministic"),
            kind,
        )
        for house, correct in HOUSES.items()
        for name, kind in _kinds(type(correct))
        if (field := type(correct).__dataclass_fields__[name]) and not callable(field.default)
    }


def switched(text: str) -> Defect:
    """The change that `fake.field=JSON` stands for; the fake may be left out where it is clear.

    Raises ValueError for an unknown name, a value that is not JSON or not of the decision's type.
    """
    name, equals, written = text.partition("=")
    found = _named(name.strip())
    if not equals:
        raise ValueError(f"switch: {text!r} has no value; write {found.id}={_json(found.default)}")
    value = _value(found, written.strip())
    return Defect(found.id, f"{found.id} is {written.strip()}", "", found.field, value)


def _value(found: Switch, written: str) -> Any:
    """The value in the type of the decision; text may be written without quotes."""
    try:
        value = msgspec.json.decode(written)
    except msgspec.DecodeError:
        value = written
    try:
        return msgspec.convert(value, found.kind)
    except msgspec.ValidationError as error:
        few = f"; {found.what} can be {', '.join(map(_json, found.values))}" if found.values else ""
        raise ValueError(
            f"switch: {found.id}={written[:80]}: {error}{few}; now it is {_json(found.default)}"
        ) from None


def _named(name: str) -> Switch:
    known = switches()
    if name in known:
        return known[name]
    alike = [one for one in known.values() if one.field == name]
    if len(alike) == 1:
        return alike[0]
    if alike:
        ids = " or ".join(one.id for one in alike)
        raise ValueError(f"switch: {name!r} is of both fakes; write {ids}")
    near = [
        one.id for one in known.values() if get_close_matches(name, (one.id, one.field), 1, 0.8)
    ]
    hint = f"; did you mean {' or '.join(near[:3])}?" if near else ";"
    raise ValueError(f"switch: {name!r} is not known{hint} `paconform list switches` shows all")


def _kinds(behaviour: Any) -> Iterator[tuple[str, Any]]:
    """Each field and its type, which is written as text in the module of its class."""
    for chapter in behaviour.__mro__:
        names = vars(sys.modules[chapter.__module__])
        for name, annotation in vars(chapter).get("__annotations__", {}).items():
            if callable(behaviour.__dataclass_fields__[name].default):
                continue
            yield name, eval(annotation, dict(names))  # noqa: S307 - our own source


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
