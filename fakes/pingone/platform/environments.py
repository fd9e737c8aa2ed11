"""Environments as a token sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.errors import Answer, bad_parameter, forbidden, not_found, not_implemented
from fakes.pingone.platform.credentials import region_code

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row


def get_environments(tenant: Tenant, call: Call) -> Answer:
    """The environments in which the actor has a role."""
    _checked(call)
    listed = tenant.behaviour.environments_listed
    rows = (
        row
        for row in tenant.table("environments")
        if listed == "all" or _has_role(tenant, call.actor, row["id"])
    )
    return tenant.collection("environments", [_shown(tenant, row, "list") for row in rows])


def get_environment(tenant: Tenant, call: Call) -> Answer:
    """One environment; 404 where it does not exist, 403 where the actor has no role."""
    row = tenant.table("environments").get(call.environment_id)
    if row is None:
        raise not_found(tenant.behaviour, tenant.behaviour.environment_missing_status)
    admit(tenant, call.actor, call.environment_id, call.request.method)
    return Answer(200, _shown(tenant, row, "read"))


def _has_role(tenant: Tenant, actor: str, environment_id: str) -> bool:
    """Whether the actor has a role in the environment."""
    scope = {"id": environment_id, "type": "ENVIRONMENT"}
    return any(one["scope"] == scope for one in tenant.assignments(actor))


def admit(tenant: Tenant, actor: str, environment_id: str, method: str) -> None:
    """Nothing, where the actor has a role in the environment; otherwise raises the refusal."""
    behaviour = tenant.behaviour
    if environment_id not in tenant.table("environments"):
        if method in behaviour.missing_environment_refused_on:
            raise forbidden(behaviour, behaviour.missing_environment_status)
    elif method in behaviour.roles_checked_on and not _has_role(tenant, actor, environment_id):
        raise forbidden(behaviour, behaviour.forbidden_status)


def _checked(call: Call) -> None:
    """Query parameters: a limit is looked at; filters and pages are beyond this fake."""
    query = call.request.query_values()
    for name in ("filter", "cursor", "order", "expand", "include"):
        if name in query:
            raise not_implemented(f"the query parameter {name} of environments")
    limit = query.get("limit", "1")
    if not (limit.isascii() and limit.isdigit() and int(limit[:9]) > 0):
        raise bad_parameter("limit", "must be a number above 0")


def _shown(tenant: Tenant, row: Row, act: str) -> dict[str, Any]:
    whole = {**row, "region": region_code(tenant.hosts.api)}
    members = {name: whole[name] for name in tenant.behaviour.environment_members}
    links = {"self": {"href": tenant.url(row["id"])}}
    return tenant.told("environments", act, {"_links": links, **members})
