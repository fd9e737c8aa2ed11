"""How often a file wants a password to be hashed, before anybody begins to hash it.

The count stands in the file (PBKDF2-params, RFC 8018 appendix A.2; MacData, RFC 7292 section 4) and
may be 2^31 there, which is hours during which a fake answers nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 2_000_000
"""Rounds that are waited for, which is about a second (assumed: no product writes that many)."""

_INTEGER, _OCTETS, _SEQUENCE, _CONSTRUCTED = 0x02, 0x04, 0x30, 0x20
_DEPTH = 24
_UNTIL_ITS_END = 0x80
_NEVER = 1 << 62
Element = tuple[int, bytes]


def rounds_in(content: bytes) -> int:
    """The largest count next to a salt anywhere in the DER or BER, its OCTET STRINGs included."""
    return max(_counts(content, _DEPTH), default=0)


def _counts(content: bytes, depth: int) -> Iterator[int]:
    """An INTEGER after an OCTET STRING is a count after its salt, wherever they stand."""
    before = 0
    for tag, value in _elements(content):
        if tag == _INTEGER and before == _OCTETS:
            yield int.from_bytes(value[:9], "big") if len(value) < 9 else _NEVER
        if depth and (tag & _CONSTRUCTED or (tag == _OCTETS and value[:1] == b"\x30")):
            yield from _counts(value, depth - 1)
        before = tag


def _elements(content: bytes) -> Iterator[Element]:
    """Tag and value of the elements that stand side by side; none after what is no element."""
    at = 0
    while at + 2 <= len(content):
        tag, length = content[at], content[at + 1]
        at += 2
        if length > _UNTIL_ITS_END:
            width = length - _UNTIL_ITS_END
            length = int.from_bytes(content[at : at + width], "big")
            at += width
        elif length == _UNTIL_ITS_END:  # BER: whatever follows is looked at as if it were inside
            length = len(content) - at
        yield tag, content[at : at + length]
        at += length
