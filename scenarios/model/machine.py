"""A state machine that changes a product and its model alike, and compares the two.

Hypothesis chooses the steps; with the profile `deep` a failure shrinks to the fewest that show it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from harness import recorder
from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_that,
)
from harness.model import Edge, Key, Model, Refs, Row
from scenarios.collection import UNKNOWN_NUMBER, expect_absent
from scenarios.flow.archives import exported, imported
from scenarios.model.neighbours import EDGES, KINDS, LISTS, NEEDING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from harness.product import Product
    from scenarios.administration.stock import Stock

Json = dict[str, Any]

LETTERS = "ab"
"""So few names that they are taken again and again."""

DANGLING = 5
"""The choice of a reference that leads nowhere; 0 is none."""

letters = st.sampled_from(LETTERS)
choices = st.tuples(*[st.integers(0, DANGLING)] * 4)
places = st.integers(0, 11)


class Machine(RuleBasedStateMachine):
    """A product, its model, and the last archive with the state that it was taken of."""

    def __init__(self, product: Product, archive: Json, kinds: tuple[str, ...]) -> None:
        super().__init__()
        self.product = product
        self.first = archive
        self.names = kinds
        edges = [edge for edge in EDGES if {edge.using, edge.used} <= {*kinds}]
        self.model = Model.of(kinds, edges)
        self.own: list[tuple[str, Key]] = []
        self.kept: tuple[Json, Mapping[str, Mapping[Key, Row]]] | None = None
        self.touched: set[str] = set()

    @initialize()
    def begin(self) -> None:
        """The product is as it was at first but for one object of each kind; so is the model."""
        record = recorder.current.get()
        if record is not None:
            record.restart()
        if self.product.control is not None:
            self.product.control.reset()
        else:
            self._import(self.first)
        for kind in self.names:
            for shown in expect_items(self._stock(kind).collection.listed()):
                self.model.stored(kind, shown, KINDS[kind].member)
        for place in range(len(self.names)):
            self._create(place, LETTERS[0], (1,) * len(self.names))

    @rule(place=places, letter=letters, chosen=choices)
    def create(self, place: int, letter: str, chosen: tuple[int, ...]) -> None:
        """A new object is stored, or refused for what the model says."""
        self._create(place, letter, chosen)

    def _create(self, place: int, letter: str, chosen: tuple[int, ...]) -> None:
        kind = self.names[place % len(self.names)]
        refs = self._refs(kind, chosen)
        if refs is None:
            return
        name = self._name(kind, letter)
        answer = self._stock(kind).collection.create(self._body(kind, name, refs))
        self._judge(kind, answer, name, refs, self.model.faults(kind, name, refs))

    @precondition(lambda self: self.own)
    @rule(place=places, letter=letters, chosen=choices)
    def update(self, place: int, letter: str, chosen: tuple[int, ...]) -> None:
        """An object is replaced, or refused for what the model says."""
        kind, key = self.own[place % len(self.own)]
        refs = self._refs(kind, chosen)
        if refs is None:
            return
        name = self._name(kind, letter)
        faults = self.model.faults(kind, name, refs, but=key)
        answer = self._stock(kind).collection.update(key, json=self._body(kind, name, refs))
        shown = self._judge(kind, answer, name, refs, faults)
        if shown is not None:
            expect_equal(shown["id"], key, "the id after an update")

    @precondition(lambda self: self.pairs())
    @rule(place=st.integers(0, 47))
    def link(self, place: int) -> None:
        """An object refers to another one from now on, and to nothing else but what it needs."""
        pairs = self.pairs()
        edge, source, target = pairs[place % len(pairs)]
        row = self.model.kinds[edge.using][source]
        others = row.refs if edge.using in NEEDING else {}
        name, refs = row.name, {**others, edge.member: (target,)}
        collection = self._stock(edge.using).collection
        answer = collection.update(source, json=self._body(edge.using, name, refs))
        self._judge(edge.using, answer, name, refs, set())

    def pairs(self) -> list[tuple[Edge, Key, Key]]:
        """Every two own objects of which the first can refer to the second."""
        return [
            (edge, source, target)
            for edge in self.model.edges
            for using, source in self.own
            for used, target in self.own
            if (using, used) == (edge.using, edge.used)
        ]

    @precondition(lambda self: self.namesakes())
    @rule(place=places)
    def take_a_name(self, place: int) -> None:
        """The name of another object stays its own."""
        others = self.namesakes()
        kind, key, name = others[place % len(others)]
        refs = self.model.kinds[kind][key].refs
        answer = self._stock(kind).collection.update(key, json=self._body(kind, name, refs))
        expect_refused(answer)
        self.touched.add(kind)

    def namesakes(self) -> list[tuple[str, Key, str]]:
        """Every own object with the name of each other one of its kind."""
        return [
            (kind, key, self.model.kinds[kind][other].name)
            for kind, key in self.own
            for same, other in self.own
            if same == kind and other != key
        ]

    @precondition(lambda self: self.used())
    @rule(place=places)
    def delete_what_is_used(self, place: int) -> None:
        """An object stays that the model knows somebody to use."""
        used = self.used()
        kind, key = used[place % len(used)]
        expect_refused(self._stock(kind).collection.delete(key))
        self.touched.add(kind)

    def used(self) -> list[tuple[str, Key]]:
        """The own objects that others refer to."""
        return [(kind, key) for kind, key in self.own if self.model.users(kind, key)]

    @precondition(lambda self: len(self.own) > len(self.used()))
    @rule(place=places)
    def delete(self, place: int) -> None:
        """An object is gone that nobody uses."""
        free = [one for one in self.own if one not in self.used()]
        kind, key = free[place % len(free)]
        collection = self._stock(kind).collection
        self.touched.add(kind)
        expect_deleted(collection.delete(key))
        expect_absent(collection.get(key))
        self.model.deleted(kind, key)
        self.own.remove((kind, key))

    @rule()
    def export(self) -> None:
        """What is exported now can be imported later."""
        self.kept = (exported(self.product), self.model.state())

    @precondition(lambda self: self.kept is not None and self.kept[1] != self.model.state())
    @rule()
    def bring_back(self) -> None:
        """An import makes the configuration what it was at the export."""
        assert self.kept is not None
        archive, state = self.kept
        self._import(archive)
        self.model.restore(state)
        self.own = [(kind, key) for kind, key in self.own if key in state[kind]]
        self.touched.update(self.names)

    @invariant()
    def what_was_touched_is_as_the_model_has_it(self) -> None:
        """Every kind that the last step could have changed lists what the model holds."""
        for kind in sorted(self.touched):
            listed = expect_items(self._stock(kind).collection.listed())
            member = KINDS[kind].member
            found = {
                str(shown["id"]): [shown[member], *sorted(self.model.refs(kind, shown).items())]
                for shown in listed
            }
            held = {
                str(key): [row.name, *sorted(row.refs.items())]
                for key, row in self.model.kinds[kind].items()
            }
            expect_that(len(found) == len(listed), "ids that differ", [*found])
            expect_that(found == held, f"every {kind} as it was left: {held}", found)
        self.touched.clear()

    def teardown(self) -> None:
        """At the end everything is looked at once more."""
        self.touched.update(self.names)
        self.what_was_touched_is_as_the_model_has_it()

    def _judge(
        self, kind: str, answer: httpx.Response, name: str, refs: Refs, faults: set[str]
    ) -> Json | None:
        """The object that was stored; None where it was refused as the model says."""
        self.touched.add(kind)
        if faults:
            expect_refused(answer)
            return None
        shown = expect_saved(answer)
        expect_members(shown, {KINDS[kind].member: name, **_written(refs)}, "the answer")
        self.model.stored(kind, shown, KINDS[kind].member)
        if (kind, shown["id"]) not in self.own:
            self.own.append((kind, shown["id"]))
        return shown

    def _stock(self, kind: str) -> Stock:
        return KINDS[kind].of(self.product)

    def _name(self, kind: str, letter: str) -> str:
        return f"paconform-{kind.replace('_', '-')[:20]}-{letter}"

    def _body(self, kind: str, name: str, refs: Refs) -> Json:
        if kind == "rule_set":
            return self.product.admin.rule_set_body([], name=name) | _written(refs)
        if kind == "application":
            return self.product.admin.application_body(name=name, **_written(refs))
        return self._stock(kind).body(name, **_written(refs))

    def _refs(self, kind: str, chosen: tuple[int, ...]) -> Refs | None:
        """References by choice; None where a needed one has nothing to lead to."""
        refs: dict[str, tuple[Key, ...]] = {}
        for edge, choice in zip(self.model.edges_of(kind), chosen, strict=False):
            there = [key for used, key in self.own if used == edge.used]
            if choice == DANGLING:
                refs[edge.member] = (UNKNOWN_NUMBER,)
            elif choice and there:
                refs[edge.member] = (there[choice % len(there)],)
        needed = len(self.model.edges_of(kind)) if kind in NEEDING else 0
        return refs if len(refs) >= needed else None

    def _import(self, archive: Json) -> None:
        state = imported(self.product, archive)
        expect_members(state, {"status": "Complete"}, "the import")


def _written(refs: Refs) -> Json:
    """The references as members of a body."""
    return {member: list(keys) if member in LISTS else keys[0] for member, keys in refs.items()}
