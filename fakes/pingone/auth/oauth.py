"""The token endpoint: which grant a request is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.pingone.auth import codes, devices, refreshing
from fakes.pingone.auth.clients import authenticated, presented
from fakes.pingone.auth.exchange import exchange
from fakes.pingone.auth.forms import form as form_of
from fakes.pingone.auth.scopes import for_client
from fakes.pingone.auth.tokens import Grant, token_answer
from fakes.pingone.errors import bad_token_request
from fakes.pingone.platform.resource_attributes import claims

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.pingone.errors import Answer
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
"""Grant type of RFC 8693."""
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
"""Grant type of RFC 8628."""


def token(tenant: Tenant, call: Call) -> Answer:
    """Tokens, for what the request brings (RFC 6749 section 5)."""
    form = form_of(tenant, call.request)
    grant = form.get("grant_type")
    if grant == EXCHANGE:
        if tenant.behaviour.exchange_wants_client:
            authenticated(tenant, call, form)
        return exchange(tenant, call.environment_id, form)
    if not grant:
        raise bad_token_request("invalid_request", "grant_type is missing")
    name, answer = _GRANTS.get(grant, ("", None))
    if not name:
        raise bad_token_request(tenant.behaviour.unsupported_grant_error, "Unsupported grant type")
    client = _client(tenant, call, form)
    if answer is None or name not in client["grantTypes"]:
        raise bad_token_request("unauthorized_client", "The application may not use this grant")
    return answer(tenant, client, form)


def _client(tenant: Tenant, call: Call, form: dict[str, str]) -> Row:
    """Who asks, as far as it has to be proven."""
    row = None
    if tenant.behaviour.verifier_proves_client and "code_verifier" in form:
        row = tenant.table("applications").get(presented(tenant, call.request, form).key)
    return row or authenticated(tenant, call, form)


def client_credentials(tenant: Tenant, client: Row, form: dict[str, str]) -> Answer:
    """A client's own token; a worker's for PingOne has no scope (RFC 6749 section 4.4)."""
    behaviour, access = tenant.behaviour, for_client(tenant, client, form.get("scope"))
    more = [("scope", access.scope)] if access.scope else []
    if access.scope and behaviour.custom_subject:
        more.append((behaviour.custom_subject, client["id"]))
    more += claims(tenant, access.resource, None).items()
    grant = Grant(
        client["environment"]["id"],
        "client_id",
        client["id"],
        access.lifetime_s(behaviour.worker_lifetime_s),
        behaviour.worker_token_type,
        access.scope or behaviour.worker_scope,
        access.audience,
        tuple(more),
    )
    return token_answer(tenant, grant)


_GRANTS: dict[str, tuple[str, Callable[[Tenant, Row, dict[str, str]], Answer] | None]] = {
    "client_credentials": ("CLIENT_CREDENTIALS", client_credentials),
    "authorization_code": ("AUTHORIZATION_CODE", codes.redeem),
    "refresh_token": ("REFRESH_TOKEN", refreshing.redeem),
    DEVICE_CODE: ("DEVICE_CODE", devices.redeem),
    "implicit": ("IMPLICIT", None),
}
"""Grants by their names in a request: what an application calls them, and who answers."""
