# ruff: noqa: RUF009 - decision() is dataclasses.field() with evidence, not a shared default
"""The decisions about plugins: what descriptors show, and what a configuration is held against.

The names of the sources are those of the facts: SPEC is the vendor's API description 7.3; D72, D73
… are pages of docs.pingidentity.com of that release; PCB and SP are the vendor's public profiles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakes.behaviour import decision
from fakes.pingaccess.decisions.later import LaterBehaviour

Unknown = Literal["refuse", "keep", "drop"]

_SILENT = "no document says; "


@dataclass(frozen=True, slots=True)
class PluginBehaviour(LaterBehaviour):
    """What the plugin descriptors show, and how a configuration is held against them."""

    hidden_prefix: str = decision(
        "OBF:JWE:",
        "What an encrypted value begins with.",
        grade="observed",
        source="IWS test_data/example_websessions.json; SP exports",
    )
    hidden_tag_checked: bool = decision(
        True,
        "Whether a ciphertext with a wrong authentication tag is refused.",
        grade="documented",
        source="RFC 7518 section 5.2.2.2; the format is observed in the vendor's exports",
    )
    risk_policy_class_name: str = decision(
        "com.pingidentity.pa.risk.policy.pingone.PingOneRiskPolicyPlugin",
        "The class name of the one type of risk policy.",
        grade="assumed",
        source="no public source has the literal: clients find it through the descriptors",
    )
    risk_policy_type: str = decision(
        "PingOne",
        "The type of the one risk policy descriptor.",
        grade="documented",
        source="D73 pa_p1connections_riskpolicies_endpoints (the PingOne type)",
    )
    risk_policy_evaluators: tuple[str, ...] = decision(
        ("highRiskPolicy", "mediumRiskPolicy", "lowRiskPolicy", "failedRiskPolicy"),
        "The keys of the evaluators for high, medium, low and failed.",
        grade="documented",
        source="D72 pa_using_the_admin_api_to_create_a_risk_policy; failedRiskPolicy by pattern",
    )
    risk_policy_user_id_key: str = decision(
        "userIdAttribute",
        "The key of User ID Attribute.",
        grade="assumed",
        source="D72 field page has the label only; the key follows the pattern of its label",
    )
    risk_policy_actions: tuple[tuple[str, str], ...] = decision(
        (
            ("Allow", "Allow"),
            ("Deny", "Deny"),
            ("Rule", "Rule"),
            ("RuleSet", "Rule Set"),
            ("AuthenticationChallengePolicy", "Authentication Challenge Policy"),
        ),
        "The options of an evaluator: value and label.",
        grade="assumed",
        source="D72 field page: five options, Allow and Authentication Challenge Policy by name; "
        "the others from the pages on evaluation; values as in PolicyItem (SPEC)",
    )
    risk_policy_item_keys: tuple[str, str] = decision(
        ("type", "id"),
        "The keys of a RiskPolicyItem: its action, and the policy that the action needs.",
        grade="assumed",
        source="D72 pa_using_the_admin_api_to_create_a_risk_policy names RiskPolicyItem and shows "
        "no member of it; the keys are those of PolicyItem (SPEC)",
    )
    risk_policy_interval_ms: tuple[int, int] = decision(
        (0, 86_400_000),
        "The range of Risk Check Interval (MS), both ends allowed.",
        grade="documented",
        source="D72 field page (0 to one day); that the ends belong to it is assumed",
    )
    risk_policy_interval_default_ms: int = decision(
        20_000,
        "Risk Check Interval (MS) where none is given.",
        grade="documented",
        source="D72, D73, D80 field pages",
    )
    risk_policy_evaluators_default: bool = decision(
        True,
        "Whether an evaluator that is not given is Allow; else it is required.",
        grade="assumed",
        source="D72 field page: required, with Allow as default; the API may differ",
    )
    risk_policy_stray_reference: Unknown = decision(
        "refuse",
        "What an id beside Allow or Deny means.",
        grade="assumed",
        source=_SILENT + "it would never be used",
    )
    plugin_not_checked: frozenset[tuple[str, str, str]] = decision(
        frozenset(),
        "Which check is left out for which field with which method. Checks: class, required, "
        "options, range, reference (an id exists), needed (an action has its id).",
        grade="documented",
        source="SPEC ConfigurationField (required, options); D72 field page (range, further "
        "selection); that references are looked up is assumed: a dangling one never works",
    )
    plugin_not_required: frozenset[str] = decision(
        frozenset(),
        "Required fields of a risk policy that are shown and treated as optional.",
        grade="documented",
        source="D72 field page (required: yes)",
    )
    plugin_not_kept: frozenset[str] = decision(
        frozenset(),
        "Configuration fields (a.b inside an object) whose value is not kept: the default is.",
        grade="documented",
        source="SPEC RiskPolicy.configuration (what is stored)",
    )
    plugin_not_defaulted: frozenset[str] = decision(
        frozenset(),
        "Configuration fields whose default is shown but not stored where none is given.",
        grade="documented",
        source="SPEC ConfigurationField.default; D72 field page (20000)",
    )
    plugin_list_lacks: frozenset[str] = decision(
        frozenset(),
        "Members of a configuration field that the list of descriptors lacks.",
        grade="documented",
        source="SPEC ConfigurationField.required",
    )
    plugin_single_lacks: frozenset[str] = decision(
        frozenset(),
        "Members of a configuration field that a single descriptor lacks.",
        grade="documented",
        source="SPEC getRiskPolicyDescriptor (the same schema as in the list)",
    )
    plugin_types_folded: bool = decision(
        True,
        "Whether upper and lower case of the type in the path of a descriptor are one.",
        grade="observed",
        source="IWS rules_test.go, identityMappings_test.go and siteAuthenticators_test.go ask in "
        "lower case (6.0), message-xform pa-provision.feature as the type is shown (9.0.1)",
    )
    plugin_unknown_keys: Unknown = decision(
        "refuse",
        "What a configuration key that the descriptor lacks means.",
        grade="assumed",
        source=_SILENT + "a misspelt key would change nothing and say nothing",
    )
    plugin_numbers_as_text: bool = decision(
        True,
        "Whether a number may come as text.",
        grade="observed",
        source="PCB templates send keyPairId, keySize and port as text; for plugins inferred",
    )
    plugin_problem_prefix: str = decision(
        "configuration.",
        "What stands before the name of a configuration field in the form of an ApiError.",
        grade="assumed",
        source=_SILENT + "without it the field name would be taken for one of the entity",
    )
