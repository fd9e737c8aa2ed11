"""Every decision of the fake PingAccess; `CORRECT` is the documented product.

It is one frozen dataclass, written in chapters: credential, spending, plugins and archive (the
parts), the door, the records, and here PingOne connections, applications and configuration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakes.behaviour import decision
from fakes.pingaccess.records_behaviour import RecordsBehaviour

_SILENT = "no document says; "
_METADATA = (
    ("creationDate", "issued_s"),
    ("credentialId", "credential_id"),
    ("pingOneConnectionId", "gateway_id"),
    ("pingOneManagementApiEndpoint", "api_url"),
    ("pingOneAuthenticationApiEndpoint", "auth_url"),
    ("environmentId", "environment_id"),
    ("region", "region"),
    ("organizationName", "organization_name"),
)


@dataclass(frozen=True, slots=True)
class Behaviour(RecordsBehaviour):
    """The whole product."""

    connection_checked_on: frozenset[str] = decision(
        frozenset({"POST", "PUT"}),
        "The methods that spend the credential before they store it.",
        grade="documented",
        source="D73 pa_p1connections_riskpolicies_endpoints (every create and edit)",
    )
    connection_read_on: frozenset[str] = decision(
        frozenset({"POST", "PUT"}),
        "The methods that read the credential before anybody is asked.",
        grade="assumed",
        source=_SILENT + "a text that is no credential need not be sent anywhere",
    )
    connection_local_first: bool = decision(
        True,
        "Whether nothing goes out while there are local complaints.",
        grade="assumed",
        source=_SILENT + "a save that cannot succeed should not use the credential",
    )
    connection_accepts: frozenset[str] = decision(
        frozenset({"VALID"}),
        "The credential statuses with which a connection is saved.",
        grade="documented",
        source="D73 pa_p1connections_riskpolicies_endpoints; 7.2 connection field page",
    )
    connection_accepted_outcomes: frozenset[str] = decision(
        frozenset(),
        "What may go wrong on the way to PingOne without keeping a connection from being saved.",
        grade="assumed",
        source="as the status; PingFederate's administration behaves so (latest "
        "pa_configuring_pf_administration)",
    )
    connection_respends: bool = decision(
        True,
        "Whether an edit without a new credential spends the stored one again.",
        grade="documented",
        source="D73 pa_p1connections_riskpolicies_endpoints (every create and edit)",
    )
    connection_says_why: bool = decision(
        True,
        "Whether a refusal says what went wrong at PingOne.",
        grade="assumed",
        source=_SILENT + "PingFederate's administration shows an error",
    )
    connection_trust_on: frozenset[str] = decision(
        frozenset({"POST", "PUT", "GET"}),
        "The methods whose calls to PingOne obey the trusted certificate group.",
        grade="documented",
        source="SPEC PingOneConnection.trustedCertificateGroupId",
    )
    connection_trust_unset: Literal["system", "anything"] = decision(
        "system",
        "What a connection without a trusted certificate group trusts.",
        grade="assumed",
        source=_SILENT + "the Java trust store, as everywhere in Java",
    )
    trust_any_works: bool = decision(
        True,
        "Whether the group Trust Any trusts anything.",
        grade="observed",
        source="IWT data_source_pingaccess_trusted_certificate_groups_test.go",
    )
    trust_certificates_used: bool = decision(
        True,
        "Whether the certificates of a trusted certificate group are trusted.",
        grade="documented",
        source="SPEC TrustedCertificateGroup.certIds",
    )
    metadata_live: bool = decision(
        True,
        "Whether every read of the metadata asks PingOne; else it shows what the last save saw.",
        grade="assumed",
        source=_SILENT + "credentialStatus would be of no use otherwise",
    )
    metadata_members: tuple[tuple[str, str], ...] = decision(
        _METADATA,
        "The members of the metadata, and what of the credential each shows.",
        grade="documented",
        source="SPEC PingOneConnectionMetadata; the claims from DEV gateway-credentials",
    )
    metadata_environments: int | None = decision(
        None,
        "How many environments the metadata list; None for all that PingOne shows.",
        grade="documented",
        source="SPEC PingOneConnectionMetadata.environments (available to the connection)",
    )
    root_resource_made: bool = decision(
        True,
        "Whether a new application has its root resource at once.",
        grade="observed",
        source="SP exports: one per application",
    )
    resources_go_with_application: bool = decision(
        True,
        "Whether the resources of a deleted application are deleted.",
        grade="assumed",
        source=_SILENT + "a resource has no life without its application (SPEC paths)",
    )
    reserved_roots: frozenset[str] = decision(
        frozenset({"/pa"}),
        "Context roots that no application may have.",
        grade="documented",
        source="latest pa_application_field_descriptions (/pa reserved by default)",
    )
    risk_policy_types: frozenset[str] = decision(
        frozenset({"Web", "Dynamic"}),
        "The application types that may carry a risk policy.",
        grade="assumed",
        source="D80 pa_adding_a_risk_policy (a web application or resource); others unknown",
    )
    risk_policy_unset: int | None = decision(
        0,
        "What is shown where there is no risk policy.",
        grade="assumed",
        source=_SILENT + "0 as of the other numbers (SPEC: zero if none)",
    )
    last_modified_moved_by: frozenset[str] = decision(
        frozenset({"applications", "resources", "rules", "ruleSets", "riskPolicies"}),
        "The tables whose changes move lastModified of the applications concerned.",
        grade="documented",
        source="SPEC Application.lastModified (the application, its resources, associated policy)",
    )
    last_modified_sent: bool = decision(
        False,
        "Whether a client can set lastModified.",
        grade="documented",
        source="SPEC Application.lastModified (read-only)",
    )
    finders_without_resources: frozenset[str] = decision(
        frozenset(),
        "Finders of /applications that do not look into resources.",
        grade="documented",
        source="SPEC /applications parameters (an Application or one of its Resources)",
    )
    resources_of_any: bool = decision(
        False,
        "Whether a resource answers under the path of another application.",
        grade="assumed",
        source=_SILENT + "SPEC paths have both ids",
    )
    import_reverts_passwords: bool = decision(
        True,
        "Whether an import brings back the factory passwords.",
        grade="documented",
        source="D73 pa_importing_pa_configs (reverts passwords)",
    )
    import_done: bool = decision(
        True,
        "Whether an import that says Complete has changed the configuration.",
        grade="documented",
        source="D73 pa_importing_pa_configs (replaces everything)",
    )
    workflow_posted: str = decision(
        "In Progress",
        "The status that the start of a workflow answers.",
        grade="observed",
        source="DB 85-import-configuration.sh polls while In Progress",
    )
    workflow_complete: str = decision(
        "Complete",
        "The status of a workflow that is through.",
        grade="observed",
        source="DB 85-import-configuration.sh",
    )
    workflow_failed: str = decision(
        "Failed",
        "The status of a workflow that failed.",
        grade="observed",
        source="DB 85-import-configuration.sh",
    )


CORRECT = Behaviour()
