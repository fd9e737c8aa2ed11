"""The plugins of risk policies and rules that the fake knows, with how well each is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fakes.pingaccess.plugins.fields import Field, Plugin

if TYPE_CHECKING:
    from fakes.pingaccess.decisions.plugin import PluginBehaviour

REFERENCES = (
    ("Rule", "rules"),
    ("RuleSet", "rulesets"),
    ("AuthenticationChallengePolicy", "authenticationChallengePolicies"),
)
"""Which collection the id of an evaluator belongs to, by its type."""

_D72_FIELDS = "D72 pa_72_risk_policy_field_descriptions"
_EVALUATORS = (
    "High Risk Policy Evaluator",
    "Medium Risk Policy Evaluator",
    "Low Risk Policy Evaluator",
    "Failed Risk Policy Evaluator",
)


def risk_policies(behaviour: PluginBehaviour) -> tuple[Plugin, ...]:
    """The one type of risk policy: labels documented, class name and keys of items assumed."""
    interval = Field(
        "riskCheckInterval",
        "Risk Check Interval (MS)",
        default=behaviour.risk_policy_interval_default_ms,
        span=behaviour.risk_policy_interval_ms,
        help="How long a risk evaluation of a user counts, in milliseconds; 0 evaluates each "
        "request.",
        advanced=True,
    )
    fields = (
        Field(
            "pingOneConnectionId",
            "PingOne Connection",
            "SELECT",
            required=True,
            refers="pingone/connections",
            help="The PingOne connection whose environment evaluates the risk.",
        ),
        Field(
            "pingOneRiskPolicyId",
            "PingOne Risk Policy ID",
            help="The risk policy set in PingOne; without one, the default of the environment.",
        ),
        interval,
        Field(
            behaviour.risk_policy_user_id_key,
            "User ID Attribute",
            required=True,
            help="The user attribute that PingOne gets as the user's id.",
        ),
        *(
            _evaluator(key, label, behaviour)
            for key, label in zip(behaviour.risk_policy_evaluators, _EVALUATORS, strict=False)
        ),
    )
    optional = behaviour.plugin_not_required
    fields = tuple(
        replace(field, required=False) if field.name in optional else field for field in fields
    )
    plugin = Plugin(
        behaviour.risk_policy_type,
        "PingOne",
        behaviour.risk_policy_class_name,
        fields,
        "documented",
        f"{_D72_FIELDS}; D72 pa_using_the_admin_api_to_create_a_risk_policy; class name assumed",
    )
    return (plugin,)


def _evaluator(key: str, label: str, behaviour: PluginBehaviour) -> Field:
    """A RiskPolicyItem: which action, and the policy that it needs."""
    required = not behaviour.risk_policy_evaluators_default
    default = None if required else behaviour.risk_policy_actions[0][0]
    action_key, policy_key = behaviour.risk_policy_item_keys
    action = Field(
        action_key,
        "Action",
        "SELECT",
        required=True,
        default=default,
        options=behaviour.risk_policy_actions,
    )
    policy = Field(policy_key, "Policy", depends=(action_key, REFERENCES))
    return Field(
        key,
        label,
        "COMPOSITE",
        required=True,
        default=None if required else {},
        fields=(action, policy),
        help="What happens to the request at this level of risk.",
    )


_HTML = "text/html;charset=UTF-8"
_JSON = "application/json;charset=utf-8"


def _rejection(template: str, content_type: str) -> tuple[Field, ...]:
    """How a rule rejects: the keys as they stand in a client's test data (observed)."""
    return (
        Field(
            "rejectionHandlingEnabled",
            "Rejection Handling",
            "CHECKBOX",
            default=False,
            advanced=True,
        ),
        Field("rejectionHandler", "Rejection Handler", "SELECT", refers="rejectionHandlers"),
        Field("errorResponseCode", "Error Response Code", default=403, span=(100, 599)),
        Field("errorResponseStatusMsg", "Error Response Status Message", default="Forbidden"),
        Field("errorResponseTemplateFile", "Error Response Template File", default=template),
        Field("errorResponseContentType", "Error Response Content Type", default=content_type),
    )


WEB_REJECTION = _rejection("policy.error.page.template.html", _HTML)
API_REJECTION = _rejection("oauth.error.json", _JSON)
NEGATE = Field("negate", "Negate", "CHECKBOX", default=False)
_BOTH = ("Site", "Agent")
_SDK = "test data of a public client of the admin API"

RULES: tuple[Plugin, ...] = (
    Plugin(
        "CIDR",
        "Network Range",
        "com.pingidentity.pa.policy.CIDRPolicyInterceptor",
        (
            Field("cidrNotation", "Network Range", required=True),
            NEGATE,
            Field("overrideIpSource", "Override Request IP Source", "CHECKBOX", default=False),
            Field("headers", "Header Names", "LIST", default=()),
            Field(
                "headerValueLocation",
                "Header Value Location",
                "SELECT",
                default="LAST",
                options=(("FIRST", "First"), ("LAST", "Last"), ("ANY", "Any")),
            ),
            Field("fallbackToLastHopIp", "Fall Back to Last Hop IP", "CHECKBOX", default=True),
            *WEB_REJECTION,
        ),
        "observed",
        f"{_SDK}: example_rules.json; labels assumed",
        "AccessControl",
        _BOTH,
    ),
    Plugin(
        "RejectionRule",
        "Rejection Rule",
        "com.pingidentity.pa.policy.RejectionRule",
        (
            Field(
                "rejectionHandler",
                "Rejection Handler",
                "SELECT",
                required=True,
                refers="rejectionHandlers",
            ),
        ),
        "observed",
        "SP exports of 6.2 and 7.0.4; labels assumed",
        "AccessControl",
        _BOTH,
    ),
    Plugin(
        "RewriteUrl",
        "Rewrite URL",
        "com.pingidentity.pa.policy.rewrite.SynapseURLRewritePolicyInterceptor",
        (
            Field("mapFrom", "Map From", required=True),
            Field("mapTo", "Map To", required=True),
        ),
        "observed",
        "SP exports of 6.2 and 7.0.4; labels assumed",
        "Processing",
        ("Site",),
    ),
    Plugin(
        "OAuthAttributeValue",
        "OAuth Attribute Value",
        "com.pingidentity.pa.policy.OAuthAttributeValuePolicyInterceptor",
        (
            Field(
                "oauthAttributeTable",
                "Attributes",
                "TABLE",
                required=True,
                fields=(
                    Field("attributeName", "Name", required=True),
                    Field("attributeValue", "Value", required=True),
                ),
            ),
            NEGATE,
            *API_REJECTION,
        ),
        "observed",
        f"{_SDK}: example_rules.json; labels assumed",
        "AccessControl",
        _BOTH,
    ),
    Plugin(
        "Groovy",
        "Groovy Script",
        "com.pingidentity.pa.policy.GroovyPolicyInterceptor",
        (Field("groovyScript", "Groovy Script", "GROOVY", required=True), *WEB_REJECTION),
        "observed",
        "public code that posts such rules; labels assumed",
        "AccessControl",
        _BOTH,
    ),
    Plugin(
        "OAuthGroovy",
        "OAuth Groovy Script",
        "com.pingidentity.pa.policy.OAuthPolicyInterceptor",
        (Field("groovyScript", "Groovy Script", "GROOVY", required=True), *API_REJECTION),
        "observed",
        "public code that posts such rules; labels assumed",
        "AccessControl",
        _BOTH,
    ),
    Plugin(
        "WebSessionAttribute",
        "Web Session Attribute",
        "com.pingidentity.pa.policy.WebSessionAttributePolicyInterceptor",
        (
            Field(
                "attributeTable",
                "Attributes",
                "TABLE",
                required=True,
                fields=(
                    Field("attributeName", "Name", required=True),
                    Field("attributeValue", "Value", required=True),
                ),
            ),
            NEGATE,
            *WEB_REJECTION,
        ),
        "assumed",
        "the rule is documented; class name and keys follow those of OAuth Attribute Value",
        "AccessControl",
        _BOTH,
    ),
)
