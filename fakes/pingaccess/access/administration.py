"""How administrators log in: the settings under /auth (admin API 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingaccess.objects.spec import Check, Field, described, plugin_part
from fakes.pingaccess.system.singletons import CLIENT, setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft

_INT_MAX = 2**31 - 1
_VALIDATORS = "accessTokenValidators"


def _attributes(*, enabled: bool) -> tuple[Field, ...]:
    """What makes a user a role (admin API 7.3, RequiredAttributeMapping and the optional one)."""
    pair = (Field("attributeName", required=True), Field("attributeValue", required=True))
    switch = (Field("enabled", "flag", default=False),) if enabled else ()
    return (*switch, Field("attributes", "objects", required=True, members=pair))


_ROLES = Field(
    "roleMapping",
    "object",
    members=(
        Field("enabled", "flag", default=False),
        Field("administrator", "object", members=_attributes(enabled=False)),
        Field("platformAdmin", "object", members=_attributes(enabled=True)),
        Field("auditor", "object", members=_attributes(enabled=True)),
    ),
)


def _validator(row: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    part = row.get("accessTokenValidator")
    if isinstance(part, dict):
        yield _VALIDATORS, "accessTokenValidator", part


def _validator_fits(reading: Reading, draft: Draft) -> None:
    for family, member, part in _validator(draft):
        reading.hold_against_plugin(family, dict(part), f"{member}.")


BASIC = setting(
    "adminAuthBasic",
    "Basic authentication",
    "/auth/basic",
    Field("enabled", "flag", default=True),
    exported=True,
)
OAUTH = setting(
    "adminAuthOAuth",
    "API OAuth",
    "/auth/oauth",
    Field("clientCredentials", "object", members=CLIENT),
    Field("scope", required=True),
    Field("subjectAttributeName"),
    _ROLES,
    Field("enabled", "flag", default=False),
    Field("accessTokenValidator", "object", members=plugin_part()),
    Field("clientSecret", "hidden"),
    Field("clientId"),
    checks=(Check("adminAuthOAuth.validator", _validator_fits),),
    plugins=_validator,
)
OIDC = setting(
    "adminAuthOidc",
    "Console single sign-on",
    "/auth/oidc",
    Field("authnReqListId", "number", default=0, refers="authnReqLists"),
    Field("enabled", "flag", default=False),
    Field("useSlo", "flag", default=False),
    Field("usernameAttributeName"),
    _ROLES,
    Field(
        "oidcConfiguration",
        "object",
        required=True,
        members=(
            Field("enablePushAuthorization", "flag", default=False),
            Field("validateSessionIsAlive", "flag", default=False),
            Field("sendRequestedUrlToProvider", "flag", default=True),
            Field("refreshUserInfoClaimsInterval", "number", default=60, low=0, high=_INT_MAX),
            Field("provideAuthenticationFeedback", "flag", default=False),
            Field("cacheUserAttributes", "flag", default=False),
            Field("enableRefreshUser", "flag", default=True),
            Field("promptParameter", "texts", default=()),
            Field("scopes", "texts", default=("profile", "email", "address", "phone")),
            Field("oidcLoginType", default="Code", choices=frozenset({"Code", "POST", "x_post"})),
            Field("pkceChallengeType", default="SHA256", choices=frozenset({"SHA256", "OFF"})),
            Field("clientCredentials", "object", required=True, members=CLIENT),
            Field("pfsessionStateCacheInSeconds", "number", default=60, low=0, high=_INT_MAX),
        ),
    ),
)
WEB_SESSION = setting(
    "adminAuthWebSession",
    "Console session",
    "/auth/webSession",
    Field("sessionPollIntervalInSeconds", "number", required=True, default=10, low=1),
    Field("expirationWarningInMinutes", "number", required=True, default=1, low=1),
    Field("sessionTimeoutInMinutes", "number", required=True, default=240, low=1),
    Field("idleTimeoutInMinutes", "number", required=True, default=30, low=1),
    Field("audience", required=True, default="PingAccessUI", longest=32),
    Field(
        "cookieType", required=True, default="Encrypted", choices=frozenset({"Encrypted", "Signed"})
    ),
    Field("timeoutGroovyScript"),
    Field("cookieDomain"),
    exported=True,
)
"""Defaults: adminAuthWebSession of the vendor's exports (observed)."""
TOKEN_PROVIDER = setting(
    "adminTokenProvider",
    "Admin token provider",
    "/auth/tokenProvider",
    described(),
    Field("issuer", required=True),
    Field("trustedCertificateGroupId", "number", default=0, refers="trustedCertificateGroups"),
    Field("useProxy", "flag", default=False),
    Field("sslProtocols", "texts", default=()),
    Field("sslCiphers", "texts", default=()),
)

ADMINISTRATION = (BASIC, OAUTH, OIDC, WEB_SESSION, TOKEN_PROVIDER)
"""The settings of how administrators log in."""
