"""Each predictor finds its signal, and nothing without it: the control comes first."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from fakes.pingone import CORRECT
from fakes.tests.pingone_tenant import Tenant
from fakes.tests.protect_events import (
    BAD,
    BOULDER,
    CHROME,
    DENVER,
    FIREFOX,
    HIDDEN,
    HOUR_S,
    LONDON,
    PRIVATE,
    SHADY,
    SYDNEY,
    Visits,
    signals,
)

TRAINING = "IN_TRAINING_PERIOD"


def test_an_anonymous_network_is_found_unless_it_is_allowed() -> None:
    visits = Visits("anonymousNetwork")
    assert visits.level(ip=DENVER) == "LOW"
    assert visits.level(ip=HIDDEN) == "HIGH"
    assert visits.whole(ip=HIDDEN)["details"]["anonymousNetworkDetected"] is True
    allowed = visits.with_own("ANONYMOUS_NETWORK", whiteList=["203.0.113.128/27"])
    assert allowed.level(ip=HIDDEN) == "LOW"
    assert allowed.level(ip="2001:db8:c000::1") == "HIGH"


def test_the_reputation_of_an_address_has_three_levels_unless_it_is_allowed() -> None:
    visits = Visits("ipRisk")
    assert [visits.level(ip=ip) for ip in (DENVER, SHADY, BAD)] == ["LOW", "MEDIUM", "HIGH"]
    reputation = visits.whole(ip=BAD)["details"]["ipAddressReputation"]
    assert (reputation["score"], reputation["level"]) == (95, "HIGH")
    assert set(reputation["domain"]) == {"asn", "sld", "tld", "organization", "isp"}
    assert visits.with_own("IP_REPUTATION", whiteList=[BAD]).level(ip=BAD) == "LOW"


def test_nobody_travels_faster_than_a_thousand_kilometres_an_hour() -> None:
    visits = Visits("geoVelocity")
    first = visits.found(ip=DENVER, ok=True)
    assert (first.get("level"), first["status"]) == (None, TRAINING)
    visits.later(HOUR_S)
    assert visits.level(ip=DENVER) == "LOW"
    made = visits.whole(ip=LONDON)
    assert made["details"]["geoVelocity"]["level"] == "HIGH"
    assert made["details"]["impossibleTravel"] is True
    assert made["details"]["estimatedSpeed"] == pytest.approx(7530, abs=50)
    assert made["details"]["previousSuccessfulTransaction"] == {
        "ip": DENVER,
        "country": "united states",
        "state": "colorado",
        "city": "denver",
        "timestamp": "2026-01-01T00:00:00.000Z",
        "anonymousNetworkDetected": False,
    }
    assert made["result"]["level"] == "HIGH"  # the override of the default set
    allowed = visits.with_own("GEO_VELOCITY", whiteList=["198.51.100.0/24"])
    assert allowed.level(ip=LONDON) == "LOW"


@pytest.mark.parametrize(
    ("ip", "later_s", "level"),
    [
        (BOULDER, 1, "LOW"),  # fast, but not 100 km
        (LONDON, 7 * HOUR_S, "HIGH"),
        (LONDON, 8 * HOUR_S, "LOW"),
        (SYDNEY, 13 * HOUR_S, "HIGH"),
        (SYDNEY, 24 * HOUR_S, "LOW"),
    ],
)
def test_travel_is_impossible_by_speed_and_distance(ip: str, later_s: int, level: str) -> None:
    visits = Visits("geoVelocity")
    visits.level(ip=DENVER, ok=True)
    visits.later(later_s)
    assert visits.level(ip=ip) == level


@pytest.mark.parametrize(("later_s", "level"), [(24 * HOUR_S - 1, "HIGH"), (24 * HOUR_S, "LOW")])
def test_travel_is_possible_a_day_later_however_fast(later_s: int, level: str) -> None:
    slow = dataclasses.replace(CORRECT, travel_speed_kmh=100.0)
    visits = Visits("geoVelocity", Tenant(slow))
    visits.level(ip=DENVER, ok=True)
    visits.later(later_s)
    assert visits.level(ip=SYDNEY) == level


def test_only_a_success_teaches() -> None:
    visits = Visits("geoVelocity")
    visits.complete(visits.whole(ip=DENVER), "FAILED")
    assert visits.found(ip=LONDON)["status"] == TRAINING
    made = visits.whole(ip=LONDON, completionStatus="SUCCESS")
    assert "previousSuccessfulTransaction" not in made["details"]
    assert visits.level(ip=LONDON) == "LOW"
    assert visits.found("bob", ip=LONDON)["status"] == TRAINING
    assert "status" in visits.found(ip=PRIVATE)


def test_a_success_that_is_told_late_does_not_hide_a_later_one() -> None:
    visits = Visits("geoVelocity")
    early = visits.whole(ip=LONDON)
    visits.later(60)
    visits.whole(ip=DENVER, ok=True)
    visits.complete(early, "SUCCESS")
    previous = visits.whole(ip=DENVER)["details"]["previousSuccessfulTransaction"]
    assert previous["ip"] == DENVER


def test_a_device_is_new_until_it_has_succeeded() -> None:
    visits = Visits("newDevice")
    assert visits.found(ok=True)["status"] == TRAINING  # no device at all
    assert visits.found(sdk=signals("a"), ok=True)["status"] == TRAINING
    assert visits.level(sdk=signals("a")) == "LOW"
    assert visits.level(sdk=signals("b")) == "HIGH"
    assert visits.level(sdk=signals("b"), ok=True) == "HIGH"
    assert visits.level(sdk=signals("b")) == "LOW"
    assert visits.level(browser={"cookie": "c"}) == "HIGH"
    visits.later(180 * 86_400)
    assert visits.found(sdk=signals("a"))["status"] == TRAINING


def test_a_device_is_described() -> None:
    visits = Visits("newDevice")
    event: dict[str, Any] = {"sdk": signals("a"), "browser": {"userAgent": FIREFOX}}
    first = visits.whole(ip=DENVER, ok=True, **event)["details"]["device"]
    assert first["id"].startswith("Id-")
    assert (first["os"], first["browser"]) == ({"name": "Linux"}, {"name": "Firefox"})
    assert "estimatedDistance" not in first
    again = visits.whole(ip=BOULDER, **event)["details"]["device"]
    assert again["id"] == first["id"]
    assert again["estimatedDistance"] == pytest.approx(38_900, abs=500)


def test_learning_of_devices_begins_again_with_the_activation() -> None:
    visits = Visits("newDevice")
    visits.level(sdk=signals("a"), ok=True)
    later = visits.with_own("DEVICE", detect="NEW_DEVICE", activationAt="2026-01-01T01:00:00Z")
    assert visits.level(sdk=signals("a")) == "LOW"
    assert later.found(sdk=signals("a"))["status"] == TRAINING
    visits.later(HOUR_S)
    later.level(sdk=signals("a"), ok=True)
    assert later.level(sdk=signals("a")) == "LOW"
    assert later.level(sdk=signals("b")) == "HIGH"


def test_a_suspicious_device_breaks_a_rule() -> None:
    visits = Visits("suspiciousDevice")
    assert visits.found()["status"] == TRAINING
    assert visits.level(sdk=signals("a")) == "LOW"
    found = visits.found(sdk=signals("a", rules=[505]))
    assert (found["level"], found["detected"]) == ("HIGH", {"rule": {"id": 505}})
    assert visits.level(sdk=signals("a", rules=[499, 601])) == "LOW"
    assert visits.level(browser={"hasLiedOs": False}) == "LOW"
    assert visits.level(browser={"hasLiedOs": True}) == "HIGH"


def test_a_payload_must_be_signed_where_that_is_asked() -> None:
    own = Visits("").with_own(
        "DEVICE", detect="SUSPICIOUS_DEVICE", shouldValidatePayloadSignature=True
    )
    assert own.level(sdk={"signals": {"data": "e30.e30.c2ln"}}) == "LOW"
    assert own.level(sdk=signals("a")) == "HIGH"


def test_a_bot_breaks_a_rule_and_is_to_be_mitigated() -> None:
    visits = Visits("botDetection")
    assert visits.found()["status"] == TRAINING
    control = visits.whole(sdk=signals("a"), browser={"userAgent": CHROME})
    assert control["details"]["botDetection"]["level"] == "LOW"
    assert "recommendedAction" not in control["result"]
    assert visits.level(sdk=signals("a", rules=[505])) == "LOW"
    assert visits.level(sdk=signals("a", rules=[660])) == "HIGH"
    made = visits.whole(sdk=signals("a", rules=[601]))
    assert made["details"]["botDetection"]["detected"] == {"rule": {"id": 601}}
    assert made["result"]["recommendedAction"] == "BOT_MITIGATION"
    assert visits.level(browser={"userAgent": CHROME.replace("Chrome", "HeadlessChrome")}) == "HIGH"


def test_repeated_events_without_the_sdk_are_a_bot_where_that_counts() -> None:
    visits = Visits("botDetection")
    own = visits.with_own("BOT", includeRepeatedEventsWithoutSdk=True)
    assert [own.level() for _ in range(4)] == [None, None, "HIGH", "HIGH"]
    assert own.level("bob") is None
    assert visits.level() is None
    own.later(HOUR_S)
    assert own.level() is None


def test_an_email_address_is_as_good_as_its_domain() -> None:
    visits = Visits("emailReputation")

    def level(**user: str) -> str | None:
        return visits.level(user={"id": "u", "type": "EXTERNAL", **user})

    assert visits.found()["status"] == TRAINING
    assert level(email="u@example.com") == level(name="u@example.com") == "LOW"
    assert level(email="u@suspicious.example") == "MEDIUM"
    assert level(email="u@Disposable.Example") == level(id="u@disposable.example") == "HIGH"


def test_a_domain_that_is_not_allowed_is_an_adversary() -> None:
    visits = Visits("adversaryInTheMiddle")
    assert visits.found(sdk={"signals": {"data": "opaque"}})["status"] == "UNKNOWN_DOMAIN"
    assert visits.found(sdk=signals("a", domain="shop.example"))["status"] == TRAINING
    own = visits.with_own("ADVERSARY_IN_THE_MIDDLE", domainWhiteList=["Shop.example"])
    assert own.level(sdk=signals("a", domain="shop.example")) == "LOW"
    assert own.level(sdk=signals("a", domain="pay.shop.example")) == "LOW"
    assert own.level(sdk=signals("a", domain="sh0p.example")) == "HIGH"
    assert own.level(sdk=signals("a", domain="evilshop.example")) == "HIGH"


def test_a_place_is_unusual_beyond_the_radius_of_all_that_are_known() -> None:
    visits = Visits("userLocationAnomaly")
    assert visits.found(ip=PRIVATE)["status"] == TRAINING
    assert visits.found(ip=DENVER, ok=True)["status"] == TRAINING
    assert visits.level(ip=DENVER) == "LOW"
    assert visits.level(ip=BOULDER) == "LOW"  # 39 km
    assert visits.level(ip=LONDON, ok=True) == "HIGH"
    assert visits.level(ip=LONDON) == "LOW"
    narrow = visits.with_own("USER_LOCATION_ANOMALY", radius={"distance": 24})
    assert narrow.level(ip=BOULDER) == "HIGH"
    miles = visits.with_own(
        "USER_LOCATION_ANOMALY", radius={"distance": 25, "unit": "miles"}, days=9
    )
    assert miles.level(ip=BOULDER) == "LOW"
    visits.later(51 * 86_400)
    assert visits.found(ip=DENVER)["status"] == TRAINING


@pytest.mark.parametrize(
    ("name", "other", "after_one"),
    [("userBasedRiskBehavior", "bob", None), ("userRiskBehavior", "bob", "LOW")],
)
def test_behaviour_is_unusual_by_how_much_of_it_is(
    name: str, other: str, after_one: str | None
) -> None:
    """`points` knows the user alone, `login_anomaly_statistic` everybody."""
    usual: dict[str, Any] = {
        "ip": DENVER,
        "browser": {"userAgent": CHROME},
        "targetResource": {"id": "shop"},
    }
    visits = Visits(name)
    assert visits.found(ip=DENVER)["status"] == TRAINING
    for _ in range(5):
        assert visits.found(**usual, ok=True)["status"] == TRAINING
    assert visits.level(**usual) == "LOW"
    assert visits.level(**{**usual, "ip": LONDON}) == "LOW"
    assert visits.level(**{**usual, "ip": LONDON, "targetResource": {"id": "pay"}}) == "MEDIUM"
    assert visits.level(**{**usual, "ip": LONDON, "browser": {"userAgent": FIREFOX}}) == "HIGH"
    assert visits.level(other, **usual) == after_one


def test_many_users_of_one_device_are_an_anomaly() -> None:
    visits = Visits("trafficAnomaly")
    assert visits.found()["status"] == TRAINING
    levels = [visits.level(f"u{n}", sdk=signals("a")) for n in (1, 1, 2, 3, 4)]
    assert levels == ["LOW", "LOW", "LOW", "MEDIUM", "HIGH"]
    assert visits.level("u1", sdk=signals("b")) == "LOW"
    visits.later(24 * HOUR_S)
    assert visits.level("u1", sdk=signals("a")) == "LOW"


def compared(value: str, equals: object) -> dict[str, Any]:
    return {"type": "VALUE_COMPARISON", "value": value, "equals": equals}


def test_a_composite_predictor_sees_what_others_found() -> None:
    hidden = compared("${details.anonymousNetwork.level}", "High")
    staff = {"type": "GROUPS_INTERSECTION", "contains": "${event.user.groups}", "list": ["staff"]}
    elsewhere = {
        "type": "STRING_LIST",
        "notContains": "${details.country}",
        "list": ["United States", "Switzerland"],
    }
    both = compared("${details.counters.predictorLevels.high}", 2)
    at_home = {"type": "IP_RANGE", "contains": "${event.ip}", "ipRange": ["10.0.0.0/8"]}
    compositions = [
        {"level": "HIGH", "condition": {"type": "OR", "or": [both, elsewhere]}},
        {
            "level": "MEDIUM",
            "condition": {"type": "AND", "and": [hidden, {"type": "NOT", "not": staff}]},
        },
        {"level": "HIGH", "condition": at_home},
    ]
    visits = Visits("").with_own("COMPOSITE", compositions=compositions)
    groups: dict[str, Any] = {
        "user": {"id": "u", "type": "EXTERNAL", "groups": [{"name": "Staff"}]}
    }
    assert visits.level(ip=DENVER) == "LOW"
    assert visits.level(ip=HIDDEN) == "MEDIUM"
    assert visits.level(ip=HIDDEN, **groups) == "LOW"
    assert visits.level(ip=HIDDEN, sdk=signals("a", rules=[505])) == "HIGH"
    assert visits.level(ip=LONDON) == visits.level(ip=PRIVATE) == "HIGH"


def test_a_predictor_without_enough_data_has_its_fallback() -> None:
    fallback = {"result": {"level": "MEDIUM"}}
    own = Visits("").with_own("GEO_VELOCITY", default=fallback)
    found = own.found(ip=DENVER, ok=True)
    assert (found["level"], found["status"]) == ("MEDIUM", TRAINING)
    assert "allback" in found["reason"]
    assert own.level(ip=DENVER) == "LOW"


def test_addresses_for_tests_are_nowhere_where_that_is_asked() -> None:
    elsewhere = dataclasses.replace(CORRECT, test_networks_located=False)
    visits = Visits("anonymousNetwork", Tenant(elsewhere))
    made = visits.whole(ip=HIDDEN)["details"]
    assert (made["anonymousNetwork"]["level"], "country" in made) == ("LOW", False)
