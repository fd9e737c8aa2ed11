"""The level is what the documents say it is, whatever the predictors, scores and thresholds."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.clock import Clock
from fakes.pingone import CORRECT, FakePingOne
from fakes.pingone.protect.rating import custom_map
from fakes.pingone.protect.scenes import scene_of
from fakes.pingone.protect.scoring import Verdict
from fakes.pingone.protect.telling import Predictor
from fakes.tests.pingone_tenant import by_address, listed, override, predictor, scored
from fakes.tests.protect_events import judged

LEVELS = ("HIGH", "MEDIUM", "LOW")
SHARES = {"HIGH": 1.0, "MEDIUM": 0.5, "LOW": 0.0}
NAMES = ("alpha", "beta", "gamma")

levels = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(LEVELS), min_size=1)
scores = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 100), min_size=1)


def details(rated: dict[str, str]) -> dict[str, object]:
    return {name: {"level": level, "type": "MAP"} for name, level in rated.items()}


def rated_by(map_: dict[str, Any], event: dict[str, Any], **members: object) -> object:
    row: dict[str, Any] = {**predictor("who", **map_), **members}
    tenant = FakePingOne(clock=Clock()).tenant
    scene = scene_of(tenant, "e", {"ip": "192.0.2.1", **event}, 0)
    return custom_map(Predictor(CORRECT, row, ()), scene).get("level")


@given(levels, scores)
def test_the_score_is_the_sum_of_the_shares(rated: dict[str, str], asked: dict[str, int]) -> None:
    policies = [scored(asked, 0, 1000, "HIGH")]

    verdict = judged(policies, {}, details(rated))

    expected = sum(n * SHARES[rated[name]] for name, n in asked.items() if name in rated)
    assert verdict == Verdict("HIGH", expected, "AGGREGATED_SCORES")


@given(levels, st.dictionaries(st.sampled_from(NAMES), st.integers(1, 10), min_size=1))
def test_the_weighted_score_is_an_average(rated: dict[str, str], asked: dict[str, int]) -> None:
    parts = [
        {"value": f"${{details.aggregatedWeights.{name}}}", "weight": n}
        for name, n in asked.items()
    ]
    condition = {
        "type": "AGGREGATED_WEIGHTS",
        "aggregatedWeights": parts,
        "between": {"minScore": 0, "maxScore": 100},
    }
    policy = {"name": "x", "result": {"level": "MEDIUM"}, "condition": condition}

    score = judged([policy], {}, details(rated)).score

    heavy = {name: n for name, n in asked.items() if name in rated}
    expected = sum(n * SHARES[rated[name]] for name, n in heavy.items())
    assert score == pytest.approx(100 * expected / (sum(heavy.values()) or 1))
    assert score is not None
    assert 0 <= score <= 100


def test_the_documented_example_of_a_weighted_score_comes_out() -> None:
    """1.5625 with source AGGREGATED_WEIGHTS: a MEDIUM whose weight is one of thirty-two."""
    weights = {"alpha": 1, "beta": 10, "gamma": 10, "delta": 10, "epsilon": 1}
    parts = [
        {"value": f"${{details.aggregatedWeights.{name}}}", "weight": n}
        for name, n in weights.items()
    ]
    between = {"minScore": 40, "maxScore": 70}
    condition = {"type": "AGGREGATED_WEIGHTS", "aggregatedWeights": parts, "between": between}
    policy = {"name": "x", "result": {"level": "MEDIUM"}, "condition": condition}
    rated = dict.fromkeys(weights, "LOW") | {"alpha": "MEDIUM"}
    verdict = judged([policy], {}, details(rated))
    assert verdict == Verdict("LOW", 1.5625, "AGGREGATED_WEIGHTS")


@given(
    st.integers(0, 100),
    st.lists(st.integers(0, 1000), min_size=3, max_size=3, unique=True).map(sorted),
    st.sampled_from(LEVELS),
)
def test_a_score_gets_the_level_of_its_range(score: int, cuts: list[int], rated: str) -> None:
    low, middle, high = cuts
    policies = [scored({"alpha": score}, low, middle, "MEDIUM")]
    policies += [scored({"alpha": score}, middle, high, "HIGH")]

    level = judged(policies, {}, details({"alpha": rated})).level

    total = score * SHARES[rated]
    expected = "HIGH" if middle <= total <= high else "MEDIUM" if low <= total < middle else "LOW"
    assert level == expected


@given(levels, scores, st.permutations(LEVELS))
def test_the_first_override_that_matches_decides(
    rated: dict[str, str], asked: dict[str, int], order: list[str]
) -> None:
    overrides = [
        override("alpha", level, answer) for level, answer in zip(LEVELS, order, strict=True)
    ]
    policies = [*overrides, override("beta", "HIGH", "HIGH"), scored(asked, 0, 1000, "MEDIUM")]

    verdict = judged(policies, {}, details(rated))

    if "alpha" in rated:
        assert verdict == Verdict(order[LEVELS.index(rated["alpha"])], None, "VALUE_COMPARISON")
    elif rated.get("beta") == "HIGH":
        assert verdict == Verdict("HIGH", None, "VALUE_COMPARISON")
    else:
        assert verdict.source == "AGGREGATED_SCORES"


@given(st.ip_addresses(), st.ip_addresses(), st.integers(0, 32))
def test_an_address_matches_the_ranges_that_hold_it(
    ip: object, network: object, prefix: int
) -> None:
    cidr = f"{network}/{prefix}"
    event = {"ip": str(ip)}

    level = judged([by_address("HIGH", cidr)], event, {}).level

    inside = ip_address(str(ip)) in ip_network(cidr, strict=False)
    assert level == ("HIGH" if inside else "LOW")


@given(st.text(min_size=1), st.lists(st.text(min_size=1), min_size=1))
def test_a_list_matches_what_it_holds(user_id: str, values: list[str]) -> None:
    level = rated_by({"high": listed(*values)}, {"user": {"id": user_id}})
    assert level == ("HIGH" if user_id in values else "LOW")


@given(st.one_of(st.integers(-10, 10), st.floats(-10, 10), st.integers(-10, 10).map(str)))
def test_of_overlapping_ranges_the_higher_level_counts(value: float | str) -> None:
    condition = {"contains": "${event.age}", "between": {"minScore": 0, "maxScore": 5}}
    higher = {"contains": "${event.age}", "between": {"minScore": 5, "maxScore": 9}}

    level = rated_by({"high": higher, "medium": condition}, {"age": value})

    number = float(value)
    assert level == ("HIGH" if 5 <= number <= 9 else "MEDIUM" if 0 <= number < 5 else "LOW")


def test_a_predictor_without_a_match_has_its_default_or_none() -> None:
    high = {"high": {"contains": "${event.user.groups}", "list": ["staff"]}}
    groups = {"user": {"groups": [{"name": "guests"}, {"name": "staff"}]}}
    default = {"result": {"level": "MEDIUM", "type": "VALUE"}}
    assert rated_by(high, groups) == "HIGH"
    assert rated_by(high, {"user": {"groups": [{"name": "guests"}]}}) == "LOW"
    assert rated_by(high, {"user": {"groups": []}}) is None
    assert rated_by(high, {}) is None
    assert rated_by(high, {}, default=default) == "MEDIUM"
