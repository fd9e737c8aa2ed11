"""Key rotation policies: when the signing key of an environment is replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.clock import iso
from fakes.pingone.auth import signing_keys
from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, not_found, not_implemented
from fakes.seed import Stream

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant

_LONGEST_DAYS = 3650
"""Days between two rotations at most: the fake's own limit, for none is documented."""
_SPECIFIED: dict[str, Any] = {
    "algorithm": "RSA",
    "keyLength": 2048,
    "signatureAlgorithm": "SHA256withRSA",
    "usageType": "SIGNING",
}
"""How keys are made; the fake makes no others (values of the page's example)."""


def get_key_rotation_policies(tenant: Tenant, call: Call) -> Answer:
    """The policies of the environment: the default one."""
    items = [_shown(tenant, call.environment_id)]
    path = (call.environment_id, "keyRotationPolicies")
    return tenant.collection("keyRotationPolicies", items, *path)


def get_key_rotation_policy(tenant: Tenant, call: Call) -> Answer:
    """The policy, with the ids of the key that signs and of the next one."""
    _check(tenant, call)
    return Answer(200, _shown(tenant, call.environment_id))


def update_key_rotation_policy(tenant: Tenant, call: Call) -> Answer:
    """The policy, with another name or period (update key rotation policy page)."""
    _check(tenant, call)
    complaints = Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    row = signing_keys.row_of(tenant, call.environment_id)
    policy = {
        "name": draft.text("name", required=True, limit=256),
        "dn": draft.text("dn", required=True),
        "validityPeriod": draft.number("validityPeriod", 1, _LONGEST_DAYS, required=True),
    }
    days = draft.number("rotationPeriod", 1, _LONGEST_DAYS)
    for name, known in _SPECIFIED.items():
        if draft.value(name, required=True) not in (None, known):
            raise not_implemented(f"keys whose {name} is not {known}")
    complaints.settle()
    new = {**row, "policy": policy, "period_days": days or row["period_days"]}
    tenant.table(signing_keys.TABLE).put(call.environment_id, new)
    return Answer(200, _shown(tenant, call.environment_id))


def _check(tenant: Tenant, call: Call) -> None:
    if call.ids[1] != _id(tenant, call.environment_id):
        raise not_found(tenant.behaviour)


def _id(tenant: Tenant, environment_id: str) -> str:
    """The id of the default policy."""
    return Stream(tenant.seed, f"pingone/rotation/{environment_id}").uuid()


def _shown(tenant: Tenant, environment_id: str) -> dict[str, Any]:
    row, key = signing_keys.row_of(tenant, environment_id), _id(tenant, environment_id)
    named = {"name": "Default Key Rotation Policy", "dn": "CN=Default", "validityPeriod": 365}
    return {
        "_links": tenant.links(environment_id, "keyRotationPolicies", key),
        "id": key,
        "environment": row["environment"],
        **row.get("policy", named),
        **_SPECIFIED,
        "rotationPeriod": row["period_days"],
        "currentKeyId": signing_keys.current(tenant, environment_id).kid,
        "nextKeyId": signing_keys.next_key(tenant, row).kid,
        "rotatedAt": iso(row["rotated_s"]),
    }
