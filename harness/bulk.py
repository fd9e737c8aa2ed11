"""Spoiled tokens in bulk: drawn by number, without Hypothesis, and written down as recipes.

The same rows as `harness.strategies` draws, some forty times as fast and without shrinking: a seed
and a number give the same token for ever, so that a campaign can be stopped, resumed and split.

>>> tokens = Bulk("eyJhbGciOiJSUzI1NiJ9.e30.AAAA", seed=7)
>>> written(tokens.recipe(12)) == written(Bulk("eyJhbGciOiJSUzI1NiJ9.e30.AAAA", seed=7).recipe(12))
True
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from harness import jose
from harness.listening import named
from harness.mutations import MUTATIONS, Mutation, Verdict, by_id, by_kind, edits, texts
from harness.mutations.conflicts import compatible, undone
from harness.mutations.rows import ISSUER_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from harness.jose import Signer

BLOCK = 1_000
"""Recipes that are drawn from one generator: what a resumed campaign draws again at most."""

GOOD_EVERY = 10
"""One untouched token in so many: a reader that refuses everything is found at once."""

LARGE_EVERY = 50
"""One class of large tokens (DOS) in so many draws: they cost as much as hundreds of others."""

SHARES = (0.62, 0.9)
"""Below the first one mutation, below the second two, else three."""

PLACES: MappingProxyType[Callable[..., Any], int] = MappingProxyType(
    {texts.insert: 0, texts.part_insert: 1, edits.header_cut: 0, edits.payload_cut: 0}
)
"""Acts at a place that may be any other: which argument it is, as a part of the whole."""

Recipe = tuple[Mutation, ...]


class Bulk:
    """Tokens made of `base` by number. Rows default to the whole registry.

    Edits are signed by `signer`: nobody's bytes, unless the issuer's key is at hand. Hosts of
    strangers are `canary` where there is one.
    """

    def __init__(
        self,
        base: str,
        *,
        seed: int = 0,
        among: tuple[Mutation, ...] = MUTATIONS,
        signer: Signer = jose.nobody,
        canary: str | None = None,
    ) -> None:
        self.base, self.seed, self.signer, self._canary = base, seed, signer, canary
        self._draft = jose.read(base)
        kinds = by_kind(among)
        self._small = [rows for rows in kinds.values() if rows[0].layer != "DOS"]
        self._large = [rows for rows in kinds.values() if rows[0].layer == "DOS"]
        self._known: dict[str, tuple[str, str]] = {}
        self._block: tuple[int, list[Recipe]] = (-1, [])

    def recipe(self, number: int) -> Recipe:
        """What is done to the base for this number; nothing for a good one."""
        block, place = divmod(number, BLOCK)
        if self._block[0] != block:
            self._block = (block, list(self._drawn(block)))
        return self._block[1][place]

    def recipes(self, start: int = 0) -> Iterator[tuple[int, Recipe]]:
        """Number and recipe, from a number on, without end."""
        number = start
        while True:
            yield number, self.recipe(number)
            number += 1

    def texts(self, recipe: Recipe) -> tuple[str, str]:
        """The token as it was signed, and the text that was made of it.

        One row as it stands gives one text: those are made once.
        """
        if len(recipe) != 1 or by_id(recipe[0].id) is not recipe[0]:
            return self._made(recipe)
        found = self._known.get(recipe[0].id)
        if found is None:
            found = self._known[recipe[0].id] = self._made(recipe)
        return found

    def must_be_refused(self, recipe: Recipe, text: str) -> bool:
        """Whether every reader must refuse the text that was made by this recipe.

        Not where one mutation takes back what another did, or where the issuer's own token is left
        and only what is open to readers was done to it.
        """
        if undone(self.base, text):
            return False
        nobodys = self._signer_of(recipe) is jose.nobody
        return any(
            mutation.verdict is Verdict.REJECT or (nobodys and mutation.resigns)
            for mutation in recipe
        )

    def must_be_accepted(self, recipe: Recipe) -> bool:
        """Whether every reader must accept a text that was made by this recipe.

        Known of one legal edit that the issuer signed; several may be of one member.
        """
        if len(recipe) != 1 or self.signer is jose.nobody:
            return False
        row = recipe[0]
        return row.verdict is Verdict.ACCEPT and row.resigns and row.needs == ISSUER_KEY

    def _signer_of(self, recipe: Recipe) -> Signer:
        """Nobody where only the issuer can judge what was done, so that it must be refused."""
        judged = (one for one in recipe if one.verdict is Verdict.REJECT)
        return self.signer if all(one.plain for one in judged) else jose.nobody

    def _made(self, recipe: Recipe) -> tuple[str, str]:
        ordered = sorted(recipe, key=_stage) if len(recipe) > 1 else recipe
        draft, signed = self._draft, self.base
        edited = [mutation for mutation in ordered if mutation.resigns]
        for mutation in edited:
            draft = mutation.act(draft, *self._args(mutation))
        if edited:
            signed = draft.compact(self._signer_of(recipe))
        text = signed
        for mutation in ordered[len(edited) :]:
            text = mutation.act(text, *self._args(mutation))
        return signed, text

    def _args(self, mutation: Mutation) -> tuple[Any, ...]:
        """What the mutation is done with; a stranger that it names is the canary."""
        if self._canary is None:
            return mutation.args
        return tuple(named(one, self._canary) for one in mutation.args)

    def _drawn(self, block: int) -> Iterator[Recipe]:
        random = Random(f"{self.seed}/{block}")  # noqa: S311 - a seed is wanted
        for place in range(BLOCK):
            yield () if place % GOOD_EVERY == GOOD_EVERY - 1 else self._several(random)

    def _several(self, random: Random) -> Recipe:
        share = random.random()
        first = self._one(random)
        if share < SHARES[0]:
            return (first,)
        more = (self._one(random) for _ in range(1 if share < SHARES[1] else 2))
        return compatible((first, *more))

    def _one(self, random: Random) -> Mutation:
        choose = random.random
        large = self._large and (not self._small or choose() * LARGE_EVERY < 1)
        kinds = self._large if large else self._small
        rows = kinds[int(choose() * len(kinds))]
        row = rows[int(choose() * len(rows))]
        if row.act in PLACES and choose() < 0.5:
            return at_place(row, int(choose() * 100) / 100)
        return row


def _stage(mutation: Mutation) -> int:
    return mutation.stage


def at_place(row: Mutation, place: float) -> Mutation:
    """The row at another place of the token, as a part of the whole."""
    at = PLACES[row.act]
    return replace(row, args=(*row.args[:at], place, *row.args[at + 1 :]))


def _moved(row: Mutation, place: float) -> Mutation:
    """As `at_place`; ValueError where there is no such place, KeyError where the row has none."""
    if not 0 <= place <= 1:  # nor is what is no number
        raise ValueError(place)
    return at_place(row, place)


def plainer(recipe: Recipe) -> Iterator[Recipe]:
    """Recipes that are plainer than this one, the plainest first: fewer mutations, own places."""
    own = tuple(by_id(mutation.id) for mutation in recipe)
    seen = [recipe]
    singles = [one for pair in zip(((m,) for m in own), ((m,) for m in recipe)) for one in pair]  # noqa: B905 - of one length
    pairs = [recipe[:at] + recipe[at + 1 :] for at in range(len(recipe))] if len(recipe) > 2 else []
    for candidate in (*singles, *pairs, own):
        if candidate not in seen:
            seen.append(candidate)
            yield candidate


def written(recipe: Recipe) -> str:
    """The recipe as text: ids joined with +, a place behind @; `untouched` for a good token."""
    return "+".join(map(_written, recipe)) or "untouched"


def _written(mutation: Mutation) -> str:
    at = PLACES.get(mutation.act)
    moved = at is not None and mutation.args != by_id(mutation.id).args
    return f"{mutation.id}@{mutation.args[at]}" if moved and at is not None else mutation.id


def read(text: str) -> Recipe:
    """The recipe that was written so; ValueError says what is none."""
    return () if text == "untouched" else tuple(map(_read, text.split("+")))


def _read(text: str) -> Mutation:
    key, _, place = text.partition("@")
    try:
        row = by_id(key)
        return _moved(row, float(place)) if place else row
    except (KeyError, ValueError):
        raise ValueError(
            f"{text!r} is no recipe: ids of `paconform list mutations`, joined with +, "
            "a place from 0 to 1 behind @"
        ) from None
