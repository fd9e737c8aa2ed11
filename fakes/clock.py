"""The one clock of a pair of fakes: everything that reads time reads it here."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

EPOCH_S = 1_767_225_600.0
"""Where a stopped clock starts unless told: 2026-01-01T00:00:00Z, so that runs can be compared."""

LATEST_S = 32_503_680_000.0
"""3000-01-01T00:00:00Z: dates reckoned from there can be written; those after 9999 cannot."""


class Clock:
    """A clock that stands still until it is advanced, or runs with the machine's.

    `now_s` is seconds since 1970-01-01T00:00:00Z, as NumericDate counts them (RFC 7519).
    """

    def __init__(self, start_s: float = EPOCH_S, *, running: bool = False) -> None:
        self._running = running
        self._offset_s = 0.0 if running else start_s

    def now_s(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time() + self._offset_s if self._running else self._offset_s

    def advance(self, seconds: float) -> None:
        """Move on by `seconds`.

        ValueError when negative, for tokens must not become younger, and past LATEST_S.
        """
        if seconds < 0:
            raise ValueError(f"{seconds} is negative; a clock only goes forward")
        if not self.now_s() + seconds <= LATEST_S:
            raise ValueError(f"{seconds} leads past {iso(LATEST_S)}; go less far")
        self._offset_s += seconds

    def restart(self, start_s: float = EPOCH_S) -> None:
        """Back to the start: part of a reset."""
        self._offset_s = 0.0 if self._running else start_s

    def beside(self) -> dict[str, float]:
        """What a state file keeps of the clock: how far it was moved, or where it stands."""
        return {"moved_s" if self._running else "now_s": self._offset_s}

    def bring_back(self, beside: Mapping[str, float]) -> None:
        """As it was kept; of a clock of the other kind, nothing is taken over."""
        self._offset_s = beside.get("moved_s" if self._running else "now_s", self._offset_s)

    def iso(self) -> str:
        """Now as PingOne writes it: ISO 8601, UTC, milliseconds, Z."""
        return iso(self.now_s())

    def http_date(self) -> str:
        """Now as the Date header writes it (RFC 9110 section 5.6.7)."""
        return format_datetime(datetime.fromtimestamp(int(self.now_s()), UTC), usegmt=True)


@lru_cache(maxsize=1024)
def iso(seconds: float) -> str:
    """ISO 8601, UTC, milliseconds, Z, of seconds since 1970."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
