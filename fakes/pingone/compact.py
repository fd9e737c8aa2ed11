"""JWTs in compact form: written with PyJWT, read with nothing forgiven."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from fakes.keys import rsa_key

LIMIT = 16 * 1024
"""Characters of a token that are looked at; a real one has about 1,500."""

_SEGMENT = re.compile(r"[A-Za-z0-9_-]+")


class NotCompact(ValueError):  # noqa: N818 - names what the text is
    """The text is no JWT in compact form; the message says why, never what stood there."""


class Token(NamedTuple):
    """A JWT that is well-formed; whether it is genuine is another question."""

    text: str
    header: dict[str, Any]
    claims: dict[str, Any]

    def __repr__(self) -> str:
        return f"Token(…, claims={sorted(self.claims)})"


@lru_cache(maxsize=4096)
def signed(
    seed: int,
    key: str,
    header: tuple[tuple[str, str | None], ...],
    claims: bytes,
    algorithm: str = "RS256",
) -> str:
    """The JWT of these claims, signed with the key of that name.

    PKCS #1 v1.5 signs without chance (RFC 8017 section 8.2), so the same claims are the same token.
    """
    from jwt import api_jws  # noqa: PLC0415 - nothing of it is needed before the first token

    return api_jws.encode(claims, rsa_key(seed, key), algorithm, dict(header))


@lru_cache(maxsize=1024)
def genuine(seed: int, key: str, text: str) -> bool:
    """Whether the key of that name signed the token (RS256)."""
    from jwt.algorithms import RSAAlgorithm  # noqa: PLC0415 - as above

    signing_input, _, signature = text.rpartition(".")
    public = rsa_key(seed, key).public_key()
    verify = RSAAlgorithm(RSAAlgorithm.SHA256).verify
    return verify(signing_input.encode("ascii"), public, urlsafe_b64decode(_padded(signature)))


def read(text: str, *, unsigned: bool = False) -> Token:
    """The token that `text` is; raises NotCompact where it is none (RFC 7515 section 5.2).

    `unsigned`: the third part may be empty (RFC 7519 section 6).
    """
    if len(text) > LIMIT:
        raise NotCompact("too long")
    parts = text.split(".", 3)
    if len(parts) != 3:
        raise NotCompact("not three parts")
    if parts[2] or not unsigned:
        _decoded(parts[2])
    return Token(
        text, _object(_decoded(parts[0]), "header"), _object(_decoded(parts[1]), "payload")
    )


def encoded(data: bytes) -> str:
    """Base64url without padding (RFC 7515 section 2)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decoded(part: str) -> bytes:
    """The bytes of a segment in its one canonical form (RFC 4648 section 3.5)."""
    if not _SEGMENT.fullmatch(part):
        raise NotCompact("a part is empty or not base64url")
    try:
        data = urlsafe_b64decode(_padded(part))
    except binascii.Error:
        raise NotCompact("a part is not base64url") from None
    if encoded(data) != part:
        raise NotCompact("a part is not base64url in canonical form")
    return data


def _padded(part: str) -> str:
    return part + "=" * (-len(part) % 4)


def _object(data: bytes, what: str) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise NotCompact(f"its {what} is not JSON") from None
    if not isinstance(value, dict):
        raise NotCompact(f"its {what} is not a JSON object")
    return value
