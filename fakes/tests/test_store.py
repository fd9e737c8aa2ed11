"""A table answers from its indexes what a look at every row would answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from fakes.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from fakes.store import Change, Row, Snapshot

KEYS = strategies.sampled_from([1, 2, 3, 4, 5, "a", "b"])
NAMES = strategies.sampled_from([None, "x", "y", "z", "xy", "yz"])


def name_of(row: Row) -> Hashable:
    name: Hashable = row["name"]
    return name


def letters_of(row: Row) -> Hashable:
    return frozenset(row["name"] or "") if row["name"] != "z" else "z"


class Tables(RuleBasedStateMachine):
    """Writes to one table, beside a dict that does the same slowly."""

    def __init__(self) -> None:
        super().__init__()
        self.store = Store({"rows": {1: {"name": "x"}}})
        self.table = self.store.table("rows")
        self.rows: dict[int | str, Row] = {1: {"name": "x"}}
        self.kept: Snapshot = self.store.snapshot()
        self.highest = 1

    @rule(key=KEYS, name=NAMES)
    def put(self, key: int | str, name: str | None) -> None:
        """Store a row."""
        self.table.put(key, {"name": name})
        self.rows[key] = {"name": name}
        self.highest = max(self.highest, key if isinstance(key, int) else 0)

    @rule(key=KEYS)
    def delete(self, key: int | str) -> None:
        """Forget one."""
        assert self.table.delete(key) == self.rows.pop(key, None)

    @rule()
    def keep(self) -> None:
        """Remember all of now."""
        self.kept = self.store.snapshot()

    @rule()
    def go_back(self) -> None:
        """Everything as it was then."""
        self.store.restore(self.kept)
        self.rows = dict(self.kept["rows"])
        self.highest = max((key for key in self.rows if isinstance(key, int)), default=0)

    @rule(start=strategies.integers(0, 4), size=strategies.integers(0, 4))
    def a_part_is_a_slice(self, start: int, size: int) -> None:
        """A page is what a list of all would give."""
        assert (
            self.table.part(start, start + size) == list(self.rows.values())[start : start + size]
        )

    @rule(name=NAMES.filter(bool))
    def a_name_finds_its_rows(self, name: str) -> None:
        """No more and no fewer."""
        found = self.table.named(name_of, name)
        assert sorted(map(id, found)) == sorted(
            id(row) for row in self.table if row["name"] == name
        )

    @rule(letter=strategies.sampled_from("xyz"))
    def one_of_several_finds_its_rows(self, letter: str) -> None:
        """A row that is found by several values is found by each."""
        found = self.table.named(letters_of, letter)
        assert sorted(map(id, found)) == sorted(
            id(row) for row in self.table if letter in (row["name"] or "")
        )

    @rule()
    def no_number_was_higher(self) -> None:
        """Asked only now and then: what is counted begins with the first question."""
        assert self.table.highest() <= self.highest
        assert self.table.highest() >= max(
            (key for key in self.rows if isinstance(key, int)), default=0
        )

    @invariant()
    def the_rows_are_the_same(self) -> None:
        """In the order of their creation."""
        assert list(self.table) == list(self.rows.values())


TestTables = Tables.TestCase
TestTables.settings = settings(max_examples=60, stateful_step_count=30)


def test_the_revision_grows_with_every_change_of_rows() -> None:
    store = Store({"rows": {1: {"name": "x"}}})
    table, revisions = store.table("rows"), []
    kept = store.snapshot()
    changes: list[Callable[[], object]] = [
        lambda: table.put(1, {"name": "y"}),
        lambda: table.put(2, {"name": "y"}),
        lambda: table.delete(2),
        lambda: store.restore(kept),
    ]
    for change in changes:
        revisions.append(table.revision)
        change()
        table.get(1)
        table.delete(7)
    assert [*revisions, table.revision] == sorted({*revisions, table.revision})


def test_whoever_watches_hears_of_every_change() -> None:
    heard: list[Change] = []
    store = Store({"rows": {1: {"name": "x"}}})
    store.watch = heard.append
    kept = store.snapshot()
    store.table("rows").put(2, {"name": "y"})
    store.table("rows").delete(1)
    store.table("rows").delete(1)
    assert heard == [("rows", 2, {"name": "y"}), ("rows", 1, None)]
    store.restore(kept)
    assert heard[2:] == [("rows", 2, None), ("rows", 1, {"name": "x"})]
