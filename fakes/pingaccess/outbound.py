"""Calls of PingAccess to the outside: one request, and what can become of it."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Literal, NamedTuple

import httpx

if TYPE_CHECKING:
    from fakes.network import Client

Silence = Literal[
    "unreachable", "timeout", "certificate", "self_signed", "expired", "hostname", "nonsense"
]


class Unanswered(Exception):  # noqa: N818 - names what became of the call
    """A call without an answer that can be read; `status` is that of one that is too large."""

    def __init__(self, why: Silence, status: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.status = status


class Answer(NamedTuple):
    """The status of an answer, and its whole body."""

    status: int
    body: bytes


def answered(client: Client, request: httpx.Request, limit: int) -> Answer:
    """The answer, of `limit` bytes at most and redirects not followed; Unanswered without one."""
    response, body = received(client, request, limit)
    return Answer(response.status_code, body)


def received(client: Client, request: httpx.Request, limit: int) -> tuple[httpx.Response, bytes]:
    """The same, with the response that the body is of, for whom needs its headers."""
    try:
        response = client.send(request, stream=True, follow_redirects=False)
        try:
            body = _bounded(response, limit)
        finally:
            response.close()
    except httpx.TimeoutException:
        raise Unanswered("timeout") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise Unanswered(_unreached(error)) from None
    return response, body


def _bounded(response: httpx.Response, limit: int) -> bytes:
    """The whole body; Unanswered where it is larger than `limit` bytes, encoded or not."""
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > limit:
            raise Unanswered("nonsense", response.status_code)
    return bytes(body)


def _unreached(error: Exception) -> Silence:
    """Which class of failure lies behind what httpx raised."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is None:
        return "nonsense" if isinstance(error, httpx.DecodingError) else "unreachable"
    told = f"{getattr(cause, 'verify_message', '')} {cause}".lower()
    return next((why for words, why in _TLS if words in told), "certificate")


_TLS: tuple[tuple[str, Silence], ...] = (
    ("hostname mismatch", "hostname"),
    ("ip address mismatch", "hostname"),
    ("has expired", "expired"),
    ("not yet valid", "expired"),
    ("in certificate chain", "certificate"),
    ("self-signed certificate", "self_signed"),
    ("self signed certificate", "self_signed"),
)
"""What OpenSSL says of a certificate, and its class; the older releases spell without a hyphen."""
