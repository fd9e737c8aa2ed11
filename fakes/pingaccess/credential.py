"""The gateway credential as PingAccess reads it before it calls anybody.

Only the form is judged: PingAccess holds no key of PingOne, so that the signature is left to
PingOne (assumed; the claims and RS256 are documented: developer.pingidentity.com/pingone-api,
gateway-credentials, 2026-08-11).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.compact import Unreadable, json_object, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.pingaccess.credential_behaviour import CredentialBehaviour


@dataclass(frozen=True, slots=True)
class Credential:
    """What a credential says of itself.

    `text` is what is to be stored and spent: the token, trimmed. `issued_s` is NumericDate.
    `region` is the code of targetGeography, such as NA.
    """

    text: str = field(repr=False)
    credential_id: str
    gateway_id: str
    environment_id: str
    api_url: str
    auth_url: str
    issued_s: int
    organization_name: str | None
    region: str | None


def read_credential(
    text: object,
    behaviour: CredentialBehaviour,
    origins: frozenset[str],
    now_s: float | None = None,
) -> Credential | list[str]:
    """The credential that `text` holds, or every complaint about it; never raises.

    `origins` are allowed for aud and authUrl beside the vendor's own hosts. exp and nbf are judged
    where `now_s` is given. A complaint names the claim and what is wrong with it, never its value.
    """
    if not isinstance(text, str):
        return ["is required and must be a string"]
    token = text.strip(behaviour.credential_trim) if behaviour.credential_trim else text
    if problem := _outside(text, token, behaviour):
        return [problem]
    if behaviour.credential_skipped:
        token = token.translate(str.maketrans("", "", behaviour.credential_skipped))
    segments = token.split(".", 6)
    if len(segments) not in behaviour.credential_segments:
        return ["is not a token of three segments (header.payload.signature)"]
    header, payload, problems = _opened(segments, behaviour)
    if header is not None:
        problems += _header_problems(header, behaviour)
    if payload is not None:
        problems += _claim_problems(payload, behaviour, origins, now_s)
    if problems or payload is None:
        return [_told(problem, token, behaviour) for problem in problems]
    return _credential(token, payload, behaviour, origins)


def _outside(text: str, token: str, behaviour: CredentialBehaviour) -> str | None:
    """What is wrong with the text before it is taken apart."""
    if len(text) > behaviour.credential_max_characters:
        return f"is longer than {behaviour.credential_max_characters} characters"
    return None if token else "is empty"


def _opened(
    segments: list[str], behaviour: CredentialBehaviour
) -> tuple[dict[str, Any] | None, dict[str, Any] | None, list[str]]:
    """Header, payload and complaints; None for what cannot be read."""
    problems: list[str] = []
    raw: list[bytes | None] = []
    for name, segment in zip(_SEGMENTS, segments, strict=False):
        if not segment and name not in behaviour.credential_empty_segments:
            problems.append(f"{name}: is empty")
            raw.append(None)
            continue
        try:
            raw.append(unpacked(segment, behaviour))
        except Unreadable as why:
            problems.append(f"{name}: {why}")
            raw.append(None)
    objects: list[dict[str, Any] | None] = []
    for name, content in zip(_SEGMENTS[:2], raw, strict=False):
        try:
            objects.append(None if content is None else json_object(content, behaviour))
        except Unreadable as why:
            problems.append(f"{name}: {why}")
            objects.append(None)
    return objects[0], objects[1], problems


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


def _claim_problems(
    claims: Mapping[str, Any],
    behaviour: CredentialBehaviour,
    origins: frozenset[str],
    now_s: float | None,
) -> Iterator[str]:
    for name in behaviour.credential_claims:
        if claims.get(name) is None:
            yield f"claim {name}: is missing"
    yield from _identity_problems(claims, behaviour)
    yield from _address_problems(claims, behaviour, origins)
    yield from _time_problems(claims, behaviour, now_s)
    for name in _SHOWN:
        if not isinstance(claims.get(name, ""), str | None):
            yield f"claim {name}: is not a string"
        elif not _encodable(claims.get(name)):
            yield f"claim {name}: holds half of a surrogate pair"


def _identity_problems(claims: Mapping[str, Any], behaviour: CredentialBehaviour) -> Iterator[str]:
    for name in ("environmentId", "gatewayId", "jti"):
        value = claims.get(name)
        if value is None:
            continue
        if not isinstance(value, str) or not re.fullmatch(behaviour.credential_uuid, value):
            yield f"claim {name}: is not a UUID in lower case"
    kind = claims.get("gatewayType")
    if kind is not None and not (
        isinstance(kind, str) and kind in behaviour.credential_gateway_types
    ):
        yield "claim gatewayType: is not that of a PingFederate connection (PING_FEDERATE)"


def _address_problems(
    claims: Mapping[str, Any], behaviour: CredentialBehaviour, origins: frozenset[str]
) -> Iterator[str]:
    regions: set[str] = set()
    for name, service in (("aud", "api"), ("authUrl", "auth")):
        if claims.get(name) is None:
            continue
        why, region = _origin(claims[name], name, service, behaviour, origins)
        if why:
            yield f"claim {name}: {why}"
        regions |= {region} if region else set()
    yield from _region_problems(claims, regions, behaviour)


def _region_problems(
    claims: Mapping[str, Any], regions: set[str], behaviour: CredentialBehaviour
) -> Iterator[str]:
    suffixes = dict(behaviour.credential_regions)
    issuer = claims.get("iss")
    if issuer is not None:
        start = behaviour.credential_issuer
        suffix = issuer.removeprefix(start) if isinstance(issuer, str) else ""
        if not isinstance(issuer, str) or not issuer.startswith(start):
            yield "claim iss: is not the gateway service of PingOne"
        elif suffix not in suffixes.values():
            yield "claim iss: is not a region of PingOne"
        else:
            regions = regions | {suffix}
    geography = claims.get("targetGeography")
    if geography is not None:
        if not isinstance(geography, str) or geography not in suffixes:
            yield "claim targetGeography: is not a region of PingOne"
        else:
            regions = regions | {suffixes[geography]}
    if behaviour.credential_regions_agree and len(regions) > 1:
        yield "claims aud, authUrl, iss, targetGeography: do not name one region"


def _time_problems(
    claims: Mapping[str, Any], behaviour: CredentialBehaviour, now_s: float | None
) -> Iterator[str]:
    """RFC 7519 section 4.1: iat is NumericDate; exp and nbf count where there are any."""
    first, last = behaviour.credential_issued_s
    issued = claims.get("iat")
    if issued is not None and not (_is_number(issued) and first <= issued <= last):
        yield "claim iat: is not a time in seconds since 1970 at which PingOne existed"
    if not behaviour.credential_expiry:
        return
    for name, side in (("exp", 1), ("nbf", -1)):
        if name not in claims:
            continue
        moment = claims[name]
        if not _is_number(moment):
            yield f"claim {name}: is not a time in seconds since 1970"
        elif now_s is not None and (now_s - moment) * side >= behaviour.credential_skew_s:
            yield f"claim {name}: " + ("has passed" if side > 0 else "is still to come")


def _origin(
    value: object,
    name: str,
    service: str,
    behaviour: CredentialBehaviour,
    origins: frozenset[str],
) -> tuple[str | None, str | None]:
    """Why `value` is no allowed origin, and the region's suffix where the host is the vendor's."""
    if isinstance(value, list) and name == "aud" and behaviour.credential_audience_list:
        good = [one for one in value if _origin(one, "", service, behaviour, origins)[0] is None]
        if len(good) != 1 or not all(isinstance(one, str) for one in value):
            return "is not a list of strings with one address of PingOne", None
        value = good[0]
    parts = _URL.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        return "is not an absolute URL in ASCII", None
    if parts["scheme"] not in behaviour.credential_schemes:
        return "is not an https URL", None
    extras = {extra for extra in ("userinfo", "path") if parts[extra]}
    if extras - behaviour.credential_url_extras:
        return "holds more than scheme and host", None
    return _host(parts, service, behaviour, origins)


def _host(
    parts: re.Match[str], service: str, behaviour: CredentialBehaviour, origins: frozenset[str]
) -> tuple[str | None, str | None]:
    authority = parts["host"] + (f":{parts['port']}" if parts["port"] else "")
    for _, suffix in behaviour.credential_regions:
        if _matches(authority, f"{service}.pingone.{suffix}", behaviour):
            return None, suffix
    own = (origin.partition("://")[2] for origin in origins)
    if any(_matches(authority, host, behaviour) for host in own):
        return None, None
    return f"is not the {_SERVICES[service]} of PingOne", None


def _matches(authority: str, host: str, behaviour: CredentialBehaviour) -> bool:
    match behaviour.credential_host_match:
        case "exact":
            return authority == host
        case "prefix":
            return authority.startswith(host)
        case "suffix":
            return authority.endswith(host.partition(".")[2])
        case "any":
            return True


def _credential(
    token: str,
    claims: Mapping[str, Any],
    behaviour: CredentialBehaviour,
    origins: frozenset[str],
) -> Credential:
    aud = claims.get("aud")
    if isinstance(aud, list):
        aud = next(one for one in aud if _origin(one, "", "api", behaviour, origins)[0] is None)
    geography = claims.get("targetGeography")
    name = claims.get("organizationName")
    return Credential(
        text=token,
        credential_id=str(claims.get("jti", "")),
        gateway_id=str(claims.get("gatewayId", "")),
        environment_id=str(claims.get("environmentId", "")),
        api_url=str(aud or ""),
        auth_url=str(claims.get("authUrl", "")),
        issued_s=int(claims.get("iat") or 0),
        organization_name=name if isinstance(name, str) else None,
        region=geography if isinstance(geography, str) else None,
    )


def _told(problem: str, token: str, behaviour: CredentialBehaviour) -> str:
    """The complaint as the administrator reads it."""
    shown = behaviour.credential_complaint_shows
    claim, _, reason = problem.partition(": ")
    told = [claim] * ("claim" in shown and bool(reason)) + [reason or claim] * ("reason" in shown)
    return ": ".join(told) + (f" ({token})" if "token" in shown else "")


def _is_number(value: object) -> bool:
    """Whether it is a NumericDate that a clock can hold; also false for NaN and infinity."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 2**63


def _encodable(value: object) -> bool:
    try:
        str(value).encode()
    except UnicodeEncodeError:
        return False
    return True


_SEGMENTS = ("header", "payload", "signature")
_SHOWN = ("organizationName", "environmentName", "gatewayName", "organizationId", "consoleUrl")
_SERVICES = {"api": "API address", "auth": "authentication address"}
_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?P<userinfo>[^/?#@\s]*)@)?"
    r"(?P<host>[^/?#@:\s\\%]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?P<path>[/?#].*)?",
    re.ASCII,
)
