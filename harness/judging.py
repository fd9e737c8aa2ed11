"""How a check tells what does not hold: the verdict, and what an answer is for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from harness import recorder
from harness.answers import object_of
from harness.conditions import Check
from harness.errors import NonConformance
from harness.locating import pointer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import httpx

Json: TypeAlias = dict[str, Any]

SHORT = 400
"""How many characters of a value a message shows."""


def api_error(answer: httpx.Response, requirement: str | None) -> Json:
    """Flash and form of an error of the admin API; a 422 without them is a verdict."""
    strict = answer.status_code == 422
    told = (
        json_object(answer, requirement) if strict else _object_or_none(answer, requirement) or {}
    )
    flash, form = told.get("flash"), told.get("form")
    right = _sentences(flash) and isinstance(form, dict) and all(map(_sentences, form.values()))
    if right:
        return {"flash": flash, "form": form}
    if strict:
        expected = "flash, an array of texts, and form, an object of arrays of texts"
        fail(requirement, expected, body_of(answer), answer, Check(kind="error"))
    return {"flash": [], "form": {}}


def _sentences(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def json_object(answer: httpx.Response, requirement: str | None) -> Json:
    """The JSON object of the answer; a verdict where it holds none."""
    told = _object_or_none(answer, requirement)
    if told is None:
        fail(requirement, "a JSON object", answered(answer), answer, Check(kind="object"))
    return told


def _object_or_none(answer: httpx.Response, requirement: str | None) -> Json | None:
    def lacking(found: Mapping[str, Any], member: str) -> NoReturn:
        pointer = pointer_of(answer, found, member)
        check = None if pointer is None else Check(kind="member", pointer=pointer, name=member)
        fail(requirement, f"a member {member}", brief(found), answer, check)

    return object_of(answer, lacking)


def answered(answer: httpx.Response) -> str:
    """What came, in words."""
    return f"{answer.status_code} with {body_of(answer)}"


def body_of(answer: httpx.Response) -> str:
    """The text of the answer, or that there is none."""
    return answer.text or "an empty body"


def brief(value: object) -> str:
    """The value as JSON, where it has such a form."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return repr(value)


def _short(text: str) -> str:
    """The text, cut behind a comma: half a value would be taken for a secret, to the text's end."""
    if len(text) <= SHORT:
        return text
    behind = text.rfind(",", SHORT // 4, SHORT) + 1
    return f"{text[: behind or SHORT]}… ({len(text)} characters)"


def fail(  # noqa: PLR0913 - each is one part of a verdict
    requirement: str | None,
    expected: str,
    actual: str,
    answer: httpx.Response | None = None,
    check: Check | None = None,
    *,
    assumed: bool = False,
) -> NoReturn:
    """The verdict; secrets are masked before anything is cut off."""
    record = recorder.current.get()
    if record is None:
        raise NonConformance(
            requirement, _short(expected), _short(actual), assumed=assumed, check=check
        )
    exchange = record.exchange_of(answer) if answer is not None else _last(record.exchanges)
    raise NonConformance(
        requirement or next(iter(record.requirements), None),
        _short(record.masked(expected)),
        _short(record.masked(actual)),
        exchange,
        assumed=assumed,
        check=check,
    )


def _last(exchanges: Iterable[recorder.Exchange]) -> recorder.Exchange | None:
    return next(iter([*exchanges][-1:]), None)
