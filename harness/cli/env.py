"""`paconform env`: the settings of a running `serve`."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click

from harness.cli.envfile import default_env_file, read_settings


@click.command(name="env")
@click.option("--env-file", type=click.Path(path_type=Path), default=None, help="Settings file.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of assignments.")
def command(env_file: Path | None, as_json: bool) -> None:
    """Print the settings of a running `serve`, to eval in a shell.

    They hold a password and a client secret: of the fakes, worth nothing elsewhere.

    \b
    Example:
      eval "$(paconform env)"
    """  # noqa: D301 - \b is click's mark for lines to keep
    settings = read_settings(env_file or default_env_file())
    if as_json:
        click.echo(json.dumps(settings))
        return
    for name, value in settings.items():
        click.echo(f"export {name}={shlex.quote(value)}")
