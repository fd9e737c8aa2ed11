"""Where a fake keeps its objects: rows that are never mutated, so that a snapshot is cheap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""One stored object: plain JSON values. Never change one; put a new one in its place."""
Key: TypeAlias = int | str
Change: TypeAlias = tuple[str, Key, Row | None]
"""Table, key, and the new row; None where it was deleted."""


class Table:
    """Rows by key, in the order of their creation."""

    def __init__(self, name: str, watch: Callable[[Change], None]) -> None:
        self.name = name
        self.rows: dict[Key, Row] = {}
        self._watch = watch

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, key: Key) -> bool:
        return key in self.rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows.values())

    def get(self, key: Key) -> Row | None:
        """The row, or None."""
        return self.rows.get(key)

    def put(self, key: Key, row: Row) -> Row:
        """Store `row` as it is, new or in place of the old one; gives it back."""
        self.rows[key] = row
        self._watch((self.name, key, row))
        return row

    def delete(self, key: Key) -> Row | None:
        """Forget the row; gives the last one, or None where there was none."""
        row = self.rows.pop(key, None)
        if row is not None:
            self._watch((self.name, key, None))
        return row

    def clear(self) -> None:
        """Forget every row."""
        for key in list(self.rows):
            self.delete(key)


Snapshot: TypeAlias = Mapping[str, dict[Key, Row]]


class Store:
    """Tables by name, made when first asked for.

    `watch` hears of every change, in order: persistence hangs there.
    """

    def __init__(self, initial: Snapshot | None = None) -> None:
        self.tables: dict[str, Table] = {}
        self.watch: Callable[[Change], None] | None = None
        if initial:
            self.restore(initial)

    def table(self, name: str) -> Table:
        """The table of that name."""
        found = self.tables.get(name)
        if found is None:
            found = self.tables[name] = Table(name, self._changed)
        return found

    def snapshot(self) -> Snapshot:
        """All rows, as a value that later changes do not touch."""
        return {name: dict(table.rows) for name, table in self.tables.items()}

    def restore(self, snapshot: Snapshot) -> None:
        """Exactly the rows of `snapshot`."""
        if self.watch is None:
            for table in self.tables.values():
                table.rows = {}
            for name, rows in snapshot.items():
                self.table(name).rows = dict(rows)
            return
        for table in self.tables.values():
            table.clear()
        for name, rows in snapshot.items():
            for key, row in rows.items():
                self.table(name).put(key, row)

    def _changed(self, change: Change) -> None:
        if self.watch is not None:
            self.watch(change)
