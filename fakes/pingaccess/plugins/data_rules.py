"""Rules of the manual whose class names no public source shows, bar one.

Labels and categories are documented (D90 pa_access_control_rules, pa_creating_processing_rules and
the page of each rule). Class names, keys of fields, types of descriptor and the bounds and defaults
of rate limiting and of token caching are assumed, except where a plugin says otherwise: a
configuration of one of them that this fake takes says nothing about the product. Left out:
one-time authorization and the rules of PingAuthorize.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.pingaccess.plugins.data import API_REJECTION, NEGATE, WEB_REJECTION
from fakes.pingaccess.plugins.fields import Field, Plugin

if TYPE_CHECKING:
    from typing import Literal

_POLICY = "com.pingidentity.pa.policy"
_PAGES = "D90 pa_adding_"
_BOTH = ("Site", "Agent")
_CASE = Field("caseSensitive", "Case Sensitive", "CHECKBOX", default=False)
_HANDLER = Field("rejectionHandler", "Rejection Handler", "SELECT", refers="rejectionHandlers")
_CONTENT_TYPES = ("text/html", "text/plain", "application/json")
_SCOPE = Field("scope", "Scope", required=True)
_ANY_HOST = Field("anySiteTargetHost", "Any Site Target Host", "CHECKBOX", default=True)


def _rule(
    kind: str,
    label: str,
    page: str,
    *fields: Field,
    category: Literal["AccessControl", "Processing"] = "AccessControl",
    modes: tuple[str, ...] = _BOTH,
) -> Plugin:
    """A rule of the manual: its class name follows those that are known."""
    return Plugin(
        kind,
        label,
        f"{_POLICY}.{kind}PolicyInterceptor",
        fields,
        "assumed",
        f"{_PAGES}{page}: label documented; class name and keys assumed",
        category,
        modes,
    )


def _rewrite(kind: str, label: str, page: str, *fields: Field) -> Plugin:
    """A rewriting rule: not for agents, as each page but that of the overview says."""
    return _rule(f"Rewrite{kind}", label, page, *fields, category="Processing", modes=("Site",))


def _pairs(key: str, label: str, first: str) -> Field:
    """A table of a name and the value that it must have; `first` labels the column of names."""
    name, value = Field("name", first, required=True), Field("value", "Value", required=True)
    return Field(key, label, "TABLE", required=True, fields=(name, value))


AUTHENTICATION_REQUIREMENTS = Plugin(
    "AuthnReq",
    "Authentication Requirements",
    f"{_POLICY}.authnreq.AuthenticationRequirementsPolicyInterceptor",
    (
        Field(
            "authnReqListId",
            "Authentication Requirements",
            "SELECT",
            required=True,
            refers="authnReqLists",
        ),
        Field("minimum", "Minimum Requirement"),
    ),
    "observed",
    "public SDK of the admin API, services/rules_test.go: class name, and its type looked up as "
    "authnreq; keys assumed",
    "AccessControl",
    _BOTH,
)

ACCESS_CONTROL: tuple[Plugin, ...] = (
    AUTHENTICATION_REQUIREMENTS,
    _rule(
        "HTTPRequestHeader",
        "HTTP Request Header",
        "http_request_header_rules",
        _pairs("headers", "Field", "Header"),
        _CASE,
        NEGATE,
        *WEB_REJECTION,
    ),
    _rule(
        "HTTPRequestParameter",
        "HTTP Request Parameter",
        "http_request_parameter_rules",
        _pairs("parameters", "Field", "Parameter"),
        _CASE,
        NEGATE,
        *WEB_REJECTION,
    ),
    _rule(
        "OAuthClient",
        "OAuth Client",
        "oauth_client_rules",
        Field("clientIds", "Client IDs", "LIST", required=True),
        _HANDLER,
    ),
    _rule("OAuthScope", "OAuth Scope", "oauth_scope_rules", _SCOPE, NEGATE, *API_REJECTION),
    _rule(
        "RateLimiting",
        "Rate Limiting",
        "rate_limiting_rules",
        Field(
            "policyGranularity",
            "Policy Granularity",
            "SELECT",
            default="Identity",
            options=tuple((one, one) for one in ("Resource", "Identity", "IP", "OAuth Client")),
        ),
        Field("requestInterval", "Request Interval", default=1000, span=(1, 2**31 - 1)),
        Field(
            "maxBurstRequests",
            "Max Burst Requests",
            default=1,
            span=(0, 2**31 - 1),
            advanced=True,
        ),
        *WEB_REJECTION,
    ),
    _rule(
        "Redirect",
        "Redirect",
        "redirect_rules",
        Field("responseStatusCode", "Response Status Code", default=302, span=(300, 399)),
        Field("url", "URL", required=True),
        Field("encodeUrl", "Encode URL", "CHECKBOX", default=True),
    ),
    _rule(
        "TimeRange",
        "Time Range",
        "time_range_rules",
        Field("startTime", "Start Time", "TIME", required=True),
        Field("endTime", "End Time", "TIME", required=True),
        NEGATE,
        *WEB_REJECTION,
    ),
    _rule("WebSessionScope", "Web Session Scope", "web_session_scope_rules", _SCOPE, _HANDLER),
    _rule(
        "WebSocketHandshake",
        "WebSocket Handshake",
        "websocket_handshake_rules",
        Field("allowedOrigins", "Allowed Origins", "LIST", default=()),
        Field("allowedSubprotocols", "Allowed Subprotocols", "LIST", default=("*",)),
        Field("allowedExtensions", "Allowed Extensions", "LIST", default=("*",)),
        *WEB_REJECTION,
    ),
)

PROCESSING: tuple[Plugin, ...] = (
    _rule(
        "CrossOriginRequest",
        "Cross-Origin Request",
        "a_cross_origin_request_rule",
        Field("allowedOrigins", "Allowed Origins", "LIST", required=True),
        category="Processing",
    ),
    _rule(
        "OAuthTokenCacheTimeToLive",
        "OAuth Token Cache Time to Live",
        "oauth_token_cache_time_to_live_rules",
        Field("cacheTokens", "Cache Tokens", "CHECKBOX", default=True),
        Field("timeToLive", "Time to Live (s)", default=-1, span=(-1, 2**31 - 1)),
        category="Processing",
    ),
    _rewrite(
        "Content",
        "Rewrite Content",
        "rewrite_content_rules",
        Field("responseContentTypes", "Response Content-Types", "LIST", default=_CONTENT_TYPES),
        Field(
            "findAndReplace",
            "Find and Replace Criteria",
            "TABLE",
            required=True,
            fields=(Field("find", "Find", required=True), Field("replace", "Replace")),
        ),
    ),
    _rewrite(
        "CookieDomain",
        "Rewrite Cookie Domain",
        "rewrite_cookie_domain_rules",
        _ANY_HOST,
        Field("serverFacingCookieDomain", "Server-Facing Cookie Domain"),
        Field("publicFacingCookieDomain", "Public-Facing Cookie Domain", required=True),
    ),
    _rewrite(
        "CookiePath",
        "Rewrite Cookie Path",
        "rewrite_cookie_path_rules",
        Field("serverFacingCookiePath", "Server-Facing Cookie Path", required=True),
        Field("publicFacingCookiePath", "Public-Facing Cookie Path", required=True),
    ),
    _rewrite(
        "ResponseHeader",
        "Rewrite Response Header",
        "rewrite_response_header_rules",
        _ANY_HOST,
        Field("serverFacingUri", "Server-Facing URI"),
        Field("publicPath", "Public Path", required=True),
    ),
)

MANUAL_RULES: tuple[Plugin, ...] = (*ACCESS_CONTROL, *PROCESSING)
"""The rules of the manual beside those whose class names are known."""
