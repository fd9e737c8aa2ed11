# ruff: noqa: RUF009 - decision() is dataclasses.field() with evidence, not a shared default
"""The decisions about PingOne connections: when a credential is spent, trust, and metadata.

The names of the sources are those of the facts: SPEC is the vendor's API description 7.3; D72,
D73 … are pages of docs.pingidentity.com of that release; IWT is a Terraform provider that was
tested against real servers; DEV is developer.pingidentity.com/pingone-api.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakes.behaviour import decision
from fakes.pingaccess.decisions.credential import OnVerbs  # noqa: TC001 - decisions are read by type
from fakes.pingaccess.decisions.spending import SpendingBehaviour, Status

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
class ConnectionsBehaviour(SpendingBehaviour):
    """What a save of a connection does, and what its metadata show."""

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
    connection_accepted_outcomes: OnVerbs = decision(
        frozenset(),
        "What may go wrong at PingOne without keeping a connection from being saved, by method.",
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
    connection_rotates: bool = decision(
        True,
        "Whether a new credential takes the place of the old one.",
        grade="documented",
        source="SPEC updatePingOneConnection; PingOne connection page (make a new one, revoke the "
        "old one)",
    )
    connection_credential_once: bool = decision(
        False,
        "Whether a credential may stand in one connection only.",
        grade="assumed",
        source=_SILENT + "SPEC calls only the name unique",
    )
    connection_refusal_blocks: int = decision(
        0,
        "How many further saves are refused unread once a credential has been refused.",
        grade="assumed",
        source=_SILENT + "SPEC names no lockout but that of logins",
    )
    connection_refusal_numbered: bool = decision(
        False,
        "Whether each refusal of a credential bears a number of its own.",
        grade="assumed",
        source=_SILENT + "the same request should get the same answer",
    )
    connection_refusal_lasts_s: float = decision(
        0.0,
        "How far the clock moves while a credential is refused.",
        grade="assumed",
        source=_SILENT + "nothing of it takes time that counts",
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
    trust_certificates_used: frozenset[str] = decision(
        frozenset({"POST", "PUT", "GET"}),
        "The methods whose calls trust the certificates of a trusted certificate group.",
        grade="documented",
        source="SPEC TrustedCertificateGroup.certIds",
    )
    trust_skips_dates: bool = decision(
        True,
        "Whether a trusted certificate group can leave the dates of certificates unchecked.",
        grade="documented",
        source="SPEC TrustedCertificateGroup.skipCertificateDateCheck",
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
    metadata_statuses: tuple[tuple[Status, str], ...] = decision(
        (("VALID", "VALID"), ("INVALID", "INVALID"), ("UNKNOWN", "UNKNOWN")),
        "What credentialStatus shows for what is known of the credential.",
        grade="documented",
        source="SPEC PingOneCredentialStatus",
    )
    metadata_time_unit_s: float = decision(
        1.0,
        "How many seconds one unit of the credential's iat is.",
        grade="documented",
        source="RFC 7519 section 2 (NumericDate: seconds); SPEC creationDate (date-time)",
    )
    metadata_environments: int | None = decision(
        None,
        "How many environments the metadata list; None for all that PingOne shows.",
        grade="documented",
        source="SPEC PingOneConnectionMetadata.environments (available to the connection)",
    )
