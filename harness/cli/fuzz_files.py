"""The files of `paconform fuzz`: a campaign to go on with, failures to judge again, and vectors."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.errors import BadSettings
from harness.reading import bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from harness.bulk import Recipe
    from harness.campaign import Campaign, Failure

MOST_BYTES = 20_000_000
"""More than the failures of any campaign: each is a line, and after a hundred it ends."""


# --- a campaign


def resume(campaign: Campaign, path: Path | None, seed: int) -> None:
    """Go on where the file says; BadSettings where it is of another campaign, or of none."""
    if path is None or not path.exists():
        return
    try:
        held = json.loads(bytes_of(path, MOST_BYTES))
        same = (held["surface"], held["seed"]) == (campaign.surface, seed)
        campaign.tally.next, campaign.tally.sent = _number(held["next"]), _number(held["sent"])
    except (ValueError, KeyError, TypeError, RecursionError, OSError):
        raise BadSettings(f"--resume: {path} is not the file of a campaign") from None
    if not same:
        raise BadSettings(
            f"--resume: {path} is of --surface {held['surface']} --seed {held['seed']}"
        )


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("no number of tokens")
    return value


def save(campaign: Campaign, path: Path | None, seed: int) -> None:
    """The file says where to go on."""
    from harness.cli.envfile import write_whole  # noqa: PLC0415 - keeps --help instant

    if path is None:
        return
    held = {"surface": campaign.surface, "seed": seed}
    held |= {"next": campaign.tally.next, "sent": campaign.tally.sent}
    write_whole(path, json.dumps(held) + "\n", mode=0o644)


# --- failures


@dataclass(frozen=True, slots=True)
class Told:
    """A failure as a file tells it: where, with which recipe, and what was wrong."""

    surface: str
    plainest: str
    recipe: Recipe
    problem: str


def failures_in(paths: Iterable[Path], surfaces: Sequence[str]) -> dict[str, list[Told]]:
    """Surface -> what failed there, each plainest recipe once, in the order of the files.

    BadSettings names the line that is no failure.
    """
    found: dict[tuple[str, str], Told] = {}
    for path in paths:
        for number, line in enumerate(_lines(path), 1):
            told = _told(line, f"--replay: {path}, line {number}", surfaces)
            found.setdefault((told.surface, told.plainest), told)
    by_surface: dict[str, list[Told]] = {}
    for told in found.values():
        by_surface.setdefault(told.surface, []).append(told)
    return by_surface


def _lines(path: Path) -> list[str]:
    try:
        text = bytes_of(path, MOST_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise BadSettings(f"--replay: {path} cannot be read: {why}; name a file of --out") from None
    return [line for line in text.splitlines() if line.strip()]


def _told(line: str, where: str, surfaces: Sequence[str]) -> Told:
    from harness.bulk import read  # noqa: PLC0415 - keeps --help instant

    try:
        held = json.loads(line)
        surface, plainest, problem = (
            held[name] + ""
            for name in ("surface", "plainest", "problem")  # text, or a TypeError
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadSettings(f"{where} is no failure that --out wrote") from None
    if surface not in surfaces:
        raise BadSettings(f"{where}: {surface[:40]!r} is no surface; there are {_few(surfaces)}")
    try:
        return Told(surface, plainest, read(plainest), problem)
    except ValueError as error:
        raise BadSettings(f"{where}: {error}") from None


def _few(surfaces: Sequence[str]) -> str:
    return ", ".join(surfaces)


# --- vectors


def vectors_with(path: Path, rows: Iterable[tuple[str, str, str]] = ()) -> str:
    """The text of the file with these behind those that are there; BadSettings where it is none."""
    from harness.counterexamples import extended  # noqa: PLC0415 - keeps --help instant

    try:
        held = json.loads(bytes_of(path, MOST_BYTES)) if path.exists() else None
        return extended(held, rows)
    except (ValueError, KeyError, TypeError, RecursionError, OSError):
        raise BadSettings(
            f"--vectors: {path} is no file of counterexamples; name one, or a new file"
        ) from None


def add_vectors(path: Path, campaign: Campaign, failures: Sequence[Failure]) -> None:
    """The failures stand in the file as counterexamples, behind those that are there."""
    from harness.cli.envfile import write_whole  # noqa: PLC0415 - keeps --help instant

    rows = [
        (f"{one.surface}: {one.problem}", one.plainest, campaign.label(one.plainest))
        for one in failures
        if one.plainest != "untouched"
    ]
    if rows:
        write_whole(path, vectors_with(path, rows), mode=0o644)
