"""Access tokens: issued by the token service, checked by the platform API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingone.auth import signing_keys
from fakes.pingone.compact import NotCompact, read, signed
from fakes.pingone.errors import Answer, unauthorized

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.message import Request
    from fakes.pingone.compact import Token
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

KEY = "pingone-tokens"
"""Name of the key that signs the access tokens of a new tenant's first environment."""

_BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)
_KEPT = 512


def issuer(tenant: Tenant, environment_id: str) -> str:
    """The issuer of an environment."""
    path = tenant.behaviour.issuer_path.format(environment=environment_id)
    return f"{tenant.hosts.auth}{path}"


class Grant(NamedTuple):
    """What a token is issued for: the claim that names the actor, and the actor.

    `audience` is that of a custom resource, None for PingOne's own; `more` are claims that a
    machine's token for PingOne has not.
    """

    environment_id: str
    claim: str
    actor: str
    lifetime_s: int
    token_type: str
    scope: str | None = None
    audience: str | None = None
    more: tuple[tuple[str, Any], ...] = ()


def token_answer(tenant: Tenant, grant: Grant, **more: str) -> Answer:
    """200 with a new access token, and other tokens beside it (RFC 6749 section 5.1)."""
    behaviour = tenant.behaviour
    body = token_body(tenant, grant, access_token(tenant, grant))
    return Answer(200, body | more, behaviour.token_headers)


def token_body(tenant: Tenant, grant: Grant, text: str) -> dict[str, Any]:
    """What is told of an access token."""
    behaviour = tenant.behaviour
    shown = behaviour.expires_in_shown
    whole = {
        "access_token": text,
        "token_type": grant.token_type,
        "expires_in": grant.lifetime_s if shown is None else shown,
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
    }
    body = {name: whole[name] for name in behaviour.token_members}
    if grant.scope:
        body["scope"] = grant.scope
    return body


def access_token(tenant: Tenant, grant: Grant) -> str:
    """A JWT with the claims of a machine's token (token claims page; samples in public code)."""
    behaviour, now = tenant.behaviour, int(tenant.clock.now_s())
    key = tenant.new_id()
    whole = {
        "client_id": grant.actor,
        "iss": issuer(tenant, grant.environment_id),
        "jti": key,
        "iat": now,
        "exp": now + grant.lifetime_s,
        "aud": [grant.audience]
        if grant.audience
        else [getattr(tenant.hosts, name) for name in behaviour.token_audience],
        "env": grant.environment_id,
        "org": tenant.seeded.organization_id,
        "p1.rid": key if behaviour.request_id_is_jti else tenant.new_id(),
    }
    names = {name: name for name in behaviour.access_token_claims} | {"client_id": grant.claim}
    claims = {names[name]: whole[name] for name in behaviour.access_token_claims}
    return signed_by(
        tenant, grant.environment_id, behaviour.access_token_typ, {**claims, **dict(grant.more)}
    )


def signed_by(tenant: Tenant, environment_id: str, typ: str | None, claims: dict[str, Any]) -> str:
    """The JWT of these claims, signed with the key of the environment that is in use."""
    key = signing_keys.current(tenant, environment_id)
    members = {"kid": key.kid, "typ": tenant.unlike.typ(typ)}
    # PyJWT writes typ JWT unless it is told that there is none.
    header = {"typ": None} | {name: members[name] for name in tenant.behaviour.access_token_header}
    return signed(tenant.seed, key.name, tuple(header.items()), tenant.unlike.claims(claims))


def own_token(
    tenant: Tenant, environment_id: str, text: str, *, verified: bool = True
) -> Token | None:
    """The token, where this environment signed it, or says so; None of any other text."""
    try:
        token = read(text)
    except NotCompact:
        return None
    claims = token.claims
    mine = claims.get("iss") == issuer(tenant, environment_id)
    signed_here = not verified or is_signed(tenant, environment_id, token)
    return token if mine and signed_here else None


def is_signed(tenant: Tenant, environment_id: str, token: Token) -> bool:
    """Whether a key of the environment signed the token (RS256)."""
    if token.header.get("alg") != "RS256" or environment_id not in tenant.table("environments"):
        return False
    names = signing_keys.candidates(tenant, environment_id, token.header)
    return any(tenant.behaviour.bearer_genuine(tenant.seed, name, token.text) for name in names)


class Bearers:
    """Who a bearer token stands for; tokens once checked are known by their text."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._known: dict[tuple[str, str], tuple[float, str, Row | None]] = {}

    def actor(self, request: Request) -> str:
        """The client or gateway; raises the refusal for a token that is missing or not good."""
        header = request.headers.get("authorization")
        known = self._known.get((header, self._tenant.hosts.api)) if header else None
        if known is None or not self._has_same_keys(known[2]):
            known = self._checked(header)
        expires_s, actor, _ = known
        checks = self._tenant.behaviour.bearer_checks
        ends_s = expires_s + self._tenant.behaviour.bearer_leeway_s
        if self._tenant.clock.now_s() >= ends_s and "expiry" in checks:
            raise unauthorized(self._tenant.behaviour, "The token has expired.")
        return actor

    def _has_same_keys(self, row: Row | None) -> bool:
        """Whether no key came or went since; a stored row is never changed."""
        return row is None or (
            self._tenant.table(signing_keys.TABLE).get(row["environment"]["id"]) is row
        )

    def _checked(self, header: str | None) -> tuple[float, str, Row | None]:
        match = _BEARER.fullmatch(header) if header else None
        if header is None or match is None:
            raise unauthorized(self._tenant.behaviour, "A bearer token is needed.")
        try:
            unsigned = "bearer" in self._tenant.behaviour.unsigned_accepted
            token = read(match[1], unsigned=unsigned)
        except NotCompact as problem:
            message = f"The token is not a JWT: {problem}."
            raise unauthorized(self._tenant.behaviour, message) from None
        known = (*self._judged(token), self._keys_of(token))
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[header, self._tenant.hosts.api] = known
        return known

    def _keys_of(self, token: Token) -> Row | None:
        environment_id = token.claims.get("env")
        if not isinstance(environment_id, str):
            return None
        return self._tenant.table(signing_keys.TABLE).get(environment_id)

    def _judged(self, token: Token) -> tuple[float, str]:
        """When it ends and whose it is: the user's, where it has one."""
        checks, claims = self._tenant.behaviour.bearer_checks, token.claims
        actor, expires_s = self._actor(claims), claims.get("exp")
        good = isinstance(actor, str) and _is_number(expires_s)
        if "signature" in checks:
            good = good and self._is_signed(token)
        if "audience" in checks:
            audience = claims.get("aud")
            all_of_it = audience if isinstance(audience, list) else [audience]
            good = good and self._tenant.hosts.api in all_of_it
        if "issuer" in checks:
            good = good and claims.get("iss") == issuer(self._tenant, str(claims.get("env")))
        if not good:
            raise unauthorized(self._tenant.behaviour, "The token is not valid.")
        return float(expires_s or 0), str(actor)

    def _actor(self, claims: Mapping[str, Any]) -> Any:
        """Who acts: the machine, or the user where the application lends them their roles."""
        machine = claims.get("client_id", claims.get("gatewayId"))
        user, client = claims.get("sub"), None
        if isinstance(user, str) and isinstance(machine, str):
            client = self._tenant.table("applications").get(machine)
        through = self._tenant.behaviour.user_roles_through
        if client is not None and client["type"] not in through:
            return machine
        return machine if user is None else user

    def _is_signed(self, token: Token) -> bool:
        unsigned = "bearer" in self._tenant.behaviour.unsigned_accepted
        if token.header.get("alg") == "none" and unsigned:
            return True
        environment_id = token.claims.get("env")
        return isinstance(environment_id, str) and is_signed(self._tenant, environment_id, token)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
