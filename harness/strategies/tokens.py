"""Hostile and unusual tokens, drawn as mutations of a token that is given.

Usable alone, on any well-formed JWT:

>>> from hypothesis import given
>>> @given(malformed("eyJhbGciOiJSUzI1NiJ9.e30.AAAA", layers=("STR", "B64")))
... def test_my_reader_refuses(case):
...     assert my_reader(case.token) is None
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from harness import jose
from harness.mutations import (
    MUTATIONS,
    Judge,
    Mutation,
    Verdict,
    by_id,
    by_kind,
    edits,
    spoil,
    texts,
)
from harness.mutations.conflicts import compatible, undone
from harness.mutations.rows import ISSUER_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hypothesis.strategies import DrawFn, SearchStrategy

    from harness.jose import Signer

MOST = 3
"""Mutations of one token; more of them tell nothing new."""

_PLACES: MappingProxyType[Callable[..., Any], int] = MappingProxyType(
    {
        texts.insert: 0,
        texts.part_insert: 1,
        edits.header_cut: 0,
        edits.payload_cut: 0,
    }
)
"""Acts at a place that is drawn: which argument it is, as a part of the whole."""


@dataclass(frozen=True, slots=True)
class Case:
    """A token, what was done to it, and what no answer may show; `repr` shows no token.

    `base` is the token it was made of, where the mutations alone make it again.
    """

    token: str = field(repr=False)
    mutations: tuple[Mutation, ...]
    secrets: tuple[str, ...] = field(repr=False, default=())
    base: str = field(repr=False, default="")

    def __repr__(self) -> str:
        return f"Case({', '.join(map(described, self.mutations)) or 'untouched'})"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))  # Hypothesis would show every field


def described(mutation: Mutation) -> str:
    """The id, with its arguments where they are not those of the registry."""
    own = by_id(mutation.id).args == mutation.args
    return mutation.id if own else f"{mutation.id}{mutation.args!r}"


def rows(
    *layers: str, judge: Judge | None = None, verdict: Verdict = Verdict.REJECT
) -> tuple[Mutation, ...]:
    """The registry's rows of these layers (all where none is named), this judge and verdict."""
    return tuple(
        row
        for row in MUTATIONS
        if row.verdict is verdict
        and (not layers or row.layer in layers)
        and (judge is None or row.judge is judge)
    )


def mutations(among: tuple[Mutation, ...] | None = None) -> SearchStrategy[Mutation]:
    """One mutation of these rows: a class, then a variant, then its place.

    Shrinks to the first class, and to a row as it stands in the registry.
    """
    return _mutations(_Kinds(rows() if among is None else among))


def malformed(
    base: str,
    *,
    layers: Iterable[str] = (),
    judge: Judge | None = None,
    at_most: int = 2,
    signer: Signer = jose.nobody,
) -> SearchStrategy[Case]:
    """Tokens that every reader must refuse: `base` with one mutation or more done to it.

    With the issuer's `signer`, edits of header and claims are signed as if PingOne had made them,
    so that nothing but the edit is wrong; rows that only the issuer can judge keep nobody's.
    ValueError where no row is of these layers and this judge.
    """
    among = rows(*layers, judge=judge)
    if not among:
        raise ValueError(f"layers {tuple(layers)!r}: none has a row for {judge}")
    return _spoiled(drawn(among, at_most), base, signer, _Alone(among, base))


def legal(base: str, signer: Signer, *, at_most: int = 2) -> SearchStrategy[Case]:
    """Tokens that a reader must accept: unusual and legal, signed by their issuer; `base` first."""
    among = tuple(row for row in rows(verdict=Verdict.ACCEPT) if row.needs in {None, ISSUER_KEY})
    return _legal(st.lists(mutations(among), max_size=at_most).map(compatible), base, signer)


def drawn(
    among: tuple[Mutation, ...] | None = None, at_most: int = 2
) -> SearchStrategy[tuple[Mutation, ...]]:
    """One mutation or more, without a token: for a base that is not known before the test runs."""
    return st.lists(mutations(among), min_size=1, max_size=min(at_most, MOST)).map(compatible)


def spoiled(base: str, done: tuple[Mutation, ...], signer: Signer = jose.nobody) -> Case:
    """The case of these mutations.

    Where a later one takes back what an earlier one did, the first one alone under nobody's
    signature: the label stays true whatever was drawn.
    """
    plain = all(mutation.plain for mutation in done)
    case = _case(base, done, signer if plain else jose.nobody)
    return _case(base, done[:1], jose.nobody) if undone(base, case.token) else case


def sequences(base: str, *, at_most: int = 6) -> SearchStrategy[list[Case]]:
    """Refused tokens with the untouched one in between, as people try until it works."""
    good = st.just(_case(base, (), jose.nobody))
    return st.lists(st.one_of(malformed(base), good), min_size=1, max_size=at_most)


# Composite and not mapped: Hypothesis then shows the drawn case by its own `repr`.


@st.composite
def _spoiled(
    draw: DrawFn,
    done: SearchStrategy[tuple[Mutation, ...]],
    base: str,
    signer: Signer,
    alone: _Alone,
) -> Case:
    case = spoiled(base, draw(done), signer)
    return alone.same(case) or case if len(case.mutations) > 1 else case


@st.composite
def _legal(
    draw: DrawFn, done: SearchStrategy[tuple[Mutation, ...]], base: str, signer: Signer
) -> Case:
    return _case(base, draw(done), signer)


class _Alone:
    """What each row makes of a token by itself: some rows together make no more than one does.

    Hypothesis cannot get from those to that one, for it is another row and not one of them. `repr`
    is short on purpose.
    """

    def __init__(self, among: tuple[Mutation, ...], base: str) -> None:
        self._among, self._base = among, base

    def same(self, case: Case) -> Case | None:
        """The same token by one row under nobody's signature; None where no row makes it."""
        row = self._made.get(hash(case.token))
        alone = spoiled(self._base, (row,)) if row else None
        return alone if alone and alone.token == case.token else None

    @cached_property
    def _made(self) -> dict[int, Mutation]:
        """The rows by the hash of what each makes, the first of several; no token is kept."""
        return {hash(spoiled(self._base, (row,)).token): row for row in reversed(self._among)}

    def __repr__(self) -> str:
        return "..."


class _Kinds:
    """The rows by class, each choice as a strategy made once; its `repr` is short on purpose."""

    def __init__(self, among: tuple[Mutation, ...]) -> None:
        variants = by_kind(among).values()
        self.first = st.sampled_from([st.sampled_from(rows) for rows in variants])

    def __repr__(self) -> str:
        return "..."


@st.composite
def _mutations(draw: DrawFn, kinds: _Kinds) -> Mutation:
    row = draw(draw(kinds.first))
    if row.act is edits.signature_bit:
        return _moved(row, 1, (row.args[1] + draw(_BITS)) % 8)
    at = _PLACES.get(row.act)
    hundredth = 0 if at is None else draw(_HUNDREDTHS)
    return row if at is None or hundredth == 0 else _moved(row, at, hundredth / 100)


_BITS = st.integers(0, 7)
_HUNDREDTHS = st.integers(0, 99)


def _moved(row: Mutation, at: int, place: float) -> Mutation:
    """The row with one argument exchanged."""
    return replace(row, args=(*row.args[:at], place, *row.args[at + 1 :]))


def _case(base: str, done: tuple[Mutation, ...], signer: Signer) -> Case:
    made = spoil(base, *done, signer=signer)
    again = done and (signer is jose.nobody or not any(one.resigns for one in done))
    return Case(made.text, done, made.secrets, base if again else "")
