"""Rate limits: so many requests of a rate group in so many seconds, for all of a licence.

Source: rate limiting page. The windows follow the injected clock; they are counted, not kept.
"""

from __future__ import annotations

from email.utils import formatdate
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.clock import iso
from fakes.pingone.errors import limited

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.message import Request
    from fakes.pingone.errors import Refusal
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

TABLE = "rates"
_STEP, _AUTH_STEP = 4, 2


class Rate(NamedTuple):
    """So many requests in so many seconds."""

    requests: int
    seconds: int


def count(tenant: Tenant, request: Request, ids: list[str]) -> None:
    """Counts a request; raises the refusal of one that is beyond its rate."""
    behaviour = tenant.behaviour
    if not (tenant.table(TABLE).rows or behaviour.base_rates_enforced) or not ids:
        return
    environment = tenant.table("environments").get(ids[0])
    if environment is None:
        return
    shared = _shared(tenant, environment)
    group = _group(tenant, request) if behaviour.rates_by_group else "all"
    rate = _rate(tenant, shared, group)
    if rate is None:
        return
    now_s = tenant.clock.now_s()
    began_s, counted = tenant.windows.get((shared, group), (now_s, 0))
    if not began_s <= now_s < began_s + rate.seconds:
        began_s, counted = now_s, 0
    over = counted >= rate.requests
    if not over or behaviour.limited_is_counted:
        tenant.windows[shared, group] = (began_s, counted + 1)
    if over:
        raise _refused(tenant, rate, began_s + rate.seconds)


def put(tenant: Tenant, environment_id: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The rate of a group, for the environment's licence; 0 requests for none of its own."""
    known = sorted({group for _, group in tenant.behaviour.rate_groups})
    group, numbers = given.get("group"), (given.get("requests"), given.get("seconds", 1))
    if group not in known:
        raise ValueError(f"group: {group!r} is not one of {', '.join(known)}")
    for name, number in zip(("requests", "seconds"), numbers, strict=True):
        lowest = 0 if name == "requests" else 1
        if type(number) is not int or number < lowest or number > 10**9:
            raise ValueError(f"{name}: {number!r} is not a whole number from {lowest} on")
    environment = tenant.table("environments").rows[environment_id]
    shared = _shared(tenant, environment)
    tenant.windows.clear()
    rate = {"requests": numbers[0], "seconds": numbers[1]}
    if numbers[0] == 0:
        tenant.table(TABLE).delete(f"{shared}/{group}")
    else:
        tenant.table(TABLE).put(f"{shared}/{group}", rate)
    return {"license": environment["license"]["id"], "group": group, **rate}


def _group(tenant: Tenant, request: Request) -> str:
    steps = request.path.split("/")
    step = steps[_AUTH_STEP] if steps[1:2] != ["v1"] else "".join(steps[_STEP : _STEP + 1])
    return dict(tenant.behaviour.rate_groups).get(step, "")


def _shared(tenant: Tenant, environment: Row) -> str:
    """The id of what the environment shares its rates with."""
    key: str = {
        "license": environment["license"]["id"],
        "environment": environment["id"],
        "organization": environment["organization"]["id"],
    }[tenant.behaviour.rates_shared_by]
    return key


def _rate(tenant: Tenant, shared: str, group: str) -> Rate | None:
    """What was given, or the base rate where that is enforced."""
    groups = [group] if group != "all" else [name for _, name in tenant.behaviour.rate_groups]
    for one in groups:
        row = tenant.table(TABLE).get(f"{shared}/{one}")
        if row is not None:
            return Rate(row["requests"], row["seconds"])
    if tenant.behaviour.base_rates_enforced:
        for name, requests, seconds in tenant.behaviour.base_rates:
            if name in groups:
                return Rate(requests, seconds)
    return None


def _refused(tenant: Tenant, rate: Rate, ends_s: float) -> Refusal:
    behaviour = tenant.behaviour
    inner = {"quotaLimit": rate.requests, "quotaResetTime": iso(ends_s), "retryAfter": iso(ends_s)}
    early_s = ends_s - behaviour.retry_after_early_s
    told = {
        "seconds": str(max(0, ceil(early_s - tenant.clock.now_s()))),
        "date": formatdate(ceil(early_s), usegmt=True),
        "nothing": None,
    }
    return limited(behaviour, inner, told[behaviour.retry_after])
