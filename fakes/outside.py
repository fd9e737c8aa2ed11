"""What lies between the fake PingAccess and PingOne: trust, faults, and a ledger of the calls."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Literal, get_args

import httpx

from fakes.chains import EXPIRED, OTHER_HOST, SELF_SIGNED, UNKNOWN_ISSUER, UNKNOWN_ROOT
from fakes.ledger import Ledger, cut
from fakes.message import Response
from fakes.transport import CoreTransport, given, received

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.message import Request
    from fakes.network import Proxy, Trust

Kind = Literal[
    "unreachable", "timeout", "certificate", "untrusted", "self_signed", "expired", "hostname",
    "status", "nonsense", "empty", "truncated",
]  # fmt: skip
Service = Literal["auth", "api", "any"]
KINDS: tuple[str, ...] = get_args(Kind)
SERVICES: tuple[str, ...] = get_args(Service)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong on the way to PingOne.

    `status` is what is answered where `kind` is "status"; `times` is how often, None for always.
    Raises ValueError for a host or a kind that there is not, and names those there are.
    """

    host: Service
    kind: Kind
    status: int = 503
    times: int | None = None

    def __post_init__(self) -> None:
        """Holds one of the hosts and one of the kinds."""
        _check("host", self.host, SERVICES)
        _check("kind", self.kind, KINDS)


def _check(name: str, value: object, known: tuple[str, ...]) -> None:
    if value in known:
        return
    from difflib import get_close_matches  # noqa: PLC0415 - where something went wrong

    near = get_close_matches(str(value).lower(), known, 1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"Fault: {name} {value!r} is not one of {', '.join(known)}{hint}")


class Outside:
    """Faults in force and calls made, shared by every client that a network gives."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self._faults: list[tuple[Fault, list[int]]] = []

    @property
    def faults(self) -> list[Fault]:
        """The faults that can still happen."""
        return [fault for fault, left in self._faults if left[0] != 0]

    def put_faults(self, faults: list[Fault]) -> None:
        """Exactly these faults, their counts fresh."""
        self._faults = [(fault, [-1 if fault.times is None else fault.times]) for fault in faults]

    def next_fault(self, service: Service) -> Fault | None:
        """The first fault that is due for a call to that service; its count goes down."""
        for fault, left in self._faults:
            if left[0] != 0 and fault.host in (service, "any"):
                left[0] -= 1
                return fault
        return None

    def reset(self) -> None:
        """No faults, nothing noted."""
        self._faults = []
        self.ledger.clear()


class FaultyTransport(httpx.BaseTransport):
    """Carries a call outside unless a fault is due; notes it either way."""

    def __init__(self, inner: httpx.BaseTransport, outside: Outside) -> None:
        self._inner = inner
        self._outside = outside

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer from outside, or what the fault makes of it."""
        service: Service = "api" if request.url.raw_path.startswith(b"/v1/") else "auth"
        fault = self._outside.next_fault(service)
        plain = received(request)
        kept = cut(plain)
        try:
            answer, noted = _faulty(request, fault) if fault else self._carry(request, plain)
        except httpx.TransportError as error:
            self._outside.ledger.note((kept, None, fault.kind if fault else type(error).__name__))
            raise
        self._outside.ledger.note((kept, cut(noted), fault.kind if fault else None))
        return answer

    def close(self) -> None:
        """What carries the calls is closed."""
        self._inner.close()

    def _carry(self, request: httpx.Request, plain: Request) -> tuple[httpx.Response, Response]:
        """The answer as httpx has it, and as it is noted."""
        if isinstance(self._inner, CoreTransport):
            noted = self._inner.answer(request, plain)
            return given(noted), noted
        return _noted(self._inner.handle_request(request))


class LoopbackTransport(httpx.HTTPTransport):
    """Carries calls to this machine, and no others: a fake is steered by whoever can log in."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer; ConnectError, as of a host that is not there, where it is another machine."""
        host = request.url.host
        if not is_loopback(host):
            raise httpx.ConnectError(f"{host} is not loopback (--allow-outbound)", request=request)
        return super().handle_request(request)


class _Elsewhere(httpx.BaseTransport):
    """Reaches nothing, for what it would have to go through is another machine."""

    def __init__(self, what: str) -> None:
        self._what = what

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(
            f"{self._what} is not loopback (--allow-outbound)", request=request
        )


def _spoken_to(proxy: Proxy) -> httpx.Proxy:
    """The proxy as httpx takes it, with a login where it has one."""
    host = f"[{proxy.host}]" if ":" in proxy.host else proxy.host
    auth = (proxy.username, proxy.password) if proxy.username else None
    return httpx.Proxy(f"http://{host}:{proxy.port}", auth=auth)


def is_loopback(host: str) -> bool:
    """Whether the host is this machine, by its name or address; no name is looked up."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


class SocketNetwork:
    """The outside over sockets: the public trust store, with the fakes' own CA as if public."""

    def __init__(
        self,
        public: bytes,
        outside: Outside,
        timeout_s: float = 10.0,
        *,
        allow_outbound: bool = False,
    ) -> None:
        """`public` is a CA certificate (PEM) that the public trust store is made to hold.

        Only loopback is called, unless `allow_outbound`.

        `timeout_s`: pa.default.availability.ondemand.connectTimeout is 10,000 ms (observed in the
        vendor's run.properties); that PingOne calls obey it is assumed.
        """
        self._public = public.decode("ascii")
        self._outside = outside
        self._timeout_s = timeout_s
        self._allow_outbound = allow_outbound
        self._clients: dict[tuple[Trust, Proxy | None], httpx.Client] = {}

    def client(self, trust: Trust, proxy: Proxy | None = None) -> httpx.Client:
        """A client with exactly that trust, through that proxy."""
        client = self._clients.get((trust, proxy))
        if client is None:
            client = self._clients[trust, proxy] = httpx.Client(
                transport=FaultyTransport(self._carrier(trust, proxy), self._outside),
                timeout=self._timeout_s,
                trust_env=False,
            )
        return client

    def _carrier(self, trust: Trust, proxy: Proxy | None) -> httpx.BaseTransport:
        """What opens connections: to this machine only, or to a proxy on it, unless allowed."""
        if proxy is not None and not (self._allow_outbound or is_loopback(proxy.host)):
            return _Elsewhere(f"the proxy {proxy.host}")
        if proxy is None and not self._allow_outbound:
            return LoopbackTransport(verify=self._context(trust), trust_env=False)
        try:
            spoken_to = _spoken_to(proxy) if proxy else None
        except (httpx.InvalidURL, ValueError):
            return _Elsewhere("the proxy that is set is no host and port, and")
        return httpx.HTTPTransport(verify=self._context(trust), trust_env=False, proxy=spoken_to)

    def close(self) -> None:
        """Close the connections."""
        for client in self._clients.values():
            client.close()

    def _context(self, trust: Trust) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if trust.anything:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if trust.system:
            context.load_default_certs()
            context.load_verify_locations(cadata=self._public)
        for certificate in filter(None, trust.certificates):
            context.load_verify_locations(cadata=certificate)
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # any can be an anchor, as in Java
        if trust.skip_dates:
            context.verify_flags |= _NO_CHECK_TIME
        return context


_NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL, which the ssl module has no name for."""


def disbelieved(request: httpx.Request, why: str) -> httpx.ConnectError:
    """What httpx raises where OpenSSL does not verify the server's certificate."""
    cause = ssl.SSLCertVerificationError(1, f"certificate verify failed: {why}")
    cause.verify_message = why
    error = httpx.ConnectError(str(cause), request=request)
    error.__cause__ = cause
    return error


def _unreachable(request: httpx.Request, _: Fault) -> httpx.Response:
    raise httpx.ConnectError("[Errno 111] Connection refused", request=request)


def _timeout(request: httpx.Request, _: Fault) -> httpx.Response:
    raise httpx.ReadTimeout("The read operation timed out", request=request)


def _tls(problem: str) -> Callable[[httpx.Request, Fault], httpx.Response]:
    """A fault of the certificate that is shown."""

    def raised(request: httpx.Request, _: Fault) -> httpx.Response:
        raise disbelieved(request, problem.format(request.url.host))

    return raised


def _status(_: httpx.Request, fault: Fault) -> httpx.Response:
    return httpx.Response(fault.status, json={"message": "injected"})


def _nonsense(_: httpx.Request, __: Fault) -> httpx.Response:
    return httpx.Response(200, html="<html><body>Sign in to the guest network</body></html>")


def _empty(_: httpx.Request, __: Fault) -> httpx.Response:
    return httpx.Response(200, content=b"")


def _truncated(_: httpx.Request, __: Fault) -> httpx.Response:
    return httpx.Response(
        200, content=b'{"access_token":"', headers={"content-type": "application/json"}
    )


_FAULTS: Mapping[str, Callable[[httpx.Request, Fault], httpx.Response]] = {
    "unreachable": _unreachable,
    "timeout": _timeout,
    "certificate": _tls(UNKNOWN_ROOT),
    "untrusted": _tls(UNKNOWN_ISSUER),
    "self_signed": _tls(SELF_SIGNED),
    "expired": _tls(EXPIRED),
    "hostname": _tls(OTHER_HOST),
    "status": _status,
    "nonsense": _nonsense,
    "empty": _empty,
    "truncated": _truncated,
}


def _faulty(request: httpx.Request, fault: Fault) -> tuple[httpx.Response, Response]:
    return _noted(_FAULTS[fault.kind](request, fault))


def _noted(answer: httpx.Response) -> tuple[httpx.Response, Response]:
    answer.read()
    return answer, Response(answer.status_code, (), answer.content)
