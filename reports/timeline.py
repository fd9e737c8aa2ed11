"""When a scenario spoke with whom: what a timeline shows, from its exchanges and their times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.evidence import ExchangeRecord, ScenarioResult

LANES = ("admin", "engine", "PingOne")
"""Whom a scenario speaks with; the control door has a lane where it was used."""

CONTROL = "control"
MOST_MARKS = 120
"""Exchanges on one timeline: the last ones."""

NARROWEST = 0.7
"""Per cent of the width that a mark has at least."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One exchange on its lane; `at` and `wide` in per cent, `kind` is ok, refused or broken."""

    lane: int
    at: float
    wide: float
    kind: str
    said: str
    label: str
    failed: bool

    @property
    def middle(self) -> float:
        """Where its middle is, in per cent."""
        return round(self.at + self.wide / 2, 2)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The marks of one scenario. `span` is its length in words, "" where times are not known."""

    lanes: tuple[str, ...]
    marks: list[Mark]
    span: str
    left_out: int

    @property
    def failed(self) -> Mark | None:
        """The exchange at which the scenario failed."""
        return next((mark for mark in self.marks if mark.failed), None)

    @property
    def described(self) -> str:
        """All of it as a sentence, for whoever does not see it."""
        counts = [
            f"{sum(mark.lane == n for mark in self.marks)} with {name}"
            for n, name in enumerate(self.lanes)
            if any(mark.lane == n for mark in self.marks)
        ]
        within = f" within {self.span}" if self.span else ""
        failed = f"; it failed at {self.failed.said}" if self.failed else ""
        return f"Timeline: {len(self.marks)} exchanges{within}, {', '.join(counts)}{failed}."


def timeline(result: ScenarioResult) -> Timeline | None:
    """The timeline of a scenario; None where less than two exchanges are known."""
    every = result.exchanges
    if len(every) < 2:
        return None
    first = max(0, len(every) - MOST_MARKS)
    times, span = _times(result, first)
    failed = result.failure.exchange if result.failure else None
    used = any(one.party == CONTROL for one in every[first:])
    lanes = (*LANES, CONTROL) if used else LANES
    marks = [
        _mark(one, *times[n], lanes, number=first + n + 1, failed=first + n == failed)
        for n, one in enumerate(every[first:])
    ]
    return Timeline(lanes, marks, span, first)


def _times(result: ScenarioResult, first: int) -> tuple[list[tuple[float, float]], str]:
    """Start and length of each exchange in per cent of all, and how long all took."""
    count = len(result.exchanges) - first
    known = result.timing[first:]
    ends = [start + took for start, took in known]
    if len(known) != count or not all(start >= 0 and took >= 0 for start, took in known):
        return [(100 * n / count, 60 / count) for n in range(count)], ""
    begin, end = known[0][0], max(ends)
    scale = 100 / max(end - begin, 0.001)
    return [
        (max(0.0, min((start - begin) * scale, 100 - NARROWEST)), took * scale)
        for start, took in known
    ], _length(end - begin)


def _mark(  # noqa: PLR0913 - a mark is put together from all of them
    exchange: ExchangeRecord,
    at: float,
    wide: float,
    lanes: Sequence[str],
    *,
    number: int,
    failed: bool,
) -> Mark:
    status = exchange.status
    came = "no answer" if status is None else str(status)
    kind = "ok"
    if status is None or status >= 500:
        kind = "broken"
    elif status >= 400:
        kind = "refused"
    name = exchange.operation or exchange.method
    return Mark(
        lanes.index(_lane(exchange)),
        round(at, 2),
        round(max(NARROWEST, min(wide, 100 - at)), 2),
        kind,
        f"{number}, {name}: {came}",
        _action(exchange),
        failed,
    )


def _lane(exchange: ExchangeRecord) -> str:
    if exchange.party == CONTROL:
        return CONTROL
    if exchange.party == "pingone":
        return "PingOne"
    return "engine" if exchange.party == "engine" else "admin"


def _action(exchange: ExchangeRecord) -> str:
    """What the control door was asked to do; "" of other exchanges, and of what only looks."""
    told = exchange.arguments
    if told is None:
        return ""
    if exchange.operation == "advance":
        return f"clock +{_length(_number(told.get('advance_s')) * 1000)}"
    if exchange.operation == "set_faults":
        faults = told.get("faults")
        every = faults if isinstance(faults, list) else []
        kinds = [str(one.get("kind", "")) for one in every if isinstance(one, dict)]
        return f"fault: {', '.join(kinds)[:40]}"
    return (exchange.operation or "").replace("_", " ")


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _length(ms: float) -> str:
    """A length of time for people."""
    if ms < 1000:
        return f"{ms:.3g} ms"
    for limit, unit, name in ((60, 1, "s"), (3600, 60, "min"), (172_800, 3600, "h")):
        if ms / 1000 < limit:
            return f"{ms / 1000 / unit:.3g} {name}"
    return f"{ms / 86_400_000:,.0f} days"
