"""Decisions of the token service: clients, access tokens, metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.behaviour import decision
from fakes.pingone.decisions.measures import same_secret

if TYPE_CHECKING:
    from collections.abc import Callable


ACCESS_CLAIMS = ("client_id", "iss", "jti", "iat", "exp", "aud", "env", "org", "p1.rid")
"""Claims of a machine's access token; "client_id" stands for the claim that names the actor."""


@dataclass(frozen=True, init=False, repr=False, eq=False)
class TokenDecisions:
    """What the token service issues, to whom, and what it says of itself."""

    worker_lifetime_s: int = decision(
        3600,
        "Life of a token from client_credentials.",
        grade="documented",
        source="examples of the token request (client_credentials)",
    )
    expires_in_shown: int | None = decision(
        None,
        "What expires_in says; None for the token's real life.",
        grade="documented",
        source="RFC 6749 section 5.1: the lifetime in seconds",
    )
    token_headers: tuple[tuple[str, str], ...] = decision(
        (("Cache-Control", "no-store"), ("Pragma", "no-cache")),
        "Headers of every answer that holds a token.",
        grade="documented",
        source="RFC 6749 section 5.1",
    )
    token_members: tuple[str, ...] = decision(
        ("access_token", "token_type", "expires_in"),
        "Members of a token answer (issued_token_type is possible).",
        grade="documented",
        source="token exchange (gateway credential): example without issued_token_type",
    )
    worker_token_type: str = decision(
        "Bearer",
        "token_type of client_credentials.",
        grade="documented",
        source="token request (client_credentials): Bearer",
    )
    worker_scope: str | None = decision(
        None,
        "scope of a worker's token.",
        grade="documented",
        source="worker applications have no scopes",
    )
    access_token_typ: str | None = decision(
        "at+jwt",
        "typ in the header of an access token.",
        grade="documented",
        source="token claims page: optional until 2027-03-02, always from then",
    )
    access_token_header: tuple[str, ...] = decision(
        ("kid", "typ"),
        "Members of an access token's header beside alg.",
        grade="documented",
        source="token claims page: kid always, typ optional today",
    )
    access_token_claims: tuple[str, ...] = decision(
        ACCESS_CLAIMS,
        "Claims of a machine's access token.",
        grade="observed",
        source="samples in public code; a worker's token has no scope",
    )
    token_audience: tuple[str, ...] = decision(
        ("api",),
        "Hosts for which a token is meant, by their names in Hosts.",
        grade="assumed",
        source="samples have an array; that the API alone is in it is inferred",
    )
    request_id_is_jti: bool = decision(
        True,
        "p1.rid repeats jti.",
        grade="observed",
        source="samples in public code",
    )
    client_checks: frozenset[str] = decision(
        frozenset({"environment", "method", "enabled"}),
        "What is checked of a client beside its secret.",
        grade="documented",
        source="token endpoint pages: the application's method and environment decide",
    )
    secret_matches: Callable[[str, str], bool] = decision(  # noqa: RUF009 - a function cannot be changed
        same_secret,
        "Whether a secret is the client's.",
        grade="documented",
        source="RFC 6749 section 2.3.1",
    )
    invalid_client_status: int = decision(
        401,
        "Status of invalid_client.",
        grade="assumed",
        source="RFC 6749 section 5.2 allows 400 or 401; write-ups speak of 401",
    )
    unknown_client_error: str = decision(
        "invalid_client",
        "OAuth error of a client that does not exist.",
        grade="observed",
        source="vendor's connection script: the same error as a wrong secret",
    )
    one_client_method: bool = decision(
        True,
        "A client that authenticates in two ways at once is refused.",
        grade="documented",
        source="RFC 6749 section 2.3: must not use more than one method in a request",
    )
    correlation_in_description: bool = decision(
        True,
        "An OAuth error's description ends with the correlation id.",
        grade="observed",
        source="expressions in early pingcli tests",
    )
    form_types: frozenset[str] = decision(
        frozenset({"application/x-www-form-urlencoded"}),
        "Content types of a token request: a form, and JSON where it is one of them.",
        grade="documented",
        source="RFC 6749 section 4.4.2",
    )
    form_type_status: int = decision(
        400,
        "Status of a token request that is not a form.",
        grade="assumed",
        source="RFC 6749 section 5.2 invalid_request; 415 would be as natural",
    )
    unsupported_grant_error: str = decision(
        "unsupported_grant_type",
        "OAuth error of a grant type that nobody knows.",
        grade="documented",
        source="RFC 6749 section 5.2",
    )
    issuer_path: str = decision(
        "/{environment}/as",
        "Path of the issuer.",
        grade="observed",
        source="discovery document example",
    )
    metadata_issuer_end: str = decision(
        "",
        "What the metadata of RFC 8414 put behind the issuer.",
        grade="documented",
        source="RFC 8414 section 3.3: the issuer, exactly",
    )
    token_endpoint_path: str = decision(
        "/token",
        "Where the metadata say that the token endpoint is, below the issuer.",
        grade="observed",
        source="discovery document example",
    )
    grants_listed: tuple[str, ...] = decision(
        (
            "authorization_code",
            "implicit",
            "client_credentials",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:device_code",
        ),
        "grant_types_supported of the metadata.",
        grade="observed",
        source="discovery document example; token exchange is not in it",
    )
    unknown_issuer_status: int = decision(
        404,
        "Status of metadata and keys of an environment that does not exist.",
        grade="assumed",
        source="not documented; the platform's NOT_FOUND is the guess",
    )
    jwk_members: tuple[str, ...] = decision(
        ("kty", "use", "alg", "kid", "n", "e"),
        "Members of a key in the JWKS.",
        grade="documented",
        source="RFC 7517; a token's header always has kid",
    )
    published_key: str | None = decision(
        None,
        "Name of a key that the JWKS publish in the place of a signing key; None for itself.",
        grade="documented",
        source="RFC 7517; tokens are verified with the keys of jwks_uri",
    )
    gateway_key_in_jwks: bool = decision(
        False,
        "Whether the key of gateway credentials is in the JWKS.",
        grade="assumed",
        source="not documented; nobody but PingOne needs it",
    )
