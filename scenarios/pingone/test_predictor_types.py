"""Predictors of every type: what each needs, and how some of them rate (P1-PRED-011 and on)."""

from copy import deepcopy
from typing import Any

import pytest

from harness.checks import expect_equal, expect_that
from harness.product import PingOne
from scenarios.pingone import bodies
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import Resource, json_object

RANGES = ["203.0.113.0/24"]

TYPES: dict[str, Json] = {
    "ADVERSARY_IN_THE_MIDDLE": {"domainWhiteList": ["example.com"]},
    "ANONYMOUS_NETWORK": {"whiteList": RANGES},
    "BOT": {"includeRepeatedEventsWithoutSdk": True},
    "COMPOSITE": {
        "compositions": [
            {
                "level": "HIGH",
                "condition": {
                    "type": "NOT",
                    "not": {
                        "type": "OR",
                        "or": [
                            {
                                "type": "VALUE_COMPARISON",
                                "value": "${details.geoVelocity.level}",
                                "equals": "High",
                            },
                            {"type": "IP_RANGE", "contains": "${event.ip}", "ipRange": RANGES},
                        ],
                    },
                },
            }
        ]
    },
    "DEVICE": {"detect": "NEW_DEVICE"},
    "EMAIL_REPUTATION": {},
    "GEO_VELOCITY": {"whiteList": RANGES},
    "IP_REPUTATION": {"whiteList": RANGES},
    "TRAFFIC_ANOMALY": {
        "rules": [
            {
                "type": "UNIQUE_USERS_PER_DEVICE",
                "enabled": True,
                "interval": {"unit": "DAY", "quantity": 1},
                "threshold": {"medium": 3, "high": 4},
            }
        ]
    },
    "USER_LOCATION_ANOMALY": {"radius": {"distance": 60, "unit": "kilometers"}, "days": 50},
    "USER_RISK_BEHAVIOR": {"predictionModel": {"name": "points"}},
    "VELOCITY": {
        "of": "${event.ip}",
        "by": ["${event.user.id}"],
        "measure": "DISTINCT_COUNT",
        "use": {"type": "POISSON_WITH_MAX", "medium": 0.96, "high": 0.995},
        "every": {"unit": "HOUR", "quantity": 1, "minSample": 5},
        "slidingWindow": {"unit": "DAY", "quantity": 14, "minSample": 3},
        "fallback": {"strategy": "ENVIRONMENT_MAX", "medium": 20, "high": 30},
    },
}
"""What each type but MAP is made with (SDK models; values of the vendor's own predictors)."""

WRONG: list[tuple[str, str, Any]] = [
    ("ANONYMOUS_NETWORK", "whiteList", ["everywhere"]),
    ("GEO_VELOCITY", "whiteList", ["203.0.113.0/33"]),
    ("COMPOSITE", "compositions", []),
    ("COMPOSITE", "compositions", None),
    ("COMPOSITE", "compositions", 4 * TYPES["COMPOSITE"]["compositions"]),
    ("COMPOSITE", "compositions.0.level", "HUGE"),
    ("COMPOSITE", "compositions.0.condition.type", "XOR"),
    ("DEVICE", "detect", "OLD_DEVICE"),
    ("TRAFFIC_ANOMALY", "rules", None),
    ("TRAFFIC_ANOMALY", "rules.0.type", "GUESSES"),
    ("TRAFFIC_ANOMALY", "rules.0.interval.unit", "YEAR"),
    ("USER_LOCATION_ANOMALY", "radius.distance", 9),
    ("USER_LOCATION_ANOMALY", "radius.distance", 161),
    ("USER_LOCATION_ANOMALY", "radius.unit", "parsecs"),
    ("USER_RISK_BEHAVIOR", "predictionModel.name", "guess"),
    ("VELOCITY", "of", None),
    ("VELOCITY", "measure", "SUM"),
]
"""Type, member, and a value that it does not take; None is no value at all."""


def _good(predictors: Resource, kind: str, **members: object) -> Json:
    """A body of that type, with a name of its own."""
    whole = predictors.good()
    return {
        "name": whole["name"],
        "compactName": whole["compactName"],
        "type": kind,
        **deepcopy(TYPES[kind]),
        **members,
    }


def _spoiled(body: Json, member: str, value: object) -> Json:
    """The body with another value of the member, or without it."""
    *steps, last = [int(step) if step.isdigit() else step for step in member.split(".")]
    inside: Any = body
    for step in steps:
        inside = inside[step]
    if value is None:
        del inside[last]
    else:
        inside[last] = value
    return body


def _found(pingone: PingOne, policy_sets: Resource, made: list[Json], **event: Any) -> Json:
    """The details of an evaluation that asks these predictors."""
    override = bodies.override(made[-1]["compactName"], "HIGH", "HIGH")
    chosen = policy_sets.create(bodies.policy_set(policy_sets.good()["name"], [override], made))
    body = bodies.evaluation(policy_set={"id": chosen["id"]}, **event)
    details: Json = json_object(pingone.api.add_risk_evaluation(json=body), 201)["details"]
    return details


@pytest.mark.requirement("P1-PRED-011")
@pytest.mark.parametrize("kind", TYPES)
def test_a_predictor_of_every_type_is_made(predictors: Resource, kind: str) -> None:
    """201, and it is read back with every member that was sent.

    Source: PingOne Go SDK, risk openapi, the model of each type.
    """
    made = predictors.create(_good(predictors, kind))

    stored = predictors.stored(made["id"])
    for member, sent in {"type": kind, **TYPES[kind]}.items():
        told = _as_sent(stored.get(member), sent)
        expect_equal(told, sent, f"{member} of a {kind} predictor")


def _as_sent(told: Any, sent: Any) -> Any:
    """What was told, without members that the server added to what was sent."""
    if isinstance(sent, dict) and isinstance(told, dict):
        return {name: _as_sent(told.get(name), one) for name, one in sent.items()}
    if isinstance(sent, list) and isinstance(told, list) and len(told) == len(sent):
        return [_as_sent(one, other) for one, other in zip(told, sent, strict=True)]
    return told


@pytest.mark.requirement("P1-PRED-012")
@pytest.mark.parametrize(("kind", "member", "value"), WRONG)
def test_a_predictor_is_refused_for_what_its_type_does_not_take(
    predictors: Resource, kind: str, member: str, value: object
) -> None:
    """The same body with a good value is saved.

    Source: PingOne Go SDK, risk openapi, the model of each type.
    """
    predictors.create(_good(predictors, kind))

    predictors.refuses(_spoiled(_good(predictors, kind), member, value))


@pytest.mark.requirement("P1-PRED-013")
@pytest.mark.parametrize(("user", "level"), [("h", "HIGH"), ("m", "MEDIUM"), ("l", "LOW")])
def test_the_first_composition_whose_condition_is_met_decides(
    predictors: Resource, policy_sets: Resource, pingone: PingOne, user: str, level: str
) -> None:
    """Two compositions hold for h, the second alone for m, neither for l, who has the default.

    Source: PingOne Protect, create risk predictor (composite with country and user group).
    """
    asked = predictors.create()
    compared = {
        one: {
            "type": "VALUE_COMPARISON",
            "value": f"${{details.{asked['compactName']}.level}}",
            "equals": one,
        }
        for one in ("High", "Low")
    }
    compositions = [
        {"level": "HIGH", "condition": {"type": "AND", "and": [compared["High"]]}},
        {"level": "MEDIUM", "condition": {"type": "NOT", "not": compared["Low"]}},
    ]
    default = {"weight": 5, "result": {"level": "LOW", "type": "VALUE"}}
    body = _good(predictors, "COMPOSITE", compositions=compositions, default=default)
    made = predictors.create(body)

    who = {"id": user, "type": "EXTERNAL"}
    details = _found(pingone, policy_sets, [asked, made], user=who)

    expect_equal(details[made["compactName"]].get("level"), level, f"level of {user}")


@pytest.mark.requirement("P1-PRED-014")
def test_a_predictor_that_is_told_too_little_says_so(
    predictors: Resource, policy_sets: Resource, pingone: PingOne
) -> None:
    """Without user agent and resource nobody's behaviour is unusual: a status and a reason.

    Source: PingOne Protect, create risk evaluation, details.
    """
    made = predictors.create(_good(predictors, "USER_RISK_BEHAVIOR"))

    found = _found(pingone, policy_sets, [made]).get(made["compactName"]) or {}

    expect_equal(found.get("type"), "USER_RISK_BEHAVIOR", "type in the details")
    expect_equal(found.get("level"), None, "level of a predictor that is told too little")
    expect_that(bool(found.get("status") and found.get("reason")), "a status and a reason", found)


@pytest.mark.requirement("P1-PRED-014")
def test_a_predictor_that_is_told_too_little_has_its_default_level(
    predictors: Resource, policy_sets: Resource, pingone: PingOne
) -> None:
    """The level of default.result, where it has one.

    Source: Terraform provider, risk predictor, default.result.
    """
    default = {"weight": 5, "result": {"level": "MEDIUM", "type": "VALUE"}}
    made = predictors.create(_good(predictors, "USER_RISK_BEHAVIOR", default=default))

    found = _found(pingone, policy_sets, [made]).get(made["compactName"]) or {}

    expect_equal(found.get("level"), "MEDIUM", "level of a predictor that falls back")


@pytest.mark.requirement("P1-PRED-015")
def test_a_velocity_predictor_counts_different_values(
    predictors: Resource, policy_sets: Resource, pingone: PingOne
) -> None:
    """The addresses of a user: the same one counts once, each other one once more.

    Source: PingOne Go SDK, risk openapi, details of ipVelocityByUser.
    """
    made = predictors.create(_good(predictors, "VELOCITY"))
    who = {"id": made["name"], "type": "EXTERNAL"}

    counts, details = [], {}
    for ip in ("198.51.100.1", "198.51.100.1", "198.51.100.2"):
        details = _found(pingone, policy_sets, [made], user=who, ip=ip)[made["compactName"]]
        counts.append((details.get("velocity") or {}).get("distinctCount"))

    expect_equal(counts, [1, 1, 2], "distinctCount of three events")
    expect_equal(details["velocity"].get("during"), 3600, "seconds in which it counts")
    told = details.get("threshold") or {}
    expect_that({"source", "medium", "high"} <= set(told), "source, medium and high", told)
