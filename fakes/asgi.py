"""Cores behind ASGI: a bare application, no framework between the server and the core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.message import Request, Response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from fakes.message import Core

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]

BODY_LIMIT = 32 * 1024 * 1024
"""Bytes of a body that are read at all; past that the connection is answered 413 and closed."""


class CoreApp:
    """An ASGI application that carries requests to one core."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one HTTP request; other kinds of scope are not for this application."""
        if scope["type"] != "http":
            return
        body = await _body(receive)
        response = _TOO_LARGE if body is None else self._core.handle(_request(scope, body))
        headers = [(n.lower().encode("ascii"), v.encode("latin-1")) for n, v in response.headers]
        headers.append((b"content-length", b"%d" % len(response.body)))
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": response.body})


_TOO_LARGE = Response(413, (("connection", "close"),))


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None where it is over the limit."""
    message = await receive()
    first: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return first
    parts, size = [first], len(first)
    while message.get("more_body"):
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > BODY_LIMIT:
            return None
        parts.append(part)
    return b"".join(parts)


def _request(scope: Message, body: bytes) -> Request:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return Request(
        scope["method"].upper(),
        scope["raw_path"].decode("latin-1"),
        scope["query_string"].decode("latin-1"),
        headers,
        body,
        headers.get("host", ""),
    )
