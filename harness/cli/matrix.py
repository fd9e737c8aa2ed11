"""`paconform matrix`: which label was judged on which release, and what came of it last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.pages import line
from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness.evidence import RunEnd, RunHeader
    from harness.upgrades.matrix import Cell

RUNS = Path("reports", "out")
"""Where runs are written, if not told otherwise."""


@click.command(name="matrix")
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path))
@click.option("--markdown", is_flag=True, help="A table for a page.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each label and release.")
def command(runs: tuple[Path, ...], markdown: bool, as_json: bool) -> int:
    """Show what the last run of each label came to on each release.

    RUNS are run folders, or folders with run folders in them; reports/out where none is named. The
    label is that of `run --label`, else the target.

    \b
    Example:
      paconform matrix
      paconform matrix runs nightly/9.1 --markdown
    """  # noqa: D301 - \b is click's mark for lines to keep
    from harness.upgrades.matrix import table  # noqa: PLC0415 - keeps --help instant

    found = known(runs or (RUNS,))
    if as_json:
        for one in found:
            click.echo(json.dumps(one.as_json()))
        return 0
    rows = table(found)
    if markdown:
        rows.insert(1, ["---"] * len(rows[0]))
    for text in _laid_out(rows, markdown=markdown):
        click.echo(line(text))
    return 0


def known(runs: Sequence[Path]) -> list[Cell]:
    """The last run of each label and release in these folders; BadSettings where there is none."""
    from harness.upgrades.matrix import cells  # noqa: PLC0415 - keeps --help instant

    found = cells(one for path in runs for one in _runs(path))
    if not found:
        names = ", ".join(map(str, runs))
        raise BadSettings(f"{names}: there is no run; `paconform run` writes one")
    return found


def _runs(path: Path) -> Iterator[tuple[RunHeader, RunEnd | None, str]]:
    from harness.cli import siblings  # noqa: PLC0415 - keeps --help instant
    from harness.evidence import FILE  # noqa: PLC0415 - the same

    folders = [path] if (path / FILE).is_file() else siblings.beside(path / FILE)
    for folder in folders:
        header = siblings.header_of(folder / FILE)
        if header is not None:
            yield header, siblings.end_of(folder / FILE), str(folder)


def _laid_out(rows: list[list[str]], *, markdown: bool) -> Iterator[str]:
    if markdown:
        yield from (f"| {' | '.join(one.replace('|', '¦') for one in row)} |" for row in rows)
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
