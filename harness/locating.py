"""Where in an answer a value stands that a check was about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from harness import recorder
from harness.conditions import Check, place

if TYPE_CHECKING:
    import httpx


def located(
    kind: Literal["equal", "members"], actual: object, what: str, expected: object
) -> tuple[httpx.Response | None, Check | None]:
    """The latest answer of which `actual` is a part, and the check as a value; else neither."""
    record = recorder.current.get()
    try:
        part, wanted = plain(actual), plain(expected)
    except (TypeError, ValueError):
        return None, None
    if isinstance(part, list) and not (part and wanted):
        return None, None  # what is left of a list is easily the whole of it
    for exchange in reversed(record.exchanges if record else ()):
        answer = exchange.response
        pointer = None if answer is None else pointer_of(answer, part, what)
        if pointer is not None:
            return answer, Check(kind=kind, pointer=pointer, expected=wanted)
        if exchange.party != "control" and not isinstance(part, dict | list):
            break  # a number that some earlier answer holds too says nothing
    return None, None


def pointer_of(answer: httpx.Response, part: object, words: str) -> str | None:
    """Where the part is in the JSON of an answer; None where it is not, or in several places."""
    try:
        return place(answer.json(), plain(part), words)
    except (TypeError, ValueError, RecursionError):
        return None


def plain(value: object) -> Any:
    """The value as JSON has it; TypeError where it is none."""
    return json.loads(json.dumps(value))
