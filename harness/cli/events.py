"""What happens in a run, while it happens: a line of JSON each, for a program that watches."""

from __future__ import annotations

import json
import os
import stat
from errno import EISDIR
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from harness.errors import BadSettings

if TYPE_CHECKING:
    from harness.evidence import RunEnd, RunHeader, ScenarioResult


class Events:
    """Lines in a file or on a pipe, each with the system when it is written.

    Whoever reads may go away, and a disk may be full: that is told once, and the run goes on.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file: BinaryIO | None = file
        self._number = 0

    def begun(self, header: RunHeader, folder: Path | None) -> None:
        """The run begins: what is judged, and how many scenarios there will be."""
        self._write(
            "run",
            run_id=header.run_id,
            started=header.started,
            target=header.target,
            release=header.release,
            seed=header.seed,
            label=header.label,
            scenarios=header.options.get("scenarios"),
            folder=str(folder) if folder else None,
        )

    def ended(self, result: ScenarioResult) -> None:
        """A scenario has ended."""
        self._number += 1
        self._write(
            "scenario",
            number=self._number,
            id=result.id,
            verdict=result.verdict,
            requirements=result.requirements,
            duration_ms=result.duration_ms,
            reason=result.reason,
            broken=result.failure.requirement if result.failure else None,
        )

    def over(self, end: RunEnd) -> None:
        """The run has ended; its folder is whole."""
        self._write("end", ended=end.ended, counts=end.counts, interrupted=end.interrupted)

    def close(self) -> None:
        """Nothing more is written."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, event: str, **members: Any) -> None:
        if self._file is None:
            return
        line = json.dumps({"event": event, **members}).encode("ascii") + b"\n"
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            click.echo(f"paconform: --events: {error.strerror}; no more are written", err=True)
            self.close()


def to_file(name: str, *, overwrite: bool) -> Events:
    """Events into a new file, or a pipe that is there; BadSettings where that is impossible."""
    if name == "-":
        raise BadSettings(
            "--events: - is for `paconform run`, which keeps its standard output free of other "
            "lines; name a file"
        )
    usable(name, overwrite=overwrite)
    try:
        return Events(Path(name).open("wb", buffering=0))
    except OSError as error:
        raise _unusable(name, error) from None


def usable(name: str, *, overwrite: bool) -> None:
    """Refuses, with BadSettings, a file that holds something, and one that there cannot be."""
    path = Path(name)
    try:
        path.parent.stat()
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        held = not overwrite and _holds_something(path)
    except (OSError, ValueError) as error:
        raise _unusable(name, error) from None
    if held:
        raise BadSettings(
            f"--events: {name!r} holds something already; name another file, or add --overwrite"
        )


def _unusable(name: str, error: Exception) -> BadSettings:
    reason = getattr(error, "strerror", None) or error
    return BadSettings(f"--events: {name!r} cannot be written ({reason}); name another file")


def on_standard_output() -> Events:
    """Events alone on standard output: whatever else is printed goes to standard error."""
    events = Events(os.fdopen(os.dup(1), "wb", buffering=0))
    os.dup2(2, 1)
    return events


def _holds_something(path: Path) -> bool:
    if not path.exists():
        return False
    told = path.stat()
    return stat.S_ISREG(told.st_mode) and told.st_size > 0
