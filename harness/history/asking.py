"""What a history knows: how runs went, what fails since when, and what changes to and fro.

Runs of one label, target and release are a series, in the order in which they began. A scenario
that was not measured, or that the harness failed at, says nothing about the product.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from harness.history.tables import RESULTS, RUNS, SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MEASURED = ("conformant", "warning", "refuted", "nonconformant")
GOOD = "conformant"


@dataclass(frozen=True, slots=True)
class Trend:
    """A run of a series, and how many scenarios came to each verdict."""

    run_id: str
    started: str
    label: str
    target: str
    release: str
    product: str
    whole: bool
    counts: dict[str, int]


@dataclass(slots=True)
class Story:
    """A scenario through the runs of a series: (run, verdict) of each in which it was measured."""

    series: str
    scenario: str
    runs: list[tuple[str, str]] = field(default_factory=list)
    requirement: str = ""

    @property
    def verdict(self) -> str:
        """The latest."""
        return self.runs[-1][1]

    @property
    def first_seen(self) -> str:
        """The run in which what is wrong now was seen first, without a good one since."""
        since = self.runs[-1][0]
        for run, verdict in reversed(self.runs):
            if verdict == GOOD:
                break
            since = run
        return since

    @property
    def last_good(self) -> str | None:
        """The latest run in which it was conformant."""
        return next((run for run, verdict in reversed(self.runs) if verdict == GOOD), None)

    @property
    def changes(self) -> int:
        """How often the verdict changed."""
        return sum(one[1] != other[1] for one, other in pairwise(self.runs))

    @property
    def flaky(self) -> bool:
        """Whether it changed both ways: from one verdict to another, and back."""
        pairs = {(one[1], other[1]) for one, other in pairwise(self.runs)}
        return any(one != other and (other, one) in pairs for one, other in pairs)


def trends(connection: sa.Connection, label: str | None = None) -> list[Trend]:
    """Every run, the oldest first."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    tally = sa.select(RESULTS.c.run, RESULTS.c.verdict, sa.func.count()).group_by(
        RESULTS.c.run, RESULTS.c.verdict
    )
    for run, verdict, number in connection.execute(tally):
        counted[run][verdict] = number
    return [
        Trend(
            *(one.run_id, one.started, one.label, one.target, one.release),
            *(one.product, one.whole, dict(counted[one.id])),
        )
        for one in _runs(connection, label)
    ]


def failing(connection: sa.Connection, label: str | None = None) -> list[Story]:
    """The scenarios that were not conformant when they were measured last, by series."""
    return [one for one in _stories(connection, label) if one.verdict != GOOD]


def flaky(connection: sa.Connection, label: str | None = None) -> list[Story]:
    """The scenarios whose verdict changed to and fro, those that changed most often first."""
    found = [one for one in _stories(connection, label) if one.flaky]
    return sorted(found, key=lambda one: (-one.changes, one.series, one.scenario))


def labels(connection: sa.Connection) -> list[str]:
    """Every label that a run has."""
    return list(connection.scalars(sa.select(RUNS.c.label).distinct().order_by(RUNS.c.label)))


def _runs(connection: sa.Connection, label: str | None) -> Sequence[Any]:
    chosen = sa.select(RUNS).order_by(RUNS.c.started, RUNS.c.id)
    return connection.execute(
        chosen if label is None else chosen.where(RUNS.c.label == label)
    ).all()


def _stories(connection: sa.Connection, label: str | None) -> Iterator[Story]:
    """Of every scenario that was not always conformant, in every series."""
    series: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for run in _runs(connection, label):
        series[run.label, run.target, run.release].append(run)
    ever = (
        sa.select(RESULTS.c.scenario)
        .where(RESULTS.c.verdict.in_([one for one in MEASURED if one != GOOD]))
        .distinct()
    )
    told = (
        sa.select(RESULTS.c.run, RESULTS.c.verdict, RESULTS.c.requirement, SCENARIOS.c.name)
        .join(SCENARIOS, SCENARIOS.c.id == RESULTS.c.scenario)
        .where(RESULTS.c.scenario.in_(ever), RESULTS.c.verdict.in_(MEASURED))
        .order_by(SCENARIOS.c.name)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(told):
        found[row.run].append(row)
    for key, runs in sorted(series.items()):
        yield from _of_series(", ".join(one for one in key if one), runs, found)


def _of_series(series: str, runs: Iterable[Any], found: dict[int, list[Any]]) -> Iterator[Story]:
    stories: dict[str, Story] = {}
    for run in runs:
        for row in found[run.id]:
            story = stories.setdefault(row.name, Story(series, row.name))
            story.runs.append((run.run_id, row.verdict))
            story.requirement = row.requirement or story.requirement
    yield from (story for _, story in sorted(stories.items()))
