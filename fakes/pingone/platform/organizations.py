"""The organization, its licences, and the roles that there are: read only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.errors import Answer, forbidden, not_found
from fakes.pingone.platform import assignments
from fakes.pingone.platform.lists import Listing, answered

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row


def get_organizations(tenant: Tenant, call: Call) -> Answer:
    """The organization, for whoever has a role in it."""
    rows = list(tenant.table("organizations")) if assignments.of(tenant, call.actor) else []
    return _listed(tenant, call, "organizations", rows, ("organizations",))


def get_organization(tenant: Tenant, call: Call) -> Answer:
    """One organization."""
    return Answer(200, _shown(tenant, _organization(tenant, call), ("organizations",)))


def get_licenses(tenant: Tenant, call: Call) -> Answer:
    """The licences of an organization."""
    organization = _organization(tenant, call)
    path = ("organizations", organization["id"], "licenses")
    return _listed(tenant, call, "licenses", list(tenant.table("licenses")), path)


def get_license(tenant: Tenant, call: Call) -> Answer:
    """One licence."""
    organization = _organization(tenant, call)
    row = tenant.table("licenses").get(call.ids[1])
    if row is None:
        raise not_found(tenant.behaviour)
    return Answer(200, _shown(tenant, row, ("organizations", organization["id"], "licenses")))


def get_roles(tenant: Tenant, call: Call) -> Answer:
    """The built-in roles."""
    return _listed(tenant, call, "roles", list(tenant.table("roles")), ("roles",))


def get_role(tenant: Tenant, call: Call) -> Answer:
    """One built-in role."""
    row = next((one for one in tenant.table("roles") if one["id"] == call.ids[0]), None)
    if row is None:
        raise not_found(tenant.behaviour)
    return Answer(200, _shown(tenant, row, ("roles",)))


def _organization(tenant: Tenant, call: Call) -> Row:
    """The organization of the path, for whoever has a role in it."""
    row = tenant.table("organizations").get(call.ids[0])
    if not assignments.of(tenant, call.actor):
        raise forbidden(tenant.behaviour, tenant.behaviour.forbidden_status)
    if row is None:
        raise not_found(tenant.behaviour)
    return row


def _listed(
    tenant: Tenant, call: Call, name: str, rows: list[Row], path: tuple[str, ...]
) -> Answer:
    def show(row: Row) -> dict[str, Any]:
        return _shown(tenant, row, path, "list")

    return answered(tenant, call, Listing(name, rows, show, path))


def _shown(tenant: Tenant, row: Row, path: tuple[str, ...], act: str = "read") -> dict[str, Any]:
    links = {"self": {"href": tenant.api_url(*path, row["id"])}}
    return tenant.told(path[-1], act, {"_links": links, **row})
