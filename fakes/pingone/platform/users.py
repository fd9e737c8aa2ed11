"""Users and populations, as far as a login needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.auth import sessions
from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, bad_parameter, not_implemented

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

IMPORT = "application/vnd.pingidentity.user.import+json"
"""Content type with which a new user brings a password (create user, import)."""
SET_PASSWORD = "application/vnd.pingidentity.password.set+json"  # noqa: S105 - a content type
"""Content type with which an administrator sets a password (update password, set)."""


def get_populations(tenant: Tenant, call: Call) -> Answer:
    """The environment's populations, the default one among them."""
    rows = tenant.rows("populations", call.environment_id)
    items = [_shown(tenant, "populations", row) for row in rows]
    return tenant.collection("populations", items, call.environment_id, "populations")


def add_population(tenant: Tenant, call: Call) -> Answer:
    """A new population (201)."""
    complaints, now = Complaints(tenant.behaviour), tenant.now()
    draft = Draft(call.body, complaints)
    name = draft.text("name", required=True, limit=256)
    description = draft.text("description", limit=tenant.behaviour.description_limit)
    if any(row["name"] == name for row in tenant.rows("populations", call.environment_id)):
        draft.complain("UNIQUENESS_VIOLATION", "name", "must be unique")
    complaints.settle()
    row = {
        "id": tenant.new_id(),
        "environment": {"id": call.environment_id},
        "name": name,
        **({"description": description} if description else {}),
        "default": False,
        "createdAt": now,
        "updatedAt": now,
    }
    saved = tenant.save("populations", row)
    return tenant.created("populations", _shown(tenant, "populations", saved))


def get_population(tenant: Tenant, call: Call) -> Answer:
    """One population."""
    row = tenant.row("populations", call.ids[1], call.environment_id)
    return Answer(200, _shown(tenant, "populations", row))


def get_users(tenant: Tenant, call: Call) -> Answer:
    """The environment's users, all on one page."""
    query = call.request.query_values()
    for name in ("filter", "cursor", "order", "expand", "include"):
        if name in query:
            raise not_implemented(f"the query parameter {name} of users")
    limit = query.get("limit", "200")
    if not (limit.isascii() and limit.isdigit() and int(limit[:9]) > 0):
        raise bad_parameter("limit", "must be a number above 0")
    items = [_shown(tenant, "users", row) for row in tenant.rows("users", call.environment_id)]
    return tenant.collection("users", items, call.environment_id, "users")


def add_user(tenant: Tenant, call: Call) -> Answer:
    """A new user; imported, with a password (201)."""
    row, password = _drafted(tenant, call, None)
    now = tenant.now()
    given = {"id": tenant.new_id(), "environment": {"id": call.environment_id}}
    user = tenant.save("users", {**given, **row, "createdAt": now, "updatedAt": now})
    if password is not None:
        tenant.table("passwords").put(user["id"], {"value": password})
    return tenant.created("users", _shown(tenant, "users", user))


def get_user(tenant: Tenant, call: Call) -> Answer:
    """One user, without the password."""
    return Answer(200, _shown(tenant, "users", _user(tenant, call)))


def update_user(tenant: Tenant, call: Call) -> Answer:
    """The user, replaced; the password stays."""
    old = _user(tenant, call)
    row, _ = _drafted(tenant, call, old)
    kept = {name: old[name] for name in ("id", "environment", "enabled", "createdAt")}
    user = tenant.save("users", {**kept, **row, "updatedAt": tenant.now()}, old)
    return Answer(200, _shown(tenant, "users", user))


def delete_user(tenant: Tenant, call: Call) -> Answer:
    """204: the user and the password are gone, and no session of theirs is good."""
    user = _user(tenant, call)
    tenant.table("passwords").delete(user["id"])
    return tenant.forget("users", user["id"])


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


def _user(tenant: Tenant, call: Call) -> Row:
    return tenant.row("users", call.ids[1], call.environment_id)


def _is(call: Call, content_type: str) -> bool:
    sent = call.request.headers.get("content-type", "").partition(";")[0].strip()
    return sent.lower() == content_type.lower()


def _shown(tenant: Tenant, table: str, row: Row) -> dict[str, Any]:
    more = ("password",) if table == "users" else ()
    return {"_links": tenant.links(row["environment"]["id"], table, row["id"], more=more), **row}


def _drafted(tenant: Tenant, call: Call, old: Row | None) -> tuple[dict[str, Any], str | None]:
    """What the body says of a user, and the password that an import brings."""
    complaints = Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    name, population = draft.inner("name"), draft.inner("population")
    row: dict[str, Any] = {
        "username": draft.text("username", required=True, limit=128),
        "email": draft.text("email", limit=256),
        "externalId": draft.text("externalId"),
        "population": _population(tenant, call, population),
        "enabled": True if old is None else old["enabled"],
    }
    if name is not None:
        parts = {part: name.text(part, limit=256) for part in ("given", "family", "formatted")}
        row["name"] = {part: text for part, text in parts.items() if text is not None}
    if row["username"] is not None:
        namesakes = sessions.called(tenant, call.environment_id, row["username"])
        if any(one is not old for one in namesakes):
            draft.complain("UNIQUENESS_VIOLATION", "username", "must be unique")
    password = _password(call, draft)
    complaints.settle()
    return {member: value for member, value in row.items() if value is not None}, password


def _population(tenant: Tenant, call: Call, draft: Draft | None) -> dict[str, Any]:
    """The population that the body names, or the default one."""
    rows = tenant.rows("populations", call.environment_id)
    if draft is None:
        return {"id": next((row["id"] for row in rows if row["default"]), None)}
    key = draft.text("id", required=True)
    if key is not None and all(row["id"] != key for row in rows):
        draft.complain("INVALID_VALUE", "id", "is not a population of this environment")
    return {"id": key}


def _password(call: Call, draft: Draft) -> str | None:
    if not _is(call, IMPORT):
        return None
    inner = draft.inner("password")
    return inner.text("value", required=True) if inner else None
