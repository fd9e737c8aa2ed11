"""`paconform history`: runs in a database, and what they tell together."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli.pages import line
from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from harness.history.asking import Story
    from harness.history.store import History

DEFAULT = "sqlite:///reports/out/history.db"
MOST_SHOWN = 50
"""Lines for people; --json has all."""

_database = click.option(
    "--database",
    default=DEFAULT,
    show_default=True,
    envvar="PACONFORM_HISTORY",
    show_envvar=True,
    metavar="URL",
    help="Where the history is: any URL of SQLAlchemy.",
)
_label = click.option("--label", metavar="NAME", help="Only runs of this label.")
_json = click.option("--json", "as_json", is_flag=True, help="One JSON array with everything.")


@click.group(name="history")
def command() -> None:
    """Keep runs in a database, and say what fails since when and what changes to and fro.

    Runs of one label, target and release are a series. Needs SQLAlchemy: the extra `history`.

    \b
    Example:
      paconform history add reports/out/*/
      paconform history trends
      paconform history failing
      paconform history flaky --database postgresql+psycopg://user@host/name
    """  # noqa: D301 - \b is click's mark for lines to keep


@command.command(name="add")
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path))
@_database
def add(runs: tuple[Path, ...], database: str) -> int:
    """Keep run folders: all of them, or none where one cannot be read.

    \b
    Example:
      paconform history add reports/out/latest
    """  # noqa: D301 - \b is click's mark for lines to keep
    history = _opened(database)
    from harness.evidence import read  # noqa: PLC0415 - keeps --help instant
    from harness.history.rows import rows_of  # noqa: PLC0415 - the same

    rows = [rows_of(read(path)) for path in runs]
    if database == DEFAULT:
        Path("reports", "out").mkdir(parents=True, exist_ok=True)
    for one, told in zip(rows, history.add(rows), strict=True):
        click.echo(line(f"{one.head['run_id']}: {told}"))
    history.close()
    return 0


@command.command(name="trends")
@_label
@_json
@_database
def trends(label: str | None, database: str, as_json: bool) -> int:
    """Every run with its counts, the oldest first.

    \b
    Example:
      paconform history trends --label staging
    """  # noqa: D301 - \b is click's mark for lines to keep
    history = _opened(database)
    from harness.history import asking  # noqa: PLC0415 - keeps --help instant

    with history.asked() as connection:
        labels = asking.labels(connection)
        found = asking.trends(connection, label)
    history.close()
    _known(label, labels)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], indent=1))
        return 0
    for one in found:
        series = ", ".join(filter(None, (one.label, one.target, one.release)))
        counts = ", ".join(
            f"{n} {name.replace('_', ' ')}" for name, n in sorted(one.counts.items())
        )
        stopped = "" if one.whole else " (stopped)"
        click.echo(line(f"{one.run_id}  {series}: {counts or 'nothing'}{stopped}"))
    return 0


@command.command(name="failing", short_help="What is not conformant now, and since when.")
@_label
@_json
@_database
def failing(label: str | None, database: str, as_json: bool) -> int:
    """What is not conformant now: in which run it was first seen, and the last good one.

    \b
    Example:
      paconform history failing --json
    """  # noqa: D301 - \b is click's mark for lines to keep
    return _print(
        _asked(database, "failing", label),
        lambda one: (
            f"{one.verdict}  {one.requirement}  {one.scenario}  ({one.series}): first seen in "
            f"{one.first_seen}, last good in {one.last_good or 'none'}"
        ),
        as_json=as_json,
    )


@command.command(name="flaky")
@_label
@_json
@_database
def flaky(label: str | None, database: str, as_json: bool) -> int:
    """Scenarios whose verdict changed to and fro in one series.

    \b
    Example:
      paconform history flaky
    """  # noqa: D301 - \b is click's mark for lines to keep
    return _print(
        _asked(database, "flaky", label),
        lambda one: (
            f"{one.scenario}  ({one.series}): {one.changes} changes in {len(one.runs)} runs, now "
            f"{one.verdict}"
        ),
        as_json=as_json,
    )


def _asked(database: str, question: str, label: str | None) -> list[Story]:
    history = _opened(database)
    from harness.history import asking  # noqa: PLC0415 - keeps --help instant

    with history.asked() as connection:
        labels = asking.labels(connection)
        found: list[Story] = getattr(asking, question)(connection, label)
    history.close()
    _known(label, labels)
    return found


def _known(label: str | None, labels: list[str]) -> None:
    """BadSettings where no run has the label: nothing would be told, as of runs that are fine."""
    if label is not None and label not in labels:
        there = ", ".join(filter(None, labels[:MOST_SHOWN])) or "none with a label"
        raise BadSettings(line(f"--label: no run is of {label!r}; there are {there}"))


def _print(found: list[Story], told: Callable[[Story], str], *, as_json: bool) -> int:
    if as_json:
        click.echo(json.dumps(list(_told(found)), indent=1))
        return 0
    for one in found[:MOST_SHOWN]:
        click.echo(line(told(one)))
    if len(found) > MOST_SHOWN:
        click.echo(f"… and {len(found) - MOST_SHOWN} more: --json")
    if not found:
        click.echo("none")
    return 0


def _told(found: Iterable[Story]) -> Iterable[dict[str, Any]]:
    for one in found:
        yield {
            "series": one.series,
            "scenario": one.scenario,
            "requirement": one.requirement,
            "verdict": one.verdict,
            "first_seen": one.first_seen,
            "last_good": one.last_good,
            "changes": one.changes,
            "runs": one.runs,
        }


def _opened(database: str) -> History:
    """The history; BadSettings where SQLAlchemy is missing or the URL is none."""
    if find_spec("sqlalchemy") is None:
        raise BadSettings(
            "history needs SQLAlchemy; install the extra: pip install '.[history]' in the clone"
        )
    from harness.history.store import History  # noqa: PLC0415 - an extra

    return History(database)
