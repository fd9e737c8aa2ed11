"""Gateways: the PingOne side of a PingFederate, PingAccess or LDAP connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, bad_parameter
from fakes.pingone.platform import assignments, instances
from fakes.pingone.platform.credentials import brief, of_gateway, repeated

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

_SUB_RESOURCES = ("credentials", "instances", "roleAssignments")
_OBJECTS = frozenset({"davinci"})
_ARRAYS = frozenset({"serversHostAndPort", "radiusClients"})


def get_gateways(tenant: Tenant, call: Call) -> Answer:
    """The environment's gateways; expand=instances shows these as well."""
    rows = tenant.rows("gateways", call.environment_id)
    items = [_shown(tenant, row, "list") for row in rows]
    expanded = call.request.query_values().get("expand")
    if expanded == "instances":
        items = [
            {**item, "_embedded": {"instances": instances.shown_of(tenant, row["id"])}}
            for item, row in zip(items, rows, strict=True)
        ]
    elif expanded is not None:
        raise bad_parameter("expand", "can be instances")
    return tenant.collection("gateways", items, call.environment_id, "gateways")


def add_gateway(tenant: Tenant, call: Call) -> Answer:
    """A new gateway; a PING_FEDERATE one has roles from who makes it (201)."""
    drafted, complaints = _drafted(tenant, call, None)
    if not tenant.refuses_late("gateways.create", complaints):
        complaints.settle()
    given = {"id": tenant.new_id(), "environment": {"id": call.environment_id}}
    row = tenant.save("gateways", {**given, **drafted})
    if row.get("type") == "PING_FEDERATE":
        _inherit(tenant, row, call.actor)
    complaints.settle()
    return tenant.created("gateways", _shown(tenant, row, "create"))


def get_gateway(tenant: Tenant, call: Call) -> Answer:
    """One gateway."""
    row = _gateway(tenant, call)
    headers = repeated(tenant, row["id"], "gateway")
    return Answer(200, _shown(tenant, row, "read"), headers)


def update_gateway(tenant: Tenant, call: Call) -> Answer:
    """The gateway, replaced; its type stays."""
    if call.ids[1] not in tenant.table("gateways") and (
        "gateways" in tenant.behaviour.update_creates
    ):
        return add_gateway(tenant, call)
    old, behaviour = _gateway(tenant, call), tenant.behaviour
    drafted, complaints = _drafted(tenant, call, old)
    if not tenant.refuses_late("gateways.update", complaints):
        complaints.settle()
    kept = {"id": old["id"], "environment": old["environment"]}
    kept = kept if "gateways" in behaviour.update_replaces else dict(old)
    row = tenant.save("gateways", {**kept, **drafted}, old)
    if behaviour.disabling_revokes and not row.get("enabled"):
        _end_credentials(tenant, old["id"])
    complaints.settle()
    return Answer(200, _shown(tenant, row, "update"))


def delete_gateway(tenant: Tenant, call: Call) -> Answer:
    """204: the gateway, its credentials and its roles are gone."""
    row = _gateway(tenant, call)
    answer = tenant.forget("gateways", row["id"])
    if row["id"] not in tenant.table("gateways"):
        _end_credentials(tenant, row["id"])
        assignments.drop(tenant, row["id"])
        instances.drop(tenant, row["id"])
    return answer


def _end_credentials(tenant: Tenant, gateway_id: str) -> None:
    for credential in of_gateway(tenant, gateway_id):
        tenant.table("credentials").delete(credential["id"])


def _gateway(tenant: Tenant, call: Call) -> Row:
    return tenant.row("gateways", call.ids[1], call.environment_id)


def _shown(tenant: Tenant, row: Row, act: str) -> dict[str, Any]:
    behaviour, path = tenant.behaviour, ("gateways", row["id"])
    links = tenant.links(row["environment"]["id"], *path, more=_SUB_RESOURCES)
    secrets = behaviour.gateway_secrets
    body = {"_links": links, **{name: row[name] for name in row if name not in secrets}}
    if behaviour.credentials_embedded:
        credentials = [brief(one) for one in tenant.unlike.rows(of_gateway(tenant, row["id"]))]
        if credentials or behaviour.empty_credentials_shown:
            body["credentials"] = credentials
    return tenant.told("gateways", act, body)


def _drafted(tenant: Tenant, call: Call, old: Row | None) -> tuple[dict[str, Any], Complaints]:
    """What the body says of a gateway, and every complaint about it."""
    behaviour, complaints = tenant.behaviour, Complaints(tenant.behaviour)
    draft, act = Draft(call.body, complaints), "update" if old else "create"
    needed = behaviour.gateway_required if act in behaviour.gateway_required_on else ()
    fold = behaviour.gateway_type_any_case
    row: dict[str, Any] = {
        "name": draft.text("name", required="name" in needed, limit=behaviour.gateway_name_limit),
        "description": draft.text("description", limit=behaviour.description_limit),
        "type": draft.choice("type", behaviour.gateway_types, required="type" in needed, fold=fold),
        "enabled": draft.flag("enabled", required="enabled" in needed),
    }
    if act not in behaviour.enabled_kept_on:
        row["enabled"] = True
    _check_name(tenant, draft, row["name"], call.environment_id, old)
    if old and behaviour.gateway_type_immutable and row["type"] not in (None, old.get("type")):
        kept = [old.get("type")]
        draft.complain("INVALID_VALUE", "type", "cannot be changed", allowedValues=kept)
    row.update(_of_type(tenant, draft, row["type"]))
    chosen = {name: draft.body.get(name) for name in behaviour.client_chosen}
    row.update({name: value for name, value in chosen.items() if isinstance(value, str)})
    return {name: value for name, value in row.items() if value is not None}, complaints


def _check_name(
    tenant: Tenant, draft: Draft, name: str | None, environment_id: str, old: Row | None
) -> None:
    """The characters of the name, and whether it is free."""
    behaviour = tenant.behaviour
    draft.characters("name", name)
    if name is None or ("update" if old else "create") not in behaviour.gateway_name_unique_on:
        return
    for row in tenant.rows("gateways", environment_id):
        if row.get("name") == name and row is not old:
            message = "must be unique in the environment"
            draft.complain(behaviour.taken_name_code, "name", message, existingId=row["id"])


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
    places = [environment_id]
    if tenant.behaviour.inherited_everywhere:
        places = [str(key) for key in tenant.table("environments").rows]
    holder, organization_id = ("gateways", row["id"]), tenant.seeded.organization_id
    given = set()
    for one in assignments.of(tenant, creator):
        reaches = one["scope"]["id"] in (environment_id, organization_id)
        if one["name"] not in wanted or one["name"] in given or not reaches:
            continue
        given.add(one["name"])
        for place in places:
            role = {**one["role"], "name": one["name"]}
            assignments.grant(tenant, holder, environment_id, role, place)
