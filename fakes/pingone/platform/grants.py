"""Grants: the scopes of resources that an application may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.auth.scopes import of_application
from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, not_found
from fakes.pingone.platform.resources import scopes_of

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row


def get_application_grants(tenant: Tenant, call: Call) -> Answer:
    """What an application was granted."""
    application = tenant.row("applications", call.ids[1], call.environment_id)
    rows = tenant.table("grants").named(of_application, application["id"])
    path = (call.environment_id, "applications", application["id"], "grants")
    return tenant.collection("grants", [_grant_shown(tenant, row) for row in rows], *path)


def add_application_grant(tenant: Tenant, call: Call) -> Answer:
    """Scopes of one resource, granted to an application (201)."""
    application = tenant.row("applications", call.ids[1], call.environment_id)
    row = _grant_drafted(tenant, call, application)
    given = {"id": tenant.new_id(), "environment": application["environment"]}
    of = {"application": {"id": application["id"]}, "createdAt": tenant.now()}
    saved = tenant.save("grants", {**given, **of, **row, "updatedAt": tenant.now()})
    return tenant.created("grants", _grant_shown(tenant, saved))


def get_application_grant(tenant: Tenant, call: Call) -> Answer:
    """One grant."""
    return Answer(200, _grant_shown(tenant, _grant(tenant, call)))


def update_application_grant(tenant: Tenant, call: Call) -> Answer:
    """The grant, replaced: other scopes, or another resource."""
    old = _grant(tenant, call)
    application = tenant.row("applications", call.ids[1], call.environment_id)
    kept = {name: old[name] for name in ("id", "environment", "application", "createdAt")}
    drafted = _grant_drafted(tenant, call, application, old)
    row = {**kept, **drafted, "updatedAt": tenant.now()}
    return Answer(200, _grant_shown(tenant, tenant.save("grants", row, old)))


def delete_application_grant(tenant: Tenant, call: Call) -> Answer:
    """204: the application has these scopes no longer."""
    return tenant.forget("grants", _grant(tenant, call)["id"])


def _grant(tenant: Tenant, call: Call) -> Row:
    row = tenant.row("grants", call.ids[2], call.environment_id)
    if row["application"]["id"] != call.ids[1]:
        raise not_found(tenant.behaviour)
    return row


def _grant_drafted(
    tenant: Tenant, call: Call, application: Row, old: Row | None = None
) -> dict[str, Any]:
    """The resource and the scopes of a grant; every one exists, and no other grant is of it."""
    complaints = Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    inner = draft.inner("resource", required=True)
    key = inner.text("id", required=True) if inner else None
    resource = tenant.table("resources").get(key or "")
    here = resource is not None and resource["environment"] == application["environment"]
    if inner is not None and key is not None and not here:
        inner.complain("INVALID_VALUE", "id", "is not a resource of this environment")
    known = {row["id"] for row in scopes_of(tenant, resource)} if resource and here else set()
    wanted = []
    for scope in draft.inners("scopes", required=True, limit=100):
        scope_id = scope.text("id", required=True)
        if scope_id is not None and here and scope_id not in known:
            scope.complain("INVALID_VALUE", "id", "is not a scope of the resource")
        wanted.append({"id": scope_id})
    granted = tenant.table("grants").named(of_application, application["id"])
    if any(row["resource"]["id"] == key for row in granted if row is not old):
        draft.complain("UNIQUENESS_VIOLATION", "resource", "is granted to this application")
    complaints.settle()
    return {"resource": {"id": key}, "scopes": wanted}


def _grant_shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    path = ("applications", row["application"]["id"], "grants", row["id"])
    return {"_links": tenant.links(row["environment"]["id"], *path), **row}
