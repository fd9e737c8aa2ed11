"""`paconform run`: the suite, with defaults; the same as `pytest scenarios`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from harness.cli import INTERRUPTED, USAGE
from harness.cli.options import as_arguments, for_click

UNKNOWN_TO_US = {"ignore_unknown_options": True, "allow_interspersed_args": True}


@click.command(name="run", context_settings=UNKNOWN_TO_US)
@for_click()
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED)
def command(pytest_args: tuple[str, ...], **values: Any) -> int:
    """Run the suite and write a run folder.

    PYTEST_ARGS go to pytest as they are: -k, -x, -v, paths and so on.

    \b
    Example:
      paconform run
      paconform run --target served --seed 2
      paconform run --archive export.json -k archive
      paconform run scenarios/flow -v
    """  # noqa: D301 - \b is click's mark for lines to keep
    return run([*as_arguments(values), *pytest_args])


def run(arguments: list[str], plugins: list[object] | None = None) -> int:
    """The exit code of the suite under pytest with these arguments."""
    import pytest  # noqa: PLC0415 - keeps --help instant

    suite = suite_folder()
    paths = [] if _names_a_path(arguments) else [str(suite)]
    config = Path(__file__).with_name("pytest.toml")
    fixed = ["-c", str(config), "--rootdir", str(suite.parent), "-q"]
    code = int(pytest.main([*fixed, *arguments, *paths], plugins=plugins))
    return {2: INTERRUPTED, 3: 3, 4: USAGE}.get(code, code)


def suite_folder() -> Path:
    """Where the scenarios are: beside the harness, in a checkout as in an installation."""
    spec = find_spec("scenarios")
    if spec is None or not spec.submodule_search_locations:
        raise click.UsageError("the scenarios are not installed; install the package again")
    return Path(next(iter(spec.submodule_search_locations))).resolve()


def _names_a_path(arguments: list[str]) -> bool:
    return any(
        not argument.startswith("-") and Path(argument.partition("::")[0]).exists()
        for argument in arguments
    )
