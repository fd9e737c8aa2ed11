"""What is done with tokens once they are issued: introspection, revocation, the user's claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.auth import refresh_tokens, sessions
from fakes.pingone.auth.clients import Registered, application, presented, proven
from fakes.pingone.auth.expiring import alive, keep
from fakes.pingone.auth.forms import form
from fakes.pingone.auth.tokens import own_token
from fakes.pingone.auth.user_tokens import profile
from fakes.pingone.errors import Answer, OAuthRefusal, bad_token_request

if TYPE_CHECKING:
    from fakes.pingone.compact import Token
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

REVOKED = "revokedTokens"
_INACTIVE = {"active": False}


def introspect(tenant: Tenant, call: Call) -> Answer:
    """Whether a token is good, and what it says; for its client or resource (RFC 7662)."""
    fields = form(tenant, call.request)
    asker = _asker(tenant, call, fields)
    text = fields.get("token")
    if text is None:
        raise bad_token_request("invalid_request", "token is missing")
    refresh = refresh_tokens.found(tenant, call.environment_id, text)
    if refresh is not None:
        return Answer(200, _of_refresh(tenant, refresh, asker), tenant.behaviour.token_headers)
    token = good_access_token(tenant, call.environment_id, text)
    shown = token is not None and _may_see(tenant, token.claims, asker)
    body = (
        {"active": True, "token_type": "Bearer", **token.claims} if token and shown else _INACTIVE
    )
    return Answer(200, body, tenant.behaviour.token_headers)


def revoke(tenant: Tenant, call: Call) -> Answer:
    """200, and the token is not good any more; also where it never was (RFC 7009)."""
    fields = form(tenant, call.request)
    client, text = _asker(tenant, call, fields), fields.get("token")
    if text is None:
        raise bad_token_request("invalid_request", "token is missing")
    refresh = refresh_tokens.found(tenant, call.environment_id, text)
    if refresh is not None:
        _revoke_refresh(tenant, refresh, client)
    elif (token := good_access_token(tenant, call.environment_id, text)) is not None:
        _revoke_access(tenant, token, client)
    elif (error := tenant.behaviour.unknown_revoked_error) is not None:
        raise bad_token_request(error, "The token is not known")
    return Answer(200)


def userinfo(tenant: Tenant, call: Call) -> Answer:
    """The user's claims, for a token that has openid (OpenID Connect Core section 5.3)."""
    scheme, _, text = call.request.headers.get("authorization", "").partition(" ")
    token = good_access_token(tenant, call.environment_id, text.strip())
    if scheme.lower() != "bearer" or token is None or "sub" not in token.claims:
        raise _challenged(401, "invalid_token", "The access token is not good")
    scope = str(token.claims.get("scope", ""))
    if "openid" not in scope.split():
        raise _challenged(403, "insufficient_scope", "The access token has not the scope openid")
    user_id = token.claims["sub"]
    user = sessions.user(tenant, call.environment_id, user_id)
    if user is None:
        raise _challenged(401, "invalid_token", "The access token is not good")
    shown = profile(tenant, user_id, scope)
    return Answer(200, {"sub": user[tenant.behaviour.userinfo_subject], **shown})


def good_access_token(tenant: Tenant, environment_id: str, text: str) -> Token | None:
    """The access token, where it is this environment's, not expired, revoked or signed off."""
    checks = tenant.behaviour.token_checks
    token = own_token(tenant, environment_id, text, verified="signature" in checks)
    claims = token.claims if token else {}
    ends_s, jti = claims.get("exp"), claims.get("jti")
    if token is None or not isinstance(ends_s, int | float) or "env" not in claims:
        return None
    wrong = {
        "kind": "at_hash" in claims or claims.get("typ") == "refresh",
        "expiry": tenant.clock.now_s() >= ends_s,
        "revoked": alive(tenant, REVOKED, str(jti)) is not None,
        "session": sessions.ended(tenant, str(claims.get("sid", ""))),
    }
    return None if any(wrong[name] for name in checks & wrong.keys()) else token


def _asker(tenant: Tenant, call: Call, fields: dict[str, str]) -> Row:
    """Who asks: an application, or a custom resource with its own secret and method."""
    client = presented(tenant, call.request, fields)
    row = tenant.table("applications").get(client.key)
    if row is not None and not tenant.behaviour.services_want_client:
        return row
    if row is not None:
        return proven(tenant, call, client, application(row))
    resource = tenant.table("resources").get(client.key)
    known = None
    if resource is not None and resource["type"] == "CUSTOM":
        method = resource.get("introspectEndpointAuthMethod", "CLIENT_SECRET_BASIC")
        known = Registered(resource["environment"]["id"], method, enabled=True, row=resource)
    return proven(tenant, call, client, known)


def _may_see(tenant: Tenant, claims: dict[str, Any], asker: Row) -> bool:
    if not tenant.behaviour.introspection_limited:
        return True
    audience = str(asker.get("audience") or asker["name"])
    is_resource = asker.get("type") == "CUSTOM" and audience in claims.get("aud", ())
    return is_resource or claims.get("client_id") == asker["id"]


def _of_refresh(tenant: Tenant, row: Row, asker: Row) -> dict[str, Any]:
    good = tenant.clock.now_s() < row["ends_s"] and "used_s" not in row
    if not good or row["client"] != asker["id"]:
        return _INACTIVE
    return {
        "active": True,
        "client_id": row["client"],
        "sub": row["login"]["user_id"],
        "exp": int(row["ends_s"]),
        **({"scope": row["scope"]} if row["scope"] else {}),
    }


def _revoke_refresh(tenant: Tenant, row: Row, client: Row) -> None:
    if row["client"] != client["id"] and tenant.behaviour.revoked_by_owner_only:
        raise bad_token_request("unauthorized_client", "The token is another client's")
    if "refresh_token" in tenant.behaviour.revocable:
        refresh_tokens.end_family(tenant, row["family"])


def _revoke_access(tenant: Tenant, token: Token, client: Row) -> None:
    """The token of a session; others, and those for PingOne itself, cannot be revoked."""
    claims, behaviour = token.claims, tenant.behaviour
    if claims.get("client_id") != client["id"] and behaviour.revoked_by_owner_only:
        raise bad_token_request("unauthorized_client", "The token is another client's")
    custom = tenant.hosts.api not in claims.get("aud", ())
    if custom and "sid" in claims and "session" in behaviour.revocable:
        keep(tenant, REVOKED, str(claims["jti"]), {"ends_s": claims["exp"]})
    elif behaviour.unrevocable_error is not None:
        raise bad_token_request(behaviour.unrevocable_error, "The token cannot be revoked")


def _challenged(status: int, error: str, problem: str) -> OAuthRefusal:
    """RFC 6750 section 3: the error stands in the challenge as well."""
    headers = (("WWW-Authenticate", f'Bearer realm="PingOne", error="{error}"'),)
    return OAuthRefusal(status, error, f"Request denied: {problem}", headers=headers)
