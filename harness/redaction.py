"""Texts without secrets, for whatever is written: evidence, reports, messages.

A secret is found because it is known, in whatever form it is written (raw, percent-encoded, escaped
in JSON or HTML, in base64, in hexadecimal), or because its place says so (a header, the name of a
member or parameter, a token, a private key). The same secret has the same placeholder throughout.
A JWT keeps its structure: which header members and claims it has, and the values that are public.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from harness.unescape import views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SHORTEST = 6
"""Characters; a shorter secret cannot be told from ordinary text and is found by its place only."""

LONGEST_IN_BASE64 = 4096
"""Characters; a longer secret is not looked for in base64 and hexadecimal."""

SCHEMES = frozenset({"basic", "bearer", "digest", "dpop", "negotiate"})
"""Schemes of an Authorization header that are shown (IANA, HTTP authentication schemes)."""

_PUBLIC_HEADER = ("alg", "typ", "cty", "crit", "b64", "zip", "enc")
_PUBLIC_CLAIMS = ("iss", "aud", "iat", "exp", "nbf", "scope", "authUrl", "gatewayType")
PUBLIC = frozenset((*_PUBLIC_HEADER, *_PUBLIC_CLAIMS))
"""Header members and claims of a JWT whose values say nothing secret (RFC 7515, RFC 7519)."""

_NAMED = (
    r"[\w.\-]*(?:password|passphrase|secret|credential|token|assertion|encrypted_?value"
    r"|private_?key|api_?key|file_?data|code_verifier)"
)
_MEMBER = re.compile(
    rf"""((\\?["']){_NAMED}\2\s*:\s*)"""
    r"""(?:(\\?["'])((?:(?!\3)(?:\\.|[^\\]))*)|(\{(?:[^{}"]|"(?:[^"\\]|\\.)*"?)*\}?))""",
    re.IGNORECASE | re.DOTALL,
)
_JWK_MEMBER = re.compile(r'("(?:d|p|q|dp|dq|qi|k)"\s*:\s*")([\w-]{16,})')  # RFC 7518 section 6
_IN_OBJECT = re.compile(r'(:\s*")((?:[^"\\]|\\.)*)')
_PARAMETER = re.compile(
    rf"(?:(?<=[?&;\s])|^)({_NAMED}=)(JWT-\d+\([^()]*\)|[^&\s\"'#<>]+)", re.IGNORECASE
)
_JWT = re.compile(r"eyJ[\w-]{8,}(?:\.[\w-]*)*", re.ASCII)
_PEM = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?=\")|\Z)",
    re.DOTALL,
)
_SCHEME = re.compile(r"\b(Basic|Bearer)\s+([\w.~+/-]{12,}=*)", re.IGNORECASE)
_HEADER_IS_SECRET = re.compile(
    r"token|secret|password|credential|session|api-?key|^x-.*-key$", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"(?:REDACTED-\d+|JWT-\d+\([^()]*\))")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_UNSHOWABLE = re.compile(r"[^\w:/.@+-]", re.ASCII)


class Redactor:
    """Takes secrets out of texts. One serves a whole run, and learns secrets as they appear."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._placeholders: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._known: set[str] = set()
        self._forms: dict[str, list[tuple[str, str]]] = {}
        self.longest = 0
        self.learn(secrets)

    def __repr__(self) -> str:
        return f"Redactor({len(self._known)} secrets)"

    def learn(self, secrets: Iterable[str]) -> None:
        """Look for these too from now on; those that are known already cost nothing."""
        for secret in sorted(set(secrets) - self._known):
            self._known.add(secret)
            for form in set(_forms(secret)):
                self._forms.setdefault(form[:SHORTEST], []).append((form, secret))
                self.longest = max(self.longest, len(form))

    def named(self, secret: str) -> str:
        """What stands for this secret wherever it is."""
        return self._value(secret)

    def text(self, text: str) -> str:
        """The text with a placeholder for each secret."""
        text = self._without_known(text)
        text = _PEM.sub(lambda found: self._name(found[0]), text)
        text = _JWT.sub(lambda found: self._jwt(found[0]), text)
        text = _SCHEME.sub(self._scheme, text)
        text = _MEMBER.sub(self._member, text)
        if '"kty"' in text:
            text = _JWK_MEMBER.sub(lambda found: found[1] + self._value(found[2]), text)
        return _PARAMETER.sub(lambda found: found[1] + self._value(found[2]), text)

    def body(self, content: bytes) -> str:
        """The text of a message body; bytes that are not UTF-8 are shown as \\xNN."""  # noqa: D301 - shows a backslash
        return self.text(content.decode("utf-8", "backslashreplace"))

    def headers(self, headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The headers, in order, with a placeholder for each secret."""
        return [
            (self._without_known(name), self._header(name.lower(), value))
            for name, value in headers
        ]

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
        return f"{scheme} {self._value(rest)}"

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
        return self._without_known(name) + equals + self._value(value) if equals else ""

    def _scheme(self, found: re.Match[str]) -> str:
        if found[1].lower() == "basic":  # "Basic authentication" is prose
            shown = self._basic(found[2])
            return f"{found[1]} {shown}" if shown else found[0]
        return f"{found[1]} {self._value(found[2])}" if len(found[2]) >= 20 else found[0]

    def _member(self, found: re.Match[str]) -> str:
        before, quote, value, members = found[1], found[3], found[4], found[5]
        if members is None:
            return f"{before}{quote}{self._value(value)}"
        return before + _IN_OBJECT.sub(lambda one: one[1] + self._value(one[2]), members)

    def _value(self, value: str) -> str:
        """What stands for a value that is secret because of its place; "" stays visible."""
        if not value or _PLACEHOLDER.fullmatch(value):
            return value
        if _JWT.search(value):
            return self._jwt(value)
        return self._name(value)

    def _without_known(self, text: str) -> str:
        """The text with a placeholder for every known secret, however it is written."""
        found = list(self._hits(text))
        for view in views(text):
            found += [(*view.span(at, end), secret) for at, end, secret in self._hits(view.text)]
        return self._replaced(text, found) if found else text

    def _hits(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and secret of each form that stands in the text.

        Its cost is that of the text, however many secrets there are.
        """
        forms, width = self._forms, SHORTEST
        for at in range(len(text) - width + 1):
            here = forms.get(text[at : at + width])
            if here is not None:
                for form, secret in here:
                    if text.startswith(form, at):
                        yield at, at + len(form), secret

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
            shown.append("signature" if parts[2] else "no signature")
        return f"{self._name(token, 'JWT')}({'; '.join(shown)})"

    def _part(self, part: str) -> str:
        members = _decoded(part)
        if members is None:
            return "unreadable" if part else "empty"
        pairs = list(members.items())
        shown = [self._claim(name, value) for name, value in pairs[:40]]
        return " ".join([*shown, *(["…"] if len(pairs) > 40 else [])])

    def _claim(self, name: str, value: Any) -> str:
        shown = _UNSHOWABLE.sub("?", self._without_known(name[:80]))
        return f"{shown}={self._claimed(name, value)}"

    def _claimed(self, name: str, value: Any) -> str:
        if isinstance(value, dict | list):
            return "..." if value else "empty"
        text = value if isinstance(value, str) else json.dumps(value)
        if isinstance(value, str) and name not in PUBLIC:
            return f"{value[:8]}..." if _UUID.fullmatch(value) else self._value_name(value)
        return _UNSHOWABLE.sub("?", self._without_known(text)[:80])

    def _value_name(self, value: str) -> str:
        return self._name(value) if value else "empty"


def _forms(secret: str) -> Iterator[str]:
    """How a secret may stand in a text, apart from escapes."""
    if len(secret) < SHORTEST:
        return
    yield secret
    if " " in secret:
        yield secret.replace(" ", "+")  # a form's space
    if len(secret) > LONGEST_IN_BASE64:
        return
    content = secret.encode("utf-8", "surrogatepass")
    yield content.hex()
    yield content.hex().upper()
    for before in range(3):
        core = _core(content, before)
        yield core
        yield core.replace("+", "-").replace("/", "_")


def _core(content: bytes, before: int) -> str:
    """The base64 characters that are the content's alone, with that many bytes before it.

    So a secret is found within a longer encoded text: user:password, the payload of a token.
    """
    text = base64.b64encode(bytes(before) + content).decode("ascii")
    first = -(-before * 8 // 6)
    return text[first : (before + len(content)) * 8 // 6]


def _decoded(part: str) -> Mapping[str, Any] | None:
    """The JSON object in a part of a token, None where there is none."""
    try:
        value = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
