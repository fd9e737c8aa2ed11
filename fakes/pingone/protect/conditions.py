"""Conditions of risk policies: totals over predictors, one value, or ranges of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.protect.ranges import between, ip_ranges
from fakes.pingone.protect.resolving import PLACEHOLDER, compact_name

if TYPE_CHECKING:
    from fakes.pingone.drafts import Draft
    from fakes.pingone.tenant import Tenant

AGGREGATES = {
    "AGGREGATED_SCORES": ("aggregatedScores", "score"),
    "AGGREGATED_WEIGHTS": ("aggregatedWeights", "weight"),
}
"""Conditions over several predictors: member, and its number."""

_WEIGHT_LIMIT = 100

TYPES = (*AGGREGATES, "VALUE_COMPARISON", "IP_RANGE")
"""Types of condition (SDK risk OpenAPI)."""

BOOLEANS = ("details.impossibleTravel", "details.anonymousNetworkDetected")
"""Details beside the predictors that an override can compare (older policies do)."""

ADDRESSES = ("event.ip", "transaction.ip")
"""What an IP_RANGE condition can look at (the second in older policies)."""


def read_condition(tenant: Tenant, draft: Draft, usable: dict[str, bool]) -> dict[str, Any]:
    """One of the four kinds; older policies omit the type, which their members tell."""
    kind = draft.choice("type", TYPES) if draft.has("type") else read_kind(draft)
    if kind is None:
        if not draft.has("type"):
            draft.complain("REQUIRED_VALUE", "type", f"must be one of {', '.join(TYPES)}")
        return {}
    if kind in AGGREGATES:
        return _aggregate(tenant, draft, kind, usable)
    return _ip_range(tenant, draft) if kind == "IP_RANGE" else _comparison(tenant, draft, usable)


def read_kind(draft: Draft) -> Any:
    """The type as it is sent; without one, that which the members tell."""
    if draft.has("type"):
        return draft.body["type"]
    members = {"aggregatedScores": 0, "aggregatedWeights": 1, "value": 2, "ipRange": 3}
    return next((TYPES[index] for name, index in members.items() if draft.has(name)), None)


def _aggregate(tenant: Tenant, draft: Draft, kind: str, usable: dict[str, bool]) -> dict[str, Any]:
    member, number = AGGREGATES[kind]
    least, most = (0, 100) if number == "score" else (0, 10)
    parts = []
    for item in draft.inners(member, required=True):
        value = item.text("value", required=True)
        _check_predictor(tenant, item, value, usable, weights=number == "weight")
        parts.append({"value": value, number: item.number(number, least, most, required=True)})
    checked = tenant.behaviour.thresholds_checked
    highest = tenant.behaviour.score_limit if number == "score" else _WEIGHT_LIMIT
    return {"type": kind, member: parts, "between": between(draft, highest, checked=checked)}


def _comparison(tenant: Tenant, draft: Draft, usable: dict[str, bool]) -> dict[str, Any]:
    value, expected = draft.text("value", required=True), draft.value("equals", required=True)
    if value is None or PLACEHOLDER.sub(r"\1", value) not in BOOLEANS:
        _check_predictor(tenant, draft, value, usable)
    if expected is not None and not isinstance(expected, str | bool):
        draft.complain("INVALID_VALUE", "equals", "must be a string, true or false")
    return {"type": "VALUE_COMPARISON", "value": value, "equals": expected}


def _ip_range(tenant: Tenant, draft: Draft) -> dict[str, Any]:
    contains = draft.text("contains", required=True)
    if contains is not None and PLACEHOLDER.sub(r"\1", contains) not in ADDRESSES:
        allowed = [f"${{{one}}}" for one in ADDRESSES]
        message = f"must be one of {', '.join(allowed)}"
        draft.complain("INVALID_VALUE", "contains", message, allowedValues=allowed)
    ranges = ip_ranges(tenant, draft, "riskPolicySets")
    return {"type": "IP_RANGE", "contains": contains, "ipRange": ranges}


def _check_predictor(
    tenant: Tenant,
    draft: Draft,
    value: str | None,
    usable: dict[str, bool],
    *,
    weights: bool = False,
) -> None:
    """The placeholder names a predictor that the set evaluates, in the form that the kind wants."""
    if value is None:
        return
    name = compact_name(value)
    if name is None or weights != (".aggregatedWeights." in value):
        form = "${details.aggregatedWeights.NAME}" if weights else "${details.NAME.level}"
        draft.complain("INVALID_VALUE", "value", f"must be like {form}", allowedPattern=form)
    elif name not in usable and "riskPolicies" in tenant.behaviour.predictors_known_in:
        message = "the provided value is not valid: no predictor of the environment"
        draft.complain("INVALID_VALUE", "value", message)
    elif not usable.get(name, True):
        message = "the predictor is not one of evaluatedPredictors"
        draft.complain("CONSTRAINT_VIOLATION", "value", message)
