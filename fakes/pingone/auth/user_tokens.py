"""What a client gets when a user has logged in: access token, id token, refresh token."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from fakes.pingone.auth import refresh_tokens
from fakes.pingone.auth.scopes import for_user
from fakes.pingone.auth.tokens import Grant, access_token, issuer, signed_by, token_body
from fakes.pingone.errors import Answer
from fakes.pingone.platform.resource_attributes import claims

if TYPE_CHECKING:
    from fakes.pingone.auth.logins import Login
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row


def answer(  # noqa: PLR0913 - what a grant is for, each part with a default
    tenant: Tenant,
    client: Row,
    login: Login,
    scope: str | None,
    *,
    nonce: str | None = None,
    family: str | None = None,
) -> Answer:
    """200 with an access token, an id token where openid was asked for, and a refresh token."""
    grant = _grant(tenant, client, login, scope)
    text = access_token(tenant, grant)
    body, worth = token_body(tenant, grant, text), tenant.behaviour.login_tokens
    if "openid" in (scope or "").split() and "id_token" in worth:
        body["id_token"] = id_token(tenant, client, login, scope, nonce=nonce, access=text)
    if "REFRESH_TOKEN" in client["grantTypes"] and "refresh_token" in worth:
        body["refresh_token"] = refresh_tokens.new(tenant, client, login, scope, family=family)
    return Answer(200, body, tenant.behaviour.token_headers)


def _grant(tenant: Tenant, client: Row, login: Login, scope: str | None) -> Grant:
    behaviour, access = tenant.behaviour, for_user(tenant, client, scope)
    more: list[tuple[str, Any]] = [
        ("sub", login.user_id),
        ("sid", login.sid),
        ("auth_time", login.auth_s),
        ("acr", behaviour.id_token_acr),
    ]
    if access.scope:
        more.append(("scope", access.scope))
    more += claims(tenant, access.resource, login.user_id).items()
    return Grant(
        client["environment"]["id"],
        "client_id",
        client["id"],
        access.lifetime_s(behaviour.user_token_lifetime_s),
        behaviour.worker_token_type,
        access.scope,
        access.audience,
        tuple(more),
    )


def id_token(  # noqa: PLR0913 - as above
    tenant: Tenant,
    client: Row,
    login: Login,
    scope: str | None,
    *,
    nonce: str | None,
    access: str,
) -> str:
    """A JWT for the client (OpenID Connect Core section 2; members as in public samples)."""
    behaviour, now = tenant.behaviour, int(tenant.clock.now_s())
    environment_id = client["environment"]["id"]
    whole = {
        "iss": issuer(tenant, environment_id),
        "sub": login.user_id,
        "aud": client["id"],
        "iat": now,
        "exp": now + behaviour.id_token_lifetime_s,
        "acr": behaviour.id_token_acr,
        "amr": ["pwd"],
        "auth_time": login.auth_s,
        "at_hash": _half(access),
        "sid": login.sid,
        "jti": tenant.new_id(),
        **({"nonce": nonce} if nonce is not None else {}),
        "env": environment_id,
        "org": tenant.seeded.organization_id,
    }
    own = {name: whole[name] for name in behaviour.id_token_claims if name in whole}
    claims = profile(tenant, login.user_id, scope) | own
    return signed_by(tenant, environment_id, None, claims)


def profile(tenant: Tenant, user_id: str, scope: str | None) -> dict[str, Any]:
    """The user's claims that the scopes open (OpenID Connect Core section 5.4)."""
    user, names = tenant.table("users").get(user_id), (scope or "").split()
    if user is None:
        return {}
    name = user.get("name") or {}
    claims: dict[str, Any] = {}
    if "profile" in names:
        claims["preferred_username"] = user["username"]
        claims["given_name"], claims["family_name"] = name.get("given"), name.get("family")
    if "email" in names:
        claims["email"] = user.get("email")
    return {key: value for key, value in claims.items() if value is not None}


def _half(text: str) -> str:
    """The left half of the hash, as at_hash has it (OpenID Connect Core section 3.1.3.6)."""
    half = sha256(text.encode("ascii")).digest()[:16]
    return urlsafe_b64encode(half).rstrip(b"=").decode("ascii")
