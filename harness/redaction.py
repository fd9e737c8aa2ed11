"""Texts without secrets, for whatever is written: evidence, reports, messages.

A secret is found because it is known, in whatever form it is written (raw, percent-encoded, escaped
in JSON or HTML, in base64, in hexadecimal, in UTF-16), because it is like a customer's pattern, or
because its place says so (a header, the name of a member or parameter, a token, a private key).
The same secret has the same placeholder throughout. A JWT keeps its structure: which header members
and claims it has, of which type and length, and the values that are public.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from harness import telling
from harness.known import Known
from harness.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MOST_REMEMBERED = 20_000_000
LONGEST_REMEMBERED = 100_000
"""Characters of all texts whose outcome is remembered, and of one: a run sees the same again."""

LONG_ENOUGH = 16
"""Characters of a cookie that is looked for elsewhere too; a shorter one may be a word."""

MOST_PAIRS = 10_000
"""Headers whose outcome is remembered."""

SCHEMES = frozenset({"basic", "bearer", "digest", "dpop", "negotiate"})
"""Schemes of an Authorization header that are shown (IANA, HTTP authentication schemes)."""

_PUBLIC_HEADER = ("alg", "typ", "cty", "crit", "b64", "zip", "enc")
_PUBLIC_CLAIMS = ("iss", "aud", "iat", "exp", "nbf", "scope", "authUrl", "gatewayType")
PUBLIC = frozenset((*_PUBLIC_HEADER, *_PUBLIC_CLAIMS))
"""Header members and claims of a JWT whose values say nothing secret (RFC 7515, RFC 7519)."""

_JWT = re.compile(r"(?<!rivateK)eyJ[\w-]{8,}(?:\.[\w-]*)*", re.ASCII)
"""Not the end of a name such as privateKeyJwtAudience (admin API 9.1)."""
_SCHEME = re.compile(r"\b(Basic|Bearer)\s+([\w.~+/-]{12,}=*)", re.IGNORECASE)
_HEADER_IS_SECRET = re.compile(
    r"token|secret|password|credential|session|api-?key|^x-.*-key$", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"(?:REDACTED-\d+|JWT-\d+\([^()]*\))")
_UNSHOWABLE = re.compile(r"[^\w:/.@+-]", re.ASCII)


class Redactor:
    """Takes secrets out of texts. One serves a whole run, and learns secrets as they appear."""

    def __init__(self, secrets: Iterable[str] = (), patterns: Patterns | None = None) -> None:
        self._placeholders: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._known = Known()
        self._patterns = patterns or Patterns()
        self._seen: dict[tuple[str, str], tuple[str, int]] = {}
        self._held = 0
        self._pairs: dict[tuple[str, str], tuple[tuple[str, str], int]] = {}
        self.learn(secrets)

    def __repr__(self) -> str:
        return f"Redactor({len(self._known)} secrets)"

    def learn(self, secrets: Iterable[str]) -> None:
        """Look for these too from now on; those that are known already cost nothing."""
        self._known.learn(map(_bare, secrets))

    @property
    def longest(self) -> int:
        """How many characters a known secret can have, in its longest form."""
        return self._known.longest

    def named(self, secret: str) -> str:
        """What stands for this secret wherever it is."""
        return self._value(secret)

    def text(self, text: str) -> str:
        """The text with a placeholder for each secret."""
        return self._remembered("", text, self._text)

    def _remembered(self, name: str, text: str, make: Callable[[str], str]) -> str:
        """What `make` gives, which is still so where no secret learned since is in the text."""
        key, now = (name, text), self._known.forms
        before = self._seen.get(key)
        if before is not None and (before[1] == now or not self._known.newer_in(text, before[1])):
            result = before[0]
        else:
            result = make(text)
        if len(text) <= LONGEST_REMEMBERED:
            self._held += len(text) if before is None else 0
            if self._held > MOST_REMEMBERED:
                self._seen.clear()
                self._held = len(text)
            self._seen[key] = (result, now)
        return result

    def _text(self, text: str) -> str:
        text = self._without_known(text)
        text = _JWT.sub(lambda found: self._jwt(found[0]), text)
        folded = text.casefold()
        if "basic" in folded or "bearer" in folded:
            text = _SCHEME.sub(self._scheme, text)
        return telling.replaced(text, self._value)

    def body(self, content: bytes) -> str:
        """The text of a message body; bytes that are not UTF-8 are shown as \\xNN."""  # noqa: D301 - shows a backslash
        return self.text(content.decode("utf-8", "backslashreplace"))

    def headers(self, headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The headers, in order, with a placeholder for each secret."""
        shown, forms = [], self._known.forms
        for pair in headers:
            before = self._pairs.get(pair)
            if before is None or before[1] != forms:
                before = self._remember_pair(pair)
                forms = self._known.forms
            shown.append(before[0])
        return shown

    def _remember_pair(self, pair: tuple[str, str]) -> tuple[tuple[str, str], int]:
        """What is shown of a header: a run sees the same again and again."""
        result = (self._pair(*pair), self._known.forms)
        if len(self._pairs) >= MOST_PAIRS:
            self._pairs.clear()
        self._pairs[pair] = result
        return result

    def _pair(self, name: str, value: str) -> tuple[str, str]:
        lower = name.lower()
        shown = self._remembered(lower, value, lambda text: self._header(lower, text))
        return self._remembered("name", name, self._without_known), shown

    def _header(self, name: str, value: str) -> str:
        if name in ("authorization", "proxy-authorization"):
            return self._authorization(value)
        if name == "cookie":
            return "; ".join(self._cookie(pair) for pair in value.split(";"))
        if name == "set-cookie":
            pair, rest, attributes = value.partition(";")
            return self._cookie(pair) + rest + self.text(attributes)
        if _HEADER_IS_SECRET.search(name):
            return self._value(self.text(value))
        return self.text(value)

    def _authorization(self, value: str) -> str:
        scheme, space, rest = value.partition(" ")
        if not space or scheme.lower() not in SCHEMES:
            return self._value(value)
        if scheme.lower() == "basic":
            return f"{scheme} {self._basic(rest) or self._value(rest)}"
        return f"{scheme} {self._carried(rest)}"

    def _basic(self, value: str) -> str | None:
        """Who logs in, with a placeholder for the password; None where that cannot be read."""
        try:
            user, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (ValueError, binascii.Error):
            return None
        if not colon:
            return None
        user = _UNSHOWABLE.sub("?", self._without_known(user))
        return f"({user}:{self._value(password)})"

    def _cookie(self, pair: str) -> str:
        name, equals, value = pair.strip().partition("=")
        return self._without_known(name) + equals + self._carried(value) if equals else ""

    def _carried(self, value: str) -> str:
        """What stands for a cookie's value or a bearer's; a long one is known from now on."""
        if len(value) >= LONG_ENOUGH and not _PLACEHOLDER.search(value):
            self.learn([value])
        return self._value(value)

    def _scheme(self, found: re.Match[str]) -> str:
        if found[1].lower() == "basic":  # "Basic authentication" is prose
            shown = self._basic(found[2])
            return f"{found[1]} {shown}" if shown else found[0]
        return f"{found[1]} {self._value(found[2])}" if len(found[2]) >= 20 else found[0]

    def _value(self, value: str) -> str:
        """What stands for a value that is secret because of its place; "" stays visible."""
        if not value or _PLACEHOLDER.fullmatch(value):
            return value
        if _JWT.search(value):
            return self._jwt(value)
        return self._name(value)

    def _without_known(self, text: str) -> str:
        """The text with a placeholder for every known secret, however it is written.

        Parts of tokens may be known, since they were tried alone: a token stays whole all the same.
        """
        if self._patterns:
            text = self._without_alike(text)
        found = self._known.found_in(text)
        if not found:
            return text
        whole = [
            (*one.span(), one[0])
            for one in _JWT.finditer(text)
            if any(one.start() <= start < one.end() for start, _, _ in found)
        ]
        return self._replaced(text, found + whole)

    def _without_alike(self, text: str) -> str:
        """The text without what is like a pattern; from now on that is known."""
        found = self._patterns.found_in(text)
        self.learn(secret for _, _, secret in found)
        return self._replaced(text, found) if found else text

    def _replaced(self, text: str, found: list[tuple[int, int, str]]) -> str:
        """The text with the spans replaced; those that overlap become one."""
        pieces, done = [], 0
        for start, end, secret in sorted(found, key=lambda one: (one[0], -one[1])):
            if start >= done:
                pieces += [text[done:start], self._stand_in(secret)]
            done = max(done, end)
        return "".join([*pieces, text[done:]])

    def _stand_in(self, secret: str) -> str:
        return self._jwt(secret) if _JWT.search(secret) else self._name(secret)

    def _name(self, secret: str, kind: str = "REDACTED") -> str:
        """The placeholder, numbered by first appearance: a digest could be guessed from."""
        key = f"{kind} {secret}"
        if key not in self._placeholders:
            self._counts[kind] += 1
            self._placeholders[key] = f"{kind}-{self._counts[kind]}"
        return self._placeholders[key]

    def _jwt(self, token: str) -> str:
        """The structure of a token, in letters that need no escape in JSON or a header."""
        parts = token.split(".")
        shown = [self._part(part) for part in parts[:2]]
        if len(parts) != 3:
            shown.append("1 part" if len(parts) == 1 else f"{len(parts)} parts")
        else:
            shown.append(f"signature:{len(parts[2])}" if parts[2] else "no signature")
        return f"{self._name(token, 'JWT')}({'; '.join(shown)})"

    def _part(self, part: str) -> str:
        members = _decoded(part)
        if members is None:
            return f"unreadable:{len(part)}" if part else "empty"
        pairs = list(members.items())
        shown = [self._claim(name, value) for name, value in pairs[:40]]
        return " ".join([*shown, *(["…"] if len(pairs) > 40 else [])])

    def _claim(self, name: str, value: Any) -> str:
        shown = _UNSHOWABLE.sub("?", self._without_known(name[:80]))
        return f"{shown}={self._claimed(name, value)}"

    def _claimed(self, name: str, value: Any) -> str:
        """A value that is public; of another its type and length, of a text what stands for it."""
        if isinstance(value, dict | list):
            return f"{'object' if isinstance(value, dict) else 'array'}:{len(value)}"
        text = value if isinstance(value, str) else json.dumps(value)
        if name in PUBLIC or text in ("true", "false", "null"):
            return _UNSHOWABLE.sub("?", self._without_known(text)[:80]) or "string:0"
        if not isinstance(value, str):
            return f"number:{len(text)}"
        return f"{self._name(value)}:string:{len(value)}" if value else "string:0"


def _bare(secret: str) -> str:
    """A token without the quotes and blanks around it, which elsewhere are those of JSON."""
    inner = secret.strip("\"' \t\r\n")
    return inner if inner != secret and _JWT.fullmatch(inner) else secret


def _decoded(part: str) -> Mapping[str, Any] | None:
    """The JSON object in a part of a token, None where there is none."""
    try:
        value = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
