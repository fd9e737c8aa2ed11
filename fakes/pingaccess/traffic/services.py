"""What stands beside applications: services, proxies, listeners, redirects and lists."""

from __future__ import annotations

from fakes.pingaccess.objects.spec import Check, Entity, Field, described, named
from fakes.pingaccess.traffic.sites import are_targets, is_plain_host

_INT_MAX = 2**31 - 1
_PORT = Field("port", "number", required=True, sortable=True, low=1, high=65535)
_AUDIT = Field("auditLevel", default="ON", choices=frozenset({"ON", "OFF"}))
_HOST = Field("host", required=True, sortable=True)
_TRUST = Field("trustedCertificateGroupId", "number", default=0, refers="trustedCertificateGroups")

PROXIES = Entity(
    "proxies",
    "Proxy",
    "/proxies",
    (
        named(),
        _HOST,
        _PORT,
        described(),
        Field("requiresAuthentication", "flag", default=False, sortable=True),
        Field("username", sortable=True),
        Field("password", "hidden"),
    ),
    checks=(Check("proxies.host", is_plain_host),),
)
"""Its list is declared as one proxy (admin API 7.3); it is a list like the others (assumed)."""

THIRD_PARTY_SERVICES = Entity(
    "thirdPartyServices",
    "Third-party service",
    "/thirdPartyServices",
    (
        Field("targets", "texts", required=True, filled=True),
        named(),
        Field("secure", "flag", default=False, sortable=True),
        _TRUST,
        Field("maxConnections", "number", default=-1, sortable=True, low=-1, high=_INT_MAX),
        Field("skipHostnameVerification", "flag", default=False, sortable=True),
        Field("expectedHostname", sortable=True),
        Field("availabilityProfileId", "number", default=1, refers="availabilityProfiles"),
        Field("loadBalancingStrategyId", "number", default=0, refers="loadBalancingStrategies"),
        Field("useProxy", "flag", default=False, sortable=True),
        Field("hostValue", sortable=True),
    ),
    key="uuid",
    checks=(Check("thirdPartyServices.targets", are_targets),),
)
"""Defaults are those of a site, which the vendor's exports show (assumed for services)."""

ENGINE_LISTENERS = Entity(
    "engineListeners",
    "Engine listener",
    "/engineListeners",
    (named(), _PORT, Field("secure", "flag", default=True, sortable=True), _TRUST),
    unique=(("name",), ("port",)),
)
"""That a port is taken once is assumed: two listeners cannot share one."""

REDIRECTS = Entity(
    "redirects",
    "Redirect",
    "/redirects",
    (
        Field("source", "object", required=True, members=(_HOST, _PORT)),
        Field(
            "target",
            "object",
            required=True,
            members=(_HOST, _PORT, Field("secure", "flag", required=True)),
        ),
        Field("responseCode", "number", default=301, sortable=True, low=300, high=399),
        _AUDIT,
    ),
    key="uuid",
    find="source",
    named=("source.host", "source.port"),
    searches=(("target", ("target.host", "target.port")),),
    unique=(("source",),),
)
"""Source and target are required though the specification says nothing: assumed, as is 301."""

GLOBAL_UNPROTECTED = Entity(
    "globalUnprotectedResources",
    "Global unprotected resource",
    "/globalUnprotectedResources",
    (
        named(),
        Field("wildcardPath", required=True),
        _AUDIT,
        Field("enabled", "flag", default=True, sortable=True),
        described(),
    ),
    key="uuid",
)

AUTHN_REQ_LISTS = Entity(
    "authnReqLists",
    "Authentication requirements list",
    "/authnReqLists",
    (named(), Field("authnReqs", "texts", required=True, filled=True)),
)
