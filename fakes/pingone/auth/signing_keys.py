"""The keys that sign tokens, by environment: published, in use, replaced, withdrawn.

The environment's key rotation policy replaces the key on a schedule, counted from its first use.
What else can befall a JWK Set (a key that is published before it signs, one that is withdrawn, two
of one kid) is steered from outside: see docs/control.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.seed import Stream

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

TABLE = "signingKeys"
PERIOD_DAYS = 90
"""Days between two rotations, unless the policy says otherwise (key rotation policies page)."""
DAY_S = 86_400
LIMIT = 10
"""Keys of an environment at one time; the fake's own limit, for each costs time to make."""


class SigningKey(NamedTuple):
    """A key: what tokens call it, and the name that it is made from."""

    kid: str
    name: str


def first_key(environment_id: str, kid: str, name: str) -> dict[str, Any]:
    """The keys of a new environment: one, not used yet."""
    return {
        "environment": {"id": environment_id},
        "keys": [{"kid": kid, "name": name}],
        "current": name,
        "base": name,
        "made": 1,
        "period_days": PERIOD_DAYS,
    }


def row_of(tenant: Tenant, environment_id: str) -> Row:
    """The environment's keys, after any rotation that was due."""
    row = tenant.table(TABLE).get(environment_id)
    if row is None:
        name = f"pingone-tokens-{environment_id}"
        row = _put(tenant, first_key(environment_id, _kid(tenant, name), name))
    now_s, rotated_s = tenant.clock.now_s(), row.get("rotated_s")
    if rotated_s is None:
        return _put(tenant, {**row, "rotated_s": now_s})
    if now_s < rotated_s + row["period_days"] * DAY_S or not tenant.behaviour.keys_rotate:
        return row
    return _rotated(tenant, row)


def next_key(tenant: Tenant, row: Row) -> SigningKey:
    """The key that signs after the next rotation."""
    name = f"{row['base']}.{row['made'] + 1}"
    return SigningKey(_kid(tenant, name), name)


def _rotated(tenant: Tenant, row: Row) -> Row:
    """The next key signs; the one before stays published until the rotation after this one."""
    key, period_s = next_key(tenant, row), row["period_days"] * DAY_S
    passed = (tenant.clock.now_s() - row["rotated_s"]) // period_s
    kept = [one for one in row["keys"] if one["name"] != row.get("previous")]
    return _put(
        tenant,
        {
            **row,
            "keys": [*kept, key._asdict()][-LIMIT:],
            "current": key.name,
            "previous": row["current"],
            "made": row["made"] + 1,
            "rotated_s": row["rotated_s"] + passed * period_s,
        },
    )


def _kid(tenant: Tenant, name: str) -> str:
    """What tokens call the key of that name."""
    return Stream(tenant.seed, f"pingone/kid/{name}").uuid()


def published(tenant: Tenant, environment_id: str) -> list[SigningKey]:
    """The keys of the JWK Set, oldest first."""
    row, wanted = row_of(tenant, environment_id), tenant.behaviour.jwks_keys
    keys = _used(row) if "used" in wanted else []
    return [*keys, next_key(tenant, row)] if "next" in wanted else keys


def _used(row: Row) -> list[SigningKey]:
    """The keys that sign, or signed before and were not withdrawn."""
    return [SigningKey(one["kid"], one["name"]) for one in row["keys"]]


def current(tenant: Tenant, environment_id: str) -> SigningKey:
    """The key that signs."""
    row = row_of(tenant, environment_id)
    name = row["current"]
    return SigningKey(next((k["kid"] for k in row["keys"] if k["name"] == name), name), name)


def candidates(tenant: Tenant, environment_id: str, header: Mapping[str, Any]) -> list[str]:
    """Names of the keys that a token may have been signed with; all, where it names none."""
    keys = _used(row_of(tenant, environment_id))
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
    key = next_key(tenant, row)
    key = key._replace(kid=kid or key.kid)
    _put(tenant, {**row, "keys": [*row["keys"], key._asdict()], "made": row["made"] + 1})
    return key


def switch(tenant: Tenant, environment_id: str, name: str) -> SigningKey:
    """The key of that name signs from now on."""
    row = row_of(tenant, environment_id)
    key = _named(row, name)
    _put(tenant, {**row, "current": key.name})
    return key


def retire(tenant: Tenant, environment_id: str, name: str) -> SigningKey:
    """The key of that name is not published any more, even where it still signs."""
    row = row_of(tenant, environment_id)
    key = _named(row, name)
    _put(tenant, {**row, "keys": [one for one in row["keys"] if one["name"] != name]})
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


def _put(tenant: Tenant, row: Row) -> Row:
    return tenant.table(TABLE).put(row["environment"]["id"], row)
