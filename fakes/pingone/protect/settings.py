"""Protect settings: for how many days is kept what some predictors learn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

RETENTION = {
    "newDeviceInDays": (1, 180, 180),
    "userBasedRiskBehaviorInDays": (30, 180, 180),
    "userLocationAnomalyInDays": (30, 90, 90),
}
"""Least, most and default days (protect settings page)."""


def get_risk_settings(tenant: Tenant, call: Call) -> Answer:
    """The settings, as they are from the beginning or as they were last set."""
    return Answer(200, _shown(tenant, call.environment_id))


def update_risk_settings(tenant: Tenant, call: Call) -> Answer:
    """The settings, replaced: what is left out has its default again.

    They hold for what is learned from now on (update protect settings page).
    """
    complaints = Complaints(tenant.behaviour)
    inner = Draft(call.body, complaints).inner("dataRetention", required=True)
    days = {name: _days(tenant, inner, name) for name in RETENTION} if inner else {}
    complaints.settle()
    row = {"dataRetention": days, "updatedAt": tenant.now()}
    tenant.table("riskSettings").put(call.environment_id, row)
    return Answer(200, _shown(tenant, call.environment_id))


def _days(tenant: Tenant, draft: Draft, name: str) -> int:
    least, most, default = RETENTION[name]
    if not tenant.behaviour.retention_checked:
        least, most = 0, 10**6
    value = draft.whole(name, least, most)
    return default if value is None else value


def retention(tenant: Tenant, environment_id: str) -> Row:
    """The days of each kind."""
    row = tenant.table("riskSettings").get(environment_id)
    kept: Row = row["dataRetention"] if row else {}
    return kept or {name: default for name, (_, _, default) in RETENTION.items()}


def _shown(tenant: Tenant, environment_id: str) -> dict[str, Any]:
    row = tenant.table("riskSettings").get(environment_id)
    shown = {
        "_links": tenant.links(environment_id, "riskSettings"),
        "environment": {"id": environment_id},
        "dataRetention": dict(retention(tenant, environment_id)),
    }
    return {**shown, "updatedAt": row["updatedAt"]} if row else shown
