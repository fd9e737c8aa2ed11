"""COMPOSITE predictors: trees of conditions over the event and what the other predictors found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.protect.mapping import in_ranges
from fakes.pingone.protect.networks import address
from fakes.pingone.protect.ranges import ip_ranges
from fakes.pingone.protect.resolving import PLACEHOLDER, resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.pingone.behaviour import Behaviour
    from fakes.pingone.drafts import Draft
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

_JOINED = {"AND": "and", "OR": "or", "NOT": "not"}
_LISTS = ("STRING_LIST", "GROUPS_INTERSECTION")
TYPES = (*_JOINED, "VALUE_COMPARISON", "IP_RANGE", "IP_COMPARISON", *_LISTS)
"""Types of condition (SDK, EnumPredictorCompositeConditionType)."""

_DEPTH = 10
_WIDTH = 100
"""How deep and how wide a tree may be: the fake's own limits, for none are documented."""


def composed(behaviour: Behaviour, predictor: Row, context: Mapping[str, Any]) -> str | None:
    """The level of the first composition whose condition is met; None where none is."""
    counted = {**context, "details": {**context["details"], "counters": _counters(context)}}
    step = 1 if behaviour.composition_decides == "first" else -1
    for one in predictor["compositions"][::step]:
        if _met(behaviour, one["condition"], counted):
            return str(one["level"])
    return None


def _counters(context: Mapping[str, Any]) -> dict[str, Any]:
    """How many predictors found each level (create risk predictor, composite)."""
    found = [one["level"] for one in context["details"].values() if _is_rated(one)]
    levels = ("HIGH", "MEDIUM", "LOW")
    return {"predictorLevels": {level.lower(): found.count(level) for level in levels}}


def _is_rated(one: Any) -> bool:
    return isinstance(one, dict) and "type" in one and "level" in one


def _met(behaviour: Behaviour, condition: Row, context: Mapping[str, Any]) -> bool:
    kind = condition["type"]
    if kind == "NOT":
        return not _met(behaviour, condition["not"], context)
    if kind in _JOINED:
        join = all if kind == "AND" else any
        return join(_met(behaviour, one, context) for one in condition[_JOINED[kind]])
    return _COMPARED[kind](behaviour, condition, context)


def _equals(behaviour: Behaviour, condition: Row, context: Mapping[str, Any]) -> bool:
    wanted = _folded(behaviour, condition["equals"])
    return any(
        isinstance(one, bool) == isinstance(wanted, bool) and one == wanted
        for one in (_folded(behaviour, one) for one in resolved(condition["value"], context))
    )


def _listed(behaviour: Behaviour, condition: Row, context: Mapping[str, Any]) -> bool:
    """Whether a value is in the list, or with `notContains` none is."""
    negated = "notContains" in condition
    name = condition["notContains" if negated else "contains"]
    wanted = {_folded(behaviour, one) for one in condition["list"]}
    values = [one for one in resolved(name, context) if isinstance(one, str)]
    found = any(_folded(behaviour, one) in wanted for one in values)
    return not found if negated else found


def _ranged(behaviour: Behaviour, condition: Row, context: Mapping[str, Any]) -> bool:
    return in_ranges(behaviour, resolved(condition["contains"], context), condition["ipRange"])


def _same_address(_: Behaviour, condition: Row, context: Mapping[str, Any]) -> bool:
    wanted = address(condition["equals"])
    return any(address(one) == wanted for one in resolved(condition["value"], context))


_COMPARED: dict[str, Callable[[Behaviour, Row, Mapping[str, Any]], bool]] = {
    "VALUE_COMPARISON": _equals,
    "STRING_LIST": _listed,
    "GROUPS_INTERSECTION": _listed,
    "IP_RANGE": _ranged,
    "IP_COMPARISON": _same_address,
}


def _folded(behaviour: Behaviour, value: Any) -> Any:
    """A text without its case, where that does not matter."""
    folds = isinstance(value, str) and not behaviour.composite_case_matters
    return value.casefold() if folds else value


def condition_of(tenant: Tenant, draft: Draft, depth: int = 1) -> dict[str, Any]:
    """A condition of a body, every complaint about it and what is below it told."""
    kind = draft.choice("type", TYPES, required=True)
    if depth > _DEPTH:
        draft.complain("CONSTRAINT_VIOLATION", "type", f"conditions are {_DEPTH} deep at most")
        return {}
    if kind is None:
        return {}
    if kind in _JOINED:
        return {"type": kind, _JOINED[kind]: _inner_of(tenant, draft, kind, depth)}
    return {"type": kind, **_leaf_of(tenant, draft, kind)}


def _inner_of(tenant: Tenant, draft: Draft, kind: str, depth: int) -> Any:
    if kind == "NOT":
        inner = draft.inner("not", required=True)
        return condition_of(tenant, inner, depth + 1) if inner else {}
    found = draft.inners(_JOINED[kind], required=True, limit=_WIDTH)
    return [condition_of(tenant, one, depth + 1) for one in found]


def _leaf_of(tenant: Tenant, draft: Draft, kind: str) -> dict[str, Any]:
    """The members of a comparison."""
    if kind in ("VALUE_COMPARISON", "IP_COMPARISON"):
        value = draft.text("value", required=True, pattern=PLACEHOLDER.pattern)
        equals = draft.value("equals", required=True)
        if kind == "IP_COMPARISON" and equals is not None and address(equals) is None:
            draft.complain("INVALID_VALUE", "equals", "must be an IP address")
        elif isinstance(equals, dict | list):
            draft.complain("INVALID_VALUE", "equals", "must be a string, a number, true or false")
        return {"value": value, "equals": equals}
    name = "notContains" if kind in _LISTS and draft.has("notContains") else "contains"
    contains = draft.text(name, required=True, pattern=PLACEHOLDER.pattern)
    if kind == "IP_RANGE":
        return {name: contains, "ipRange": ip_ranges(tenant, draft, "riskPredictors")}
    return {name: contains, "list": draft.texts("list", required=True, limit=_WIDTH)}
