"""A text with its escapes undone, and the way back from there to the text.

Percent-encoding (RFC 3986), JSON's escapes (RFC 8259 section 7) and HTML's character references,
one in the other as they come.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESCAPES = (
    re.compile(r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)"),
    re.compile(
        r"(?P<pair>\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2})"
        r"|(?P<unicode>\\u[0-9A-Fa-f]{4})|(?P<hex>\\x[0-9A-Fa-f]{2})"
        r"|(?P<short>\\[\"'\\/bfnrt])"
    ),
    re.compile(r"(?P<html>&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|lt|gt|amp|quot|apos);)"),
)
"""One kind at a time: what looks like an escape of another kind may be a letter of a secret."""
_SIGN = re.compile(r"[\\%&]")
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
DEEPEST = 3
"""How many times escapes are undone: JSON in JSON in a form."""


@dataclass(frozen=True, slots=True)
class View:
    """`text` with one more layer of escapes undone than its `outer` view (or the text itself).

    `places` are positions in `text` where an escape stood or ended, `sources` the same outside.
    """

    text: str
    places: list[int]
    sources: list[int]
    outer: View | None = None
    depth: int = 1

    @classmethod
    def of(cls, text: str, escapes: re.Pattern[str], outer: View | None = None) -> View | None:
        """The text without one kind of escape; None when none stands in it."""
        places, sources, pieces = [0], [0], []
        at = done = 0
        for match in escapes.finditer(text):
            plain = text[done : match.start()]
            pieces.append(plain)
            at += len(plain)
            source = match.start()
            for letter, width in _letters(match):
                places.append(at)
                sources.append(source)
                pieces.append(letter)
                at += len(letter)
                source += width
            places.append(at)
            sources.append(source)
            done = match.end()
        if not pieces:
            return None
        depth = 1 if outer is None else outer.depth + 1
        return cls("".join([*pieces, text[done:]]), places, sources, outer, depth)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the view stands in the text itself, escapes whole."""
        found = self._source(start), self._source(end)
        return self.outer.span(*found) if self.outer else found

    def _source(self, place: int) -> int:
        at = bisect_right(self.places, place) - 1
        return self.sources[at] + place - self.places[at]


def views(text: str) -> Iterator[View]:
    """Every text that comes of undoing the escapes, in any order of their kinds, each once."""
    if not _SIGN.search(text):
        return
    seen = {text}
    waiting: list[View | None] = [None]
    while waiting:
        outer = waiting.pop()
        if outer is not None and outer.depth == DEEPEST:
            continue
        for escapes in _ESCAPES:
            view = View.of(text if outer is None else outer.text, escapes, outer)
            if view is not None and view.text not in seen:
                seen.add(view.text)
                waiting.append(view)
                yield view


def _letters(match: re.Match[str]) -> list[tuple[str, int]]:
    """What an escape, or a run of them, stands for; with the width of each in the text."""
    text, kind = match[0], match.lastgroup
    if kind == "percent":
        data = bytes.fromhex(text.replace("%", ""))
        letters = data.decode("utf-8", "surrogateescape")
        return [(one, 3 * len(one.encode("utf-8", "surrogateescape"))) for one in letters]
    if kind == "html":
        return [(_referred(text), len(text))]
    if kind == "short":
        return [(_SHORT.get(text[1], text[1]), len(text))]
    if kind == "pair":
        high, low = int(text[2:6], 16), int(text[8:12], 16)
        return [(chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), len(text))]
    digits = text[2:]
    return [(chr(int(digits, 16)), len(text))]


def _referred(reference: str) -> str:
    """The character of an HTML reference; a browser would replace some, a secret may hold all."""
    if not reference.startswith("&#"):
        return html.unescape(reference)
    digits = reference[2:-1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return chr(number) if number <= 0x10FFFF else reference
