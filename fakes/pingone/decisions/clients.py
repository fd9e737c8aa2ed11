"""Decisions of client authentication by assertion, of scopes and of signing keys."""

from __future__ import annotations

from dataclasses import dataclass

from fakes.behaviour import decision


@dataclass(frozen=True, init=False, repr=False, eq=False)
class ClientDecisions:
    """How clients say who they are by JWT, and what they may ask for."""

    assertion_algorithms: tuple[tuple[str, tuple[str, ...]], ...] = decision(
        (
            ("CLIENT_SECRET_JWT", ("HS256",)),
            ("PRIVATE_KEY_JWT", ("RS256", "RS384", "RS512", "ES256", "ES384", "ES512")),
        ),
        "Algorithms of a client assertion, by the client's method.",
        grade="documented",
        source="create a client_secret_jwt, create a private_key_jwt",
    )
    assertion_checks: frozenset[str] = decision(
        frozenset({"signature", "issuer", "subject", "audience", "exp", "nbf", "iat", "jti"}),
        "What is checked of a client assertion; jti: it is not one that was used already.",
        grade="documented",
        source="create a client_secret_jwt; RFC 7523 section 3 (iat and jti there)",
    )
    assertion_life_s: int = decision(
        3600,
        "Seconds from now on at which a client assertion ends at the latest.",
        grade="documented",
        source="create a client_secret_jwt: exp at most one hour ahead",
    )
    assertion_leeway_s: int = decision(
        0,
        "Seconds that the clocks of a client and of the service may differ.",
        grade="assumed",
        source="RFC 7523 section 3 allows some; none is documented",
    )
    assertion_jti_required: bool = decision(
        False,
        "A client assertion without jti is refused.",
        grade="assumed",
        source="jti is not among the claims that the pages demand",
    )
    assertion_audience_listed: bool = decision(
        True,
        "The audience of a client assertion may be one of several.",
        grade="documented",
        source="RFC 7519 section 4.1.3; RFC 7523 section 3 (3)",
    )
    refusal_shows_assertion: bool = decision(
        False,
        "The description of a refusal repeats the client assertion.",
        grade="documented",
        source="RFC 6749 section 5.2: a description for developers, no credential",
    )
    ungranted_scopes: str = decision(
        "refused",
        "What becomes of scopes that the application was not granted: refused or dropped.",
        grade="assumed",
        source="RFC 6749 section 3.3 allows both",
    )
    worker_inherits_roles: bool = decision(
        True,
        "A worker that is made through the API has the roles of who makes it, unless told not to.",
        grade="documented",
        source="worker applications page: inherits by default; assignActorRoles disables it",
    )
    scopes_without_grant: frozenset[str] = decision(
        frozenset({"openid"}),
        "Scopes of OpenID Connect that an application may ask for without a grant.",
        grade="assumed",
        source="workflows log users in to an application without granting it openid first",
    )
    scopeless_client: str = decision(
        "granted",
        "Which scopes a client_credentials request without scope has: granted (all) or none.",
        grade="assumed",
        source="RFC 6749 section 3.3 allows a default; none is documented",
    )
    one_resource: bool = decision(
        True,
        "A token is for one resource: scopes of two are refused.",
        grade="observed",
        source="public write-ups of the error: may not request scopes for multiple resources",
    )
    custom_subject: str | None = decision(
        None,
        "The claim beside client_id that names the client in a token of its own: sub, or none.",
        grade="observed",
        source="samples in public code have no sub with client_credentials",
    )
    keys_rotate: bool = decision(
        True,
        "The key that signs is replaced on the schedule of the key rotation policy.",
        grade="documented",
        source="key rotation policies page: rotated on a schedule, by default every 90 days",
    )
    jwks_keys: frozenset[str] = decision(
        frozenset({"used"}),
        "Which keys the JWKS hold: used (that sign, or signed before), next (after a rotation).",
        grade="assumed",
        source="policies have a nextKeyId; whether its key is in the JWKS is not documented",
    )
    retired_keys_end_tokens: bool = decision(
        True,
        "A token whose signing key is not published any more is not good.",
        grade="assumed",
        source="nobody can verify it then; PingOne's own APIs are not documented to be laxer",
    )
