"""`paconform run`: the suite, with defaults; the same as `pytest scenarios`."""

from __future__ import annotations

import gc
import os
import signal
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from harness.cli import HARNESS, INTERRUPTED, USAGE, exit_code
from harness.cli.asked import check
from harness.cli.envfile import cache_folder
from harness.cli.options import as_arguments, for_click
from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.cli.suite import Suite

FEWEST_FILES = 64
"""That can be open at once: sockets of both fakes with their clients, and what is imported."""

STORAGE = "HYPOTHESIS_STORAGE_DIRECTORY"
"""Where Hypothesis keeps its files (hypothesis/configuration.py); `.hypothesis` here without it."""

YOUNG = 5_000
"""New objects after which the collector looks at them; Python's own number is 700."""

UNKNOWN_TO_US = {"ignore_unknown_options": True, "allow_interspersed_args": True}
TAKE_A_VALUE = {
    *("-k", "-m", "-p", "-o", "-c", "-r", "-W", "-n", "--deselect", "--ignore", "--ignore-glob"),
    *("--junitxml", "--junit-xml", "--log-file", "--basetemp", "--rootdir", "--confcutdir"),
}
"""Options of pytest whose value stands apart, so that it is not taken for a path."""


@click.command(name="run", context_settings=UNKNOWN_TO_US)
@for_click()
@click.option(
    "--clean-up",
    type=click.Path(path_type=Path),
    metavar="RUN",
    help="Remove what an interrupted live run left in the product, and run nothing.",
)
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED)
def command(clean_up: Path | None, pytest_args: tuple[str, ...], **values: Any) -> int:
    """Run the suite and write a run folder.

    PYTEST_ARGS go to pytest: -k, -x, -v and so on. A path or the id of a scenario is looked for
    here, then in the suite.

    \b
    Example:
      paconform run
      paconform run --target served --seed 2
      paconform run --archive export.json -k archive
      paconform run scenarios/flow -v
      paconform run connections/test_crud.py::test_the_list_holds_every_connection
      paconform run --events - 2>/dev/null
    """  # noqa: D301 - \b is click's mark for lines to keep
    if clean_up is not None:
        from harness.cli.cleaning import clean  # noqa: PLC0415 - rarely needed

        return clean(clean_up, values["settings"])
    check(values)
    return run([*as_arguments(values), *pytest_args], _plugins(values["events"]))


def _plugins(events: str | None) -> list[object]:
    """The suite with events on standard output, where they are asked for."""
    if events != "-":
        return []
    from harness.cli.events import on_standard_output  # noqa: PLC0415 - rarely needed
    from harness.cli.suite import Suite  # noqa: PLC0415 - keeps --help instant

    return [Suite(events=on_standard_output())]


def _can_open_files() -> None:
    """Holds when enough files can be open at once; else pytest would find no tests, or stop."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit != resource.RLIM_INFINITY and limit < FEWEST_FILES:
        raise BadSettings(
            f"the system lets a process open {limit} files at once, a run needs {FEWEST_FILES}; "
            f"allow more (ulimit -n {FEWEST_FILES})"
        )


def run(arguments: list[str], plugins: list[object] | None = None) -> int:
    """The exit code of the suite under pytest with these arguments."""
    _can_open_files()
    with _little_garbage_collected():
        return _run(arguments, plugins or [])


def _run(arguments: list[str], plugins: list[object]) -> int:
    import pytest  # noqa: PLC0415 - keeps --help instant

    from harness.cli.interruption import Interruption  # noqa: PLC0415 - keeps --help instant
    from harness.cli.mistyped import Mistyped  # noqa: PLC0415 - the same
    from harness.cli.suite import Suite  # noqa: PLC0415 - the same

    suite = next((one for one in plugins if isinstance(one, Suite)), None)
    if suite is None:
        plugins = [*plugins, suite := Suite()]
    folder = suite_folder()
    placed = _placed(arguments, folder)
    _refuse_foreign(placed, folder)
    paths = [] if _paths(placed) else [str(folder)]
    config = Path(__file__).with_name("pytest.toml")
    root = str(folder.parent)
    fixed = ["-c", str(config), "--rootdir", root, "--confcutdir", root, "-q"]
    before = signal.signal(signal.SIGTERM, _interrupt)
    hung_up = signal.getsignal(signal.SIGHUP)
    if hung_up is not signal.SIG_IGN:  # as nohup has it
        signal.signal(signal.SIGHUP, _interrupt)
    try:
        with _nothing_left_here():
            ours = [Interruption(suite), Mistyped(suite)]
            code = int(pytest.main([*fixed, *placed, *paths], plugins=[*plugins, *ours]))
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.signal(signal.SIGHUP, hung_up)
    if suite.problem is not None:
        return exit_code(suite.problem)
    if suite.interrupted:
        return _interrupted(suite)
    if suite.run is None and code == pytest.ExitCode.NO_TESTS_COLLECTED:
        click.echo("paconform: no scenario is selected; `paconform list scenarios`", err=True)
        return USAGE
    if code == suite.code:
        return code
    if code == pytest.ExitCode.INTERRUPTED:
        return HARNESS
    return USAGE if code == pytest.ExitCode.USAGE_ERROR else code


def _interrupted(suite: Suite) -> int:
    """The exit code, where the last line has told of it; else KeyboardInterrupt tells."""
    if suite.run is None or suite.run.folder is None:
        raise KeyboardInterrupt
    return INTERRUPTED


def suite_folder() -> Path:
    """Where the scenarios are: beside the harness, in a checkout as in an installation."""
    spec = find_spec("scenarios")
    if spec is None or not spec.submodule_search_locations:
        raise click.UsageError("the scenarios are not installed; install the package again")
    return Path(next(iter(spec.submodule_search_locations))).resolve()


@contextmanager
def _nothing_left_here() -> Iterator[None]:
    """Hypothesis keeps what it works out in the user's cache, not in the folder of the user."""
    if STORAGE in os.environ:
        yield
        return
    os.environ[STORAGE] = str(cache_folder() / "hypothesis")
    try:
        yield
    finally:
        del os.environ[STORAGE]


@contextmanager
def _little_garbage_collected() -> Iterator[None]:
    """A scenario makes thousands of objects and drops them: the collector need not look so often.

    What the suite has frozen is thawed at the end, for a process that goes on.
    """
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _placed(arguments: list[str], folder: Path) -> list[str]:
    """The arguments, where a path that is not here but in the suite is that of the suite."""
    suite = folder.parent, folder
    return [
        next((f"{root}/{one}" for root in suite if bare and _exists(f"{root}/{one}")), one)
        if bare and not _exists(one)
        else one
        for one, bare in whether_bare(arguments)
    ]


def _refuse_foreign(arguments: list[str], folder: Path) -> None:
    """BadSettings where a path leads nowhere, or paths are named and none is of the suite."""
    for previous, one in zip(["", *arguments], arguments, strict=False):
        is_value = previous.startswith("-") and "=" not in previous  # or may be one
        if one and not (one.startswith("-") or is_value or _exists(one)):
            raise BadSettings(
                f"{one!r} is no path and no scenario; `paconform list scenarios` shows what is, "
                "-k takes a part of a name"
            )
    paths = _paths(arguments)
    if paths and not any(
        Path(one.partition("::")[0]).resolve().is_relative_to(folder) for one in paths
    ):
        raise BadSettings(
            f"{paths[0]}: is not in the suite ({folder}); `paconform list scenarios` shows what is"
        )


def _paths(arguments: list[str]) -> list[str]:
    """Those that lead somewhere."""
    return [one for one, bare in whether_bare(arguments) if bare and _exists(one)]


def whether_bare(arguments: list[str]) -> Iterator[tuple[str, bool]]:
    """Each argument, and whether it is neither an option nor the value of one."""
    for previous, one in zip(["", *arguments], arguments, strict=False):
        yield one, bool(one) and not one.startswith("-") and previous not in TAKE_A_VALUE


def _exists(path: str) -> bool:
    return Path(path.partition("::")[0]).exists()


def _interrupt(*_: object) -> NoReturn:
    """A polite end of the process is treated as Ctrl-C: the run folder is completed."""
    raise KeyboardInterrupt
