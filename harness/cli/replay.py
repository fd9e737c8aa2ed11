"""`paconform replay`: whether the failure of a bundle still happens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli.options import for_click
from harness.errors import BadSettings

if TYPE_CHECKING:
    from harness.bundles.format import Bundle
    from harness.bundles.replaying import Outcome

CODES = {"FIXED": 0, "STILL FAILING": 1, "DIVERGED": 6}


@click.command(name="replay")
@click.argument("bundle", type=click.Path(path_type=Path))
@click.argument("scenario", required=False)
@for_click(("target", "release", "settings", "defect", "with_known_bugs", "switch", "archive"))
@click.option("--seed", type=int, help="Seed of the fakes; default: that of the bundle.")
@click.option("--steps", "how", flag_value="steps", help="Send the steps, and nothing else.")
@click.option("--scenario", "how", flag_value="scenario", help="Run the scenario, not the steps.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def command(
    bundle: Path, scenario: str | None, how: str | None, as_json: bool, **values: Any
) -> int:
    """Send the steps of a BUNDLE again, and say FIXED, STILL FAILING or DIVERGED.

    BUNDLE may also be a run folder, with the SCENARIO of it that failed behind it.

    Release, seed and switches of fakes are those of the bundle unless told; a defect is planted
    only where it is told. Where the steps alone cannot decide, the scenario itself is run. Exit
    code 0 FIXED, 1 STILL FAILING, 6 DIVERGED: an earlier step went another way, or the failing
    one is answered in a third one.

    \b
    Example:
      paconform replay case.zip
      paconform replay case.zip --target live
      paconform replay reports/out/latest PA-CONN-001
      paconform replay case.zip --release 8.3 --defect PA-D-001
    """  # noqa: D301 - \b is click's mark for lines to keep
    from harness.cli.bundled import opened, replayed  # noqa: PLC0415 - keeps --help instant

    found = _found(bundle, scenario)
    with opened(found, values, bundle) as target:
        outcome, left = replayed(found, target, how, values)
    told = _told(found, outcome, left, target.session.target)
    click.echo(json.dumps(told) if as_json else "\n".join(_lines(told)))
    return CODES[outcome.verdict]


def _found(path: Path, scenario: str | None) -> Bundle:
    from harness.bundles.checking import check  # noqa: PLC0415 - keeps --help instant
    from harness.bundles.reading import read  # noqa: PLC0415 - the same
    from harness.cli.bundle import of_run  # noqa: PLC0415 - the same

    if scenario is not None:
        return check(of_run(path, scenario)[0])
    if path.is_dir():
        raise BadSettings(
            f"{str(path)!r} is a folder: of a run, name the SCENARIO too, by its id or requirement"
        )
    return read(path)


def _told(bundle: Bundle, outcome: Outcome, left: list[str], target: str) -> dict[str, Any]:
    return {
        "verdict": outcome.verdict,
        "step": outcome.step,
        "detail": outcome.detail,
        "judged_by": outcome.basis,
        "target": target,
        "scenario": bundle.scenario,
        "requirement": bundle.requirement,
        "expected": bundle.expected,
        "recorded": bundle.actual,
        "not_removed": left,
    }


HOW = {
    "check": "the steps, and the check that failed",
    "comparison": "the steps, compared with the recorded answers",
    "scenario": "the scenario itself",
}


def _lines(told: dict[str, Any]) -> list[str]:
    verdict = told["verdict"] + (f" at step {told['step']}" * (told["verdict"] == "DIVERGED"))
    lines = [
        f"{verdict}: {told['requirement']}  {told['scenario']}",
        f"  expected  {told['expected']}",
        f"  recorded  {told['recorded']}",
        f"  now       {told['detail']}",
        f"  judged by {HOW[told['judged_by']]}, on {told['target']}",
        *(f"  {one}" for one in told["not_removed"]),
    ]
    return [_line(one) for one in lines]


def _line(text: str) -> str:
    """On one line: what a bundle or a product says can neither colour nor forge a line of ours."""
    from reports.text import plain  # noqa: PLC0415 - keeps --help instant

    flat = plain(text.replace("\n", "\\n").replace("\t", " "))
    return flat if len(flat) <= 400 else f"{flat[:400]}…"
