"""A client that waits for no answer for ever and takes none without an end.

A time-out of httpx is one between two bytes: a product that sends one a second is never late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from harness.cli import wallclock

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE_S = 60.0
"""How long an answer may take from its first byte to its last."""
MOST_BYTES = 50_000_000
"""The largest answer that is taken: far above the export of any configuration."""
MOST_ENCODED_BYTES = 1_000_000
"""The same of a compressed one, of which each byte may stand for a thousand."""


class BoundedClient(httpx.Client):
    """Raises httpx.ReadTimeout or httpx.ReadError where an answer is too slow or too large."""

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """The answer; read, unless it is to be streamed."""
        stream = options.pop("stream", False)
        answer = super().send(request, stream=True, **options)
        encoded = "content-encoding" in answer.headers
        most = MOST_ENCODED_BYTES if encoded else MOST_BYTES
        answer.stream = _Bounded(answer.stream, most, request)
        if not stream:
            try:
                answer.read()
            except BaseException:
                answer.close()
                raise
        return answer


class _Bounded(httpx.SyncByteStream):
    """A stream that breaks where it goes on for too long."""

    def __init__(self, inner: Any, most: int, request: httpx.Request) -> None:
        self._inner = inner
        self._most = most
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        size, until_s = 0, wallclock.deadline_s(WHOLE_S)
        for part in self._inner:
            size += len(part)
            if size > self._most:
                told = f"the answer is larger than {self._most:,} bytes"
                raise httpx.ReadError(told, request=self._request)
            if wallclock.is_over(until_s):
                told = f"the answer takes longer than {WHOLE_S:g} seconds"
                raise httpx.ReadTimeout(told, request=self._request)
            yield part

    def close(self) -> None:
        self._inner.close()
