"""Defects of roles: what they open, to whom, and who gives them."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingone.behaviour import CORRECT
from fakes.pingone.defects.wrong import without


def _with(role: str, *rights: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The roles, one of which has more rights."""
    return tuple(
        (name, (*few, *rights) if name == role else few) for name, few in CORRECT.role_rights
    )


RIGHTS = (
    Defect(
        "P1-D-501",
        "Any role opens everything in its scope",
        "P1-ROLE-001",
        "rights_by_area",
        False,
    ),
    Defect(
        "P1-D-502",
        "Who develops applications makes gateways",
        "P1-ROLE-001",
        "role_rights",
        _with("Client Application Developer", "write:gateways"),
    ),
    Defect(
        "P1-D-503",
        "Who reads identities makes users",
        "P1-ROLE-001",
        "role_rights",
        _with("Identity Data Read Only", "write:users"),
    ),
    Defect(
        "P1-D-504",
        "A role that reads the configuration changes it as well",
        "P1-ROLE-002",
        "writes_need_write",
        False,
    ),
    Defect(
        "P1-D-505",
        "A role in one population reaches all of the environment",
        "P1-ROLE-003",
        "scopes_looked_at",
        False,
    ),
    Defect(
        "P1-D-506",
        "A role that was taken away is still there",
        "P1-ROLE-004",
        "delete_forgets",
        without(CORRECT.delete_forgets, "roleAssignments"),
    ),
    Defect(
        "P1-D-507",
        "Anybody who manages roles gives any role",
        "P1-ROLE-005",
        "assigning_needs",
        "nothing",
    ),
    Defect(
        "P1-D-508",
        "A role is given in a broader scope than one's own",
        "P1-ROLE-005",
        "assigned_within",
        False,
    ),
    Defect(
        "P1-D-509",
        "The same role is given twice",
        "P1-ROLE-006",
        "covered_assignments_refused",
        False,
    ),
    Defect(
        "P1-D-510",
        "An assignment that is read alone does not say where it holds",
        "P1-ROLE-006",
        "left_out",
        frozenset({"roleAssignments.read.scope"}),
    ),
    Defect(
        "P1-D-511",
        "A gateway to a directory is given roles",
        "P1-ROLE-007",
        "gateways_with_roles",
        frozenset({"PING_FEDERATE", "LDAP"}),
    ),
    Defect(
        "P1-D-512",
        "A gateway takes over every role of who made it",
        "P1-ROLE-008",
        "inherited_roles",
        (*CORRECT.inherited_roles, "Client Application Developer"),
    ),
    Defect(
        "P1-D-513",
        "A new gateway has one role fewer than who made it",
        "P1-ROLE-008",
        "inherited_roles",
        CORRECT.inherited_roles[:1],
    ),
    Defect(
        "P1-D-514",
        "A gateway that only manages the environment makes users",
        "P1-ROLE-009",
        "role_rights",
        _with("Environment Admin", "write:users"),
    ),
    Defect(
        "P1-D-515",
        "A stranger is told which gateways there are",
        "P1-ROLE-010",
        "roles_first",
        False,
    ),
    Defect(
        "P1-D-516",
        "Protect answers in an environment that does not have it",
        "P1-BILL-001",
        "protect_needs",
        "",
    ),
    Defect(
        "P1-D-517",
        "The list of assignments does not say of which role each is",
        "P1-ROLE-011",
        "left_out",
        frozenset({"roleAssignments.list.role"}),
    ),
    Defect(
        "P1-D-518",
        "The list of roles has no names",
        "P1-ROLE-012",
        "left_out",
        frozenset({"roles.list.name"}),
    ),
)
"""Ids from 501 on."""
