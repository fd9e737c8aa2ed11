"""Sending spoiled tokens to a door for as long as is wanted, and writing down what went wrong.

A campaign is a door, a seed and a number to begin at; it ends at a time or a count, and tells where
to go on. A failure is written as a recipe: nobody's token, and no secret, is in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from harness.bulk import Bulk, Recipe, plainer, written
from harness.doors import TOO_LARGE, looked_at
from harness.errors import NoAnswer
from harness.mutations.model import secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from harness.doors import Door
    from harness.recorder import Record

CHECKED_EVERY = 211
"""Tokens between two looks at what is stored; a prime, so that each look follows another kind."""

SLOW_S = 10.0
"""Seconds that one answer may take (our choice, as PA-TOK-028)."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A token that was not treated as it must be, by its recipe; `plainest` shows the same.

    `number` is None for one that was not drawn.
    """

    surface: str
    seed: int
    number: int | None
    recipe: str
    plainest: str
    problem: str
    status: int | None

    def row(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


@dataclass(slots=True)
class Tally:
    """How far a campaign has come; `next` is the number to go on with, failures differ."""

    next: int = 0
    sent: int = 0
    left_out: int = 0
    failures: int = 0
    again: int = 0
    """Tokens that showed a known failure again."""
    statuses: Counter[int] = field(default_factory=Counter)


class Campaign:
    """Tokens at one door. `clock` gives seconds, `record` is emptied as it goes on."""

    def __init__(
        self,
        surface: str,
        door: Door,
        bulk: Bulk,
        record: Record,
        clock: Callable[[], float],
    ) -> None:
        self.surface, self.tally = surface, Tally()
        self._door, self._bulk, self._record, self._clock = door, bulk, record, clock
        self._kept = set(record.secrets)
        self._state = door.state()
        self._since: list[Recipe] = []
        self._known: set[tuple[str, str]] = set()

    def run(self, going_on: Callable[[Tally], bool]) -> Iterator[Failure | None]:
        """A failure, or None, after each token, for as long as `going_on` says."""
        for number, recipe in self._bulk.recipes(self.tally.next):
            if not going_on(self.tally):
                return
            yield self._one(number, recipe)
            self.tally.next = number + 1

    def sent(self, number: int | None, recipe: Recipe) -> Failure | None:
        """The failure that this recipe shows, if any; and what is stored is looked at."""
        return self._told(number, recipe, self._tried(recipe, look=True))

    def _one(self, number: int, recipe: Recipe) -> Failure | None:
        look = number % CHECKED_EVERY == CHECKED_EVERY - 1
        problem = self._tried(recipe, look=look)
        if problem is not None and problem[0] == CHANGED:
            recipe = self._culprit(recipe)
        self._since = [] if look else [*self._since, recipe]
        return self._told(number, recipe, problem)

    def _culprit(self, last: Recipe) -> Recipe:
        """Of those since the last look the first that changes something again; else the last."""
        for recipe in self._since:
            problem = self._tried(recipe, look=True)
            if problem is not None and problem[0] == CHANGED:
                return recipe
        return last

    def _told(
        self, number: int | None, recipe: Recipe, problem: tuple[str, int | None] | None
    ) -> Failure | None:
        if problem is None:
            return None
        plainest = self._plainest(recipe, problem[0])
        if (written(plainest), problem[0]) in self._known:
            self.tally.again += 1
            return None
        self._known.add((written(plainest), problem[0]))
        self.tally.failures += 1
        return Failure(
            self.surface,
            self._bulk.seed,
            number,
            written(recipe),
            written(plainest),
            *problem,
        )

    def _plainest(self, recipe: Recipe, problem: str) -> Recipe:
        """The plainest recipe with the same problem; the recipe itself where none is plainer."""
        for candidate in plainer(recipe):
            found = self._tried(candidate, look=problem == CHANGED)
            if found is not None and found[0] == problem:
                return candidate
        return recipe

    def _tried(self, recipe: Recipe, *, look: bool) -> tuple[str, int | None] | None:
        """What is wrong with the treatment of the token, and the status; None where nothing is."""
        signed, text = self._bulk.texts(recipe)
        if not self._door.carries(text):
            self.tally.left_out += 1
            return None
        began = self._clock()
        try:
            answer = self._door.send(text)
        except NoAnswer:
            return DROPPED, None
        finally:
            self._forget()
        took_s = self._clock() - began
        self.tally.sent += 1
        self.tally.statuses[answer.status_code] += 1
        good = text == self._bulk.base
        told = () if good else secrets(self._bulk.base, signed, text)
        seen = looked_at(answer, told)
        refused = self._bulk.must_be_refused(recipe, text)
        problem = self._problem(seen.status, good=good, refused=refused)
        if problem is None and seen.leaked_in is not None:
            problem = LEAKED
        if problem is None and took_s > SLOW_S:
            problem = SLOW
        if problem is None and look and self._changed():
            problem = CHANGED
        return None if problem is None else (problem, seen.status)

    def _changed(self) -> bool:
        """Whether what is stored differs from the last look; it is mended, and then counts."""
        if self._door.state() == self._state:
            return False
        self._door.mend()
        self._state = self._door.state()
        return True

    def _problem(self, status: int, *, good: bool, refused: bool) -> str | None:
        accepted = status in self._door.accepting
        if good:
            return None if accepted else GOOD_REFUSED
        if not (accepted or status in self._door.refusing or status in TOO_LARGE):
            return BROKEN
        return ACCEPTED if accepted and refused else None

    def _forget(self) -> None:
        """What a long campaign would otherwise hold on to."""
        self._record.exchanges.clear()
        self._record.secrets.clear()
        self._record.secrets.update(self._kept)


ACCEPTED = "accepted"
BROKEN = "neither accepted nor refused"
DROPPED = "not answered"
GOOD_REFUSED = "good token refused"
LEAKED = "part of the token in the answer"
SLOW = "slow"
CHANGED = "something stored changed"
