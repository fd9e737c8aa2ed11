"""Cores behind an httpx transport: the whole of HTTP in process, without a socket."""

from __future__ import annotations

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
        core = self._cores.get(request.url.netloc)
        if core is None:
            raise httpx.ConnectError(f"no fake answers for {request.url.host}", request=request)
        return given(core.handle(received(request)))


def received(request: httpx.Request) -> Request:
    """The request as a plain value, its body read."""
    path, _, query = request.url.raw_path.partition(b"?")
    headers: dict[str, str] = {}
    for name, value in request.headers.raw:
        key, text = name.decode("ascii").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
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
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.headers]
    headers.append((b"content-length", b"%d" % len(response.body)))
    return httpx.Response(response.status, headers=headers, content=response.body)
