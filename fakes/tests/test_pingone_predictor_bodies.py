"""Predictors of every type: made with their defaults, read back, replaced, and refused."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.tests.pingone_tenant import Tenant, targets

ALWAYS = {"type": "VALUE_COMPARISON", "value": "${details.newDevice.level}", "equals": "HIGH"}
RULE = {
    "type": "UNIQUE_USERS_PER_DEVICE",
    "interval": {"unit": "DAY", "quantity": 1},
    "threshold": {"medium": 3, "high": 4},
}

MINIMAL: dict[str, dict[str, Any]] = {
    "ADVERSARY_IN_THE_MIDDLE": {},
    "ANONYMOUS_NETWORK": {},
    "BOT": {},
    "COMPOSITE": {"compositions": [{"condition": ALWAYS, "level": "HIGH"}]},
    "DEVICE": {},
    "EMAIL_REPUTATION": {},
    "GEO_VELOCITY": {},
    "IP_REPUTATION": {},
    "MAP": {"map": {"high": {"contains": "${event.ip}", "list": ["x"]}}},
    "TRAFFIC_ANOMALY": {"rules": [RULE]},
    "USER_LOCATION_ANOMALY": {},
    "USER_RISK_BEHAVIOR": {"predictionModel": {"name": "points"}},
    "VELOCITY": {"of": "${event.ip}"},
}
DEFAULTS: dict[str, dict[str, Any]] = {
    "ADVERSARY_IN_THE_MIDDLE": {"domainWhiteList": []},
    "ANONYMOUS_NETWORK": {"whiteList": []},
    "BOT": {"includeRepeatedEventsWithoutSdk": False},
    "DEVICE": {"detect": "NEW_DEVICE"},
    "TRAFFIC_ANOMALY": {"rules": [{**RULE, "enabled": True}]},
    "USER_LOCATION_ANOMALY": {"radius": {"distance": 50, "unit": "kilometers"}, "days": 50},
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


def body(kind: str, **members: object) -> dict[str, Any]:
    return {"name": "own", "compactName": "own", "type": kind, **MINIMAL[kind], **members}


@pytest.mark.parametrize("kind", MINIMAL)
def test_every_type_is_made_read_replaced_used_and_deleted(kind: str) -> None:
    tenant = Tenant()
    made = tenant.made("riskPredictors", body(kind))
    path = f"riskPredictors/{made['id']}"
    assert made.items() >= DEFAULTS.get(kind, {}).items()
    assert tenant.call("GET", path).json() == made
    changed = tenant.call("PUT", path, body(kind, description="other"))
    assert (changed.status, changed.json()["description"]) == (200, "other")
    assert tenant.evaluated("eve")["details"]["own"]["type"] == kind
    assert tenant.call("DELETE", path).status == 204


def test_a_predictor_of_the_vendor_can_be_configured_and_stays() -> None:
    tenant = Tenant()
    listed = tenant.call("GET", "riskPredictors").json()["_embedded"]["riskPredictors"]
    for one in listed:
        path = f"riskPredictors/{one['id']}"
        answer = tenant.call("PUT", path, {**one, "description": "ours"})
        assert answer.status == 200, answer
        assert {**answer.json(), "updatedAt": ""} == {**one, "description": "ours", "updatedAt": ""}


def nested(depth: int) -> dict[str, Any]:
    return ALWAYS if depth == 1 else {"type": "NOT", "not": nested(depth - 1)}


def composed(condition: object) -> dict[str, Any]:
    return {"compositions": [{"condition": condition, "level": "HIGH"}]}


@pytest.mark.parametrize(
    ("kind", "members", "target"),
    [
        ("ADVERSARY_IN_THE_MIDDLE", {"domainWhiteList": "x"}, "domainWhiteList"),
        ("ANONYMOUS_NETWORK", {"whiteList": ["x"]}, "whiteList[0]"),
        ("GEO_VELOCITY", {"whiteList": ["1.2.3.4/33"]}, "whiteList[0]"),
        ("IP_REPUTATION", {"whiteList": {}}, "whiteList"),
        ("BOT", {"includeRepeatedEventsWithoutSdk": "yes"}, "includeRepeatedEventsWithoutSdk"),
        ("COMPOSITE", {"compositions": None}, "compositions"),
        ("COMPOSITE", {"compositions": []}, "compositions"),
        (
            "COMPOSITE",
            {"compositions": MINIMAL["COMPOSITE"]["compositions"] * 4},
            "compositions",
        ),
        ("COMPOSITE", {"compositions": [{"level": "HIGH"}]}, "compositions[0].condition"),
        ("COMPOSITE", {"compositions": [{"condition": ALWAYS}]}, "compositions[0].level"),
        ("COMPOSITE", composed({}), "compositions[0].condition.type"),
        ("COMPOSITE", composed({"type": "XOR"}), "compositions[0].condition.type"),
        ("COMPOSITE", composed({"type": "AND", "and": []}), "compositions[0].condition.and"),
        ("COMPOSITE", composed({"type": "NOT"}), "compositions[0].condition.not"),
        (
            "COMPOSITE",
            composed({"type": "OR", "or": [{**ALWAYS, "value": "x"}]}),
            "compositions[0].condition.or[0].value",
        ),
        ("COMPOSITE", composed({**ALWAYS, "equals": []}), "compositions[0].condition.equals"),
        (
            "COMPOSITE",
            composed({"type": "IP_COMPARISON", "value": "${event.ip}", "equals": "x"}),
            "compositions[0].condition.equals",
        ),
        (
            "COMPOSITE",
            composed({"type": "IP_RANGE", "contains": "${event.ip}", "ipRange": ["x"]}),
            "compositions[0].condition.ipRange[0]",
        ),
        (
            "COMPOSITE",
            composed({"type": "STRING_LIST", "contains": "${event.ip}"}),
            "compositions[0].condition.list",
        ),
        ("COMPOSITE", composed(nested(11)), f"compositions[0].condition.{'not.' * 10}type"),
        ("DEVICE", {"detect": "OLD_DEVICE"}, "detect"),
        ("DEVICE", {"activationAt": "tomorrow"}, "activationAt"),
        (
            "DEVICE",
            {"detect": "SUSPICIOUS_DEVICE", "activationAt": "2026-01-01T00:00:00Z"},
            "activationAt",
        ),
        ("DEVICE", {"shouldValidatePayloadSignature": 1}, "shouldValidatePayloadSignature"),
        ("TRAFFIC_ANOMALY", {"rules": None}, "rules"),
        ("TRAFFIC_ANOMALY", {"rules": [RULE, RULE]}, "rules"),
        ("TRAFFIC_ANOMALY", {"rules": [{**RULE, "type": "OTHER"}]}, "rules[0].type"),
        (
            "TRAFFIC_ANOMALY",
            {"rules": [{**RULE, "interval": {"unit": "DAY", "quantity": 15}}]},
            "rules[0].interval.quantity",
        ),
        (
            "TRAFFIC_ANOMALY",
            {"rules": [{**RULE, "interval": {"unit": "MINUTE", "quantity": 1}}]},
            "rules[0].interval.unit",
        ),
        (
            "TRAFFIC_ANOMALY",
            {"rules": [{**RULE, "threshold": {"medium": 4, "high": 4}}]},
            "rules[0].threshold.high",
        ),
        ("USER_LOCATION_ANOMALY", {"radius": {"distance": 9}}, "radius.distance"),
        ("USER_LOCATION_ANOMALY", {"radius": {"distance": 161}}, "radius.distance"),
        ("USER_LOCATION_ANOMALY", {"radius": {"distance": 10.5}}, "radius.distance"),
        ("USER_LOCATION_ANOMALY", {"radius": {"distance": 50, "unit": "leagues"}}, "radius.unit"),
        ("USER_LOCATION_ANOMALY", {"days": 91}, "days"),
        ("USER_RISK_BEHAVIOR", {"predictionModel": None}, "predictionModel"),
        ("USER_RISK_BEHAVIOR", {"predictionModel": {"name": "guess"}}, "predictionModel.name"),
        ("VELOCITY", {"of": None}, "of"),
        ("VELOCITY", {"of": "${event.user.name}"}, "of"),
        ("VELOCITY", {"by": ["${event.ip}"]}, "by[0]"),
        ("VELOCITY", {"measure": "SUM"}, "measure"),
        ("VELOCITY", {"use": {"type": "POISSON", "medium": 0.9, "high": 0.99}}, "use.type"),
        ("VELOCITY", {"use": {"medium": 0.99, "high": 0.9}}, "use.high"),
        ("VELOCITY", {"use": {"medium": 0.99, "high": 1}}, "use.high"),
        ("VELOCITY", {"every": {"unit": "HOUR", "quantity": 0, "minSample": 5}}, "every.quantity"),
        ("VELOCITY", {"slidingWindow": {"unit": "DAY", "quantity": 1}}, "slidingWindow.minSample"),
        ("VELOCITY", {"fallback": {"medium": 5}}, "fallback.high"),
        ("VELOCITY", {"default": {"evaluated": "no"}}, "default.evaluated"),
    ],
    ids=str,
)
def test_a_predictor_with_a_wrong_member_is_refused(
    kind: str, members: dict[str, Any], target: str
) -> None:
    tenant = Tenant()
    before = tenant.call("GET", "riskPredictors").body
    assert target in targets(tenant.call("POST", "riskPredictors", body(kind, **members)))
    assert tenant.call("GET", "riskPredictors").body == before


@pytest.mark.parametrize("kind", ["DEVICE", "GEO_VELOCITY"])
def test_fifteen_predictors_of_a_type_are_enough(kind: str) -> None:
    tenant = Tenant()
    for n in range(15):
        named = {"name": f"own {n}", "compactName": f"own{n}"}
        tenant.made("riskPredictors", body(kind, **named))
    refused = targets(tenant.call("POST", "riskPredictors", body(kind)))
    assert refused == {"type": "CONSTRAINT_VIOLATION"}
