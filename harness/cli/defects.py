"""`paconform defects`: the suite's power to detect, shown on every seeded defect."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli.asked import check
from harness.cli.options import as_arguments, for_click, overwriting
from harness.cli.pages import short
from harness.errors import BadSettings, HarnessError
from harness.writing import refuse_old, save

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.behaviour import Defect
    from harness.cli.detection import Detection, Finding

KEPT = "defects.json"


@click.command(name="defects")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--out", type=click.Path(path_type=Path), help="Write defects.json there.")
@overwriting
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@for_click(("release", "seed", "archive"))
def command(
    ids: tuple[str, ...], out: Path | None, overwrite: bool, as_json: bool, **values: Any
) -> int:
    """Plant every seeded defect (or those named) in the fakes, one by one, and judge them.

    A defect is caught when a check of the very requirement that it breaks fails. Those that
    survive are shown first. Exit code 1 when one survives, or when something is found where
    nothing is planted.

    \b
    Example:
      paconform defects
      paconform defects PA-D-001 P1-D-007
    """  # noqa: D301 - \b is click's mark for lines to keep
    planted = chosen(ids)
    check(values)
    if out is not None:
        refuse_old("--out", out / KEPT, overwrite=overwrite, folder=out)
    detection = detect(planted, as_arguments(values), progress())
    told = summary(detection)
    click.echo(json.dumps(told) if as_json else "\n".join(text(detection)))
    if out is not None:
        content = f"{json.dumps(told, indent=1)}\n".encode()
        save("--out", {out / KEPT: content}, overwrite=overwrite, folder=out)
        if not as_json:
            click.echo(f"result: {out / KEPT}")
    survived = any(finding.caught_by is None for finding in detection.findings)
    return 1 if survived or detection.baseline else 0


def chosen(ids: tuple[str, ...]) -> list[Defect]:
    """The defects of these ids, or all; BadSettings names one that is none."""
    from fakes.defects import defects  # noqa: PLC0415 - keeps --help instant

    known = defects()
    unknown = [key for key in ids if key not in known]
    if unknown:
        raise BadSettings(
            f"defect: {', '.join(map(repr, unknown))}: unknown; `paconform list defects` shows all"
        )
    return [known[key] for key in dict.fromkeys(ids)] if ids else list(known.values())


def detect(
    defects: list[Defect], arguments: list[str], shown: Callable[[int, int], None]
) -> Detection:
    """What the suite made of them; HarnessError where it could not run."""
    from harness.cli.detection import Detection  # noqa: PLC0415 - keeps --help instant
    from harness.cli.run import run  # noqa: PLC0415 - keeps --help instant
    from harness.cli.suite import Suite  # noqa: PLC0415 - keeps --help instant

    suite = Suite(keep=False)
    detection = Detection(defects, shown)
    code = run(arguments, plugins=[suite, detection])
    if suite.problem is not None:
        raise suite.problem
    if detection.problems or code not in (0, 1, 3):
        problems = detection.problems or [f"pytest ended with {code}"]
        raise HarnessError("the suite did not run:\n" + "\n".join(problems))
    return detection


def progress() -> Callable[[int, int], None]:
    """Shows how far it is, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda done, total: None  # noqa: ARG005 - nothing to show
    return lambda done, total: click.echo(
        f"\r{done} of {total} defects" if done < total else "\r" + " " * 30 + "\r",
        nl=False,
        err=True,
    )


def summary(detection: Detection) -> dict[str, Any]:
    """The result as JSON: survivors first."""
    return {
        "baseline": detection.baseline,
        "caught": sum(one.caught_by is not None for one in detection.findings),
        "survived": sum(one.caught_by is None for one in detection.findings),
        "defects": [_told(one) for one in _sorted(detection.findings)],
    }


def text(detection: Detection) -> list[str]:
    """The result for people: survivors first."""
    lines = [f"found where nothing is planted: {one}" for one in detection.baseline]
    for one in _sorted(detection.findings):
        lines.append(_line(one))
        if one.caught_by is None:
            lines += [f"    {why}" for why in _why(one)]
    caught = sum(one.caught_by is not None for one in detection.findings)
    lines.append(f"{caught} of {len(detection.findings)} defects caught")
    return lines


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: (one.caught_by is not None, one.defect.id))


def _line(one: Finding) -> str:
    state = "caught  " if one.caught_by else "SURVIVED"
    return f"{state}  {one.defect.id}  {one.defect.breaks}  {one.defect.title}"


def _why(one: Finding) -> list[str]:
    if not one.tried:
        return [f"no scenario has the requirement {one.defect.breaks}"]
    crashed = [f"the harness failed: {_short(why)}" for why in one.crashed[:3]]
    other = [f"only another requirement's check failed: {_short(why)}" for why in one.elsewhere[:3]]
    return crashed + other or [f"{one.tried} scenarios found nothing wrong"]


def _short(words: str) -> str:
    return short(" ".join(words.split()), 240)


def _told(one: Finding) -> dict[str, Any]:
    return {
        "id": one.defect.id,
        "title": one.defect.title,
        "breaks": one.defect.breaks,
        "field": one.defect.field,
        "caught_by": one.caught_by,
        "check": one.check,
        "tried": one.tried,
        "crashed": one.crashed,
        "elsewhere": one.elsewhere,
    }
