"""Secrets that are known, found in a text in whatever form they are written there."""

from __future__ import annotations

import base64
import re
import struct
from array import array
from itertools import chain
from typing import TYPE_CHECKING

from harness.unescape import views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST = 6
"""Characters; a shorter secret cannot be told from ordinary text."""

LONGEST_ENCODED = 4096
"""Characters; a longer secret is not looked for in base64, hexadecimal and UTF-16."""

_STEP = 4
"""Every so many bytes a text is looked at; a longer step finds sooner, and makes learning longer.

A form with a word of eight bytes at each byte of a step cannot slip through.
"""
_WORD = struct.Struct("=Q")


class Known:
    """The secrets, and where they stand in a text. What that costs hardly grows with their number.

    Forms are: as it is, with + for spaces, UTF-16, base64 of either alphabet at any offset, and
    hexadecimal; each within escapes of any kind (see `unescape`).
    """

    def __init__(self) -> None:
        self._secrets: set[str] = set()
        self._forms: list[tuple[bytes, str]] = []
        self._short: list[int] = []
        self._words: dict[int, list[tuple[int, int]]] = {}
        self._runs: dict[bytes, dict[int, int]] = {}
        self.longest = 0

    def __len__(self) -> int:
        return len(self._secrets)

    @property
    def forms(self) -> int:
        """How many forms are looked for; it only grows."""
        return len(self._forms)

    def learn(self, secrets: Iterable[str]) -> None:
        """Look for these too from now on; those that are known already cost nothing."""
        for secret in sorted(set(secrets) - self._secrets):
            self._secrets.add(secret)
            for form in sorted(set(_forms(secret))):
                self._add(form, secret)

    def _add(self, form: str, secret: str) -> None:
        number, raw = len(self._forms), _raw(form)
        self._forms.append((raw, secret))
        self.longest = max(self.longest, len(form))
        if not raw.strip(raw[:1]):
            self._runs.setdefault(raw[:1], {}).setdefault(len(raw), number)
            return
        if len(raw) < _WORD.size + _STEP - 1:
            self._short.append(number)
            return
        start = self._rarest(raw)
        for offset in range(start, start + _STEP):
            (word,) = _WORD.unpack_from(raw, offset)
            self._words.setdefault(word, []).append((number, offset))

    def _rarest(self, raw: bytes) -> int:
        """Where the form is least like others: tokens begin and end alike."""
        last = len(raw) - _WORD.size - _STEP + 1
        best, fewest = 0, len(self._forms)
        for quarters in (0, 2, 4, 1, 3):
            start = last * quarters // 4
            alike = len(self._words.get(_WORD.unpack_from(raw, start)[0], ()))
            if alike < fewest:
                best, fewest = start, alike
            if not alike:
                break
        return best

    def found_in(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and secret of everything in the text that is a secret, in no order.

        Where a secret overlaps itself again and again, that is one.
        """
        found = self._spans(text)
        for view in views(text):
            found += [(*view.span(at, end), secret) for at, end, secret in self._spans(view.text)]
        return found

    def newer_in(self, text: str, since: int) -> bool:
        """Whether a form that came after so many others is in the text."""
        return any(
            number >= since
            for reading in _readings(text)
            for _, _, number in self._hits(_raw(reading))
        )

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        raw = _raw(text)
        spans = _joined(self._hits(raw))
        if len(raw) != len(text):
            spans = [(len(_text(raw[:at])), len(_text(raw[:end])), one) for at, end, one in spans]
        return [(at, end, self._forms[number][1]) for at, end, number in spans]

    def _hits(self, raw: bytes) -> Iterator[tuple[int, int, int]]:
        """Start and end in bytes, and the number of the form."""
        return chain(self._run_hits(raw), self._short_hits(raw), self._long_hits(raw))

    def _run_hits(self, raw: bytes) -> Iterator[tuple[int, int, int]]:
        """Where one letter stands over and over, as in padding, for at least as long as a form."""
        for letter, numbers in self._runs.items():
            for found in re.finditer(b"%b{%d,}" % (re.escape(letter), min(numbers)), raw):
                length = len(found[0])
                yield *found.span(), numbers[max(one for one in numbers if one <= length)]

    def _short_hits(self, raw: bytes) -> Iterator[tuple[int, int, int]]:
        for number in self._short:
            form = self._forms[number][0]
            at = raw.find(form)
            while at >= 0:
                yield at, at + len(form), number
                at = raw.find(form, at + 1)

    def _long_hits(self, raw: bytes) -> Iterator[tuple[int, int, int]]:
        known, forms = self._words, self._forms
        for first in range(0, _WORD.size, _STEP):
            words = array("Q", raw[first : first + (len(raw) - first) // _WORD.size * _WORD.size])
            if known.keys().isdisjoint(words):
                continue
            for place, word in enumerate(words):
                if word in known:
                    for number, offset in known[word]:
                        at = first + place * _WORD.size - offset
                        form = forms[number][0]
                        if at >= 0 and raw.startswith(form, at):
                            yield at, at + len(form), number


def _joined(hits: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The hits, where those of one form that follow each other and overlap are one."""
    done: list[tuple[int, int, int]] = []
    last: dict[int, tuple[int, int]] = {}
    for at, end, number in hits:
        before = last.get(number)
        if before is None:
            last[number] = at, end
        elif at < before[1] and end > before[0]:
            last[number] = min(at, before[0]), max(end, before[1])
        else:
            done.append((*before, number))
            last[number] = at, end
    return [*done, *((*span, number) for number, span in last.items())]


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")


def _readings(text: str) -> Iterator[str]:
    yield text
    for view in views(text):
        yield view.text


def _forms(secret: str) -> Iterator[str]:
    """How a secret may stand in a text, apart from escapes."""
    if len(secret) < SHORTEST:
        return
    yield secret
    if " " in secret:
        yield secret.replace(" ", "+")  # a form's space
    if len(secret) > LONGEST_ENCODED:
        return
    wide = [secret.encode(encoding, "surrogatepass") for encoding in ("utf-16-le", "utf-16-be")]
    for content in (_raw(secret), *wide):
        yield content.hex()
        yield content.hex().upper()
        for before in range(3):
            core = _core(content, before)
            yield core
            yield core.replace("+", "-").replace("/", "_")
    for content in wide:
        bare = content.decode("latin-1").strip("\0")
        if len(bare) >= SHORTEST:
            yield bare


def _core(content: bytes, before: int) -> str:
    """The base64 characters that are the content's alone, with that many bytes before it.

    So a secret is found within a longer encoded text: user:password, the payload of a token.
    """
    text = base64.b64encode(bytes(before) + content).decode("ascii")
    first = -(-before * 8 // 6)
    return text[first : (before + len(content)) * 8 // 6]
