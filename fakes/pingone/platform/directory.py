"""Populations and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.platform import assignments, memberships
from fakes.pingone.platform.entities import Entity, check_name

if TYPE_CHECKING:
    from fakes.pingone.drafts import Complaints, Draft
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row


def population_of(row: Row) -> str | None:
    """The population that a user or group is of."""
    key: str | None = row.get("population", {}).get("id")
    return key


def read_population(tenant: Tenant, call: Call, draft: Draft, *, default: bool) -> Any:
    """The population that a body names; else the default one, where there is to be one."""
    inner = draft.inner("population")
    rows = tenant.rows("populations", call.environment_id)
    if inner is None:
        if not default:
            return None
        return {"id": next((row["id"] for row in rows if row["default"]), None)}
    key = inner.text("id", required=True)
    if key is not None and all(row["id"] != key for row in rows):
        inner.complain("INVALID_VALUE", "id", "is not a population of this environment")
    return {"id": key}


def _population(tenant: Tenant, call: Call, draft: Draft, old: Row | None) -> dict[str, Any]:
    behaviour = tenant.behaviour
    required = "populations" in behaviour.names_required_of
    row = {
        "name": draft.text("name", required=required, limit=256),
        "description": draft.text("description", limit=behaviour.description_limit),
        "default": bool(draft.flag("default")) or bool(old and old["default"]),
    }
    check_name(tenant, call, draft, "populations", row)
    return row


def _population_saved(tenant: Tenant, _: Call, row: Row) -> None:
    """One population is the default one, and no other."""
    if row["default"]:
        for other in tenant.rows("populations", row["environment"]["id"]):
            if other["default"] and other["id"] != row["id"]:
                tenant.table("populations").put(other["id"], {**other, "default": False})


def _population_made(tenant: Tenant, call: Call, row: Row) -> None:
    """Who made it has a role there (built-in roles page, automatic role assignments)."""
    name = tenant.behaviour.creator_role_of_population
    role = tenant.table("roles").get(name)
    here = {row["environment"]["id"], tenant.seeded.organization_id}
    covered = any(
        one["name"] == name and one["scope"]["id"] in here
        for one in assignments.of(tenant, call.actor)
    )
    if role is not None and not covered:
        holder = (assignments.kind_of(tenant, call.actor), call.actor)
        home = assignments.environment_of(tenant, holder)
        assignments.grant(tenant, holder, home, role, row["id"], "POPULATION")


def _population_guard(tenant: Tenant, row: Row, complaints: Complaints) -> None:
    if row["default"] and tenant.behaviour.default_population_kept:
        complaints.add("CONSTRAINT_VIOLATION", "id", "the default population cannot be deleted")
    users = tenant.rows("users", row["environment"]["id"])
    if tenant.behaviour.full_population_kept and any(
        population_of(user) == row["id"] for user in users
    ):
        complaints.add("CONSTRAINT_VIOLATION", "id", "the population has users")


def _population_gone(tenant: Tenant, _: Call, row: Row) -> None:
    assignments.drop_scope(tenant, row["id"])


def _group(tenant: Tenant, call: Call, draft: Draft, _: Row | None) -> dict[str, Any]:
    data, required = draft.inner("customData"), "groups" in tenant.behaviour.names_required_of
    row = {
        "name": draft.text("name", required=required, limit=1024),
        "description": draft.text("description", limit=tenant.behaviour.description_limit),
        "externalId": draft.text("externalId"),
        "population": read_population(tenant, call, draft, default=False),
        "customData": data.body if data else None,
    }
    check_name(tenant, call, draft, "groups", row)
    return row


def _group_gone(tenant: Tenant, _: Call, row: Row) -> None:
    assignments.drop(tenant, row["id"])
    memberships.dissolve(tenant, row["id"])


def _itself(row: Row) -> str:
    key: str = row["id"]
    return key


POPULATIONS = Entity(
    "populations",
    _population,
    population=_itself,
    guard=_population_guard,
    made=_population_made,
    saved=_population_saved,
    gone=_population_gone,
)
GROUPS = Entity("groups", _group, ("roleAssignments",), population=population_of, gone=_group_gone)
