"""The strict reading of a compact JWS: segments, base64url and JSON, as a behaviour decides."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from fakes.pingaccess.decisions.credential import CredentialBehaviour


class Unreadable(Exception):  # noqa: N818 - names what the text is
    """Why a part of a credential cannot be read: a reason class, never a piece of the text."""


def unpacked(segment: str, behaviour: CredentialBehaviour) -> bytes:
    """The bytes of a segment (RFC 7515 section 2: base64url without padding)."""
    bare = segment.rstrip("=")
    if bare != segment and not behaviour.credential_padding:
        raise Unreadable("is padded; base64url in a token has no =")
    if not _alphabet(behaviour).fullmatch(bare):
        raise Unreadable("holds characters outside the base64url alphabet")
    if len(bare) % 4 == 1:
        raise Unreadable("is cut off: no bytes have a base64url form of that length")
    standard = bare.translate(_TO_STANDARD)
    if not behaviour.credential_loose_bits and _loose_bits(standard):
        raise Unreadable("is not the canonical base64url form of its bytes")
    return b64decode(standard + "=" * (-len(standard) % 4))


def json_object(raw: bytes, behaviour: CredentialBehaviour) -> dict[str, Any]:
    """The JSON object that `raw` is; of a repeated name what the behaviour says."""
    text = _decoded(raw, behaviour)
    if _depth(text, behaviour.credential_json_depth) > behaviour.credential_json_depth:
        raise Unreadable("is nested too deeply")
    try:
        value = _decoder(behaviour).decode(text)
    except (ValueError, RecursionError):
        raise Unreadable("is not JSON") from None
    if not isinstance(value, dict):
        raise Unreadable("is not a JSON object")
    return value


def _alphabet(behaviour: CredentialBehaviour) -> re.Pattern[str]:
    more = "+/" if "standard" in behaviour.credential_alphabets else ""
    return re.compile(f"[A-Za-z0-9_{more}-]*")


def _loose_bits(standard: str) -> int:
    """The bits of the last character that stand for nothing (RFC 4648 section 3.5)."""
    unused = _UNUSED_BITS[len(standard) % 4]
    return _VALUES.index(standard[-1]) & (1 << unused) - 1 if unused else 0


def _decoded(raw: bytes, behaviour: CredentialBehaviour) -> str:
    for encoding in behaviour.credential_encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("is not UTF-8")


def _depth(text: str, enough: int) -> int:
    """How deep `text` is nested; anything up to `enough` where that is certain at a glance."""
    if text.count("[") + text.count("{") <= enough:
        return 0
    deepest = depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _decoder(behaviour: CredentialBehaviour) -> json.JSONDecoder:
    def constant(name: str) -> float:
        if name not in behaviour.credential_json_literals:
            _refuse(f"{name} is no JSON")
        return float(name.replace("Infinity", "inf"))

    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(members)
        if len(found) == len(members):
            return found
        if behaviour.credential_duplicates == "refuse":
            raise Unreadable("holds a name twice")
        return dict(reversed(members)) if behaviour.credential_duplicates == "first" else found

    return json.JSONDecoder(object_pairs_hook=pairs, parse_constant=constant)


def _refuse(why: str) -> NoReturn:
    raise ValueError(why)


_VALUES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_UNUSED_BITS = (0, 0, 4, 2)
_TO_STANDARD = str.maketrans("-_", "+/")
_STRINGS = re.compile(r'"(?:[^"\\]++|\\.?+)*+(?:"|\Z)', re.DOTALL)  # one pass, also unterminated
_BRACKETS = re.compile(r"[\[\]{}]")
