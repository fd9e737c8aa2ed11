"""Cores behind an httpx transport: the whole of HTTP in process, without a socket."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import httpx

from fakes.message import Request, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.message import Core


class CoreTransport(httpx.BaseTransport):
    """Carries every request to the core of its host; other hosts cannot be reached.

    `cores` is keyed by authority as it stands in a URL: host, and port where it is not 443.
    """

    def __init__(self, cores: Mapping[str, Core]) -> None:
        self._cores = {authority.encode("ascii"): core for authority, core in cores.items()}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The core's answer; httpx.ConnectError for a host that has no core."""
        return given(self.answer(request, received(request)))

    def answer(self, request: httpx.Request, plain: Request) -> Response:
        """The core's answer to a request that was received already, as a plain value."""
        core = self._cores.get(request.url.netloc)
        if core is None:
            raise httpx.ConnectError(f"no fake answers for {request.url.host}", request=request)
        return core.handle(plain)


def received(request: httpx.Request) -> Request:
    """The request as a plain value, its body read."""
    path, _, query = request.url.raw_path.partition(b"?")
    headers = _plain(tuple(request.headers.raw))
    return Request(
        request.method.upper(),
        path.decode("ascii"),
        query.decode("ascii"),
        headers,
        request.read(),
        headers.get("host", ""),
    )


def given(response: Response) -> httpx.Response:
    """The response as httpx has it, its body already there."""
    headers, encoded = _carried(response.headers, len(response.body))
    if encoded:
        return httpx.Response(response.status, headers=headers, content=response.body)
    return _Whole(response.status, headers, response.body)


class _Whole(httpx.Response):
    """A response that has its body, as if it had been read already.

    httpx reads even a body of bytes through a stream and a decoder, which costs more than most
    answers of a core.
    """

    def __init__(self, status: int, headers: httpx.Headers, body: bytes) -> None:
        super().__init__(status, headers=headers, stream=httpx.ByteStream(body))
        self._content = body
        self._num_bytes_downloaded = len(body)
        self.is_stream_consumed = self.is_closed = True


@lru_cache(maxsize=2048)
def _plain(raw: tuple[tuple[bytes, bytes], ...]) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("ascii").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return MappingProxyType(headers)


@lru_cache(maxsize=2048)
def _carried(headers: tuple[tuple[str, str], ...], size: int) -> tuple[httpx.Headers, bool]:
    """The headers with the length of the body, and whether they say that it is encoded."""
    pairs = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers]
    carried = httpx.Headers([*pairs, (b"content-length", b"%d" % size)])
    return carried, "content-encoding" in carried
