"""The authorization endpoint: who asks, for what, and where the answer goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingone.auth import flows, sessions
from fakes.pingone.auth.clients import authenticated
from fakes.pingone.auth.expiring import alive, keep
from fakes.pingone.auth.forms import fields, form
from fakes.pingone.auth.responding import MODES, granted, told
from fakes.pingone.auth.scopes import for_user
from fakes.pingone.errors import Answer, OAuthRefusal, bad_token_request, not_implemented

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

_CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_PROOFS = frozenset({"client_secret", "client_assertion", "client_assertion_type"})
PUSHED = "urn:ietf:params:oauth:request_uri:"
"""How the name of a pushed request begins (RFC 9126 section 2.2)."""
TABLE = "pushedRequests"
_KEPT = (
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "response_mode",
    "code_challenge",
    "code_challenge_method",
)
_IMPLICIT = frozenset(
    {"token", "id_token", "token id_token", "code id_token", "code token", "code token id_token"}
)


class Asked(NamedTuple):
    """An authorization request whose client and redirect URI are good."""

    client: Row
    values: Mapping[str, str]


def authorize(tenant: Tenant, call: Call) -> Answer:
    """A code for a user who is logged in, else the way to the login page (RFC 6749 section 4.1)."""
    asked, is_pushed = _asked(tenant, call)
    try:
        _check(tenant, asked, is_pushed=is_pushed)
        session = _usable(tenant, call, asked.values)
    except OAuthRefusal as refusal:
        return told(tenant, asked.values, {"error": refusal.code, **_described(refusal)})
    if session is not None:
        return granted(tenant, asked.values, session)
    kept = {name: asked.values[name] for name in _KEPT if name in asked.values}
    return flows.begin(tenant, call.environment_id, kept)


def resume(tenant: Tenant, call: Call) -> Answer:
    """The answer to the client, when the user of the flow's browser has logged in."""
    flow_id = call.request.query_values().get("flowId", "")
    flow = flows.found(tenant, call.environment_id, flow_id)
    session = sessions.of_request(tenant, call.environment_id, call.request)
    if session is None or flow.get("session") != session["id"]:
        raise _unanswerable(tenant, "The flow is not finished")
    flows.forget(tenant, flow)
    return granted(tenant, flow["asked"], session)


def pushed(tenant: Tenant, call: Call) -> Answer:
    """A name for a request that the client pushed; it is good once (201; RFC 9126)."""
    values = form(tenant, call.request)
    client = authenticated(tenant, call, values)
    if "request_uri" in values:
        raise bad_token_request("invalid_request", "request_uri cannot be pushed")
    asked = _known(tenant, call, {**values, "client_id": client["id"]})
    _check(tenant, asked, is_pushed=True)
    key, lifetime_s = f"{PUSHED}{tenant.new_id()}", client.get("parTimeout", 60)
    kept = {name: value for name, value in asked.values.items() if name not in _PROOFS}
    row = {"asked": kept, "ends_s": tenant.clock.now_s() + lifetime_s}
    keep(tenant, TABLE, key, row)
    body = {"request_uri": key, "expires_in": lifetime_s}
    return Answer(201, body, tenant.behaviour.token_headers)


def _asked(tenant: Tenant, call: Call) -> tuple[Asked, bool]:
    """The request, and whether it was pushed before."""
    post = call.request.method == "POST"
    values = form(tenant, call.request) if post else fields(call.request.query)
    uri = values.get("request_uri", "")
    if not uri.startswith(PUSHED):
        return _known(tenant, call, values), False
    row = alive(tenant, TABLE, uri)
    if row is None or row["asked"]["client_id"] != values.get("client_id"):
        raise _unanswerable(tenant, "The request_uri is not known")
    tenant.table(TABLE).delete(uri)
    return _known(tenant, call, row["asked"]), True


def _known(tenant: Tenant, call: Call, values: Mapping[str, str]) -> Asked:
    """The request; what is wrong with client or redirect URI is not told to that URI."""
    checks = tenant.behaviour.authorize_checks
    client = tenant.table("applications").get(values.get("client_id", ""))
    here = client is not None and client["environment"]["id"] == call.environment_id
    if client is None or not here or ("client" in checks and not client["enabled"]):
        raise _unanswerable(tenant, "The client is not known")
    uri = values.get("redirect_uri", "")
    matches, registered = tenant.behaviour.redirect_uri_matches, client.get("redirectUris", ())
    good = any(matches(one, uri) for one in registered) or "redirect_uri" not in checks
    if not uri and values.get("response_mode") == "pi.flow":
        return Asked(client, values)
    if not uri or not good or any(not 32 <= ord(one) < 127 for one in uri):
        raise _unanswerable(tenant, "Redirect URI mismatch")
    return Asked(client, values)


def _check(tenant: Tenant, asked: Asked, *, is_pushed: bool) -> None:
    """Everything about the request that its client may be told."""
    values, client, checks = asked.values, asked.client, tenant.behaviour.authorize_checks
    if "request" in values or "request_uri" in values:
        raise not_implemented("request objects")
    if client.get("parRequirement") == "REQUIRED" and not is_pushed:
        raise bad_token_request("invalid_request", "The request must be pushed")
    kind = values.get("response_type", "")
    if kind in _IMPLICIT:
        raise not_implemented("response types other than code")
    if not kind:
        raise bad_token_request("invalid_request", "response_type is missing")
    if kind != "code" and "response_type" in checks:
        raise bad_token_request("unsupported_response_type", "response_type is not supported")
    if values.get("response_mode", "query") not in MODES:
        raise bad_token_request("invalid_request", "response_mode is not supported")
    if "AUTHORIZATION_CODE" not in client["grantTypes"] and "grant" in checks:
        raise bad_token_request("unauthorized_client", "The application may not use this grant")
    if "pkce" in checks:
        enforced = client.get("pkceEnforcement", "OPTIONAL")
        _check_challenge(values, enforced, s256="s256" in checks)
    if "scope" in checks:
        for_user(tenant, client, values.get("scope"))


def _check_challenge(values: Mapping[str, str], enforced: str, *, s256: bool) -> None:
    """PKCE as the application wants it (RFC 7636 section 4.4.1; pkceEnforcement)."""
    challenge, method = values.get("code_challenge"), values.get("code_challenge_method")
    if challenge is None:
        if enforced != "OPTIONAL" or method is not None:
            raise bad_token_request("invalid_request", "code_challenge is missing")
        return
    if method not in (None, "plain", "S256"):
        raise bad_token_request("invalid_request", "code_challenge_method is not supported")
    if s256 and enforced == "S256_REQUIRED" and method != "S256":
        raise bad_token_request("invalid_request", "code_challenge_method must be S256")
    if not _CHALLENGE.fullmatch(challenge) or (method == "S256" and len(challenge) != 43):
        raise bad_token_request("invalid_request", "code_challenge is not one")


def _usable(tenant: Tenant, call: Call, values: Mapping[str, str]) -> Row | None:
    """The session that saves the user a login (OpenID Connect Core section 3.1.2.1)."""
    prompts = set(values.get("prompt", "").split())
    if "none" in prompts and len(prompts) > 1:
        raise bad_token_request("invalid_request", "prompt none stands alone")
    session = sessions.of_request(tenant, call.environment_id, call.request)
    if session is not None and not _is_fresh(tenant, session, values.get("max_age")):
        session = None
    if "login" in prompts:
        session = None
    if session is None and "none" in prompts:
        raise bad_token_request("login_required", "The user is to log in")
    return session


def _is_fresh(tenant: Tenant, session: Row, max_age: str | None) -> bool:
    if max_age is None:
        return True
    if not (max_age.isascii() and max_age.isdigit() and len(max_age) < 12):
        raise bad_token_request("invalid_request", "max_age is not a number of seconds")
    return bool(tenant.clock.now_s() - session["auth_s"] <= int(max_age))


def _described(refusal: OAuthRefusal) -> dict[str, Any]:
    return {"error_description": refusal.message}


def _unanswerable(tenant: Tenant, problem: str) -> OAuthRefusal:
    """Told to the user, never sent on (RFC 6749 section 4.1.2.1)."""
    return bad_token_request("invalid_request", problem, tenant.behaviour.authorize_error_status)
