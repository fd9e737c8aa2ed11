"""What `upgrade-check` and `can-i-upgrade` share: the question, and its answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.errors import BadSettings, HarnessError

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.upgrades.check import Question, Verdict
    from harness.upgrades.export import Export

REGRESSION = 4
FILE = click.Path(path_type=Path)


def release(text: str | None, flag: str) -> str | None:
    """The release as it is compared; BadSettings where it is none."""
    from harness.upgrades import version_of  # noqa: PLC0415 - keeps --help instant

    try:
        return ".".join(map(str, version_of(text))) if text else None
    except HarnessError as error:
        raise BadSettings(f"{flag}: {error}") from None


def answer(export: Export, old: str | None, new: str | None) -> Verdict:
    """The answer on fakes of both releases; `old` unset is the release that wrote the export."""
    from harness.cli.upgrade_sides import of_fake  # noqa: PLC0415 - keeps --help instant
    from harness.upgrades.check import verdict  # noqa: PLC0415 - the same

    asked, before = _question(export, old, new)
    sides = [of_fake(one, export.archive) for one in dict.fromkeys((before, asked.new))]
    return cleaned(verdict(asked, sides[0], sides[-1]), export)


def of_the_way(old: str, new: str | None) -> Verdict:
    """The answer about the way alone, without any configuration."""
    from harness.upgrades.check import verdict  # noqa: PLC0415 - keeps --help instant
    from harness.upgrades.export import Export  # noqa: PLC0415 - the same
    from harness.upgrades.sides import Side  # noqa: PLC0415 - the same

    start = release(old, "--from") or old
    asked, _ = _question(Export(start, {"data": {}}), start, new)
    return verdict(asked, Side(start), Side(asked.new))


def _question(export: Export, old: str | None, new: str | None) -> tuple[Question, str]:
    """What is asked, and the release of the fake that is, or stands in for, the old one."""
    from harness.cli.upgrade_sides import known_releases  # noqa: PLC0415 - keeps --help instant
    from harness.upgrades.check import Question  # noqa: PLC0415 - the same

    known = known_releases()
    new = release(new, "--to") or known[-1]
    if new not in known:
        raise BadSettings(f"--to: {new!r} is not one of {', '.join(known)}")
    old = release(old, "--from") or export.version
    before = _nearest(old, known)
    exact = ".".join(old.split(".")[:2]) == before
    return Question(export, old, new, known, "" if exact else before), before


def of_pair(export: Export, old: Path, new: Path, *, imports: bool) -> Verdict:
    """The answer on the products of two settings files."""
    from harness.cli.upgrade_sides import known_releases, of_live  # noqa: PLC0415 - --help
    from harness.upgrades.check import Question, verdict  # noqa: PLC0415 - the same

    before, first = of_live(old, export.archive, imports=imports)
    after, second = of_live(new, export.archive, imports=imports)
    asked = Question(export, first, second, known_releases(), live=True)
    return cleaned(verdict(asked, before, after), export)


def cleaned(found: Verdict, export: Export) -> Verdict:
    """The answer without anything that is secret in the export."""
    from harness.redaction import Redactor  # noqa: PLC0415 - keeps --help instant

    found.clean(Redactor(export.secrets()))
    return found


def _nearest(old: str, known: tuple[str, ...]) -> str:
    """The newest known release that is not newer; the oldest where all are."""
    from harness.upgrades import version_of  # noqa: PLC0415 - keeps --help instant

    not_newer = [one for one in known if version_of(one) <= version_of(old)[:2]]
    return not_newer[-1] if not_newer else known[0]


def for_release(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say from where to where."""
    flags = (
        click.option("--to", "new", metavar="RELEASE", help="Release to go to; else the newest."),
        click.option(
            "--from", "old", metavar="RELEASE", help="Release to come from; else the export's."
        ),
    )
    for flag in flags:
        function = flag(function)
    return function
