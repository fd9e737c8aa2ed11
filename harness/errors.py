"""Every way in which a scenario or a run can fail.

::

    AssertionError
    └── NonConformance      the product's fault: requirement, expected, actual, exchange
    Exception
    ├── NotMeasured         nobody's fault: a target cannot show what is asked; a reason
    └── HarnessError        ours, or the set-up's
        ├── BadSettings     a setting or option that the user has to mend
        ├── NoAnswer        the other side is there, but did not answer this one request
        └── Unreachable     nobody is there: product, PingOne or control door; it ends the run
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.conditions import Check
    from harness.recorder import Exchange


class NonConformance(AssertionError):  # noqa: N818 - it is a verdict, and the report's word for it
    """The product does not do what a requirement says.

    `exchange` is the request and response that show it, where there is one. `assumed` says that
    this one expectation is our guess, whatever the grade of the requirement. `check` is what the
    exchange did not hold, as a value, where it can be one.
    """

    def __init__(  # noqa: PLR0913 - each is one part of a verdict
        self,
        requirement: str | None,
        expected: str,
        actual: str,
        exchange: Exchange | None = None,
        *,
        assumed: bool = False,
        check: Check | None = None,
    ) -> None:
        self.requirement = requirement
        self.expected = expected
        self.actual = actual
        self.exchange = exchange
        self.assumed = assumed
        self.check = check
        super().__init__(str(self))

    def __str__(self) -> str:
        prefix = f"{self.requirement}: " if self.requirement else ""
        guess = ", which is assumed" if self.assumed else ""
        seen = f" (after {self.exchange})" if self.exchange else ""
        return f"{prefix}expected {self.expected}{guess}; actual {self.actual}{seen}"


class NotMeasured(Exception):  # noqa: N818 - it is a verdict, and the report's word for it
    """This target cannot show what the scenario asks; the reason is for the report."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class HarnessError(Exception):
    """The harness, or what it set up, is at fault; never a verdict on the product."""


class BadSettings(HarnessError):  # noqa: N818 - what the user did, in the words of the message
    """A setting or option cannot be used; the message names it and the way out."""


class NoAnswer(HarnessError):  # noqa: N818 - what happened, and no error of ours
    """A request was dropped, or answered too late or not in HTTP.

    Where the answer to hostile input is what is judged, `checks.expect_answered` makes a verdict
    of it.
    """


class Unreachable(HarnessError):  # noqa: N818 - a state of the target, and the report's word for it
    """Nobody can be connected to where an answer is needed."""
