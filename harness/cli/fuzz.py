"""`paconform fuzz`: spoiled tokens in bulk, for as long as is wanted."""

from __future__ import annotations

import json
import secrets
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeAlias

import click

from harness.cli import fuzz_files, wallclock
from harness.cli.options import for_click
from harness.errors import BadSettings, NotMeasured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from harness.campaign import Campaign, Failure, Tally
    from harness.cli.targets import Target
    from harness.listening import Listener
    from harness.product import Scenario

SURFACES = (
    "create",
    "update",
    "import",
    "subject-token",
    "client-assertion",
    "bearer",
    "bearer-admin",
)
"""The names of `harness.doors.DOORS`, here so that --help need not load them."""

TOO_MANY = 100
"""Failures after which a campaign ends: more of them tell nothing new."""

SHOWN_EVERY_S = 0.5


Decorator: TypeAlias = "Callable[[Callable[..., Any]], Callable[..., Any]]"


class _Surface(click.Choice[str]):
    """A surface that is judged; of one that is not yet, the error says so."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if value == "engine":
            self.fail(
                f"the engine is not judged yet; surfaces that are: {', '.join(SURFACES)}",
                param,
                ctx,
            )
        return super().convert(value, param, ctx)


def _file(flag: str, told: str, *, multiple: bool = False) -> Decorator:
    kind = click.Path(path_type=Path, dir_okay=False)
    return click.option(flag, type=kind, metavar="FILE", help=told, multiple=multiple)


@click.command(name="fuzz")
@click.option("--surface", type=_Surface(SURFACES), help="Where tokens go in.")
@click.option("--seconds", type=click.FloatRange(min=0, min_open=True), help="End after that long.")
@click.option(
    "--count",
    type=click.IntRange(min=1),
    help="End after so many tokens, beside those that showed a fault once, which go first.",
)
@click.option("--recipe", multiple=True, help="Send this recipe of a failure, and no others.")
@_file("--replay", "Judge the failures of this file again (several: each once).", multiple=True)
@_file("--resume", "Go on where the campaign of this file ended; made where there is none.")
@_file("--out", "Add failures to this file, a JSON object a line; default: standard output.")
@click.option(
    "--canary",
    metavar="HOST",
    default="127.0.0.1",
    show_default=True,
    help="This machine as the product sees it: spoiled tokens name a port of it, and a call there "
    "is a failure.",
)
@_file("--vectors", "Add failures to this file as counterexamples, in Wycheproof's form.")
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
      paconform fuzz --replay failures.jsonl
    """  # noqa: D301 - \b is click's mark for lines to keep
    _check(values)
    return _replayed(values) if values["replay"] else _fuzzed(values)


def _check(values: dict[str, Any]) -> None:
    """Holds when the options go together."""
    if values["replay"]:
        others = ("surface", "seconds", "count", "recipe", "resume", "out", "vectors")
        given = [f"--{name}" for name in others if values[name]]
        if given:
            raise click.UsageError(f"--replay takes no {', '.join(given)}: its file says what")
        return
    if not values["surface"]:
        raise click.UsageError(f"name a --surface: {', '.join(SURFACES)}")
    if not (values["seconds"] or values["count"] or values["recipe"]):
        raise click.UsageError("say when to end: --seconds, --count, or --recipe for one token")


def _fuzzed(values: dict[str, Any]) -> int:
    recipes, surface, seed = _read(values["recipe"]), values["surface"], values["seed"]
    found: list[Failure] = []
    if values["vectors"]:
        fuzz_files.vectors_with(values["vectors"])
    with _opened(values, surface) as (session, scenario, canary), _written_to(values["out"]) as out:
        campaign = _campaign(seed, surface, scenario, canary)
        fuzz_files.resume(campaign, values["resume"], seed)
        try:
            failures = _sent(campaign, recipes) if recipes else _ran(campaign, values)
            for failure in failures:
                found.append(failure)
                click.echo(json.dumps(failure.row()), file=out)
        finally:
            fuzz_files.save(campaign, values["resume"], seed)
        if values["vectors"]:
            fuzz_files.add_vectors(values["vectors"], campaign, found)
        click.echo(f"{surface} on {session}: {_told(campaign.tally)}", err=True)
    return 1 if found else 0


def _replayed(values: dict[str, Any]) -> int:
    """Each failure is judged again as its plainest recipe: a line says what became of it."""
    failing, told = 0, fuzz_files.failures_in(values["replay"], SURFACES)
    if not told:
        click.echo("no failure stands in the files", err=True)
    for surface, failures in told.items():
        with _opened(values, surface) as (_, scenario, canary):
            campaign = _campaign(values["seed"], surface, scenario, canary)
            for one in failures:
                problem = campaign.judged(one.recipe)
                failing += problem is not None
                click.echo(_verdict(one, problem))
    return 1 if failing else 0


def _verdict(one: fuzz_files.Told, problem: tuple[str, int | None] | None) -> str:
    what = f"{one.surface} {one.plainest}"
    if problem is None:
        return f"FIXED {what} (was: {one.problem})"
    was = "" if problem[0] == one.problem else f" (was: {one.problem})"
    return f"STILL FAILING {what}: {problem[0]}, status {problem[1]}{was}"


def _read(texts: tuple[str, ...]) -> list[Any]:
    from harness.bulk import read  # noqa: PLC0415 - keeps --help instant

    try:
        return [read(text) for text in texts]
    except ValueError as error:
        raise BadSettings(f"--recipe: {error}") from None


@contextmanager
def _opened(values: dict[str, Any], surface: str) -> Iterator[tuple[str, Scenario, Listener]]:
    """The target's name, a scenario on it, and a canary; what was made is removed at the end."""
    from harness.recorder import Record  # noqa: PLC0415 - keeps --help instant

    canary = _canary(values["canary"])
    chosen = _target(values)
    try:
        session = chosen.session
        if not session.allow_writes:
            raise BadSettings("--target live: set PACONFORM_ALLOW_WRITES, for a save is a write")
        chosen.fresh()
        scenario = session.scenario(Record(f"fuzz {surface}"))
        try:
            yield session.target, scenario, canary
        finally:
            scenario.close()
            for one in scenario.left:
                click.echo(f"paconform: not removed: {one}", err=True)
    finally:
        chosen.close()
        canary.close()


def _canary(host: str) -> Listener:
    from harness.listening import Listener  # noqa: PLC0415 - keeps --help instant

    try:
        return Listener(host)
    except (OSError, UnicodeError):
        raise BadSettings(
            f"--canary: {host[:80]!r} is no address of this machine; leave it out for 127.0.0.1"
        ) from None


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


def _campaign(seed: int, surface: str, scenario: Scenario, canary: Listener) -> Campaign:
    from harness.bulk import Bulk  # noqa: PLC0415 - keeps --help instant
    from harness.campaign import Around, Campaign  # noqa: PLC0415 - keeps --help instant
    from harness.doors import DOORS  # noqa: PLC0415 - keeps --help instant
    from harness.outside import Outside  # noqa: PLC0415 - keeps --help instant

    try:
        door = DOORS[surface](scenario)
    except NotMeasured as error:
        raise BadSettings(f"--surface {surface}: {error.reason}") from None
    bulk = Bulk(door.base, seed=seed, among=door.among, signer=door.signer, canary=canary.address)
    outside = Outside(scenario.product.control, canary)
    return Campaign(surface, door, bulk, Around(scenario.record, wallclock.monotonic_s, outside))


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


@contextmanager
def _written_to(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a", encoding="utf-8")
    except OSError as error:
        raise BadSettings(f"--out: {path}: {error.strerror}; name another file") from None
    with file:
        yield file
