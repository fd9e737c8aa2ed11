"""What a client does when PingOne answers 429: it waits as it is told, and not for ever.

PingOne limits the requests of a licence per second (rate limiting page). No document says that
PingAccess limits its admin API, so that its 429 is an answer like another.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from harness.errors import HarnessError

if TYPE_CHECKING:
    import httpx

TRIES = 6
"""How often one request is asked again."""

MOST_S = 30.0
"""The longest wait before one try. Source: PingOne Go SDK, risk/client_ext.go (30 s)."""


def asked_again_after_s(answer: httpx.Response, tries: int) -> float:
    """How long to wait before this try, the first being 1; HarnessError where it is too long.

    By Retry-After, as seconds or as a date (RFC 9110 section 10.2.3), else by a second that
    doubles. Source: PingOne Go SDK, risk/client_ext.go.
    """
    wait_s = _told_s(answer)
    if wait_s is None:
        wait_s = float(2 ** (tries - 1))
    if tries > TRIES or wait_s > MOST_S:
        raise HarnessError(
            f"PingOne limits the requests of this environment: "
            f"{answer.request.method} {answer.request.url.path} was answered 429 "
            f"{tries} times, at last to wait {wait_s:g} seconds; run again when less is asked of it"
        )
    return wait_s


def _told_s(answer: httpx.Response) -> float | None:
    told = answer.headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        wait = parsedate_to_datetime(told) - parsedate_to_datetime(answer.headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    return max(wait.total_seconds(), 0.0)
