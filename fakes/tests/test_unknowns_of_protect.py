"""What no source says of Protect is a named decision, and each other value of it shows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from fakes.pingone import CORRECT
from fakes.pingone.decisions.feedback import FeedbackDecisions
from fakes.pingone.decisions.mitigations import MitigationDecisions
from fakes.pingone.decisions.protect import ProtectDecisions
from fakes.pingone.protect.feedback import BULK, SINGLE
from fakes.tests.pingone_tenant import NOBODYS, Tenant, by_address
from fakes.tests.protect_events import (
    BAD,
    BOULDER,
    CHROME,
    DENVER,
    FIREFOX,
    HIDDEN,
    LONDON,
    PRIVATE,
    SHADY,
    Visits,
    signals,
)
from fakes.tests.test_pingone_mitigations import DENY, fallback, staging, target, targeted
from fakes.tests.test_pingone_risk_data import label

if TYPE_CHECKING:
    from collections.abc import Callable

Shown = Any
USUAL: dict[str, Any] = {
    "ip": DENVER,
    "browser": {"userAgent": CHROME},
    "targetResource": {"id": "shop"},
}


def visits(tenant: Tenant, name: str) -> Visits:
    return Visits(name, tenant)


def remembered(tenant: Tenant) -> Shown:
    for _ in range(3):
        tenant.evaluated("eve")
    return len(tenant.fake.store.table("riskHistory"))


def reputed(tenant: Tenant) -> Shown:
    return [visits(tenant, "ipRisk").level(ip=ip) for ip in (SHADY, BAD)]


def signed(tenant: Tenant) -> Shown:
    own = visits(tenant, "").with_own(
        "DEVICE", detect="SUSPICIOUS_DEVICE", shouldValidatePayloadSignature=True
    )
    return own.level(sdk=signals("a"))


def after_successes(name: str, count: int, **event: Any) -> Callable[[Tenant], Shown]:
    def shown(tenant: Tenant) -> Shown:
        seen = visits(tenant, name)
        for _ in range(count):
            seen.level(**{**USUAL, **event}, ok=True)
        other = {"ip": LONDON, "sdk": signals("other"), "targetResource": {"id": "pay"}}
        return seen.level(**{**USUAL, **event, **other})

    return shown


def rare(tenant: Tenant) -> Shown:
    """One of three habits is seldom, two are new."""
    seen = visits(tenant, "userBasedRiskBehavior")
    for _ in range(9):
        seen.level(**USUAL, ok=True)
    seen.level(**{**USUAL, "browser": {"userAgent": FIREFOX}}, ok=True)
    return seen.level(**{**USUAL, "browser": {"userAgent": FIREFOX}, "ip": LONDON})


def emailed(tenant: Tenant) -> Shown:
    user = {"id": "u", "type": "EXTERNAL", "name": "u@disposable.example"}
    return visits(tenant, "emailReputation").level(user=user)


def repeated(tenant: Tenant) -> Shown:
    own = visits(tenant, "").with_own("BOT", includeRepeatedEventsWithoutSdk=True)
    return [own.level() for _ in range(3)]


def robot(tenant: Tenant) -> Shown:
    made = visits(tenant, "").whole(sdk=signals("a", rules=[600]))
    return made["result"].get("recommendedAction")


def composed(tenant: Tenant) -> Shown:
    condition = {"type": "VALUE_COMPARISON", "value": "${event.origin}", "equals": "Shop"}
    found = [{"condition": condition, "level": "HIGH"}]
    return visits(tenant, "").with_own("COMPOSITE", compositions=found).level(origin="shop")


def across_the_hour(tenant: Tenant) -> Shown:
    seen = visits(tenant, "ipVelocityByUser")
    seen.later(3590)
    seen.found(ip="10.0.0.1")
    seen.later(20)
    return seen.found(ip="10.0.0.2")["velocity"]["distinctCount"]


def calculated(tenant: Tenant) -> Shown:
    seen = visits(tenant, "ipVelocityByUser")
    for count in (1, 1, 20):
        for n in range(count):
            seen.level(ip=f"10.0.0.{n}")
        seen.later(3600)
    return [seen.found(ip=f"10.0.0.{n}") for n in range(5)][-1]["threshold"]["medium"]


def targets_by_age(tenant: Tenant) -> Shown:
    for name in ("first", "second"):
        access = targeted(target("flow.type", "ACCESS"))
        tenant.policy_set(name, [fallback(DENY)], targets=access)
    made = tenant.evaluated("u", {"targeted": True}, flow={"type": "ACCESS"})
    return made["riskPolicySet"]["name"]


def staged(tenant: Tenant) -> Shown:
    tried = tenant.policy_set("tried", [by_address("HIGH", "0.0.0.0/0")])
    used = tenant.policy_set("used", [], triggers=[staging(tried)])
    return "staged" in tenant.evaluated("u", {"id": used["id"]})


def feedback(body: Any, kind: str) -> Callable[[Tenant], Shown]:
    def shown(tenant: Tenant) -> Shown:
        return tenant.call("POST", "riskFeedback", body, content_type=kind).status

    return shown


def older(tenant: Tenant) -> Shown:
    key = tenant.evaluated("eve")["id"]
    item = {"riskEvaluation": {"id": key}, "feedbackCategory": "MOOD"}
    body = {"evaluationFeedbackItems": [item]}
    return tenant.call("POST", "riskFeedback", body).status


def listed(tenant: Tenant) -> list[dict[str, Any]]:
    found = tenant.call("GET", "riskPredictors").json()["_embedded"]["riskPredictors"]
    assert isinstance(found, list)
    return found


def own_location(tenant: Tenant) -> Shown:
    body = {"name": "own", "compactName": "own", "type": "USER_LOCATION_ANOMALY"}
    made = tenant.made("riskPredictors", body)
    return made["radius"], made["days"]


RANGE = label(
    "",
    subject={"type": "TIME_RANGE"},
    occurredTo="2026-01-01T01:00:00.000Z",
)

CASES: dict[str, tuple[Callable[[Tenant], Shown], Shown, Any, Shown]] = {
    "history_limit": (remembered, 3, 2, 2),
    "test_networks_located": (
        lambda one: visits(one, "anonymousNetwork").level(ip=HIDDEN),
        "HIGH",
        False,
        "LOW",
    ),
    "reputation_levels": (reputed, ["MEDIUM", "HIGH"], (("MEDIUM", 90),), ["LOW", "MEDIUM"]),
    "plain_signals_read": (robot, "BOT_MITIGATION", False, None),
    "unsigned_payload_level": (signed, "HIGH", "MEDIUM", "MEDIUM"),
    "uninformed_status": (
        lambda one: visits(one, "newDevice").found().get("status"),
        "IN_TRAINING_PERIOD",
        None,
        None,
    ),
    "devices_trained": (after_successes("newDevice", 1, sdk=signals("a")), "HIGH", 2, None),
    "places_trained": (after_successes("userLocationAnomaly", 2), "HIGH", 3, None),
    "habits_trained": (after_successes("userBasedRiskBehavior", 5), "MEDIUM", 6, None),
    "habit_levels": (
        after_successes("userBasedRiskBehavior", 5),
        "MEDIUM",
        (("HIGH", 1),),
        "HIGH",
    ),
    "habit_rarity": (rare, "LOW", 0.2, "HIGH"),
    "email_told_by": (emailed, "HIGH", ("email",), None),
    "email_levels": (emailed, "HIGH", (), "LOW"),
    "repeated_without_sdk": (repeated, [None, None, "HIGH"], 2, [None, "HIGH", "HIGH"]),
    "bot_recommendation": (robot, "BOT_MITIGATION", None, None),
    "composite_case_matters": (composed, "HIGH", True, "LOW"),
    "stretches_begin": (across_the_hour, 2, "clock", 1),
    "poisson_with_max": (calculated, 21, False, 13),
    "targeted_order": (targets_by_age, "first", "newest", "second"),
    "target_kinds": (
        lambda one: one.policy_set(
            "x", [fallback(DENY)], targets=targeted(target("user.groups", "x"))
        )["targets"]["condition"]["and"][0]["type"],
        "GROUPS_INTERSECTION",
        (("${event.user.groups}", "STRING_LIST"),),
        "STRING_LIST",
    ),
    "staged_shown_as": (staged, False, "staged", True),
    "feedback_on_known": (feedback(label(NOBODYS), SINGLE), 400, False, 201),
    "feedback_categories": (older, 201, ("FRIENDLY_BOT",), 400),
    "feedback_status": (feedback(RANGE, SINGLE), 201, 200, 200),
    "bulk_feedback_status": (feedback({"items": [RANGE]}, BULK), 200, 207, 207),
    "location_radius": (
        own_location,
        ({"distance": 50, "unit": "kilometers"}, 50),
        (9, "miles"),
        ({"distance": 9, "unit": "miles"}, 50),
    ),
    "location_days": (
        own_location,
        ({"distance": 50, "unit": "kilometers"}, 50),
        9,
        ({"distance": 50, "unit": "kilometers"}, 9),
    ),
}
"""For each decision what shows, and another value with what shows then."""


@pytest.mark.parametrize("name", CASES)
def test_another_value_of_the_decision_shows(name: str) -> None:
    show, usual, value, otherwise = CASES[name]
    assert show(Tenant()) == usual
    assert show(Tenant(dataclasses.replace(CORRECT, **{name: value}))) == otherwise


def test_every_decision_of_protect_that_is_not_documented_is_shown() -> None:
    chapters = (ProtectDecisions, MitigationDecisions, FeedbackDecisions)
    fields = [field for one in chapters for field in dataclasses.fields(one)]
    open_ones = {one.name for one in fields if one.metadata["grade"] != "documented"}
    assert sorted(open_ones - CASES.keys()) == []


def test_the_places_of_the_table_are_where_they_say() -> None:
    seen = Visits("geoVelocity")
    cities = [seen.whole(ip=ip)["details"].get("city") for ip in (DENVER, BOULDER, LONDON, PRIVATE)]
    assert cities == ["denver", "boulder", "london", None]
