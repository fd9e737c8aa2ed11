"""The plugins that releases after 7.3 have, and fields that theirs have, beside those of 7.3.

Each stands under the name that a release file gives it. Labels are documented; keys and classes are
assumed unless a source is named.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fakes.pingaccess.plugins.fields import Field, Plugin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingaccess.decisions.later import LaterBehaviour

FIELDS: Mapping[str, Field] = {
    "riskPolicies/PingOne.deviceProfiling": Field(
        "deviceProfilingEnabled", "Enable Device Profiling", "CHECKBOX", default=False
    ),
    "applications/resources/responseGenerators/Redirect.encodeUrl": Field(
        "encodeUrl", "Encode URL", "CHECKBOX", default=True
    ),
    "applications/resources/responseGenerators/Logout.encodeUrl": Field(
        "encodeUrl", "Encode URL", "CHECKBOX", default=True
    ),
    "applications/resources/responseGenerators/Logout.revokeAccessToken": Field(
        "revokeAccessToken", "Revoke Access Token", "CHECKBOX", default=False
    ),
    # key: ivanstambuk/message-xform, end-to-end tests against 9.0.1 (observed)
    "accessTokenValidators/JwksEndpoint.thirdPartyService": Field(
        "thirdPartyService", "Third-Party Service", refers="thirdPartyServices"
    ),
    "availabilityProfiles/OnDemand.retryOnUnknownHost": Field(
        "retryOnUnknownHost", "Retry on Unknown Host", "CHECKBOX", default=False
    ),
}
"""Configuration fields by family, type of plugin and name."""

_PAGES = "the vendor's page has the labels; class name and keys assumed"
PLUGINS: Mapping[str, Plugin] = {
    "siteAuthenticators/SamlTokenMediatorSiteAuthenticator": Plugin(
        "SamlTokenMediatorSiteAuthenticator",
        "SAML Token Mediator",
        "com.pingidentity.pa.siteauthenticators.SamlTokenMediatorSiteAuthenticator",
        (
            Field("tokenGeneratorId", "Token Generator ID", required=True),
            Field("loggedInCookieName", "Logged In Cookie Name"),
            Field("loggedInHeaderName", "Logged In Header Name"),
            Field("loggedOffCookieName", "Logged Off Cookie Name"),
        ),
        "assumed",
        f"D80 pa_saml_token_mediator_site_authn: {_PAGES}",
    ),
    "authenticationChallengePolicies/responseGenerators/DeviceAuthorization": Plugin(
        "DeviceAuthorization",
        "Device Authorization Challenge",
        "com.pingidentity.pa.acp.generators.DeviceAuthorizationChallengeGenerator",
        (),
        "assumed",
        f"D91 pa_acr_generator_descriptions: {_PAGES}",
    ),
}
"""Plugins by family and type."""


def with_later(
    families: Mapping[str, tuple[Plugin, ...]], behaviour: LaterBehaviour
) -> dict[str, tuple[Plugin, ...]]:
    """The plugins of each family, and what this release has beside them."""
    found = {
        name: tuple(_grown(name, one, behaviour) for one in each) for name, each in families.items()
    }
    for name in sorted(behaviour.more_plugins):
        family, _, _ = name.rpartition("/")
        found[family] = (*found[family], PLUGINS[name])
    return found


def _grown(family: str, plugin: Plugin, behaviour: LaterBehaviour) -> Plugin:
    place = f"{family}/{plugin.kind}."
    more = [FIELDS[name] for name in sorted(behaviour.more_plugin_fields) if name.startswith(place)]
    return replace(plugin, fields=(*plugin.fields, *more)) if more else plugin
