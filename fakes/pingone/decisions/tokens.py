"""Decisions of the token service: clients, access tokens, exchange, metadata."""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest
from typing import TYPE_CHECKING

from fakes.behaviour import decision

if TYPE_CHECKING:
    from collections.abc import Callable


def same_secret(known: str, given: str) -> bool:
    """Whether both are the same, in constant time."""
    return compare_digest(known.encode(), given.encode("utf-8", "surrogatepass"))


def as_sent(text: str) -> str:
    """The text itself: a token is read as it was sent."""
    return text


ACCESS_CLAIMS = ("client_id", "iss", "jti", "iat", "exp", "aud", "env", "org", "p1.rid")
"""Claims of a machine's access token; "client_id" stands for the claim that names the actor."""

SUBJECT_CHECKS = frozenset({"algorithm", "signature", "known", "gateway", "enabled", "environment"})
"""Checks of a gateway credential beyond its structure, each named after what it looks at."""


@dataclass(frozen=True)
class TokenDecisions:
    """What the token service issues, to whom, and what it refuses."""

    worker_lifetime_s: int = decision(
        3600,
        "Life of a token from client_credentials.",
        grade="documented",
        source="examples of the token request (client_credentials)",
    )
    exchanged_lifetime_s: int = decision(
        300,
        "Life of a token from the exchange of a gateway credential.",
        grade="documented",
        source="token exchange (gateway credential): 5 minutes in prose, 3600 in its example body",
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
    access_token_typ: str | None = decision(
        "at+jwt",
        "typ in the header of an access token.",
        grade="documented",
        source="token claims page: optional until 2027-03-02, always from then",
    )
    exchanged_actor_claim: str = decision(
        "client_id",
        "Claim of an exchanged token that names the gateway.",
        grade="assumed",
        source="not documented; clients treat the token as opaque",
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
    form_type_status: int = decision(
        400,
        "Status of a token request that is not a form.",
        grade="assumed",
        source="RFC 6749 section 5.2 invalid_request; 415 would be as natural",
    )
    exchange_fields_exact: bool = decision(
        True,
        "An exchange with other fields than the three documented ones is refused.",
        grade="assumed",
        source="the page lists exactly three; RFC 6749 section 3.2 would ignore others",
    )
    subject_checks: frozenset[str] = decision(
        SUBJECT_CHECKS,
        "What is checked of a gateway credential beyond its structure.",
        grade="documented",
        source="any valid gateway credential can be exchanged; revoking and disabling end it",
    )
    subject_refused_status: int = decision(
        400,
        "Status of a subject token that is not accepted.",
        grade="documented",
        source="RFC 8693 section 2.2.2 with RFC 6749 section 5.2",
    )
    malformed_subject_error: str = decision(
        "invalid_request",
        "OAuth error of a subject token that is no good credential at all.",
        grade="documented",
        source="RFC 8693 section 2.2.2; PingOne's own wording is unknown",
    )
    refused_subject_error: str = decision(
        "invalid_grant",
        "OAuth error of a good credential that is revoked, foreign, or of a disabled gateway.",
        grade="assumed",
        source="not documented; RFC 6749 section 5.2 describes invalid_grant so",
    )
    exchanged_gateway_types: frozenset[str] = decision(
        frozenset(),
        "Types of gateway whose credentials can be exchanged; empty for all.",
        grade="documented",
        source="note of the page: any valid gateway credential",
    )
    last_used_updated: str = decision(
        "always",
        "When lastUsedAt is set: always (each exchange), asked (refused ones too), creation, never.",
        grade="assumed",
        source="absent until first use is documented; that the exchange counts is a guess",
    )
    gateway_key_in_jwks: bool = decision(
        False,
        "Whether the key of gateway credentials is in the JWKS.",
        grade="assumed",
        source="not documented; nobody but PingOne needs it",
    )
    jwk_members: tuple[str, ...] = decision(
        ("kty", "use", "alg", "kid", "n", "e"),
        "Members of a key in the JWKS.",
        grade="documented",
        source="RFC 7517; a token's header always has kid",
    )
    issuer_path: str = decision(
        "/{environment}/as",
        "Path of the issuer.",
        grade="observed",
        source="discovery document example",
    )
    token_endpoint_path: str = decision(
        "/token",
        "Where the metadata say that the token endpoint is, below the issuer.",
        grade="observed",
        source="discovery document example",
    )
    unknown_issuer_status: int = decision(
        404,
        "Status of metadata and keys of an environment that does not exist.",
        grade="assumed",
        source="not documented; the platform's NOT_FOUND is the guess",
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
    request_id_is_jti: bool = decision(
        True,
        "p1.rid repeats jti.",
        grade="observed",
        source="samples in public code",
    )
    published_key: str = decision(
        "pingone-tokens",
        "Name of the key that the JWKS publish.",
        grade="documented",
        source="RFC 7517; tokens are verified with the keys of jwks_uri",
    )
    unsupported_grant_error: str = decision(
        "unsupported_grant_type",
        "OAuth error of a grant type that nobody knows.",
        grade="documented",
        source="RFC 6749 section 5.2",
    )
    exchanged_token_type: str = decision(
        "Bearer",
        "token_type of an exchange.",
        grade="documented",
        source="token exchange (gateway credential): Bearer",
    )
    exchange_wants_client: bool = decision(
        False,
        "An exchange wants client authentication as well.",
        grade="assumed",
        source="the page lists three fields and no client; only its example has a header",
    )
    subject_token_types: tuple[str, ...] = decision(
        ("pingone_gateway_credential",),
        "subject_token_type of a gateway credential.",
        grade="documented",
        source="token exchange (gateway credential): a bare word, not a URN",
    )
    subject_read_as: Callable[[str], str] = decision(  # noqa: RUF009 - a function cannot be changed
        as_sent,
        "What is taken from a subject token before it is read.",
        grade="documented",
        source="RFC 7515 section 5.2: nothing but the compact form",
    )
    refusal_shows_subject: frozenset[str] = decision(
        frozenset(),
        "Where a refusal repeats the subject token: body, header.",
        grade="documented",
        source="RFC 6749 section 5.2: a description for developers, no credential",
    )
    refusal_ends_credential: bool = decision(
        False,
        "A refused exchange revokes the credential that it names.",
        grade="assumed",
        source="not documented; anybody could end credentials",
    )
    refusals_limit: int | None = decision(
        None,
        "How often the same bad subject token is refused before it is told to slow down.",
        grade="assumed",
        source="rate limits are per licence, their numbers are not documented",
    )
