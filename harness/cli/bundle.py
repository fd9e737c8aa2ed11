"""`paconform bundle`: one failure of a run in one small file."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.options import overwriting
from harness.errors import BadSettings, HarnessError
from harness.writing import refuse_old, save

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.bundles.format import Bundle
    from harness.evidence import ScenarioResult

MOST_NAMED = 5
FAILED = ("nonconformant", "warning", "refuted")


@click.command(name="bundle")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("scenario")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The bundle; default: a name of the scenario's, here.",
)
@overwriting
@click.option("--pytest", "test", is_flag=True, help="Add a pytest file that needs httpx alone.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def command(  # noqa: PLR0913, PLR0917 - click gives one for each option
    run: Path, scenario: str, out: Path | None, overwrite: bool, test: bool, as_json: bool
) -> int:
    """Write what reproduces one failed SCENARIO of a RUN folder into one zip.

    SCENARIO is its id, a part that no other failed one has, or a requirement. The bundle holds a
    README, the exchanges as HAR, the steps with placeholders, and a script for curl; no secret,
    and nothing that is run when it is replayed.

    \b
    Example:
      paconform bundle reports/out/latest PA-CONN-001
      paconform bundle reports/out/latest test_crud.py::test_adding -o case.zip --pytest
    """  # noqa: D301 - \b is click's mark for lines to keep
    from harness.cli.proving import configuration  # noqa: PLC0415 - keeps --help instant
    from harness.cli.runs import patterns_of  # noqa: PLC0415 - the same
    from harness.requirements import catalogue  # noqa: PLC0415 - the same
    from reports.bundles.files import written  # noqa: PLC0415 - the same

    bundle, result = of_run(run, scenario)
    path = out or Path(f"{_name(result.id)}.zip")
    refuse_old("-o", path, overwrite=overwrite)
    try:
        state = configuration(bundle, patterns_of(None))
        content = written(bundle, result.exchanges, catalogue(), configuration=state, test=test)
    except ValueError as error:
        raise BadSettings(f"{'--pytest' if test else 'bundle'}: {error}") from None
    save("-o", {path: content}, overwrite=overwrite)
    if as_json:
        told = {
            "bundle": str(path),
            "scenario": result.id,
            "requirement": bundle.requirement,
            "steps": len(bundle.steps),
            "bytes": len(content),
            "cannot": bundle.cannot,
        }
        click.echo(json.dumps(told))
        return 0
    click.echo(f"{path}: {bundle.requirement}, {len(bundle.steps)} steps, {len(content):,} bytes")
    for why in bundle.cannot:
        click.echo(f"  {why}: a replay runs the scenario itself")
    click.echo(again(path, bundle))
    return 0


def again(path: Path, bundle: Bundle) -> str:
    """The line that replays the file where the failure was, with the defects planted there."""
    planted = [f"--defect={one}" for one in bundle.made.defects]
    return f"replay: {shlex.join(['paconform', 'replay', str(path), *planted])}"


def of_run(run: Path, scenario: str) -> tuple[Bundle, ScenarioResult]:
    """The bundle of one failed scenario of a run folder, tried on the fakes of that run.

    BadSettings where there is no such run or scenario, or nothing of it that could be sent again.
    """
    from harness.cli.proving import doubts  # noqa: PLC0415 - keeps --help instant
    from harness.evidence import read  # noqa: PLC0415 - the same
    from harness.requirements import catalogue  # noqa: PLC0415 - the same
    from reports.bundles import bundle_of  # noqa: PLC0415 - the same

    evidence = read(run)
    result = chosen(evidence.scenarios, scenario)
    try:
        bundle = bundle_of(evidence.header, result, catalogue())
    except ValueError as error:
        raise BadSettings(f"bundle: {error}") from None
    _fits(bundle)
    bundle.cannot += doubts(bundle)
    return bundle, result


def _fits(bundle: Bundle) -> None:
    """What is written can be read again; else HarnessError."""
    from harness.bundles.checking import check  # noqa: PLC0415 - keeps --help instant

    try:
        check(bundle)
    except BadSettings as error:
        raise HarnessError(
            f"the bundle of {bundle.scenario} does not fit together: {error}"
        ) from None


def chosen(scenarios: Sequence[ScenarioResult], key: str) -> ScenarioResult:
    """The failed scenario of that id, part of an id, or requirement; else BadSettings."""
    from harness.cli.lookup import nearest  # noqa: PLC0415 - keeps --help instant

    wanted = key.strip().removeprefix("scenarios/").casefold()
    failed = [one for one in scenarios if one.verdict in FAILED and one.failure is not None]
    for named in (
        [one for one in scenarios if one.id.casefold() == wanted],
        [one for one in failed if one.failure and _is(one.failure.requirement, wanted)],
        [one for one in failed if wanted and wanted in one.id.casefold()],
    ):
        if len(named) == 1:
            return named[0]
        if named and named[0].failure and _is(named[0].failure.requirement, wanted):
            return named[0]  # the first to fail shows the requirement as well as any other
        if named:
            more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
            ids = ", ".join(one.id for one in named[:MOST_NAMED])
            raise BadSettings(f"bundle: {key!r} is part of several: {ids}{more}; give more of it")
    conformant = [one.id for one in scenarios if wanted and wanted in one.id.casefold()]
    if conformant:
        raise BadSettings(
            f"bundle: {key!r}: {conformant[0]} has not failed; only what failed has a bundle"
        )
    if not failed:
        raise BadSettings("bundle: no scenario of this run failed a check: there is nothing to do")
    near = nearest(wanted, [one.id for one in failed]) or [one.id for one in failed[:MOST_NAMED]]
    raise BadSettings(f"bundle: {key!r} is no failed scenario; there are {', '.join(near)}")


def _is(requirement: str | None, wanted: str) -> bool:
    return requirement is not None and requirement.casefold() == wanted


def _name(scenario: str) -> str:
    """A name for a file, of the last part of the id."""
    last = scenario.rpartition("::")[2].removeprefix("test_")
    return re.sub(r"[^A-Za-z0-9]+", "-", last).strip("-")[:80] or "bundle"
