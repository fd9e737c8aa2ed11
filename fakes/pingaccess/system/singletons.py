"""Settings that there is one of: what each holds, and how a new product has it set.

Each lies where archives have it: in its own section (names as in the vendor's exports of 6.0 to
7.0.4; of those that no export shows, assumed by their pattern). Those that every export shows,
though nobody has set them, say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingaccess.objects.spec import Check, Entity, Field, described
from fakes.pingaccess.system.agents import IP_SOURCE, PROXIED
from fakes.pingaccess.traffic.sites import are_targets, is_introspection_path

if TYPE_CHECKING:
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft

SETTING = frozenset({"GET", "PUT", "DELETE"})
_INT_MAX = 2**31 - 1
LONG_MAX = 2**63 - 1
ON_OFF = frozenset({"ON", "OFF"})
TRUST = Field("trustedCertificateGroupId", "number", default=0, refers="trustedCertificateGroups")
PROXY = Field("useProxy", "flag", default=False)
_ROLLED = (
    Field("keyRollEnabled", "flag", default=True),
    Field("keyRollPeriodInHours", "long", default=24, low=1, high=LONG_MAX),
)
CLIENT = (
    Field("clientId", required=True),
    Field("clientSecret", "hidden"),
    Field("keyPairId", "number", default=0, refers="keyPairs"),
    Field(
        "credentialsType",
        default="SECRET",
        choices=frozenset({"SECRET", "CERTIFICATE", "PRIVATE_KEY_JWT"}),
    ),
)
"""How an OAuth client proves itself (admin API 7.3, OAuthClientCredentials)."""


def setting(table: str, label: str, path: str, *fields: Field, **more: Any) -> Entity:
    """A setting that there is one of; `table` is the name of its section."""
    return Entity(
        table, label, path, fields, verbs=SETTING, named=(), unique=(), single=True, **more
    )


def _is_root(reading: Reading, draft: Draft) -> None:
    """A context root begins with a slash and ends without one (documented for applications)."""
    root = draft.get("contextRoot")
    if isinstance(root, str) and (not root.startswith("/") or root == "/" or root.endswith("/")):
        reading.complain("contextRoot", "must begin with / and end without one")


ADMIN_CONFIG = setting(
    "adminConfig",
    "Administrative console",
    "/adminConfig",
    Field("hostPort", required=True, default="localhost:9090"),
    *PROXIED,
    Field("staleEngineTimeout", "number", default=5, low=1, high=_INT_MAX),
    Field("staleEngineTimeoutEnabled", "flag", default=False),
)
AUTH_TOKENS = setting(
    "authTokenMgmt",
    "Auth token management",
    "/authTokenManagement",
    *_ROLLED,
    Field("issuer", default="PingAccessAuthToken"),
    Field("signingAlgorithm", default="P-256"),
    exported=True,
)
OAUTH_KEYS = setting(
    "oauthKeyMgmt",
    "OAuth key management",
    "/oauthKeyManagement",
    *_ROLLED,
    Field("signingAlgorithm"),
    exported=True,
)
WEB_SESSION_MANAGEMENT = setting(
    "webSessionMgmt",
    "Web session management",
    "/webSessionManagement",
    *_ROLLED,
    Field("issuer", default="PingAccess"),
    Field("signingAlgorithm", default="P-256"),
    Field("cookieName", default="PA"),
    Field("sessionStateCookieName", default="PA_STATE"),
    Field("updateTokenWindowInSeconds", "long", default=60, low=0, high=LONG_MAX),
    Field("encryptionAlgorithm", default="A128CBC-HS256"),
    Field("nonceCookieTimeToLiveInMinutes", "number", default=5, low=1, high=_INT_MAX),
    exported=True,
)
ENVIRONMENT = setting(
    "environment", "Environment", "/environment", Field("name", required=True, default="")
)
APPLICATION_DEFAULTS = setting(
    "applicationDefaults",
    "Application defaults",
    "/defaults/entities/application",
    Field("defaultAuthnChallengePolicyId", refers="authnChallengePolicies"),
)
RESERVED_APPLICATION = setting(
    "reservedApplication",
    "Reserved application",
    "/applications/reserved",
    Field("contextRoot", required=True, default="/pa"),
    checks=(Check("reservedApplication.contextRoot", _is_root),),
    exported=True,
)
MONITORING = setting(
    "httpMonitoring",
    "HTTP monitoring",
    "/httpConfig/monitoring",
    Field("auditLevel", default="OFF", choices=ON_OFF),
    exported=True,
)
HOST_SOURCE = setting(
    "httpHostSource",
    "Host source",
    "/httpConfig/request/hostSource",
    Field("headerNameList", "texts", required=True, default=("X-Forwarded-Host", "Host")),
    Field("listValueLocation", required=True, default="LAST", choices=frozenset({"FIRST", "LAST"})),
    exported=True,
)
IP_ADDRESS_SOURCE = setting(
    "httpIpSource",
    "IP source",
    "/httpConfig/request/ipSource",
    *IP_SOURCE,
    exported=True,
)
PROTOCOL_SOURCE = setting(
    "httpProtocolSource",
    "Protocol source",
    "/httpConfig/request/protocolSource",
    Field("headerName", required=True, default="X-Forwarded-Proto"),
    exported=True,
)
UNKNOWN_RESOURCES = setting(
    "unknownResources",
    "Unknown resources",
    "/unknownResources/settings",
    Field("errorStatusCode", "number", required=True, default=403, low=100, high=599),
    Field("errorTemplateFile", required=True, default="general.error.page.template.html"),
    Field(
        "errorContentType",
        required=True,
        default="HTML",
        choices=frozenset({"JSON", "HTML", "TEXT", "XML"}),
    ),
    Field(
        "agentDefaultMode",
        required=True,
        default="DENY",
        choices=frozenset({"DENY", "PASSTHROUGH"}),
    ),
    Field("agentDefaultCacheTTL", "number", required=True, default=900, low=0, high=_INT_MAX),
    Field("auditLevel", default="ON", choices=ON_OFF),
    exported=True,
)
TOKEN_PROVIDER = setting(
    "tokenProvider",
    "Token provider",
    "/tokenProvider/settings",
    Field("useThirdParty", "flag", default=False),
    Field(
        "type",
        default="PingFederate",
        choices=frozenset({"PingFederate", "Common", "PingOneForCustomers"}),
    ),
    exported=True,
)
PINGONE_FOR_CUSTOMERS = setting(
    "pingOneForCustomers",
    "PingOne for Customers",
    "/pingone/customers",
    described(),
    Field("issuer", required=True),
    TRUST,
    PROXY,
)
AUTHORIZATION_SERVER = setting(
    "oauthAuthServer",
    "OAuth authorization server",
    "/oauth/authServer",
    described(),
    Field("targets", "texts", required=True, filled=True),
    Field("auditLevel", default="ON", choices=ON_OFF),
    Field("secure", "flag", default=False),
    Field("trustedCertificateGroupId", "number", required=True, refers="trustedCertificateGroups"),
    Field("clientCredentials", "object", members=CLIENT),
    Field("cacheTokens", "flag", default=False),
    Field("tokenTimeToLiveSeconds", "long", default=-1, low=-1, high=LONG_MAX),
    Field("subjectAttributeName", required=True),
    Field("introspectionEndpoint", required=True),
    Field("tokenEndpoint"),
    Field("sendAudience", "flag", default=False),
    PROXY,
    checks=(
        Check("oauthAuthServer.targets", are_targets),
        Check("oauthAuthServer.introspection", is_introspection_path),
    ),
)
LOG_SETTINGS = setting(
    "logSettings",
    "Log settings",
    "/logSettings",
    Field(
        "logCategories",
        "objects",
        required=True,
        default=(),
        members=(
            Field("id"),
            Field("enabled", "flag", default=False),
            Field("name"),
            Field("description"),
        ),
    ),
)

SINGLETONS = (
    ADMIN_CONFIG,
    AUTH_TOKENS,
    OAUTH_KEYS,
    WEB_SESSION_MANAGEMENT,
    ENVIRONMENT,
    APPLICATION_DEFAULTS,
    RESERVED_APPLICATION,
    MONITORING,
    HOST_SOURCE,
    IP_ADDRESS_SOURCE,
    PROTOCOL_SOURCE,
    UNKNOWN_RESOURCES,
    TOKEN_PROVIDER,
    PINGONE_FOR_CUSTOMERS,
    AUTHORIZATION_SERVER,
    LOG_SETTINGS,
)
"""Beside those under /auth, and those of token providers."""


def unset(entity: Entity) -> dict[str, Any]:
    """The setting as a new product has it."""
    return {field.name: field.default for field in entity.fields}
