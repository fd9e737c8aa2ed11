"""Places in a text that tell that a secret stands there: members, parameters, keys, packed data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = (
    *("password", "passphrase", "secret", "credential", "token", "assertion", "code_verifier"),
    *("encryptedvalue", "encrypted_value", "privatekey", "private_key", "apikey", "api_key"),
    *("filedata", "file_data", "cookie", "authorization"),
)
"""Ends of the names of members and parameters whose values are secret."""

_NAMED = rf"[\w.\-]*(?:{'|'.join(NAMES)})"
_MEMBER = re.compile(
    rf"""(\\?["']){_NAMED}\1\s*:\s*"""
    r"""(?:"([^"\\]*(?:\\.[^"\\]*)*)|'([^'\\]*(?:\\.[^'\\]*)*)"""
    r"""|\\"([^\\]*(?:\\(?!")(?:\\(?:\\.|[^\\])|[^\\])[^\\]*)*)"""
    r"""|\\'([^\\]*(?:\\(?!')(?:\\(?:\\.|[^\\])|[^\\])[^\\]*)*)"""
    r"""|(\{(?:[^{}"]|"[^"\\]*(?:\\.[^"\\]*)*"?)*\}?))""",
    re.IGNORECASE | re.DOTALL,
)
"""A member with its text, as JSON, as Python or as JSON in JSON; or with an object of texts."""
_OBJECT = _MEMBER.groups
_IN_OBJECT = re.compile(r'(:\s*")([^"\\]*(?:\\.[^"\\]*)*)', re.DOTALL)
_PARAMETER = re.compile(
    rf"(?:(?<=[?&;\s])|^)({_NAMED}=)(JWT-\d+\([^()]*\)|[^&\s\"'#<>]+)", re.IGNORECASE
)
_PAIR = re.compile(
    r'(\[\s*"(?:set-|proxy-)?(?:cookie|authorization)"\s*,\s*")((?:[^"\\]|\\.)*)', re.IGNORECASE
)
_JWK_MEMBER = re.compile(r'("(?:d|p|q|dp|dq|qi|k)"\s*:\s*")([\w-]{16,})')  # RFC 7518 section 6
_PEM = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?=\")|\Z)",
    re.DOTALL,
)
_PACKED_STARTS = ("H4sI", "UEsDB", "MII", "MHcCAQEE", "MIGH")
_PACKED = re.compile(
    r"(?<![\w+/])(?:H4sI|UEsDB|MII.[\w+/][AQgw]IB(?:AzCC|AAKC|ADAN)|MHcCAQEE|MIGHAgEAMBMG)"
    r"[\w+/-]{16,}={0,2}"
)
"""Base64 of gzip, zip, PKCS#12, and of private keys in DER: RSA (PKCS#1 and PKCS#8) and EC.

Source: RFC 1952, RFC 7292, RFC 8017 appendix A.1.2, RFC 5208, RFC 5915.
"""


def replaced(text: str, name: Callable[[str], str]) -> str:
    """The text with what `name` gives in place of each value that its place betrays."""
    if "-----BEGIN" in text:
        text = _PEM.sub(lambda found: name(found[0]), text)
    if any(start in text for start in _PACKED_STARTS):
        text = _PACKED.sub(lambda found: name(found[0]), text)
    folded = text.casefold()
    telling = [word for word in NAMES if word in folded]
    if telling:
        text = _members(text, telling, name)
        text = _parameters(text, telling, name)
        text = _PAIR.sub(lambda found: found[1] + name(found[2]), text)
    if '"kty"' in text:
        text = _JWK_MEMBER.sub(lambda found: found[1] + name(found[2]), text)
    return text


def _members(text: str, telling: list[str], name: Callable[[str], str]) -> str:
    def shown(found: re.Match[str]) -> str:
        before = text[found.start() : found.start(found.lastindex or 0)]
        value = found[found.lastindex or 0]
        if found.lastindex != _OBJECT:
            return before + name(value)
        return before + _IN_OBJECT.sub(lambda one: one[1] + name(one[2]), value)

    return _substituted(_MEMBER, text, _starts(text, telling, "\"'\\", 1), shown)


def _parameters(text: str, telling: list[str], name: Callable[[str], str]) -> str:
    def shown(found: re.Match[str]) -> str:
        return found[1] + name(found[2])

    return _substituted(_PARAMETER, text, _starts(text, telling, "=", 0), shown)


def _starts(text: str, telling: list[str], ends: str, quotes: int) -> list[int] | None:
    """Where names of these ends begin, with a quote before them or none; None for "anywhere"."""
    folded = text.casefold()
    if len(folded) != len(text):
        return None
    found = set()
    for word in telling:
        for end in ends:
            at = folded.find(word + end)
            while at >= 0:
                found.add(_begun(text, at) - quotes)
                at = folded.find(word + end, at + 1)
    return sorted(found)


def _begun(text: str, at: int) -> int:
    """Where the name begins that goes on here."""
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] in "_.-"):
        at -= 1
    return at


def _substituted(
    pattern: re.Pattern[str],
    text: str,
    starts: list[int] | None,
    shown: Callable[[re.Match[str]], str],
) -> str:
    """`pattern.sub`, with a look at these places only; they save most of its time."""
    if starts is None:
        return pattern.sub(shown, text)
    pieces, done = [], 0
    for found in _matches(pattern, text, starts):
        if found.start() >= done:
            pieces += [text[done : found.start()], shown(found)]
            done = found.end()
    return "".join([*pieces, text[done:]])


def _matches(pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    for start in starts:
        for at in (start - 1, start):  # a quote may be escaped
            found = pattern.match(text, at) if at >= 0 else None
            if found:
                yield found
                break
