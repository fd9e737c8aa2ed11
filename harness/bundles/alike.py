"""Whether two answers say the same, but for what differs from product to product and day to day."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from harness.conditions import at

if TYPE_CHECKING:
    import httpx

    from harness.bundles.format import Answer
    from harness.redaction import Redactor

SHORT = 160
LONGEST = 100_000
LARGE = 10**8
"""From here on a number is a time."""

_SECRET = re.compile(r"REDACTED-\d+|JWT-\d+\([^()]*\)")
_VARIES = re.compile(
    r"https?://[\w.\[\]:-]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|paconform(?:-\d{8}-\d{6}-[0-9a-f]{4}-[0-9a-f]{8})?(?=-)|[0-9a-f]{16,}|\d+"
)
_ID = re.compile(r"(?:^id|I[dD])s?$")


def alike(recorded: Answer, answer: httpx.Response | None) -> bool:
    """Whether the answer says what the recorded one said."""
    if answer is None or recorded.status != answer.status_code:
        return answer is None and recorded.status is None
    if recorded.cut:
        return True
    told = recorded.body or ""
    try:
        before, now = json.loads(told), answer.json()
    except (ValueError, RecursionError):
        return bool(told) == bool(answer.content) and _texts(told, answer.text)
    try:
        return _same(before, now, "")
    except RecursionError:
        return False


@lru_cache(maxsize=256)
def recorded_json(body: str) -> Any:
    """The JSON of a recorded body; UNSET where it is none, or not whole."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return UNSET


def counterpart(recorded: Any, now: Any, pointer: str) -> Any:
    """The part of an answer that a pointer into the recorded one means.

    Of an array it is the item that says the same, wherever it stands: one product lists its
    objects in another order than the other. LookupError where there is none.
    """
    for written in pointer.split("/")[1:]:
        name = written.replace("~1", "/").replace("~0", "~")
        before = recorded
        recorded = UNSET
        with suppress(LookupError):
            recorded = at(before, f"/{written}")
        if isinstance(now, list) and recorded is not UNSET and isinstance(recorded, dict):
            index = int(name)
            same = [one for one in (now[index : index + 1] + now) if _same(recorded, one, "")]
            if not same:
                raise LookupError(pointer)
            now = same[0]
        else:
            now = at(now, f"/{written}")
    return now


def in_words(answer: httpx.Response | None, error: str, redactor: Redactor) -> str:
    """Status and beginning of an answer without its secrets, or why there is none."""
    if answer is None:
        return f"nothing ({redactor.text(error)[:SHORT]})"
    text = " ".join(redactor.body(answer.content[:LONGEST]).split())[:SHORT]
    return f"{answer.status_code} {text}".strip()


def _same(before: Any, now: Any, name: str) -> bool:
    if isinstance(before, dict) and isinstance(now, dict):
        return before.keys() == now.keys() and all(
            _same(one, now[key], key) for key, one in before.items()
        )
    if isinstance(before, list) and isinstance(now, list):
        return len(before) == len(now) and all(
            _same(one, other, name) for one, other in zip(before, now, strict=True)
        )
    if isinstance(before, str) and isinstance(now, str):
        return _texts(before, now)
    if type(before) is not type(now):
        return False
    if isinstance(before, int) and not isinstance(before, bool):
        return before == now or bool(_ID.search(name)) or min(before, now) > LARGE
    return bool(before == now)


def _texts(before: str, now: str) -> bool:
    if before == now or _SECRET.search(before):
        return True
    return _VARIES.sub("…", before) == _VARIES.sub("…", now)
