"""Gateways: the PingOne side of a PingFederate, PingAccess or LDAP connection."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from fakes.pingone.credentials import brief, of_gateway
from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer
from fakes.pingone.seeds import assignment

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

_SUB_RESOURCES = ("credentials", "instances", "roleAssignments")
_OBJECTS = frozenset({"davinci"})
_ARRAYS = frozenset({"serversHostAndPort", "radiusClients"})


def get_gateways(tenant: Tenant, call: Call) -> Answer:
    """The environment's gateways."""
    rows = tenant.rows("gateways", call.environment_id)
    items = [_shown(tenant, row) for row in rows]
    return tenant.collection("gateways", items, call.environment_id, "gateways")


def add_gateway(tenant: Tenant, call: Call) -> Answer:
    """A new gateway; a PING_FEDERATE one has roles from who makes it (201)."""
    row = _drafted(tenant, call, None)
    row = {"id": tenant.new_id(), "environment": {"id": call.environment_id}, **row}
    tenant.table("gateways").put(row["id"], row)
    if row["type"] == "PING_FEDERATE":
        _inherit(tenant, row, call.actor)
    return Answer(201, _shown(tenant, row))


def get_gateway(tenant: Tenant, call: Call) -> Answer:
    """One gateway."""
    return Answer(200, _shown(tenant, _gateway(tenant, call)))


def update_gateway(tenant: Tenant, call: Call) -> Answer:
    """The gateway, replaced; its type stays."""
    old = _gateway(tenant, call)
    kept = {"id": old["id"], "environment": old["environment"]}
    if not tenant.behaviour.update_replaces:
        kept = dict(old)
    row = tenant.table("gateways").put(old["id"], {**kept, **_drafted(tenant, call, old)})
    return Answer(200, _shown(tenant, row))


def delete_gateway(tenant: Tenant, call: Call) -> Answer:
    """204: the gateway, its credentials and its roles are gone."""
    row = _gateway(tenant, call)
    answer = tenant.forget("gateways", row["id"])
    if row["id"] not in tenant.table("gateways"):
        for credential in of_gateway(tenant, row["id"]):
            tenant.table("credentials").delete(credential["id"])
        tenant.table("roleAssignments").delete(row["id"])
    return answer


def get_gateway_instances(tenant: Tenant, call: Call) -> Answer:
    """Instances that hold a socket open: none, for a PingFederate kind of gateway has none."""
    row = _gateway(tenant, call)
    path = (call.environment_id, "gateways", row["id"], "instances")
    return tenant.collection("gatewayInstances", [], *path)


def get_gateway_role_assignments(tenant: Tenant, call: Call) -> Answer:
    """The gateway's roles."""
    row = _gateway(tenant, call)
    path = (call.environment_id, "gateways", row["id"], "roleAssignments")
    items = [
        {
            "id": one["id"],
            "environment": row["environment"],
            "role": one["role"],
            "scope": one["scope"],
            "readOnly": False,
        }
        for one in tenant.assignments(row["id"])
    ]
    return tenant.collection("roleAssignments", items, *path)


def _gateway(tenant: Tenant, call: Call) -> Row:
    return tenant.row("gateways", call.ids[1], call.environment_id)


def _shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    path = ("gateways", row["id"])
    links = tenant.links(row["environment"]["id"], *path, more=_SUB_RESOURCES)
    secrets = tenant.behaviour.gateway_secrets
    body = {"_links": links, **{name: row[name] for name in row if name not in secrets}}
    if tenant.behaviour.credentials_embedded:
        credentials = [brief(one) for one in of_gateway(tenant, row["id"])]
        if credentials:
            body["credentials"] = credentials
    return body


def _drafted(tenant: Tenant, call: Call, old: Row | None) -> dict[str, Any]:
    """What the body says of a gateway, checked; raises the refusal that tells everything."""
    behaviour, complaints = tenant.behaviour, Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    row: dict[str, Any] = {
        "name": draft.text("name", required=True, limit=behaviour.gateway_name_limit),
        "description": draft.text("description", limit=behaviour.description_limit),
        "type": draft.choice("type", behaviour.gateway_types, required=True),
        "enabled": draft.flag("enabled", required=True),
    }
    _check_name(tenant, draft, row["name"], call.environment_id, old)
    if old and behaviour.gateway_type_immutable and row["type"] not in (None, old["type"]):
        draft.complain("INVALID_VALUE", "type", "cannot be changed", allowedValues=[old["type"]])
    row.update(_of_type(tenant, draft, row["type"]))
    complaints.settle()
    return {name: value for name, value in row.items() if value is not None}


def _check_name(
    tenant: Tenant, draft: Draft, name: str | None, environment_id: str, old: Row | None
) -> None:
    behaviour = tenant.behaviour
    if name is None:
        return
    if behaviour.gateway_name_characters and not all(_is_name_character(one) for one in name):
        draft.complain("INVALID_VALUE", "name", "may hold letters, digits, marks, / . ' _ - only")
    if ("update" if old else "create") not in behaviour.gateway_name_unique_on:
        return
    for row in tenant.rows("gateways", environment_id):
        if row["name"] == name and row is not old:
            message = "must be unique in the environment"
            draft.complain("UNIQUENESS_VIOLATION", "name", message, existingId=row["id"])


def _is_name_character(one: str) -> bool:
    return one in "/.'_ -" or unicodedata.category(one)[0] in "LMN"


def _of_type(tenant: Tenant, draft: Draft, kind: str | None) -> dict[str, Any]:
    """The members that a type needs beside the common ones."""
    needed = dict(tenant.behaviour.gateway_type_members).get(kind or "", ())
    return {name: _needed(draft, name) for name in needed}


def _needed(draft: Draft, name: str) -> Any:
    if name in _ARRAYS:
        return draft.items(name, required=True) or None
    if name in _OBJECTS:
        inner = draft.inner(name, required=True)
        return inner.body if inner else None
    return draft.text(name, required=True)


def _inherit(tenant: Tenant, row: Row, creator: str) -> None:
    """Roles of the creator in this environment, of the kinds that a gateway takes over."""
    environment_id, wanted = row["environment"]["id"], tenant.behaviour.inherited_roles
    taken = [
        assignment(tenant.new_id(), {**one["role"], "name": one["name"]}, environment_id)
        for one in tenant.assignments(creator)
        if one["name"] in wanted and one["scope"]["id"] == environment_id
    ]
    if taken:
        tenant.table("roleAssignments").put(row["id"], {"assignments": taken})
