"""What a live run made and has not yet removed, on disk, for the case that it is killed.

One line of JSON for each object made and for each removed, flushed before anything else happens.
Only ids and names are written: no secret ever reaches the file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from harness.errors import BadSettings
from harness.product.made import DELETERS, Keeper, Made, keys_fit
from harness.recorder import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from harness.product.session import Session


class Journal:
    """The journal of one run; the file appears with the first object."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: TextIO | None = None

    def made(self, made: Made) -> None:
        """The object is on the product."""
        self._write("made", made)

    def removed(self, made: Made) -> None:
        """The object is gone again."""
        self._write("removed", made)

    def close(self) -> None:
        """The file is closed; the next line opens it again."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, act: str, made: Made) -> None:
        if self._file is None:
            self._file = self.path.open("a", encoding="utf-8")
        row = {"act": act, "kind": made.kind, "keys": made.keys, "name": made.name}
        self._file.write(json.dumps(row) + "\n")
        self._file.flush()


def left(path: Path) -> list[Made]:
    """The objects that were made and not removed, oldest first.

    A last line that was cut off is passed over: its object was never acknowledged.
    """
    found: dict[Made, None] = {}
    for row in _rows(path):
        made = Made(row["kind"], tuple(row["keys"]), row["name"])
        if row["act"] == "made":
            found[made] = None
        else:
            found.pop(made, None)
    return list(found)


def clean_up(session: Session, path: Path) -> list[str]:
    """What of a killed run could not be removed, each as a sentence; the rest is gone."""
    journal = Journal(path)
    keeper = Keeper(active=True, journal=journal)
    for made in left(path):
        keeper.adopt(made)
    try:
        return keeper.remove(session.scenario(Record("clean-up")).deleter)
    finally:
        journal.close()


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: the journal cannot be read ({error})") from None
    for number, line in enumerate(lines, 1):
        row = _row(line)
        if row is not None:
            yield row
        elif line.endswith("\n"):
            raise BadSettings(f"{path}, line {number}: not a line of a journal: {line[:80]!r}")


def _row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    right = (
        isinstance(row, dict)
        and row.get("act") in ("made", "removed")
        and isinstance(row.get("kind"), str)
        and row["kind"] in DELETERS
        and isinstance(row.get("keys"), list)
        and keys_fit(row["kind"], row["keys"])
        and isinstance(row.get("name"), str)
    )
    return row if right else None
