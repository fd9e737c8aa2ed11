"""From what a scenario raised to what it means."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from harness.errors import HarnessError, NonConformance, NotMeasured, Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from harness.requirements import Requirement

CONFORMANT, WARNING, REFUTED = "conformant", "warning", "refuted"
NONCONFORMANT, HARNESS_ERROR, NOT_MEASURED = "nonconformant", "harness_error", "not_measured"
VERDICTS = (NONCONFORMANT, HARNESS_ERROR, REFUTED, WARNING, NOT_MEASURED, CONFORMANT)
"""All of them, those that ask for attention first."""
PASSING = (CONFORMANT, WARNING, REFUTED)


class Verdict(NamedTuple):
    """What a scenario came to; `broken` is the check that failed, where the product broke one."""

    name: str
    reason: str | None = None
    broken: NonConformance | None = None
    where: str | None = None


def verdict(
    error: BaseException,
    phase: str,
    catalogue: Mapping[str, Requirement],
    target: str,
    release: str,
) -> Verdict:
    """The verdict for a scenario that ended with this error in this phase of its test.

    `release` is the one whose requirements count; what is not asked of it is not measured.

    Only a failed check in the scenario itself is the product's: one in a fixture is an arrangement
    that failed.
    """
    reason = skipped(error)
    if reason is not None:
        return Verdict(NOT_MEASURED, reason)
    broken = next(_of_kind(error, NonConformance), None)
    if broken is None or phase != "call":
        return Verdict(HARNESS_ERROR, _sentence(error, phase), where=where(error.__traceback__))
    known = catalogue.get(broken.requirement or "")
    at = where(broken.__traceback__)
    if known is None:
        reason = f"a check names the requirement {broken.requirement!r}, which is none"
        return Verdict(HARNESS_ERROR, reason, where=at)
    if not known.holds_in(release):
        return Verdict(NOT_MEASURED, known.outside(release))
    if target == "live" and (known.grade == "assumed" or broken.assumed):
        return Verdict(REFUTED, str(broken), broken, at)
    return Verdict(NONCONFORMANT if known.level == "MUST" else WARNING, str(broken), broken, at)


def skipped(error: BaseException) -> str | None:
    """Why the scenario measured nothing, where that is what happened."""
    for one in _of_kind(error, (NotMeasured, pytest.skip.Exception)):
        return str(one) or "skipped"
    return None


def unreachable(error: BaseException) -> Unreachable | None:
    """The error that says that the target is gone, where it is one."""
    return next(_of_kind(error, Unreachable), None)


def where(trace: TracebackType | None) -> str | None:
    """File and line of the suite that raised: of a test where there is one, else of a helper."""
    lines = [
        f"scenarios/{frame.f_code.co_filename.rpartition('/scenarios/')[2]}:{line}"
        for frame, line in traceback.walk_tb(trace)
        if "/scenarios/" in frame.f_code.co_filename
    ]
    tests = [one for one in lines if one.rpartition("/")[2].startswith("test_")]
    return next(reversed(tests or lines), None)


def _of_kind(error: BaseException, kind: Any) -> Iterator[Any]:
    """The error if it is of that kind, or those of a group that are."""
    if isinstance(error, kind):
        yield error
    elif isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _of_kind(one, kind)


def _sentence(error: BaseException, phase: str) -> str:
    text = str(error) or type(error).__name__
    if isinstance(error, NonConformance):
        return f"an arrangement failed: {text}"
    if isinstance(error, HarnessError):
        return text
    during = {"setup": " while arranging", "teardown": " while clearing up"}.get(phase, "")
    return f"{type(error).__name__}{during}: {text}"
