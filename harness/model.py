"""A small model of a configuration: what has which name, and what refers to what.

It is written from the documented operations and from nothing else, so that a product can be held
against it step by step: names are unique within a kind, a reference leads to something that is
there, what is referred to stays, and an import brings back what was exported.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Key: TypeAlias = "int | str"
Refs: TypeAlias = "Mapping[str, tuple[Key, ...]]"
"""The ids that an object holds, by member."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The member by which objects of the kind `using` refer to objects of the kind `used`."""

    using: str
    member: str
    used: str


@dataclass(frozen=True, slots=True)
class Row:
    """One object: its name, and the ids that it holds."""

    name: str
    refs: Refs = field(default_factory=dict)


@dataclass(slots=True)
class Model:
    """The configuration as it has to be; rows are never changed, so a copy of the maps is a state.

    `faults` and `users` say what would be refused; the other operations are told what was done.
    """

    edges: tuple[Edge, ...]
    kinds: Mapping[str, dict[Key, Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, kinds: Iterable[str], edges: Iterable[Edge]) -> Model:
        """An empty configuration of these kinds."""
        return cls(tuple(edges), {kind: {} for kind in kinds})

    def edges_of(self, kind: str) -> list[Edge]:
        """By what members objects of this kind refer to others."""
        return [edge for edge in self.edges if edge.using == kind]

    def faults(self, kind: str, name: str, refs: Refs, *, but: Key | None = None) -> set[str]:
        """What a save would be refused for: `name`, and members that lead nowhere.

        `but` is the id of the object that is written over, whose name is its own.
        """
        taken = {row.name for key, row in self.kinds[kind].items() if key != but}
        wrong = {"name"} if name in taken else set()
        for edge in self.edges_of(kind):
            if not set(refs.get(edge.member, ())) <= self.kinds[edge.used].keys():
                wrong.add(edge.member)
        return wrong

    def users(self, kind: str, key: Key) -> list[tuple[str, Key]]:
        """What refers to an object, as kind and id: nothing else keeps it from being deleted."""
        return [
            (edge.using, other)
            for edge in self.edges
            if edge.used == kind
            for other, row in self.kinds[edge.using].items()
            if key in row.refs.get(edge.member, ())
        ]

    def stored(self, kind: str, shown: Mapping[str, Any], member: str) -> Row:
        """The object is there as it is shown, in the place of the one that had its id."""
        row = Row(str(shown[member]), self.refs(kind, shown))
        self.kinds[kind][shown["id"]] = row
        return row

    def deleted(self, kind: str, key: Key) -> None:
        """The object is gone."""
        del self.kinds[kind][key]

    def refs(self, kind: str, shown: Mapping[str, Any]) -> Refs:
        """The ids that an object shows; 0 and null are none (admin API 7.3, zero if none)."""
        found = {}
        for edge in self.edges_of(kind):
            held = shown.get(edge.member)
            keys = tuple(held) if isinstance(held, list) else (held,)
            if named := tuple(key for key in keys if key):
                found[edge.member] = named
        return found

    def state(self) -> Mapping[str, Mapping[Key, Row]]:
        """What is there now; it stays what it is when the model goes on."""
        return {kind: dict(rows) for kind, rows in self.kinds.items()}

    def restore(self, state: Mapping[str, Mapping[Key, Row]]) -> None:
        """What is there is what was there then, and nothing else."""
        self.kinds = {kind: dict(rows) for kind, rows in state.items()}
