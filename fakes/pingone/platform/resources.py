"""Resources, their scopes, and the grants by which applications may ask for these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.auth.scopes import of_application
from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, not_found
from fakes.pingone.platform.applications import METHODS, new_secret, rotated, secret_shown

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

_SECRETS = frozenset({"secret", "previous"})


def get_resources(tenant: Tenant, call: Call) -> Answer:
    """The environment's resources: PingOne's own, and custom ones."""
    items = [_shown(tenant, row) for row in tenant.rows("resources", call.environment_id)]
    return tenant.collection("resources", items, call.environment_id, "resources")


def add_resource(tenant: Tenant, call: Call) -> Answer:
    """A new custom resource with a secret of its own (201)."""
    row, now = _drafted(tenant, call, None), tenant.now()
    given = {"id": tenant.new_id(), "environment": {"id": call.environment_id}, "type": "CUSTOM"}
    dates = {"createdAt": now, "updatedAt": now, "secret": new_secret(tenant)}
    saved = tenant.save("resources", {**given, **row, **dates})
    return tenant.created("resources", _shown(tenant, saved))


def get_resource(tenant: Tenant, call: Call) -> Answer:
    """One resource, without its secret."""
    return Answer(200, _shown(tenant, resource_of(tenant, call)))


def update_resource(tenant: Tenant, call: Call) -> Answer:
    """The custom resource, replaced; its secret stays."""
    old = custom_resource(tenant, call)
    names = ("id", "environment", "type", "createdAt", *_SECRETS)
    kept = {name: old[name] for name in names if name in old}
    row = {**kept, **_drafted(tenant, call, old), "updatedAt": tenant.now()}
    return Answer(200, _shown(tenant, tenant.save("resources", row, old)))


def delete_resource(tenant: Tenant, call: Call) -> Answer:
    """204: the custom resource, all that is its own, and what was granted of it are gone."""
    row = custom_resource(tenant, call)
    for table in ("scopes", "grants", "resourceAttributes"):
        for one in tenant.rows(table, call.environment_id):
            if one["resource"]["id"] == row["id"]:
                tenant.table(table).delete(one["id"])
    return tenant.forget("resources", row["id"])


def get_resource_secret(tenant: Tenant, call: Call) -> Answer:
    """The secret with which the resource introspects tokens."""
    return Answer(200, secret_shown(tenant, custom_resource(tenant, call)))


def rotate_resource_secret(tenant: Tenant, call: Call) -> Answer:
    """A new secret (200)."""
    return rotated(tenant, call, "resources", custom_resource(tenant, call))


def get_resource_scopes(tenant: Tenant, call: Call) -> Answer:
    """The scopes of a resource."""
    resource = resource_of(tenant, call)
    items = [_scope_shown(tenant, row) for row in _scopes(tenant, resource)]
    path = (call.environment_id, "resources", resource["id"], "scopes")
    return tenant.collection("scopes", items, *path)


def add_resource_scope(tenant: Tenant, call: Call) -> Answer:
    """A new scope of a custom resource (201)."""
    resource, now = custom_resource(tenant, call), tenant.now()
    complaints = Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    name = draft.text("name", required=True, limit=256, pattern=r"[!#-\[\]-~]+")
    description = draft.text("description", limit=tenant.behaviour.description_limit)
    if any(row["name"] == name for row in _scopes(tenant, resource)):
        draft.complain("UNIQUENESS_VIOLATION", "name", "must be unique")
    complaints.settle()
    row = {
        "id": tenant.new_id(),
        "environment": resource["environment"],
        "resource": {"id": resource["id"]},
        "name": name,
        **({"description": description} if description else {}),
        "createdAt": now,
        "updatedAt": now,
    }
    return tenant.created("scopes", _scope_shown(tenant, tenant.save("scopes", row)))


def delete_resource_scope(tenant: Tenant, call: Call) -> Answer:
    """204: the scope is gone."""
    resource = custom_resource(tenant, call)
    row = tenant.row("scopes", call.ids[2], call.environment_id)
    if row["resource"]["id"] != resource["id"]:
        raise not_found(tenant.behaviour)
    return tenant.forget("scopes", row["id"])


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


def delete_application_grant(tenant: Tenant, call: Call) -> Answer:
    """204: the application has these scopes no longer."""
    row = tenant.row("grants", call.ids[2], call.environment_id)
    if row["application"]["id"] != call.ids[1]:
        raise not_found(tenant.behaviour)
    return tenant.forget("grants", row["id"])


def resource_of(tenant: Tenant, call: Call) -> Row:
    """The resource in the path."""
    return tenant.row("resources", call.ids[1], call.environment_id)


def custom_resource(tenant: Tenant, call: Call) -> Row:
    """A resource that is not PingOne's own, which nobody changes."""
    row, complaints = resource_of(tenant, call), Complaints(tenant.behaviour)
    if row["type"] != "CUSTOM":
        complaints.add("CONSTRAINT_VIOLATION", "type", "a resource of PingOne cannot be changed")
    complaints.settle()
    return row


def _scopes(tenant: Tenant, resource: Row) -> list[Row]:
    return tenant.table("scopes").named(_of_resource, resource["id"])


def _of_resource(scope: Row) -> Any:
    return scope["resource"]["id"]


def _drafted(tenant: Tenant, call: Call, old: Row | None) -> dict[str, Any]:
    behaviour, complaints = tenant.behaviour, Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    row = {
        "name": draft.text("name", required=True, limit=256),
        "description": draft.text("description", limit=behaviour.description_limit),
        "audience": draft.text("audience", limit=256, pattern=r"[^#\s]+"),
        "accessTokenValiditySeconds": draft.number("accessTokenValiditySeconds", 300, 2_592_000),
        "introspectEndpointAuthMethod": draft.choice("introspectEndpointAuthMethod", METHODS),
    }
    others = [one for one in tenant.rows("resources", call.environment_id) if one is not old]
    if any(one["name"] == row["name"] for one in others):
        draft.complain("UNIQUENESS_VIOLATION", "name", "must be unique")
    told = (row["audience"] or "").lower()
    if "pingone" in told or "pingidentity" in told:
        draft.complain("INVALID_VALUE", "audience", "must not hold pingone or pingidentity")
    complaints.settle()
    defaults = {"audience": row["name"], "accessTokenValiditySeconds": 3600}
    defaults["introspectEndpointAuthMethod"] = "CLIENT_SECRET_BASIC"
    return defaults | {name: value for name, value in row.items() if value is not None}


def _grant_drafted(tenant: Tenant, call: Call, application: Row) -> dict[str, Any]:
    """The resource and the scopes of a grant; every one exists, and no other grant is of it."""
    complaints = Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    inner = draft.inner("resource", required=True)
    key = inner.text("id", required=True) if inner else None
    resource = tenant.table("resources").get(key or "")
    here = resource is not None and resource["environment"] == application["environment"]
    if inner is not None and key is not None and not here:
        inner.complain("INVALID_VALUE", "id", "is not a resource of this environment")
    known = {row["id"] for row in _scopes(tenant, resource)} if resource and here else set()
    wanted = []
    for scope in draft.inners("scopes", required=True, limit=100):
        scope_id = scope.text("id", required=True)
        if scope_id is not None and here and scope_id not in known:
            scope.complain("INVALID_VALUE", "id", "is not a scope of the resource")
        wanted.append({"id": scope_id})
    granted = tenant.table("grants").named(of_application, application["id"])
    if any(row["resource"]["id"] == key for row in granted):
        draft.complain("UNIQUENESS_VIOLATION", "resource", "is granted to this application")
    complaints.settle()
    return {"resource": {"id": key}, "scopes": wanted}


def _shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    path = (row["environment"]["id"], "resources", row["id"])
    links = tenant.links(*path, more=("scopes", "attributes", "secret"))
    return {"_links": links, **{name: row[name] for name in row if name not in _SECRETS}}


def _scope_shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    path = ("resources", row["resource"]["id"], "scopes", row["id"])
    return {"_links": tenant.links(row["environment"]["id"], *path), **row}


def _grant_shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    path = ("applications", row["application"]["id"], "grants", row["id"])
    return {"_links": tenant.links(row["environment"]["id"], *path), **row}
