"""`paconform plugin-diff`: what plugins two products have, and what settings these take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.drifts import on_page, told
from harness.cli.options import overwriting
from harness.errors import BadSettings
from harness.writing import refuse_old

if TYPE_CHECKING:
    from harness.upgrades.plugins import Families


@click.command(name="plugin-diff")
@click.argument("old")
@click.argument("new")
@click.option("--page", type=click.Path(path_type=Path), metavar="FILE", help="Also write a page.")
@overwriting
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every difference.")
def command(old: str, new: str, page: Path | None, overwrite: bool, as_json: bool) -> int:
    """Compare the plugins of OLD and NEW, of every family; exit code 4 where something breaks.

    Each side is fake:RELEASE, a settings file of a product (.toml), or the address of the product
    that PACONFORM_PINGACCESS_ADMIN_URL names. Nothing is written to a product.

    \b
    Example:
      paconform plugin-diff fake:7.2 fake:9.1
      paconform plugin-diff old.toml new.toml --page plugins.html
    """  # noqa: D301 - \b is click's mark for lines to keep
    from harness.upgrades.drift import labelled  # noqa: PLC0415 - keeps --help instant
    from harness.upgrades.plugins import of_plugins  # noqa: PLC0415 - the same

    if page:
        refuse_old("--page", page, overwrite=overwrite)
    (before, first, is_fake), (after, second, is_too) = _asked(old), _asked(new)
    found = labelled(of_plugins(before, after), (first, second), is_guess=is_fake or is_too)
    sides = (f"{old} ({first})", f"{new} ({second})")
    if page:
        on_page(page, found, sides, "What plugins two products have", overwrite=overwrite)
    return told(found, sides, as_json=as_json)


def _asked(text: str) -> tuple[Families, str, bool]:
    from harness.cli.drift_sides import families, product  # noqa: PLC0415 - keeps --help instant
    from harness.upgrades.plugins import asked  # noqa: PLC0415 - the same

    with product(text) as found:
        if found is None:
            raise BadSettings(
                f"{text}: name fake:RELEASE, the settings file of a product (.toml), or its address"
            )
        told_of = asked(found.ask, families(found.ask))
        if not told_of:
            raise BadSettings(f"{text}: tells of no family of plugins (…/descriptors)")
        return told_of, found.version, found.is_fake
