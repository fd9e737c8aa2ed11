"""`paconform env`: the settings of a running `serve`."""

from __future__ import annotations

import json
import math
import shlex
from pathlib import Path
from typing import Any

import click

from harness.cli import wallclock
from harness.cli.envfile import default_env_file, read_settings
from harness.errors import Unreachable


class _Seconds(click.FloatRange):
    """A number of seconds within bounds; `nan`, which is within none, is refused."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a number of seconds.", param, ctx)
        return number


SECONDS = _Seconds(0, 600)


@click.command(name="env")
@click.option("--env-file", type=click.Path(path_type=Path), default=None, help="Settings file.")
@click.option("--wait", type=SECONDS, default=0, help="Seconds to wait for it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of assignments.")
def command(env_file: Path | None, wait: float, as_json: bool) -> None:
    """Print the settings of a running `serve`, to eval in a shell.

    They hold a password and a client secret: of the fakes, worth nothing elsewhere.

    \b
    Example:
      eval "$(paconform env --wait 10)"
    """  # noqa: D301 - \b is click's mark for lines to keep
    settings = _settings(env_file or default_env_file(), wallclock.deadline_s(wait))
    if as_json:
        click.echo(json.dumps(settings))
        return
    for name, value in settings.items():
        click.echo(f"export {name}={shlex.quote(value)}")


def _settings(path: Path, deadline_s: float) -> dict[str, str]:
    """The settings, as soon as they are there; Unreachable where they are not in time."""
    while True:
        try:
            return read_settings(path)
        except Unreachable:
            if not wallclock.pause(deadline_s):
                raise
