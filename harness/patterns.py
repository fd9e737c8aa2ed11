"""Secrets of a customer, by what they look like: `redact` in paconform.toml, a list of patterns."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING, Any

from harness.errors import BadSettings
from harness.unescape import views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

KEY = "redact"
MOST = 100
"""Patterns; each is looked for in everything that is written."""
SHORTEST = 3
"""Characters of what a pattern finds; one that finds less would leave nothing to read."""

_ENCODED = re.compile(r"(?:[\w+/-]|%2[BFbf]){8,}", re.ASCII)
_WIDE = re.compile(r"\0?(?:[^\0]\0){4,}[^\0]?")


class Patterns:
    """What the patterns find in a text, however it is written there."""

    def __init__(self, patterns: Iterable[re.Pattern[str]] = ()) -> None:
        self._patterns = tuple(patterns)

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def found_in(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and secret of everything in the text that is like one of the patterns.

        Within base64 or UTF-16 the whole run of letters is one secret.
        """
        found = list(self._hits(text))
        for view in views(text):
            found += [(*view.span(at, end), secret) for at, end, secret in self._hits(view.text)]
        return found

    def _hits(self, text: str) -> Iterator[tuple[int, int, str]]:
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                group = 1 if pattern.groups and match[1] else 0
                if len(match[group]) >= SHORTEST:
                    yield *match.span(group), match[group]
        for run in _ENCODED.finditer(text):
            if any(self._is_in(one) for one in _decodings(run[0])):
                yield *run.span(), run[0]
        if "\0" in text:
            for run in _WIDE.finditer(text):
                if self._is_in(run[0].replace("\0", "")):
                    yield *run.span(), run[0]

    def _is_in(self, text: str) -> bool:
        found = (one.search(text) for one in self._patterns)
        return any(match is not None and len(match[0]) >= SHORTEST for match in found)


def patterns_in(document: dict[str, Any], path: Path) -> Patterns:
    """The patterns of a settings file; BadSettings where one of them cannot be used."""
    given = document.get(KEY, [])
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise BadSettings(f"{path}: {KEY} is no list of texts; write {KEY} = ['cust-[0-9]+']")
    if len(given) > MOST:
        raise BadSettings(f"{path}: {KEY} has {len(given)} patterns; join them, {MOST} are taken")
    return Patterns(_compiled(one, path) for one in given)


def _compiled(text: str, path: Path) -> re.Pattern[str]:
    try:
        pattern = re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise BadSettings(
            f"{path}: {KEY}: {text!r} is no pattern of Python ({error}); mend it"
        ) from None
    if pattern.search(""):
        raise BadSettings(f"{path}: {KEY}: {text!r} matches no letters at all; ask for some")
    return pattern


def _decodings(run: str) -> Iterator[str]:
    """What the letters may stand for in base64, begun at any of them, as UTF-8 and as UTF-16."""
    letters = re.sub("%2[Bb]", "-", re.sub("%2[Ff]", "_", run))
    letters = letters.replace("+", "-").replace("/", "_")
    for start in range(4):
        part = letters[start : start + (len(letters) - start) // 4 * 4]
        content = urlsafe_b64decode(part)
        yield content.decode("utf-8", "replace")
        yield content.replace(b"\0", b"").decode("utf-8", "replace")
