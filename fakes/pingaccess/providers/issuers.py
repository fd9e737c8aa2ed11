"""What issuers say of themselves: OpenID Connect metadata, asked for each time.

It lies at /.well-known/openid-configuration of the issuer (OpenID Connect Discovery 1.0 section 4);
of it, only the members of SPEC OIDCProviderMetadata are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import msgspec

from fakes.pingaccess.access.administration import TOKEN_PROVIDER as ADMIN_PROVIDER
from fakes.pingaccess.answers import ok
from fakes.pingaccess.connections.connections import trust_without_names
from fakes.pingaccess.objects.settings import current
from fakes.pingaccess.outbound import Answer, Unanswered, answered
from fakes.pingaccess.problems import REACHING, Refusal, not_possible
from fakes.pingaccess.providers.proxied import proxy_of
from fakes.pingaccess.providers.token_providers import (
    OIDC_PROVIDER,
    PINGFEDERATE,
    PINGFEDERATE_RUNTIME,
)
from fakes.pingaccess.system.singletons import PINGONE_FOR_CUSTOMERS, TOKEN_PROVIDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.spec import Entity
    from fakes.pingaccess.state import State


def metadata(state: State, entity: Entity, _: Call) -> Response:
    """The metadata of the issuer that a setting names: 200, or 422 with why there are none."""
    return ok(state, _metadata(state, entity))


def scopes(state: State, call: Call) -> Response:
    """The scopes that the provider of web sessions supports (admin API 7.3, SupportedScopes)."""
    return _scopes(state, _provider(state), call)


def admin_scopes(state: State, call: Call) -> Response:
    """Those of the administrators' provider; without one, of that of web sessions."""
    own = current(state, ADMIN_PROVIDER)["issuer"] or not state.behaviour.admin_scopes_of_system
    return _scopes(state, ADMIN_PROVIDER if own else _provider(state), call)


def _scopes(state: State, entity: Entity, call: Call) -> Response:
    """Which a client may ask for is not known: all that the provider supports."""
    lacks = state.behaviour.scopes_left_out
    found = _metadata(state, entity).get("scopes_supported", ())
    client_id = call.request.query_values().get("clientId")
    return ok(state, {"scopes": [one for one in found if one not in lacks], "clientId": client_id})


def _provider(state: State) -> Entity:
    """The setting of the provider that /tokenProvider/settings chooses."""
    match current(state, TOKEN_PROVIDER)["type"]:
        case "Common":
            return OIDC_PROVIDER
        case "PingOneForCustomers":
            return PINGONE_FOR_CUSTOMERS
    deprecated = not current(state, PINGFEDERATE_RUNTIME)["issuer"]
    return (
        PINGFEDERATE
        if deprecated and current(state, PINGFEDERATE)["host"]
        else (PINGFEDERATE_RUNTIME)
    )


def _metadata(state: State, entity: Entity) -> dict[str, Any]:
    """The members of the metadata that the schema has; Refusal where there are none."""
    row = current(state, entity)
    issuer = _issuer(row)
    if issuer is None:
        raise not_possible(f"{entity.label}: no issuer is configured.", state.behaviour)
    host = urlsplit(issuer).hostname or "The issuer"
    answer = _asked(state, row, issuer, host)
    if answer.status != httpx.codes.OK:
        raise not_possible(f"{host} answered with status {answer.status}.", state.behaviour)
    found = _read(state, answer.body, host)
    if state.behaviour.issuer_compared and entity is not PINGFEDERATE and found["issuer"] != issuer:
        raise not_possible(f"The metadata of {host} are of another issuer.", state.behaviour)
    return found


def _issuer(row: Mapping[str, Any]) -> str | None:
    """The issuer of a setting; that of the deprecated one is host, port and base path (assumed)."""
    if "issuer" in row:
        return row["issuer"] if isinstance(row["issuer"], str) and _is_url(row["issuer"]) else None
    if not row.get("host"):
        return None
    scheme = "https" if row["secure"] else "http"
    url = f"{scheme}://{row['host']}:{row['port']}{row['basePath'] or ''}"
    return url if _is_url(url) else None


def _is_url(text: str) -> bool:
    """Whether something can be asked at it."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return False
    return url.scheme in ("https", "http") and bool(url.host) and not (url.query or url.fragment)


def _asked(state: State, row: Mapping[str, Any], issuer: str, host: str) -> Answer:
    trust = trust_without_names(state, row)
    client = state.network.client(trust, proxy_of(state, row))
    url = issuer.removesuffix("/") + state.behaviour.issuer_path
    try:
        request = httpx.Request("GET", url, headers={"Accept": "application/json"})
        return answered(client, request, state.behaviour.spending_answer_bytes)
    except Unanswered as failed:
        raise not_possible(REACHING[failed.why].format(host=host), state.behaviour) from None
    except httpx.InvalidURL:
        raise not_possible(f"{host} cannot be asked there.", state.behaviour) from None


def _read(state: State, body: bytes, host: str) -> dict[str, Any]:
    try:
        whole = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise _nonsense(state, host) from None
    if not isinstance(whole, dict) or not isinstance(whole.get("issuer"), str):
        raise _nonsense(state, host)
    known = {name: whole[name] for name in KINDS if whole.get(name) is not None}
    if not all(_fits(KINDS[name], value) for name, value in known.items()):
        raise _nonsense(state, host)
    return known


def _nonsense(state: State, host: str) -> Refusal:
    sentence = f"{host} did not answer with the metadata of an OpenID Connect provider."
    return not_possible(sentence, state.behaviour)


def _fits(kind: str, value: Any) -> bool:
    match kind:
        case "flag":
            return isinstance(value, bool)
        case "text":
            return isinstance(value, str)
        case "texts":
            return isinstance(value, list) and all(isinstance(one, str) for one in value)
        case _:
            return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


KINDS: Mapping[str, str] = {
    "issuer": "text",
    "authorization_endpoint": "text",
    "token_endpoint": "text",
    "revocation_endpoint": "text",
    "userinfo_endpoint": "text",
    "introspection_endpoint": "text",
    "jwks_uri": "text",
    "scopes_supported": "texts",
    "claims_supported": "texts",
    "response_types_supported": "texts",
    "response_modes_supported": "texts",
    "subject_types_supported": "texts",
    "id_token_signing_alg_values_supported": "texts",
    "token_endpoint_auth_methods_supported": "texts",
    "token_endpoint_auth_signing_alg_values_supported": "texts",
    "claim_types_supported": "texts",
    "code_challenge_methods_supported": "texts",
    "claims_parameter_supported": "flag",
    "request_parameter_supported": "flag",
    "request_uri_parameter_supported": "flag",
    "end_session_endpoint": "text",
    "ping_revoked_sris_endpoint": "text",
    "ping_end_session_endpoint": "text",
    "grant_types_supported": "texts",
    "userinfo_signing_alg_values_supported": "texts",
    "request_object_signing_alg_values_supported": "texts",
    "backchannel_authentication_endpoint": "text",
    "mtls_endpoint_aliases": "map",
    "pushed_authorization_request_endpoint": "text",
}
"""What each member holds (SPEC OIDCProviderMetadata)."""
