"""The decisions about issuers, whose metadata are read, and about PingFederate.

Names of sources as in the door's decisions.
"""

from __future__ import annotations

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.key_sets import KeySetsBehaviour

_SILENT = "no document says; "


@chapter
class IssuersBehaviour(KeySetsBehaviour):
    """What is asked of an issuer, and what is believed."""

    issuer_path: str = decision(
        "/.well-known/openid-configuration",
        "Where an issuer's metadata lie.",
        grade="documented",
        source="OpenID Connect Discovery 1.0 section 4; SPEC OIDCProviderMetadata",
    )
    issuer_compared: bool = decision(
        True,
        "Whether metadata of another issuer are refused.",
        grade="assumed",
        source="OpenID Connect Discovery 1.0 section 4.3 wants it; no document says of PingAccess",
    )
    scopes_left_out: frozenset[str] = decision(
        frozenset({"openid"}),
        "Scopes that are not listed.",
        grade="documented",
        source="SPEC SupportedScopes.scopes (excluding 'openid')",
    )
    admin_scopes_of_system: bool = decision(
        True,
        "Whether administrators without a provider of their own have that of web sessions.",
        grade="assumed",
        source=_SILENT + "SPEC getAuthOidcScopes speaks of the current Admin OIDC Provider",
    )
    pingfederate_tested: bool = decision(
        True,
        "Whether the administration of PingFederate is saved only where its connection works.",
        grade="documented",
        source="latest pa_configuring_pf_administration",
    )
    pingfederate_tested_types: frozenset[str] = decision(
        frozenset({"Basic"}),
        "The types of login with which the connection is tested.",
        grade="assumed",
        source=_SILENT + "the others need a token or a session first, which are not modelled",
    )
    pingfederate_test_request: tuple[str, str] = decision(
        ("GET", "/pf-admin-api/v1/version"),
        "The request of that test, which has the login.",
        grade="assumed",
        source=_SILENT + "the least that PingFederate's administration answers with a login",
    )
