"""The failed scenarios of a page in full, as many as there is room for."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reports.causes import JUDGED
from reports.curl import curl
from reports.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from harness.evidence import ExchangeRecord, RunHeader, ScenarioResult
    from reports.model import Findings

MOST_HTML = 900_000
"""Characters of details on one page; what goes beyond is left to evidence.jsonl."""

LEAST = 4_000
"""Characters that one scenario needs, however little there is to say of it."""

MOST_OF_ONE = 120_000
"""Characters of one scenario's exchanges."""

MOST_EXCHANGES = 30
"""Exchanges of one scenario that are shown, those nearest to the failure."""

MOST_ALIKE = 40
"""Scenarios of one cause that are told one by one."""

MOST_CAUSES = 60
"""Causes that are told."""

MOST_OPEN = 4
"""Failures whose request and answer are open from the start."""

MOST_TRAFFIC = 250_000
"""Characters of the traffic of conformant scenarios."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An exchange on the page; `at` marks the one at which the scenario failed."""

    number: int
    exchange: ExchangeRecord
    at: bool
    open: bool
    curl: str
    inexact: str

    @property
    def answer_class(self) -> str:
        """The first digit of the status, x where nobody answered."""
        status = self.exchange.status
        return "x" if status is None else str(status)[:1]


class Details:
    """What is shown of each failed scenario, by its number in the run.

    The first of every cause comes first, so that none is left without an example.
    """

    def __init__(self, findings: Findings, macros: Any) -> None:
        self._header = findings.header
        self._number = findings.number
        self._macros: Callable[..., Callable[..., Markup]] = lambda name: getattr(macros, name)
        self._left = MOST_HTML
        self._traffic_left = MOST_TRAFFIC
        self._open = MOST_OPEN
        self._told: dict[int, Markup] = {}
        for result in _in_turn(findings):
            number = findings.number(result)
            if number not in self._told:
                self._told[number] = self._tell(result, number)

    def of(self, result: ScenarioResult) -> Markup:
        """All that is shown of it; nothing where it has no place on the page."""
        return self._told.get(self._number(result), Markup())

    def has(self, result: ScenarioResult) -> bool:
        """Whether it has a place on the page."""
        return self._number(result) in self._told

    def traffic(self, result: ScenarioResult) -> list[str]:
        """The lines of its traffic, while there is room for more."""
        size = sum(map(len, result.traffic))
        self._traffic_left -= size
        return result.traffic if self._traffic_left > 0 else []

    def _tell(self, result: ScenarioResult, number: int) -> Markup:
        if self._left < LEAST:
            return self._macros("brief")(result=result, number=number)
        exchanges, left_out = self._exchanges(result)
        full = self._macros("failed")(
            result=result,
            number=number,
            exchanges=exchanges,
            left_out=left_out,
            timeline=timeline(result),
            replay=_replay(self._header, result),
        )
        if len(full) <= self._left:
            self._left -= len(full)
            return full
        return self._macros("brief")(result=result, number=number)

    def _exchanges(self, result: ScenarioResult) -> tuple[list[Markup], int]:
        """The exchanges that are shown, in their order, and how many are left out."""
        every = result.exchanges
        at = result.failure.exchange if result.failure else None
        nearest = at if at is not None and 0 <= at < len(every) else len(every) - 1
        last = min(len(every), max(nearest + 3, MOST_EXCHANGES))
        first = max(0, last - MOST_EXCHANGES)
        self._open -= 1
        room = min(MOST_OF_ONE, self._left)
        told: dict[int, Markup] = {}
        for n in sorted(range(first, last), key=lambda n: abs(n - nearest)):
            html = self._exchange(n, every[n], at=n == at, before=result.left_out)
            room -= len(html)
            if room < 0:
                break
            told[n] = html
        return [told[n] for n in sorted(told)], len(every) + result.left_out - len(told)

    def _exchange(self, n: int, exchange: ExchangeRecord, *, at: bool, before: int) -> Markup:
        line, inexact = curl(exchange, target=self._header.target)
        one = Shown(before + n + 1, exchange, at, at and self._open >= 0, line, inexact)
        return self._macros("exchange")(one=one)


def _replay(header: RunHeader, result: ScenarioResult) -> str:
    """The command that replays it in the run's folder; "" where there is nothing to send again."""
    if result.verdict not in JUDGED or not result.failure or not result.exchanges:
        return ""
    target = [] if header.target == "embedded" else [f"--target={header.target}"]
    planted = header.options.get("defect")
    defects = [f"--defect={one}" for one in planted] if isinstance(planted, list) else []
    return shlex.join(["paconform", "replay", ".", result.id, *target, *defects])


def _in_turn(findings: Findings) -> Iterator[ScenarioResult]:
    """Failed scenarios, one of every cause first; then those that measured nothing."""
    causes = findings.causes[:MOST_CAUSES]
    yield from (cause.results[0] for cause in causes)
    for cause in causes:
        yield from cause.results[1:MOST_ALIKE]
