"""The decisions about archives, and with what they inherit all decisions of the parts.

The behaviour of the whole product inherits these. The names of the sources are those of the facts:
SPEC is the vendor's API description 7.3; D72, D73 … are pages of docs.pingidentity.com of that
release; PCB and SP are the vendor's public profiles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.plugin import PluginBehaviour

_SILENT = "no document says; "


@chapter
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
    archive_challenge_policies_section: str = decision(
        "authnChallengePolicies",
        "The section of the authentication challenge policies.",
        grade="assumed",
        source="no public export has them; after defaultAuthnChallengePolicyId (SPEC)",
    )
    archive_acme_accounts_section: str = decision(
        "acmeAccounts",
        "The section of the ACME accounts.",
        grade="assumed",
        source="the exports at hand have the name in their ACME servers only; no account is there",
    )
    archive_acme_requests_section: str = decision(
        "acmeCertificateRequests",
        "The section of the ACME certificate requests.",
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
        "The tables and settings whose references are not looked up in an import.",
        grade="assumed",
        source="SPEC (validation errors of an import); which ones are not listed",
    )
    archive_rules_checked: bool = decision(
        True,
        "Whether an import holds its objects against the rules that a save is held against, and "
        "reads the credentials that it can open.",
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
    archive_unknown_challenge_plugins: bool = decision(
        True,
        "Whether an authentication challenge policy with a plugin of an unknown class is taken.",
        grade="assumed",
        source="as for rules (SP export of 7.0.4): most classes of this family are unknown here",
    )
    archive_unknown_members: bool = decision(
        True,
        "Whether an archive may hold members that this release does not know; they are dropped.",
        grade="assumed",
        source="SP baseline data.json holds a misspelt member and is in use; archives of other "
        "releases have members of their own",
    )
    archive_not_defaulted: frozenset[str] = decision(
        frozenset(),
        "Members that have no default where an archive lacks them: table.member.",
        grade="assumed",
        source="D72 pa_configuration_export_import (archives of older releases are taken); that "
        "what they lack is as in a new object is not said",
    )
    archive_import_spends: bool = decision(
        False,
        "Whether an import checks its PingOne credentials at PingOne.",
        grade="assumed",
        source=_SILENT + "an import must also work where PingOne is not reached",
    )
    archive_export_spends: bool = decision(
        False,
        "Whether an export checks the PingOne credentials at PingOne, and is refused without it.",
        grade="assumed",
        source=_SILENT + "an export must also be possible where PingOne is not reached",
    )


@dataclass(frozen=True, slots=True)
class PartsBehaviour(ArchiveBehaviour):
    """All decisions of the parts."""


CORRECT_PARTS = PartsBehaviour()
