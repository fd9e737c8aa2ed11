"""What a run means: verdicts of requirements and areas, and what asks for attention.

A scenario that stops at one requirement says nothing about the others that it names: they are not
measured by it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reports.causes import Cause, causes
from reports.rows import Area, Row, blamed, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.evidence import Run, ScenarioResult
    from harness.requirements import Requirement

_MEASURED = ("conformant", "nonconformant", "refuted", "warning")


@dataclass(slots=True)
class Group:
    """Scenarios that came to the same for the same reason."""

    reason: str
    results: list[ScenarioResult]


@dataclass(frozen=True, slots=True)
class Headline:
    """The verdict on the run: `state` is good, bad, open (no verdict) or partial."""

    state: str
    sentence: str
    detail: str


class Findings:
    """A run, seen through the catalogue."""

    def __init__(self, run: Run, catalogue: Mapping[str, Requirement]) -> None:
        self.run = run
        self.header = run.header
        self.rows = rows(run.scenarios, catalogue)
        self.scenario_counts = Counter(one.verdict for one in run.scenarios)
        self._numbers = {id(one): number for number, one in enumerate(run.scenarios, 1)}

    @cached_property
    def areas(self) -> list[Area]:
        """The requirements by area, in the order of the catalogue."""
        found: dict[str, list[Row]] = {}
        for row in self.rows.values():
            found.setdefault(row.area, []).append(row)
        return [Area(name, rows) for name, rows in found.items()]

    @cached_property
    def counts(self) -> Counter[str]:
        """Requirements by verdict."""
        return Counter(row.verdict for row in self.rows.values())

    @cached_property
    def measured(self) -> int:
        """How many requirements have a verdict on the product."""
        return sum(self.counts[one] for one in _MEASURED)

    @property
    def planned(self) -> int | None:
        """How many scenarios the run set out to do, where it says."""
        planned = self.header.options.get("scenarios")
        return planned if isinstance(planned, int) else None

    def number(self, result: ScenarioResult) -> int:
        """Its place in the run; an id may stand twice there."""
        return self._numbers[id(result)]

    def broken(self, verdict: str) -> list[tuple[Row, list[ScenarioResult]]]:
        """Requirements with the scenarios that came to this verdict at them."""
        found: dict[str, list[ScenarioResult]] = {}
        for one in self.run.scenarios:
            if one.verdict == verdict:
                key = blamed(one) or (one.requirements or ["?"])[0]
                found.setdefault(key, []).append(one)
        order = {key: n for n, key in enumerate(self.rows)}
        keys = sorted(found, key=lambda key: order.get(key, len(order)))
        return [(self.rows.get(key) or Row(key, None), found[key]) for key in keys]

    def groups(self, verdict: str) -> list[Group]:
        """Scenarios of this verdict by their reason, the most frequent first."""
        found: dict[str, list[ScenarioResult]] = {}
        for one in self.run.scenarios:
            if one.verdict == verdict:
                found.setdefault(one.reason or "no reason is given", []).append(one)
        by_size = sorted(found.items(), key=lambda item: -len(item[1]))
        return [Group(reason, results) for reason, results in by_size]

    @cached_property
    def causes(self) -> list[Cause]:
        """What failed, by probable cause; the gravest first."""
        order = {key: number for number, key in enumerate(self.rows)}
        return causes(self.run.scenarios, order)

    @cached_property
    def headline(self) -> Headline:
        """The verdict in a sentence, and what qualifies it."""
        state, sentence = self._verdict()
        said = [self._stopped(), self._broken(), self._harness_errors(), self._gaps()]
        return Headline(state, sentence, " ".join(one for one in said if one))

    @property
    def of_fakes(self) -> bool:
        """Whether the PingAccess that was judged is a fake of this package."""
        return self.header.target != "live" or "PingAccess" in self.header.fakes

    def _verdict(self) -> tuple[str, str]:
        fakes = self.of_fakes
        if self.counts["nonconformant"]:
            return "bad", f"The {'fakes do' if fakes else 'product does'} not conform."
        if self.run.interrupted:
            return "partial", "The run was stopped: no verdict yet."
        if self.scenario_counts["harness_error"]:
            return "open", "No verdict: the harness itself failed."
        if not self.measured:
            return "open", "Nothing was measured."
        return "good", f"The {'fakes conform' if fakes else 'product conforms'}."

    def _stopped(self) -> str:
        if not self.run.interrupted:
            return ""
        done = len(self.run.scenarios)
        of = f" of {self.planned:,}" if self.planned else ""
        return f"Stopped after {done:,}{of} scenarios; this is what was found until then."

    def _broken(self) -> str:
        broken = self.counts["nonconformant"]
        if broken:
            names = [area.title for area in self.areas if area.counts["nonconformant"]]
            verb = "is" if broken == 1 else "are"
            return f"{broken} of {self._of()} {verb} broken, in {_listed(names)}."
        if not self.measured:
            return ""
        others = self.counts["warning"] + self.counts["refuted"]
        return f"{'No MUST' if others else 'None'} of {self._of()} is broken."

    def _of(self) -> str:
        return many(self.measured, "measured requirement")

    def _harness_errors(self) -> str:
        failed = self.scenario_counts["harness_error"]
        return f"{many(failed, 'scenario')} could not be judged." if failed else ""

    def _gaps(self) -> str:
        gaps = len(self.rows) - self.measured - self.counts["harness_error"]
        verb = "has" if gaps == 1 else "have"
        return f"{gaps:,} of {len(self.rows):,} requirements {verb} no verdict." if gaps else ""


def many(number: int, noun: str) -> str:
    """The number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
