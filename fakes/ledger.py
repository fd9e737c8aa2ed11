"""The ledger: which exchanges a fake has had, kept for whoever asks at the control door."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from fakes.message import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakes.message import Core

M = TypeVar("M", Request, Response)

KEPT = 2_000
"""Exchanges kept of each kind; older ones are forgotten, so that a long run stays small."""
LARGEST_BYTES = 64 * 1024
"""Bodies are kept whole up to this size, and of larger ones only the beginning."""


class Ledger:
    """Exchanges in the order in which they ended."""

    def __init__(self) -> None:
        self._entries: deque[tuple[Request, Response | None, str | None]] = deque(maxlen=KEPT)
        self.note = self._entries.append

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()

    def shown(self) -> list[dict[str, Any]]:
        """The exchanges as JSON values: method, url, status, headers and bodies as text, fault.

        `status` is None where a fault left no answer. Nothing is redacted: the control door is for
        tests that have to see what was sent.
        """
        return [_shown(*entry) for entry in self._entries]

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[tuple[Request, Response | None, str | None]]:
        return iter(self._entries)


class Recorded:
    """A core that notes what it is asked and what it answers."""

    def __init__(self, core: Core, ledger: Ledger) -> None:
        self._handle = core.handle
        self._note = ledger.note

    def handle(self, request: Request) -> Response:
        """The inner core's answer."""
        response = self._handle(request)
        self._note((cut(request), cut(response), None))
        return response


def cut(message: M) -> M:
    """The message with no more of its body than is kept."""
    if len(message.body) <= LARGEST_BYTES:
        return message
    return msgspec.structs.replace(message, body=message.body[:LARGEST_BYTES])


def _shown(request: Request, response: Response | None, fault: str | None) -> dict[str, Any]:
    query = f"?{request.query}" if request.query else ""
    return {
        "method": request.method,
        "url": f"https://{request.host}{request.path}{query}",
        "status": response.status if response else None,
        "request_headers": dict(request.headers),
        "request_body": request.body.decode("utf-8", "replace"),
        "response_body": response.body.decode("utf-8", "replace") if response else "",
        "fault": fault,
    }
