"""Attributes of custom resources: claims of their own in access tokens (resource attributes)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, not_found, not_implemented
from fakes.pingone.platform.resources import custom_resource, resource_of

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

TABLE = "resourceAttributes"
RESERVED = frozenset(
    {
        *("acr", "amr", "aud", "auth_time", "client_id", "env", "exp", "iat", "iss", "jti", "org"),
        *("p1.rid", "scope", "sid", "sub"),
    }
)
"""Core claims, which are not to be changed (token claims page; the list of names is assumed)."""

_USERS = re.compile(r"\$\{user\.([A-Za-z.]+)\}")


def get_resource_attributes(tenant: Tenant, call: Call) -> Answer:
    """The attributes of a resource."""
    resource = resource_of(tenant, call)
    items = [_shown(tenant, row) for row in _of(tenant, resource["id"])]
    path = (call.environment_id, "resources", resource["id"], "attributes")
    return tenant.collection("attributes", items, *path)


def add_resource_attribute(tenant: Tenant, call: Call) -> Answer:
    """A new claim of the tokens for a custom resource (201)."""
    resource, now = custom_resource(tenant, call), tenant.now()
    drafted = _drafted(tenant, call, resource)
    row = {
        "id": tenant.new_id(),
        "environment": resource["environment"],
        "resource": {"id": resource["id"]},
        "type": "CUSTOM",
        **drafted,
        "createdAt": now,
        "updatedAt": now,
    }
    return tenant.created("attributes", _shown(tenant, tenant.table(TABLE).put(row["id"], row)))


def get_resource_attribute(tenant: Tenant, call: Call) -> Answer:
    """One attribute."""
    return Answer(200, _shown(tenant, _attribute(tenant, call)))


def update_resource_attribute(tenant: Tenant, call: Call) -> Answer:
    """The attribute, replaced: tokens have the new claim from now on."""
    resource, old = custom_resource(tenant, call), _attribute(tenant, call)
    row = {**old, **_drafted(tenant, call, resource, old), "updatedAt": tenant.now()}
    return Answer(200, _shown(tenant, tenant.table(TABLE).put(row["id"], row)))


def delete_resource_attribute(tenant: Tenant, call: Call) -> Answer:
    """204: tokens have the claim no longer."""
    tenant.table(TABLE).delete(_attribute(tenant, call)["id"])
    return Answer(204, tenant.behaviour.deleted_body)


def _attribute(tenant: Tenant, call: Call) -> Row:
    row = tenant.row(TABLE, call.ids[2], call.environment_id)
    if row["resource"]["id"] != call.ids[1]:
        raise not_found(tenant.behaviour)
    return row


def _drafted(tenant: Tenant, call: Call, resource: Row, old: Row | None = None) -> dict[str, Any]:
    """Name and value of an attribute."""
    complaints = Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    name = draft.text("name", required=True, limit=256)
    value = draft.text("value", required=True)
    if name in RESERVED:
        draft.complain("INVALID_VALUE", "name", "is reserved")
    if any(row["name"] == name for row in _of(tenant, resource["id"]) if row is not old):
        draft.complain("UNIQUENESS_VIOLATION", "name", "must be unique")
    if value and "${" in value and not _USERS.fullmatch(value):
        raise not_implemented("expressions; write ${user.…} or a constant")
    complaints.settle()
    return {"name": name, "value": value}


def claims(tenant: Tenant, resource: Row | None, user_id: str | None) -> dict[str, Any]:
    """The claims that tokens for the resource have; a client's own has none that is a user's."""
    if resource is None:
        return {}
    user = tenant.table("users").get(user_id) if user_id is not None else None
    found = {row["name"]: _value(row["value"], user) for row in _of(tenant, resource["id"])}
    return {name: value for name, value in found.items() if value is not None}


def _value(value: str, user: Row | None) -> Any:
    """A constant, or what a path in the user leads to."""
    match = _USERS.fullmatch(value)
    if match is None:
        return value
    here: Any = user
    for step in match[1].split("."):
        here = here.get(step) if isinstance(here, dict) else None
    return here


def _of(tenant: Tenant, resource_id: str) -> list[Row]:
    return tenant.table(TABLE).named(_resource, resource_id)


def _resource(row: Row) -> Any:
    return row["resource"]["id"]


def _shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    path = ("resources", row["resource"]["id"], "attributes", row["id"])
    return {"_links": tenant.links(row["environment"]["id"], *path), **row}
