"""Ranges in bodies: of addresses as CIDRs, and of numbers."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fakes.pingone.drafts import Draft
    from fakes.pingone.tenant import Tenant

_CIDR_LIMIT = 400
FAR = 1e15
"""Further than any score."""


def ip_ranges(
    tenant: Tenant, draft: Draft, where: str, name: str = "ipRange", *, required: bool = True
) -> list[str]:
    """CIDRs; at most 400 of them (risk policies page)."""
    ranges = draft.texts(name, required=required, limit=_CIDR_LIMIT)
    for index, one in enumerate(ranges):
        if where in tenant.behaviour.ranges_checked_in and not _is_cidr(one):
            draft.complain("INVALID_VALUE", f"{name}[{index}]", "must be a CIDR")
    return ranges


def between(draft: Draft, high: float, *, checked: bool) -> dict[str, Any] | None:
    """Both minScore and maxScore, the lower one below the upper one."""
    inner = draft.inner("between", required=True)
    if inner is None:
        return None
    low = -FAR if high == FAR else 0
    top = high if checked else FAR
    least = inner.number("minScore", low, top, required=True)
    most = inner.number("maxScore", low, top, required=True)
    if checked and least is not None and most is not None and least >= most:
        inner.complain("INVALID_VALUE", "maxScore", "must be above minScore")
    return {"minScore": least, "maxScore": most}


def rising(draft: Draft, low: float, high: float, *, whole: bool = False) -> dict[str, Any]:
    """`medium` below `high`, both from `low` to `high`."""
    read = draft.whole if whole else draft.number
    found: dict[str, Any] = {
        name: read(name, low, high, required=True) for name in ("medium", "high")
    }
    medium, upper = found["medium"], found["high"]
    if medium is not None and upper is not None and medium >= upper:
        draft.complain("INVALID_VALUE", "high", "must be above medium")
    return found


def _is_cidr(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True
