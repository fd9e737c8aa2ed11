"""The decisions about roles, sessions of the console, and bearer tokens.

D90 is the vendor's page pa_configuring_api_authn of 9.0; other names as in the door's decisions.
"""

from __future__ import annotations

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.issuers import IssuersBehaviour

_SILENT = "no document says; "


@chapter
class AccessBehaviour(IssuersBehaviour):
    """What a caller may do, and how one is known without a password."""

    roles_checked: bool = decision(
        True,
        "Whether a role decides what its callers may do.",
        grade="documented",
        source="D90: each role grants access to specific features",
    )
    forbidden_status: int = decision(
        403, "A request that the role does not allow.", grade="assumed", source=_SILENT + "RFC 9110"
    )
    platform_paths: frozenset[str] = decision(
        frozenset({"auth", "users", "environment"}),
        "First steps of paths that administrators only read while there are platform ones.",
        grade="documented",
        source="D90 pa_configuring_api_authn",
    )
    auditor_lacks: frozenset[str] = decision(
        frozenset({"config", "backup"}),
        "First steps of paths that auditors do not read; downloads of agents beside them.",
        grade="documented",
        source="D90 pa_configuring_api_authn",
    )
    session_cookie: str = decision(
        "PA_UI", "The cookie of a session.", grade="assumed", source=_SILENT + "after PA_STATE"
    )
    session_cookie_taken: bool = decision(
        True,
        "Whether the cookie of a session is a login.",
        grade="documented",
        source="SPEC AuthenticationType Cookie, SessionInfo; D73 admin web session",
    )
    sessions_most: int = decision(
        100,
        "How many sessions there are at most; the oldest makes room.",
        grade="observed",
        source="PCB run.properties; that the oldest goes is assumed",
    )
    basic_switchable: bool = decision(
        True,
        "Whether /auth/basic turns passwords off.",
        grade="documented",
        source="SPEC BasicAuthConfig.enabled",
    )
    bearer_taken: bool = decision(
        True,
        "Whether bearer tokens are a login where /auth/oauth is enabled.",
        grade="documented",
        source="D90; PCB tests/pingaccess/test_pa_admin_api_login.py",
    )
    bearer_checks: frozenset[str] = decision(
        frozenset({"signature", "expiry", "issuer", "audience", "scope"}),
        "What of a bearer token is checked; issuer and audience where the validator has one.",
        grade="documented",
        source="D90 and SPEC AccessTokenValidator.configuration; expiry: RFC 7519 section 4.1.4",
    )
    bearer_read_strictly: bool = decision(
        True,
        "Whether a bearer token with padding, other letters or no UTF-8 JSON is no login.",
        grade="assumed",
        source="RFC 7515 sections 2 and 5.2; how the product's library reads is not documented",
    )
    bearer_refusal_shows: bool = decision(
        False,
        "Whether the refusal of a bearer token repeats it.",
        grade="documented",
        source="RFC 6750 section 5.3: bearer tokens are kept from others",
    )
    bearer_refusals_most: int | None = decision(
        None,
        "How many bearer tokens may be refused before none is good; None for any number.",
        grade="assumed",
        source=_SILENT + "a lockout of tokens would let anybody lock everybody out",
    )
    bearer_roles_all: bool = decision(
        True,
        "Whether a role needs all of its attributes; else one is enough.",
        grade="assumed",
        source=_SILENT + "SPEC: the attributes that define the role",
    )
