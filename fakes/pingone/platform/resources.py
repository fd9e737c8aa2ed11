"""Resources, and their scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    items = [_scope_shown(tenant, row) for row in scopes_of(tenant, resource)]
    path = (call.environment_id, "resources", resource["id"], "scopes")
    return tenant.collection("scopes", items, *path)


def add_resource_scope(tenant: Tenant, call: Call) -> Answer:
    """A new scope of a custom resource (201)."""
    resource, now = custom_resource(tenant, call), tenant.now()
    given = {
        "id": tenant.new_id(),
        "environment": resource["environment"],
        "resource": {"id": resource["id"]},
    }
    row = {**given, **_scope_drafted(tenant, call, resource), "createdAt": now, "updatedAt": now}
    return tenant.created("scopes", _scope_shown(tenant, tenant.save("scopes", row)))


def get_resource_scope(tenant: Tenant, call: Call) -> Answer:
    """One scope."""
    return Answer(200, _scope_shown(tenant, _scope(tenant, call, resource_of(tenant, call))))


def update_resource_scope(tenant: Tenant, call: Call) -> Answer:
    """The scope of a custom resource, replaced."""
    resource = custom_resource(tenant, call)
    old = _scope(tenant, call, resource)
    kept = {name: old[name] for name in ("id", "environment", "resource", "createdAt")}
    drafted = _scope_drafted(tenant, call, resource, old)
    row = {**kept, **drafted, "updatedAt": tenant.now()}
    return Answer(200, _scope_shown(tenant, tenant.save("scopes", row, old)))


def delete_resource_scope(tenant: Tenant, call: Call) -> Answer:
    """204: the scope is gone."""
    row = _scope(tenant, call, custom_resource(tenant, call))
    return tenant.forget("scopes", row["id"])


def _scope(tenant: Tenant, call: Call, resource: Row) -> Row:
    row = tenant.row("scopes", call.ids[2], call.environment_id)
    if row["resource"]["id"] != resource["id"]:
        raise not_found(tenant.behaviour)
    return row


def _scope_drafted(
    tenant: Tenant, call: Call, resource: Row, old: Row | None = None
) -> dict[str, Any]:
    """Name and description of a scope."""
    complaints = Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    name = draft.text("name", required=True, limit=256, pattern=r"[!#-\[\]-~]+")
    description = draft.text("description", limit=tenant.behaviour.description_limit)
    if any(row["name"] == name for row in scopes_of(tenant, resource) if row is not old):
        draft.complain("UNIQUENESS_VIOLATION", "name", "must be unique")
    complaints.settle()
    return {"name": name, **({"description": description} if description else {})}


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


def scopes_of(tenant: Tenant, resource: Row) -> list[Row]:
    """The scopes of a resource."""
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


def _shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    path = (row["environment"]["id"], "resources", row["id"])
    links = tenant.links(*path, more=("scopes", "attributes", "secret"))
    return {"_links": links, **{name: row[name] for name in row if name not in _SECRETS}}


def _scope_shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    path = ("resources", row["resource"]["id"], "scopes", row["id"])
    return {"_links": tenant.links(row["environment"]["id"], *path), **row}
