"""The door for people: `paconform`. Commands are imported when they are called, not before."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from traceback import format_exc
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "run": "run the suite and write a run folder",
    "serve": "serve both fakes over TLS until interrupted",
    "env": "print the settings of a running `serve`, to eval in a shell",
    "list": "list requirements, scenarios, mutations, defects, releases or switches",
    "explain": "explain one of them, with its evidence and source",
    "defects": "run the suite against every seeded defect: what does it detect?",
    "fuzz": "send spoiled tokens in bulk to one surface",
    "report": "render the reports of a run folder again",
    "diff": "say what changed between two runs",
    "history": "keep runs in a database: trends, what fails since when, what is flaky",
    "bundle": "write what reproduces one failure into one file",
    "replay": "say whether the failure of a bundle still happens",
    "minimise": "leave out of a bundle what its failure does not need",
    "spec-diff": "say what two products tell otherwise of their admin API",
    "plugin-diff": "say what plugins two products have, and their settings",
    "upgrade-check": "say what an upgrade does to a configuration of yours",
    "can-i-upgrade": "the same as one line, for a pipeline",
    "matrix": "show what each label came to last, release by release",
    "doctor": "say what is installed, reachable and trusted, and how to mend the rest",
}

EXITS = {
    0: "all conformant (warnings, refuted and not measured allowed)",
    1: "nonconformant, or a defect that nothing caught",
    2: "usage or configuration",
    3: "an error of the harness itself",
    4: "a regression, found by diff; or no upgrade",
    5: "target unreachable",
    6: "diverged: a replay went another way",
    130: "interrupted: what was found until then is kept",
}
"""Exit code -> what it says."""

USAGE, HARNESS, INTERRUPTED = 2, 3, 130


class _ReaderHasGoneError(Exception):
    """Whoever read our output has gone; click would end with 1, as where a product fails."""


class _Commands(click.Group):
    """A group that knows its commands by name and imports one when it is called."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise _ReaderHasGoneError from None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"harness.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # noqa: PLC0415 - where something went wrong

            near = get_close_matches(args[0], COMMANDS, 3)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise click.UsageError(f"{error.message}{hint}", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=_Commands,
    epilog="\n".join(["\b", "Exit codes:", *(f"{code:5}  {told}" for code, told in EXITS.items())]),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="pingaccess-conformance", prog_name="paconform")
def cli() -> None:
    """Judge whether a PingAccess with a PingOne does what the vendor documents.

    \b
    Example:
      paconform run                 judge the embedded fakes
      paconform run -k connections  only scenarios about PingOne connections
      paconform run --target live   judge a real product (settings: paconform doctor)
    """  # noqa: D301 - \b is click's mark for lines to keep


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """End the process with one of the exit codes; a user's mistake is one line, no traceback."""
    sys.exit(status(arguments))


def status(arguments: Sequence[str] | None = None) -> int:  # noqa: PLR0911 - one per way to end
    """The exit code of one call."""
    from harness.errors import HarnessError  # noqa: PLC0415 - keeps --help instant

    try:
        result = cli.main(args=arguments, prog_name="paconform", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("paconform: interrupted", err=True)
        return INTERRUPTED
    except HarnessError as error:
        click.echo(f"paconform: {error}", err=True)
        return exit_code(error)
    except _ReaderHasGoneError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)  # what is still to be flushed
        os.close(nowhere)
        return HARNESS
    except OSError as error:
        click.echo(f"paconform: {os_problem(error)}", err=True)
        return HARNESS
    except MemoryError:
        click.echo("paconform: there is not enough memory; allow more (ulimit -v)", err=True)
        return HARNESS
    except Exception:  # noqa: BLE001 - a bug of ours: never the code of a product that fails
        click.echo(f"{format_exc()}paconform: this is a bug of paconform; report it", err=True)
        return HARNESS
    return result if isinstance(result, int) else 0


def exit_code(error: Exception) -> int:
    """2 for settings, 5 for a target that cannot be reached, 3 for the rest."""
    from harness.errors import BadSettings, Unreachable  # noqa: PLC0415 - keeps --help instant

    if isinstance(error, BadSettings):
        return USAGE
    return 5 if isinstance(error, Unreachable) else HARNESS


def os_problem(error: OSError) -> str:
    """One line for what the operating system refused: which file, why, and the way out."""
    if not error.filename and _is_nowhere():
        return "the current folder has been removed; change to another, and rerun"
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}; free the space or choose another place, and rerun"


def _is_nowhere() -> bool:
    try:
        os.getcwd()  # noqa: PTH109 - asks, and makes nothing of the answer
    except FileNotFoundError:
        return True
    return False
