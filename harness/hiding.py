"""Looking for a secret in an answer, in whatever form it may have got there."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

LONG_ENOUGH = 16
"""A shorter part of a token is no secret: it may stand anywhere by chance."""

FEWEST_LETTERS = 8
"""Fewer letters of base64 say nothing: they may stand anywhere by chance."""

URL_SAFE = bytes.maketrans(b"+/", b"-_")

_ESCAPE = re.compile(rb"\\u00([0-9a-fA-F]{2})|\\([\"\\/])")


def shown_in(answer: httpx.Response, secret: str) -> str | None:
    """Where the answer shows the secret, or None.

    Looked for: the secret and, of a compact JWT, its signature; plainly, percent-encoded, escaped
    as in JSON or HTML, in UTF-16, in hexadecimal, and inside base64 of either alphabet.
    """
    wanted = _needles(secret)
    if not _holds(b"\n".join([text for _, text in _places(answer)]), wanted):
        return None
    return next((place for place, text in _places(answer) if _holds(text, wanted)), None)


@lru_cache(maxsize=256)
def _needles(secret: str) -> frozenset[bytes]:
    """What a text holds when it holds the secret, plain or somewhere inside base64."""
    parts = [part.encode("utf-8", "surrogatepass") for part in _telling(secret)]
    inside = {_inside_base64(part, before) for part in parts for before in range(3)}
    inside |= {letters.translate(URL_SAFE) for letters in inside}
    digits = {part.hex().encode() for part in parts if len(part) >= FEWEST_LETTERS}
    parts += [*digits, *(one.upper() for one in digits)]
    return frozenset(parts) | {one for one in inside if len(one) >= FEWEST_LETTERS}


def _telling(secret: str) -> list[str]:
    parts = secret.split(".")
    signature = parts[2] if len(parts) == 3 else ""
    return [secret, signature] if len(signature) >= LONG_ENOUGH else [secret]


def _inside_base64(raw: bytes, before: int) -> bytes:
    """The letters of base64 that hold these bytes alone, with so many bytes before them.

    Letters at the ends that hold bits of the neighbours too are left out.
    """
    letters = b64encode(b"\0" * before + raw).rstrip(b"=")
    whole = (before + len(raw)) % 3 == 0
    return letters[(before * 8 + 5) // 6 : len(letters) if whole else -1]


def _holds(text: bytes, needles: frozenset[bytes]) -> bool:
    """Whether the text holds one of these, in any of its forms."""
    for form in _forms(text):
        for needle in needles:
            if needle in form:
                return True
    return False


def _places(answer: httpx.Response) -> Iterator[tuple[str, bytes]]:
    yield "the status line", answer.reason_phrase.encode()
    for name, value in answer.headers.raw:
        yield f"the header {name.decode('latin-1')}", name + b": " + value
    yield "the body", answer.content


def _forms(text: bytes) -> Iterator[bytes]:
    """The text as it is, and as what it may stand for."""
    yield text
    if b"%" in text:
        yield (once := unquote_to_bytes(text))
        yield unquote_to_bytes(once)
    if b"\\" in text:
        yield _ESCAPE.sub(_unescaped, text)
    if b"&" in text:
        yield unescape(text.decode("utf-8", "replace")).encode()
    if b"\0" in text:
        yield text.replace(b"\0", b"")  # ASCII in UTF-16 and UTF-32


def _unescaped(match: re.Match[bytes]) -> bytes:
    code, itself = match.groups()
    return bytes([int(code, 16)]) if code else itself
