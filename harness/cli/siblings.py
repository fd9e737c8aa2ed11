"""What lies beside a run folder and belongs to it: earlier runs of the same, and defects.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from harness.evidence import FILE, RunEnd, RunHeader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_LOOKED_AT = 500
"""Folders whose first line is read, those written last."""

MOST_COLUMNS = 6
"""Earlier runs that are shown: the latest of each release."""

LARGEST = 200_000_000
"""Bytes of an earlier run's evidence; a larger one is left alone."""

DEFECTS = "defects.json"


def earlier(folder: Path) -> list[Path]:
    """Earlier runs of the same label and target, the latest first: of each release the last one.

    A run that came to its end goes before one of the same release that was stopped.
    """
    own = header_of(folder / FILE)
    if own is None:
        return []
    found = [
        (header, _whole(path / FILE), path)
        for path in beside(folder)
        if (header := header_of(path / FILE)) is not None and _alike(header, own)
    ]
    found.sort(key=lambda one: (one[1], one[0].started), reverse=True)
    latest: dict[str | None, tuple[str, Path]] = {}
    for header, _, path in found:
        latest.setdefault(header.release, (header.started, path))
    return [path for _, path in sorted(latest.values(), reverse=True)][:MOST_COLUMNS]


def power(folder: Path) -> Path | None:
    """The defects.json of this run folder, or the latest one in a folder beside it."""
    if (folder / DEFECTS).is_file():
        return folder / DEFECTS
    there = [path / DEFECTS for path in beside(folder) if (path / DEFECTS).is_file()]
    return there[0] if there else None


def beside(folder: Path) -> Iterator[Path]:
    """Folders beside this one, those written last first; links are other names of them."""
    own = folder.resolve()
    try:
        there = [
            (path.stat().st_mtime_ns, path.name, path)
            for path in own.parent.iterdir()
            if path != own and path.is_dir() and not path.is_symlink()
        ]
    except OSError:
        return
    yield from (path for *_, path in sorted(there, reverse=True)[:MOST_LOOKED_AT])


def _alike(header: RunHeader, own: RunHeader) -> bool:
    return (
        header.started < own.started
        and (header.label, header.target) == (own.label, own.target)
        and header.fakes == own.fakes
    )


def header_of(file: Path) -> RunHeader | None:
    """The first line of a run's evidence; None where that is not one."""
    try:
        if file.stat().st_size > LARGEST:
            return None
        with file.open("rb") as stream:
            return msgspec.json.decode(stream.readline(1_000_000), type=RunHeader)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _whole(file: Path) -> bool:
    """Whether the run came to its end."""
    end = end_of(file)
    return end is not None and not end.interrupted


def end_of(file: Path) -> RunEnd | None:
    """The last line of a run's evidence; None where it has none, as that of a run that stopped."""
    try:
        with file.open("rb") as stream:
            stream.seek(0, 2)
            stream.seek(max(0, stream.tell() - 100_000))
            last = stream.read().rstrip(b"\n").rpartition(b"\n")[2]
        return msgspec.json.decode(last, type=RunEnd)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
