"""A canary: an address of this machine that nobody knows but from a spoiled token."""

from __future__ import annotations

import re
import socket
from threading import Thread

STRANGERS = ("paconform.invalid", "127.0.0.1:9", "[::1]:9")
"""The hosts of nobody in the arguments of mutations."""

_STRANGER = re.compile(r"(?:[\w-]+\.)*paconform\.invalid|(?:127\.0\.0\.1|\[::1\]):9\b")


class Listener:
    """Counts connections and closes each at once, so that whoever calls need not wait.

    OSError where the host is no address of this machine.
    """

    def __init__(self, host: str = "127.0.0.1") -> None:
        if not host:
            raise OSError("every address is no address")
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._server = socket.create_server((host, 0), family=family)
        shown = f"[{host}]" if ":" in host else host
        self.address = f"{shown}:{self._server.getsockname()[1]}"
        self._connections = self._told = 0
        Thread(target=self._listen, daemon=True).start()

    def heard(self) -> bool:
        """Whether anybody connected since this was asked last."""
        with socket.create_connection(self._server.getsockname()[:2]) as own:
            own.recv(1)  # it is closed in its turn: who came before it is counted
        before, self._told = self._told, self._connections
        return self._told > before + 1

    def close(self) -> None:
        """Nobody can connect any more."""
        self._server.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:  # closed
                return
            self._connections += 1
            connection.close()


def named(value: object, address: str) -> object:
    """A text with this address in the place of strangers; anything else as it is."""
    if not isinstance(value, str) or not any(one in value for one in STRANGERS):
        return value
    return _STRANGER.sub(address, value)
