"""How an event becomes a risk level: details, predictors, and the policies of a set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingone.protect.conditions import AGGREGATES
from fakes.pingone.protect.kinds import LEVELS
from fakes.pingone.protect.mapping import in_ranges
from fakes.pingone.protect.mitigations import FALLBACK, recommends
from fakes.pingone.protect.rating import rated
from fakes.pingone.protect.resolving import compact_name, resolved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakes.pingone.behaviour import Behaviour
    from fakes.pingone.protect.scenes import Scene
    from fakes.store import Row


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


def details_of(scene: Scene, predictors: Sequence[Row]) -> dict[str, Any]:
    """What is known of the event, then one member for each predictor, by compactName.

    Composite predictors see what the others found. Source: create risk evaluation page, details.
    """
    found = {one.get("compactName", ""): rated(scene, one) for one in predictors if not _late(one)}
    for one in predictors:
        if _late(one):
            details = {**scene.details, **found}
            whole = scene._replace(context={**scene.context, "details": details})
            found[one.get("compactName", "")] = rated(whole, one)
    if not scene.behaviour.undecided_shown:
        found = {name: one for name, one in found.items() if "level" in one}
    return {**scene.details, **found}


def _late(predictor: Row) -> bool:
    """Whether the predictor looks at what others found."""
    return bool(predictor["type"] == "COMPOSITE")


def judged(behaviour: Behaviour, policies: Sequence[Row], event: Row, details: Row) -> Verdict:
    """The verdict of a set's policies: an override that matches, else scores, else the default."""
    policies = [one for one in policies if not recommends(one)]
    overridden = _by_override(behaviour, policies, event, details)
    aggregated = [one for one in policies if one["condition"]["type"] in AGGREGATES]
    if overridden and (behaviour.overrides_decide or not aggregated):
        return overridden
    return _by_total(behaviour, aggregated, details)


def recommended(
    behaviour: Behaviour, policies: Sequence[Row], event: Row, details: Row
) -> list[Any]:
    """The mitigations of the first policy with some that matches, else those to fall back to."""
    wanted = [one for one in policies if recommends(one)]
    fallbacks = [one for one in wanted if one["result"]["type"] == FALLBACK]
    matching = [
        one
        for one in wanted
        if one not in fallbacks and _matches(behaviour, one["condition"], event, details)
    ]
    found = (*matching, *fallbacks) if behaviour.mitigation_decides == "match" else fallbacks
    return list(found[0]["result"]["mitigations"]) if found else []


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
    parts = [(part[number], _level(part["value"], details)) for part in condition[member]]
    total = float(sum([share * shares.get(level, 0.0) for share, level in parts]))
    if number == "score" or not behaviour.weights_averaged:
        return total
    every = behaviour.undecided_weigh
    weights = sum([weight for weight, level in parts if level or every])
    return 100.0 * total / weights if weights else 0.0


def _level(placeholder: str, details: Row) -> str:
    rated = details.get(compact_name(placeholder) or "")
    return str(rated.get("level", "")) if isinstance(rated, dict) else ""


def _matches(behaviour: Behaviour, condition: Row, event: Row, details: Row) -> bool:
    context = {"event": event, "transaction": event, "details": details}
    if condition["type"] == "IP_RANGE":
        return in_ranges(behaviour, resolved(condition["contains"], context), condition["ipRange"])
    expected = condition["equals"]
    return any(
        value is expected if isinstance(expected, bool) else value == expected
        for value in resolved(condition["value"], context)
    )
