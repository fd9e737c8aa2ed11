"""Who may do what: the roles of an actor, held against what a request wants (roles page)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fakes.pingone.errors import forbidden, not_found, unlicensed
from fakes.pingone.platform import assignments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.message import Request
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

AREAS = {
    "": "environment",
    "billOfMaterials": "environment",
    "status": "environment",
    "gateways": "gateways",
    "applications": "applications",
    "resources": "applications",
    "keyRotationPolicies": "applications",
    "populations": "populations",
    "groups": "groups",
    "users": "users",
    "riskPredictors": "protect",
    "riskPolicySets": "protect",
    "riskSettings": "protect",
    "riskEvaluations": "evaluations",
    "riskFeedback": "evaluations",
    "riskUserProfile": "evaluations",
}
"""What a request is about, by the first step of its path below the environment."""

_INNER = {"roleAssignments": "roles", "password": "passwords"}
_OF_POPULATIONS = frozenset({"users", "passwords", "groups", "populations", "roles"})
_PROTECT = frozenset({"protect", "evaluations"})
_STEP, _INNER_STEP = 4, 6
"""Where what a request is about stands in a path that is split at its slashes, and what of it."""


class Wish(NamedTuple):
    """What a request wants: to read or write in an area of an environment."""

    environment_id: str
    area: str
    writes: bool


def admit(tenant: Tenant, actor: str, request: Request, ids: list[str]) -> frozenset[str] | None:
    """The populations that the actor may reach, None for all; raises the refusal of a stranger."""
    behaviour, environment_id = tenant.behaviour, ids[0]
    if environment_id not in tenant.table("environments"):
        if request.method in behaviour.missing_environment_refused_on:
            raise forbidden(behaviour, behaviour.missing_environment_status)
        return None
    wish = _wish(request, environment_id)
    within: frozenset[str] | None = None
    if request.method in behaviour.roles_checked_on:
        within = _reach(tenant, actor, wish, ids)
    if (
        wish.area in _PROTECT
        and behaviour.protect_needs
        and not is_licensed(tenant, environment_id)
    ):
        raise unlicensed(behaviour, behaviour.protect_needs)
    return within


def is_licensed(tenant: Tenant, environment_id: str) -> bool:
    """Whether the environment has what Protect needs (Protect introduction)."""
    product, bill = tenant.behaviour.protect_needs, tenant.table("billsOfMaterials")
    row = bill.get(environment_id)
    return row is not None and any(one["type"] == product for one in row["products"])


def organization_roles(tenant: Tenant, actor: str) -> list[str]:
    """The roles that an actor has in the whole organization."""
    return [
        row["name"]
        for row in assignments.of(tenant, actor)
        if row["scope"]["type"] == "ORGANIZATION"
    ]


def sees(tenant: Tenant, actor: str, environment_id: str) -> bool:
    """Whether the actor has any role there, in whatever part of it."""
    return any(
        _home(tenant, row) in (environment_id, tenant.seeded.organization_id)
        for row in assignments.of(tenant, actor)
    )


def forbid_unless_within(tenant: Tenant, within: frozenset[str] | None, row: Row) -> None:
    """Raises the refusal of a user or group of a population that the actor's roles do not reach."""
    if within is not None and row.get("population", {}).get("id") not in within:
        raise forbidden(tenant.behaviour, tenant.behaviour.out_of_scope_status)


def broader(tenant: Tenant, held: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Whether one scope holds the other, or is it."""
    if held == wanted or not tenant.behaviour.assigned_within:
        return True
    if held["type"] == "ORGANIZATION":
        return True
    return held["type"] == "ENVIRONMENT" and held["id"] == home_of(tenant, wanted)


def home_of(tenant: Tenant, scope: Mapping[str, str]) -> str | None:
    """The environment of a scope, or the organization; None of one that is not there."""
    kind, key = scope["type"], scope["id"]
    if kind == "ORGANIZATION":
        return key if key == tenant.seeded.organization_id else None
    if kind == "ENVIRONMENT":
        return key if key in tenant.table("environments") else None
    row = tenant.table({"POPULATION": "populations"}.get(kind, "applications")).get(key)
    return None if row is None else str(row["environment"]["id"])


def _wish(request: Request, environment_id: str) -> Wish:
    steps = request.path.split("/")
    area = AREAS.get(steps[_STEP] if len(steps) > _STEP else "", "")
    inner = steps[_INNER_STEP] if len(steps) > _INNER_STEP else ""
    return Wish(environment_id, _INNER.get(inner, area), request.method != "GET")


def _home(tenant: Tenant, row: Row) -> str | None:
    return home_of(tenant, row["scope"])


def _reach(tenant: Tenant, actor: str, wish: Wish, ids: list[str]) -> frozenset[str] | None:
    """What of the environment the actor's roles open to the wish."""
    behaviour = tenant.behaviour
    rights = _rights(behaviour.role_rights)
    populations = set()
    for row in assignments.of(tenant, actor):
        if behaviour.rights_by_area and not _grants(tenant, rights.get(row["name"]), wish):
            continue
        scope = row["scope"]
        if _covers(tenant, scope, wish):
            return None
        if scope["type"] == "POPULATION" and wish.area in _OF_POPULATIONS:
            populations.add(scope["id"])
        if scope["type"] == "APPLICATION" and scope["id"] in ids[1:2]:
            return None
    if not populations:
        if not behaviour.roles_first and _is_missing(tenant, wish, ids):
            raise not_found(behaviour)
        raise forbidden(behaviour, behaviour.forbidden_status)
    return frozenset(populations)


def _is_missing(tenant: Tenant, wish: Wish, ids: list[str]) -> bool:
    """Whether the path names an object that is nowhere."""
    tables = (name for name, area in AREAS.items() if area == wish.area)
    return len(ids) > 1 and all(ids[1] not in tenant.table(name) for name in tables)


def _covers(tenant: Tenant, scope: Mapping[str, str], wish: Wish) -> bool:
    if not tenant.behaviour.scopes_looked_at or scope["type"] == "ORGANIZATION":
        return True
    return scope == {"id": wish.environment_id, "type": "ENVIRONMENT"}


def _grants(tenant: Tenant, rights: frozenset[str] | None, wish: Wish) -> bool:
    """Whether a role with these rights is good for the wish; every role reads its environment."""
    if rights is None:
        return False
    area = wish.area
    if not wish.writes and area == "environment":
        return True
    writes = f"write:{area}" in rights or (area == "passwords" and "write:users" in rights)
    if writes:
        return True
    reads = f"read:{area}" in rights or (area == "passwords" and "read:users" in rights)
    return reads and not (wish.writes and tenant.behaviour.writes_need_write)


@lru_cache(maxsize=16)
def _rights(table: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, frozenset[str]]:
    return {role: frozenset(rights) for role, rights in table}
