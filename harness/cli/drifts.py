"""What `spec-diff` and `plugin-diff` have in common: lines, JSON, a page, and the exit code."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import click

from harness.cli.pages import line, short, written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from harness.upgrades.drift import Drift

REGRESSION = 4


def on_page(
    page: Path, found: Sequence[Drift], sides: tuple[str, str], what: str, *, overwrite: bool
) -> None:
    """The differences as a page in a file."""
    from reports.drift_page import sheet  # noqa: PLC0415 - only where it is asked for

    written(page, sheet(found, sides, what), overwrite=overwrite)


def told(found: Sequence[Drift], sides: tuple[str, str], *, as_json: bool) -> int:
    """Everything printed; 4 where something is high."""
    counts = Counter(one.severity for one in found)
    if as_json:
        drifts = [one.as_json() for one in found]
        click.echo(json.dumps({"sides": sides, "counts": counts, "drifts": drifts}, indent=1))
        return REGRESSION if counts["high"] else 0
    for one in found:
        click.echo(line(f"{one.severity:6}  {one.label:11}  {one.where}: {short(one.text)}"))
        if one.note:
            click.echo(line(f"        announced: {one.note}"))
    numbers = ", ".join(f"{counts[name]:,} {name}" for name in ("high", "medium", "low"))
    click.echo(line(f"{sides[0]} → {sides[1]}: {numbers if found else 'nothing is different'}"))
    return REGRESSION if counts["high"] else 0
