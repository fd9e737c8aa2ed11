"""Where tokens come from: PingFederate, and OpenID Connect providers (admin API 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingaccess.objects.integrity import POLICY_TABLES
from fakes.pingaccess.objects.spec import Check, Field, described, plugin_part
from fakes.pingaccess.providers.pingfederate import prove_pingfederate
from fakes.pingaccess.system.singletons import CLIENT, LONG_MAX, ON_OFF, PROXY, TRUST, setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft

PROVIDERS = "oidcProviders"
"""The family of the plugins of OpenID Connect providers."""


def _plugin(row: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    part = row.get("plugin")
    if isinstance(part, dict):
        yield PROVIDERS, "plugin", part


def _plugin_fits(reading: Reading, draft: Draft) -> None:
    for family, member, part in _plugin(draft):
        reading.hold_against_plugin(family, dict(part), f"{member}.")


def _policy(row: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """The rules and rule sets of the application that stands before PingFederate."""
    application = row.get("application")
    items = application.get("policy") if isinstance(application, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        table = POLICY_TABLES.get(str(item.get("type"))) if isinstance(item, dict) else None
        if table is not None and isinstance(item.get("id"), int | str):
            yield f"application.policy[{index}]", table, item["id"]


PINGFEDERATE_RUNTIME = setting(
    "pingFederateRuntime",
    "PingFederate runtime",
    "/pingfederate/runtime",
    described(),
    Field("issuer", required=True),
    TRUST,
    PROXY,
    Field("useSlo", "flag", default=False),
    Field("stsTokenExchangeEndpoint"),
    Field("skipHostnameVerification", "flag", default=False),
)
PINGFEDERATE_ADMIN = setting(
    "pingFederateAdmin",
    "PingFederate administration",
    "/pingfederate/admin",
    Field("authenticationType", default="Basic", choices=frozenset({"OAuth", "Cookie", "Basic"})),
    Field("adminUsername"),
    Field("adminPassword", "hidden", required=True),
    Field("skipHostnameVerification", "flag", default=False),
    Field("expectedHostname"),
    TRUST,
    Field("host", required=True),
    Field("port", "number", required=True, low=1, high=65535),
    Field("secure", "flag", default=True),
    Field("basePath"),
    PROXY,
    Field("auditLevel", default="OFF", choices=ON_OFF),
    Field(
        "oAuthAuthenticationConfig",
        "object",
        members=(
            Field(
                "configuredAuthorizationServerType",
                required=True,
                choices=frozenset(
                    {"PINGFEDERATE_RUNTIME", "PINGONE", "COMMON_AUTHZSERVER", "ADMIN_TOKENPROVIDER"}
                ),
            ),
            Field("clientCredentials", "object", required=True, members=CLIENT),
            Field("scopes", "texts", default=()),
        ),
    ),
    reach=prove_pingfederate,
)
"""Whoever saves it has its connection tested, and nothing is saved where that fails."""

PINGFEDERATE_TOKENS = setting(
    "pingFederateOAuth",
    "PingFederate access tokens",
    "/pingfederate/accessTokens",
    Field("clientCredentials", "object", members=CLIENT),
    Field("cacheTokens", "flag", default=False),
    Field("tokenTimeToLiveSeconds", "long", default=-1, low=-1, high=LONG_MAX),
    Field("subjectAttributeName", required=True),
    Field("sendAudience", "flag", default=False),
    Field("useTokenIntrospection", "flag", default=False),
    Field("accessValidatorId", "number", default=1, read_only=True),
    Field("name", default="PingFederate", read_only=True),
    Field("clientSecret", "hidden"),
    Field("clientId"),
)
PINGFEDERATE = setting(
    "pingFederate",
    "PingFederate",
    "/pingfederate",
    Field("targets", "texts", default=()),
    Field("skipHostnameVerification", "flag", default=False),
    Field("expectedHostname"),
    Field("backChannelBasePath"),
    Field("backChannelSecure", "flag", default=False),
    Field("useSlo", "flag", default=False),
    Field(
        "application",
        "object",
        members=(
            Field("contextRoot", default="/"),
            Field("primaryVirtualHostId", "number", required=True, refers="virtualHosts"),
            Field("additionalVirtualHostIds", "numbers", default=(), refers="virtualHosts"),
            Field(
                "policy",
                "objects",
                default=(),
                members=(
                    Field("type", required=True, choices=frozenset(POLICY_TABLES)),
                    Field("id", "number", required=True),
                ),
            ),
            Field("clientCertHeaderNames", "texts", default=()),
            Field("caseSensitive", "flag", default=False),
        ),
    ),
    Field("availabilityProfileId", "number", default=0, refers="availabilityProfiles"),
    Field("loadBalancingStrategyId", "number", default=0, refers="loadBalancingStrategies"),
    TRUST,
    Field("host", required=True),
    Field("port", "number", required=True, low=1, high=65535),
    Field("secure", "flag", default=True),
    Field("basePath"),
    PROXY,
    Field("auditLevel", default="OFF", choices=ON_OFF),
    references=_policy,
)
"""Deprecated beside /pingfederate/runtime; each is set without the other (assumed)."""

OIDC_PROVIDER = setting(
    "oidcProvider",
    "OpenID Connect provider",
    "/oidc/provider",
    described(),
    Field("issuer", required=True),
    TRUST,
    PROXY,
    Field("auditLevel", default="OFF", choices=ON_OFF),
    Field(
        "queryParameters",
        "objects",
        default=(),
        members=(Field("name", required=True), Field("value", required=True)),
    ),
    Field("useSlo", "flag", default=False),
    Field("requestSupportedScopesOnly", "flag", default=False),
    Field("plugin", "object", members=plugin_part()),
    checks=(Check("oidcProvider.plugin", _plugin_fits),),
    plugins=_plugin,
)
"""The defaults are assumed: nothing is switched on."""

ADVANCED_IDENTITY_CLOUD = setting(
    "pingOneAdvancedIdentityCloud",
    "PingOne Advanced Identity Cloud",
    "/pingone/advancedIdentityCloud",
    described(),
    Field("issuer", required=True),
    TRUST,
    PROXY,
    Field("sslProtocols", "texts", default=()),
    Field("sslCiphers", "texts", default=()),
)
"""Of 8.2 and later: path, sslProtocols and sslCiphers of D91 pa_release_notes, PA-15863.

The rest is as in /pingone/customers. Limitation: nothing uses it, and the group that it trusts can
be deleted.
"""

TOKEN_PROVIDERS = (
    PINGFEDERATE,
    PINGFEDERATE_RUNTIME,
    PINGFEDERATE_ADMIN,
    PINGFEDERATE_TOKENS,
    OIDC_PROVIDER,
)
"""Beside PingOne for Customers, whose setting has nothing of its own."""
