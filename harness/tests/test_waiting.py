"""Waiting ends: with what was waited for, or with the limit."""

from __future__ import annotations

import pytest

from harness.errors import NotMeasured
from harness.waiting import growing_s, no_time, settled


def test_pauses_double_up_to_the_longest_and_add_up_to_the_limit() -> None:
    assert list(growing_s(1, 4, 12)) == [1, 2, 4, 4, 1]
    assert list(growing_s(1, 4, 0)) == []


def test_what_is_settled_is_not_waited_for() -> None:
    pauses: list[float] = []

    assert settled(lambda: 7, lambda n: n == 7, pauses.append, what="seven", limit_s=60) == 7
    assert pauses == []


def test_what_settles_later_is_read_after_pauses() -> None:
    pauses: list[float] = []
    values = iter("aab")

    found = settled(
        lambda: next(values), lambda one: one == "b", pauses.append, what="b", limit_s=60
    )

    assert found == "b"
    assert pauses == [0.1, 0.2]


def test_what_settles_with_the_last_pause_is_settled() -> None:
    """It is read once more after the limit has passed."""
    passed = [0.0]

    def pause(seconds: float) -> None:
        passed[0] += seconds

    assert settled(lambda: passed[0], lambda s: s >= 9.9, pause, what="late", limit_s=10)


def test_what_never_settles_is_not_measured() -> None:
    with pytest.raises(NotMeasured, match="the end: not within 60 seconds"):
        settled(lambda: 1, lambda _: False, no_time, what="the end", limit_s=60)
