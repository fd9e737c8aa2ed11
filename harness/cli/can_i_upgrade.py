"""`paconform can-i-upgrade`: one line for a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from harness.cli.pages import line
from harness.cli.upgrade import FILE, REGRESSION, answer, for_release, of_the_way
from harness.errors import BadSettings

if TYPE_CHECKING:
    from pathlib import Path

    from harness.upgrades.check import Verdict


@click.command(name="can-i-upgrade")
@for_release
@click.option("--config", type=FILE, metavar="EXPORT", help="Export of yours; else any.")
@click.option("--strict", is_flag=True, help="yes-but is exit code 4 too.")
def command(old: str | None, new: str | None, config: Path | None, strict: bool) -> int:
    """Answer in one line: exit code 0 for yes and yes-but, 4 for no.

    Without EXPORT only the way is looked at, such as whether a release between is needed.

    \b
    Example:
      paconform can-i-upgrade --from 8.0 --to 9.1
    """  # noqa: D301 - \b is click's mark for lines to keep
    from harness.upgrades.export import read  # noqa: PLC0415 - keeps --help instant

    if config:
        found = answer(read(config), old, new)
    elif old:
        found = of_the_way(old, new)
    else:
        raise BadSettings("--from: say which release to come from, or give --config")
    click.echo(line(_line(found)))
    return REGRESSION if found.answer == "no" or (strict and found.answer == "yes-but") else 0


def _line(found: Verdict) -> str:
    weight = {"no": "no", "yes-but": "but"}.get(found.answer)
    why = [one.text for one in found.reasons if one.weight == weight]
    more = f" (and {len(why) - 1} more)" if len(why) > 1 else ""
    said = f": {why[0]}{more}" if why else ""
    return f"{found.answer}: {found.old} to {found.new}, confidence {found.confidence}{said}"
