"""From an exchange to its record: no secrets, and byte for byte where that is possible."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from harness.evidence import Body, ExchangeRecord

if TYPE_CHECKING:
    import httpx

    from harness.recorder import Exchange
    from harness.redaction import Redactor

LARGEST_BODY = 20_000
"""Characters of a body that are kept."""

LARGEST_HASHED = 1_000_000
"""Bytes of a body that are looked through for secrets, so that a digest of it can be given."""

_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")

_CONTAINERS = (b"\x30\x80", b"\x30\x81", b"\x30\x82", b"\x30\x83", b"PK", b"\x1f\x8b", b"\xfe\xed")
"""How keys in DER (X.690), PKCS#12, zip, gzip and Java's key stores begin."""


def shown(exchange: Exchange, redactor: Redactor) -> ExchangeRecord:
    """The exchange for the evidence: no secrets, bodies cut where they are long."""
    request, response = exchange.request, exchange.response
    sent = [_pair(raw) for raw in request.headers.raw]
    came = [] if response is None else [_pair(raw) for raw in response.headers.raw]
    return ExchangeRecord(
        party=exchange.party,
        operation=exchange.operation,
        method=redactor.text(request.method),
        url=redactor.text(str(request.url)),
        request_headers=redactor.headers(sent),
        request_body=_body(request, redactor, sent, ours=True),
        status=None if response is None else response.status_code,
        phrase=None if response is None else _phrase(response, redactor),
        response_headers=redactor.headers(came),
        response_body=None if response is None else _body(response, redactor, came, ours=False),
        error=None if exchange.error is None else redactor.text(exchange.error),
        arguments=_arguments(exchange, redactor),
        inexact=_inexact(request, "request")
        + ([] if response is None else _inexact(response, "response")),
    )


def _arguments(exchange: Exchange, redactor: Redactor) -> dict[str, Any] | None:
    """What the control door was asked to do; None of what is only read."""
    request = exchange.request
    if exchange.party != "control" or request.method == "GET":
        return None
    told: dict[str, Any] = json.loads(redactor.body(request.content)) if request.content else {}
    return told


def _phrase(response: httpx.Response, redactor: Redactor) -> str | None:
    """The reason phrase, where it is not the usual one of its status."""
    told = response.extensions.get("reason_phrase")
    if told is None:
        return None
    import httpx  # noqa: PLC0415 - reading evidence needs no client

    text = bytes(told).decode("ascii", "backslashreplace")
    return (
        None if text == httpx.codes.get_reason_phrase(response.status_code) else redactor.text(text)
    )


@lru_cache(maxsize=4096)
def _pair(raw: tuple[bytes, bytes]) -> tuple[str, str]:
    """Name and value; bytes that are not UTF-8 as \\xNN."""  # noqa: D301 - shows a backslash
    return raw[0].decode("utf-8", "backslashreplace"), raw[1].decode("utf-8", "backslashreplace")


def _inexact(message: httpx.Request | httpx.Response, what: str) -> list[str]:
    """What of the headers is not as it was sent."""
    return [
        f"{what} header {_pair(raw)[0]}: bytes that are not UTF-8 stand as \\xNN"
        for raw in message.headers.raw
        if not _are_text(raw)
    ]


@lru_cache(maxsize=4096)
def _are_text(raw: tuple[bytes, bytes]) -> bool:
    return _is_text(raw[0]) and _is_text(raw[1])


def _body(
    message: httpx.Request | httpx.Response,
    redactor: Redactor,
    headers: list[tuple[str, str]],
    *,
    ours: bool,
) -> Body | None:
    """The body, cut after it was redacted, so that the cut leaves no part of a secret.

    What the product sends is not shown where it is binary: it may be a sealed key.
    """
    import httpx  # noqa: PLC0415 - reading evidence needs no client

    try:
        content = message.content
    except httpx.StreamError:
        return Body("", 0, "not read")
    if not content:
        return None
    if _is_binary(content):
        whole = b64encode(content).decode() if ours and _is_harmless(content, redactor) else None
        return Body("", len(content), "binary" if whole else "binary, not shown", whole)
    body = _text(content, redactor)
    codings = [value for name, value in headers if name.lower() == "content-encoding"]
    if not ours and codings not in ([], ["identity"]):
        _note(body, "content coding undone")
    return body


def _text(content: bytes, redactor: Redactor) -> Body:
    size, margin = len(content), redactor.longest
    if size <= LARGEST_HASHED:
        body = Body(redactor.body(content), size)
        if len(body.text) > LARGEST_BODY:
            body.sha256 = sha256(body.text.encode("utf-8", "backslashreplace")).hexdigest()
    else:
        start = redactor.body(content[: LARGEST_BODY + margin])
        body = Body(start[: len(start) - margin], size)
    if len(body.text) > LARGEST_BODY or size > LARGEST_HASHED:
        body.text = body.text[:LARGEST_BODY]
        _note(body, f"cut: {len(body.text):,} characters of {size:,} bytes")
    if not _is_text(content):
        _note(body, "not UTF-8: the bytes that are wrong stand as \\xNN")
        if size <= LARGEST_BODY and _is_harmless(content, redactor):
            body.base64 = b64encode(content).decode()
    return body


def _note(body: Body, told: str) -> None:
    body.note = told if body.note is None else f"{body.note}; {told}"


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_harmless(content: bytes, redactor: Redactor) -> bool:
    """Whether the bytes may stand in base64: no secret is found in them, however they are read."""
    if content.startswith(_CONTAINERS) or len(content) > LARGEST_BODY:
        return False
    readings = [
        content.decode("utf-8", "backslashreplace"),
        content.decode("latin-1"),
        *(
            content[start:].decode(f"utf-16-{order}", "replace")
            for start in (0, 1)
            for order in ("le", "be")
        ),
    ]
    return all(redactor.text(one) == one for one in readings)


def _is_binary(content: bytes) -> bool:
    """Whether more than a tenth of the beginning are control characters."""
    start = content[:1000]
    odd = len(start) - len(start.translate(None, _CONTROLS))
    return odd * 10 > len(start)
