"""Environments: seen by whoever has a role there, made by who manages the organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.clock import iso
from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, forbidden, invalid_data, not_found
from fakes.pingone.platform import assignments, bills, rights
from fakes.pingone.platform.directory_seeds import directory
from fakes.pingone.platform.lists import Listing, answered
from fakes.pingone.protect.seeds import default_policy_set, default_predictors
from fakes.pingone.regions import region_of
from fakes.seed import Stream

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

TYPES = ("PRODUCTION", "SANDBOX")
_DAY_S = 86_400


def get_environments(tenant: Tenant, call: Call) -> Answer:
    """The environments in which the actor has a role."""
    listed = tenant.behaviour.environments_listed
    rows = [
        row
        for row in tenant.table("environments")
        if listed == "all" or rights.sees(tenant, call.actor, row["id"])
    ]

    def show(row: Row) -> dict[str, Any]:
        return _shown(tenant, row, "list")

    return answered(tenant, call, Listing("environments", rows, show, ("environments",)))


def get_environment(tenant: Tenant, call: Call) -> Answer:
    """One environment; 404 where it does not exist, 403 where the actor has no role."""
    row = _environment(tenant, call)
    rights.admit(tenant, call.actor, call.request, call.ids)
    return Answer(200, _shown(tenant, row, "read"))


def add_environment(tenant: Tenant, call: Call) -> Answer:
    """A new environment (201), with all that one has, for an Organization Admin."""
    behaviour, now = tenant.behaviour, tenant.now()
    if "Organization Admin" not in rights.organization_roles(tenant, call.actor):
        raise forbidden(behaviour, behaviour.forbidden_status)
    drafted, products = _drafted(tenant, call, None)
    given = {"id": tenant.new_id(), "organization": {"id": tenant.seeded.organization_id}}
    row = {**given, **drafted, "status": "ACTIVE", "createdAt": now, "updatedAt": now}
    tenant.save("environments", row)
    _furnish(tenant, row["id"], products, now)
    _give_roles(tenant, call.actor, row["id"])
    return tenant.created("environments", _shown(tenant, row, "create"))


def update_environment(tenant: Tenant, call: Call) -> Answer:
    """The environment, replaced; its region and type stay."""
    old = _environment(tenant, call)
    rights.admit(tenant, call.actor, call.request, call.ids)
    drafted, products = _drafted(tenant, call, old)
    if products is not None:
        tenant.table(bills.TABLE).put(old["id"], products)
    names = ("id", "organization", "status", "createdAt", "softDeletedAt", "hardDeletedAllowedAt")
    kept = {name: old[name] for name in names if name in old}
    row = tenant.save("environments", {**kept, **drafted, "updatedAt": tenant.now()}, old)
    return Answer(200, _shown(tenant, row, "update"))


def update_environment_status(tenant: Tenant, call: Call) -> Answer:
    """ACTIVE, or DELETE_PENDING: on its way to being deleted (200)."""
    old, complaints = _environment(tenant, call), Complaints(tenant.behaviour)
    states = ("ACTIVE", "DELETE_PENDING")
    status = Draft(call.body, complaints).choice("status", states, required=True)
    complaints.settle()
    now_s = tenant.clock.now_s()
    row = {name: old[name] for name in old if name not in ("softDeletedAt", _ALLOWED)}
    row |= {"status": status, "updatedAt": tenant.now()}
    if status == "DELETE_PENDING":
        allowed_s = now_s + tenant.behaviour.hard_delete_after_days * _DAY_S
        row |= {"softDeletedAt": iso(now_s), _ALLOWED: iso(allowed_s)}
    return Answer(200, _shown(tenant, tenant.save("environments", row, old), "update"))


def delete_environment(tenant: Tenant, call: Call) -> Answer:
    """204: the environment and everything in it are gone, and so are the roles there."""
    row, behaviour = _environment(tenant, call), tenant.behaviour
    rights.admit(tenant, call.actor, call.request, call.ids)
    pending = row["status"] == "DELETE_PENDING"
    if row["type"] == "PRODUCTION" and not pending and not behaviour.production_deleted_at_once:
        complaints = Complaints(behaviour)
        complaints.add("CONSTRAINT_VIOLATION", "status", "must be DELETE_PENDING first")
        raise invalid_data(behaviour, complaints.found)
    for table in list(tenant.store.tables.values()):
        for key, one in list(table.rows.items()):
            if one.get("environment", {}).get("id") == row["id"]:
                table.delete(key)
    for scoped in list(tenant.table(assignments.TABLE)):
        if rights.home_of(tenant, scoped["scope"]) in (None, row["id"]):
            tenant.table(assignments.TABLE).delete(scoped["id"])
    return tenant.forget("environments", row["id"])


_ALLOWED = "hardDeletedAllowedAt"


def _environment(tenant: Tenant, call: Call) -> Row:
    row = tenant.table("environments").get(call.environment_id)
    if row is None:
        raise not_found(tenant.behaviour, tenant.behaviour.environment_missing_status)
    return row


def _drafted(
    tenant: Tenant, call: Call, old: Row | None
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What the body says of an environment, and its bill of materials where it has one."""
    behaviour, complaints = tenant.behaviour, Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    row = {
        "name": draft.text("name", required=True, limit=256),
        "description": draft.text("description", limit=behaviour.description_limit),
        "icon": draft.text("icon", pattern=r"https?://\S+"),
        "type": draft.choice("type", TYPES, required=True),
        "license": _license(tenant, draft),
    }
    for other in tenant.table("environments"):
        if other["name"] == row["name"] and other is not old and behaviour.environment_name_unique:
            draft.complain("UNIQUENESS_VIOLATION", "name", "must be unique in the organization")
    region = draft.choice("region", behaviour.environment_regions, required=True)
    here = region_of(tenant.hosts.api).code
    if region is not None and region != here and behaviour.region_of_hosts_only:
        draft.complain("INVALID_VALUE", "region", "is not that of this host", allowedValues=[here])
    if old is not None and row["type"] not in (None, old["type"]):
        draft.complain("INVALID_VALUE", "type", "cannot be changed", allowedValues=[old["type"]])
    inner = draft.inner("billOfMaterials")
    products = None if inner is None else bills.read(inner)
    complaints.settle()
    return {name: value for name, value in row.items() if value is not None}, products


def _license(tenant: Tenant, draft: Draft) -> dict[str, str] | None:
    inner = draft.inner("license", required=True)
    key = inner.text("id", required=True) if inner else None
    if inner is not None and key is not None and key not in tenant.table("licenses"):
        inner.complain("INVALID_VALUE", "id", "is not a licence of the organization")
    return None if key is None else {"id": key}


def _furnish(tenant: Tenant, key: str, bill: dict[str, Any] | None, now: str) -> None:
    """What every new environment has (its keys come when they are first asked for)."""
    stream = Stream(tenant.seed, f"pingone/environment/{key}")
    for table, rows in directory(stream, [key], now).items():
        for row in rows.values():
            tenant.table(table).put(row["id"], row)
    tenant.table(bills.TABLE).put(key, bills.first(key) if bill is None else bill | _of(key))
    if rights.is_licensed(tenant, key):
        for row in default_predictors(stream, key, now):
            tenant.table("riskPredictors").put(row["id"], row)
        policy_set = default_policy_set(stream, key, now)
        tenant.table("riskPolicySets").put(policy_set["id"], policy_set)


def _of(key: str) -> dict[str, Any]:
    return {"environment": {"id": key}}


def _give_roles(tenant: Tenant, actor: str, key: str) -> None:
    """Who makes an environment has roles in it, unless in the whole organization already."""
    holder = (assignments.kind_of(tenant, actor), actor)
    home = assignments.environment_of(tenant, holder)
    held = rights.organization_roles(tenant, actor)
    for name in tenant.behaviour.creator_roles:
        if name not in held:
            role = tenant.table("roles").rows[name]
            assignments.grant(tenant, holder, home, role, key)


def _shown(tenant: Tenant, row: Row, act: str) -> dict[str, Any]:
    whole = {**row, "region": region_of(tenant.hosts.api).code}
    members = {name: whole[name] for name in tenant.behaviour.environment_members if name in whole}
    here = {"href": tenant.url(row["id"])}
    bill = {"href": tenant.url(row["id"], "billOfMaterials")}
    links = {"self": here, "billOfMaterials": bill}
    return tenant.told("environments", act, {"_links": links, **members})
