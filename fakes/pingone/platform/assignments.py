"""Role assignments as rows, and who has which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

TABLE = "roleAssignments"


def row_of(  # noqa: PLR0913, PLR0917 - what an assignment is
    key: str,
    holder: tuple[str, str],
    environment_id: str,
    role: Mapping[str, str],
    scope_id: str,
    scope_type: str = "ENVIRONMENT",
) -> dict[str, Any]:
    """An assignment of a role to a holder: the kind of its collection, and its id."""
    kind, holder_id = holder
    return {
        "id": key,
        "kind": kind,
        "holder": holder_id,
        "environment": {"id": environment_id},
        "role": {"id": role["id"]},
        "name": role["name"],
        "scope": {"id": scope_id, "type": scope_type},
    }


def own(tenant: Tenant, holder: str) -> list[Row]:
    """What was assigned to that application, user, group or gateway itself."""
    return tenant.table(TABLE).named(_holder, holder)


def of(tenant: Tenant, actor: str) -> list[Row]:
    """The assignments that an actor acts by: its own, and those of its groups."""
    rows = own(tenant, actor)
    if tenant.behaviour.groups_lend_roles:
        for membership in tenant.table("memberships").named(_user, actor):
            rows = rows + own(tenant, membership["group"])
    return rows


def drop(tenant: Tenant, holder: str) -> None:
    """Whatever was assigned to it is so no longer."""
    for row in own(tenant, holder):
        tenant.table(TABLE).delete(row["id"])


def drop_scope(tenant: Tenant, scope_id: str) -> None:
    """Whatever was assigned in that scope is so no longer."""
    for row in list(tenant.table(TABLE)):
        if row["scope"]["id"] == scope_id:
            tenant.table(TABLE).delete(row["id"])


def grant(  # noqa: PLR0913, PLR0917 - what an assignment is
    tenant: Tenant,
    holder: tuple[str, str],
    environment_id: str,
    role: Mapping[str, str],
    scope_id: str,
    scope_type: str = "ENVIRONMENT",
) -> Row:
    """A new assignment."""
    row = row_of(tenant.new_id(), holder, environment_id, role, scope_id, scope_type)
    return tenant.table(TABLE).put(row["id"], row)


def environment_of(tenant: Tenant, holder: tuple[str, str]) -> str:
    """The environment in which a holder is."""
    kind, key = holder
    return str(tenant.table(kind).rows[key]["environment"]["id"])


def kind_of(tenant: Tenant, actor: str) -> str:
    """The collection that an actor is in."""
    return next((kind for kind in ("users", "gateways") if actor in tenant.table(kind)), _WORKERS)


_WORKERS = "applications"


def _holder(row: Row) -> Any:
    return row["holder"]


def _user(row: Row) -> Any:
    return row["user"]
