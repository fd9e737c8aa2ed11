"""Releases of PingAccess as data: what differs from the fake's correct behaviour, with sources."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

LATEST = "9.0"
"""The release that a fake is unless told: the one whose procedure the suite follows."""

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Release:
    """One release: name, month or "unknown", and the fields of `Behaviour` that differ."""

    name: str
    published: str
    behaviour: dict[str, Any]
    sources: dict[str, str]


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
    changes = {
        field: _as_typed(value, getattr(behaviour, field))
        for field, value in release(name).behaviour.items()
    }
    return dataclasses.replace(behaviour, **changes)  # type: ignore[type-var]


def _as_typed(value: Any, current: object) -> Any:
    """A list of the file as the field has it: a set or a tuple, of tuples where it holds lists."""
    if not isinstance(value, list):
        return value
    inner = [tuple(one) if isinstance(one, list) else one for one in value]
    return frozenset(inner) if isinstance(current, frozenset) else tuple(inner)


def _order(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split("."))


def _read(file: str, text: str) -> Release:
    data = tomllib.loads(text)
    deltas = data.get("delta", [])
    return Release(
        file.removesuffix(".toml"),
        data["published"],
        {delta["field"]: delta["value"] for delta in deltas},
        {delta["field"]: delta["source"] for delta in deltas},
    )
