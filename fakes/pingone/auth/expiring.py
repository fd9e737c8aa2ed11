"""Rows that end by themselves, such as codes and sessions: kept in tables that do not grow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

LIMIT = 20_000
"""Rows of one table that are kept; past that the oldest are forgotten (the fake's own limit)."""

_LOOKS = 4


def keep(tenant: Tenant, name: str, key: str, row: dict[str, Any]) -> Row:
    """The row, stored; it ends at its `ends_s`. The oldest that have ended are forgotten."""
    table, now_s = tenant.table(name), tenant.clock.now_s()
    for _ in range(_LOOKS):
        oldest = next(iter(table.rows), None)
        if oldest is None or (table.rows[oldest]["ends_s"] > now_s and len(table) < LIMIT):
            break
        table.delete(oldest)
    return table.put(key, row)


def alive(tenant: Tenant, name: str, key: str) -> Row | None:
    """The row of that key, unless it has ended."""
    row = tenant.table(name).get(key)
    return row if row is not None and tenant.clock.now_s() < row["ends_s"] else None
