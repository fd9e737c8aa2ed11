"""`paconform explain`: everything known of one thing that has an id."""

from __future__ import annotations

import json
import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from harness.cli.catalogues import KINDS
from harness.cli.lookup import find
from harness.cli.prose import lines

if TYPE_CHECKING:
    from harness.cli.catalogues import Row


@click.command(name="explain")
@click.argument("key", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(key: str, as_json: bool) -> int:
    """Tell all that is known of an ID: its sentence, evidence grade, source, and who measures it.

    ID is that of a requirement, scenario, mutation, class of mutations, defect, release, known bug
    or switch, or an area, a verdict, a grade or an exit code, in capitals or not. A scenario may be
    named by its function alone, a switch without its fake.

    \b
    Example:
      paconform explain PA-CONN-001
      paconform explain JWT-STR-002
      paconform explain 9.1
    """  # noqa: D301 - \b is click's mark for lines to keep
    kind, row = find(key)
    row = {**row, **_related(kind, row)}
    if as_json:
        click.echo(json.dumps({"kind": kind, **row}, indent=1))
        return 0
    for line in lines(kind, row, get_terminal_size().columns if sys.stdout.isatty() else None):
        click.echo(line)
    return 0


def _related(kind: str, row: Row) -> Row:
    """What bears on it: who measures and who breaks a requirement, and of which others it is."""
    if kind == "requirement":
        key = row["id"]
        measuring = [one["id"] for one in KINDS["scenarios"]() if key in one["requirements"]]
        return {"scenarios": measuring, "defects": _breaking({key})}
    if kind == "scenario":
        titles = {one["id"]: one["title"] for one in KINDS["requirements"]()}
        measured = {key: titles[key] for key in row["requirements"]}
        return {"measures": measured, "defects": _breaking(set(measured))}
    if kind == "area":
        mine = [one for one in KINDS["scenarios"]() if one["area"] == row["id"]]
        return {"scenarios": len(mine)}
    if kind == "defect":
        titles = {one["id"]: one["title"] for one in KINDS["requirements"]()}
        return {"requirement": titles[row["breaks"]]}
    return {}


def _breaking(keys: set[str]) -> list[str]:
    return [one["id"] for one in KINDS["defects"]() if one["breaks"] in keys]
