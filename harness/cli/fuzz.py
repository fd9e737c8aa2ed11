"""`paconform fuzz`: spoiled tokens in bulk, for as long as is wanted."""

from __future__ import annotations

import json
import secrets
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from harness.cli import wallclock
from harness.cli.options import for_click
from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.campaign import Campaign, Failure, Tally
    from harness.cli.targets import Target
    from harness.product import Scenario

SURFACES = ("create", "update", "subject-token", "bearer")
"""The names of `harness.doors.DOORS`, here so that --help need not load them."""

TOO_MANY = 100
"""Failures after which a campaign ends: more of them tell nothing new."""

SHOWN_EVERY_S = 0.5


@click.command(name="fuzz")
@click.option("--surface", type=click.Choice(SURFACES), required=True, help="Where tokens go in.")
@click.option("--seconds", type=click.FloatRange(min=0, min_open=True), help="End after that long.")
@click.option("--count", type=click.IntRange(min=1), help="End after so many tokens.")
@click.option("--recipe", multiple=True, help="Send this recipe of a failure, and no others.")
@click.option(
    "--resume",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Go on where the campaign of this file ended; it is made where there is none.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Add failures to this file, a JSON object a line; default: standard output.",
)
@for_click(("target", "release", "seed", "settings", "defect", "switch"))
def command(**values: Any) -> int:
    """Send spoiled tokens to one surface, and write down each that is not treated as it must be.

    Tokens are drawn by --seed and a number: the same seed gives the same tokens, and other
    seeds let other machines work on the same campaign. A failure is written with its recipe and
    the plainest recipe that shows the same, never with the token. Exit code 1 when there is one.

    \b
    Example:
      paconform fuzz --surface create --seconds 60
      paconform fuzz --surface update --count 100000 --seed 7 --resume update-7.json
      paconform fuzz --surface create --recipe JWT-PST-005.tab@0.97
    """  # noqa: D301 - \b is click's mark for lines to keep
    if not (values["seconds"] or values["count"] or values["recipe"]):
        raise click.UsageError("say when to end: --seconds, --count, or --recipe for one token")
    recipes = _read(values["recipe"])
    with _opened(values) as (session, scenario), _written_to(values["out"]) as out:
        campaign = _campaign(values, scenario)
        _resume(campaign, values)
        try:
            failures = _sent(campaign, recipes) if recipes else _ran(campaign, values)
            for failure in failures:
                click.echo(json.dumps(failure.row()), file=out)
        finally:
            _save(campaign, values)
        click.echo(f"{values['surface']} on {session}: {_told(campaign.tally)}", err=True)
        return 1 if campaign.tally.failures else 0


def _read(texts: tuple[str, ...]) -> list[Any]:
    from harness.bulk import read  # noqa: PLC0415 - keeps --help instant

    try:
        return [read(text) for text in texts]
    except ValueError as error:
        raise BadSettings(f"--recipe: {error}") from None


@contextmanager
def _opened(values: dict[str, Any]) -> Iterator[tuple[str, Scenario]]:
    """The target's name and a scenario on it; what it made is removed at the end."""
    from harness.recorder import Record  # noqa: PLC0415 - keeps --help instant

    chosen = _target(values)
    try:
        session = chosen.session
        if not session.allow_writes:
            raise BadSettings("--target live: set PACONFORM_ALLOW_WRITES, for a save is a write")
        chosen.fresh()
        scenario = session.scenario(Record(f"fuzz {values['surface']}"))
        try:
            yield session.target, scenario
        finally:
            scenario.close()
            for one in scenario.left:
                click.echo(f"paconform: not removed: {one}", err=True)
    finally:
        chosen.close()


def _target(values: dict[str, Any]) -> Target:
    from harness.cli.runs import live_settings  # noqa: PLC0415 - keeps --help instant
    from harness.cli.targets import Wanted, target  # noqa: PLC0415 - keeps --help instant

    live = values["target"] == "live"
    if live and (values["defect"] or values["switch"]):
        raise BadSettings("--defect, --switch: for fakes only, not for a live product")
    return target(
        Wanted(
            values["target"],
            values["release"],
            values["seed"],
            f"{wallclock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}",
            values["defect"],
            live_settings(values["settings"]) if live else None,
            values["switch"],
        )
    )


def _campaign(values: dict[str, Any], scenario: Scenario) -> Campaign:
    from harness.bulk import Bulk  # noqa: PLC0415 - keeps --help instant
    from harness.campaign import Campaign  # noqa: PLC0415 - keeps --help instant
    from harness.doors import DOORS  # noqa: PLC0415 - keeps --help instant

    door = DOORS[values["surface"]](scenario)
    bulk = Bulk(door.base, seed=values["seed"])
    return Campaign(values["surface"], door, bulk, scenario.record, wallclock.monotonic_s)


def _sent(campaign: Campaign, recipes: list[Any]) -> Iterator[Failure]:
    """The failures of these recipes."""
    for recipe in recipes:
        failure = campaign.sent(None, recipe)
        if failure is not None:
            yield failure


def _ran(campaign: Campaign, values: dict[str, Any]) -> Iterator[Failure]:
    """The failures as they come, until the time or the count is over, or there are too many.

    What showed a fault once is sent first.
    """
    from harness.counterexamples import counterexamples  # noqa: PLC0415 - keeps --help instant

    if campaign.tally.next == 0:
        yield from _sent(campaign, [one.recipe for one in counterexamples()])
    begun, end = wallclock.monotonic_s(), values["seconds"]
    first = campaign.tally.sent

    def going_on(tally: Tally) -> bool:
        over = end is not None and wallclock.monotonic_s() - begun >= end
        enough = values["count"] is not None and tally.sent - first >= values["count"]
        return not (over or enough or tally.failures >= TOO_MANY)

    shown = begun
    for failure in campaign.run(going_on):
        if failure is not None:
            yield failure
        now = wallclock.monotonic_s()
        if sys.stderr.isatty() and now - shown >= SHOWN_EVERY_S:
            shown = now
            rate = (campaign.tally.sent - first) / (now - begun)
            click.echo(f"\r{_told(campaign.tally)}, {rate:,.0f} a second", nl=False, err=True)
    if sys.stderr.isatty():
        click.echo(err=True)


def _told(tally: Tally) -> str:
    left_out = f", {tally.left_out:,} not sendable" if tally.left_out else ""
    again = f" ({tally.again:,} times again)" if tally.again else ""
    return f"{tally.sent:,} tokens{left_out}, {tally.failures} failures{again}"


# --- a campaign in a file


def _resume(campaign: Campaign, values: dict[str, Any]) -> None:
    """Go on where the file says; BadSettings where it is of another campaign, or of none."""
    path: Path | None = values["resume"]
    if path is None or not path.exists():
        return
    try:
        held = json.loads(path.read_text("utf-8"))
        same = (held["surface"], held["seed"]) == (values["surface"], values["seed"])
        campaign.tally.next, campaign.tally.sent = int(held["next"]), int(held["sent"])
    except (ValueError, KeyError, TypeError):
        raise BadSettings(f"--resume: {path} is not the file of a campaign") from None
    if not same:
        raise BadSettings(
            f"--resume: {path} is of --surface {held['surface']} --seed {held['seed']}"
        )


def _save(campaign: Campaign, values: dict[str, Any]) -> None:
    from harness.cli.envfile import write_whole  # noqa: PLC0415 - keeps --help instant

    if values["resume"] is None:
        return
    tally = campaign.tally
    held = {"surface": values["surface"], "seed": values["seed"]}
    held |= {"next": tally.next, "sent": tally.sent}
    write_whole(values["resume"], json.dumps(held) + "\n", mode=0o644)


@contextmanager
def _written_to(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    with path.open("a", encoding="utf-8") as file:
        yield file
