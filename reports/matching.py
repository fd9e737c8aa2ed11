"""Which scenario of one run is which of another: by id, and where that is new, by what it asks."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from reports.answers import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from harness.evidence import ScenarioResult

    Pair = tuple[ScenarioResult | None, ScenarioResult | None]

_PARTS = re.compile(r"(?P<file>[^:]*)::(?P<name>[^\[]*)(?P<values>\[.*)?", re.DOTALL)


def pairs(old: Iterable[ScenarioResult], new: Iterable[ScenarioResult]) -> list[Pair]:
    """Each scenario of both with its counterpart, None where it has none.

    A scenario that only one run has is taken for one that only the other has where they ask the
    same requirements and share, in this order: name and values, sentence and values, or requests;
    and where no third one does.
    """
    before, after = _keyed(old), _keyed(new)
    found: list[Pair] = [(one, after[key]) for key, one in before.items() if key in after]
    gone = [one for key, one in before.items() if key not in after]
    come = [one for key, one in after.items() if key not in before]
    for likeness in (_by_name, _by_title, _by_requests):
        renamed = _alike(gone, come, likeness)
        found += renamed
        taken = {id(one) for pair in renamed for one in pair}
        gone = [one for one in gone if id(one) not in taken]
        come = [one for one in come if id(one) not in taken]
    return [*found, *((one, None) for one in gone), *((None, one) for one in come)]


def _keyed(scenarios: Iterable[ScenarioResult]) -> dict[str, ScenarioResult]:
    """By id; one that stands twice has its number behind it from then on."""
    found: dict[str, ScenarioResult] = {}
    for one in scenarios:
        key, number = one.id, 1
        while key in found:
            number += 1
            key = f"{one.id} #{number}"
        found[key] = one
    return found


def _alike(
    gone: list[ScenarioResult],
    come: list[ScenarioResult],
    likeness: Callable[[ScenarioResult], Hashable],
) -> list[Pair]:
    sides: dict[Hashable, tuple[list[ScenarioResult], list[ScenarioResult]]]
    sides = defaultdict(lambda: ([], []))
    for side, scenarios in enumerate((gone, come)):
        for one in scenarios:
            if (like := likeness(one)) is not None:
                sides[frozenset(one.requirements), like][side].append(one)
    return [
        (first[0], second[0]) for first, second in sides.values() if len(first) == len(second) == 1
    ]


def _by_name(one: ScenarioResult) -> Hashable:
    found = _PARTS.fullmatch(one.id)
    return (found["name"], found["values"]) if found else None


def _by_title(one: ScenarioResult) -> Hashable:
    found = _PARTS.fullmatch(one.id)
    return (one.title, found["values"]) if found else None


def _by_requests(one: ScenarioResult) -> Hashable:
    return tuple(plain(line)[0] for line in one.traffic) or None
