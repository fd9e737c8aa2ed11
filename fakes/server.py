"""Cores on real sockets with TLS, each in a thread of its own; loopback unless told otherwise."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from fakes.asgi import CoreApp

if TYPE_CHECKING:
    import ssl

    from fakes.message import Core, Request, Response

LOOPBACK = "127.0.0.1"


class PortTaken(OSError):  # noqa: N818 - the state of the port, not a fault of ours
    """The port cannot be listened on; the text names it and the way out."""


class Locked:
    """A core that answers one request at a time, for it is called from several threads."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.lock = threading.RLock()

    def handle(self, request: Request) -> Response:
        """The inner core's answer."""
        with self.lock:
            return self._core.handle(request)


def listen(port: int = 0, host: str = LOOPBACK) -> socket.socket:
    """A listening socket, before any server runs, so that the port is known and ours.

    Raises PortTaken where the port is in use or not allowed.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(2048)
    except (OSError, OverflowError) as error:
        sock.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise PortTaken(f"port {port} on {host}: {reason}; choose another, or 0 for any") from None
    return sock


class _Abrupt(uvicorn.Server):
    """A server that does not wait for clients that keep their connections open."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            transport = getattr(connection, "transport", None)
            if transport is not None:
                transport.abort()
        await super().shutdown(sockets)


class Server:
    """One core behind one listening socket, until it is stopped."""

    def __init__(self, core: Core, sock: socket.socket, tls: ssl.SSLContext | None) -> None:
        config = uvicorn.Config(
            CoreApp(core),
            log_config=None,
            log_level="error",  # what hostile clients send is not worth a line each
            access_log=False,
            lifespan="off",
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=1,
            ws="none",
        )
        config.load()
        config.ssl = tls
        self._server = _Abrupt(config)
        self._sock = sock
        self.port: int = sock.getsockname()[1]
        self._thread = threading.Thread(
            target=self._run, name=f"fake on port {self.port}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Answer no more; the port is free when this returns."""
        self._server.should_exit = True
        self._thread.join(timeout=5)
        self._sock.close()

    def _run(self) -> None:
        with suppress(KeyboardInterrupt, SystemExit):
            self._server.run(sockets=[self._sock])
