"""Where traffic comes from and goes to: web sessions, sites and virtual hosts (admin API 7.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fakes.pingaccess.objects.spec import Check, Entity, Field, named

if TYPE_CHECKING:
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft

_INT_MAX = 2**31 - 1
_NO_HOST = (
    "The Host Name must not contain special characters, spaces, or the URI scheme. A wildcard "
    "hostname may be specified."
)
_NO_PORT = "Port must be in the range 1 to 65535"
"""Of a virtual host (observed: IWS pingaccess_test.go)."""
_ABSOLUTE = re.compile(r"//|[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_NAME = rf"{_LABEL}(?:\.{_LABEL})*\.?"
_TARGET = re.compile(rf"(?P<host>{_NAME}|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{{1,5}})", re.ASCII)
_HOST = re.compile(rf"\*|(?:\*\.)?{_NAME}|\[[0-9A-Fa-f:.]+\]", re.ASCII)


def are_targets(reading: Reading, draft: Draft) -> None:
    """Every target is a host and a port; a host that does not resolve is only warned of."""
    for target in draft.get("targets") or ():
        found = _TARGET.fullmatch(target)
        if found is None or not 1 <= int(found["port"]) <= 65535:
            reading.complain("targets", "must be pairs of host and port, such as host:443")
            return
        host = found["host"].lower().removesuffix(".")
        if host.endswith(tuple(reading.behaviour.unresolved_suffixes)):
            reading.warnings.append(f"The target {target} does not resolve.")


def is_introspection_path(reading: Reading, draft: Draft) -> None:
    """A path, without scheme and host (observed: IWT resource_pingaccess_oauth_server_test.go)."""
    path = draft.get("introspectionEndpoint")
    if isinstance(path, str) and _ABSOLUTE.match(path):
        sentence = "Introspection endpoint must be a valid relative path"
        reading.complain("introspectionEndpoint", sentence)


def is_plain_host(reading: Reading, draft: Draft) -> None:
    """A name or an address, without a wildcard."""
    host = draft.get("host")
    if isinstance(host, str) and ("*" in host or not _HOST.fullmatch(host)):
        reading.complain("host", "must be a host name or an address")


def _is_host(reading: Reading, draft: Draft) -> None:
    """A name, an address, or a wildcard in the place of the first label."""
    host = draft.get("host")
    if not isinstance(host, str):
        return
    saved = () if reading.lenient else {reading.verb}  # an import saves by no method
    if not _HOST.fullmatch(host):
        reading.complain("host", _NO_HOST)
    elif "*" in host and not reading.behaviour.wildcard_hosts_on.issuperset(saved):
        reading.complain("host", "must hold no wildcard")


WEB_SESSIONS = Entity(
    "webSessions",
    "Web session",
    "/webSessions",
    (
        named(),
        Field("audience", required=True, sortable=True, longest=32),
        Field(
            "clientCredentials",
            "object",
            required=True,
            members=(
                Field("clientId", required=True),
                Field("clientSecret", "hidden"),
                Field("keyPairId", "number", default=0, refers="keyPairs"),
                Field(
                    "credentialsType",
                    default="SECRET",
                    choices=frozenset({"SECRET", "CERTIFICATE", "PRIVATE_KEY_JWT"}),
                ),
            ),
        ),
        Field("cookieType", default="Encrypted", choices=frozenset({"Encrypted", "Signed"})),
        Field("cookieDomain", sortable=True),
        Field("sameSite", default="Lax", choices=frozenset({"Disabled", "Lax", "None"})),
        Field("secureCookie", "flag", default=True, sortable=True),
        Field("httpOnlyCookie", "flag", default=True, sortable=True),
        Field("oidcLoginType", default="Code", choices=frozenset({"Code", "POST", "x_post"})),
        Field(
            "requestPreservationType", default="POST", choices=frozenset({"None", "POST", "All"})
        ),
        Field(
            "webStorageType",
            default="SessionStorage",
            choices=frozenset({"SessionStorage", "LocalStorage"}),
        ),
        Field("pkceChallengeType", default="SHA256", choices=frozenset({"SHA256", "OFF"})),
        Field("enablePushAuthorization", "flag", default=False),
        Field("idleTimeoutInMinutes", "number", default=60, sortable=True, low=1, high=_INT_MAX),
        Field(
            "sessionTimeoutInMinutes", "number", default=240, sortable=True, low=1, high=_INT_MAX
        ),
        Field("timeoutGroovyScript"),
        Field("refreshUserInfoClaimsInterval", "number", default=60, sortable=True),
        Field("pfsessionStateCacheInSeconds", "number", default=60, sortable=True),
        Field("cacheUserAttributes", "flag", default=False, sortable=True),
        Field("enableRefreshUser", "flag", default=True, sortable=True),
        Field("requestProfile", "flag", default=True),
        Field("sendRequestedUrlToProvider", "flag", default=True, sortable=True),
        Field("validateSessionIsAlive", "flag", default=False, sortable=True),
        Field("provideAuthenticationFeedback", "flag", default=False, sortable=True),
        Field("promptParameter", "texts", default=()),
        Field("scopes", "texts", default=("profile", "email", "address", "phone")),
        Field("failOnUnsupportedPreservationContentType", "flag", default=False, sortable=True),
    ),
)
"""Defaults are those of the vendor's exports (observed); that a POST has the same is assumed."""

SITES = Entity(
    "sites",
    "Site",
    "/sites",
    (
        named(),
        Field("targets", "texts", required=True, filled=True),
        Field("secure", "flag", default=False, sortable=True),
        Field("trustedCertificateGroupId", "number", default=0, refers="trustedCertificateGroups"),
        Field("sendPaCookie", "flag", default=True, sortable=True),
        Field("useTargetHostHeader", "flag", default=False, sortable=True),
        Field("keepAliveTimeout", "number", default=0, sortable=True, low=0, high=_INT_MAX),
        Field("maxConnections", "number", default=-1, sortable=True, low=-1, high=_INT_MAX),
        Field(
            "maxWebSocketConnections", "number", default=-1, sortable=True, low=-1, high=_INT_MAX
        ),
        Field("siteAuthenticatorIds", "numbers", default=(), refers="siteAuthenticators"),
        Field("skipHostnameVerification", "flag", default=False, sortable=True),
        Field("expectedHostname", sortable=True),
        Field("availabilityProfileId", "number", default=1, refers="availabilityProfiles"),
        Field("loadBalancingStrategyId", "number", default=0, refers="loadBalancingStrategies"),
        Field("useProxy", "flag", default=False, sortable=True),
    ),
    checks=(Check("sites.targets", are_targets),),
)
"""Defaults are those of the vendor's exports (observed); that a POST has the same is assumed."""

VIRTUAL_HOSTS = Entity(
    "virtualHosts",
    "Virtual host",
    "/virtualhosts",
    (
        Field("host", required=True, sortable=True, also=_NO_HOST),
        Field("port", "number", required=True, sortable=True, low=1, high=65535, also=_NO_PORT),
        Field("agentResourceCacheTTL", "number", default=900, sortable=True, low=0, high=_INT_MAX),
        Field("keyPairId", "number", default=0, refers="keyPairs"),
        Field("trustedCertificateGroupId", "number", default=0, refers="trustedCertificateGroups"),
    ),
    find="virtualHost",
    named=("host", "port"),
    unique=(("host", "port"),),
    folded=True,
    checks=(Check("virtualHosts.host", _is_host),),
)
"""An empty body has two complaints about host and one about port (observed: IWS)."""
