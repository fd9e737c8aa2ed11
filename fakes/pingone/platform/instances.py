"""Instances of gateways: read only; whoever runs the fake says which of them are connected.

A PingFederate kind of gateway has none, for it holds no socket open (gateway instances page).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.errors import Answer, not_found
from fakes.pingone.platform.credentials import of_gateway

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

TABLE = "gatewayInstances"
VERSION = {"versionNumber": "3.1.0", "updateStatus": "AT_LATEST"}


def get_gateway_instances(tenant: Tenant, call: Call) -> Answer:
    """Instances of one gateway."""
    gateway = tenant.row("gateways", call.ids[1], call.environment_id)
    path = (call.environment_id, "gateways", gateway["id"], "instances")
    return tenant.collection(TABLE, shown_of(tenant, gateway["id"]), *path)


def get_gateway_instance(tenant: Tenant, call: Call) -> Answer:
    """One instance."""
    gateway = tenant.row("gateways", call.ids[1], call.environment_id)
    row = tenant.table(TABLE).get(call.ids[2])
    if row is None or row["gateway"]["id"] != gateway["id"]:
        raise not_found(tenant.behaviour)
    return Answer(200, _shown(tenant, row))


def shown_of(tenant: Tenant, gateway_id: str) -> list[dict[str, Any]]:
    """The instances of a gateway, as a list shows them."""
    return [_shown(tenant, row) for row in tenant.table(TABLE).named(_gateway, gateway_id)]


def drop(tenant: Tenant, gateway_id: str) -> None:
    """The gateway has no instance."""
    for row in tenant.table(TABLE).named(_gateway, gateway_id):
        tenant.table(TABLE).delete(row["id"])


def put(tenant: Tenant, given: Mapping[str, Any]) -> dict[str, Any]:
    """The instance of that host name, connected or not, from now on.

    Raises ValueError for what cannot be.
    """
    gateway = tenant.table("gateways").get(str(given.get("gateway")))
    hostname, connected = given.get("hostname"), given.get("connected", True)
    if gateway is None:
        raise ValueError("gateway: it does not exist")
    if gateway["type"] == "PING_FEDERATE":
        raise ValueError("gateway: one of type PING_FEDERATE has no instances")
    if not isinstance(hostname, str) or not 0 < len(hostname) <= 255:
        raise ValueError("hostname: must be a text of 1 to 255 characters")
    if not isinstance(connected, bool):
        raise ValueError("connected: must be true or false")  # noqa: TRY004 - told as the others
    credentials = of_gateway(tenant, gateway["id"])
    if not credentials:
        raise ValueError("gateway: it has no credential to connect with")
    rows = tenant.table(TABLE).named(_gateway, gateway["id"])
    old = next((row for row in rows if row["hostname"] == hostname), None)
    began = {"id": tenant.new_id(), "initializedAt": tenant.now()} if old is None else old
    row = {
        **began,
        "environment": gateway["environment"],
        "gateway": {"id": gateway["id"]},
        "credential": {"id": credentials[-1]["id"]},
        "connected": connected,
        "currentErrors": [],
        "healthStatus": "HEALTHY" if connected else "UNHEALTHY",
        "hostname": hostname,
        "lastReportedAt": tenant.now(),
        "version": VERSION,
    }
    return _shown(tenant, tenant.table(TABLE).put(row["id"], row))


def _shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    path = ("gateways", row["gateway"]["id"], "instances", row["id"])
    return {"_links": tenant.links(row["environment"]["id"], *path), **row}


def _gateway(row: Row) -> Any:
    return row["gateway"]["id"]
