"""Releases of PingAccess as data: what each changed, and what was wrong with it, with sources.

A file holds what its release has otherwise than the one before; the first, than the specification
of 7.3. So a release is every file up to its own, laid over the fake's correct behaviour.
"""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from fakes.behaviour import Defect

if TYPE_CHECKING:
    from collections.abc import Iterator

LATEST = "9.1"
"""The release that a fake is unless told: the newest that is published."""

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Delta:
    """One decision that a release makes otherwise: a new value, or members of a set more or less.

    `title` is a sentence for people; `grade` and `source` say how well it is known.
    """

    title: str
    field: str
    grade: str
    source: str
    value: Any = None
    add: tuple[Any, ...] = ()
    remove: tuple[Any, ...] = ()

    def over(self, current: Any) -> Any:
        """The decision as it is with this delta, in the type that it has."""
        if self.add or self.remove:
            gone = {_fixed(one) for one in self.remove}
            kept = [one for one in current if one not in gone]
            return type(current)((*kept, *map(_fixed, self.add)))
        return _as_typed(self.value, current)


@dataclass(frozen=True, slots=True)
class Bug:
    """Something that the vendor says is wrong with a release: one decision with a wrong value.

    `id` is the vendor's; `breaks` the requirement that shows it; `fixed_in` the releases without
    it, empty where none is published.
    """

    id: str
    title: str
    breaks: str
    field: str
    value: Any
    grade: str
    source: str
    fixed_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """One release: name, month, what it changed, what is wrong with it, and what it takes to reach.

    `upgrade_from` is the oldest release that can be upgraded to it directly, where one is named.
    """

    name: str
    published: str
    source: str
    deltas: tuple[Delta, ...]
    bugs: tuple[Bug, ...] = ()
    upgrade_from: str | None = None


@lru_cache(maxsize=1)
def releases() -> dict[str, Release]:
    """All releases by name, oldest first."""
    folder = files(__package__)
    found = [
        _read(entry.name, entry.read_text("utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    ]
    return {one.name: one for one in sorted(found, key=lambda one: _order(one.name))}


def release(name: str) -> Release:
    """The release of that name; ValueError names those that there are."""
    known = releases()
    if name not in known:
        raise ValueError(f"release: {name!r} is not one of {', '.join(known)}")
    return known[name]


def of_release(behaviour: B, name: str) -> B:
    """`behaviour` as that release has it."""
    changes: dict[str, Any] = {}
    for delta in _up_to(release(name)):
        current = changes.get(delta.field, getattr(behaviour, delta.field))
        changes[delta.field] = delta.over(current)
    return dataclasses.replace(behaviour, **changes)  # type: ignore[type-var]


def bugs_of(behaviour: object, name: str) -> tuple[Defect, ...]:
    """What is wrong with that release, each as a defect of it."""
    return tuple(
        Defect(
            bug.id,
            bug.title,
            bug.breaks,
            bug.field,
            _as_typed(bug.value, getattr(behaviour, bug.field)),
        )
        for bug in release(name).bugs
    )


def _up_to(last: Release) -> Iterator[Delta]:
    for one in releases().values():
        if _order(one.name) <= _order(last.name):
            yield from one.deltas


def _as_typed(value: Any, current: object) -> Any:
    """A list of the file as the field has it: a set or a tuple, of tuples where it holds lists."""
    if not isinstance(value, list):
        return value
    inner = [_fixed(one) for one in value]
    return frozenset(inner) if isinstance(current, frozenset) else tuple(inner)


def _fixed(one: Any) -> Any:
    return tuple(one) if isinstance(one, list) else one


def _order(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split("."))


def _read(file: str, text: str) -> Release:
    data = tomllib.loads(text)
    return Release(
        file.removesuffix(".toml"),
        data["published"],
        data["source"],
        tuple(_delta(row) for row in data.get("delta", ())),
        tuple(_bug(row) for row in data.get("bug", ())),
        data.get("upgrade_from"),
    )


def _delta(row: dict[str, Any]) -> Delta:
    add, remove = tuple(row.pop("add", ())), tuple(row.pop("remove", ()))
    return Delta(**row, add=add, remove=remove)


def _bug(row: dict[str, Any]) -> Bug:
    fixed_in = tuple(row.pop("fixed_in"))
    return Bug(**row, fixed_in=fixed_in)
