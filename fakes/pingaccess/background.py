"""What imports bring and the fake shows nowhere, but which uses other objects all the same."""

from __future__ import annotations

from fakes.pingaccess.spec import Entity, Field, named, plugin

_NONE: frozenset[str] = frozenset()
_TRUST = Field("trustedCertificateGroupId", "number", refers="trustedCertificateGroups")

BACKGROUND = (
    Entity("thirdPartyServices", "Third-party service", "", (named(), _TRUST), verbs=_NONE),
    Entity(
        "siteAuthenticators",
        "Site authenticator",
        "",
        plugin(),
        verbs=_NONE,
        family="siteAuthenticators",
    ),
    Entity(
        "rejectionHandlers",
        "Rejection handler",
        "",
        plugin(),
        verbs=_NONE,
        family="rejectionHandlers",
    ),
)
"""References: the inverse graph of the admin API 7.3."""
