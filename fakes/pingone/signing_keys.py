"""The keys that sign tokens, by environment: published, in use, replaced, withdrawn.

The key rotation policies of the platform rotate on a schedule; what else can befall a JWK Set (a
key that is published before it signs, one that is withdrawn, two of one kid) is steered from
outside: see docs/control.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

TABLE = "signingKeys"
LIMIT = 10
"""Keys of an environment at one time; the fake's own limit, for each costs time to make."""


class SigningKey(NamedTuple):
    """A key: what tokens call it, and the name that it is made from."""

    kid: str
    name: str


def first_key(environment_id: str, kid: str, name: str) -> dict[str, Any]:
    """The keys of a new environment: one."""
    keys = [{"kid": kid, "name": name}]
    return {"environment": {"id": environment_id}, "keys": keys, "current": name}


def row_of(tenant: Tenant, environment_id: str) -> Row:
    """The environment's keys."""
    row = tenant.table(TABLE).get(environment_id)
    if row is None:
        name = f"pingone-tokens-{environment_id}"
        new = first_key(environment_id, tenant.new_id(), name)
        row = tenant.table(TABLE).put(environment_id, new)
    return row


def published(tenant: Tenant, environment_id: str) -> list[SigningKey]:
    """The keys of the JWK Set, oldest first."""
    return [SigningKey(one["kid"], one["name"]) for one in row_of(tenant, environment_id)["keys"]]


def current(tenant: Tenant, environment_id: str) -> SigningKey:
    """The key that signs."""
    row = row_of(tenant, environment_id)
    name = row["current"]
    return SigningKey(next((k["kid"] for k in row["keys"] if k["name"] == name), name), name)


def candidates(tenant: Tenant, environment_id: str, header: Mapping[str, Any]) -> list[str]:
    """Names of the keys that a token may have been signed with; all, where it names none."""
    keys = published(tenant, environment_id)
    if not tenant.behaviour.retired_keys_end_tokens:
        every = tenant.table("retiredKeys").get(environment_id)
        keys += [SigningKey(one["kid"], one["name"]) for one in (every["keys"] if every else [])]
    kid = header.get("kid")
    return [key.name for key in keys if kid in (None, key.kid)]


def shown(tenant: Tenant, environment_id: str) -> dict[str, Any]:
    """The keys as the control door tells them, oldest first."""
    row = row_of(tenant, environment_id)
    keys = [{**one, "signs": one["name"] == row["current"]} for one in row["keys"]]
    return {"environment": environment_id, "keys": keys}


def steered(
    tenant: Tenant, environment_id: str, act: str, given: Mapping[str, str]
) -> dict[str, Any]:
    """The keys, when one was added, made to sign or withdrawn; ValueError for anything else."""
    if act == "add":
        add(tenant, environment_id, given.get("kid"))
    elif act in ("switch", "retire"):
        do = switch if act == "switch" else retire
        do(tenant, environment_id, given.get("name", ""))
    elif act != "show":
        raise ValueError(f"act: {act!r} is not one of add, switch, retire")
    return shown(tenant, environment_id)


def add(tenant: Tenant, environment_id: str, kid: str | None = None) -> SigningKey:
    """A new key, published, not in use; `kid` may be one that is taken."""
    row = row_of(tenant, environment_id)
    if len(row["keys"]) >= LIMIT:
        raise ValueError(f"keys: an environment has at most {LIMIT}; retire one")
    fresh = tenant.new_id()
    key = SigningKey(kid or fresh, f"pingone-tokens-{fresh}")
    _put(tenant, row, keys=[*row["keys"], key._asdict()])
    return key


def switch(tenant: Tenant, environment_id: str, name: str) -> SigningKey:
    """The key of that name signs from now on."""
    row = row_of(tenant, environment_id)
    key = _named(row, name)
    _put(tenant, row, current=key.name)
    return key


def retire(tenant: Tenant, environment_id: str, name: str) -> SigningKey:
    """The key of that name is not published any more, even where it still signs."""
    row = row_of(tenant, environment_id)
    key = _named(row, name)
    _put(tenant, row, keys=[one for one in row["keys"] if one["name"] != name])
    gone = tenant.table("retiredKeys").get(environment_id)
    kept = [*(gone["keys"] if gone else []), key._asdict()][-LIMIT:]
    tenant.table("retiredKeys").put(environment_id, {"keys": kept})
    return key


def _named(row: Row, name: str) -> SigningKey:
    for one in row["keys"]:
        if one["name"] == name:
            return SigningKey(one["kid"], name)
    known = ", ".join(one["name"] for one in row["keys"]) or "none"
    raise ValueError(f"name: {name!r} is not one of {known}")


def _put(tenant: Tenant, row: Row, **changed: Any) -> None:
    tenant.table(TABLE).put(row["environment"]["id"], {**row, **changed})
