"""Sending spoiled tokens to a door for as long as is wanted, and writing down what went wrong.

A campaign is a door, a seed and a number to begin at; it ends at a time or a count, and tells where
to go on. A failure is written as a recipe: nobody's token, and no secret, is in it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from harness.bulk import Bulk, Recipe, plainer, read, written
from harness.doors.model import looked_at
from harness.errors import NoAnswer
from harness.mutations.model import secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from harness.doors import Door
    from harness.outside import Outside
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


@dataclass(frozen=True, slots=True)
class Around:
    """What a campaign watches beside the answers: `clock` gives seconds, `record` is emptied."""

    record: Record
    clock: Callable[[], float]
    outside: Outside


class Campaign:
    """Tokens at one door."""

    def __init__(self, surface: str, door: Door, bulk: Bulk, around: Around) -> None:
        self.surface, self.tally = surface, Tally()
        self._door, self._bulk = door, bulk
        self._record, self._clock, self._outside = around.record, around.clock, around.outside
        self._kept = set(self._record.secrets)
        self._state = door.state()
        door.send(bulk.base)  # the control: whom a good token leads to
        self._outside.learn()
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

    def judged(self, recipe: Recipe) -> tuple[str, int | None] | None:
        """The problem that this recipe shows, as it stands, and the status; None without one."""
        return self._tried(recipe, look=True)

    def label(self, text: str) -> str:
        """What a reader must make of a recipe's token: invalid, acceptable or valid."""
        recipe = read(text)
        _, token = self._bulk.texts(recipe)
        if self._bulk.must_be_refused(recipe, token):
            return "invalid"
        return "valid" if token == self._bulk.base else "acceptable"

    def _one(self, number: int, recipe: Recipe) -> Failure | None:
        look = number % CHECKED_EVERY == CHECKED_EVERY - 1
        problem = self._tried(recipe, look=look)
        if problem is not None and problem[0] in LATER:
            recipe = self._culprit(recipe, problem[0])
        self._since = [] if look else [*self._since, recipe]
        return self._told(number, recipe, problem)

    def _culprit(self, last: Recipe, problem: str) -> Recipe:
        """Of those since the last look the first that does it again; else the last."""
        for recipe in self._since:
            found = self._tried(recipe, look=True)
            if found is not None and found[0] == problem:
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
            found = self._tried(candidate, look=problem in LOOKED_FOR)
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
            self.tally.sent += 1
            self.tally.statuses[answer.status_code] += 1
            problem = self._problem(recipe, signed, text, answer)
            if problem is None and self._clock() - began > SLOW_S:
                problem = SLOW
            if problem is None and look:
                problem = self._looked(text, answer)
        except NoAnswer:
            return DROPPED, None
        finally:
            self._forget()
        return None if problem is None else (problem, answer.status_code)

    def _looked(self, text: str, answer: httpx.Response) -> str | None:
        """What is wrong beside the answer: with what is stored, who was called, and once more."""
        if self._door.state() != self._state:
            self._door.mend()
            self._state = self._door.state()  # what could not be mended counts as known
            return CHANGED
        if self._outside.strangers():
            return CALLED
        refused = not self._door.accepted(answer)
        return OTHERWISE if refused and told(self._door.send(text)) != told(answer) else None

    def _problem(
        self, recipe: Recipe, signed: str, text: str, answer: httpx.Response
    ) -> str | None:
        """What is wrong with the answer itself."""
        door, bulk = self._door, self._bulk
        accepted = door.accepted(answer)
        if text == bulk.base:
            return None if accepted else GOOD_REFUSED
        if not (accepted or door.refused(answer)):
            return BROKEN
        if accepted and bulk.must_be_refused(recipe, text):
            return ACCEPTED
        if not accepted and bulk.must_be_accepted(recipe):
            return LEGAL_REFUSED
        return self._said(signed, text, answer, accepted=accepted)

    def _said(
        self, signed: str, text: str, answer: httpx.Response, *, accepted: bool
    ) -> str | None:
        """What is wrong with the words of an answer; what got in may be shown by its claims."""
        door = self._door
        hidden = (*secrets(self._bulk.base, signed, text), *(() if accepted else door.canaries))
        if looked_at(answer, hidden).leaked_in is not None:
            return LEAKED
        return None if accepted or door.helps(answer, text) else HELPLESS

    def _forget(self) -> None:
        """What a long campaign would otherwise hold on to."""
        self._record.exchanges.clear()
        self._record.secrets.clear()
        self._record.secrets.update(self._kept)


OWN = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z", re.IGNORECASE
)
"""Ids and times, in which two answers to one token may differ."""


def told(answer: httpx.Response) -> tuple[int, str]:
    """What an answer says, but for what is its own."""
    return answer.status_code, OWN.sub("", answer.text)


ACCEPTED = "accepted"
BROKEN = "neither accepted nor refused"
DROPPED = "not answered"
GOOD_REFUSED = "good token refused"
LEGAL_REFUSED = "legal token refused"
LEAKED = "part of the token in the answer"
SLOW = "slow"
CHANGED = "something stored changed"
CALLED = "a host outside of PingOne was called"
OTHERWISE = "the same token answered otherwise"
HELPLESS = "a refusal that does not say why"

LATER = frozenset({CHANGED, CALLED})
"""What is seen some tokens after it was done."""

LOOKED_FOR = LATER | {OTHERWISE}
"""What is seen only where it is looked for."""
