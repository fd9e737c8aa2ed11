"""The members that each type of predictor has, checked and completed with their defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.protect.composing import condition_of
from fakes.pingone.protect.counting import seconds
from fakes.pingone.protect.moments import moment_s
from fakes.pingone.protect.ranges import FAR, between, ip_ranges, rising
from fakes.pingone.protect.resolving import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.pingone.drafts import Draft
    from fakes.pingone.tenant import Tenant

LEVELS = ("HIGH", "MEDIUM", "LOW")
"""Risk levels, highest first."""

_CONDITIONS = ("list", "between", "ipRange")
_LONGEST = 400
_FORTNIGHT_S = 14 * 86_400

VELOCITY: dict[str, Any] = {
    "measure": "DISTINCT_COUNT",
    "use": {"type": "POISSON_WITH_MAX", "medium": 0.96, "high": 0.995},
    "every": {"unit": "HOUR", "quantity": 1, "minSample": 5},
    "slidingWindow": {"unit": "DAY", "quantity": 14, "minSample": 3},
}
"""What the vendor's velocity predictors have (Terraform provider, bootstrap_predictors.go)."""

FALLBACKS: dict[str, dict[str, Any]] = {
    "${event.ip}": {"strategy": "ENVIRONMENT_MAX", "high": 30, "medium": 20},
    "${event.user.id}": {"strategy": "ENVIRONMENT_MAX", "high": 3500, "medium": 2500},
}
"""Fallback thresholds by what is counted (as above)."""


def members_of(tenant: Tenant, draft: Draft, kind: str) -> dict[str, Any]:
    """The members of a predictor of that type, every complaint about them told."""
    return _KINDS[kind](tenant, draft)


def _white_list(tenant: Tenant, draft: Draft) -> dict[str, Any]:
    return {"whiteList": ip_ranges(tenant, draft, "riskPredictors", "whiteList", required=False)}


def _domains(_: Tenant, draft: Draft) -> dict[str, Any]:
    return {"domainWhiteList": draft.texts("domainWhiteList", limit=_LONGEST)}


def _bot(_: Tenant, draft: Draft) -> dict[str, Any]:
    name = "includeRepeatedEventsWithoutSdk"
    return {name: draft.flag(name) or False}


def _nothing(_: Tenant, __: Draft) -> dict[str, Any]:
    return {}


def _composite(tenant: Tenant, draft: Draft) -> dict[str, Any]:
    """One to three compositions, each a condition and its level."""
    limit, found = tenant.behaviour.composition_limit, []
    for item in draft.inners("compositions", required=True, limit=limit):
        condition = item.inner("condition", required=True)
        fold = "predictors" in tenant.behaviour.levels_fold_in
        level = item.choice("level", LEVELS, required=True, fold=fold)
        found.append(
            {"condition": condition_of(tenant, condition) if condition else {}, "level": level}
        )
    return {"compositions": found}


def _device(_: Tenant, draft: Draft) -> dict[str, Any]:
    """A start of learning is for new devices only (Terraform provider, risk predictor)."""
    detect = draft.choice("detect", ("NEW_DEVICE", "SUSPICIOUS_DEVICE")) or "NEW_DEVICE"
    activation = draft.text("activationAt")
    if activation is not None and moment_s(activation) is None:
        draft.complain("INVALID_VALUE", "activationAt", "must be a date and time (RFC 3339)")
    elif activation is not None and detect != "NEW_DEVICE":
        draft.complain("CONSTRAINT_VIOLATION", "activationAt", "is for NEW_DEVICE only")
    signed = draft.flag("shouldValidatePayloadSignature")
    return {
        "detect": detect,
        "activationAt": activation,
        "shouldValidatePayloadSignature": signed,
    }


def _location(tenant: Tenant, draft: Draft) -> dict[str, Any]:
    """A radius and the days of which places are remembered."""
    radius, days = draft.inner("radius"), draft.whole("days", 1, 90)
    distance, unit = tenant.behaviour.location_radius
    if radius:
        units = ("kilometers", "miles")
        distance = radius.whole("distance", 10, 160, required=True) or distance
        unit = radius.choice("unit", units) or unit
    return {
        "radius": {"distance": distance, "unit": unit},
        "days": tenant.behaviour.location_days if days is None else days,
    }


def _behaviour(_: Tenant, draft: Draft) -> dict[str, Any]:
    model, names = (
        draft.inner("predictionModel", required=True),
        ("points", "login_anomaly_statistic"),
    )
    name = model.choice("name", names, required=True) if model else None
    return {"predictionModel": {"name": name}}


def _traffic(_: Tenant, draft: Draft) -> dict[str, Any]:
    """One rule: users of one device, in an interval of an hour to a fortnight."""
    return {"rules": [_rule(one) for one in draft.inners("rules", required=True, limit=1)]}


def _rule(draft: Draft) -> dict[str, Any]:
    kind = draft.choice("type", ("UNIQUE_USERS_PER_DEVICE",), required=True)
    interval, threshold = (
        draft.inner("interval", required=True),
        draft.inner("threshold", required=True),
    )
    enabled = draft.flag("enabled")
    span = _span(interval) if interval else {}
    if interval and span.get("quantity") and span.get("unit") and seconds(span) > _FORTNIGHT_S:
        interval.complain("OUT_OF_RANGE", "quantity", "must be from 1 hour to 14 days")
    return {
        "type": kind,
        "enabled": True if enabled is None else enabled,
        "interval": span,
        "threshold": rising(threshold, 1, FAR, whole=True) if threshold else {},
    }


def _span(draft: Draft) -> dict[str, Any]:
    """A unit of time and how many of them."""
    unit = draft.choice("unit", ("HOUR", "DAY"), required=True)
    return {"unit": unit, "quantity": draft.whole("quantity", 1, _LONGEST, required=True)}


def _velocity(tenant: Tenant, draft: Draft) -> dict[str, Any]:
    """What is counted for whom; the rest has defaults."""
    attributes = tenant.behaviour.velocity_attributes
    of = draft.choice("of", attributes, required=True)
    by = draft.texts("by", limit=len(attributes)) or [one for one in attributes if one != of]
    for index, one in enumerate(by):
        if one not in attributes or one == of:
            allowed = [each for each in attributes if each != of]
            message = f"must be one of {', '.join(allowed)}"
            draft.complain("INVALID_VALUE", f"by[{index}]", message, allowedValues=allowed)
    measure = draft.choice("measure", ("DISTINCT_COUNT",)) or "DISTINCT_COUNT"
    fallback = draft.inner("fallback")
    return {
        "of": of,
        "by": by,
        "measure": measure,
        "use": _use(draft.inner("use")),
        "every": _sampled(draft.inner("every"), "every"),
        "slidingWindow": _sampled(draft.inner("slidingWindow"), "slidingWindow"),
        "fallback": _fallback(fallback) if fallback else FALLBACKS.get(of or "", {}),
    }


def _use(draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return dict(VELOCITY["use"])
    kind = draft.choice("type", ("POISSON_WITH_MAX",)) or "POISSON_WITH_MAX"
    return {"type": kind, **rising(draft, 0, 0.999_999)}


def _sampled(draft: Draft | None, name: str) -> dict[str, Any]:
    if draft is None:
        return dict(VELOCITY[name])
    return {**_span(draft), "minSample": draft.whole("minSample", 1, FAR, required=True)}


def _fallback(draft: Draft) -> dict[str, Any]:
    strategy = draft.choice("strategy", ("ENVIRONMENT_MAX",)) or "ENVIRONMENT_MAX"
    return {"strategy": strategy, **rising(draft, 1, FAR)}


def _map(tenant: Tenant, draft: Draft) -> dict[str, Any]:
    """A condition for each level that has one; at least one has."""
    levels = draft.inner("map", required=tenant.behaviour.map_required)
    if levels is None:
        return {"map": {}}
    found = {
        level.lower(): _condition(tenant, inner)
        for level in LEVELS
        if (inner := levels.inner(level.lower())) is not None
    }
    if not any(levels.has(level.lower()) for level in LEVELS):
        draft.complain("EMPTY_VALUE", "map", "must have high, medium or low")
    return {"map": found}


def _condition(tenant: Tenant, draft: Draft) -> dict[str, Any]:
    """contains, and one of list, between and ipRange; the type is added."""
    contains = draft.text("contains", required=True, pattern=PLACEHOLDER.pattern)
    given = [name for name in _CONDITIONS if draft.has(name)]
    if len(given) != 1:
        draft.complain("REQUIRED_VALUE", "list", f"exactly one of {', '.join(_CONDITIONS)}")
        return {}
    name = given[0]
    if name == "list":
        value: Any = draft.texts("list", required=True)
    elif name == "ipRange":
        value = ip_ranges(tenant, draft, "riskPredictors")
    else:
        value = between(draft, FAR, checked=True)
    kind = dict(tenant.behaviour.map_kinds).get(name)
    return {**({"type": kind} if kind else {}), "contains": contains, name: value}


_KINDS: dict[str, Callable[[Tenant, Draft], dict[str, Any]]] = {
    "ADVERSARY_IN_THE_MIDDLE": _domains,
    "ANONYMOUS_NETWORK": _white_list,
    "BOT": _bot,
    "COMPOSITE": _composite,
    "DEVICE": _device,
    "EMAIL_REPUTATION": _nothing,
    "GEO_VELOCITY": _white_list,
    "IP_REPUTATION": _white_list,
    "MAP": _map,
    "TRAFFIC_ANOMALY": _traffic,
    "USER_LOCATION_ANOMALY": _location,
    "USER_RISK_BEHAVIOR": _behaviour,
    "VELOCITY": _velocity,
}
TYPES = tuple(_KINDS)
"""Types of predictor (SDK risk OpenAPI)."""
