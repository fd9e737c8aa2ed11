"""The kinds of object that the machine changes, and what of them refers to what."""

from harness.model import Edge
from scenarios.administration.kinds import KINDS as OTHERS
from scenarios.administration.stock import Kind
from scenarios.administration.uses import USES

KINDS = {
    **OTHERS,
    "application": Kind(
        "application",
        "get_applications",
        "get_application",
        lambda product: {"contextRoot": product.unique_path()},
        required=("name",),
    ),
}

LISTS = frozenset({"certIds", "siteAuthenticatorIds", "policy", "virtualHostIds"})
"""Members that hold several ids."""

EDGES = (
    *(Edge(use.using, use.member, use.used) for use in USES),
    Edge("rule_set", "policy", "rule"),
    Edge("application", "siteId", "site"),
    Edge("application", "webSessionId", "web_session"),
    Edge("application", "virtualHostIds", "virtual_host"),
)

NEEDING = ("rule_set", "application")
"""Kinds of which no object is made without its references."""

NEIGHBOURS = {
    "trust": ("certificate", "trusted_certificate_group", "site", "virtual_host"),
    "services": (
        "availability_profile",
        "load_balancing_strategy",
        "site_authenticator",
        "trusted_certificate_group",
        "third_party_service",
        "site",
        "engine_listener",
    ),
    "proxies": ("proxy", "engine", "agent", "hsm_provider"),
    "rules": ("rule", "rule_set", "rejection_handler", "authentication_challenge_policy"),
    "applications": ("site", "web_session", "virtual_host", "application"),
    "the rest": (
        "sideband_client",
        "global_unprotected_resource",
        "authn_req_list",
        "identity_mapping",
        "access_token_validator",
    ),
}
"""Kinds that are changed together, so that steps meet each other; every kind is in one."""
