"""Whether a smaller bundle still shows the same failure: replayed where it fails, and beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from harness.bundles.place import Place
from harness.bundles.replaying import replay
from harness.cli.bundled import once
from harness.errors import BadSettings
from harness.exchanges import shown
from harness.recorder import Record
from reports.bundles.steps import answer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from harness.bundles.format import Bundle
    from harness.bundles.replaying import Outcome
    from harness.cli.targets import Target
    from harness.evidence import ExchangeRecord
    from harness.patterns import Patterns


class Oracle:
    """Asks the target and, where sound fakes pass the bundle, them too.

    A smaller bundle must fail on the one and pass on the other: so a request that lost what made it
    sound is not taken for the failure. Where sound fakes do not pass it, or the check is known in
    words only, the answer must stay alike, and `has_control` is False.
    """

    def __init__(
        self,
        found: Target,
        sound: Target,
        most: int,
        progress: Callable[[int, Bundle], None],
        patterns: Patterns,
    ) -> None:
        self.replays = 0
        self.spent = False
        self.left: dict[str, None] = {}
        self.has_control = True
        self._found = found
        self._sound = sound
        self._most = most
        self._progress = progress
        self._patterns = patterns

    def begin(self, bundle: Bundle) -> None:
        """The bundle fails here to begin with; else BadSettings."""
        outcome = self._asked(bundle, self._found)
        if outcome.verdict != "STILL FAILING":
            raise BadSettings(
                f"the bundle does not fail on this target ({outcome.verdict}: {outcome.detail}); "
                "name the --target, --release or --defect on which it does"
            )
        try:
            self.has_control = self._asked(bundle, self._sound).verdict == "FIXED"
        except BadSettings:  # sound fakes lack what a step needs of a live product
            self.has_control = False
        if not self.has_control and not outcome.same:
            raise BadSettings(
                "the bundle fails otherwise than it was recorded, and sound fakes do not pass it: "
                "nothing tells what is the failure; name the target of its run"
            )

    def fails(self, bundle: Bundle) -> bool:
        """Whether this smaller one still does; when all replays are spent, nothing smaller does."""
        if self.replays + 1 + self.has_control > self._most:
            self.spent = True
            return False
        self._progress(self.replays, bundle)
        try:
            outcome = self._asked(bundle, self._found)
            if outcome.verdict != "STILL FAILING":
                return False
            if not self.has_control:
                return outcome.same
            return self._asked(bundle, self._sound).verdict == "FIXED"
        except BadSettings:  # a value that cannot be sent, once a part of it is gone
            return False

    def recorded(self, bundle: Bundle) -> tuple[Bundle, list[ExchangeRecord]]:
        """The bundle with the answers that it gets here, and its exchanges without secrets."""
        self._found.fresh()
        place = Place(self._found.session, Record(bundle.scenario), self._patterns)
        try:
            replay(bundle, place)
        finally:
            self._note(place.close())
        redactor = place.redactor()
        exchanges = [shown(one, redactor) for one in place.sent]
        steps = [
            replace(step, answer=answer_of(one))
            for step, one in zip(bundle.steps, exchanges, strict=True)
        ]
        return replace(bundle, steps=steps), exchanges

    def _asked(self, bundle: Bundle, target: Target) -> Outcome:
        self.replays += 1
        outcome, left = once(bundle, target, self._patterns)
        self._note(left)
        return outcome

    def _note(self, left: Sequence[str]) -> None:
        self.left.update(dict.fromkeys(left))
