"""For which events a policy set is meant, and which set is tried beside another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.protect.moments import moment_s
from fakes.pingone.protect.resolving import resolved

if TYPE_CHECKING:
    from fakes.pingone.drafts import Draft
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

FLOWS = ("AUTHENTICATION", "REGISTRATION", "ACCESS", "AUTHORIZATION", "TRANSACTION")
"""Types of flow (create risk evaluation page)."""

_STAGING = "POLICY_SET_STAGING"
_LIMIT = 100


def targets_of(tenant: Tenant, draft: Draft) -> dict[str, Any] | None:
    """The conditions that an event must all meet; None where the set is for every event."""
    targets = draft.inner("targets")
    condition = targets.inner("condition", required=True) if targets else None
    if condition is None:
        return None
    found = condition.inners("and", required=True, limit=_LIMIT)
    return {"condition": {"and": [_target(tenant, one) for one in found]}}


def _target(tenant: Tenant, draft: Draft) -> dict[str, Any]:
    """One thing to look at and the values that fit; the type is added."""
    kinds = dict(tenant.behaviour.target_kinds)
    contains = draft.choice("contains", tuple(kinds), required=True)
    values = draft.texts("list", required=True, limit=_LIMIT)
    if contains == "${event.flow.type}":
        for index, one in enumerate(values):
            if one not in FLOWS:
                message = f"must be one of {', '.join(FLOWS)}"
                draft.complain(
                    "INVALID_VALUE", f"list[{index}]", message, allowedValues=list(FLOWS)
                )
    return {"contains": contains, "list": values, "type": kinds.get(contains or "")}


def targeted_set(tenant: Tenant, environment_id: str, event: Row) -> Row | None:
    """The set whose targets the event meets."""
    rows = tenant.rows("riskPolicySets", environment_id)
    if tenant.behaviour.targeted_order == "newest":
        rows = rows[::-1]
    return next(
        (row for row in rows if row.get("targets") and _is_met(tenant, row["targets"], event)),
        None,
    )


def _is_met(tenant: Tenant, targets: Row, event: Row) -> bool:
    context, met = {"event": event}, tenant.behaviour.targets_met
    join = any if met == "any" else all
    return met != "unread" and join(
        any(value in one["list"] for value in resolved(one["contains"], context))
        for one in targets["condition"]["and"]
    )


def triggers_of(
    tenant: Tenant, draft: Draft, environment_id: str, old: Row | None
) -> list[dict[str, Any]] | None:
    """The sets that are tried beside this one, each until a date; None where there is none."""
    found = [
        _trigger(tenant, one, environment_id, old) for one in draft.inners("triggers", limit=_LIMIT)
    ]
    return found or None


def _trigger(tenant: Tenant, draft: Draft, environment_id: str, old: Row | None) -> dict[str, Any]:
    """Another set of the environment and when its trial ends."""
    kind, policy_set = (
        draft.choice("type", (_STAGING,), required=True),
        draft.inner("policySet", required=True),
    )
    key = policy_set.text("id", required=True) if policy_set else None
    row = tenant.table("riskPolicySets").get(key or "")
    known = row is not None and row["environment"]["id"] == environment_id
    if policy_set and key is not None and (not known or row is old):
        policy_set.complain("INVALID_VALUE", "id", "is not another risk policy set")
    expires = draft.text("expiresAt")
    if expires is not None and moment_s(expires) is None:
        draft.complain("INVALID_VALUE", "expiresAt", "must be a date and time (RFC 3339)")
    end_s = tenant.clock.now_s() + tenant.behaviour.staging_s
    return {
        "type": kind,
        "policySet": {"id": key},
        "expiresAt": expires or tenant.behaviour.timestamp(end_s),
    }


def staged_sets(tenant: Tenant, policy_set: Row) -> list[Row]:
    """The sets that are tried beside this one now."""
    triggers = policy_set.get("triggers")
    if not triggers:
        return []
    now_s, table = tenant.clock.now_s(), tenant.table("riskPolicySets")
    live = [one["policySet"]["id"] for one in triggers if now_s < (moment_s(one["expiresAt"]) or 0)]
    return [row for row in map(table.get, live) if row is not None]
