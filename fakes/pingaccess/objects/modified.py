"""When an application was last modified, and by what (admin API 7.3, lastModified)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Key, Row

EMPTY_POLICY: dict[str, Any] = {"Web": (), "API": ()}


def resources_of(state: State, key: Key) -> list[Row]:
    """The resources of an application."""
    return state.store.table("resources").named(_application, key)


def _application(row: Row) -> Key:
    key: Key = row["applicationId"]
    return key


def touch(state: State, key: Any) -> None:
    """The lastModified of an application is now (of it, its resources, its policy: SPEC)."""
    table = state.store.table("applications")
    row = table.get(key)
    if row is not None:
        table.put(key, {**row, **modified(state, row)})


def touch_users(state: State, table: str, key: Key) -> None:
    """The lastModified is now of the applications that the object is part of."""
    if table not in state.behaviour.last_modified_moved_by:
        return
    kind = {"rules": "Rule", "ruleSets": "RuleSet"}.get(table, table)
    using = {
        row["id"] if name == "applications" else row["applicationId"]
        for name in ("applications", "resources")
        for row in state.store.table(name).named(_carried, (kind, key))
    }
    for one in using:
        touch(state, one)


def _carried(row: Row) -> frozenset[tuple[str, Key]]:
    """What an application or a resource carries: rules and rule sets, and a risk policy."""
    found: set[tuple[str, Key]] = {
        (item["type"], item["id"])
        for items in (row.get("policy") or EMPTY_POLICY).values()
        for item in items
        if isinstance(item.get("id"), int | str) and isinstance(item.get("type"), str)
    }
    risk_policy = row.get("riskPolicyId")
    if isinstance(risk_policy, int | str):
        found.add(("riskPolicies", risk_policy))
    return frozenset(found)


def modified(state: State, row: Draft | Row) -> dict[str, int]:
    """The members that say when: now, and how long agents may have kept what was before."""
    per_s = state.behaviour.last_modified_per_s
    now = int(state.clock.now_s() * per_s)
    kept_s = row.get("agentCacheInvalidatedResponseDuration") or 0
    return {"lastModified": now, "agentCacheInvalidatedExpiration": now + kept_s * per_s}
