"""The plugins around: rejection, availability, load balancing, sites, and login challenges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.pingaccess.plugins.data_mappings import (
    ACCESS_TOKEN_VALIDATORS,
    HSM_PROVIDERS,
    IDENTITY_MAPPINGS,
    MORE_SITE_AUTHENTICATORS,
    OIDC_PROVIDERS,
)
from fakes.pingaccess.plugins.fields import Field, Plugin

if TYPE_CHECKING:
    from collections.abc import Mapping

_SP = "SP exports of 6.0, 6.2 and 7.0.4; labels assumed"
_ACP_PAGE = "D90 pa_acr_generator_descriptions has the label; class name and keys assumed"
_ACP_CODE = "public code that posts authentication challenge policies"
_ACP_MAPPING = (
    "D90 pa_configuring_authn_challenge_policies has the label; class name and keys assumed"
)
_NAME_VALUE = (
    Field("name", "Name", required=True),
    Field("value", "Value", required=True),
)
_TEMPLATE = "the page names the field; its key is assumed"

REJECTION_HANDLERS = (
    Plugin(
        "ErrorTemplate",
        "Error Template",
        "com.pingidentity.pa.policy.rejectionhandler.errortemplate.ErrorTemplateRejectionHandlerPlugin",
        (
            Field("responseCode", "Response Code", default=403, span=(100, 599), required=True),
            Field("templateFile", "Template File", required=True),
            Field(
                "contentType",
                "Content Type",
                "SELECT",
                required=True,
                default="HTML",
                options=(("HTML", "HTML"), ("JSON", "JSON"), ("TEXT", "Text"), ("XML", "XML")),
            ),
        ),
        "observed",
        _SP + "; TEXT and XML are assumed",
    ),
)

AVAILABILITY_PROFILES = (
    Plugin(
        "OnDemand",
        "On-Demand",
        "com.pingidentity.pa.ha.availability.ondemand.OnDemandAvailabilityPlugin",
        (
            Field("connectTimeout", "Connect Timeout (MS)", default=10_000, span=(-1, 2**31 - 1)),
            Field(
                "pooledConnectionTimeout",
                "Pooled Connection Timeout (MS)",
                default=-1,
                span=(-1, 2**31 - 1),
            ),
            Field("readTimeout", "Read Timeout (MS)", default=-1, span=(-1, 2**31 - 1)),
            Field("maxRetries", "Max Retries", default=2, span=(0, 2**31 - 1)),
            Field("retryDelay", "Retry Delay (MS)", default=250, span=(0, 2**31 - 1)),
            Field(
                "failedRetryTimeout",
                "Failed Retry Timeout (S)",
                required=True,
                default=60,
                span=(0, 2**31 - 1),
            ),
            Field("failureHttpStatusCodes", "Failure HTTP Status Codes", "LIST", default=()),
        ),
        "observed",
        _SP,
    ),
)

LOAD_BALANCING_STRATEGIES = (
    Plugin(
        "HeaderBased",
        "Header-Based",
        "com.pingidentity.pa.ha.lb.header.HeaderBasedLoadBalancingPlugin",
        (
            Field("headerName", "Header Name", required=True),
            Field(
                "fallbackToFirstAvailableHost",
                "Fall Back to First Available Host",
                "CHECKBOX",
                default=False,
            ),
        ),
        "observed",
        "documentation of a public client of the admin API; labels assumed",
    ),
    Plugin(
        "RoundRobin",
        "Round Robin",
        "com.pingidentity.pa.ha.lb.roundrobin.CookieBasedRoundRobinPlugin",
        (
            Field("stickySessionEnabled", "Sticky Session Enabled", "CHECKBOX", default=True),
            Field("cookieName", "Cookie Name", default="PA_S"),
        ),
        "observed",
        _SP,
    ),
)
"""In the order of their list (observed: IWT resource_pingaccess_load_balancing_strategy_test)."""

SITE_AUTHENTICATORS = (
    Plugin(
        "BasicAuth",
        "Basic Authentication",
        "com.pingidentity.pa.siteauthenticators.BasicAuthTargetSiteAuthenticator",
        (
            Field("username", "Username", required=True),
            Field("password", "Password", "CONCEALED", required=True),
        ),
        "observed",
        _SP,
    ),
)

RESPONSE_GENERATORS = (
    Plugin(
        "BrowserOidcRequest",
        "Browser-handled OIDC Authentication Request",
        "com.pingidentity.pa.acp.generators.BrowserHandledOidcAuthnRequestGenerator",
        (),
        "assumed",
        _ACP_PAGE,
    ),
    Plugin(
        "HtmlOidcRequest",
        "HTML OIDC Authentication Request",
        "com.pingidentity.pa.acp.generators.HtmlOidcAuthnRequestGenerator",
        (),
        "assumed",
        _ACP_PAGE,
    ),
    Plugin(
        "OidcRequestRedirect",
        "OIDC Authentication Request Redirect",
        "com.pingidentity.pa.acp.generators.OidcAuthnRequestRedirectGenerator",
        (),
        "assumed",
        _ACP_PAGE,
    ),
    Plugin(
        "Redirect",
        "Redirect Challenge",
        "com.pingidentity.pa.acp.generators.RedirectChallengeResponseGenerator",
        (
            Field(
                "responseCode",
                "Response Code",
                "SELECT",
                required=True,
                default="302",
                options=(("302", "302 Found"), ("307", "307 Temporary Redirect")),
                help="The status of the redirect; only temporary ones begin a login.",
            ),
            Field("url", "Redirect URL", required=True),
        ),
        "observed",
        _ACP_CODE,
    ),
    Plugin(
        "Templated",
        "Templated Challenge",
        "com.pingidentity.pa.acp.generators.TemplatedChallengeResponseGenerator",
        (
            Field("responseCode", "Response Code", required=True, default=401, span=(100, 599)),
            Field("mediaType", "Media Type", required=True, default="text/html"),
            Field("template", "Template", "TEXTAREA", required=True, help=_TEMPLATE),
        ),
        "assumed",
        _ACP_PAGE,
    ),
)

_GENERATED = (
    "IWT resource_pingaccess_application_resource_test.go; labels and what is required assumed"
)
RESOURCE_GENERATORS = (
    Plugin(
        "Redirect",
        "Redirect",
        "com.pingidentity.pa.resources.responsegenerator.RedirectResponseGenerator",
        (
            Field("responseCode", "Response Code", default=302, span=(300, 399), required=True),
            Field("url", "Redirect URL", required=True),
        ),
        "assumed",
        "D90 pa_adding_application_resources speaks of generated responses; all names assumed",
    ),
    Plugin(
        "Template",
        "Template",
        "com.pingidentity.pa.resources.responsegenerator.TemplateResponseGenerator",
        (
            Field("template", "Template", "TEXTAREA", required=True),
            Field("responseCode", "Response Code", default=200, span=(100, 599), required=True),
            Field("mediaType", "Media Type", required=True, default="text/html;charset=utf-8"),
        ),
        "observed",
        _GENERATED,
    ),
    Plugin(
        "Logout",
        "Logout",
        "com.pingidentity.pa.resources.responsegenerator.LogoutResponseGenerator",
        (Field("postLogoutRedirectUri", "Post-Logout Redirect URI"),),
        "assumed",
        "D82 pa_configuring_p1aic_or_pingam_as_the_token_provider has the label; names assumed",
    ),
)
"""What answers in place of a virtual resource."""

RESPONSE_FILTERS = (
    Plugin(
        "AppendHeaderFields",
        "Append Header Fields",
        "com.pingidentity.pa.acp.filters.AppendHeaderFieldsResponseFilter",
        (
            Field(
                "fields",
                "Header Fields",
                "TABLE",
                required=True,
                fields=_NAME_VALUE,
                help="The header fields that are added to the challenge.",
            ),
        ),
        "observed",
        _ACP_CODE,
    ),
)

REQUEST_MATCHERS = (
    Plugin(
        "ContentNegotiation",
        "Content Negotiation",
        "com.pingidentity.pa.acp.matchers.ContentNegotiationRequestMatcher",
        (
            Field(
                "mediaTypes",
                "Media Types",
                "LIST",
                required=True,
                options=tuple(
                    (media, media)
                    for media in ("application/json", "text/html", "text/plain", "text/xml")
                ),
            ),
        ),
        "assumed",
        _ACP_MAPPING,
    ),
    Plugin(
        "HeaderFields",
        "Header Fields",
        "com.pingidentity.pa.acp.matchers.HeaderFieldsRequestMatcher",
        (
            Field(
                "fields",
                "Header Fields",
                "TABLE",
                required=True,
                fields=(
                    Field("name", "Name", required=True),
                    Field("valuePattern", "Value Pattern", required=True),
                ),
            ),
        ),
        "assumed",
        _ACP_MAPPING,
    ),
)

FAMILIES: Mapping[str, tuple[Plugin, ...]] = {
    "rejectionHandlers": REJECTION_HANDLERS,
    "availabilityProfiles": AVAILABILITY_PROFILES,
    "loadBalancingStrategies": LOAD_BALANCING_STRATEGIES,
    "siteAuthenticators": (*SITE_AUTHENTICATORS, *MORE_SITE_AUTHENTICATORS),
    "identityMappings": IDENTITY_MAPPINGS,
    "accessTokenValidators": ACCESS_TOKEN_VALIDATORS,
    "hsmProviders": HSM_PROVIDERS,
    "oidcProviders": OIDC_PROVIDERS,
    "applications/resources/responseGenerators": RESOURCE_GENERATORS,
    "authenticationChallengePolicies/responseGenerators": RESPONSE_GENERATORS,
    "authenticationChallengePolicies/responseFilters": RESPONSE_FILTERS,
    "authenticationChallengePolicies/requestMatchers": REQUEST_MATCHERS,
}
"""Plugins by family: the path of the admin API, `highAvailability/` left out."""
