"""Credentials of gateways: shown once, spent by exchange, ended by deleting them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.compact import signed
from fakes.pingone.drafts import Complaints
from fakes.pingone.errors import Answer, not_found
from fakes.pingone.regions import region_of

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Headers, Tenant
    from fakes.store import Row

KEY = "pingone-gateways"
"""Name of the key that signs credentials."""


def add_gateway_credential(tenant: Tenant, call: Call) -> Answer:
    """A new credential, with its JWT, which is never shown again (201; no body is read)."""
    gateway = _gateway(tenant, call)
    complaints = _check_room(tenant, gateway)
    late = tenant.refuses_late("credentials.create", complaints)
    if not late:
        complaints.settle(tenant.behaviour.credential_limit_status)
    row = tenant.save("credentials", _new(tenant, gateway))
    complaints.settle(tenant.behaviour.credential_limit_status)
    return tenant.created(
        "credentials",
        shown(tenant, row, "create"),
        repeated(tenant, gateway["id"], "create", row["id"]),
    )


def get_gateway_credentials(tenant: Tenant, call: Call) -> Answer:
    """The gateway's credentials, without JWTs."""
    gateway = _gateway(tenant, call)
    items = [shown(tenant, row, "list") for row in of_gateway(tenant, gateway["id"])]
    path = (call.environment_id, "gateways", gateway["id"], "credentials")
    return tenant.collection(
        "credentials", items, *path, headers=repeated(tenant, gateway["id"], "list")
    )


def get_gateway_credential(tenant: Tenant, call: Call) -> Answer:
    """One credential, without its JWT."""
    row = _credential(tenant, call)
    return Answer(200, shown(tenant, row, "read"), repeated(tenant, call.ids[1], "read", row["id"]))


def delete_gateway_credential(tenant: Tenant, call: Call) -> Answer:
    """204: the credential is revoked."""
    row = _credential(tenant, call)
    ended = [row] if tenant.behaviour.revoking_ends == "one" else of_gateway(tenant, call.ids[1])
    for one in ended:
        tenant.table("revoked").put(one["id"], {"gateway": row["gateway"]})
        tenant.forget("credentials", one["id"])
    return tenant.forget("credentials", row["id"])


def of_gateway(tenant: Tenant, gateway_id: str) -> list[Row]:
    """The gateway's credentials, oldest first."""
    return [row for row in tenant.table("credentials") if row["gateway"]["id"] == gateway_id]


def brief(row: Row) -> dict[str, Any]:
    """A credential as its gateway shows it."""
    return {name: row[name] for name in ("id", "createdAt", "lastUsedAt") if name in row}


def shown(tenant: Tenant, row: Row, on: str) -> dict[str, Any]:
    """A credential as the answer to `on` shows it."""
    behaviour = tenant.behaviour
    environment_id, gateway_id = row["environment"]["id"], row["gateway"]["id"]
    path = ("gateways", gateway_id, "credentials", row["id"])
    members = {name: row[name] for name in behaviour.credential_members if name in row}
    body = {"_links": tenant.links(environment_id, *path), **members}
    if on in behaviour.credential_shown_on:
        body[behaviour.credential_member] = _jwt(tenant, row)
    return tenant.told("credentials", on, body)


def repeated(tenant: Tenant, gateway_id: str, on: str, key: str = "") -> Headers:
    """Headers that repeat JWTs of the gateway, or of its one credential, in the answer to `on`."""
    if on not in tenant.behaviour.credential_header_on:
        return ()
    rows = [row for row in of_gateway(tenant, gateway_id) if key in ("", row["id"])]
    return tuple(("X-Gateway-Credential", _jwt(tenant, row)) for row in rows)


def _check_room(tenant: Tenant, gateway: Row) -> Complaints:
    """A complaint where the gateway has as many credentials as it may have."""
    behaviour, complaints = tenant.behaviour, Complaints(tenant.behaviour)
    count = len(of_gateway(tenant, gateway["id"]))
    if behaviour.revoked_counted:
        count += sum(row["gateway"]["id"] == gateway["id"] for row in tenant.table("revoked"))
    if count >= behaviour.credential_limit:
        message = f"a gateway has at most {behaviour.credential_limit} credentials"
        inner = {"maximumValue": behaviour.credential_limit}
        complaints.add(behaviour.credential_limit_code, "credentials", message, **inner)
    return complaints


def _new(tenant: Tenant, gateway: Row) -> dict[str, Any]:
    now = tenant.now()
    row = {
        "id": tenant.new_id(),
        "gateway": {"id": gateway["id"]},
        "environment": gateway["environment"],
        "createdAt": now,
        "issued_s": tenant.behaviour.credential_time(tenant.clock.now_s()),
        "gatewayName": gateway.get("name", ""),
    }
    return row | ({"lastUsedAt": now} if tenant.behaviour.last_used_updated == "creation" else {})


def _gateway(tenant: Tenant, call: Call) -> Row:
    return tenant.row("gateways", call.ids[1], call.environment_id)


def _credential(tenant: Tenant, call: Call) -> Row:
    gateway = _gateway(tenant, call)
    row = tenant.row("credentials", call.ids[2], call.environment_id)
    if row["gateway"]["id"] != gateway["id"] and tenant.behaviour.credential_scope_checked:
        raise not_found(tenant.behaviour)
    return row


def _jwt(tenant: Tenant, row: Row) -> str:
    """The JWT of a credential (gateway credentials page): RS256, no exp, no sub."""
    whole = _claims(tenant, row)
    names = tenant.behaviour.credential_claims
    claims = {
        tenant.behaviour.region_claim if name == "region" else name: whole[name] for name in names
    }
    kid = tenant.behaviour.credential_kid
    header = (("typ", None), ("kid", kid)) if kid else (("typ", None),)
    text, algorithm = tenant.unlike.claims(claims), tenant.behaviour.credential_algorithm
    return signed(tenant.seed, KEY, header, text, algorithm)


def _claims(tenant: Tenant, row: Row) -> dict[str, Any]:
    """Every claim that a credential could have, wrong ones included."""
    environment = tenant.store.table("environments").rows[row["environment"]["id"]]
    gateway = tenant.store.table("gateways").rows[row["gateway"]["id"]]
    region = region_of(tenant.hosts.api)
    key: str = row["id"] if tenant.behaviour.credential_id_is_jti else gateway["id"]
    return {
        "aud": tenant.hosts.api,
        "authUrl": tenant.hosts.auth,
        "consoleUrl": tenant.hosts.console,
        "environmentId": environment["id"],
        "environmentName": environment["name"],
        "exp": row["issued_s"] + 86_400,
        "gatewayId": gateway["id"],
        "gatewayName": row["gatewayName"],
        "gatewayType": gateway.get("type"),
        "iat": row["issued_s"],
        "iss": f"wss://gateways.pingone.{region.suffix}",
        "jti": key,
        "organizationId": tenant.seeded.organization_id,
        "organizationName": tenant.seeded.organization_name,
        "region": region.name,
        "sub": gateway["id"],
        "targetClusterEnvironment": tenant.behaviour.target_cluster,
        "targetGeography": region.code,
    }
