"""Velocity and traffic: whether a count is higher than what was counted before lets expect."""

from __future__ import annotations

from math import ceil, exp, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from fakes.clock import iso

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakes.pingone.protect.counting import Tally
    from fakes.pingone.protect.scenes import Scene
    from fakes.store import Row

_MANY = 50.0
"""From this mean on a Poisson distribution is near enough to a normal one."""


class Threshold(NamedTuple):
    """From which counts on the level is MEDIUM and HIGH, and where that comes from."""

    source: str
    medium: float
    high: float

    def level(self, count: int) -> str:
        """The level of a count: LOW where there was too little to say more."""
        reached = self.source != "MIN_NOT_REACHED"
        return _level(count, self.medium, self.high) if reached else "LOW"

    def shown(self, since: float, until: float) -> Row:
        """`threshold` of the details, of a stretch of time."""
        return {**self._asdict(), "calculatedAt": iso(since), "expiresAt": iso(until)}


def threshold(scene: Scene, predictor: Row, tally: Tally, row: Row) -> Threshold:
    """Of the subject's own past, else of the environment's, else what the predictor says."""
    fallback = predictor["fallback"]
    default = fallback["medium"], fallback["high"]
    past = [count for _, count in row["past"]]
    if len(past) >= predictor["slidingWindow"]["minSample"]:
        return Threshold("CALCULATED", *_expected(scene, predictor["use"], past))
    highest = scene.counting.highest(tally)
    if highest > default[0]:
        return Threshold("ENVIRONMENT_FALLBACK", highest, highest * default[1] / default[0])
    return Threshold("DEFAULT_FALLBACK", *default)


def _expected(scene: Scene, use: Row, past: list[int]) -> tuple[float, float]:
    """Counts that a Poisson distribution with the mean of the past hardly ever exceeds."""
    mean = sum(past) / len(past)
    least = max(past) if scene.behaviour.poisson_with_max else 0
    medium, high = (max(quantile(mean, use[name]), least) + 1 for name in ("medium", "high"))
    return medium, max(high, medium + 1)


def quantile(mean: float, share: float) -> int:
    """The smallest count that a Poisson variable of that mean does not exceed with that chance."""
    if mean > _MANY:
        return ceil(mean + NormalDist().inv_cdf(share) * sqrt(mean))
    count, chance = 0, exp(-mean)
    below = chance
    while below < share:
        count += 1
        chance *= mean / count
        below += chance
    return count


def _level(count: float, medium: float, high: float) -> str:
    return "HIGH" if count >= high else "MEDIUM" if count >= medium else "LOW"


def traffic_level(scene: Scene, predictor: Row, tallies: Sequence[Tally]) -> str:
    """The highest level that a rule finds in its count of the device's users."""
    rules = [rule["threshold"] for rule in predictor["rules"] if rule["enabled"]]
    found = [_of_rule(scene, *one) for one in zip(rules, tallies, strict=True)]
    return next((level for level in ("HIGH", "MEDIUM") if level in found), "LOW")


def _of_rule(scene: Scene, limits: Row, tally: Tally) -> str:
    row = scene.counting.find(tally)
    return _level(row["count"] if row else 0, limits["medium"], limits["high"])
