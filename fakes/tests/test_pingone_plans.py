"""What Protect works out beforehand: never another answer, and nothing that has changed since."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fakes.message import encode
from fakes.pingone.protect.plans import plan_of
from fakes.pingone.unlike import Constant, Unlike
from fakes.tests.pingone_tenant import Tenant, by_address, listed, override, predictor
from fakes.tests.protect_events import BAD, CHROME, DENVER, HIDDEN, PRIVATE, Visits, signals

EVENTS: dict[str, dict[str, Any]] = {
    "nothing but an address": {"ip": DENVER},
    "another address of that network": {"ip": "192.0.2.2"},
    "an address that is nowhere": {"ip": PRIVATE},
    "a bad address": {"ip": BAD},
    "a hidden address": {"ip": HIDDEN},
    "a browser": {"browser": {"userAgent": CHROME}},
    "a robot": {"browser": {"userAgent": "curl/8"}},
    "habits": {"browser": {"userAgent": CHROME}, "targetResource": {"id": "shop"}},
    "a cookie": {"browser": {"cookie": "c"}},
    "a device": {"sdk": signals("d", domain="shop.example")},
    "a device that lies": {"sdk": signals("e", rules=[501])},
    "a name with a bad domain": {"user": {"id": "n@disposable.example", "type": "EXTERNAL"}},
}


def judged(visits: Visits, name: str, user: str) -> str:
    """Result and details, with the order of their members."""
    event = {"user": {"id": user, "type": "EXTERNAL"}, **EVENTS[name]}
    found = visits.whole(user, **event)
    return json.dumps([found["result"], found["details"]])


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_an_event_is_judged_alike_whatever_was_judged_before(seed: int) -> None:
    fresh = {name: judged(Visits("", Tenant(seed=seed)), name, "new") for name in EVENTS}
    visits = Visits("", Tenant(seed=seed))
    for name in (*EVENTS, *reversed(EVENTS), *EVENTS):
        for table in ("riskCounters", "riskMembers"):  # how often an address was seen
            visits.tenant.fake.store.table(table).clear()
        assert judged(visits, name, "new") == fresh[name], name


def test_a_predictor_that_changes_rates_the_next_event_anew() -> None:
    visits = Visits("who")
    made = visits.tenant.predictor("who", high=listed("eve"), low=listed("bob"))
    assert (visits.level("eve"), visits.level("bob")) == ("HIGH", "LOW")
    kept = visits.tenant.fake.snapshot()

    changed = predictor("who", high=listed("bob"), low=listed("eve"))
    assert visits.tenant.call("PUT", f"riskPredictors/{made['id']}", changed).status == 200
    assert (visits.level("eve"), visits.level("bob")) == ("LOW", "HIGH")

    visits.tenant.fake.restore(kept)
    assert (visits.level("eve"), visits.level("bob")) == ("HIGH", "LOW")
    visits.tenant.fake.reset()
    assert "who" not in visits.whole("eve")["details"]


def test_a_set_that_changes_judges_the_next_event_anew() -> None:
    visits = Visits("who")
    visits.tenant.predictor("who", high=listed("eve"))
    made = visits.tenant.policy_set("own", [override("who", "HIGH", "HIGH")], default=True)
    assert visits.whole("eve")["result"]["level"] == "HIGH"
    body = {"name": "own", "default": True, "riskPolicies": [override("who", "HIGH", "MEDIUM")]}
    assert visits.tenant.call("PUT", f"riskPolicySets/{made['id']}", body).status == 200
    assert visits.whole("eve")["result"]["level"] == "MEDIUM"


def test_a_set_that_looks_at_the_event_judges_each_by_itself() -> None:
    visits = Visits("")
    visits.tenant.policy_set("own", [by_address("HIGH", "192.0.2.2/32")], default=True)
    addresses = ["192.0.2.1", "192.0.2.2", "192.0.2.3"] * 3
    found = [visits.whole(f"u{n}", ip=ip) for n, ip in enumerate(addresses)]
    assert [one["result"]["level"] for one in found] == ["LOW", "HIGH", "LOW"] * 3


def test_a_plan_lasts_while_events_come_and_is_kept_of_few_environments() -> None:
    tenant = Tenant()
    inner = tenant.fake.tenant
    plan = plan_of(inner, tenant.environment_id)
    tenant.evaluated("eve")
    assert plan_of(inner, tenant.environment_id) is plan
    for number in range(1000):
        plan_of(inner, f"nowhere-{number}")
    assert len(inner._derived) <= 64  # noqa: SLF001 - what an outsider cannot see


def test_a_constant_is_told_like_any_object_by_whoever_tells_it() -> None:
    plain = {"level": "LOW", "type": "MAP", "seen": [{"b": 1, "a": {"y": 1, "x": 2}}]}
    constant = Constant(plain)
    for seed in (0, 1, 2, 1, 0):
        for varied in (frozenset({"members"}), frozenset[str]()):
            unlike = Unlike(seed, varied)
            told = [unlike.answer({"one": one}, 200, oauth=False) for one in (plain, constant)]
            assert encode(told[0]) == encode(told[1])
