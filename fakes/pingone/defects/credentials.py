"""Defects of the credentials of gateways, but for their exchange."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingone.behaviour import CORRECT
from fakes.pingone.defects.wrong import (
    lacking,
    milliseconds,
    with_status,
    without,
)

CREDENTIALS = (
    Defect(
        "P1-D-231",
        "A new credential is answered with 200",
        "P1-CRED-001",
        "created_status",
        with_status("credentials", 200),
    ),
    Defect(
        "P1-D-232",
        "A credential read alone has no time of creation",
        "P1-CRED-001",
        "left_out",
        frozenset({"credentials.read.createdAt"}),
    ),
    Defect(
        "P1-D-233",
        "A credential expires after a day",
        "P1-CRED-002",
        "credential_claims",
        (*CORRECT.credential_claims, "exp"),
    ),
    Defect(
        "P1-D-234",
        "A credential names its gateway as its subject",
        "P1-CRED-002",
        "credential_claims",
        (*CORRECT.credential_claims, "sub"),
    ),
    Defect(
        "P1-D-235",
        "A credential is signed with RS512",
        "P1-CRED-002",
        "credential_algorithm",
        "RS512",
    ),
    Defect(
        "P1-D-236",
        "A credential does not say of which organization it is",
        "P1-CRED-003",
        "credential_claims",
        lacking(CORRECT.credential_claims, "organizationId"),
    ),
    Defect(
        "P1-D-237",
        "The jti of a credential is its gateway",
        "P1-CRED-003",
        "credential_id_is_jti",
        False,
    ),
    Defect(
        "P1-D-238",
        "A credential was issued in milliseconds",
        "P1-CRED-003",
        "credential_time",
        milliseconds,
    ),
    Defect(
        "P1-D-239",
        "A credential read again shows its text",
        "P1-CRED-004",
        "credential_shown_on",
        frozenset({"create", "read"}),
    ),
    Defect(
        "P1-D-240",
        "The list of credentials shows their texts",
        "P1-CRED-004",
        "credential_shown_on",
        frozenset({"create", "list"}),
    ),
    Defect(
        "P1-D-241",
        "A gateway has the texts of its credentials in a header",
        "P1-CRED-004",
        "credential_header_on",
        frozenset({"gateway"}),
    ),
    Defect("P1-D-242", "A gateway takes a sixth credential", "P1-CRED-005", "credential_limit", 6),
    Defect("P1-D-243", "A gateway takes four credentials", "P1-CRED-005", "credential_limit", 4),
    Defect(
        "P1-D-244",
        "A sixth credential is refused, and stored all the same",
        "P1-CRED-005",
        "refused_late",
        frozenset({"credentials.create"}),
    ),
    Defect(
        "P1-D-245",
        "A sixth credential is refused with 409",
        "P1-CRED-006",
        "credential_limit_status",
        409,
    ),
    Defect(
        "P1-D-246",
        "A revoked credential is still there",
        "P1-CRED-007",
        "delete_forgets",
        without(CORRECT.delete_forgets, "credentials"),
    ),
    Defect(
        "P1-D-247",
        "A revoked credential keeps its place",
        "P1-CRED-007",
        "revoked_counted",
        True,
    ),
    Defect(
        "P1-D-248",
        "A revocation ends all credentials of the gateway",
        "P1-CRED-008",
        "revoking_ends",
        "all",
    ),
    Defect(
        "P1-D-249",
        "A new credential was used when it was made",
        "P1-CRED-009",
        "last_used_updated",
        "creation",
    ),
    Defect(
        "P1-D-250",
        "A new gateway has no role",
        "P1-CRED-013",
        "inherited_roles",
        (),
    ),
    Defect(
        "P1-D-251",
        "A new gateway has a role in every environment",
        "P1-CRED-014",
        "inherited_everywhere",
        True,
    ),
    Defect(
        "P1-D-252",
        "A gateway that was disabled has no credentials when it is enabled again",
        "P1-CRED-018",
        "disabling_revokes",
        True,
    ),
    Defect(
        "P1-D-253",
        "A credential is found below every gateway",
        "P1-CRED-021",
        "credential_scope_checked",
        False,
    ),
)
"""P1-CRED but for the exchange."""
