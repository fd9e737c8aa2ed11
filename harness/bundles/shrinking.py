"""The smallest list and JSON value that still show something: delta debugging, without chance.

Source: Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002), ddmin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from harness.bundles.format import TEXT, VALUE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


def fewest(items: Sequence[T], shows: Callable[[list[T]], bool]) -> list[T]:
    """A part of the items, in their order, that shows it and of which none can be left out.

    What comes late is left out first: it may need what comes early.
    """
    kept, size = list(items), len(items)
    while kept:
        before = len(kept)
        for start in range((before - 1) // size * size, -1, -size):
            fewer = kept[:start] + kept[start + size :]
            if shows(fewer):
                kept = fewer
        if size == 1 and len(kept) == before:
            break
        size = (size + 1) // 2
    return kept


def smallest(value: Any, shows: Callable[[Any], bool]) -> Any:
    """The JSON value with the fewest members and items that shows it; references stay whole."""
    if isinstance(value, dict) and not {VALUE, TEXT} & value.keys():
        names = fewest([*value], lambda kept: shows({name: value[name] for name in kept}))
        made: dict[str, Any] = {name: value[name] for name in names}
        for name in names:
            made[name] = smallest(made[name], _within(made, name, shows))
        return made
    if isinstance(value, list):
        items = fewest(value, shows)
        for number, one in enumerate(items):
            items[number] = smallest(one, _within(items, number, shows))
        return items
    return value


def _within(whole: Any, place: Any, shows: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Whether the whole shows it with this part of it exchanged."""

    def part_shows(part: Any) -> bool:
        other = whole.copy()
        other[place] = part
        return shows(other)

    return part_shows
