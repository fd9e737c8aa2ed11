"""`paconform minimise`: the few steps of a bundle that its failure needs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli.bundle import again
from harness.cli.options import for_click, overwriting
from harness.errors import BadSettings
from harness.writing import refuse_old, save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from harness.bundles.format import Bundle
    from harness.cli.oracle import Oracle
    from harness.evidence import ExchangeRecord


@click.command(name="minimise")
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The smaller bundle; default: BUNDLE with -minimal in its name.",
)
@overwriting
@click.option("--pytest", "test", is_flag=True, help="Add a pytest file that needs httpx alone.")
@click.option(
    "--most", type=click.IntRange(min=2), default=1000, show_default=True, help="Replays at most."
)
@for_click(("target", "release", "settings", "defect", "with_known_bugs", "switch"))
@click.option("--seed", type=int, help="Seed of the fakes; default: that of the bundle.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def command(  # noqa: PLR0913, PLR0917 - click gives one for each option
    bundle: Path,
    out: Path | None,
    overwrite: bool,
    test: bool,
    most: int,
    as_json: bool,
    **values: Any,
) -> int:
    """Leave out of a BUNDLE what its failure does not need, and write the rest as another one.

    Steps, headers, parameters, members of bodies and faults are left out as long as the target
    still fails and sound fakes still pass; what a step needs of earlier ones stays. Fakes have the
    defects of the bundle unless others are told. The same bundle and target give the same bytes.

    \b
    Example:
      paconform minimise case.zip
      paconform minimise case.zip --target live -o small.zip --pytest
    """  # noqa: D301 - \b is click's mark for lines to keep
    from harness.bundles.reading import read  # noqa: PLC0415 - keeps --help instant
    from harness.cli.proving import configuration  # noqa: PLC0415 - the same
    from harness.cli.runs import patterns_of  # noqa: PLC0415 - the same
    from harness.requirements import catalogue  # noqa: PLC0415 - the same
    from reports.bundles.files import written  # noqa: PLC0415 - the same

    found = read(bundle)
    path = out or bundle.with_name(f"{bundle.stem}-minimal.zip")
    refuse_old("-o", path, overwrite=overwrite)
    if found.cannot:
        raise BadSettings(f"{found.cannot[0]}: steps that bring nothing back have no smaller part")
    smaller, exchanges, oracle = _smaller(found, bundle, most, values)
    try:
        state = configuration(smaller, patterns_of(values["settings"]))
        content = written(smaller, exchanges, catalogue(), configuration=state, test=test)
    except ValueError as error:
        raise BadSettings(f"--pytest: {error}") from None
    save("-o", {path: content}, overwrite=overwrite)
    told = {
        "bundle": str(path),
        "requirement": smaller.requirement,
        "steps_before": found.failing + 1,
        "steps": len(smaller.steps),
        "replays": oracle.replays,
        "spent": oracle.spent,
        "control": oracle.has_control,
        "bytes": len(content),
        "not_removed": [*oracle.left],
    }
    click.echo(json.dumps(told) if as_json else "\n".join(_lines(told, smaller)))
    return 0


def _smaller(
    bundle: Bundle, path: Path, most: int, values: Mapping[str, Any]
) -> tuple[Bundle, list[ExchangeRecord], Oracle]:
    """The smaller bundle with the exchanges of its last replay."""
    from msgspec.structs import replace  # noqa: PLC0415 - keeps --help instant

    from harness.bundles.checking import check  # noqa: PLC0415 - the same
    from harness.bundles.minimising import minimised  # noqa: PLC0415 - the same
    from harness.cli.bundled import opened  # noqa: PLC0415 - the same
    from harness.cli.oracle import Oracle  # noqa: PLC0415 - the same
    from harness.cli.runs import patterns_of  # noqa: PLC0415 - the same

    live = values["target"] == "live"
    defects = values["defect"] or (() if live else tuple(bundle.made.defects))
    beside = {**values, "target": "embedded", "defect": (), "with_known_bugs": False}
    sound = replace(bundle, made=replace(bundle.made, known_bugs=False))
    with (
        opened(bundle, {**values, "defect": defects}, path) as target,
        opened(sound, beside, path) as control,
    ):
        oracle = Oracle(target, control, most, _progress(bundle), patterns_of(values["settings"]))
        oracle.begin(bundle)
        smaller = minimised(bundle, oracle.fails, whole=not oracle.has_control)
        told = f"minimised from {bundle.failing + 1} steps in {oracle.replays} replays"
        kept = [one for one in bundle.notes if not one.startswith("minimised from ")]
        smaller, exchanges = oracle.recorded(replace(smaller, notes=[*kept, told]))
    _progress_ends()
    return check(smaller), exchanges, oracle


def on_terminal() -> bool:
    """Whether somebody watches."""
    return sys.stderr.isatty()


def _progress(whole: Bundle) -> Callable[[int, Bundle], None]:
    """Shows how far it is, on a terminal only."""
    if not on_terminal():
        return lambda replays, bundle: None  # noqa: ARG005 - nothing to show
    return lambda replays, bundle: click.echo(
        f"\r{replays} replays, trying {len(bundle.steps)} of {whole.failing + 1} steps ",
        nl=False,
        err=True,
    )


def _progress_ends() -> None:
    if on_terminal():
        click.echo("\r" + " " * 60 + "\r", nl=False, err=True)


def _lines(told: Mapping[str, Any], bundle: Bundle) -> Iterator[str]:
    from reports.bundles.readme import step_line  # noqa: PLC0415 - keeps --help instant

    steps = f"{told['steps_before']} steps became {told['steps']}"
    yield f"{told['bundle']}: {steps} in {told['replays']} replays, {told['bytes']:,} bytes"
    yield from (f"  {step_line(number, one)}" for number, one in enumerate(bundle.steps, 1))
    if told["spent"]:
        yield "all replays are spent: --most 5000 may find a smaller one"
    if not told["control"]:
        yield "sound fakes do not pass it either: the failing step was kept as it is"
    yield from (f"  {one}" for one in told["not_removed"])
    yield again(Path(told["bundle"]), bundle)
