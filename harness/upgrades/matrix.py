"""Which label was judged on which release, and what came of it last."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from harness.evidence import RunEnd, RunHeader

_WORST = ("harness_error", "nonconformant")
"""Verdicts that make a run bad, the worst first."""
_JUDGED = ("conformant", "warning", "refuted")
"""Verdicts without one of which nothing was found to be as it should be."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The last run of one label on one release.

    `verdict` is conformant, nonconformant, harness_error, not_measured (where no scenario was
    judged) or interrupted; `most` is how many scenarios the largest run of the label had, on any
    release.
    """

    label: str
    release: str
    verdict: str
    started: str
    scenarios: int
    counts: Mapping[str, int]
    run: str
    most: int = 0

    @property
    def is_partial(self) -> bool:
        """Whether it had fewer scenarios than another run of the label."""
        return self.scenarios < self.most

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a script."""
        return {**asdict(self), "counts": dict(self.counts), "partial": self.is_partial}


def cells(runs: Iterable[tuple[RunHeader, RunEnd | None, str]]) -> list[Cell]:
    """The last run of each label and release, by both; what ended, and where it lies, as given."""
    last: dict[tuple[str, str], Cell] = {}
    most: dict[str, int] = {}
    for header, end, where in sorted(runs, key=lambda one: one[0].started):
        label, release = header.label or f"({header.target})", header.release or "?"
        counts = end.counts if end is not None else {}
        size = sum(counts.values())
        last[label, release] = Cell(
            label, release, _verdict(end), header.started, size, counts, where
        )
        most[label] = max(most.get(label, 0), size)
    return [
        Cell(**{**_plain(cell), "most": most[label]})
        for (label, _), cell in sorted(last.items(), key=lambda one: (one[0][0], _order(one[0][1])))
    ]


def _plain(cell: Cell) -> dict[str, Any]:
    return {name: getattr(cell, name) for name in Cell.__slots__}


def _verdict(end: RunEnd | None) -> str:
    if end is None or end.interrupted:
        return "interrupted"
    judged = next((one for one in _WORST if end.counts.get(one)), "conformant")
    if judged == "conformant" and not any(end.counts.get(one) for one in _JUDGED):
        return "not_measured"
    return judged


def _order(release: str) -> tuple[int, ...]:
    return tuple(int(one) for one in release.split(".") if one.isdecimal() and len(one) < 7)


def table(found: Iterable[Cell]) -> list[list[str]]:
    """The rows of a table: releases in the first, then a label and a word for each release."""
    every = list(found)
    releases = sorted({cell.release for cell in every}, key=_order)
    known = {(cell.label, cell.release): cell for cell in every}
    labels = sorted({cell.label for cell in every})
    return [
        ["", *releases],
        *([label, *(_word(known.get((label, one))) for one in releases)] for label in labels),
    ]


def _word(cell: Cell | None) -> str:
    if cell is None:
        return "-"
    size = f"{cell.scenarios} of {cell.most}" if cell.is_partial else f"{cell.scenarios}"
    return f"{cell.verdict} ({size}, {cell.started[:10]})"
