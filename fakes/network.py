"""How the fake PingAccess reaches the world: trust, proxies and faults, with or without sockets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class Trust:
    """Which certificates a connection may show.

    `anything`: whatever it shows ("Trust Any"). `system`: those that the public trust store knows.
    `certificates`: these as well, DER. `skip_dates`: whether or not they are in date.
    """

    anything: bool = False
    system: bool = True
    certificates: frozenset[bytes] = frozenset()
    skip_dates: bool = False


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy that connections go through, with the login that it is given, if any."""

    host: str
    port: int
    username: str = ""
    password: str = field(default="", repr=False)


class Client(Protocol):
    """What sends a request as it is, such as an httpx.Client."""

    def send(
        self, request: httpx.Request, *, stream: bool = False, follow_redirects: bool = False
    ) -> httpx.Response:
        """The answer; with `stream` its body may have to be read yet."""


class Network(Protocol):
    """What gives a client for the outside.

    The client raises httpx.ConnectError where nobody answers or a certificate is not trusted (then
    an ssl.SSLCertVerificationError is in its chain of causes), and httpx.TimeoutException where the
    answer takes too long. It follows no redirect.
    """

    def client(self, trust: Trust, proxy: Proxy | None = None) -> Client:
        """A client with that trust, through that proxy; kept and shared, so do not close it."""
