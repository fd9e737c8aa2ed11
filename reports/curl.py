"""A request as a line for a shell, and what that line is not."""

from __future__ import annotations

import re
from shlex import quote
from typing import TYPE_CHECKING

from reports.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.evidence import ExchangeRecord

OWN = frozenset({"host", "content-length", "accept-encoding", "connection", "user-agent"})
"""Headers that curl writes itself."""

LONGEST = 4_000
"""Characters of one text in a line; longer ones are in the HAR."""

_PLACEHOLDER = re.compile(r"(?:REDACTED|JWT)-\d+")
_BASIC = re.compile(r"basic \((.*)\)", re.IGNORECASE)


def curl(exchange: ExchangeRecord, *, target: str) -> tuple[str, str]:
    """The line, and what makes it inexact ("" where nothing does)."""
    line = plain(" ".join(_words(exchange)))
    return line, "; ".join(_reservations(exchange, line, target))


def _words(exchange: ExchangeRecord) -> Iterator[str]:
    yield "curl --silent --show-error --include"
    if exchange.method != "GET":
        yield f"--request {_quoted(exchange.method)}"
    for name, value in exchange.request_headers:
        basic = _BASIC.fullmatch(value) if name.lower() == "authorization" else None
        if basic:
            yield f"--user {_quoted(basic[1])}"
        elif name.lower() not in OWN and (name.lower(), value) != ("accept", "*/*"):
            yield f"--header {_quoted(f'{name}: {value}')}"
    if exchange.request_body is not None:
        yield f"--data-raw {_quoted(exchange.request_body.text)}"
    yield _quoted(exchange.url)


def _quoted(text: str) -> str:
    return quote(text[:LONGEST])


def _reservations(exchange: ExchangeRecord, line: str, target: str) -> Iterator[str]:
    if _PLACEHOLDER.search(line):
        yield "put in the secrets for the placeholders"
    body = exchange.request_body
    if body is not None and body.note:
        yield f"the body is not whole ({body.note})"
    text = body.text[:LONGEST] if body else ""
    if plain(text) != text:
        yield "characters that cannot be seen are written as escapes"
    headers = (f"{name}: {value}" for name, value in exchange.request_headers)
    texts = (exchange.method, exchange.url, body.text if body else "", *headers)
    if any(len(one) > LONGEST for one in texts):
        yield f"of a longer text, {LONGEST:,} characters are here; exchanges.har has more"
    if target == "embedded":
        yield "the fakes ran in process: start `paconform serve` and use its address"
