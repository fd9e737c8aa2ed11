"""`paconform diff`: what changed between two runs."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli.options import overwriting
from harness.cli.pages import line as _line
from harness.cli.pages import short, written
from harness.errors import BadSettings
from harness.reading import SETTINGS_BYTES, bytes_of
from harness.writing import refuse_old

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.evidence import Run
    from reports.diff import Accepted, Change, Difference

REGRESSION = 4
MOST_SHOWN = 100
"""Changes of one kind that are told each; the page and --json have all."""

RUN = click.Path(path_type=Path)
_NEEDED = ("kind", "scenario", "reason", "owner", "expires")


@click.command(name="diff")
@click.argument("old", type=RUN)
@click.argument("new", type=RUN)
@click.option("--control", type=RUN, metavar="OLD2", help="Second run of OLD: what is noise.")
@click.option("--accept", type=RUN, metavar="FILE", help="Changes that somebody answers for.")
@click.option("--page", type=RUN, metavar="FILE", help="Also write it as a page.")
@overwriting
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every change.")
def command(  # noqa: PLR0913, PLR0917 - two runs, and what is asked of them
    old: Path,
    new: Path,
    control: Path | None,
    accept: Path | None,
    page: Path | None,
    overwrite: bool,
    as_json: bool,
) -> int:
    """Say what changed between two run folders; exit code 4 where the new one is worse.

    Worse is: a scenario that is judged worse, is gone, or could not be judged any more, and fewer
    scenarios than before. Other answers with the same verdict are a change and not worse. FILE of
    --accept is TOML with [[accept]] rows of kind, scenario (may end with *), reason, owner and
    expires (a date); a row that is about nothing any more, or whose day is past, counts as worse.

    \b
    Example:
      paconform diff runs/before runs/after
      paconform diff runs/before runs/after --control runs/before-again --page diff.html
    """  # noqa: D301 - \b is click's mark for lines to keep
    from harness.cli import wallclock  # noqa: PLC0415 - keeps --help instant
    from harness.evidence import read  # noqa: PLC0415 - the same
    from harness.requirements import catalogue  # noqa: PLC0415 - the same
    from reports.diff import difference  # noqa: PLC0415 - the same

    if page:
        refuse_old("--page", page, overwrite=overwrite)
    before, after = read(old), read(new)
    found = difference(
        before,
        after,
        catalogue(),
        control=_same_again(control, read(control), before, after) if control else None,
        accepted=_accepted(accept) if accept else (),
        today=f"{wallclock.now():%Y-%m-%d}",
    )
    if page:
        from reports.diff_page import sheet  # noqa: PLC0415 - only where it is asked for

        written(page, sheet(found, before.header, after.header), overwrite=overwrite)
    click.echo(json.dumps(found.as_json(), indent=1) if as_json else "\n".join(_lines(found)))
    return REGRESSION if found.is_regression else 0


def _same_again(path: Path, control: Run, old: Run, new: Run) -> Run:
    """The control, where it is a second run of what the old one judged; BadSettings where not.

    Else all that the new product does otherwise would be left out as noise.
    """
    if control.header.run_id == new.header.run_id:
        raise BadSettings(f"--control: {path} is NEW itself; give a second run of what OLD judged")
    told, wanted = (f"{one.header.release} ({one.header.target})" for one in (control, old))
    if told != wanted:
        raise BadSettings(
            f"--control: {path} judged {told}, OLD {wanted}; give a second run of what OLD judged"
        )
    return control


def _lines(found: Difference) -> Iterator[str]:
    from reports.diff import KINDS, MEANINGS  # noqa: PLC0415 - keeps --help instant

    for kind in KINDS:
        changes = [one for one in found.changes if one.kind == kind]
        if changes:
            yield f"{kind} {len(changes)}: {MEANINGS[kind]}"
        if kind == "changed":
            yield from _behaviours(changes)
        else:
            yield from _verdicts(changes)
    yield from (_line(f"renamed: {old} → {new}") for old, new in found.renamed.items())
    yield from (_line(f"accepted: {one.kind} {one.scenario}") for one in found.accepted)
    yield from (_line(f"stale: {one}") for one in found.stale)
    if found.short:
        yield _line(f"short: {found.short}")
    if found.noise:
        yield f"left out as noise: {found.noise}"
    counts = ", ".join(f"{found.counts[kind]} {kind}" for kind in KINDS if found.counts[kind])
    yield f"{'worse' if found.is_regression else 'not worse'}: {counts or 'nothing changed'}"


def _verdicts(changes: list[Change]) -> Iterator[str]:
    """What is judged otherwise; where it is not worse, what has one reason is told once."""
    alike: dict[tuple[str, ...], list[Change]] = {}
    for one in changes:
        same = () if one.is_grave or not one.detail else (one.label, one.detail, one.note)
        alike.setdefault(same or (one.scenario, str(id(one))), []).append(one)
    groups = list(alike.values())
    for group in groups[:MOST_SHOWN]:
        one = group[0]
        names = ", ".join(one.requirements)
        more = f" and {len(group) - 1:,} more" if len(group) > 1 else ""
        yield _line(f"  {one.severity:6}  {one.label:11}  {names}  {one.scenario}{more}")
        if one.detail:
            yield _line(f"          {short(one.detail)}")
        if one.note:
            yield _line(f"          announced: {one.note}")
    left = sum(map(len, groups[MOST_SHOWN:]))
    if left:
        yield f"  … and {left:,} more {changes[0].kind}: --page FILE or --json has all"


def _behaviours(changes: list[Change]) -> Iterator[str]:
    """What changed, each difference once, with the first scenario that met it."""
    from reports.behaviours import behaviours  # noqa: PLC0415 - keeps --help instant

    for one in behaviours(changes):
        part = one.part
        yield _line(f"  {part.severity:6}  {part.label:11}  {short(part.text)}")
        more = f" and {one.count - 1:,} more" if one.count > 1 else ""
        yield _line(f"          {one.scenarios[0]}{more}")
        if part.note:
            yield _line(f"          announced: {part.note}")


def _accepted(path: Path) -> list[Accepted]:
    """The rows of an accept file; BadSettings names the row and what is wrong with it."""
    from reports.diff import KINDS, Accepted  # noqa: PLC0415 - keeps --help instant

    try:
        rows = tomllib.loads(bytes_of(path, SETTINGS_BYTES).decode()).get("accept", [])
    except OSError as error:
        raise BadSettings(f"--accept: {path}: {error.strerror}; name a readable file") from None
    except (ValueError, RecursionError) as error:
        raise BadSettings(f"--accept: {path}: no readable TOML ({error})") from None
    if not isinstance(rows, list):
        raise BadSettings(f"--accept: {path}: accept must be [[accept]] rows")
    found = []
    for number, row in enumerate(rows, 1):
        where = f"--accept: {path}: row {number}"
        values = _texts(row, where)
        if values["kind"] not in KINDS:
            raise BadSettings(f"{where}: kind: {values['kind']!r}; known are {', '.join(KINDS)}")
        if not _is_day(values["expires"]):
            raise BadSettings(
                f"{where}: expires: {values['expires']!r} is no day; write one such as 2027-01-31"
            )
        found.append(Accepted(**values))
    return found


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _texts(row: Any, where: str) -> dict[str, str]:
    if not isinstance(row, dict):
        raise BadSettings(f"{where}: must be a table with {', '.join(_NEEDED)}")
    lacking = [name for name in _NEEDED if not str(row.get(name) or "").strip()]
    if lacking:
        raise BadSettings(f"{where}: {', '.join(lacking)}: missing")
    if unknown := sorted(row.keys() - set(_NEEDED)):
        raise BadSettings(f"{where}: {', '.join(unknown)}: not known")
    return {name: str(row[name]) for name in _NEEDED}
