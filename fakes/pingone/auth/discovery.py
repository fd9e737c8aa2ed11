"""What the token service says of itself: metadata and keys."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakes.keys import rsa_key
from fakes.pingone.auth import signing_keys, tokens
from fakes.pingone.compact import encoded
from fakes.pingone.errors import Answer, not_found
from fakes.pingone.platform import credentials

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant

_RESPONSE_TYPES = [
    "code",
    "id_token",
    "token id_token",
    "code id_token",
    "code token",
    "code token id_token",
]
_CLIENT_METHODS = [
    "client_secret_basic",
    "client_secret_post",
    "client_secret_jwt",
    "private_key_jwt",
    "none",
]


def openid_configuration(tenant: Tenant, call: Call) -> Answer:
    """OpenID Connect discovery, in the order of the documented example."""
    return Answer(200, {**_endpoints(tenant, call), **_capabilities(tenant), **_openid()})


def oauth_metadata(tenant: Tenant, call: Call) -> Answer:
    """Authorization server metadata (RFC 8414), without what is OpenID Connect's alone."""
    endpoints = _endpoints(tenant, call)
    del endpoints["userinfo_endpoint"], endpoints["end_session_endpoint"]
    endpoints["issuer"] += tenant.behaviour.metadata_issuer_end
    return Answer(200, {**endpoints, **_capabilities(tenant)})


def jwks(tenant: Tenant, call: Call) -> Answer:
    """The public keys (RFC 7517)."""
    _known(tenant, call)
    instead = tenant.behaviour.published_key
    published = signing_keys.published(tenant, call.environment_id)
    keys = [_jwk(tenant, instead or key.name, key.kid) for key in published]
    if tenant.behaviour.gateway_key_in_jwks:
        keys.append(_jwk(tenant, credentials.KEY, tenant.behaviour.credential_kid or "gateways"))
    return Answer(200, {"keys": tenant.unlike.several(keys, lambda one: str(one.get("kid")))})


def _known(tenant: Tenant, call: Call) -> None:
    if call.environment_id not in tenant.table("environments"):
        raise not_found(tenant.behaviour, tenant.behaviour.unknown_issuer_status)


def _endpoints(tenant: Tenant, call: Call) -> dict[str, Any]:
    _known(tenant, call)
    issuer = tokens.issuer(tenant, call.environment_id)
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "pushed_authorization_request_endpoint": f"{issuer}/par",
        "token_endpoint": f"{issuer}{tenant.behaviour.token_endpoint_path}",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "jwks_uri": f"{issuer}/jwks",
        "end_session_endpoint": f"{issuer}/signoff",
        "introspection_endpoint": f"{issuer}/introspect",
        "revocation_endpoint": f"{issuer}/revoke",
        "device_authorization_endpoint": f"{issuer}/device_authorization",
    }


def _capabilities(tenant: Tenant) -> dict[str, Any]:
    """What stands in the documented example; auth methods from the application's enum."""
    several = tenant.unlike.several
    return {
        "request_parameter_supported": True,
        "request_uri_parameter_supported": False,
        "require_pushed_authorization_requests": False,
        "scopes_supported": several(["openid", "profile", "email", "address", "phone"]),
        "response_types_supported": several(_RESPONSE_TYPES),
        "response_modes_supported": several(["pi.flow", "query", "fragment", "form_post"]),
        "grant_types_supported": several(tenant.behaviour.grants_listed),
        "token_endpoint_auth_methods_supported": several(_CLIENT_METHODS),
        "token_endpoint_auth_signing_alg_values_supported": several(_assertion_algorithms(tenant)),
        "code_challenge_methods_supported": several(["plain", "S256"]),
    }


def _assertion_algorithms(tenant: Tenant) -> list[str]:
    """As the pages of the two methods name them; that they stand here is inferred (RFC 8414)."""
    return [name for _, names in tenant.behaviour.assertion_algorithms for name in names]


def _openid() -> dict[str, Any]:
    return {
        "claims_parameter_supported": False,
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }


def _jwk(tenant: Tenant, key: str, kid: str) -> dict[str, str]:
    whole = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, **_numbers(tenant.seed, key)}
    return {name: whole[name] for name in tenant.behaviour.jwk_members}


@lru_cache(maxsize=64)
def _numbers(seed: int, key: str) -> dict[str, str]:
    """Modulus, exponents: what a JWK may hold, and d, which it must not."""
    private = rsa_key(seed, key).private_numbers()
    numbers = {"n": private.public_numbers.n, "e": private.public_numbers.e, "d": private.d}
    return {
        name: encoded(number.to_bytes((number.bit_length() + 7) // 8, "big"))
        for name, number in numbers.items()
    }
