"""`paconform list`: what there is."""

from __future__ import annotations

import json
from typing import Any

import click

from harness.cli.catalogues import COLUMNS, KINDS


@click.command(name="list")
@click.argument("kind", type=click.Choice(tuple(KINDS)))
@click.option("--json", "as_json", is_flag=True, help="A JSON array with everything known of each.")
def command(kind: str, as_json: bool) -> int:
    """List what there is, a line each; `paconform explain ID` tells more.

    \b
    Example:
      paconform list requirements
      paconform list defects --json
    """  # noqa: D301 - \b is click's mark for lines to keep
    rows = KINDS[kind]()
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return 0
    columns = COLUMNS[kind]
    cells = [[_cell(row[column]) for column in columns] for row in rows]
    widths = [max((len(line[n]) for line in cells), default=0) for n in range(len(columns))]
    for line in cells:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(padded).rstrip())
    return 0


def _cell(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
