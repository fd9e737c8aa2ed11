"""`paconform explain`: everything known of one requirement, scenario, mutation, defect, release."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from harness.cli.catalogues import KINDS
from harness.errors import BadSettings

if TYPE_CHECKING:
    from harness.cli.catalogues import Row

ORDER = ("requirements", "defects", "releases", "mutations", "scenarios")
"""The cheap ones first."""


@click.command(name="explain")
@click.argument("key", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(key: str, as_json: bool) -> int:
    """Tell all that is known of an ID: its sentence, evidence grade, source, and who measures it.

    ID is that of a requirement, scenario, mutation, defect or release.

    \b
    Example:
      paconform explain PA-CONN-001
      paconform explain JWT-STR-002.no-signature
    """  # noqa: D301 - \b is click's mark for lines to keep
    kind, row = find(key)
    if kind == "requirements":
        row = row | {
            "scenarios": [one["id"] for one in KINDS["scenarios"]() if key in one["requirements"]],
            "defects": [one["id"] for one in KINDS["defects"]() if one["breaks"] == key],
        }
    if as_json:
        click.echo(json.dumps({"kind": kind.removesuffix("s"), **row}, indent=1))
        return 0
    for name, value in row.items():
        for line in _lines(name, value):
            click.echo(line)
    return 0


def find(key: str) -> tuple[str, Row]:
    """Kind and row of the id; BadSettings names near ones where there is none."""
    seen: list[str] = []
    for kind in ORDER:
        for row in KINDS[kind]():
            if row["id"] == key:
                return kind, row
            seen.append(row["id"])
    near = ", ".join(get_close_matches(key, seen, n=3))
    hint = f"did you mean {near}?" if near else "`paconform list requirements` shows what there is"
    raise BadSettings(f"explain: {key!r} is not the id of anything; {hint}")


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
