"""A run folder while it is written: every line of evidence is with the system at once."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from harness.errors import BadSettings
from harness.evidence import FILE, RENDERED, ScenarioResult
from harness.writing import refuse_shut

if TYPE_CHECKING:
    from pathlib import Path

    from harness.evidence import Line, RunEnd, RunHeader

LARGEST_RUN = 300_000_000
"""Bytes of evidence after which exchanges are left out; verdicts are written all the same."""


class RunFolder:
    """A run folder that is being written. Every line is with the system when `write` returns."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self._file = file
        self._encode = msgspec.json.Encoder().encode

    @classmethod
    def create(cls, path: Path, header: RunHeader, *, overwrite: bool = False) -> RunFolder:
        """The folder with its header written.

        Raises BadSettings where it holds a run and `overwrite` is not set, where it holds anything
        else, and where it cannot be written; then it is as it was.
        """
        usable(path, overwrite=overwrite)
        part = path / f".{FILE}.part"
        try:
            path.mkdir(parents=True, exist_ok=True)
            folder = cls(path, _taken(part, path))
            folder.write(header)
            if not overwrite and (path / FILE).exists():  # written since it was looked for
                part.unlink()
                folder.close()
                raise BadSettings(_holds_a_run(path))
            part.replace(path / FILE)
            for name in RENDERED:
                (path / name).unlink(missing_ok=True)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise BadSettings(
                f"--out: {str(path)!r} cannot be written ({error.strerror}); name another folder"
            ) from None
        return folder

    def write(self, line: Line) -> None:
        """A line more. OSError where there is no room for it; then no part of it stays."""
        before = self._file.tell()
        encoded = self._line(line)
        if isinstance(line, ScenarioResult) and before + len(encoded) > self._room(line):
            encoded = self._line(_without_exchanges(line))
        data = memoryview(encoded)
        try:
            while data:
                data = data[self._file.write(data) :]
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._file.fileno(), before)
                self._file.seek(before)
            raise

    def end(self, end: RunEnd) -> None:
        """The last line."""
        self.write(end)

    def close(self) -> None:
        """Nothing more is written."""
        self._file.close()

    @staticmethod
    def _room(line: ScenarioResult) -> int:
        """How large the file may become with the exchanges of this scenario."""
        return LARGEST_RUN // 2 if line.verdict == "conformant" else LARGEST_RUN

    def _line(self, line: Line) -> bytes:
        try:
            return self._encode(line) + b"\n"
        except UnicodeEncodeError:  # half of a surrogate pair, out of the product's JSON
            return self._encode(_writable(msgspec.to_builtins(line))) + b"\n"


def usable(path: Path, *, overwrite: bool) -> None:
    """Refuses a path that a run must not, or cannot, be written to."""
    try:
        there = {entry.name for entry in path.iterdir()}
    except FileNotFoundError:
        refuse_shut("--out", path)
        return
    except OSError as error:
        raise BadSettings(
            f"--out: {str(path)!r} is no folder that can be used ({error.strerror}); "
            "name another one"
        ) from None
    if FILE in there and not overwrite:
        raise BadSettings(_holds_a_run(path))
    if FILE in there:
        _refuse_running(path)
    foreign = there - {FILE, f".{FILE}.part", "journal.jsonl", *RENDERED}
    if FILE not in there and foreign:
        raise BadSettings(
            f"--out: {str(path)!r} holds something else ({min(foreign)!r}); "
            "name a new folder or an empty one"
        )


def _holds_a_run(path: Path) -> str:
    return f"--out: {str(path)!r} holds a run already; name another folder, or add --overwrite"


def _taken(part: Path, path: Path) -> BinaryIO:
    """The new evidence, locked while the process that writes it lives.

    Raises BadSettings where another run begins in the same folder.
    """
    import fcntl  # noqa: PLC0415 - reading evidence needs no lock

    file = part.open("ab", buffering=0)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise BadSettings(_is_running(path)) from None
    file.truncate(0)
    return file


def _refuse_running(path: Path) -> None:
    """Raises BadSettings where the run in the folder is still being written."""
    import fcntl  # noqa: PLC0415 - reading evidence needs no lock

    with suppress(FileNotFoundError, PermissionError), (path / FILE).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadSettings(_is_running(path)) from None


def _is_running(path: Path) -> str:
    return f"--out: {str(path)!r}: another run is being written there; name another folder"


def _without_exchanges(line: ScenarioResult) -> ScenarioResult:
    failure = line.failure and msgspec.structs.replace(line.failure, exchange=None)
    left_out = line.left_out + len(line.exchanges)
    return msgspec.structs.replace(
        line, exchanges=[], timing=[], failure=failure, left_out=left_out
    )


def _writable(value: Any) -> Any:
    """The value with half surrogate pairs as \\uNNNN."""  # noqa: D301 - shows a backslash
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_writable(key): _writable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(one) for one in value]
    return value
