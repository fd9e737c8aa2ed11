"""Risk evaluations: the level follows the event, by scores, weights and overrides (P1-EVAL)."""

import pytest

from harness.checks import expect_equal
from harness.product import PingOne
from scenarios.pingone import bodies
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import Resource, evaluated


def level(pingone: PingOne, user_id: str, policy_set: Json, **event: object) -> str:
    """The level that an evaluation by this set comes to."""
    body = bodies.evaluation(user_id, policy_set={"id": policy_set["id"]}, **event)
    return str(evaluated(pingone, body)["result"]["level"])


@pytest.mark.requirement("P1-EVAL-002")
@pytest.mark.parametrize("rated", ["HIGH", "MEDIUM", "LOW"])
def test_the_level_follows_the_event(pingone: PingOne, rated: str) -> None:
    """A user that the map rates gets that level, whoever asks and however often.

    Source: PingOne Protect API, risk policies; PingOne Go SDK, MAP predictor.
    """
    steering = pingone.steer()

    answers = [pingone.evaluate(steering.users[rated], steering.policy_set_id) for _ in range(2)]

    expect_equal([answer["result"]["level"] for answer in answers], [rated, rated], "levels")


@pytest.mark.requirement("P1-EVAL-002")
def test_thresholds_cut_the_scores(
    pingone: PingOne, predictors: Resource, policy_sets: Resource
) -> None:
    """A score inside a range gets its level, a score outside every range the default LOW.

    Source: PingOne Protect API, risk policies: thresholds (which end counts is not documented).
    """
    asked = predictors.create()
    scores = {asked["compactName"]: 80}
    policies = [bodies.scored(scores, 30, 60, "MEDIUM"), bodies.scored(scores, 60, 90, "HIGH")]
    narrow = policy_sets.create(bodies.policy_set(policy_sets.good()["name"], policies, [asked]))
    above = [bodies.scored(scores, 90, 1000, "HIGH")]
    high = policy_sets.create(bodies.policy_set(policy_sets.good()["name"], above, [asked]))

    levels = {user: level(pingone, user, narrow) for user in ("h", "m", "l")}

    expect_equal(levels, {"h": "HIGH", "m": "MEDIUM", "l": "LOW"}, "levels by scores 80, 40, 0")
    expect_equal(level(pingone, "h", high), "LOW", "level of a score of 80 below a range from 90")


@pytest.mark.requirement("P1-EVAL-003")
def test_the_score_is_the_sum_of_the_predictors(
    pingone: PingOne, predictors: Resource, policy_sets: Resource
) -> None:
    """All of a score for HIGH, half for MEDIUM, none for LOW, added up.

    Source: PingOne Go SDK, risk openapi, RiskPolicyConditionAggregatedScores.score.
    """
    by_user = predictors.create()
    high, low = bodies.addresses("203.0.113.0/24"), bodies.addresses("198.51.100.0/24")
    by_address = predictors.create(map={"high": high, "low": low})
    scores = {by_user["compactName"]: 60, by_address["compactName"]: 30}
    policies = [bodies.scored(scores, 20, 70, "MEDIUM"), bodies.scored(scores, 70, 1000, "HIGH")]
    both = [by_user, by_address]
    chosen = policy_sets.create(bodies.policy_set(policy_sets.good()["name"], policies, both))

    found = {}
    for user, ip in (
        ("h", "203.0.113.1"),
        ("h", "198.51.100.1"),
        ("m", "203.0.113.1"),
        ("l", "203.0.113.1"),
        ("l", "198.51.100.1"),
    ):
        result = pingone.evaluate(user, chosen, ip=ip)["result"]
        found[user, ip] = (result["score"], result["level"])

    expected = {
        ("h", "203.0.113.1"): (90, "HIGH"),
        ("h", "198.51.100.1"): (60, "MEDIUM"),
        ("m", "203.0.113.1"): (60, "MEDIUM"),
        ("l", "203.0.113.1"): (30, "MEDIUM"),
        ("l", "198.51.100.1"): (0, "LOW"),
    }
    expect_equal(found, expected, "score and level by user and address")


@pytest.mark.requirement("P1-EVAL-004")
def test_an_override_decides_before_any_score(
    pingone: PingOne, predictors: Resource, policy_sets: Resource
) -> None:
    """The scores say HIGH, the override says LOW: LOW; without its condition, HIGH.

    Source: PingOne Protect API, risk policies: overrides come first.
    """
    asked = predictors.create()
    name = asked["compactName"]
    scored = bodies.scored({name: 100}, 40, 1000, "HIGH")
    override = bodies.override(name, "HIGH", "LOW")
    body = bodies.policy_set(policy_sets.good()["name"], [override, scored], [asked])
    chosen = policy_sets.create(body)

    expect_equal(level(pingone, "m", chosen), "HIGH", "level by the scores alone")
    expect_equal(level(pingone, "h", chosen), "LOW", "level by the override")


@pytest.mark.requirement("P1-EVAL-004")
def test_the_first_of_two_overrides_decides(
    pingone: PingOne, predictors: Resource, policy_sets: Resource
) -> None:
    """Where both hold, the one of the smaller priority counts, in either order.

    Source: PingOne Go SDK, risk openapi, RiskPolicy.priority (by order, 1 first).
    """
    asked = predictors.create()
    overrides = [
        bodies.override(asked["compactName"], "HIGH", "MEDIUM"),
        bodies.override_by_address("HIGH", f"{bodies.ADDRESS}/32"),
    ]
    for order, expected in ((overrides, "MEDIUM"), (overrides[::-1], "HIGH")):
        body = bodies.policy_set(policy_sets.good()["name"], order, [asked])
        expect_equal(level(pingone, "h", policy_sets.create(body)), expected, "level")


@pytest.mark.requirement("P1-EVAL-005")
def test_an_override_by_address_holds_for_its_ranges_only(
    pingone: PingOne, policy_sets: Resource
) -> None:
    """The first and last address of each range are in it, their neighbours are not.

    Source: PingOne Go SDK, risk openapi, IP_RANGE condition; RFC 4632 (prefixes).
    """
    ranges = ["203.0.113.64/26", "192.0.2.1/32", "2001:db8::/32"]
    policies = [bodies.override_by_address("HIGH", *ranges)]
    chosen = policy_sets.create(riskPolicies=policies, evaluatedPredictors=[])

    addresses = {
        "203.0.113.64": "HIGH",
        "203.0.113.127": "HIGH",
        "203.0.113.63": "LOW",
        "203.0.113.128": "LOW",
        "192.0.2.1": "HIGH",
        "192.0.2.2": "LOW",
        "2001:db8::7": "HIGH",
        "2001:db9::7": "LOW",
    }
    found = {ip: level(pingone, "user-1", chosen, ip=ip) for ip in addresses}
    expect_equal(found, addresses, "level by address")


@pytest.mark.requirement("P1-EVAL-006")
def test_the_weighted_score_is_an_average(
    pingone: PingOne, predictors: Resource, policy_sets: Resource
) -> None:
    """HIGH with one of two equal weights is 50, with three of four 75; MEDIUM is half of it.

    Source: assumed; half for MEDIUM is documented, the average is inferred from one example.
    """
    by_user = predictors.create()
    low = {"low": bodies.listed(["h", "m", "l"])}
    always_low = predictors.create(map=low)
    first, second = by_user["compactName"], always_low["compactName"]

    for weights, expected in (({first: 5, second: 5}, 50), ({first: 6, second: 2}, 75)):
        policies = [bodies.weighted(weights, 40, 100, "HIGH")]
        both = [by_user, always_low]
        body = bodies.policy_set(policy_sets.good()["name"], policies, both)
        chosen = policy_sets.create(body)
        result = pingone.evaluate("h", chosen)["result"]
        expect_equal((result["score"], result["level"]), (expected, "HIGH"), "score of HIGH")
        half = pingone.evaluate("m", chosen)["result"]["score"]
        expect_equal(half, expected / 2, "score of MEDIUM")
