"""`paconform upgrade-check`: what an upgrade does to a configuration of yours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from harness.cli.options import overwriting
from harness.cli.pages import line, page_of, short
from harness.cli.upgrade import FILE, REGRESSION, answer, for_release, of_pair
from harness.errors import BadSettings
from harness.writing import refuse_old, save

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from harness.upgrades.check import Verdict

KEPT = ("upgrade.json", "upgrade.html")


@click.command(name="upgrade-check")
@click.option("--config", type=FILE, required=True, metavar="EXPORT", help="Export of yours.")
@for_release
@click.option("--from-settings", type=FILE, metavar="FILE", help="Product to come from.")
@click.option("--to-settings", type=FILE, metavar="FILE", help="Product to go to.")
@click.option("--import", "imports", is_flag=True, help="Import EXPORT into both products first.")
@click.option("--out", type=FILE, metavar="DIR", help="Folder for upgrade.json and upgrade.html.")
@overwriting
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every reason.")
def command(  # noqa: PLR0913, PLR0917 - from where to where, and what to write
    config: Path,
    old: str | None,
    new: str | None,
    from_settings: Path | None,
    to_settings: Path | None,
    imports: bool,
    out: Path | None,
    overwrite: bool,
    as_json: bool,
) -> int:
    """Say whether EXPORT may go from one release to another: yes, yes-but or no; no is exit code 4.

    It is imported into fakes of both releases, in this process: it never leaves the machine. Each
    application, resource, rule, session and risk policy of it is read back on both, followed to
    what it points at, saved again unchanged and compared, by name, path and method. With two
    settings files two products of yours are compared instead; nothing is written to them unless
    their settings allow writes, and nothing is imported without --import.

    \b
    Example:
      paconform upgrade-check --config export.json --from 7.2 --to 9.1 --out upgrade
    """  # noqa: D301 - \b is click's mark for lines to keep
    from harness.cli.upgrade_sides import collect_seldom  # noqa: PLC0415 - keeps --help instant
    from harness.upgrades.export import read  # noqa: PLC0415 - the same

    collect_seldom()
    if bool(from_settings) != bool(to_settings):
        raise BadSettings("--from-settings, --to-settings: a pair needs both")
    if out:
        refuse_old("--out", *(out / name for name in KEPT), overwrite=overwrite, folder=out)
    export = read(config)
    if from_settings and to_settings:
        if old or new:
            raise BadSettings("--from, --to: the products of the settings tell their own releases")
        found = of_pair(export, from_settings, to_settings, imports=imports)
    elif imports:
        raise BadSettings("--import: is for a pair of products; fakes get the export anyway")
    else:
        found = answer(export, old, new)
    if out:
        _keep(out, found, overwrite=overwrite)
    click.echo(json.dumps(found.as_json(), indent=1) if as_json else "\n".join(_lines(found)))
    if out and not as_json:
        click.echo(line(f"report: {out / 'upgrade.html'}"))
    return REGRESSION if found.answer == "no" else 0


def _keep(out: Path, found: Verdict, *, overwrite: bool) -> None:
    from reports.upgrade_page import sheet  # noqa: PLC0415 - keeps --help instant

    told = found.as_json()
    contents = f"{json.dumps(told, indent=1)}\n".encode(), page_of(sheet(told))
    files = {out / name: content for name, content in zip(KEPT, contents, strict=True)}
    save("--out", files, overwrite=overwrite, folder=out)


def _lines(found: Verdict) -> Iterator[str]:
    for one in found.reasons:
        count = f" ({one.count:,})" if one.count else ""
        label = f"{one.label or one.grade}"
        yield line(f"{one.weight:4}  {label:11}  {one.text}{count}")
        yield from (line(f"        {short(place, 200)}") for place in one.places[:3])
        if one.source and one.weight != "note":
            yield line(f"        {one.source}")
    yield from (line(f"not measured  {one}") for one in found.unmeasured)
    yield from (line(f"doubt  {one}") for one in found.doubts)
    scenarios = sum(found.scenarios.values())
    yield line(
        f"{found.answer}: {found.old} to {found.new}, {scenarios:,} scenarios on each side, "
        f"confidence {found.confidence}"
    )
