"""The clock of this machine: for names and times of runs, never for what is judged."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def stamp() -> str:
    """Now as ISO 8601, to the second."""
    return now().isoformat(timespec="seconds")


def monotonic_s() -> float:
    """Seconds since some moment: for how long something takes."""
    return time.monotonic()


def deadline_s(after_s: float) -> float:
    """The reading of `time.monotonic` in so many seconds."""
    return time.monotonic() + after_s


def sleep(seconds: float) -> None:
    """Wait so long, for a product that needs it."""
    time.sleep(seconds)


def is_over(until_s: float) -> bool:
    """Whether the deadline has passed."""
    return time.monotonic() >= until_s


def pause(until_s: float) -> bool:
    """Wait a moment; False where the deadline has passed."""
    if is_over(until_s):
        return False
    time.sleep(0.05)
    return True
