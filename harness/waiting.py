"""Waiting: bounded, and in the hands of the run, since fakes never need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias, TypeVar

from harness.errors import NotMeasured

Pause: TypeAlias = Callable[[float], None]
"""Lets so many seconds pass, as the target counts them."""

Read = TypeVar("Read")

FIRST_S, LONGEST_S = 0.1, 5.0
"""The first pause between two reads, and the longest."""


def no_time(_seconds: float) -> None:
    """No time passes: what the target does is done when it answers."""


def settled(
    read: Callable[[], Read],
    is_settled: Callable[[Read], bool],
    pause: Pause,
    *,
    what: str,
    limit_s: float,
) -> Read:
    """What is read once it is settled; NotMeasured where it is not within the limit."""
    for pause_s in growing_s(FIRST_S, LONGEST_S, limit_s):
        found = read()
        if is_settled(found):
            return found
        pause(pause_s)
    found = read()
    if not is_settled(found):
        raise NotMeasured(f"{what}: not within {limit_s:g} seconds")
    return found


def growing_s(first_s: float, longest_s: float, limit_s: float) -> Iterator[float]:
    """Pauses in seconds, each twice the one before up to the longest; together they are the limit.

    The last is what remains.
    """
    left_s, next_s = limit_s, first_s
    while left_s > 0:
        yield min(next_s, left_s)
        left_s -= next_s
        next_s = min(2 * next_s, longest_s)
