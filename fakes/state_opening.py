"""How a state file is opened: ours, whole, of a version that is known, and free; or not at all."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 2
"""Of the tables below and the rows in them; a file of another one is refused."""
APPLICATION_ID = 0x70636F6E
"""What tells our files from others (SQLite file format, section 1.3, offset 68): "pcon"."""
BESIDES = ("-wal", "-journal")
"""What SQLite puts after the name of a file for the files beside it."""
_HEADER = b"SQLite format 3\0"
_SCHEMA = f"""
BEGIN EXCLUSIVE;
CREATE TABLE rows (
  seq INTEGER PRIMARY KEY, house TEXT NOT NULL, tbl TEXT NOT NULL, key TEXT NOT NULL,
  row TEXT NOT NULL, UNIQUE (house, tbl, key));
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
COMMIT;
"""


class StateFileUnusable(ValueError):  # noqa: N818 - the state of the file, not a fault of ours
    """The file cannot be used, and was not changed; the text names it and the way out."""


def claimed(path: Path) -> bool:
    """Whether the file was made now, for its owner's eyes only; else it is empty, or ours."""
    try:
        if not path.exists():
            _refuse_orphans(path)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        _refuse_foreign(path)
        return False
    except OSError as error:
        raise unusable(path, error.strerror) from None
    return True


def opened(path: Path) -> sqlite3.Connection:
    """The database, whole and locked for others. Raises StateFileUnusable and sqlite3.Error."""
    db = sqlite3.connect(path.absolute(), timeout=1, isolation_level=None, check_same_thread=False)
    try:
        _lock(db)
        _refuse_unreadable(path, db)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN IMMEDIATE")  # shows now what cannot be written
        db.execute("COMMIT")
    except BaseException:
        db.close()
        raise
    return db


def unusable(path: Path, why: object) -> StateFileUnusable:
    """The refusal of a file, for a reason in words or of SQLite."""
    if isinstance(why, sqlite3.Error) and "locked" in str(why):
        why = "another `paconform serve` has it"
    return StateFileUnusable(f"--state: {path}: {why}; name another file")


def damaged(path: Path, error: Exception | str) -> StateFileUnusable:
    """The refusal of a file with what we never write; what an error says may be secret."""
    return unusable(
        path, f"is damaged ({error if isinstance(error, str) else type(error).__name__})"
    )


def _refuse_orphans(path: Path) -> None:
    """SQLite would take what lies beside a new file for that file's, and remove it."""
    for suffix in BESIDES:
        if path.with_name(path.name + suffix).exists():
            raise unusable(path, f"is not there, but {path.name}{suffix} is, and is left as it is")


def _refuse_foreign(path: Path) -> None:
    """Before SQLite opens a file: opening may already change one that others left in use."""
    if not path.is_file():
        raise unusable(path, "is not a file")
    if not os.access(path, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise unusable(path, "may not be read and written")
    with path.open("rb") as file:
        head = file.read(100)
    mine = head.startswith(_HEADER) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")
    if head and not mine:
        raise unusable(path, "is not a state file of paconform, and is left as it is")


def _lock(db: sqlite3.Connection) -> None:
    """Ours alone, from the first reading on; a new one has its tables."""
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("PRAGMA synchronous = NORMAL")
    if db.execute("PRAGMA page_count").fetchone()[0] == 0:
        db.executescript(_SCHEMA)


def _refuse_unreadable(path: Path, db: sqlite3.Connection) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        raise unusable(path, f"has version {version}; this paconform reads and writes {VERSION}")
    if (found := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise damaged(path, " ".join(found.split()))
