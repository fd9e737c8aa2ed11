"""`paconform list`: what there is."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from harness.cli.catalogues import COLUMNS, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDEST = 40
"""Characters to which the cells of a column are padded at most."""


@click.command(name="list")
@click.argument("kind", type=click.Choice(tuple(KINDS)), metavar="KIND")
@click.option("--json", "as_json", is_flag=True, help="A JSON array with everything known of each.")
@click.option("--markdown", is_flag=True, help="Releases only: a page that compares them.")
def command(kind: str, as_json: bool, markdown: bool) -> int:
    """List what there is, a line each; `paconform explain ID` tells more.

    KIND is requirements, scenarios, mutations, defects, releases or switches.

    \b
    Example:
      paconform list requirements
      paconform list defects --json
      paconform list releases --markdown
    """  # noqa: D301 - \b is click's mark for lines to keep
    if markdown:
        from harness.cli.comparison import page  # noqa: PLC0415 - rarely asked for

        _only_releases(kind)
        click.echo(page(), nl=False)
        return 0
    rows = KINDS[kind]()
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return 0
    cells = [[_cell(row[column]) for column in COLUMNS[kind]] for row in rows]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in laid_out(cells, room):
        click.echo(line)
    return 0


def _only_releases(kind: str) -> None:
    if kind != "releases":
        raise click.BadParameter(
            f"{kind} cannot be compared; `paconform list releases --markdown`",
            param_hint="--markdown",
        )


def laid_out(cells: list[list[str]], room: int | None) -> Iterator[str]:
    """Rows as lines in columns; a cell that is very long pushes the others of its row aside.

    `room` is how many characters fit on a line; None is without end. A first cell is never cut.
    """
    widths = [min(WIDEST, max(map(len, column))) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        line = "  ".join(padded).rstrip()
        if room is not None and len(line) > room:
            line = f"{line[: max(room - 1, len(row[0]) + 1)]}…"
        yield line


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{count} {name}" for name, count in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
