"""Both fakes' state in one SQLite file: what was answered is there after a `kill -9`.

One request is one transaction, committed before its answer goes out: all that it changed is in the
file, or nothing. That holds when the process is killed at any moment; that it holds when the
machine loses power is not promised (`synchronous` is NORMAL).

Forgotten with the process, on purpose: ledgers, faults and snapshots of the control door and its
token; what a connection last saw of PingOne (it is asked again); and where PingOne's correlation
ids stood: each start has a stream of its own, so that none comes twice.

The file holds secrets of the fakes, so it is for its owner's eyes only.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from fakes.message import Response, encode
from fakes.state_opening import BESIDES, StateFileUnusable, claimed, damaged, opened, unusable
from fakes.state_text import read, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fakes.message import Core, Request
    from fakes.store import Change, Key, Row, Snapshot, Store

_BESIDE = ""
"""The table, in a house, of what it keeps beside its rows."""
_PUT = """INSERT INTO rows (house, tbl, key, row) VALUES (?, ?, ?, ?)
  ON CONFLICT (house, tbl, key) DO UPDATE SET row = excluded.row"""
_DELETE = "DELETE FROM rows WHERE house = ? AND tbl = ? AND key = ?"
_READ = "SELECT tbl, key, row FROM rows WHERE house = ? ORDER BY seq"


class NotKept(OSError):  # noqa: N818 - what became of the request, not a fault of ours
    """What a request changed could not be written; the file is as it was before."""


class Part(Protocol):
    """A part of a pair that has something to keep: its rows, and plain values beside them."""

    store: Store

    def beside(self) -> dict[str, Any]:
        """What is kept beside the rows, as a value that later changes do not touch."""

    def bring_back(self, rows: Snapshot, beside: Mapping[str, Any]) -> None:
        """Exactly these rows, and what was beside them; nothing else is remembered."""


class About(NamedTuple):
    """What a file is of: its objects make sense with this seed and release, at these ports."""

    seed: int
    release: str
    ports: Mapping[str, int]


class House:
    """One part with what it has not yet kept; used by one thread at a time."""

    def __init__(self, name: str, part: Part) -> None:
        self.name = name
        self.part = part
        self.behind = False  # memory and file differ: the file is right
        self._changes: list[Change] = []
        self._beside: dict[str, Any] = {}

    def begin(self, rows: dict[str, dict[Key, Row]] | None) -> None:
        """As the file has it, or with everything still to be kept where it has nothing."""
        store, changes = self.part.store, self._changes
        store.watch = None
        changes.clear()
        self._beside = {}
        if rows is None:
            for name, table in store.snapshot().items():
                changes.extend((name, key, row) for key, row in table.items())
        else:
            self._beside = {str(name): row["value"] for name, row in rows.pop(_BESIDE, {}).items()}
            self.part.bring_back(rows, self._beside)
        store.watch = changes.append
        self.behind = False

    def due(self) -> list[Change]:
        """What the file does not have yet, in order."""
        now = self.part.beside()
        if now != self._beside:
            for name, value in now.items():
                if name not in self._beside or self._beside[name] != value:
                    self._changes.append((_BESIDE, name, {"value": value}))
            self._beside = now
        return self._changes

    def settle(self) -> None:
        """The file has everything."""
        self._changes.clear()


class StateFile:
    """A file that is ours alone until it is closed.

    `about` is None where the file is new. Raises StateFileUnusable.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._made = claimed(path)
        try:
            self._db = opened(path)
        except (sqlite3.Error, StateFileUnusable) as error:
            self._remove_if_made()
            raise (
                error if isinstance(error, StateFileUnusable) else unusable(path, error)
            ) from None
        try:
            self.about = _about(self._rows("").get("about", {}).get("about"))
        except Exception as error:  # noqa: BLE001 - whatever stands there that we did not write
            self.close()
            raise damaged(path, error) from None

    def attach(self, about: About, *houses: House) -> None:
        """From here on the houses are as the file has them, and keep in it what they change."""
        try:
            for house in houses:
                house.begin(self._rows(house.name) if self.about else None)
        except Exception as error:  # noqa: BLE001 - whatever stands there that we did not write
            raise damaged(self.path, error) from None
        try:
            self._commit(houses, [("", "about", "about", about._asdict())])
        except NotKept as error:
            raise StateFileUnusable(str(error)) from None
        self.about, self._made = about, False

    @contextmanager
    def kept(self, *houses: House) -> Iterator[None]:
        """What happens inside is in the file as a whole when this ends, or has not happened.

        Raises NotKept where it could not be written.
        """
        try:
            for house in houses:
                if house.behind:
                    self._catch_up(house)
            yield
            self._commit(houses)
        except BaseException:
            for house in houses:
                house.behind = True
            raise

    def close(self) -> None:
        """The file is free for others; one that nothing came into is gone."""
        with suppress(sqlite3.Error):
            self._db.close()
        self._remove_if_made()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _catch_up(self, house: House) -> None:
        try:
            house.begin(self._rows(house.name))
        except sqlite3.Error as error:
            raise self._not_kept(error) from None

    def _rows(self, house: str) -> dict[str, dict[Key, Row]]:
        tables: dict[str, dict[Key, Row]] = {}
        with self._lock:
            for table, key, row in self._db.execute(_READ, (house,)):
                tables.setdefault(table, {})[read(key)] = _row(read(row))
        return tables

    def _commit(
        self, houses: tuple[House, ...], more: list[tuple[str, str, Key, Row]] | None = None
    ) -> None:
        """All changes of the houses, in one transaction."""
        changes = [(house.name, *change) for house in houses for change in house.due()]
        if changes or more:
            try:
                self._write([*changes, *(more or ())])
            except (sqlite3.Error, RecursionError, TypeError, ValueError) as error:
                raise self._not_kept(error) from None
        for house in houses:
            house.settle()

    def _write(self, changes: list[tuple[str, str, Key, Row | None]]) -> None:
        with self._lock:
            run = self._db.execute
            run("BEGIN IMMEDIATE")
            try:
                for house, table, key, row in changes:
                    where = (house, table, written(key))
                    run(_DELETE, where) if row is None else run(_PUT, (*where, written(row)))
                run("COMMIT")
            finally:
                if self._db.in_transaction:
                    run("ROLLBACK")

    def _not_kept(self, error: Exception) -> NotKept:
        return NotKept(f"{self.path}: the change was not kept: {error}")

    def _remove_if_made(self) -> None:
        if self._made:
            for suffix in ("", *BESIDES):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)


class Kept:
    """A core whose answers go out when what they changed is in the file.

    Where that cannot be, the answer is 507 (RFC 4918 section 11.5), which no product gives, and
    nothing has changed; a line in the log says so too.
    """

    def __init__(self, core: Core, file: StateFile, house: House) -> None:
        self._core = core
        self._file = file
        self._house = house

    def handle(self, request: Request) -> Response:
        """The inner core's answer."""
        try:
            with self._file.kept(self._house):
                return self._core.handle(request)
        except NotKept as error:
            logging.getLogger(__name__).error("%s", error)  # noqa: TRY400 - the line says it all
            headers = (("content-type", "application/json"),)
            return Response(507, headers, encode({"error": str(error)}))


def _row(value: Any) -> Row:
    if not isinstance(value, dict):
        raise ValueError("a row that is not an object")  # noqa: TRY004 - of a file, not an argument
    return value


def _about(row: Row | None) -> About | None:
    """What the file says that it is of; raises where that is not as we write it."""
    if row is None:
        return None
    about = About(row["seed"], row["release"], row["ports"])
    if not (isinstance(about.seed, int) and isinstance(about.release, str)):
        raise ValueError("seed or release of another type")  # noqa: TRY004 - of a file
    return About(about.seed, about.release, {name: int(at) for name, at in about.ports.items()})
