"""What Protect remembers: the same for the same events, bounded, and part of every snapshot."""

from __future__ import annotations

import dataclasses
import sys
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.pingone import CORRECT
from fakes.tests.pingone_tenant import Tenant, scored
from fakes.tests.protect_events import (
    BAD,
    CHROME,
    DENVER,
    HIDDEN,
    LONDON,
    PRIVATE,
    Visits,
    judged,
    signals,
)

if TYPE_CHECKING:
    from types import FrameType

TABLES = ("riskHistory", "riskUsers", "riskCounters", "riskMembers", "riskEvaluations")
LEVELS = ("LOW", "MEDIUM", "HIGH")
NAMES = ("alpha", "beta", "gamma")

levels = st.fixed_dictionaries({name: st.sampled_from(LEVELS) for name in NAMES})
scores = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 100), min_size=1)
steps = st.lists(
    st.tuples(
        st.sampled_from(["eve", "bob"]),
        st.sampled_from([DENVER, LONDON, HIDDEN, BAD, PRIVATE, "8.8.8.8", "2001:db8::1"]),
        st.sampled_from([None, "a", "b"]),
        st.sampled_from(["SUCCESS", "FAILED", "IN_PROGRESS"]),
        st.sampled_from([0, 60, 3000]),
    ),
    max_size=6,
)


def played(visits: Visits, events: list[Any]) -> list[dict[str, Any]]:
    """The evaluations of the events, one after the other."""
    found = []
    for user, ip, device, status, later_s in events:
        visits.later(later_s)
        sdk = {"sdk": signals(device)} if device else {}
        agent = {"userAgent": CHROME}
        event = {"ip": ip, "browser": agent, "targetResource": {"id": "shop"}, **sdk}
        found.append(visits.whole(user, **event))
        if status != "IN_PROGRESS":
            visits.complete(found[-1], status)
    return found


def sizes(tenant: Tenant) -> list[int]:
    return [len(tenant.fake.store.table(name)) for name in TABLES]


@given(steps, st.integers(0, 3))
@settings(max_examples=40)
def test_the_same_events_are_judged_alike(events: list[Any], seed: int) -> None:
    one, other = (played(Visits("", Tenant(seed=seed)), events) for _ in range(2))
    assert one == other


@given(levels, scores, st.sampled_from(NAMES), st.sampled_from(LEVELS[1:]), st.booleans())
def test_no_score_falls_when_one_more_predictor_fires(
    rated: dict[str, str], asked: dict[str, int], fired: str, level: str, weigh: bool
) -> None:
    policy = scored(asked, 0, 1000, "HIGH")
    if weigh:
        weights = [
            {"value": f"${{details.aggregatedWeights.{name}}}", "weight": n}
            for name, n in asked.items()
        ]
        between = {"minScore": 0, "maxScore": 100}
        policy["condition"] = {
            "type": "AGGREGATED_WEIGHTS",
            "aggregatedWeights": weights,
            "between": between,
        }
    quiet = {**rated, fired: "LOW"}
    low, high = (
        judged([policy], {}, {name: {"level": one} for name, one in whole.items()}).score
        for whole in (quiet, {**quiet, fired: level})
    )
    assert low is not None
    assert high is not None
    assert low <= high


@given(steps)
@settings(max_examples=25)
def test_a_snapshot_brings_back_what_was_remembered(events: list[Any]) -> None:
    visits = Visits("")
    fake, clock = visits.tenant.fake, visits.tenant.clock
    played(visits, [("eve", DENVER, "a", "SUCCESS", 0)])
    kept, at_s = fake.snapshot(), clock.now_s()
    first = played(visits, events)
    fake.restore(kept)
    clock.restart(at_s)
    assert played(visits, events) == first


def test_a_reset_forgets_everything() -> None:
    visits = Visits("geoVelocity")
    fresh = visits.found(ip=DENVER)
    visits.complete(visits.whole(ip=DENVER), "SUCCESS")
    assert visits.level(ip=DENVER) == "LOW"
    visits.tenant.fake.reset()
    visits.tenant.clock.restart()
    assert sizes(visits.tenant) == [0] * 5
    assert visits.found(ip=DENVER) == fresh


def test_the_history_is_bounded() -> None:
    visits = Visits("", Tenant(dataclasses.replace(CORRECT, history_limit=20)))
    for n in range(20):
        visits.whole(f"u{n}", ok=True, ip=f"10.0.0.{n}", sdk=signals(f"d{n}"))
    full = sizes(visits.tenant)
    first = visits.tenant.call("GET", "riskEvaluations").status
    for n in range(20, 60):
        visits.whole(f"u{n}", ok=True, ip=f"10.0.0.{n}", sdk=signals(f"d{n}"))
    assert first == 405
    assert full == [20, 21, 60, 60, 20]
    assert sizes(visits.tenant) == full


def test_what_one_counter_holds_goes_with_its_stretch() -> None:
    visits = Visits("ipVelocityByUser")
    for n in range(40):
        visits.whole(ip=f"10.0.0.{n}")
    before = len(visits.tenant.fake.store.table("riskMembers"))
    visits.later(3600)
    visits.whole(ip="10.0.0.1")
    assert len(visits.tenant.fake.store.table("riskMembers")) < before - 38


def cost(visits: Visits, user: str, **event: Any) -> int:
    """How many functions one evaluation calls: what it costs, whatever the machine is busy with."""
    calls = 0

    def count(_: FrameType, kind: str, __: object) -> None:
        nonlocal calls
        calls += kind in {"call", "c_call"}

    visits.whole(user, **event)  # what is cached, is
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        visits.whole(user, **event)
    finally:
        sys.setprofile(before)
    return calls


def test_the_cost_of_an_evaluation_does_not_grow_with_the_history() -> None:
    """Neither with that of others, at the same address and by the same device, nor with its own."""
    visits = Visits("")
    event: dict[str, Any] = {"ip": DENVER, "sdk": signals("a"), "browser": {"userAgent": CHROME}}
    visits.whole("eve", ok=True, **event)
    before = cost(visits, "eve", **event)
    for n in range(1500):
        visits.whole(f"u{n}", ok=n % 2 == 0, **event)
    for n in range(500):
        visits.whole("eve", ok=n % 2 == 0, **event)
    assert cost(visits, "eve", **event) <= before * 1.1
