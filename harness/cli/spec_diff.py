"""`paconform spec-diff`: what two products say otherwise of their admin API."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.drifts import on_page, told
from harness.cli.options import overwriting
from harness.writing import refuse_old


@click.command(name="spec-diff")
@click.argument("old")
@click.argument("new")
@click.option("--page", type=click.Path(path_type=Path), metavar="FILE", help="Also write a page.")
@overwriting
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every difference.")
def command(old: str, new: str, page: Path | None, overwrite: bool, as_json: bool) -> int:
    """Compare what OLD and NEW say of their admin API; exit code 4 where something breaks users.

    Paths, parameters, members, types, values and what is required, in Swagger 1.2, OpenAPI 2 or 3.
    Each side is fake:RELEASE, a settings file of a product (.toml), the address of the product that
    PACONFORM_PINGACCESS_ADMIN_URL names, a file (JSON or YAML), or a folder with the declarations
    of a Swagger 1.2.

    \b
    Example:
      paconform spec-diff fake:8.0 fake:9.1
      paconform spec-diff old.toml new.toml --page spec.html
    """  # noqa: D301 - \b is click's mark for lines to keep
    from harness.cli.drift_sides import described  # noqa: PLC0415 - keeps --help instant
    from harness.upgrades.drift import labelled, of_surfaces  # noqa: PLC0415 - the same

    if page:
        refuse_old("--page", page, overwrite=overwrite)
    (before, is_fake), (after, is_too) = described(old), described(new)
    versions = (before.version, after.version)
    found = labelled(of_surfaces(before, after), versions, is_guess=is_fake or is_too)
    sides = (
        f"{old} ({before.dialect}, {before.version or 'no version'})",
        f"{new} ({after.dialect}, {after.version or 'no version'})",
    )
    if page:
        on_page(page, found, sides, "What two APIs say of themselves", overwrite=overwrite)
    return told(found, sides, as_json=as_json)
