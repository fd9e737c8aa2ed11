"""Decisions of roles: what each lets one do, and who may give it to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakes.behaviour import decision

_CONFIGURATION = "environment applications gateways populations groups protect evaluations roles"


def _every(verb: str, areas: str) -> tuple[str, ...]:
    return tuple(f"{verb}:{area}" for area in areas.split())


@dataclass(frozen=True, init=False, repr=False, eq=False)
class RightDecisions:
    """What a role is worth."""

    role_rights: tuple[tuple[str, tuple[str, ...]], ...] = decision(
        (
            ("Organization Admin", _every("write", "organization environment roles")),
            ("Environment Admin", _every("write", _CONFIGURATION)),
            (
                "Identity Data Admin",
                (
                    *_every("write", "users groups evaluations roles"),
                    *_every("read", "populations protect"),
                ),
            ),
            ("Identity Data Read Only", _every("read", "users groups populations")),
            ("Configuration Read Only", _every("read", _CONFIGURATION)),
            ("Client Application Developer", _every("write", "applications")),
            ("Application Owner", _every("write", "applications")),
            ("Help Desk Admin", (*_every("read", "users groups populations"), "write:passwords")),
            ("Custom Roles Admin", ()),
            ("DaVinci Admin", ()),
            ("DaVinci Admin Read Only", ()),
        ),
        "Roles, and the areas that each reads or writes; who writes an area reads it as well.",
        grade="assumed",
        source="roles page: what each role is centred on; which calls that are is a guess",
    )
    rights_by_area: bool = decision(
        True,
        "A role is good for its areas only, and not for everything in its scope.",
        grade="documented",
        source="roles page: one must have the role that the endpoint requires",
    )
    roles_first: bool = decision(
        True,
        "Who has no role there is told nothing of what is there and what is not.",
        grade="assumed",
        source="error codes page: 403 and 404; which of them comes first is not told",
    )
    scopes_looked_at: bool = decision(
        True,
        "A role is good in its scope only.",
        grade="documented",
        source="role assignments pages: the scope identifies the resource",
    )
    writes_need_write: bool = decision(
        True,
        "A role that reads does not write.",
        grade="documented",
        source="roles page: Configuration Read Only and Identity Data Read Only are read-only",
    )
    groups_lend_roles: bool = decision(
        True,
        "A member of a group has the roles of the group.",
        grade="documented",
        source="group role assignments page: assigned to a group of users",
    )
    user_roles_through: frozenset[str] = decision(
        frozenset({"WORKER"}),
        "Types of application through which a user has their administrator roles.",
        grade="observed",
        source="public scripts: other types give self-service scopes only, whatever the roles",
    )
    can_assign: tuple[tuple[str, tuple[str, ...]], ...] = decision(
        (
            ("Organization Admin", ("Environment Admin",)),
            (
                "Identity Data Admin",
                ("Identity Data Admin", "Identity Data Read Only", "Help Desk Admin"),
            ),
            ("DaVinci Admin", ("DaVinci Admin", "DaVinci Admin Read Only")),
        ),
        "Roles that a role lets one assign; Environment Admin: all but Organization Admin.",
        grade="documented",
        source="built-in administrator roles page (2026): can assign",
    )
    assigning_needs: Literal["assigning", "having", "both", "nothing"] = decision(
        "assigning",
        "What one needs to assign a role in a scope: one that lets assign it, or that very role.",
        grade="assumed",
        source="roles page: can assign; its older version: who assigns must have what is assigned",
    )
    groups_need_the_role: bool = decision(
        True,
        "Only who has a role can assign it to a group.",
        grade="documented",
        source="group role assignments page",
    )
    assigned_within: bool = decision(
        True,
        "A role is assigned in a scope that is no broader than that of who assigns it.",
        grade="observed",
        source="Terraform provider: access error for a scope that is not equal or broader",
    )
    assignment_scopes: tuple[str, ...] = decision(
        ("ORGANIZATION", "ENVIRONMENT", "POPULATION", "APPLICATION"),
        "Types of scope of an assignment.",
        grade="documented",
        source="role assignments pages; the newest adds GROUP for users and groups",
    )
    gateways_with_roles: frozenset[str] = decision(
        frozenset({"PING_FEDERATE"}),
        "Types of gateway that can have roles.",
        grade="documented",
        source="gateway role assignments page",
    )
    applications_with_roles: frozenset[str] = decision(
        frozenset({"WORKER"}),
        "Types of application that can have roles.",
        grade="assumed",
        source="roles page: roles can be assigned to worker applications",
    )
    covered_assignment_code: str = decision(
        "UNIQUENESS_VIOLATION",
        "Detail code of a role that one already has there, or in a broader scope.",
        grade="observed",
        source="Terraform provider: UNIQUENESS_VIOLATION of role",
    )
    covered_assignments_refused: bool = decision(
        True,
        "A role that one already has there cannot be assigned again.",
        grade="observed",
        source="Terraform provider: UNIQUENESS_VIOLATION of role",
    )
    creator_roles: tuple[str, ...] = decision(
        ("Environment Admin", "Identity Data Admin", "Client Application Developer"),
        "Roles that who makes an environment has in it.",
        grade="documented",
        source="built-in administrator roles page: automatic role assignments",
    )
    creator_role_of_population: str = decision(
        "Identity Data Admin",
        "Role that who makes a population has in it, unless in a broader scope; empty for none.",
        grade="documented",
        source="built-in administrator roles page: automatic role assignments",
    )
    out_of_scope_status: int = decision(
        403,
        "Status of an object that is there, and outside the scope of one's roles.",
        grade="assumed",
        source="as where there is no role at all",
    )
