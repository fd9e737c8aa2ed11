"""MAP predictors: the level whose list or range holds a value of the event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.protect.networks import address
from fakes.pingone.protect.resolving import resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.behaviour import Behaviour
    from fakes.store import Row


def mapped(behaviour: Behaviour, predictor: Row, context: Mapping[str, Any]) -> str | None:
    """The first level whose condition the event meets, highest first; None without any value."""
    seen = False
    for level in behaviour.map_levels:
        condition = predictor.get("map", {}).get(level.lower())
        if condition is None:
            continue
        values = resolved(condition["contains"], context)
        seen = seen or bool(values)
        if _meets(behaviour, values, condition):
            return level
    fallback = predictor.get("default", {}).get("result")
    if fallback and behaviour.map_uses_default:
        return str(fallback["level"])
    return behaviour.map_without_match if seen else None


def _meets(behaviour: Behaviour, values: list[Any], condition: Row) -> bool:
    if "list" in condition:
        fold = str if behaviour.map_case_matters else str.casefold
        wanted = {fold(one) for one in condition["list"]}
        return any(isinstance(value, str) and fold(value) in wanted for value in values)
    if "ipRange" in condition:
        return in_ranges(behaviour, values, condition["ipRange"])
    low, high = condition["between"]["minScore"], condition["between"]["maxScore"]
    return any(
        behaviour.map_between(one, low, high) for one in map(_number, values) if one is not None
    )


def _number(value: Any) -> float | None:
    """A number, sent as one or as its decimal text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def in_ranges(behaviour: Behaviour, values: list[Any], ranges: list[str]) -> bool:
    """Whether one of the values is an address in one of the ranges."""
    addresses = [one for one in map(address, values) if one is not None]
    return any(behaviour.ip_in_range(one, cidr) for one in addresses for cidr in ranges)
