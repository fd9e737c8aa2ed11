"""The outside in process: PingOne without sockets, and the certificates that it shows."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import httpx

from fakes.chains import judged
from fakes.outside import FaultyTransport, Outside, disbelieved
from fakes.transport import CoreTransport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.x509 import Certificate

    from fakes.chains import Judged
    from fakes.clock import Clock
    from fakes.message import Core
    from fakes.network import Client, Proxy, Trust

PROXY = ("proxy.example.com", 3128)
"""Where the proxy of the fakes in process is: host and port (example.com: RFC 2606)."""


class Straight:
    """A client in process, which hands a request to a transport as it is.

    There are no cookies, redirects, proxies or time-outs here for httpx to look after.
    """

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._handle = transport.handle_request

    def send(
        self,
        request: httpx.Request,
        *,
        stream: bool = False,  # noqa: ARG002 - every body is there already
        follow_redirects: bool = False,  # noqa: ARG002 - none are followed
    ) -> httpx.Response:
        """The answer of the transport."""
        answer = self._handle(request)
        answer.request = request
        return answer


class EmbeddedNetwork:
    """The outside in process: cores by authority, and the certificates that they show."""

    def __init__(
        self,
        cores: Mapping[str, Core],
        shown: tuple[Certificate, ...],
        public: bytes,
        outside: Outside,
        clock: Clock,
    ) -> None:
        """`shown` is the chain of every core; `public` a CA (DER) that the public store holds."""
        self._shown = shown
        self._public = public
        self._hosts = tuple(_host(authority) for authority in cores)
        self._clock = clock
        self._outside = outside
        self._inner = CoreTransport(cores)
        self._trusting = Straight(FaultyTransport(self._inner, outside))
        self._judged: dict[Trust, Mapping[str, Judged]] = {}

    def client(self, trust: Trust, proxy: Proxy | None = None) -> Client:
        """A client that reaches PingOne where `trust` believes what it shows.

        The one proxy that there is leads there too; through another nothing is reached.
        """
        if proxy is not None and (proxy.host, proxy.port) != PROXY:
            return Straight(FaultyTransport(_NoProxy(proxy), self._outside))
        problems = {} if trust.anything else self._problems(trust)
        if not any(problems.values()):
            return self._trusting
        return Straight(FaultyTransport(_Disbelieved(self._inner, problems), self._outside))

    def _problems(self, trust: Trust) -> dict[str, str | None]:
        """Why what a host shows is not believed now, by host."""
        believed = self._judged.get(trust)
        if believed is None:
            anchors = trust.certificates | ({self._public} if trust.system else set())
            believed = self._judged[trust] = _judged(self._shown, anchors, self._hosts)
        now_s, skip = self._clock.now_s(), trust.skip_dates
        return {host: one.problem_at(now_s, skip_dates=skip) for host, one in believed.items()}


@lru_cache(maxsize=64)
def _host(authority: str) -> str:
    return httpx.URL(f"https://{authority}").host


@lru_cache(maxsize=256)
def _judged(
    shown: tuple[Certificate, ...], anchors: frozenset[bytes], hosts: tuple[str, ...]
) -> Mapping[str, Judged]:
    """What to think of each host; pairs of one seed show and trust the same, and there are many."""
    return {host: judged(shown, anchors, host) for host in hosts}


class _NoProxy(httpx.BaseTransport):
    """Reaches nothing: there is no such proxy."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        where = f"{self._proxy.host}:{self._proxy.port}"
        raise httpx.ConnectError(f"no proxy answers at {where}", request=request)


class _Disbelieved(httpx.BaseTransport):
    """Carries a call to whom is believed; to others as httpx does where OpenSSL says no."""

    def __init__(self, inner: httpx.BaseTransport, problems: Mapping[str, str | None]) -> None:
        self._inner = inner
        self._problems = problems

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        problem = self._problems.get(request.url.host)
        if problem is not None:
            raise disbelieved(request, problem)
        return self._inner.handle_request(request)
