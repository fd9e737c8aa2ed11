"""The gateway credential as PingAccess reads it before it calls anybody.

Only the form is judged: PingAccess holds no key of PingOne, so that the signature is left to
PingOne (assumed; the claims and RS256 are documented: developer.pingidentity.com/pingone-api,
gateway-credentials, 2026-08-11).
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.connections.claims import address, claim_problems, is_number
from fakes.pingaccess.connections.compact import Unreadable, json_object, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fakes.pingaccess.connections.claims import Problem
    from fakes.pingaccess.decisions.credential import CredentialBehaviour


@dataclass(frozen=True, slots=True)
class Credential:
    """What a credential says of itself.

    `text` is what is to be stored, `spent` what is sent to PingOne: the token, trimmed. `issued_s`
    is NumericDate. `region` is the code of targetGeography, such as NA. `unasked`:
    a behaviour takes it without a question to PingOne.
    """

    text: str = field(repr=False)
    spent: str = field(repr=False)
    credential_id: str
    gateway_id: str
    environment_id: str
    api_url: str
    auth_url: str
    issued_s: int
    organization_name: str | None
    region: str | None
    unasked: bool = False


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong with a credential.

    `kind`: type, mask, empty, size, segments, base64, header-json, payload-json, header, time,
    claim, host. `text` is what the administrator reads, without a piece of the credential.
    """

    kind: str
    text: str


def read_credential(  # noqa: PLR0913 - the text, and all that it is held against
    text: object,
    behaviour: CredentialBehaviour,
    origins: frozenset[str],
    now_s: float | None = None,
    *,
    verb: str = "POST",
    stored: bool = False,
) -> Credential | list[Complaint]:
    """The credential that `text` holds, or every complaint about it; never raises.

    `origins` are allowed for aud and authUrl beside the vendor's own hosts. exp and nbf are judged
    where `now_s` is given. `stored`: it was kept before, so that nothing is left to trim.
    """
    if not isinstance(text, str):
        problems, claims, token = [("type", "is required and must be a string")], None, ""
    else:
        token = text.strip(behaviour.credential_trim) if not stored else text
        token = _repaired(token, behaviour, verb)
        problems, claims = _problems(text, token, behaviour, origins, now_s)
    counting = [one for one in problems if (one[0], verb) not in behaviour.credential_forgiven]
    if counting:
        return [Complaint(kind, _told(one, token, behaviour)) for kind, one in counting]
    kept = text if behaviour.credential_kept == "sent" and isinstance(text, str) else token
    credential = _credential((kept, token), claims or {}, behaviour, origins)
    return replace(credential, unasked=bool(problems))


def _repaired(token: str, behaviour: CredentialBehaviour, verb: str) -> str:
    """The text, mended as a lenient behaviour mends it (the documented product mends nothing)."""
    if not behaviour.credential_repaired:
        return token
    repairs = {repair for repair, on in behaviour.credential_repaired if on == verb}
    if "skip" in repairs:
        token = _OTHER_CHARACTERS.sub("", token)
    if "cut" in repairs:
        token = ".".join(token.split(".")[:3])
    if "unpad" in repairs:
        token = token.replace("=", "")
    return token.translate(_TO_URL) if "letters" in repairs else token


def _problems(
    text: str,
    token: str,
    behaviour: CredentialBehaviour,
    origins: frozenset[str],
    now_s: float | None,
) -> tuple[list[Problem], dict[str, Any] | None]:
    """Every (kind, problem), and the claims where they could be read."""
    if problem := _outside(text, token, behaviour):
        return [problem], None
    segments = token.split(".", 6)
    if len(segments) not in behaviour.credential_segments:
        return [("segments", "is not a token of three segments (header.payload.signature)")], None
    header, payload, problems = _opened(segments, behaviour)
    if header is not None:
        problems += (("header", one) for one in _header_problems(header, behaviour))
    if payload is not None:
        problems += claim_problems(payload, behaviour, origins, now_s)
    return problems, payload


def _outside(text: str, token: str, behaviour: CredentialBehaviour) -> Problem | None:
    """What is wrong with the text before it is taken apart."""
    if len(text) > behaviour.credential_max_characters:
        return "size", f"is longer than {behaviour.credential_max_characters} characters"
    if not token:
        return "empty", "is empty"
    if token.startswith("OBF:") or not token.strip("*\u2022"):
        return "mask", "is the mask of a credential, not the credential itself"
    return None


def _opened(
    segments: list[str], behaviour: CredentialBehaviour
) -> tuple[dict[str, Any] | None, dict[str, Any] | None, list[Problem]]:
    """Header, payload and problems; None for what cannot be read."""
    problems: list[Problem] = []
    raw: list[bytes | None] = []
    for name, segment in zip(_SEGMENTS, segments, strict=False):
        try:
            raw.append(_segment(segment, name, behaviour))
        except Unreadable as why:
            problems.append(("base64" if segment else "segments", f"{name}: {why}"))
            raw.append(None)
    objects: list[dict[str, Any] | None] = []
    for name, content in zip(_SEGMENTS[:2], raw, strict=False):
        try:
            objects.append(None if content is None else json_object(content, behaviour))
        except Unreadable as why:
            problems.append((f"{name}-json", f"{name}: {why}"))
            objects.append(None)
    return objects[0], objects[1], problems


def _segment(segment: str, name: str, behaviour: CredentialBehaviour) -> bytes:
    if not segment and name not in behaviour.credential_empty_segments:
        raise Unreadable("is empty")
    return unpacked(segment, behaviour)


def _header_problems(header: Mapping[str, Any], behaviour: CredentialBehaviour) -> Iterator[str]:
    """RFC 7515 section 4.1; unknown members are ignored, as it demands."""
    algorithm = header.get("alg")
    if not isinstance(algorithm, str):
        yield "header: alg is missing or not a string"
    elif algorithm not in behaviour.credential_algorithms:
        yield "header: alg is not an algorithm of PingOne (RS256)"
    if not behaviour.credential_critical:
        if "crit" in header:
            yield "header: crit names extensions that are not understood"
        if header.get("b64", True) is not True:
            yield "header: b64 may only be true"
    yield from (
        f"header: {name} brings a key of its own"
        for name in sorted(behaviour.credential_key_members & header.keys())
    )
    for name in ("typ", "kid") if behaviour.credential_members_named else ():
        if name in header and not (isinstance(header[name], str) and header[name]):
            yield f"header: {name} is not a text"


def _credential(
    texts: tuple[str, str],
    claims: Mapping[str, Any],
    behaviour: CredentialBehaviour,
    origins: frozenset[str],
) -> Credential:
    aud = claims.get("aud")
    if isinstance(aud, list):
        good = (one for one in aud if address(one, "", "api", behaviour, origins)[0] is None)
        aud = next(good, None)
    kept, token = texts
    issued = claims.get("iat")
    geography = claims.get("targetGeography")
    name = claims.get("organizationName")
    return Credential(
        text=kept,
        spent=token,
        credential_id=str(claims.get("jti", "")),
        gateway_id=str(claims.get("gatewayId", "")),
        environment_id=str(claims.get("environmentId", "")),
        api_url=str(aud or ""),
        auth_url=str(claims.get("authUrl", "")),
        issued_s=int(issued) if is_number(issued) else 0,
        organization_name=name if isinstance(name, str) else None,
        region=geography if isinstance(geography, str) else None,
    )


def _told(problem: str, token: str, behaviour: CredentialBehaviour) -> str:
    """The complaint as the administrator reads it."""
    shown = behaviour.credential_complaint_shows
    claim, _, reason = problem.partition(": ")
    told = [claim] * ("claim" in shown and bool(reason)) + [reason or claim] * ("reason" in shown)
    more = [secret(token) for name, secret in _TOO_MUCH.items() if name in shown]
    return " ".join((": ".join(told), *more))


_TOO_MUCH: Mapping[str, Callable[[str], str]] = {
    "token": lambda token: f"({token})",
    "base64": lambda token: f"({b64encode(token.encode('utf-8', 'replace')).decode('ascii')})",
    "internals": lambda _: (
        "java.lang.IllegalArgumentException at "
        "com.pingidentity.pa.pingone.CredentialReader.read(CredentialReader.java:88)"
    ),
}
_TO_URL = str.maketrans("+/", "-_")
_OTHER_CHARACTERS = re.compile(r"[^A-Za-z0-9_.-]")
_SEGMENTS = ("header", "payload", "signature")
