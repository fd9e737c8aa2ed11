"""Who is a member of which group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, not_found
from fakes.pingone.platform import rights
from fakes.pingone.platform.lists import Listing, answered

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

TABLE = "memberships"


def get_memberships(tenant: Tenant, call: Call) -> Answer:
    """The groups that a user is in (SDK: memberOfGroups, with a size)."""
    user = _user(tenant, call)
    rows = [
        tenant.table("groups").rows[one["group"]]
        for one in tenant.table(TABLE).named(_member, user["id"])
    ]
    path = ("environments", call.environment_id, "users", user["id"], "memberOfGroups")

    def show(group: Row) -> dict[str, Any]:
        return _shown(tenant, user, group)

    return answered(tenant, call, Listing("groupMemberships", rows, show, path))


def add_membership(tenant: Tenant, call: Call) -> Answer:
    """The user is in a group (201)."""
    user, complaints = _user(tenant, call), Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    key = draft.text("id", required=True)
    group = tenant.table("groups").get(key or "")
    if key is not None and (group is None or group["environment"]["id"] != call.environment_id):
        draft.complain("INVALID_VALUE", "id", "is not a group of this environment")
        group = None
    member = group is not None and _key(user["id"], group["id"]) in tenant.table(TABLE)
    if member and tenant.behaviour.membership_again_refused:
        draft.complain("UNIQUENESS_VIOLATION", "id", "the user is in this group already")
    complaints.settle()
    assert group is not None  # noqa: S101 - a complaint settled it
    row = {"user": user["id"], "group": group["id"], "environment": user["environment"]}
    tenant.table(TABLE).put(_key(user["id"], group["id"]), row)
    return tenant.created(TABLE, _shown(tenant, user, group))


def get_membership(tenant: Tenant, call: Call) -> Answer:
    """One membership."""
    user, group = _membership(tenant, call)
    return Answer(200, _shown(tenant, user, group))


def delete_membership(tenant: Tenant, call: Call) -> Answer:
    """204: the user is in the group no longer."""
    user, group = _membership(tenant, call)
    return tenant.forget(TABLE, _key(user["id"], group["id"]))


def with_groups(tenant: Tenant, user: Row) -> Row:
    """A user as filters look at it."""
    groups = [{"id": one["group"]} for one in tenant.table(TABLE).named(_member, user["id"])]
    return {**user, "memberOfGroups": groups}


def leave_groups(tenant: Tenant, user_id: str) -> None:
    """The user is in no group."""
    for one in tenant.table(TABLE).named(_member, user_id):
        tenant.table(TABLE).delete(_key(user_id, one["group"]))


def dissolve(tenant: Tenant, group_id: str) -> None:
    """Nobody is in the group."""
    for one in list(tenant.table(TABLE)):
        if one["group"] == group_id:
            tenant.table(TABLE).delete(_key(one["user"], group_id))


def _membership(tenant: Tenant, call: Call) -> tuple[Row, Row]:
    user = _user(tenant, call)
    if _key(user["id"], call.ids[2]) not in tenant.table(TABLE):
        raise not_found(tenant.behaviour)
    return user, tenant.table("groups").rows[call.ids[2]]


def _user(tenant: Tenant, call: Call) -> Row:
    user = tenant.row("users", call.ids[1], call.environment_id)
    rights.forbid_unless_within(tenant, call.within, user)
    return user


def _shown(tenant: Tenant, user: Row, group: Row) -> dict[str, Any]:
    path = ("users", user["id"], "memberOfGroups", group["id"])
    links = tenant.links(user["environment"]["id"], *path)
    kind = {"type": "DIRECT"} if tenant.behaviour.membership_type_shown else {}
    members = {name: group[name] for name in ("id", "name", "description") if name in group}
    body = {"_links": links, "environment": user["environment"], **members, **kind}
    return tenant.told(TABLE, "read", body)


def _key(user_id: str, group_id: str) -> str:
    return f"{user_id}/{group_id}"


def _member(row: Row) -> Any:
    return row["user"]
