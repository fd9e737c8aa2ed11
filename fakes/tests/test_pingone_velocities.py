"""Many of something in a short time are a signal, measured by the past where there is one."""

from __future__ import annotations

import pytest

from fakes.pingone.protect.velocity import quantile
from fakes.tests.protect_events import (
    HOUR_S,
    PRIVATE,
    Visits,
)


def test_many_addresses_of_one_user_are_a_velocity() -> None:
    visits = Visits("ipVelocityByUser")
    found = [visits.found(ip=f"10.0.0.{n}") for n in range(1, 31)]
    sources = [one["threshold"]["source"] for one in found]
    assert sources == ["MIN_NOT_REACHED"] * 4 + ["DEFAULT_FALLBACK"] * 26
    assert [one["level"] for one in found] == ["LOW"] * 19 + ["MEDIUM"] * 10 + ["HIGH"]
    assert found[-1]["velocity"] == {"distinctCount": 30, "during": HOUR_S}
    assert {name: found[-1]["threshold"][name] for name in ("medium", "high")} == {
        "medium": 20,
        "high": 30,
    }
    assert visits.found(ip="10.0.0.1")["velocity"]["distinctCount"] == 30
    assert visits.level("bob", ip="10.0.0.1") == "LOW"
    visits.later(HOUR_S)
    assert visits.found(ip="10.0.0.1")["velocity"]["distinctCount"] == 1


def test_the_past_of_a_user_decides_what_is_many() -> None:
    visits = Visits("ipVelocityByUser")
    for _ in range(3):
        for n in range(1, 3):
            visits.level(ip=f"10.0.0.{n}")
        visits.later(HOUR_S)
    found = [visits.found(ip=f"10.0.0.{n}") for n in range(1, 9)]
    assert [one["threshold"]["source"] for one in found[4:]] == ["CALCULATED"] * 4
    thresholds = found[4]["threshold"]
    assert (thresholds["medium"], thresholds["high"]) == (
        6,
        7,
    )  # Poisson of mean 2: 5 and 6 are hardly exceeded
    assert [one["level"] for one in found[4:]] == ["LOW", "MEDIUM", "HIGH", "HIGH"]
    assert thresholds["calculatedAt"] == "2026-01-01T03:00:00.000Z"
    assert thresholds["expiresAt"] == "2026-01-01T04:00:00.000Z"


def test_what_is_many_for_everybody_is_learned_where_a_user_has_no_past() -> None:
    visits = Visits("ipVelocityByUser")
    for n in range(1, 41):
        visits.level("busy", ip=f"10.0.0.{n}")
    visits.later(HOUR_S)
    visits.level("busy", ip="10.0.0.1")
    found = [visits.found(ip=f"10.0.0.{n}") for n in range(1, 31)][-1]
    assert found["threshold"]["source"] == "ENVIRONMENT_FALLBACK"
    assert (found["threshold"]["medium"], found["level"]) == (40, "LOW")


def busy(visits: Visits, count: int) -> None:
    """A stretch in which the busy user has so many addresses, and the end of it."""
    for n in range(count):
        visits.level("busy", ip=f"10.0.0.{n}")
    visits.later(HOUR_S)


def source(visits: Visits, user: str) -> object:
    """Where the threshold comes from once there is enough of a user in a stretch."""
    return [visits.found(user, ip=f"10.0.0.{n}") for n in range(5)][-1]["threshold"]["source"]


def test_what_was_long_ago_is_not_compared_with() -> None:
    visits = Visits("ipVelocityByUser")
    for count in (40, 1, 1, 1):
        busy(visits, count)
    assert source(visits, "busy") == "CALCULATED"
    assert source(visits, "eve") == "ENVIRONMENT_FALLBACK"
    visits.later(15 * 86_400)
    assert source(visits, "busy") == source(visits, "eve") == "DEFAULT_FALLBACK"


def test_a_quantile_is_found_for_any_mean() -> None:
    assert [quantile(mean, 0.96) for mean in (0.0, 1.0, 2.0, 10.0)] == [0, 3, 5, 16]
    assert quantile(50.0, 0.995) == pytest.approx(quantile(50.01, 0.995), abs=1)
    assert quantile(3500.0, 0.995) == 3653


def test_many_users_of_one_address_are_a_velocity() -> None:
    visits = Visits("").with_own(
        "VELOCITY", of="${event.user.id}", fallback={"medium": 6, "high": 8}
    )
    levels = [visits.level(f"u{n}", ip=PRIVATE) for n in range(8)]
    assert levels == ["LOW"] * 5 + ["MEDIUM"] * 2 + ["HIGH"]
    assert visits.level("u0", ip="10.0.0.2") == "LOW"
