"""The policies of a set, ready to judge events: overrides, scores and weights, mitigations."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingone.protect.conditions import AGGREGATES
from fakes.pingone.protect.kinds import LEVELS
from fakes.pingone.protect.mapping import in_ranges
from fakes.pingone.protect.mitigations import FALLBACK, recommends
from fakes.pingone.protect.resolving import compact_name, path_of, values_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fakes.pingone.behaviour import Behaviour
    from fakes.store import Row

_KEPT = 256
"""Verdicts that are kept of a set: by the levels of its predictors."""


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


class Policies:
    """The policies of a set; what an event is judged by is its context: event and details."""

    def __init__(self, behaviour: Behaviour, policies: Sequence[Row]) -> None:
        self._behaviour = behaviour
        plain = [one for one in policies if not recommends(one)]
        aggregated = [one for one in plain if one["condition"]["type"] in AGGREGATES]
        self._overrides_decide = behaviour.overrides_decide or not aggregated
        totals = Totals(behaviour, aggregated)
        self._names = totals.names
        self._totalled = lru_cache(maxsize=_KEPT)(totals.verdict)
        self._overrides = [
            (_test(behaviour, one["condition"]), one)
            for one in plain
            if one["condition"]["type"] not in AGGREGATES
        ]
        if behaviour.override_wins != "first":
            self._overrides.reverse()
        wanted = [one for one in policies if recommends(one)]
        self._fallbacks = [one for one in wanted if one["result"]["type"] == FALLBACK]
        self._mitigations = [
            (_test(behaviour, one["condition"]), one)
            for one in wanted
            if one not in self._fallbacks
        ]
        tested = [one["condition"] for _, one in (*self._overrides, *self._mitigations)]
        self.look_at_details = all(_placeholder(one).startswith("${details.") for one in tested)

    def verdict(self, context: Mapping[str, Any]) -> Verdict:
        """An override that matches, else scores or weights, else the default."""
        if self._overrides_decide:
            for matches, policy in self._overrides:
                if matches(context):
                    return self._overridden(policy)
        return self._by_total(context["details"])

    def mitigations(self, context: Mapping[str, Any]) -> list[Any]:
        """Those of the first policy with some that matches, else those to fall back to."""
        found = self._fallbacks
        if self._behaviour.mitigation_decides == "match":
            matching = [policy for matches, policy in self._mitigations if matches(context)]
            found = [*matching, *found]
        return list(found[0]["result"]["mitigations"]) if found else []

    def _overridden(self, policy: Row) -> Verdict:
        """The verdict of an override."""
        result = policy["result"]
        return Verdict(result["level"], None, self._source(policy), result.get("value"))

    def _source(self, policy: Row) -> str | None:
        """What the verdict of an override names as its source."""
        match self._behaviour.override_source:
            case "condition":
                return str(policy["condition"]["type"])
            case "name":
                return str(policy["name"])
        return None

    def _by_total(self, details: Row) -> Verdict:
        """What scores and weights say: the same of the same levels."""
        rated = [details.get(name) for name in self._names]
        return self._totalled(
            tuple([one.get("level") if isinstance(one, dict) else None for one in rated])
        )


class Totals:
    """The policies by scores and weights; `names` are the predictors whose levels they are of."""

    def __init__(self, behaviour: Behaviour, policies: Sequence[Row]) -> None:
        self._behaviour = behaviour
        self._policies = policies
        conditions = [one["condition"] for one in policies]
        parts = [part for one in conditions for part in one[AGGREGATES[one["type"]][0]]]
        self.names = list(dict.fromkeys(map(_name, parts)))

    def verdict(self, found: tuple[str | None, ...]) -> Verdict:
        """The policy between whose thresholds its total lies; of several, the highest level."""
        behaviour, levels = self._behaviour, dict(zip(self.names, found, strict=True))
        totals = [_total(behaviour, one["condition"], levels) for one in self._policies]
        hits = [
            (one["result"], total, one["condition"]["type"])
            for one, total in zip(self._policies, totals, strict=True)
            if _within(behaviour, one["condition"]["between"], total)
        ]
        if hits:
            result, total, source = min(hits, key=lambda hit: LEVELS.index(hit[0]["level"]))
            return Verdict(result["level"], total, source, result.get("value"))
        if totals:
            source = self._policies[0]["condition"]["type"]
            return Verdict(behaviour.default_result, totals[0], source)
        return Verdict(behaviour.default_result)


def _total(behaviour: Behaviour, condition: Row, levels: Mapping[str, str | None]) -> float:
    """Sum of scores, or average of weights: HIGH counts fully, MEDIUM half, LOW nothing."""
    member, number = AGGREGATES[condition["type"]]
    shares: dict[Any, float] = dict(behaviour.level_shares)
    parts = [(part[number], levels[_name(part)]) for part in condition[member]]
    total = float(sum([share * shares.get(level, 0.0) for share, level in parts]))
    if number == "score" or not behaviour.weights_averaged:
        return total
    every = behaviour.undecided_weigh
    weights = sum([weight for weight, level in parts if level or every])
    return 100.0 * total / weights if weights else 0.0


def _name(part: Row) -> str:
    return compact_name(part["value"]) or ""


def _within(behaviour: Behaviour, between: Row, total: float) -> bool:
    return behaviour.score_between(total, between["minScore"], between["maxScore"])


def _placeholder(condition: Row) -> str:
    """What a condition looks at."""
    return str(condition["contains" if condition["type"] == "IP_RANGE" else "value"])


def _test(behaviour: Behaviour, condition: Row) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a context meets the condition: an address in a range, or a value that is equal."""
    path = path_of(_placeholder(condition))
    if condition["type"] == "IP_RANGE":
        ranges = condition["ipRange"]
        return lambda context: in_ranges(behaviour, values_at(path, context), ranges)
    expected = condition["equals"]
    if isinstance(expected, bool):
        return lambda context: any(value is expected for value in values_at(path, context))
    return lambda context: expected in values_at(path, context)
