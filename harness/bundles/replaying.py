"""Sending the steps of a bundle again, and what that comes to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec
from msgspec import UNSET

from harness.bundles.alike import alike, in_words
from harness.bundles.filling import Filler, Lacking
from harness.clients.wire import LIMITED
from harness.conditions import ABOUT_STATUS, Seen, holds
from harness.errors import BadSettings, NoAnswer
from harness.hiding import shown_in

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from harness.bundles.format import Bundle, Step
    from harness.bundles.place import Place

Verdict: TypeAlias = Literal["FIXED", "STILL FAILING", "DIVERGED"]
Tell: TypeAlias = "Callable[[httpx.Response | None, str], str]"
Basis: TypeAlias = Literal["check", "comparison", "scenario"]

BREAKS = re.compile(r"[\x00\r\n]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a replay came to: `step` counts from 1, `detail` says what differs.

    `basis`: the check was asked again, or the answers were compared with those of the run. `same`:
    it fails as it failed then. `decided`: the steps alone can tell.
    """

    verdict: Verdict
    step: int
    detail: str
    basis: Basis
    same: bool = False
    decided: bool = True


def replay(bundle: Bundle, place: Place, tell: Tell | None = None) -> Outcome:
    """The outcome of the steps on a fresh target; BadSettings where it lacks what they need.

    `tell` says in words what was answered; without it, the beginning of it, less its secrets.
    """
    tell = tell or _teller(place)
    if any(_is_about_limits(step) for step in bundle.steps):
        place.take_limits()
    filler = Filler(bundle, place.settings, place.record)
    for number, step in enumerate(bundle.steps[: bundle.failing + 1]):
        try:
            answer, error = _sent(step, filler, place)
        except Lacking as lacking:
            detail = f"the answer lacks {lacking.what}, which step {number + 1} needs"
            return Outcome("DIVERGED", lacking.step + 1, detail, "comparison")
        if number == bundle.failing:
            return _judged(bundle, filler, answer, tell(answer, error))
        recorded = step.answer.status
        told = None if answer is None else answer.status_code
        if told != recorded:
            detail = f"answered {tell(answer, error)}, recorded was {_recorded(step)}"
            return Outcome("DIVERGED", number + 1, detail, "comparison")
        filler.answers.append(answer)
    raise AssertionError  # pragma: no cover - `check` has seen that the failing step is one


def _is_about_limits(step: Step) -> bool:
    return step.answer.status == LIMITED or (step.to == "control" and step.path == "/rates")


def _sent(step: Step, filler: Filler, place: Place) -> tuple[httpx.Response | None, str]:
    """The answer, or the error in its place."""
    headers = {}
    for name, value in step.headers:
        written = filler.text(value)
        if BREAKS.search(written):
            raise BadSettings(f"a value from an answer would break the header {name}; not sent")
        headers[name.lower()] = written.encode("utf-8", "surrogatepass")
    path, content = filler.text(step.path), filler.body(step.body)
    try:
        return place.send(step, path, headers, content), ""
    except NoAnswer as error:
        return None, place.record.masked(str(error))


def _teller(place: Place) -> Tell:
    return lambda answer, error: in_words(answer, error, place.redactor())


def _judged(bundle: Bundle, filler: Filler, answer: httpx.Response | None, told: str) -> Outcome:
    step = bundle.steps[bundle.failing]
    number = bundle.failing + 1
    same = alike(step.answer, answer)
    check = bundle.check
    if check is None:
        if same:
            detail = f"answered as recorded, {told}; the check is known in words only"
            outcome: Outcome = Outcome("STILL FAILING", number, detail, "comparison", same=True)
            return replace(outcome, decided=False)
        detail = (
            f"answered {told}, recorded was {_recorded(step)}; the check is known in words only"
        )
        return Outcome("DIVERGED", number, detail, "comparison", decided=False)
    if check.expected is not UNSET:
        try:
            check = msgspec.structs.replace(check, expected=filler.tree(check.expected))
        except Lacking as lacking:
            detail = f"the answer lacks {lacking.what}, which the check needs"
            return Outcome("DIVERGED", lacking.step + 1, detail, "check")
    status = None if answer is None else answer.status_code
    if holds(check, seen(answer)) and (check.kind in ABOUT_STATUS or _is_of_class(status, step)):
        return Outcome("FIXED", number, f"answered {told}", "check")
    if status != step.answer.status:
        detail = f"answered {told}, neither as recorded ({_recorded(step)}) nor as expected"
        return Outcome("DIVERGED", number, detail, "check")
    more = "" if same else ", though the answer is not quite the recorded one"
    return Outcome("STILL FAILING", number, f"answered {told}{more}", "check", same=same)


def _is_of_class(status: int | None, step: Step) -> bool:
    """Whether it was taken or refused as it was then: a refusal, too, shows no secret."""
    recorded = step.answer.status
    return status is None or recorded is None or status // 100 == recorded // 100


def seen(answer: httpx.Response | None) -> Seen:
    """The answer as a check sees it."""
    if answer is None:
        return Seen(None, {})
    try:
        document: Any = answer.json()
    except (ValueError, RecursionError):
        document = UNSET
    headers = {name.lower(): value for name, value in answer.headers.items()}
    shows = lambda secret: shown_in(answer, secret) is not None  # noqa: E731 - a member of a value
    return Seen(answer.status_code, headers, document, shows)


def _recorded(step: Step) -> str:
    return str(step.answer.status) if step.answer.status is not None else "no answer"
