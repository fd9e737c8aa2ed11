"""Edits of a token's text: the whole, or one of its parts, out of which mutations are made.

Each takes a text and gives one, whatever an earlier edit has left of the token. Offsets are
fractions of the length, so that an edit means the same for every token.
"""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from harness import jose


def _three(token: str) -> list[str]:
    """Three parts of any text, so that an act may follow any other."""
    return [*token.split("."), "", ""][:3]


def text_is(_token: str, text: str) -> str:
    """Another text altogether."""
    return text


def around(token: str, before: str, after: str = "") -> str:
    """The token between other text."""
    return f"{before}{token}{after}"


def insert(token: str, part: float, piece: str) -> str:
    """A piece of text inside the token, never at its ends."""
    at = min(max(1, int(len(token) * part)), len(token) - 1)
    return token[:at] + piece + token[at:]


def exchange(token: str, old: str, new: str) -> str:
    """Some text exchanged wherever it stands; where it does not, in place of the last letter."""
    return token.replace(old, new) if old in token else token[:-1] + new


def exchange_all(token: str, table: tuple[tuple[str, str], ...]) -> str:
    """Single letters exchanged by a table; where none of them stands, the last letter."""
    exchanged = token.translate({ord(old): new for old, new in table})
    return token[:-1] + table[0][1] if exchanged == token else exchanged


def wrapped(token: str, width: int, newline: str) -> str:
    """The token in lines, as mail programs and PEM tools write."""
    return newline.join(token[at : at + width] for at in range(0, len(token), width))


def cut(token: str, first: int, last: int) -> str:
    """The token without some of its first and last characters, at least one left."""
    return token[first : len(token) - last] or token[:1]


def elided(token: str, mark: str, left: int) -> str:
    """The first and last characters with a mark between them, as a page shows a long text."""
    return token[:left] + mark + token[-left:]


def doubled(token: str, between: str) -> str:
    """The token twice."""
    return token + between + token


def percent(token: str, times: int) -> str:
    """Every character percent-encoded, once or more."""
    text = "".join(map(_percent, token))
    return text if times < 2 else quote(text)


@lru_cache(maxsize=256)
def _percent(letter: str) -> str:
    return f"%{ord(letter):02X}"


def case(token: str, how: str) -> str:
    """The token in one case."""
    return token.lower() if how == "lower" else token.upper()


def in_json(token: str, how: str) -> str:
    """The token inside the JSON that an API showed."""
    return json.dumps({"object": {"credential": token}, "array": [token]}[how])


def parts(token: str, order: str, joint: str = ".") -> str:
    """Parts in an order: h, p and s are the token's, - is empty, others stand for themselves."""
    own = {**dict(zip("hps", _three(token), strict=True)), "-": ""}
    return joint.join(own.get(name, name) for name in order)


def part_with(token: str, index: int, before: str, after: str) -> str:
    """One part between other text."""
    split = _three(token)
    split[index] = before + split[index] + after
    return ".".join(split)


def part_insert(token: str, index: int, part: float, piece: str) -> str:
    """A piece of text inside one part, never at its ends."""
    split = _three(token)
    split[index] = insert(split[index], part, piece)
    return ".".join(split)


def part_odd(token: str, index: int) -> str:
    """One part cut to a length that no base64url has (RFC 4648 section 4)."""
    split = _three(token)
    split[index] = split[index][: (len(split[index]) - 2) // 4 * 4 + 1]
    return ".".join(split)


def part_as(token: str, index: int, codec: str) -> str:
    """One part in another encoding of the same bytes."""
    split = _three(token)
    split[index] = _codec(split[index], codec)
    return ".".join(split)


def _codec(part: str, codec: str) -> str:
    try:
        data = jose.unb64url(part)
    except ValueError:  # an earlier act has spoiled it
        data = part.encode("utf-8", "surrogatepass")
    encoded: dict[str, Any] = {
        "hex": data.hex(),
        "base32": base64.b32encode(data).rstrip(b"=").decode(),
        "twice": jose.b64url(part.encode("utf-8", "surrogatepass")),
        "raw": data.decode("utf-8", "replace"),
        "standard": base64.b64encode(data).decode(),
    }
    return str(encoded[codec])


def spare_bits(token: str) -> str:
    """The last character with its unused bits turned: another text of the same bytes."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    unused = {2: 4, 3: 2}.get(len(token.rpartition(".")[2]) % 4, 0)
    at = letters.find(token[-1:])
    return token[:-1] + letters[at ^ 1] if unused and at >= 0 else token


def as_json_jws(token: str, form: str) -> str:
    """The same JWS in a JSON serialization (RFC 7515 section 7.2)."""
    header, payload, signature = _three(token)
    one: dict[str, Any] = {"protected": header, "signature": signature}
    forms: dict[str, dict[str, Any]] = {
        "general": {"payload": payload, "signatures": [one]},
        "flattened": {"payload": payload, **one},
        "unprotected": {"payload": payload, "header": {"alg": "RS256"}, "signature": signature},
        "polyglot": {token: 0, "payload": payload, **one},
        "flattened-unprotected": {
            "payload": payload,
            "protected": jose.b64url(b'{"kid":"a"}'),
            "header": {"alg": "RS256"},
            "signature": signature,
        },
        "critical": {"payload": payload, "header": {"crit": ["bork"], "bork": 1}, **one},
        "two": {"payload": payload, "signatures": [{**one, "signature": "AAAA"}, one]},
        "many": {"payload": payload, "signatures": 500 * [{**one, "signature": "AAAA"}]},
    }
    return json.dumps(forms[form])


def wrapped_in_tokens(token: str, times: int) -> str:
    """The token as the payload of a token, and that again."""
    header = jose.b64url(b'{"alg":"RS256","cty":"JWT"}')
    for _ in range(times):
        payload = jose.b64url(token.encode("utf-8", "surrogatepass"))
        token = f"{header}.{payload}.{342 * 'A'}"
    return token


def detached(token: str) -> str:
    """The payload left out (RFC 7515 appendix F)."""
    return parts(token, "h-s")
