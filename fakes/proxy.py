"""An HTTP proxy through which clients with hard-wired host names reach the fake PingOne.

It answers CONNECT (RFC 9110 section 9.3.6) to the vendor's names on port 443 with a tunnel to the
one port where the fake PingOne speaks TLS. It looks up no name and calls nothing else.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import socket
    from collections.abc import Collection

HEAD_BYTES = 16 * 1024
"""Bytes of a request line with its headers that are read at all."""
TUNNELS = 128
"""Connections at a time; each holds two sockets and a few buffers of CHUNK_BYTES."""
CHUNK_BYTES = 64 * 1024
HEAD_S, IDLE_S, LINGER_S = 10.0, 120.0, 1.0
"""How long a request may take, a tunnel may rest, and a refused client may go on sending."""

_END = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) HTTP/1\.[01]")
_AUTHORITY = re.compile(r"(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{1,5})")
_REASONS = {
    400: "Bad Request",
    403: "Forbidden",
    405: "Method Not Allowed",
    408: "Request Timeout",
    431: "Request Header Fields Too Large",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


class Limits(NamedTuple):
    """What a client may take; tests make them small."""

    head_s: float = HEAD_S
    idle_s: float = IDLE_S
    linger_s: float = LINGER_S
    tunnels: int = TUNNELS


class _Refused(Exception):  # noqa: N818 - names what becomes of the request
    """No tunnel: a status, and a sentence that says why and what to do instead."""

    def __init__(self, status: int, sentence: str, reason: str = "") -> None:
        """`reason` stands in the status line, which is all that most clients show."""
        super().__init__(sentence)
        self.status = status
        self.reason = reason or _REASONS[status]


class _Gone(Exception):  # noqa: N818 - names what the client is
    """The client went away before it had asked for anything."""


class ConnectProxy:
    """A proxy behind one listening socket, in a thread of its own, until it is stopped."""

    def __init__(
        self,
        sock: socket.socket,
        names: Collection[str],
        target: tuple[str, int],
        limits: Limits | None = None,
    ) -> None:
        """`target` is the host and port to which all of `names` lead."""
        self._names = frozenset(names)
        self._target = target
        self._limits = limits or Limits()
        self._open: dict[asyncio.Task[None], socket.socket] = {}
        self._loop = asyncio.new_event_loop()
        self._stopped = asyncio.Event()
        self._thread = threading.Thread(
            target=self._run, args=(sock,), name="proxy to the fake PingOne", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Answer no more; every tunnel is cut and the port is free when this returns."""
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(timeout=5)

    def _run(self, sock: socket.socket) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(sock))

    async def _serve(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        self._listen(sock)
        await self._stopped.wait()
        self._loop.remove_reader(sock)
        sock.close()

    def _listen(self, sock: socket.socket) -> None:
        """Take connections where there is room for them, or at least for their refusals."""
        if len(self._open) < 2 * self._limits.tunnels and not self._stopped.is_set():
            self._loop.add_reader(sock, self._accept, sock)
        else:
            self._loop.remove_reader(sock)

    def _accept(self, sock: socket.socket) -> None:
        """One more connection, whose task closes it even where it never began."""
        try:
            connection, _ = sock.accept()
        except BlockingIOError:  # it is gone again
            return
        except OSError:  # the process has too many files
            self._loop.remove_reader(sock)
            self._loop.call_later(1, self._listen, sock)
            return
        task = self._loop.create_task(self._answer(connection))
        self._open[task] = connection
        task.add_done_callback(lambda _: self._ended(task, sock))
        self._listen(sock)

    def _ended(self, task: asyncio.Task[None], sock: socket.socket) -> None:
        self._open.pop(task).close()
        if not self._stopped.is_set():
            self._listen(sock)

    async def _answer(self, connection: socket.socket) -> None:
        """A tunnel, or a refusal; nothing that a client can send raises."""
        connection.setblocking(False)
        reader, writer = await asyncio.open_connection(sock=connection, limit=CHUNK_BYTES)
        try:
            with suppress(_Gone, OSError, TimeoutError):
                try:
                    await self._tunnel(reader, writer)
                except _Refused as refused:
                    await self._refuse(reader, writer, refused)
                writer.close()
                async with asyncio.timeout(self._limits.linger_s):
                    await writer.wait_closed()
        finally:
            writer.transport.abort()

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._open) > self._limits.tunnels:
            raise _Refused(503, f"{self._limits.tunnels} connections are open; close some of them")
        head, early = await self._head(reader)
        _check(head, self._names)
        try:
            there, back = await asyncio.open_connection(*self._target, limit=CHUNK_BYTES)
        except OSError:
            raise _Refused(502, "the fake PingOne has ended; start `paconform serve`") from None
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        back.write(early)
        ways = (self._pump(reader, back), self._pump(there, writer))
        both = [asyncio.ensure_future(way) for way in ways]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in both:
                way.cancel()
            back.transport.abort()

    async def _head(self, reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
        """The request line and headers, and what was sent after them."""
        head = b""
        try:
            async with asyncio.timeout(self._limits.head_s):
                while (end := _END.search(head)) is None:
                    if len(head) > HEAD_BYTES:
                        raise _Refused(431, f"the request has more than {HEAD_BYTES} bytes")
                    chunk = await reader.read(4096)
                    if not chunk:
                        raise _Refused(400, "the request ends in the middle") if head else _Gone
                    head += chunk
                    if head[:1] == b"\x16":
                        raise _Refused(400, "this proxy itself is without TLS: name it by http://")
        except TimeoutError:
            raise _Refused(408, "the request was not whole in time") from None
        return head[: end.start()], head[end.end() :]

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Carries bytes one way, no faster than they are taken, until there are no more."""
        with suppress(OSError, TimeoutError):
            while True:
                async with asyncio.timeout(self._limits.idle_s):
                    data = await source.read(CHUNK_BYTES)
                    if not data:
                        return
                    sink.write(data)
                    await sink.drain()

    async def _refuse(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, refused: _Refused
    ) -> None:
        body = json.dumps({"error": f"proxy to the fake PingOne: {refused}"}).encode()
        lines = [
            f"HTTP/1.1 {refused.status} {refused.reason}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            "Connection: close",
            *(["Allow: CONNECT"] if refused.status == 405 else []),
        ]
        writer.write("\r\n".join([*lines, "", ""]).encode("ascii") + body)
        writer.write_eof()
        async with asyncio.timeout(self._limits.linger_s):  # closed at once, it would not be read
            while await reader.read(CHUNK_BYTES):
                pass


def _check(head: bytes, names: frozenset[str]) -> None:
    """Holds where the request is for a tunnel to one of the names on port 443."""
    line = re.split(rb"\r?\n", head, maxsplit=1)[0].decode("latin-1")
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise _Refused(400, "the request does not begin as HTTP/1.1 does; send CONNECT host:443")
    method, target = parts[1][:20], parts[2]
    if method != "CONNECT":
        sentence = f"{method} is not answered here, only CONNECT; ask for an https URL"
        raise _Refused(405, sentence)
    if "@" in target:
        raise _Refused(400, "CONNECT takes a host and a port, and no login")
    found = _AUTHORITY.fullmatch(target)
    if found is None:
        raise _Refused(400, f"CONNECT {_plain(target)}: is no host and port; send host:443")
    host, port = found["host"].lower(), int(found["port"])
    if host not in names or port != 443:
        raise _Refused(
            403,
            f"{_plain(target)} is not reached through this proxy, which leads to "
            f"{', '.join(sorted(names))} on port 443 alone; leave other hosts out of it (NO_PROXY)",
            f"Forbidden: {_plain(target)} is no host of PingOne",
        )


def _plain(text: str) -> str:
    """Text of a client, short and in ASCII, for a sentence."""
    return text[:200].encode("ascii", "backslashreplace").decode("ascii")
