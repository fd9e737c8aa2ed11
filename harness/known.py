"""Secrets that are known, found in a text in whatever form they are written there."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from harness.unescape import views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST = 6
"""Characters; a shorter secret cannot be told from ordinary text."""

LONGEST_ENCODED = 4096
"""Characters; a longer secret is not looked for in base64, hexadecimal and UTF-16."""

_STEP = 8
"""Every so many characters a text is looked at: a form as long as two steps cannot slip through."""


class Known:
    """The secrets, and where they stand in a text. What that costs hardly grows with their number.

    Forms are: as it is, with + for spaces, UTF-16, base64 of either alphabet at any offset, and
    hexadecimal; each within escapes of any kind (see `unescape`).
    """

    def __init__(self) -> None:
        self._secrets: set[str] = set()
        self._short: list[tuple[str, str]] = []
        self._pieces: dict[str, list[tuple[str, str, int]]] = {}
        self._forms: list[str] = []
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
        self._forms.append(form)
        self.longest = max(self.longest, len(form))
        if len(form) < 2 * _STEP - 1:
            self._short.append((form, secret))
            return
        for offset in range(_STEP):
            piece = form[offset : offset + _STEP]
            self._pieces.setdefault(piece, []).append((form, secret, offset))

    def found_in(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and secret of everything in the text that is a secret, in no order."""
        found = list(self._hits(text))
        for view in views(text):
            found += [(*view.span(at, end), secret) for at, end, secret in self._hits(view.text)]
        return found

    def newer_in(self, text: str, since: int) -> bool:
        """Whether a form that came after so many others may be in the text."""
        new = self._forms[since:]
        if len(new) > len(text):  # to look for all is as cheap
            return True
        return any(form in one for one in _readings(text) for form in new)

    def _hits(self, text: str) -> Iterator[tuple[int, int, str]]:
        for form, secret in self._short:
            at = text.find(form)
            while at >= 0:
                yield at, at + len(form), secret
                at = text.find(form, at + 1)
        pieces = self._pieces
        for place in range(0, len(text) - _STEP + 1, _STEP):
            here = pieces.get(text[place : place + _STEP])
            if here is not None:
                for form, secret, offset in here:
                    at = place - offset
                    if at >= 0 and text.startswith(form, at):
                        yield at, at + len(form), secret


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
    for content in (secret.encode("utf-8", "surrogatepass"), *wide):
        yield content.hex()
        yield content.hex().upper()
        for before in range(3):
            core = _core(content, before)
            yield core
            yield core.replace("+", "-").replace("/", "_")
    for content in wide:
        yield content.decode("latin-1").strip("\0")


def _core(content: bytes, before: int) -> str:
    """The base64 characters that are the content's alone, with that many bytes before it.

    So a secret is found within a longer encoded text: user:password, the payload of a token.
    """
    text = base64.b64encode(bytes(before) + content).decode("ascii")
    first = -(-before * 8 // 6)
    return text[first : (before + len(content)) * 8 // 6]
