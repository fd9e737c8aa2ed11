"""Whatever stands in a body of Protect, the answer is one of the documented ones."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.pingone.protect.feedback import BULK, SINGLE
from fakes.pingone.protect.profiles import RESET
from fakes.tests.pingone_tenant import NOBODYS, Tenant, evaluation, override, scored
from fakes.tests.protect_events import CHROME, DENVER, signals
from fakes.tests.test_pingone_mitigations import DENY, fallback, mitigation, target, targeted
from fakes.tests.test_pingone_predictor_bodies import DEFAULTS, MINIMAL, body
from fakes.tests.test_pingone_risk_data import label

odd: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "x", "\ud800", -1, 0, 1, 0.5, 1e308, 2**63, True, [], {}, [{}], [None], ["x"]]
) | st.sampled_from(["${event.ip}", "${details.counters.predictorLevels.high}", "::/0", "HIGH"])

EVENT: dict[str, Any] = {
    "ip": DENVER,
    "user": {"id": "eve", "type": "EXTERNAL", "groups": [{"name": "staff"}], "email": "e@x.y"},
    "session": {"id": "s"},
    "flow": {"type": "ACCESS", "subtype": "ACTIVE_SESSION"},
    "targetResource": {"id": "shop", "name": "Shop"},
    "browser": {"userAgent": CHROME, "cookie": "c", "hasLiedOs": False},
    "sdk": signals("a", domain="shop.example", rules=[600]),
    "completionStatus": "SUCCESS",
}
POLICIES = [override("newDevice", "HIGH", "HIGH"), scored({"ipRisk": 50}, 40, 1000, "HIGH")]
STAGED = {"type": "POLICY_SET_STAGING", "policySet": {"id": NOBODYS}, "expiresAt": "x"}
BODIES: dict[str, tuple[str, str, dict[str, Any]]] = {
    **{
        kind: ("riskPredictors", "application/json", body(kind, **DEFAULTS.get(kind, {})))
        for kind in MINIMAL
    },
    "event": ("riskEvaluations", "application/json", {**evaluation("eve"), "event": EVENT}),
    "set": ("riskPolicySets", "application/json", {"name": "x", "riskPolicies": POLICIES}),
    "mitigations": (
        "riskPolicySets",
        "application/json",
        {
            "name": "x",
            "riskPolicies": [mitigation("newDevice", "HIGH", DENY), fallback(DENY)],
            "targets": targeted(target("flow.type", "ACCESS")),
            "triggers": [STAGED],
        },
    ),
    "label": ("riskFeedback", SINGLE, label(NOBODYS, attributes={"a": "b"})),
    "labels": ("riskFeedback", BULK, {"items": [label(NOBODYS)]}),
    "profile": ("riskUserProfile", RESET, {"user": {"id": "eve", "type": "EXTERNAL"}}),
}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a body."""
    named = list(value.items()) if isinstance(value, dict) else []
    items = list(enumerate(value)) if isinstance(value, list) else named
    inner = [found for name, one in items for found in places(one, (*path, name))]
    return [*([path] if path else []), *inner]


def spoilt(whole: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The body with something else there."""
    made: Any = copy.deepcopy(whole)
    inner = made
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return dict(made)


TENANTS: dict[str, Tenant] = {}


@pytest.mark.parametrize("name", BODIES)
@given(data=st.data())
def test_a_body_with_something_odd_in_it_is_taken_or_refused(name: str, data: Any) -> None:
    where, kind, whole = BODIES[name]
    sent = spoilt(whole, data.draw(st.sampled_from(places(whole))), data.draw(odd))
    tenant = TENANTS.setdefault("one", Tenant())
    before = tenant.fake.snapshot()
    answer = tenant.call("POST", where, sent, content_type=kind)
    assert answer.status in {200, 201, 400}
    assert tenant.call("POST", "riskEvaluations", {"event": EVENT}).status == 201
    assert tenant.call("GET", "riskPredictors").status == 200
    tenant.fake.restore(before)


def test_a_predictor_may_have_the_name_of_something_else_in_the_details() -> None:
    tenant = Tenant()
    for name in ("country", "device", "counters", "previousSuccessfulTransaction"):
        named = {"name": name, "compactName": name}
        tenant.made("riskPredictors", body("BOT", **named))
    assert tenant.evaluated("eve")["details"]["country"]["type"] == "BOT"
