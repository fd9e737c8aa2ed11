"""Looking for a secret in an answer, in whatever form it may have got there."""

from __future__ import annotations

import re
from base64 import b64decode, urlsafe_b64decode
from binascii import Error as NotBase64
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

LONG_ENOUGH = 16
"""A shorter part of a token is no secret: it may stand anywhere by chance."""

_ESCAPE = re.compile(rb"\\u00([0-9a-fA-F]{2})|\\([\"\\/])")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")


def shown_in(answer: httpx.Response, secret: str) -> str | None:
    """Where the answer shows the secret, or None.

    Looked for: the secret and, of a compact JWT, its signature; plainly, percent-encoded, escaped
    as in JSON, and inside base64 of either alphabet.
    """
    wanted = [part.encode() for part in _telling(secret)]
    for place, text in _places(answer):
        if any(part in form for form in _forms(text) for part in wanted):
            return place
    return None


def _telling(secret: str) -> list[str]:
    parts = secret.split(".")
    signature = parts[2] if len(parts) == 3 else ""
    return [secret, signature] if len(signature) >= LONG_ENOUGH else [secret]


def _places(answer: httpx.Response) -> Iterator[tuple[str, bytes]]:
    yield "the status line", answer.reason_phrase.encode()
    for name, value in answer.headers.raw:
        yield f"the header {name.decode('latin-1')}", name + b": " + value
    yield "the body", answer.content


def _forms(text: bytes) -> Iterator[bytes]:
    """The text as it is, and as what it may stand for."""
    yield text
    for plain in (unquote_to_bytes(text), _ESCAPE.sub(_unescaped, text)):
        if plain != text:
            yield plain
    for run in _BASE64.findall(text):
        yield from _decoded(run)


def _unescaped(match: re.Match[bytes]) -> bytes:
    code, itself = match.groups()
    return bytes([int(code, 16)]) if code else itself


def _decoded(run: bytes) -> Iterator[bytes]:
    """What a run of base64 characters holds, wherever in it the encoded text begins."""
    decode = urlsafe_b64decode if re.search(rb"[-_]", run) else b64decode
    for skipped in range(4):
        part = run[skipped:]
        if len(part) % 4 == 1:  # a last character that no text leaves over
            part = part[:-1]
        try:
            yield decode(part + b"=" * (-len(part) % 4))
        except NotBase64:
            continue
