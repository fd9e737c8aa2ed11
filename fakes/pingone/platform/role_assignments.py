"""Role assignments of applications, users, groups and gateways: read, given, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, not_found, unassignable
from fakes.pingone.platform import assignments, rights
from fakes.pingone.routing import ENV, Route

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

ENVIRONMENT_ADMIN = "Environment Admin"
ORGANIZATION_ADMIN = "Organization Admin"


@dataclass(frozen=True)
class Holders:
    """Objects that can have roles: their collection, and what an assignment calls one."""

    table: str
    member: str

    def routes(self) -> dict[str, dict[str, Route]]:
        """The assignments of one, and each of them."""
        path = f"{ENV}/{self.table}/{{}}/roleAssignments"
        return {
            path: {
                "GET": Route(partial(get_role_assignments, self)),
                "POST": Route(partial(add_role_assignment, self), body=True),
            },
            f"{path}/{{}}": {
                "GET": Route(partial(get_role_assignment, self)),
                "PUT": Route(partial(update_role_assignment, self), body=True),
                "DELETE": Route(partial(delete_role_assignment, self)),
            },
        }


HOLDERS = (
    Holders("applications", "application"),
    Holders("users", "user"),
    Holders("groups", "group"),
    Holders("gateways", "gateway"),
)


def get_role_assignments(holders: Holders, tenant: Tenant, call: Call) -> Answer:
    """The roles of one object."""
    holder = _holder(holders, tenant, call)
    path = (call.environment_id, holders.table, holder["id"], "roleAssignments")
    items = [_shown(holders, tenant, row, "list") for row in assignments.own(tenant, holder["id"])]
    return tenant.collection("roleAssignments", items, *path)


def get_role_assignment(holders: Holders, tenant: Tenant, call: Call) -> Answer:
    """One assignment."""
    return Answer(200, _shown(holders, tenant, _assignment(holders, tenant, call), "read"))


def add_role_assignment(holders: Holders, tenant: Tenant, call: Call) -> Answer:
    """A new assignment (201): of a role that the actor may give, in a scope within its own."""
    holder = _holder(holders, tenant, call)
    role, scope = _drafted(holders, tenant, call, holder)
    _check_actor(holders, tenant, call.actor, role["name"], scope)
    row = assignments.row_of(
        tenant.new_id(),
        (holders.table, holder["id"]),
        call.environment_id,
        role,
        scope["id"],
        scope["type"],
    )
    tenant.save(assignments.TABLE, row)
    return tenant.created(assignments.TABLE, _shown(holders, tenant, row, "create"))


def update_role_assignment(holders: Holders, tenant: Tenant, call: Call) -> Answer:
    """The assignment as it is: role and scope cannot be changed."""
    row, complaints = _assignment(holders, tenant, call), Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    role, scope = draft.inner("role", required=True), draft.inner("scope", required=True)
    if role is not None and role.text("id", required=True) not in (None, row["role"]["id"]):
        role.complain("INVALID_VALUE", "id", "cannot be changed")
    for name in ("id", "type"):
        if scope is not None and scope.text(name, required=True) not in (None, row["scope"][name]):
            scope.complain("INVALID_VALUE", name, "cannot be changed")
    complaints.settle()
    return Answer(200, _shown(holders, tenant, row, "update"))


def delete_role_assignment(holders: Holders, tenant: Tenant, call: Call) -> Answer:
    """204: the object has the role there no longer."""
    row = _assignment(holders, tenant, call)
    _check_actor(holders, tenant, call.actor, row["name"], row["scope"])
    return tenant.forget(assignments.TABLE, row["id"])


def _holder(holders: Holders, tenant: Tenant, call: Call) -> Row:
    row = tenant.row(holders.table, call.ids[1], call.environment_id)
    rights.forbid_unless_within(tenant, call.within, row)
    return row


def _assignment(holders: Holders, tenant: Tenant, call: Call) -> Row:
    holder = _holder(holders, tenant, call)
    row = tenant.table(assignments.TABLE).get(call.ids[2])
    if row is None or row["holder"] != holder["id"]:
        raise not_found(tenant.behaviour)
    return row


def _drafted(
    holders: Holders, tenant: Tenant, call: Call, holder: Row
) -> tuple[Row, dict[str, str]]:
    """The role and the scope that the body names; both are there, and the holder has neither."""
    behaviour, complaints = tenant.behaviour, Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    inner = draft.inner("role", required=True)
    key = inner.text("id", required=True) if inner else None
    role = next((one for one in tenant.table("roles") if one["id"] == key), None)
    if inner is not None and key is not None and role is None:
        inner.complain("INVALID_VALUE", "id", "is not a role")
    scope = _scope(tenant, draft)
    if _cannot(holders, tenant, holder):
        draft.complain("CONSTRAINT_VIOLATION", "role", f"this {holders.member} can have no roles")
    if role is not None and scope is not None and behaviour.covered_assignments_refused:
        held = assignments.own(tenant, holder["id"])
        if any(
            one["name"] == role["name"] and rights.broader(tenant, one["scope"], scope)
            for one in held
        ):
            draft.complain(behaviour.covered_assignment_code, "role", "is assigned there already")
    complaints.settle()
    assert role is not None  # noqa: S101 - a complaint settled it
    assert scope is not None  # noqa: S101 - the same
    return role, scope


def _scope(tenant: Tenant, draft: Draft) -> dict[str, str] | None:
    inner = draft.inner("scope", required=True)
    if inner is None:
        return None
    kind = inner.choice("type", tenant.behaviour.assignment_scopes, required=True)
    key = inner.text("id", required=True)
    if kind is None or key is None:
        return None
    scope = {"id": key, "type": kind}
    if rights.home_of(tenant, scope) is None:
        inner.complain("INVALID_VALUE", "id", "is not there")
        return None
    return scope


def _cannot(holders: Holders, tenant: Tenant, holder: Row) -> bool:
    """Whether an application or gateway is of a type that has no roles."""
    behaviour = tenant.behaviour
    few = {
        "gateways": behaviour.gateways_with_roles,
        "applications": behaviour.applications_with_roles,
    }.get(holders.table)
    return few is not None and holder.get("type") not in few


def _check_actor(
    holders: Holders, tenant: Tenant, actor: str, role: str, scope: dict[str, str]
) -> None:
    """Raises the refusal of an actor who may not give the role, or not in that scope."""
    behaviour = tenant.behaviour
    held = [
        one["name"]
        for one in assignments.of(tenant, actor)
        if rights.broader(tenant, one["scope"], scope)
    ]
    having = role in held
    giving = any(_gives(tenant, one, role) for one in held)
    needs = {
        "assigning": giving,
        "having": having,
        "both": giving and having,
        "nothing": True,
    }[behaviour.assigning_needs]
    if needs and (having or holders.table != "groups" or not behaviour.groups_need_the_role):
        return
    raise unassignable(
        behaviour, "Authorized actor does not have permission to assign the role in this scope."
    )


def _gives(tenant: Tenant, held: str, role: str) -> bool:
    if held == ENVIRONMENT_ADMIN:
        return role != ORGANIZATION_ADMIN
    return role in dict(tenant.behaviour.can_assign).get(held, ())


def _shown(holders: Holders, tenant: Tenant, row: Row, act: str) -> dict[str, Any]:
    environment_id = row["environment"]["id"]
    path = (holders.table, row["holder"], "roleAssignments", row["id"])
    body = {
        "_links": tenant.links(environment_id, *path),
        "id": row["id"],
        "environment": row["environment"],
        holders.member: {"id": row["holder"]},
        "role": row["role"],
        "scope": row["scope"],
        "readOnly": False,
    }
    return tenant.told(assignments.TABLE, act, body)
