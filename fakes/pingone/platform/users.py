"""Users: who they are, their passwords, and whether they may log in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.auth import sessions
from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, not_implemented
from fakes.pingone.platform import assignments, entities, memberships, rights
from fakes.pingone.platform.directory import population_of, read_population
from fakes.pingone.platform.entities import Entity

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

IMPORT = "application/vnd.pingidentity.user.import+json"
"""Content type with which a new user brings a password (create user, import)."""
SET_PASSWORD = "application/vnd.pingidentity.password.set+json"  # noqa: S105 - a content type
"""Content type with which an administrator sets a password (update password, set)."""


def set_password(tenant: Tenant, call: Call) -> Answer:
    """The password that a user has from now on (200)."""
    user, complaints = _user(tenant, call), Complaints(tenant.behaviour)
    if not _is(call, SET_PASSWORD):
        raise not_implemented(f"this action on a password; send {SET_PASSWORD}")
    draft = Draft(call.body, complaints)
    value = draft.text("value", required=True)
    if draft.flag("forceChange"):
        raise not_implemented("passwords that are to be changed at the next login")
    complaints.settle()
    tenant.table("passwords").put(user["id"], {"value": value})
    return get_password(tenant, call)


def get_password(tenant: Tenant, call: Call) -> Answer:
    """The state of a password, never the password."""
    user = _user(tenant, call)
    status = "OK" if user["id"] in tenant.table("passwords") else "NO_PASSWORD"
    links = tenant.links(call.environment_id, "users", user["id"], "password")
    body = {"_links": links, "environment": user["environment"], "user": {"id": user["id"]}}
    return Answer(200, {**body, "status": status})


def set_enabled(tenant: Tenant, call: Call) -> Answer:
    """Whether the user may log in (200)."""
    user, complaints = _user(tenant, call), Complaints(tenant.behaviour)
    enabled = Draft(call.body, complaints).flag("enabled", required=True)
    complaints.settle()
    tenant.save("users", {**user, "enabled": enabled, "updatedAt": tenant.now()}, user)
    return Answer(200, {"enabled": enabled})


def get_enabled(tenant: Tenant, call: Call) -> Answer:
    """Whether the user may log in."""
    return Answer(200, {"enabled": _user(tenant, call)["enabled"]})


def set_population(tenant: Tenant, call: Call) -> Answer:
    """The user is of another population (200)."""
    user, complaints = _user(tenant, call), Complaints(tenant.behaviour)
    body = {"population": call.body}
    population = read_population(tenant, call, Draft(body, complaints), default=True)
    complaints.settle()
    row = {**user, "population": population, "updatedAt": tenant.now()}
    rights.forbid_unless_within(tenant, call.within, row)
    tenant.save("users", row, user)
    return Answer(200, population)


def _user(tenant: Tenant, call: Call) -> Row:
    return entities.found(USERS, tenant, call)


def _is(call: Call, content_type: str) -> bool:
    sent = call.request.headers.get("content-type", "").partition(";")[0].strip()
    return sent.lower() == content_type.lower()


def _members(tenant: Tenant, call: Call, draft: Draft, old: Row | None) -> dict[str, Any]:
    """What the body says of a user; an import may bring a password."""
    name, required = draft.inner("name"), "users" in tenant.behaviour.names_required_of
    row: dict[str, Any] = {
        "username": draft.text("username", required=required, limit=128),
        "email": draft.text("email", limit=256),
        "externalId": draft.text("externalId"),
        "population": read_population(tenant, call, draft, default=True),
        "enabled": True if old is None else old["enabled"],
    }
    if name is not None:
        parts = {part: name.text(part, limit=256) for part in ("given", "family", "formatted")}
        row["name"] = {part: text for part, text in parts.items() if text is not None}
    if row["username"] is not None and tenant.behaviour.usernames_unique:
        namesakes = sessions.called(tenant, call.environment_id, row["username"])
        if any(one is not old for one in namesakes):
            draft.complain("UNIQUENESS_VIOLATION", "username", "must be unique")
    password = draft.inner("password") if _is(call, IMPORT) else None
    if password is not None:
        password.text("value", required=True)
    return row


def _made(tenant: Tenant, call: Call, row: Row) -> None:
    password = call.body.get("password") if _is(call, IMPORT) else None
    if password is not None:
        tenant.table("passwords").put(row["id"], {"value": password["value"]})


def _gone(tenant: Tenant, _: Call, row: Row) -> None:
    """No password is kept, and the user has neither groups nor roles."""
    tenant.table("passwords").delete(row["id"])
    memberships.leave_groups(tenant, row["id"])
    assignments.drop(tenant, row["id"])


USERS = Entity(
    "users",
    _members,
    ("password", "enabled", "population", "memberOfGroups", "roleAssignments"),
    own=("enabled",),
    population=population_of,
    seen=memberships.with_groups,
    made=_made,
    gone=_gone,
    types=(IMPORT,),
    patched=True,
)
