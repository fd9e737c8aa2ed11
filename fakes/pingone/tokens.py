"""Access tokens: issued by the token service, checked by the platform API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.message import encode
from fakes.pingone.compact import NotCompact, genuine, read, signed
from fakes.pingone.errors import Answer, unauthorized

if TYPE_CHECKING:
    from fakes.message import Request
    from fakes.pingone.compact import Token
    from fakes.pingone.tenant import Tenant

KEY = "pingone-tokens"
"""Name of the key that signs access tokens."""

_BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)
_KEPT = 512


def issuer(tenant: Tenant, environment_id: str) -> str:
    """The issuer of an environment."""
    path = tenant.behaviour.issuer_path.format(environment=environment_id)
    return f"{tenant.hosts.auth}{path}"


def token_answer(
    tenant: Tenant, environment_id: str, actor: dict[str, str], lifetime_s: int
) -> Answer:
    """200 with a new access token (RFC 6749 section 5.1)."""
    behaviour = tenant.behaviour
    shown = behaviour.expires_in_shown
    whole = {
        "access_token": _access_token(tenant, environment_id, actor, lifetime_s),
        "token_type": "Bearer",
        "expires_in": lifetime_s if shown is None else shown,
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
    }
    body = {name: whole[name] for name in behaviour.token_members}
    return Answer(200, body, behaviour.token_headers)


def _access_token(
    tenant: Tenant, environment_id: str, actor: dict[str, str], lifetime_s: int
) -> str:
    """A JWT with the claims of a machine's token (token claims page; samples in public code)."""
    key, now = tenant.new_id(), int(tenant.clock.now_s())
    claims = {
        **actor,
        "iss": issuer(tenant, environment_id),
        "jti": key,
        "iat": now,
        "exp": now + lifetime_s,
        "aud": [tenant.hosts.api],
        "env": environment_id,
        "org": tenant.seeded.organization_id,
        "p1.rid": key,
    }
    header = (("kid", tenant.seeded.kid), ("typ", tenant.behaviour.access_token_typ))
    return signed(tenant.seed, KEY, header, encode(claims))


class Bearers:
    """Who a bearer token stands for; tokens once checked are known by their text."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._known: dict[str, tuple[float, str]] = {}

    def actor(self, request: Request) -> str:
        """The client or gateway; raises the refusal for a token that is missing or not good."""
        header = request.headers.get("authorization")
        known = self._known.get(header) if header else None
        if known is None:
            known = self._checked(header)
        expires_s, actor = known
        checks = self._tenant.behaviour.bearer_checks
        if self._tenant.clock.now_s() >= expires_s and "expiry" in checks:
            raise unauthorized(self._tenant.behaviour, "The token has expired.")
        return actor

    def _checked(self, header: str | None) -> tuple[float, str]:
        match = _BEARER.fullmatch(header) if header else None
        if header is None or match is None:
            raise unauthorized(self._tenant.behaviour, "A bearer token is needed.")
        try:
            token = read(match[1])
        except NotCompact as problem:
            message = f"The token is not a JWT: {problem}."
            raise unauthorized(self._tenant.behaviour, message) from None
        known = self._judged(token)
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[header] = known
        return known

    def _judged(self, token: Token) -> tuple[float, str]:
        """When it ends and whose it is."""
        checks, claims = self._tenant.behaviour.bearer_checks, token.claims
        actor, expires_s = claims.get("client_id", claims.get("gatewayId")), claims.get("exp")
        good = isinstance(actor, str) and _is_number(expires_s)
        if "signature" in checks:
            good = good and token.header.get("alg") == "RS256"
            good = good and genuine(self._tenant.seed, KEY, token.text)
        if "audience" in checks:
            good = good and claims.get("aud") in (self._tenant.hosts.api, [self._tenant.hosts.api])
        if "issuer" in checks:
            good = good and claims.get("iss") == issuer(self._tenant, str(claims.get("env")))
        if not good:
            raise unauthorized(self._tenant.behaviour, "The token is not valid.")
        return float(expires_s or 0), str(actor)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
