"""What two runs of one scenario were answered differently, by aspect.

Where both asked the same things in the same order, each answer is compared with its counterpart:
status, type of content, members and their types, values that the product chose, order of lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from harness.shapes import MOST_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from harness.evidence import Run, ScenarioResult, Shape

ASPECTS = (
    "status",
    "error shape",
    "types",
    "members",
    "additions",
    "defaults",
    "ordering",
    "requests",
    "failure",
    "timing class",
)
"""What may change in behaviour, what breaks a client most first."""

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ID = re.compile(rf"/(?:\d+|{_UUID}|paconform-[^/?\s]+)(?=[/?\s]|$)", re.IGNORECASE)
_SLOWER, _AT_LEAST_MS = 10.0, 250.0
"""Ten times as slow, and by an amount that somebody notices, is another class."""
MOST_TOLD = 200


class Told(NamedTuple):
    """One difference: its aspect and a sentence about it."""

    aspect: str
    text: str


@dataclass(slots=True)
class Answers:
    """A run, as far as its answers are compared."""

    run: Run
    shapes: Mapping[str, Shape] = field(init=False)

    def __post_init__(self) -> None:
        self.shapes = {key: one for each in self.run.scenarios for key, one in each.shapes.items()}


def differences(
    old: ScenarioResult, new: ScenarioResult, before: Answers, after: Answers
) -> list[Told]:
    """Everything that differs, each sentence once; of very many, the first."""
    if old.traffic == new.traffic and old.answers == new.answers:
        found: list[Told] = []
    else:
        found = list(dict.fromkeys(_told(old, new, before, after)))
    if new.failure and old.failure and new.failure.actual != old.failure.actual:
        found.append(Told("failure", f"{old.failure.actual} → {new.failure.actual}"))
    found += _timing(old.duration_ms, new.duration_ms)
    return found[:MOST_TOLD]


def plain(line: str) -> tuple[str, str]:
    """A line of traffic without ids: the request, and how it was answered."""
    request, _, status = line.rpartition(" ")
    return _ID.sub("/{}", request), status


def _told(
    old: ScenarioResult, new: ScenarioResult, before: Answers, after: Answers
) -> Iterator[Told]:
    for at, (one, other) in enumerate(zip_longest(old.traffic, new.traffic)):
        first, second = plain(one or ""), plain(other or "")
        if first[0] != second[0]:
            yield Told("requests", "other requests were made")
            return
        if first[1] != second[1]:
            yield Told("status", f"{first[0]}: {first[1]} → {second[1]}")
        keys = _at(old.answers, at), _at(new.answers, at)
        if keys[0] == keys[1] or None in keys:
            continue
        left, right = before.shapes.get(keys[0] or ""), after.shapes.get(keys[1] or "")
        if left and right and first[1] == second[1]:
            yield from (Told(told.aspect, f"{first[0]}: {told.text}") for told in _of(left, right))


def _at(keys: list[str], at: int) -> str | None:
    return keys[at] if at < len(keys) else None


def _of(old: Shape, new: Shape) -> Iterator[Told]:
    """The differences of two answers of the same status."""
    refused = (old.status or 0) >= 400
    if old.media != new.media:
        yield Told("error shape" if refused else "types", f"{old.media} → {new.media}")
    members, more, types = ("error shape",) * 3 if refused else ("members", "additions", "types")
    gone = [name for name in old.members if name not in new.members and _is_kept(new, name)]
    come = [name for name in new.members if name not in old.members and _is_kept(old, name)]
    yield from (Told(members, f"{name or 'the body'} is gone") for name in _tops(gone))
    yield from (Told(more, f"{name or 'the body'} is new") for name in _tops(come))
    for name, kind in old.members.items():
        if name in new.members and new.members[name] != kind:
            yield Told(types, f"{name or 'the body'}: {kind} → {new.members[name]}")
    for name, value in old.chosen.items():
        if name in new.chosen and new.chosen[name] != value:
            yield Told("defaults", f"{name} without being asked for: {value} → {new.chosen[name]}")
    if old.order and new.order and old.order != new.order:
        yield Told("ordering", f"items by {old.order} → {new.order}")


def _is_kept(shape: Shape, name: str) -> bool:
    """Whether a shape would have that member; of very many, only the first in order are kept."""
    return len(shape.members) < MOST_MEMBERS or name < max(shape.members)


def _tops(names: list[str]) -> list[str]:
    """The names without those that lie in another of them."""
    inside = set(names)
    return [one for one in names if not any(up in inside for up in _ups(one))]


def _ups(name: str) -> Iterator[str]:
    while name:
        name = name[:-2] if name.endswith("[]") else name.rpartition(".")[0]
        if name:
            yield name


def _timing(old_ms: float, new_ms: float) -> list[Told]:
    slow, fast = max(old_ms, new_ms), max(min(old_ms, new_ms), 0.1)
    if slow - fast < _AT_LEAST_MS or slow < fast * _SLOWER:
        return []
    way = "slower" if new_ms > old_ms else "faster"
    return [Told("timing class", f"{way}: {old_ms:.0f} ms → {new_ms:.0f} ms")]
