"""How an event becomes a risk level: details, predictors, and the policies of a set."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from fakes.pingone.policy_sets import AGGREGATES
from fakes.pingone.predictors import LEVELS, PLACEHOLDER, compact_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fakes.pingone.behaviour import Behaviour
    from fakes.pingone.seeds import Place
    from fakes.store import Row

_MEASURED = frozenset({"ANONYMOUS_NETWORK", "IP_REPUTATION"})
"""Types that need no history: the fake knows no bad network."""


class Verdict(NamedTuple):
    """What a policy set makes of an event."""

    level: str
    score: float | None = None
    source: str | None = None
    value: str | None = None

    def shown(self) -> dict[str, Any]:
        """`result` of an evaluation."""
        whole = {
            "level": self.level,
            "score": self.score,
            "source": self.source,
            "type": "VALUE",
            "value": self.value,
        }
        return {name: value for name, value in whole.items() if value is not None}


def details_of(
    behaviour: Behaviour, event: Row, predictors: Iterable[Row], places: tuple[Place, ...]
) -> dict[str, Any]:
    """What is known of the event, then one member for each predictor, by compactName.

    Source: create risk evaluation page, details.
    """
    details: dict[str, Any] = {
        "ipAddressReputation": {"score": 0, "level": "LOW"},
        "anonymousNetworkDetected": False,
        "impossibleTravel": False,
        **_whereabouts(event.get("ip"), places),
    }
    context = {"event": event, "transaction": event, "details": details}
    rated = {row.get("compactName", ""): _rated(behaviour, row, context) for row in predictors}
    if not behaviour.undecided_shown:
        rated = {name: one for name, one in rated.items() if "level" in one}
    return {**details, **rated}


def judged(behaviour: Behaviour, policies: Sequence[Row], event: Row, details: Row) -> Verdict:
    """The verdict of a set's policies: an override that matches, else scores, else the default."""
    overridden = _by_override(behaviour, policies, event, details)
    aggregated = [one for one in policies if one["condition"]["type"] in AGGREGATES]
    if overridden and (behaviour.overrides_decide or not aggregated):
        return overridden
    return _by_total(behaviour, aggregated, details)


def _by_override(
    behaviour: Behaviour, policies: Sequence[Row], event: Row, details: Row
) -> Verdict | None:
    """What the overrides that match say; None where there is none."""
    overrides = [one for one in policies if one["condition"]["type"] not in AGGREGATES]
    matching = [one for one in overrides if _matches(behaviour, one["condition"], event, details)]
    if not matching:
        return None
    policy = matching[0 if behaviour.override_wins == "first" else -1]
    result = policy["result"]
    return Verdict(result["level"], None, _source(behaviour, policy), result.get("value"))


def _source(behaviour: Behaviour, policy: Row) -> str | None:
    """What the verdict of an override names as its source."""
    match behaviour.override_source:
        case "condition":
            return str(policy["condition"]["type"])
        case "name":
            return str(policy["name"])
    return None


def _by_total(behaviour: Behaviour, policies: Sequence[Row], details: Row) -> Verdict:
    """The policy between whose thresholds its total lies; of several, the highest level."""
    totals = [_total(behaviour, one["condition"], details) for one in policies]
    hits = [
        (one["result"], total, one["condition"]["type"])
        for one, total in zip(policies, totals, strict=True)
        if _within(behaviour, one["condition"]["between"], total)
    ]
    if hits:
        result, total, source = min(hits, key=lambda hit: LEVELS.index(hit[0]["level"]))
        return Verdict(result["level"], total, source, result.get("value"))
    if totals:
        return Verdict(behaviour.default_result, totals[0], policies[0]["condition"]["type"])
    return Verdict(behaviour.default_result)


def _within(behaviour: Behaviour, between: Row, total: float) -> bool:
    return behaviour.score_between(total, between["minScore"], between["maxScore"])


def _total(behaviour: Behaviour, condition: Row, details: Row) -> float:
    """Sum of scores, or average of weights: HIGH counts fully, MEDIUM half, LOW nothing."""
    member, number = AGGREGATES[condition["type"]]
    shares = dict(behaviour.level_shares)
    parts = condition[member]
    total = float(
        sum(part[number] * shares.get(_level(part["value"], details), 0.0) for part in parts)
    )
    if number == "score" or not behaviour.weights_averaged:
        return total
    weights = sum(part[number] for part in parts)
    return 100.0 * total / weights if weights else 0.0


def _level(placeholder: str, details: Row) -> str:
    rated = details.get(compact_name(placeholder) or "")
    return str(rated.get("level", "")) if isinstance(rated, dict) else ""


def _matches(behaviour: Behaviour, condition: Row, event: Row, details: Row) -> bool:
    context = {"event": event, "transaction": event, "details": details}
    if condition["type"] == "IP_RANGE":
        return _in_ranges(behaviour, resolved(condition["contains"], context), condition["ipRange"])
    expected = condition["equals"]
    return any(
        value is expected if isinstance(expected, bool) else value == expected
        for value in resolved(condition["value"], context)
    )


def _rated(behaviour: Behaviour, predictor: Row, context: Mapping[str, Any]) -> dict[str, Any]:
    """Level and type; a status and its reason where there is not enough data for a level."""
    kind = predictor["type"]
    level = None
    if kind == "MAP":
        level = _mapped(behaviour, predictor, context)
    elif kind in _MEASURED:
        level = "LOW"
    whole: dict[str, Any] = {"level": level, "type": kind}
    if level is None:
        whole |= {"status": behaviour.training_status, "reason": "Not enough data"}
        fallback = predictor.get("default", {}).get("result")
        if fallback:
            whole |= {"level": fallback["level"], "reason": "Fallback level was used"}
    return {name: whole[name] for name in behaviour.detail_members_shown if whole.get(name)}


def _mapped(behaviour: Behaviour, predictor: Row, context: Mapping[str, Any]) -> str | None:
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
        return _in_ranges(behaviour, values, condition["ipRange"])
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


def _in_ranges(behaviour: Behaviour, values: list[Any], ranges: list[str]) -> bool:
    addresses = [one for one in map(address, values) if one is not None]
    return any(behaviour.ip_in_range(one, cidr) for one in addresses for cidr in ranges)


def address(value: Any) -> IPv4Address | IPv6Address | None:
    """The IP address that the text is, or None."""
    try:
        return ip_address(value) if isinstance(value, str) else None
    except ValueError:
        return None


def resolved(placeholder: str, context: Mapping[str, Any]) -> list[Any]:
    """The values that a placeholder stands for: none, one, or those of a list.

    Items of a list that are objects stand for their names, as the groups of a user do.
    """
    match = PLACEHOLDER.fullmatch(placeholder)
    found: list[Any] = [context]
    for name in match[1].split(".") if match else ():
        inner = (one.get(name) for one in found if isinstance(one, dict))
        found = [value for one in inner for value in (one if isinstance(one, list) else [one])]
    named = (one.get("name") if isinstance(one, dict) else one for one in found)
    return [value for value in named if value is not None]


def _whereabouts(ip: Any, places: tuple[Place, ...]) -> dict[str, Any]:
    """Where a public address is: always the same place for the same address; nowhere otherwise."""
    known = address(ip)
    if known is None or not known.is_global:
        return {}
    place = places[crc32(known.packed) % len(places)]
    country = {"country": place.country} if place.country else {}
    return {
        **country,
        "city": place.city,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
