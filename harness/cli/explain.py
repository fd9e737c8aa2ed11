"""`paconform explain`: everything known of one thing that has an id."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from harness.cli.catalogues import KINDS
from harness.cli.lookup import find

if TYPE_CHECKING:
    from harness.cli.catalogues import Row


@click.command(name="explain")
@click.argument("key", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(key: str, as_json: bool) -> int:
    """Tell all that is known of an ID: its sentence, evidence grade, source, and who measures it.

    ID is that of a requirement, scenario, mutation, class of mutations, defect or release, in
    capitals or not. A scenario may be named by its function alone.

    \b
    Example:
      paconform explain PA-CONN-001
      paconform explain JWT-STR-002
      paconform explain JWT-STR-002.no-signature
    """  # noqa: D301 - \b is click's mark for lines to keep
    kind, row = find(key)
    row = {**row, **_related(kind, row)}
    if as_json:
        click.echo(json.dumps({"kind": kind, **row}, indent=1))
        return 0
    for name, value in row.items():
        for line in _lines(name, value):
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
    if kind == "defect":
        titles = {one["id"]: one["title"] for one in KINDS["requirements"]()}
        return {"requirement": titles[row["breaks"]]}
    return {}


def _breaking(keys: set[str]) -> list[str]:
    return [one["id"] for one in KINDS["defects"]() if one["breaks"] in keys]


def _lines(name: str, value: Any) -> list[str]:
    """One member of a row: short ones on a line, lists and mappings below their name."""
    if value is None or value in ([], {}):
        return []
    if isinstance(value, dict):
        inner = [f"    {key}: {_flat(each)}" for key, each in value.items()]
        return [f"{name}:", *inner]
    if isinstance(value, list):
        return [f"{name}:", *(f"    {each}" for each in value)]
    return [f"{name + ':':10} {value}"]


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key} {each}" for key, each in value.items())
    return str(value)
