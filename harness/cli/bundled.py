"""What replaying and minimising a bundle share: the target, and the ways to judge."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from harness.bundles.place import Place
from harness.bundles.replaying import Outcome, replay
from harness.cli.runs import live_settings, patterns_of
from harness.cli.targets import Wanted, target
from harness.errors import BadSettings, HarnessError
from harness.recorder import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from harness.bundles.format import Bundle
    from harness.cli.targets import Target
    from harness.journal import Journal
    from harness.patterns import Patterns

_SCENARIO = re.compile(r"[\w/.-]+\.py::[\w]+(\[[^\r\n\x00]*\])?", re.ASCII)


@contextmanager
def opened(bundle: Bundle, values: Mapping[str, Any], path: Path) -> Iterator[Target]:
    """The target that the options name; release, seed and switches are the bundle's unless told."""
    name = values["target"]
    live = name == "live"
    if live and (values["defect"] or values["switch"] or values["with_known_bugs"]):
        raise BadSettings(
            "--defect, --switch, --with-known-bugs: only fakes have them; leave them out with live"
        )
    settings, journal = _live(values, path) if live else (None, None)
    made = bundle.made
    wanted = Wanted(
        name,
        values["release"] or (None if live else made.release),
        (made.seed or 0) if values["seed"] is None else values["seed"],
        _run_id(),
        tuple(values["defect"]),
        settings,
        tuple(values["switch"] or ([] if live else made.switches)),
        known_bugs=_known_bugs(bundle, values),
    )
    found = target(wanted, journal)
    try:
        yield found
    finally:
        found.close()


def replayed(
    bundle: Bundle, found: Target, how: str | None, values: Mapping[str, Any]
) -> tuple[Outcome, list[str]]:
    """The outcome, and what could not be removed again.

    `how`: steps or scenario; without it the steps, and the scenario where they cannot decide.
    """
    if how == "scenario":
        return _by_scenario(bundle, found, values), []
    if bundle.cannot and how is None:
        return _by_scenario(bundle, found, values), []
    if bundle.cannot:
        raise BadSettings(
            f"--steps: {bundle.cannot[0]}: the steps alone do not bring the failure back; "
            "leave --steps out"
        )
    outcome, left = once(bundle, found, patterns_of(values["settings"]))
    if outcome.decided or how == "steps":
        return outcome, left
    try:
        return _by_scenario(bundle, found, values), left
    except HarnessError:
        return outcome, left


def once(
    bundle: Bundle, found: Target, patterns: Patterns | None = None
) -> tuple[Outcome, list[str]]:
    """The outcome of the steps on a fresh target, and what could not be removed again."""
    found.fresh()
    place = Place(found.session, Record(bundle.scenario), patterns)
    try:
        outcome = replay(bundle, place)
    finally:
        left = place.close()
    return outcome, left


def _by_scenario(bundle: Bundle, found: Target, values: Mapping[str, Any]) -> Outcome:
    """What the scenario itself comes to on such a target; HarnessError where it cannot be run."""
    from harness.cli.alone import alone  # noqa: PLC0415 - loads pytest

    if not _SCENARIO.fullmatch(bundle.scenario) or ".." in bundle.scenario:
        raise BadSettings(f"scenario: {bundle.scenario[:80]!r} is no scenario's id")
    session = found.session
    arguments = [f"--target={session.target}", f"--seed={session.seed}"]
    if session.target != "live" or values["release"]:
        arguments.append(f"--release={session.release}")
    if _known_bugs(bundle, values):
        arguments.append("--with-known-bugs")
    for name in ("defect", "switch", "archive"):
        arguments += [f"--{name}={one}" for one in values[name]]
    if not values["switch"] and session.target != "live":
        arguments += [f"--switch={one}" for one in bundle.made.switches]
    if values["settings"]:
        arguments.append(f"--settings={values['settings']}")
    result = alone(bundle.scenario, arguments)
    number = bundle.failing + 1
    if result.verdict == "conformant":
        return Outcome("FIXED", number, "the scenario is conformant", "scenario")
    broken = result.failure.requirement if result.failure else None
    if broken == bundle.requirement and result.failure is not None:
        same = result.failure.expected == bundle.expected
        return Outcome("STILL FAILING", number, result.failure.actual, "scenario", same=same)
    told = f"the scenario is {result.verdict}: {result.reason}"
    return Outcome("DIVERGED", number, told, "scenario")


def _known_bugs(bundle: Bundle, values: Mapping[str, Any]) -> bool:
    return values["with_known_bugs"] or (values["target"] != "live" and bundle.made.known_bugs)


def _live(values: Mapping[str, Any], path: Path) -> tuple[Any, Journal]:
    from harness.journal import Journal  # noqa: PLC0415 - for live replays only

    return live_settings(values["settings"]), Journal(path.with_name(f"{path.stem}.journal.jsonl"))


def _run_id() -> str:
    import secrets  # noqa: PLC0415 - the same

    from harness.cli import wallclock  # noqa: PLC0415 - the same

    return f"{wallclock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
