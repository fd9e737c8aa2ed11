"""Areas by release: what this run and earlier ones made of each area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.words import WORST_FIRST

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence

    from harness.evidence import Run
    from harness.requirements import Requirement
    from reports.model import Findings

_MEASURED = ("conformant", "nonconformant", "refuted", "warning")


@dataclass(frozen=True, slots=True)
class Cell:
    """One area in one run: the worst verdict, and in numbers how much of it is conformant."""

    verdict: str
    told: str


@dataclass(frozen=True, slots=True)
class Column:
    """One run; `cells` by the name of the area, without those of which nothing was measured."""

    run: Run
    release: str
    cells: dict[str, Cell]
    total: Cell


def columns(
    findings: Findings, earlier: Sequence[Run], catalogue: Mapping[str, Requirement]
) -> list[Column]:
    """This run, then the earlier ones, the latest first."""
    kind = type(findings)
    return [_column(one) for one in (findings, *(kind(run, catalogue) for run in earlier))]


def _column(findings: Findings) -> Column:
    cells = {area.name: _cell(area.counts) for area in findings.areas}
    return Column(
        findings.run,
        findings.header.release or "",
        {name: cell for name, cell in cells.items() if cell.verdict != "not_run"},
        _cell(findings.counts),
    )


def _cell(counts: Counter[str]) -> Cell:
    measured = sum(counts[one] for one in _MEASURED)
    worst = next((one for one in WORST_FIRST if counts[one]), "not_run")
    return Cell(worst, f"{counts['conformant']} of {measured}")
