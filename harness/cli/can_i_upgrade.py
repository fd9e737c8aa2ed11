"""`paconform can-i-upgrade`: one line for a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from harness.cli.matrix import RUNS, known
from harness.cli.pages import line
from harness.cli.upgrade import FILE, REGRESSION, answer, for_release, of_the_way
from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from harness.upgrades.check import Reason, Verdict


@click.command(name="can-i-upgrade")
@for_release
@click.option("--config", type=FILE, metavar="EXPORT", help="Export of yours; else any.")
@click.option("--label", metavar="NAME", help="A run of that label on RELEASE must be conformant.")
@click.option("--runs", type=FILE, default=RUNS, metavar="DIR", help="Where runs are.")
@click.option("--strict", is_flag=True, help="yes-but is exit code 4 too.")
def command(  # noqa: PLR0913, PLR0917 - from where to where, and what is asked of it
    old: str | None,
    new: str | None,
    config: Path | None,
    label: str | None,
    runs: Path,
    strict: bool,
) -> int:
    """Answer in one line: exit code 0 for yes and yes-but, 4 for no.

    Without EXPORT only the way is looked at, such as whether a release between is needed. With
    --label, `paconform matrix` must also show a conformant run on the release to go to; where it
    had fewer scenarios than others of the label, the answer is yes-but.

    \b
    Example:
      paconform can-i-upgrade --from 8.0 --to 9.1
    """  # noqa: D301 - \b is click's mark for lines to keep
    from harness.upgrades.export import read  # noqa: PLC0415 - keeps --help instant

    if config:
        found = answer(read(config), old, new)
    elif old:
        found = of_the_way(old, new)
    else:
        raise BadSettings("--from: say which release to come from, or give --config")
    if label:
        found.add(_judged(label, found.new, runs))
    click.echo(line(_line(found)))
    return REGRESSION if found.answer == "no" or (strict and found.answer == "yes-but") else 0


def _judged(label: str, release: str, runs: Path) -> Iterator[Reason]:
    """Why the last run of the label speaks against that release; nothing where it does not."""
    from harness.upgrades.check import Reason  # noqa: PLC0415 - keeps --help instant

    last = {cell.release: cell for cell in known((runs,)) if cell.label == label}.get(release)
    if last is None:
        yield Reason("no", "suite", f"no run of {label} on {release} is known")
    elif last.verdict != "conformant":
        yield Reason("no", "suite", f"the last run of {label} on {release} is {last.verdict}")
    elif last.is_partial:
        text = f"the last run of {label} on {release} had {last.scenarios} of {last.most} scenarios"
        yield Reason("but", "suite", text)


def _line(found: Verdict) -> str:
    weight = {"no": "no", "yes-but": "but"}.get(found.answer)
    why = [one.text for one in found.reasons if one.weight == weight]
    more = f" (and {len(why) - 1} more)" if len(why) > 1 else ""
    said = f": {why[0]}{more}" if why else ""
    return f"{found.answer}: {found.old} to {found.new}, confidence {found.confidence}{said}"
