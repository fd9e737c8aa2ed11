# ruff: noqa: RUF009 - decision() is dataclasses.field() with evidence, not a shared default
"""The decisions of the parts: plugins, hidden fields and archive (and what they inherit).

The behaviour of the whole product inherits these. The names of the sources are those of the facts:
SPEC is the vendor's API description 7.3; D72, D73 … are pages of docs.pingidentity.com of that
release; PCB and SP are the vendor's public profiles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakes.behaviour import decision
from fakes.pingaccess.connections_behaviour import ConnectionsBehaviour

Unknown = Literal["refuse", "keep", "drop"]

_SILENT = "no document says; "


@dataclass(frozen=True, slots=True)
class PluginBehaviour(ConnectionsBehaviour):
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


@dataclass(frozen=True, slots=True)
class ArchiveBehaviour(PluginBehaviour):
    """What an export holds, and what an import takes and does."""

    archive_connections_section: str = decision(
        "pingOneConnections",
        "The section of the PingOne connections.",
        grade="assumed",
        source="no public export has them; by the pattern of the others",
    )
    archive_risk_policies_section: str = decision(
        "riskPolicies",
        "The section of the risk policies.",
        grade="assumed",
        source="no public export has them; by the pattern of the others",
    )
    archive_left_out: frozenset[str] = decision(
        frozenset({"users"}),
        "The tables that are never exported.",
        grade="documented",
        source="D72 pa_configuration_export_import (no administrative users, no signing keys)",
    )
    archive_version: str | None = decision(
        None,
        "The version that an export bears; None for the product's own.",
        grade="documented",
        source="SPEC ExportData.version; SP exports",
    )
    archive_members_left_out: frozenset[str] = decision(
        frozenset(),
        "Members that an export lacks: table.member.",
        grade="documented",
        source="D72 pa_configuration_export_import (the same format as the API)",
    )
    archive_system_rows: bool = decision(
        False,
        "Whether factory objects (system, systemGroup) are exported.",
        grade="observed",
        source="SP exports hold no trustedCertificateGroups for the two system groups",
    )
    archive_secrets: Literal["encryptedValue", "value"] = decision(
        "encryptedValue",
        "The member in which an export shows a hidden field.",
        grade="documented",
        source="D72 pa_configuration_export_import (secrets are encrypted)",
    )
    archive_keeps_unmodelled: frozenset[str] = decision(
        frozenset({"list", "object"}),
        "Which sections that the fake does not model come back: lists of objects, single objects.",
        grade="documented",
        source="D72 pa_configuration_export_import (an import restores all)",
    )
    archive_needs: frozenset[str] = decision(
        frozenset({"version", "data"}),
        "The members without which JSON is no archive.",
        grade="documented",
        source="SPEC ExportData (both); that both are needed is assumed",
    )
    archive_types_checked: bool = decision(
        True,
        "Whether a section or an object of the wrong JSON type is refused; else it is passed over.",
        grade="assumed",
        source=_SILENT + "a part that is passed over in silence would be a loss of data",
    )
    archive_refusal_quotes: bool = decision(
        False,
        "Whether the refusal of an archive repeats what was read.",
        grade="assumed",
        source="it may hold secrets in the clear (SPEC HiddenField.value)",
    )
    archive_oldest: tuple[int, ...] = decision(
        (5, 0),
        "The oldest release whose archive is taken.",
        grade="documented",
        source="D72 pa_configuration_export_import (both must be API v3, 5.0 or later)",
    )
    archive_newer_refused: bool = decision(
        True,
        "Whether an archive of a newer release is refused.",
        grade="documented",
        source="D72 pa_configuration_export_import (the importing system must not be older)",
    )
    archive_replaces: bool = decision(
        True,
        "Whether objects that the archive lacks are gone after an import.",
        grade="documented",
        source="D73 pa_importing_pa_configs (replaces everything)",
    )
    archive_collects: bool = decision(
        True,
        "Whether every complaint is told where failFast is not set.",
        grade="documented",
        source="SPEC addConfigImportWorkflow, failFast",
    )
    archive_stops_early: bool = decision(
        True,
        "Whether failFast stops at the first complaint.",
        grade="documented",
        source="SPEC addConfigImportWorkflow, failFast",
    )
    archive_half: bool = decision(
        False,
        "Whether an import that fails still leaves what was read before it failed.",
        grade="assumed",
        source=_SILENT + "a failed import that changes something would be a loss of data",
    )
    archive_unchecked_references: frozenset[str] = decision(
        frozenset(),
        "The tables whose ids are not looked up in an import.",
        grade="assumed",
        source="SPEC (validation errors of an import); which ones are not listed",
    )
    archive_rules_checked: bool = decision(
        True,
        "Whether an import holds its objects against the rules that a save is held against.",
        grade="assumed",
        source="SPEC addConfigImportWorkflow speaks of validation errors, and D72 "
        "pa_configuration_export_import of the same objects as the API's; which rules is not said",
    )
    archive_duplicate_ids: bool = decision(
        False,
        "Whether an id may stand twice in a section; the last one is taken.",
        grade="assumed",
        source=_SILENT + "an id names one object",
    )
    archive_unknown_plugins: bool = decision(
        True,
        "Whether a plugin of an unknown class is taken, with a warning.",
        grade="observed",
        source="the SP export of 7.0.4 holds a third party's rule",
    )
    archive_import_spends: bool = decision(
        False,
        "Whether an import checks its PingOne credentials at PingOne.",
        grade="assumed",
        source=_SILENT + "an import must also work where PingOne is not reached",
    )


@dataclass(frozen=True, slots=True)
class PartsBehaviour(ArchiveBehaviour):
    """All decisions of the parts."""


CORRECT_PARTS = PartsBehaviour()
