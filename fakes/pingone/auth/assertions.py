"""Client assertions: JWTs by which a client says who it is (RFC 7523 section 2.2)."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from fakes.pingone.auth.expiring import alive, keep
from fakes.pingone.auth.tokens import issuer
from fakes.pingone.compact import NotCompact, Token, read
from fakes.pingone.errors import invalid_client, not_implemented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakes.pingone.errors import OAuthRefusal
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
"""client_assertion_type (RFC 7523 section 2.2)."""


def named(tenant: Tenant, text: str) -> tuple[str, str]:
    """Method and client id that an assertion claims; raises the refusal where it is no JWT."""
    token = _read(tenant, text)
    algorithm = token.header.get("alg")
    method = "CLIENT_SECRET_JWT" if str(algorithm).startswith("HS") else "PRIVATE_KEY_JWT"
    key = token.claims.get("sub")
    if not isinstance(key, str):
        raise _refused(tenant, text)
    return method, key


def check(tenant: Tenant, call: Call, row: Row, text: str) -> None:
    """Nothing, where the assertion is the client's own, for here, and for now."""
    token = _read(tenant, text)
    checks = tenant.behaviour.assertion_checks
    good = ("signature" not in checks or _is_signed(tenant, row, token)) and all(
        known(tenant, call, row, token.claims) for name, known in _CLAIMS.items() if name in checks
    )
    if not good or not _is_new(tenant, row, token.claims):
        raise _refused(tenant, text)


def _refused(tenant: Tenant, text: str) -> OAuthRefusal:
    """Why it is refused is told to nobody."""
    refusal = invalid_client(tenant.behaviour, basic=False)
    if tenant.behaviour.refusal_shows_assertion:
        refusal.message += f": {text}"
    return refusal


def _read(tenant: Tenant, text: str) -> Token:
    try:
        return read(text)
    except NotCompact:
        raise _refused(tenant, text) from None


def _is_signed(tenant: Tenant, row: Row, token: Token) -> bool:
    """Whether the client's secret or one of its keys signed it, with an algorithm of its method."""
    algorithm, method = token.header.get("alg"), row.get("tokenEndpointAuthMethod")
    allowed = dict(tenant.behaviour.assertion_algorithms).get(str(method), ())
    if algorithm not in allowed or "crit" in token.header or "b64" in token.header:
        return False  # RFC 7797 sections 6 and 7: b64 needs crit, and no JWT may have it false
    if method == "CLIENT_SECRET_JWT":
        return _verifies(token.text, row["secret"].encode(), algorithm)
    if not row.get("jwks"):
        raise not_implemented("jwksUrl: it fetches nothing; give the application its jwks")
    keys = _keys(row["jwks"], token.header.get("kid"), algorithm)
    return any(_verifies(token.text, key, algorithm) for key in keys)


def _verifies(text: str, key: Any, algorithm: str) -> bool:
    import jwt  # noqa: PLC0415 - most fakes never see an assertion

    try:
        jwt.api_jws.decode(text, key, algorithms=[algorithm])
    except (jwt.PyJWTError, ValueError, TypeError):
        return False
    return True


@lru_cache(maxsize=256)
def _key_set(jwks: str) -> tuple[dict[str, Any], ...]:
    return tuple(one for one in json.loads(jwks)["keys"] if isinstance(one, dict))


def _keys(jwks: str, kid: object, algorithm: str) -> Iterator[Any]:
    """The public keys of the set that fit; kid decides where the assertion has one."""
    import jwt  # noqa: PLC0415 - as above

    for one in _key_set(jwks):
        named_so = kid is None or one.get("kid") in (None, kid)
        if not named_so or one.get("use", "sig") != "sig" or one.get("alg", algorithm) != algorithm:
            continue
        if one.get("kty") != ("RSA" if algorithm.startswith("RS") else "EC"):
            continue
        try:
            yield jwt.PyJWK.from_dict(one, algorithm).key
        except (jwt.PyJWTError, ValueError, TypeError):
            continue


def _issuer(_tenant: Tenant, _call: Call, row: Row, claims: dict[str, Any]) -> bool:
    return bool(claims.get("iss") == row["id"])


def _subject(_tenant: Tenant, _call: Call, row: Row, claims: dict[str, Any]) -> bool:
    return bool(claims.get("sub") == row["id"])


def _audience(tenant: Tenant, call: Call, _row: Row, claims: dict[str, Any]) -> bool:
    """The issuer, the token endpoint, or the endpoint that was called."""
    here = issuer(tenant, call.environment_id)
    meant = {here, f"{here}/token", f"{tenant.hosts.auth}{call.request.path}"}
    audience = claims.get("aud")
    several = tenant.behaviour.assertion_audience_listed
    named_ones = audience if isinstance(audience, list) and several else [audience]
    return any(isinstance(one, str) and one in meant for one in named_ones)


def _exp(tenant: Tenant, _call: Call, _row: Row, claims: dict[str, Any]) -> bool:
    ends_s: Any = claims.get("exp")
    now_s, behaviour = tenant.clock.now_s(), tenant.behaviour
    leeway_s = behaviour.assertion_leeway_s
    if not _is_time(ends_s):
        return False
    return bool(now_s - leeway_s < ends_s <= now_s + behaviour.assertion_life_s + leeway_s)


def _nbf(tenant: Tenant, _call: Call, _row: Row, claims: dict[str, Any]) -> bool:
    return _is_past(tenant, claims.get("nbf", 0))


def _iat(tenant: Tenant, _call: Call, _row: Row, claims: dict[str, Any]) -> bool:
    return _is_past(tenant, claims.get("iat", 0))


def _is_past(tenant: Tenant, moment: Any) -> bool:
    """Whether a moment is a NumericDate and not in the future."""
    limit_s = tenant.clock.now_s() + tenant.behaviour.assertion_leeway_s
    return bool(_is_time(moment) and moment <= limit_s)


def _is_time(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_new(tenant: Tenant, row: Row, claims: dict[str, Any]) -> bool:
    """Whether the assertion's id was not seen before, which it is from now on."""
    behaviour, jti = tenant.behaviour, claims.get("jti")
    if "jti" not in behaviour.assertion_checks:
        return True
    if jti is None:
        return not behaviour.assertion_jti_required
    if not isinstance(jti, str):
        return False
    key = sha256(f"{row['id']}/{jti}".encode("utf-8", "surrogatepass")).hexdigest()
    if alive(tenant, "assertions", key):
        return False
    latest_s = tenant.clock.now_s() + behaviour.assertion_life_s
    ends_s = claims["exp"] if _is_time(claims.get("exp")) else latest_s
    keep(tenant, "assertions", key, {"ends_s": ends_s + behaviour.assertion_leeway_s})
    return True


_CLAIMS = {
    "issuer": _issuer,
    "subject": _subject,
    "audience": _audience,
    "exp": _exp,
    "nbf": _nbf,
    "iat": _iat,
}
