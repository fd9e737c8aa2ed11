"""What a person at a terminal, or a log, sees of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from harness.cli.again import command
from harness.cli.pages import short
from harness.cli.verdicts import (
    CONFORMANT,
    HARNESS_ERROR,
    NONCONFORMANT,
    NOT_MEASURED,
    PASSING,
    REFUTED,
    VERDICTS,
    WARNING,
)

if TYPE_CHECKING:
    import pytest

    from harness.cli.results import Scenario
    from harness.cli.runs import Run
    from harness.cli.verdicts import Verdict
    from harness.evidence import ScenarioResult

LETTERS = {
    CONFORMANT: (".", {"green": True}),
    WARNING: ("w", {"yellow": True}),
    REFUTED: ("r", {"yellow": True}),
    NOT_MEASURED: ("-", {}),
    NONCONFORMANT: ("F", {"red": True}),
    HARNESS_ERROR: ("E", {"red": True}),
}
WORDS = {name: name.replace("_", " ") for name in VERDICTS}
FAILED = (NONCONFORMANT, HARNESS_ERROR, REFUTED, WARNING)
MOST_SHOWN = 20


def bend(report: pytest.TestReport, scenario: Scenario, found: Verdict) -> None:
    """Make pytest's report say what the verdict says, without a traceback."""
    report.__dict__["paconform"] = found.name
    report.sections.clear()
    if found.name in PASSING:
        report.outcome, report.longrepr = "passed", None
    elif found.name == NOT_MEASURED:
        report.outcome = "skipped"
        report.longrepr = (scenario.id, 0, found.reason or "")
    else:
        report.outcome, report.longrepr = "failed", f"{scenario.id}: {found.reason}"


def letter(report: pytest.TestReport, *, terminal: bool) -> tuple[str, Any, Any] | None:
    """The letter of a scenario's verdict, on a terminal; None leaves it to pytest."""
    name = report.__dict__.get("paconform")
    if name is None:
        return (
            None if terminal or not report.passed else ("passed" * (report.when == "call"), "", "")
        )
    if not terminal:
        return WORDS[name], "", ""
    sign, markup = LETTERS[name]
    return WORDS[name], sign, (WORDS[name].upper(), markup)


def write(reporter: pytest.TerminalReporter, run: Run) -> None:
    """Counts by verdict, then what needs attention, the worst first, and how to do it again."""
    counts = run.counts
    total = sum(counts.values())
    reporter.write_line("")
    parts = [f"{counts[name]} {WORDS[name]}" for name in reversed(VERDICTS) if counts[name]]
    scenarios = "scenario" if total == 1 else "scenarios"
    reporter.write_line(f"{total} {scenarios} on {_what(run)}: {', '.join(parts) or 'none'}")
    for name in FAILED:
        _list(reporter, [one for one in run.results if one.verdict == name], name)
    _reasons(reporter, [one for one in run.results if one.verdict == NOT_MEASURED])
    for name in FAILED:
        failed = [one for one in run.results if one.verdict == name]
        for one in failed[:MOST_SHOWN]:
            again = command(one, run.folder, reporter.config.option)
            reporter.write_line(f"replay: {again}")
        if len(failed) > MOST_SHOWN:
            more = f"{len(failed) - MOST_SHOWN} more {WORDS[name]}"
            reporter.write_line(f"    … and {more}: `paconform replay RUN SCENARIO`")


def last_line(
    run: Run, gone: Exception | None, lost: OSError | None, planned: int | None = None
) -> None:
    """Where the result is, or why there is none; with `planned`, that it was interrupted."""
    if gone is not None:
        click.echo(f"paconform: the target has gone: {gone}", err=True)
    if lost is not None:
        from harness.cli import os_problem  # noqa: PLC0415 - where something went wrong

        click.echo(f"paconform: {run.folder}: {os_problem(lost)}", err=True)
    folder = run.folder
    if folder is not None:
        page = folder / "index.html"
        where = f"report: {page}" if page.exists() else f"evidence: {folder}"
        done = sum(run.counts.values())
        cut = "" if planned is None else f"interrupted after {done:,} of {planned:,} scenarios; "
        click.echo(f"{cut}{where}")


def _what(run: Run) -> str:
    versions = ", ".join(f"{name} {run.shown(text)}" for name, text in run.target.versions.items())
    return f"{run.target_name} ({versions})"


def _list(reporter: pytest.TerminalReporter, results: list[ScenarioResult], name: str) -> None:
    for result in results[:MOST_SHOWN]:
        key = result.failure.requirement if result.failure else None
        key = key or ", ".join(result.requirements)
        reporter.write_line(f"{WORDS[name]}  {key}  {result.id}")
        for line in _told(result):
            reporter.write_line(f"    {line}")
    if len(results) > MOST_SHOWN:
        reporter.write_line(f"    … and {len(results) - MOST_SHOWN} more {WORDS[name]}")


def _told(result: ScenarioResult) -> list[str]:
    failure = result.failure
    if failure is None or failure.requirement is None:
        return [_short(result.reason or "")]
    return [f"expected {_short(failure.expected)}", f"actual   {_short(failure.actual)}"]


def _short(text: str) -> str:
    return short(" ".join(text.split()))


def _reasons(reporter: pytest.TerminalReporter, results: list[ScenarioResult]) -> None:
    reasons: dict[str, int] = {}
    for result in results:
        reasons[result.reason or ""] = reasons.get(result.reason or "", 0) + 1
    for reason, count in sorted(reasons.items(), key=lambda pair: -pair[1]):
        reporter.write_line(f"not measured  {count}: {_short(reason)}")
