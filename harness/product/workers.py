"""Workers of PingOne: machines whose roles decide what they may do.

NotMeasured where PingOne lets the run's own worker make none, or give it no role.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.errors import HarnessError, NotMeasured
from harness.product.clients import Client, add_client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.product.descriptors import Json
    from harness.product.pingone import PingOne


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker application, and an access token that it got when it had its first roles."""

    client: Client
    token: str = field(repr=False)

    @property
    def id(self) -> str:
        """The id of the application."""
        return self.client.id


def add_worker(pingone: PingOne, *roles: str, scope: Mapping[str, str] | None = None) -> Worker:
    """A new worker with these roles and no others: in the environment, or in another scope.

    Source: PingOne management API, applications (assignActorRoles), role assignments.
    """
    client = add_client(pingone, type="WORKER", assignActorRoles=False)
    for role in roles:
        assign(pingone, "application", client.id, role, scope)
    return Worker(client, token_of(pingone, client))


def token_of(pingone: PingOne, client: Client) -> str:
    """A new access token of the client."""
    form = {"grant_type": "client_credentials"}
    answer = pingone.api.token(form, client=(client.id, client.secret))
    pingone.hide_token_of(answer)
    return str(pingone.told(answer, 200, "token of a worker")["access_token"])


def assign(
    pingone: PingOne, holder: str, key: str, role: str, scope: Mapping[str, str] | None = None
) -> Json:
    """A stored role assignment of an application, user, group or gateway.

    NotMeasured where the run's worker may not give it.
    """
    body = assignment(pingone, role, scope)
    answer = getattr(pingone.api, f"add_{holder}_role_assignment")(key, json=body)
    if answer.status_code == 403:
        raise NotMeasured(f"PingOne's worker may not assign {role}")
    return pingone.told(answer, 201, f"assignment of {role}")


def assignment(pingone: PingOne, role: str, scope: Mapping[str, str] | None = None) -> Json:
    """The body of an assignment; its scope is the environment unless another is given."""
    usual = {"id": pingone.environment_id, "type": "ENVIRONMENT"}
    return {"role": {"id": role_id(pingone, role)}, "scope": dict(scope or usual)}


def role_id(pingone: PingOne, name: str) -> str:
    """The id of a built-in role (read all roles)."""
    answer = pingone.told(pingone.api.get_roles(), 200, "list of roles")
    for role in _embedded(answer, "roles"):
        if role.get("name") == name:
            return str(role["id"])
    raise HarnessError(f"PingOne has no role {name!r}")


def _embedded(told: Json, name: str) -> list[Any]:
    items = (told.get("_embedded") or {}).get(name)
    return items if isinstance(items, list) else []
