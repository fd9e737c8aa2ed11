"""Sending requests cheaply, and writing down each with its answer.

Requests are built here and not by the client of httpx: its `build_request` merges headers, cookies
and URLs anew every time, which costs more than the answer of a fake in process.
"""

from __future__ import annotations

import json as _json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import quote, urlencode

import httpx

from harness.clients.limits import asked_again_after_s
from harness.errors import HarnessError, NoAnswer, NotMeasured, Unreachable
from harness.recorder import Exchange, Party, Record
from harness.waiting import Pause, no_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Carry: TypeAlias = "Callable[[httpx.Request], httpx.Response]"
"""How a request is carried to the other side; the answer comes back read."""

Headers = dict[str, bytes]
"""Header values by lower-case name."""


class Absent:
    """The type of an argument that is not given, where None is a value."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()

MEANS_A_BODY = frozenset({"POST", "PUT", "PATCH"})
FRAMING = frozenset({"content-length", "transfer-encoding"})

LIMITED = 429

JSON_TYPE = b"application/json"


class RequestBuilder:
    """Requests from URLs and headers that are read once for a whole run.

    A request that is given its stream and its length is not looked at again by httpx.
    """

    def __init__(self) -> None:
        self._url = lru_cache(maxsize=4096)(httpx.URL)
        self._headers = lru_cache(maxsize=4096)(_read_headers)

    def request(self, method: str, url: str, headers: Headers, content: bytes) -> httpx.Request:
        """The request with these bytes as its body, which is read already.

        Its length is told where there is a body or the method means one (RFC 9110 section 8.6).
        """
        if (content or method in MEANS_A_BODY) and not FRAMING & headers.keys():
            headers = {**headers, "content-length": b"%d" % len(content)}
        request = httpx.Request(
            method,
            self._url(url),
            headers=self._headers(tuple(headers.items())),
            stream=httpx.ByteStream(content),
        )
        request.read()
        return request


class Wire:
    """The way to one party in one scenario.

    While it is `patient`, what PingOne limits is asked again.
    With `read_only` nothing that may change the other side is sent: NotMeasured says so.
    """

    __slots__ = ("_builder", "_carry", "_pause", "party", "patient", "read_only", "record")

    def __init__(  # noqa: PLR0913 - each is one part of the way
        self,
        party: Party,
        carry: Carry,
        record: Record,
        builder: RequestBuilder,
        *,
        read_only: bool = False,
        pause: Pause = no_time,
    ) -> None:
        self.party = party
        self.record = record
        self.read_only = read_only
        self.patient = True
        self._carry = carry
        self._builder = builder
        self._pause = pause

    def send(
        self,
        operation: str | None,
        method: str,
        url: str,
        headers: Headers,
        content: bytes | None = None,
    ) -> httpx.Response:
        """The answer, read. Redirects are not followed; what PingOne limits is asked again.

        Raises Unreachable where nobody is there, NoAnswer where this request was not answered,
        and HarnessError where it could not be sent as it is, or is limited for too long.
        """
        if self.read_only and method not in ("GET", "HEAD") and operation != "token":
            raise NotMeasured(f"{method} changes {self.party}; set PACONFORM_ALLOW_WRITES to allow")
        request = self._builder.request(method, url, headers, content or b"")
        answer = self._sent(operation, request)
        tries = 0
        while answer.status_code == LIMITED and self.party == "pingone" and self.patient:
            tries += 1
            self._pause(asked_again_after_s(answer, tries))
            answer = self._sent(operation, request)
        return answer

    def _sent(self, operation: str | None, request: httpx.Request) -> httpx.Response:
        exchange = Exchange(self.party, operation, request)
        self.record.note(exchange)
        clock = self.record.clock
        exchange.started_s = clock()
        try:
            exchange.response = self._carry(request)
        except httpx.RequestError as error:
            exchange.error = f"{type(error).__name__}: {error}"
            told = (
                f"{request.method} {request.url} got no answer from {self.party} ({exchange.error})"
            )
            raise _kind(error)(self.record.masked(told)) from error
        finally:
            exchange.took_s = clock() - exchange.started_s
        return exchange.response


def straight(transport: httpx.BaseTransport) -> Carry:
    """Straight to a transport in process, past cookies, proxies, redirects and time-outs."""

    def carry(request: httpx.Request) -> httpx.Response:
        answer = transport.handle_request(request)
        answer.request = request
        answer.read()
        return answer

    return carry


def body_of(json: object, content: bytes | str | None, headers: Headers) -> bytes | None:
    """The bytes of a body; a JSON value, also None, brings its content type with it."""
    if not isinstance(json, Absent):
        headers["content-type"] = JSON_TYPE
        return _json.dumps(json, separators=(",", ":")).encode()
    return content.encode() if isinstance(content, str) else content


def overridden(headers: Headers, changes: Mapping[str, str | None] | None) -> Headers:
    """The headers with others in place of some; one with None is not sent."""
    for name, value in (changes or {}).items():
        if value is None:
            headers.pop(name.lower(), None)
        else:
            headers[name.lower()] = value.encode()
    return headers


def query_of(params: Mapping[str, Any] | None) -> str:
    """The query with its question mark, or nothing; a list is one parameter many times."""
    if not params:
        return ""
    return "?" + urlencode(
        [
            (name, _text(one))
            for name, value in params.items()
            for one in (value if isinstance(value, list | tuple) else (value,))
        ]
    )


def path_of(template: str, keys: tuple[object, ...]) -> str:
    """The path with its `{}` filled by the keys, percent-encoded."""
    if template.count("{}") != len(keys):
        raise TypeError(f"{template} takes {template.count('{}')} ids, not {len(keys)}: {keys}")
    return template.format(*(quote(str(key), safe="") for key in keys)) if keys else template


def _read_headers(items: tuple[tuple[str, bytes], ...]) -> httpx.Headers:
    return httpx.Headers([(name.encode(), value) for name, value in items])


def _kind(error: httpx.RequestError) -> type[HarnessError]:
    """Whose fault it is that there is no answer."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
        return Unreachable
    if isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol | httpx.PoolTimeout):
        return HarnessError
    return NoAnswer


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
