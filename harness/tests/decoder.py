"""A strict reader of gateway credentials: says everything that is wrong with a text.

No JOSE library is the oracle, for each of them accepts something that it must not. This reader
judges the tokens that the suite writes, and a disagreement with a token's label is our own fault.

Source: RFC 7515 section 5.2, RFC 7519 section 7.2, RFC 8259, RFC 4648 section 3.5; the claims as
PingOne describes them (Gateway credentials page).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, TypeGuard

from harness import jose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    Key: TypeAlias = RSAPublicKey | EllipticCurvePublicKey

LARGEST = 65_536
"""Characters; longer texts are refused unread (our choice: RFC 8725 section 3.6 sets none)."""

DEEPEST = 32
"""Levels of nesting that are read (RFC 8259 section 9 lets a reader choose)."""

LONGEST_NUMBER = 400
"""Digits of a number that are read (RFC 8259 section 9 lets a reader choose)."""

LEEWAY_S = 60
"""Seconds by which two clocks may differ (RFC 7519 section 4.1.4: no more than a few minutes)."""

REGIONS = ("com", "ca", "eu", "asia", "com.au", "sg")
"""Ends of PingOne's regional hosts (PingOne, regions)."""

ISSUERS = frozenset(f"wss://gateways.pingone.{region}" for region in REGIONS)

_ALPHABET = re.compile(r"[A-Za-z0-9_-]+")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|([\[{])|([\]}])', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with a text, and what stands in it where it can be read."""

    complaints: tuple[str, ...]
    header: Mapping[str, Any] = field(default_factory=dict)
    claims: Mapping[str, Any] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """True when nothing is wrong."""
        return not self.complaints


class _Malformed(ValueError):  # noqa: N818 - a step of the reader, never seen outside
    """A part cannot be read; the message is the complaint."""


def judge(
    text: str,
    *,
    key: Key | None = None,
    origins: frozenset[str] = frozenset(),
    now_s: int | None = None,
) -> Judgement:
    """Everything that is wrong with the text as a gateway credential; never raises.

    Without a key, what can be seen without asking anybody. With PingOne's key, its signature too.
    `origins` are accepted beside PingOne's regional hosts. With a clock, times too, give or take
    `LEEWAY_S`.
    """
    try:
        header_bytes, payload_bytes, signature = _parts(text)
        header = _object(header_bytes, "header")
        claims = _object(payload_bytes, "payload")
    except _Malformed as malformed:
        return Judgement((str(malformed),))
    complaints = [*_about_header(header, key), *_about_claims(claims, origins)]
    complaints += [] if now_s is None else _about_times(claims, now_s)
    return Judgement((*complaints, *_about_signature(text, signature, key)), header, claims)


def judge_jws(text: str, *, key: Key | None = None) -> tuple[str, ...]:
    """Everything that is wrong with the text as a compact JWS under RS256, whatever it carries."""
    try:
        header_bytes, _, signature = _parts(text)
        header = _object(header_bytes, "header")
    except _Malformed as malformed:
        return (str(malformed),)
    return (*_about_header(header, key), *_about_signature(text, signature, key))


def _parts(text: str) -> list[bytes]:
    """The three parts decoded."""
    if len(text) > LARGEST:
        raise _Malformed(f"size: {len(text)} characters, at most {LARGEST} are read")
    parts = text.split(".")
    if len(parts) != 3:
        raise _Malformed(f"structure: {len(parts)} parts instead of 3")
    return [
        _part(part, name)
        for part, name in zip(parts, ("header", "payload", "signature"), strict=True)
    ]


def _part(part: str, name: str) -> bytes:
    """One part decoded: right alphabet, no padding, possible length, canonical."""
    if not part:
        raise _Malformed(f"{name}: empty")
    if not _ALPHABET.fullmatch(part):
        raise _Malformed(f"{name}: characters outside of base64url")
    if len(part) % 4 == 1:
        raise _Malformed(f"{name}: no base64url has this length")
    data = jose.unb64url(part)
    if jose.b64url(data) != part:
        raise _Malformed(f"{name}: unused bits are set")
    return data


def _object(data: bytes, name: str) -> dict[str, Any]:
    """The JSON object in the bytes: UTF-8, no name twice, no constant, bounded."""
    try:
        text = data.decode("utf-8")
        _bounded(text)
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_int=lambda digits: int(_short(digits)),
            parse_float=lambda digits: float(_short(digits)),
        )
    except (ValueError, RecursionError) as problem:
        reason = str(problem) if isinstance(problem, _Malformed) else "no JSON in UTF-8"
        raise _Malformed(f"{name}: {reason}") from None
    if not isinstance(value, dict):
        raise _Malformed(f"{name}: no JSON object")
    return value


def _bounded(text: str) -> None:
    """Refuses nesting before the JSON reader sees it."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += 1 if match[1] else -1 if match[2] else 0
        if depth > DEEPEST:
            raise _Malformed(f"nested more than {DEEPEST} deep")


def _unique(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """The members as a dict; a name that stands twice is refused (RFC 7515 section 4)."""
    found = dict(members)
    if len(found) != len(members):
        raise _Malformed("a name stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise _Malformed(f"{name} is no JSON")


def _short(digits: str) -> str:
    if len(digits) > LONGEST_NUMBER:
        raise _Malformed(f"a number of more than {LONGEST_NUMBER} characters")
    return digits


def _about_header(header: Mapping[str, Any], key: Key | None) -> Iterator[str]:
    """Complaints about the header: its key's algorithm, no critical extension, a textual key id."""
    wanted = "ES256" if hasattr(key, "curve") else "RS256"
    if header.get("alg") != wanted:
        yield f"alg: not {wanted}"  # RS256: PingOne gateway credentials, sample
    if "crit" in header:
        yield "crit: no extension is understood"  # RFC 7515 section 4.1.11
    if "b64" in header:
        yield "b64: not for a JWT"  # RFC 7797 section 7
    if not isinstance(header.get("kid", ""), str):
        yield "kid: no text"  # RFC 7515 section 4.1.4


def _about_claims(claims: Mapping[str, Any], origins: frozenset[str]) -> Iterator[str]:
    """Complaints about the claims (PingOne, Gateway credentials)."""
    for name in ("environmentId", "gatewayId", "jti"):
        if not _UUID.fullmatch(str(claims.get(name))):
            yield f"{name}: no UUID"
    if claims.get("gatewayType") != "PING_FEDERATE":
        yield "gatewayType: not PING_FEDERATE"
    if str(claims.get("iss")) not in ISSUERS:
        yield "iss: not the gateway issuer"  # RFC 7519 section 7.3: as it stands, or not
    yield from _about_hosts(claims, origins)
    for name in ("iat", "exp", "nbf"):
        if name in claims and not _is_number(claims[name]):
            yield f"{name}: no number"  # RFC 7519 section 2, NumericDate
    if "iat" not in claims:
        yield "iat: missing"


def _about_hosts(claims: Mapping[str, Any], origins: frozenset[str]) -> Iterator[str]:
    """Complaints about the two hosts: PingOne's, and of one region."""
    regions = {name: _region(claims.get(claim), name, origins) for claim, name in _HOSTS.items()}
    for claim, name in _HOSTS.items():
        if regions[name] is None:
            yield f"{claim}: not an {name} host of PingOne"
    if None not in regions.values() and len(set(regions.values())) > 1:
        yield "authUrl: another region than aud"


def _about_times(claims: Mapping[str, Any], now_s: int) -> Iterator[str]:
    """Complaints about the time (RFC 7519 sections 4.1.4 and 4.1.5)."""
    expires, begins = claims.get("exp"), claims.get("nbf")
    if _is_number(expires) and expires + LEEWAY_S <= now_s:
        yield "exp: has passed"
    if _is_number(begins) and begins - LEEWAY_S > now_s:
        yield "nbf: lies ahead"


_HOSTS = {"aud": "api", "authUrl": "auth"}


def _region(url: object, name: str, origins: frozenset[str]) -> str | None:
    """The region that a URL names, "own" for one of the given origins, None for a foreign one.

    Of an audience in an array the first that is known counts (RFC 7519 section 4.1.3).
    """
    if isinstance(url, list) and name == "api" and all(isinstance(one, str) for one in url):
        return next(filter(None, (_region(one, name, origins) for one in url)), None)
    if not isinstance(url, str):
        return None
    if url in origins:
        return "own"
    for region in REGIONS:
        if url == f"https://{name}.pingone.{region}":
            return region
    return None


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


def _about_signature(text: str, signature: bytes, key: Key | None) -> Iterator[str]:
    """The complaint that the key did not make the signature (RFC 7515 section 5.2, 8)."""
    if key is not None and not _signed(text, signature, key):
        yield "signature: not made by this key over this token"


def _signed(text: str, signature: bytes, key: Key) -> bool:
    """Whether the key made the signature over the first two parts (RFC 7515 section 5.2, 8)."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - 20 ms, when needed
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.asymmetric.padding import (  # noqa: PLC0415 - the same
        PKCS1v15,
    )
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - the same

    covered = text.rpartition(".")[0].encode("ascii")
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(_as_der(signature), covered, ec.ECDSA(SHA256()))
        else:
            key.verify(signature, covered, PKCS1v15(), SHA256())
    except (InvalidSignature, _Malformed):
        return False
    return True


def _as_der(signature: bytes) -> bytes:
    """R and S of P-256 as the library wants them (RFC 7518 section 3.4: 64 bytes)."""
    from cryptography.hazmat.primitives.asymmetric.utils import (  # noqa: PLC0415 - when needed
        encode_dss_signature,
    )

    if len(signature) != 64:
        raise _Malformed("not 64 bytes")
    return encode_dss_signature(*(int.from_bytes(signature[at : at + 32], "big") for at in (0, 32)))
