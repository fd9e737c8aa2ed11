"""The claims of a gateway credential, held against those that PingOne writes.

Claims, gateway types and hosts are documented (developer.pingidentity.com/pingone-api,
gateway-credentials, 2026-08-11); that PingAccess compares them is assumed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.pingaccess.decisions.credential import CredentialBehaviour

Problem: TypeAlias = tuple[str, str]
"""Its kind, and a sentence that may begin with the place: `claim iat: is missing`."""


def claim_problems(
    claims: Mapping[str, Any],
    behaviour: CredentialBehaviour,
    origins: frozenset[str],
    now_s: float | None,
) -> Iterator[Problem]:
    """Every (kind, problem) of the claims; kinds are claim, host and time."""
    yield from (
        ("claim", f"claim {name}: is missing")
        for name in behaviour.credential_claims
        if claims.get(name) is None
    )
    yield from (("claim", one) for one in _identity_problems(claims, behaviour))
    yield from (("host", one) for one in _address_problems(claims, behaviour, origins))
    yield from (("time", one) for one in _time_problems(claims, behaviour, now_s))
    yield from (("claim", one) for one in _name_problems(claims, behaviour))


def _name_problems(claims: Mapping[str, Any], behaviour: CredentialBehaviour) -> Iterator[str]:
    for name in _SHOWN:
        value = claims.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            yield f"claim {name}: is not a string"
        elif not _encodable(value):
            yield f"claim {name}: holds half of a surrogate pair"
        elif not re.fullmatch(behaviour.credential_names, value):
            yield f"claim {name}: holds characters that are not taken"


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
        why, region = address(claims[name], name, service, behaviour, origins)
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
    if issued is not None and not (is_number(issued) and first <= issued <= last):
        yield "claim iat: is not a time in seconds since 1970 at which PingOne existed"
    if not behaviour.credential_expiry:
        return
    for name, side in (("exp", 1), ("nbf", -1)):
        if name not in claims:
            continue
        moment = claims[name]
        if not is_number(moment):
            yield f"claim {name}: is not a time in seconds since 1970"
        elif now_s is not None and (now_s - moment) * side >= behaviour.credential_skew_s:
            yield f"claim {name}: " + ("has passed" if side > 0 else "is still to come")


def address(
    value: object,
    name: str,
    service: str,
    behaviour: CredentialBehaviour,
    origins: frozenset[str],
) -> tuple[str | None, str | None]:
    """Why `value` is no allowed address, and the region's suffix where the host is the vendor's."""
    if isinstance(value, list) and name == "aud" and behaviour.credential_audience_list:
        good = [one for one in value if address(one, "", service, behaviour, origins)[0] is None]
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


def is_number(value: object) -> TypeGuard[float]:
    """Whether it is a NumericDate that a clock can hold; also false for NaN and infinity."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 2**63


def _encodable(value: object) -> bool:
    try:
        str(value).encode()
    except UnicodeEncodeError:
        return False
    return True


_SHOWN = ("organizationName", "environmentName", "gatewayName", "organizationId", "consoleUrl")
_SERVICES = {"api": "API address", "auth": "authentication address"}
_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?P<userinfo>[^/?#@\s]*)@)?"
    r"(?P<host>[^/?#@:\s\\%]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?P<path>[/?#].*)?",
    re.ASCII,
)
