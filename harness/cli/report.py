"""`paconform report`: the pages of an old run, again."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="report")
@click.argument("run", type=click.Path(path_type=Path))
def command(run: Path) -> int:
    """Render the reports of a run folder again, from its evidence alone.

    \b
    Example:
      paconform report reports/out/latest
    """  # noqa: D301 - \b is click's mark for lines to keep
    from harness.cli import siblings  # noqa: PLC0415 - keeps --help instant
    from reports import render  # noqa: PLC0415 - the same

    for path in render(run, siblings.earlier(run), siblings.power(run)):
        click.echo(path)
    return 0
