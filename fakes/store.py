"""Where a fake keeps its objects: rows that are never mutated, so that a snapshot is cheap."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""One stored object: plain JSON values. Never change one; put a new one in its place."""
Key: TypeAlias = int | str
Change: TypeAlias = tuple[str, Key, Row | None]
"""Table, key, and the new row; None where it was deleted."""


Name: TypeAlias = Callable[[Row], Hashable]
"""What rows are looked up by, such as their name: None for none, a frozenset for several."""
Index: TypeAlias = dict[Hashable, Key | dict[Key, None]]
"""The key of the row that is found by a value; of several, their keys in order."""


class Watch:
    """Who hears of every change, if anybody does."""

    __slots__ = ("hear",)

    def __init__(self) -> None:
        self.hear: Callable[[Change], None] | None = None


class Table:
    """Rows by key, in the order of their creation.

    What is looked up by is indexed from the first question on, so that neither a name nor a page
    takes longer in a large table. `revision` grows with every change: what was worked out of the
    rows is good while it stays.
    """

    __slots__ = ("_asked", "_highest", "_indexes", "_order", "_watch", "name", "revision", "rows")

    def __init__(self, name: str, watch: Watch) -> None:
        self.name = name
        self.rows: dict[Key, Row] = {}
        self.revision = 0
        self._watch = watch
        self._asked = False  # for any of the following, which is to be kept right from then on
        self._indexes: dict[Name, Index] = {}
        self._order: list[Key] | None = None
        self._highest: int | None = None

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
        old = self.rows.get(key)
        self.rows[key] = row
        self.revision += 1
        if self._asked:
            self._follow(key, old, row)
        if self._watch.hear is not None:
            self._watch.hear((self.name, key, row))
        return row

    def delete(self, key: Key) -> Row | None:
        """Forget the row; gives the last one, or None where there was none."""
        row = self.rows.pop(key, None)
        if row is not None:
            self.revision += 1
            for name, index in self._indexes.items():
                _move(index, key, name(row), None)
            self._order = None
            if self._watch.hear is not None:
                self._watch.hear((self.name, key, None))
        return row

    def clear(self) -> None:
        """Forget every row."""
        for key in list(self.rows):
            self.delete(key)

    def load(self, rows: Mapping[Key, Row]) -> None:
        """Exactly these rows, told to nobody."""
        self.rows = dict(rows)
        self.revision += 1
        self._asked = False
        self._indexes = {}
        self._order = self._highest = None

    def named(self, name: Name, value: Hashable) -> list[Row]:
        """The rows of which `name` is that value; `name` is asked about each row once."""
        index = self._indexes.get(name)
        if index is None:
            self._asked = True
            index = self._indexes[name] = {}
            for key, row in self.rows.items():
                _move(index, key, None, name(row))
        keys = index.get(value, ())
        return [self.rows[key] for key in (keys if isinstance(keys, dict | tuple) else (keys,))]

    def part(self, start: int, stop: int) -> list[Row]:
        """The rows from one place to another, in the order of their creation."""
        if self._order is None:
            self._asked = True
            self._order = list(self.rows)
        return [self.rows[key] for key in self._order[start:stop]]

    def highest(self) -> int:
        """The highest number that any row had for its key since the rows were loaded."""
        if self._highest is None:
            self._asked = True
            self._highest = max((key for key in self.rows if isinstance(key, int)), default=0)
        return self._highest

    @property
    def remembered(self) -> int | None:
        """What `highest` goes on from; None where it has not been asked."""
        return self._highest

    @remembered.setter
    def remembered(self, highest: int) -> None:
        self._asked = True
        self._highest = highest

    def _follow(self, key: Key, old: Row | None, row: Row) -> None:
        """What was asked for stays right when the row is put there."""
        for name, index in self._indexes.items():
            _move(index, key, None if old is None else name(old), name(row))
        if old is None and self._order is not None:
            self._order.append(key)
        if self._highest is not None and isinstance(key, int):
            self._highest = max(self._highest, key)


def _move(index: Index, key: Key, old: Hashable, new: Hashable) -> None:
    """The row of that key was found by `old` and is found by `new`; None is not looked up."""
    if old == new:
        return
    if isinstance(old, frozenset) or isinstance(new, frozenset):
        before, after = _several(old), _several(new)
        for one in before - after:
            _move(index, key, one, None)
        for one in after - before:
            _move(index, key, None, one)
        return
    if old is not None:
        _forget(index, key, old)
    if new is not None:
        keys = index.setdefault(new, key)
        if isinstance(keys, dict):
            keys[key] = None
        elif keys != key:
            index[new] = {keys: None, key: None}


def _forget(index: Index, key: Key, old: Hashable) -> None:
    keys = index.get(old)
    if isinstance(keys, dict):
        keys.pop(key, None)
    elif keys == key:
        del index[old]


def _several(value: Hashable) -> frozenset[Hashable]:
    if isinstance(value, frozenset):
        return value
    return frozenset() if value is None else frozenset({value})


Snapshot: TypeAlias = Mapping[str, dict[Key, Row]]


class _Tables(dict[str, Table]):
    """Tables by name, made when first asked for."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def __missing__(self, name: str) -> Table:
        found = self[name] = Table(name, self._watch)
        return found


class Store:
    """Tables: `table` gives the one of a name."""

    def __init__(self, initial: Snapshot | None = None) -> None:
        self._watch = Watch()
        self.tables = _Tables(self._watch)
        self.table = self.tables.__getitem__
        if initial:
            self.restore(initial)

    @property
    def watch(self) -> Callable[[Change], None] | None:
        """Who hears of every change, in order: persistence hangs there."""
        return self._watch.hear

    @watch.setter
    def watch(self, hear: Callable[[Change], None] | None) -> None:
        self._watch.hear = hear

    def snapshot(self) -> Snapshot:
        """All rows, as a value that later changes do not touch."""
        return {name: dict(table.rows) for name, table in self.tables.items()}

    def restore(self, snapshot: Snapshot) -> None:
        """Exactly the rows of `snapshot`."""
        hear = self._watch.hear
        before = self.snapshot() if hear is not None else {}
        for table in self.tables.values():
            table.load({})
        for name, rows in snapshot.items():
            self.table(name).load(rows)
        if hear is not None:
            for name in self.tables:
                for change in _changes(name, before.get(name, {}), self.tables[name].rows):
                    hear(change)


def _changes(name: str, old: Mapping[Key, Row], new: Mapping[Key, Row]) -> list[Change]:
    """What makes a table with the old rows one with the new rows, in their order."""
    if list(old) == list(new) and all(new[key] is row for key, row in old.items()):
        return []
    return [*((name, key, None) for key in old), *((name, key, row) for key, row in new.items())]
