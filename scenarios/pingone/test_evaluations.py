"""Risk evaluations: the level follows the event, by the policy set that was asked (P1-EVAL)."""

import httpx
import pytest

from harness.checks import (
    expect_equal,
    expect_error,
    expect_members,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import PingOne
from scenarios.pingone import bodies
from scenarios.pingone.bodies import REFUSED, Json
from scenarios.pingone.resource import Resource, json_object, known, refusal

NOBODYS = "00000000-0000-4000-8000-000000000000"
"""An id that no object has."""


def evaluated(pingone: PingOne, body: Json) -> Json:
    """The answer to an evaluation that has to succeed."""
    return json_object(pingone.api.add_risk_evaluation(json=body), 201)


def level(pingone: PingOne, user_id: str, policy_set: Json, **event: object) -> str:
    """The level that an evaluation by this set comes to."""
    body = bodies.evaluation(user_id, policy_set={"id": policy_set["id"]}, **event)
    return str(evaluated(pingone, body)["result"]["level"])


@pytest.mark.requirement("P1-EVAL-001")
def test_an_address_and_a_user_are_enough_for_an_evaluation(
    pingone: PingOne, policy_sets: Resource
) -> None:
    """201: an id, the event in progress, the default policy set and a result.

    Source: PingOne Protect API, create risk evaluation (201), minimal request.
    """
    body = bodies.evaluation("user-1")

    answer = evaluated(pingone, body)

    expect_that(bool(answer.get("id") and answer.get("createdAt")), "an id and a time", answer)
    event = {**body["event"], "completionStatus": "IN_PROGRESS"}
    expect_members(answer, {"event": event}, "the evaluation")
    default = next(item for item in policy_sets.all() if item.get("default"))
    chosen = {"id": default["id"], "name": default["name"]}
    expect_members(answer, {"riskPolicySet": chosen}, "the evaluation")
    result = answer.get("result") or {}
    expect_equal(result.get("type"), "VALUE", "type of the result")
    levels = ("HIGH", "MEDIUM", "LOW")
    expect_that(result.get("level") in levels, f"a level of {levels}", result)


@pytest.mark.requirement("P1-EVAL-001")
def test_an_evaluation_echoes_the_whole_event(pingone: PingOne) -> None:
    """What else the caller knows of the event is taken and answered.

    Source: PingOne Go SDK, risk openapi, RiskEvaluationEvent.
    """
    body = bodies.evaluation(
        "user-1",
        user={"id": "user-1", "type": "PING_ONE", "name": "Ann", "groups": [{"name": "staff"}]},
        session={"id": "session-1"},
        flow={"type": "ACCESS"},
        targetResource={"id": "shop", "name": "Shop"},
        browser={"userAgent": "paconform/1"},
        origin="paconform",
        sharingType="PRIVATE",
    )

    expect_members(evaluated(pingone, body), {"event": body["event"]}, "the evaluation")


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


@pytest.mark.requirement("P1-EVAL-007")
def test_the_policy_set_is_chosen_by_id_before_name(
    pingone: PingOne, policy_sets: Resource
) -> None:
    """By id, by name, by id when both are given, and the default one when none is.

    Source: PingOne Protect API, create risk evaluation: riskPolicySet.
    """
    first, second = policy_sets.create(), policy_sets.create()
    default = next(item for item in policy_sets.all() if item.get("default"))

    for asked, expected in (
        ({"id": first["id"]}, first),
        ({"name": second["name"]}, second),
        ({"id": first["id"], "name": second["name"]}, first),
        (None, default),
    ):
        answer = evaluated(pingone, bodies.evaluation(policy_set=asked))
        chosen = {"id": expected["id"], "name": expected["name"]}
        expect_members(answer.get("riskPolicySet") or {}, chosen, f"the set chosen by {asked}")


@pytest.mark.requirement("P1-EVAL-008")
def test_an_evaluation_by_an_unknown_policy_set_is_refused(
    pingone: PingOne, policy_sets: Resource
) -> None:
    """Neither an unknown id, nor an unknown name, nor a deleted set falls back to the default.

    Source: PingOne error codes (400 and 404; which of them is not documented).
    """
    gone = policy_sets.create()
    evaluated(pingone, bodies.evaluation(policy_set={"id": gone["id"]}))
    expect_status(policy_sets.delete(gone["id"]), 204)

    for asked in ({"id": NOBODYS}, {"name": "nobody's set"}, {"id": gone["id"]}):
        body = bodies.evaluation(policy_set=asked)
        expect_status(pingone.api.add_risk_evaluation(json=body), 400, 404)


LACKING: dict[str, tuple[Json, str]] = {
    "event": ({}, "event"),
    "address": ({"event": {"user": {"id": "u", "type": "EXTERNAL"}}}, "ip"),
    "user": ({"event": {"ip": bodies.ADDRESS}}, "user"),
    "user id": ({"event": {"ip": bodies.ADDRESS, "user": {"type": "EXTERNAL"}}}, "id"),
    "user type": ({"event": {"ip": bodies.ADDRESS, "user": {"id": "u"}}}, "type"),
    "null address": ({"event": {"ip": None, "user": {"id": "u", "type": "EXTERNAL"}}}, "ip"),
    "empty user id": (bodies.evaluation(""), "id"),
}


@pytest.mark.requirement("P1-EVAL-009")
@pytest.mark.parametrize(("body", "member"), LACKING.values(), ids=LACKING.keys())
def test_an_evaluation_that_lacks_a_member_is_refused(
    pingone: PingOne, body: Json, member: str
) -> None:
    """The error is about the member, alone or by its path.

    Source: PingOne Go SDK, risk openapi, RiskEvaluationEvent.required; PingOne error codes.
    """
    evaluated(pingone, bodies.evaluation())

    expect_error_about(pingone.api.add_risk_evaluation(json=body), member)


def expect_error_about(answer: httpx.Response, member: str) -> None:
    """Holds for 400 INVALID_DATA with a detail whose target ends with this member."""
    error = expect_error(answer, 400, "INVALID_DATA")
    targets = [str(detail.get("target")) for detail in error.get("details") or ()]
    about = any(target.split(".")[-1] == member for target in targets)
    expect_that(about, f"a detail about {member}", targets)


@pytest.mark.requirement("P1-EVAL-010")
@pytest.mark.parametrize(
    "event",
    [
        {"user": {"id": "u", "type": "INTERNAL"}},
        {"user": {"id": "u", "type": "external"}},
        {"user": {"id": 7, "type": "EXTERNAL"}},
        {"user": "u"},
        {"user": {"id": "u" * 1025, "type": "EXTERNAL"}},
        {"user": {"id": "u", "type": "EXTERNAL", "name": "n" * 1025}},
        {"user": {"id": "u", "type": "EXTERNAL", "groups": ["staff"]}},
        {"flow": {"type": "WALK"}},
        {"sharingType": "PUBLIC"},
        {"session": {}},
        {"session": "s"},
        {"completionStatus": "DONE"},
    ],
    ids=[
        "an unknown user type",
        "a user type in small letters",
        "a number for the user id",
        "a text for the user",
        "a user id of 1025 letters",
        "a user name of 1025 letters",
        "a group that is a text",
        "an unknown flow",
        "an unknown sharing type",
        "a session without an id",
        "a text for the session",
        "an unknown completion status",
    ],
)
def test_a_value_that_the_event_does_not_take_is_refused(pingone: PingOne, event: Json) -> None:
    """Enumerations, lengths and required members hold inside the event too.

    Source: PingOne Go SDK, risk openapi, RiskEvaluationEvent; PingOne error codes.
    """
    longest = {"id": "u" * 1024, "type": "EXTERNAL", "name": "n" * 1024}
    evaluated(pingone, bodies.evaluation(user=longest))

    refusal(pingone.api.add_risk_evaluation(json=bodies.evaluation(**event)))


@pytest.mark.requirement("P1-EVAL-011")
@pytest.mark.parametrize("ip", ["everywhere", "203.0.113", "203.0.113.256", "", 7, "1.2.3.4/32"])
def test_an_address_that_is_none_is_refused(pingone: PingOne, ip: object) -> None:
    """Only an address of IPv4 or IPv6 is one.

    Source: assumed; event.ip is described as an address, a check of its form is not.
    """
    for good in ("203.0.113.255", "2001:db8::1"):
        evaluated(pingone, bodies.evaluation(ip=good))

    refusal(pingone.api.add_risk_evaluation(json=bodies.evaluation(ip=ip)))


@pytest.mark.requirement("P1-EVAL-012")
def test_an_evaluation_is_read_back_with_its_result(pingone: PingOne) -> None:
    """The result stays, also when the policy set is gone.

    Source: PingOne Go SDK, risk openapi, ReadOneRiskEvaluation (200).
    """
    steering = pingone.steer()
    made = pingone.evaluate(steering.users["HIGH"], steering.policy_set_id)
    pingone.evaluate(steering.users["LOW"], steering.policy_set_id)

    stored = json_object(pingone.api.get_risk_evaluation(made["id"]), 200)
    expect_unchanged(known(made), known(stored), "the evaluation")

    expect_status(pingone.api.delete_risk_policy_set(steering.policy_set_id), 204)
    later = json_object(pingone.api.get_risk_evaluation(made["id"]), 200)
    expect_equal(later["result"], made["result"], "the result without its policy set")


@pytest.mark.requirement("P1-EVAL-013")
def test_the_details_hold_one_member_for_each_predictor(
    pingone: PingOne, predictors: Resource, policy_sets: Resource
) -> None:
    """Those that the set evaluates, by compact name, with type and level; no others.

    Source: PingOne Protect API, risk evaluations, details.
    """
    asked, unasked = predictors.create(), predictors.create()
    policies = [bodies.override(asked["compactName"], "HIGH", "HIGH")]
    chosen = policy_sets.create(bodies.policy_set(policy_sets.good()["name"], policies, [asked]))

    details = pingone.evaluate("m", chosen).get("details") or {}

    found = details.get(asked["compactName"]) or {}
    expect_members(found, {"level": "MEDIUM", "type": "MAP"}, "the detail of the predictor")
    expect_equal(details.get(unasked["compactName"]), None, "a predictor that was not asked")


@pytest.mark.requirement("P1-EVAL-013", "P1-EVAL-014")
def test_a_set_that_names_no_predictors_evaluates_all(
    pingone: PingOne, predictors: Resource, policy_sets: Resource
) -> None:
    """Every licensed predictor has its member, with a level or a status that says why not.

    Source: PingOne Go SDK, risk openapi, RiskPolicySet.evaluatedPredictors (null: all licensed).
    """
    own = predictors.create()
    everybody = [item for item in predictors.all() if item.get("licensed")]
    chosen = policy_sets.create()

    details = pingone.evaluate("h", chosen).get("details") or {}

    for item in (own, *everybody):
        found = details.get(item["compactName"]) or {}
        decided = bool(found.get("level") or found.get("status"))
        expected = f"a level or a status of {item['compactName']}"
        expect_that(decided, expected, found, requirement="P1-EVAL-014")
        expect_equal(found.get("type"), item["type"], "type", requirement="P1-EVAL-013")


@pytest.mark.requirement("P1-EVAL-015")
@pytest.mark.parametrize("status", ["SUCCESS", "FAILED"])
def test_a_completed_event_is_shown(pingone: PingOne, status: str) -> None:
    """200 with the event, and the evaluation has the status from then on.

    Source: PingOne Protect API, update risk evaluation event (200).
    """
    first, second = (evaluated(pingone, bodies.evaluation()) for _ in range(2))

    event = json_object(complete(pingone, first, status), 200)

    expect_members(event, {"completionStatus": status, "ip": bodies.ADDRESS}, "the event")
    shown = json_object(pingone.api.get_risk_evaluation(first["id"]), 200)
    expect_members(shown, {"event": {"completionStatus": status}}, "the evaluation")
    expect_equal(shown["result"], first["result"], "the result after completion")
    other = json_object(pingone.api.get_risk_evaluation(second["id"]), 200)
    expect_members(other, {"event": {"completionStatus": "IN_PROGRESS"}}, "the other evaluation")


def complete(pingone: PingOne, evaluation: Json, status: object) -> httpx.Response:
    """The answer to completing the event of an evaluation."""
    body = {"completionStatus": status}
    return pingone.api.update_risk_evaluation_event(evaluation["id"], json=body)


def status_of(pingone: PingOne, evaluation: Json) -> str:
    """The completion status as it is stored now."""
    stored = json_object(pingone.api.get_risk_evaluation(evaluation["id"]), 200)
    return str(stored["event"]["completionStatus"])


@pytest.mark.requirement("P1-EVAL-016")
@pytest.mark.parametrize("second", ["FAILED", "SUCCESS", "IN_PROGRESS"])
def test_a_completed_event_stays_as_it_is(pingone: PingOne, second: str) -> None:
    """The second completion is refused, whatever it says.

    Source: PingOne Protect API, update risk evaluation event: allowed while IN_PROGRESS.
    """
    made = evaluated(pingone, bodies.evaluation())
    expect_status(complete(pingone, made, "SUCCESS"), 200)

    expect_status(complete(pingone, made, second), *REFUSED)

    expect_equal(status_of(pingone, made), "SUCCESS", "completion status")


@pytest.mark.requirement("P1-EVAL-010", "P1-EVAL-016")
@pytest.mark.parametrize("status", ["DONE", "success", None, 7, ["SUCCESS"]])
def test_a_completion_status_that_is_none_is_refused(pingone: PingOne, status: object) -> None:
    """The event stays in progress, and can still be completed.

    Source: PingOne Go SDK, risk openapi, completionStatus: IN_PROGRESS, SUCCESS, FAILED.
    """
    made = evaluated(pingone, bodies.evaluation())

    expect_error(complete(pingone, made, status), 400, requirement="P1-EVAL-010")

    still = status_of(pingone, made)
    expect_equal(still, "IN_PROGRESS", "completion status", requirement="P1-EVAL-016")
    expect_status(complete(pingone, made, "FAILED"), 200, requirement="P1-EVAL-016")


@pytest.mark.requirement("P1-EVAL-017")
def test_an_event_is_completed_within_thirty_minutes_or_never(pingone: PingOne) -> None:
    """A minute before the end it is taken, a minute after it is refused.

    Source: PingOne Protect API, update risk evaluation event: within 30 minutes.
    """
    control = pingone.needs_control("waits half an hour between an evaluation and its end")
    in_time, late = (evaluated(pingone, bodies.evaluation()) for _ in range(2))

    control.advance(29 * 60)
    expect_status(complete(pingone, in_time, "SUCCESS"), 200)

    control.advance(2 * 60)
    expect_status(complete(pingone, late, "SUCCESS"), *REFUSED)
    expect_equal(status_of(pingone, late), "IN_PROGRESS", "completion status")
