"""Rate limits: by licence and group, on the clock that the test moves."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from fakes.pingone import CORRECT
from fakes.tests.pingone_actors import Actors
from fakes.tests.pingone_tenant import gateway

CONFIG = "rlgConfigRpm"


@pytest.fixture
def tenant() -> Actors:
    """A tenant whose licence is good for three requests of configuration a minute."""
    tenant = Actors()
    assert tenant.token
    tenant.fake.put_rate({"group": CONFIG, "requests": 3, "seconds": 60})
    return tenant


def _statuses(tenant: Actors, path: str, times: int) -> list[int]:
    return [tenant.call("GET", path).status for _ in range(times)]


def test_what_is_beyond_the_rate_waits_until_the_window_ends(tenant: Actors) -> None:
    assert _statuses(tenant, "gateways", 2) == [200, 200]
    tenant.clock.advance(20)
    assert _statuses(tenant, "applications", 2) == [200, 429]
    answer = tenant.call("POST", "gateways", gateway())
    error, headers = answer.json(), dict(answer.headers)
    assert (answer.status, error["code"], headers["Retry-After"]) == (429, "REQUEST_LIMITED", "40")
    [told] = error["details"]
    assert (told["code"], told["innerError"]["quotaLimit"]) == ("LIMIT_EXCEEDED", 3)
    tenant.clock.advance(39)
    assert _statuses(tenant, "gateways", 1) == [429]
    tenant.clock.advance(1)
    assert _statuses(tenant, "gateways", 4) == [200, 200, 200, 429]


def test_other_groups_and_other_licences_go_on(tenant: Actors) -> None:
    other = f"/v1/environments/{tenant.fake.second_environment_id}/gateways"
    assert _statuses(tenant, "gateways", 4)[-1] == 429
    assert _statuses(tenant, "users", 9) == [200] * 9
    assert tenant.grant().status == 200
    assert tenant.as_admin("GET", other).status == 200
    assert _statuses(tenant, "/v1/roles", 4) == [200] * 4


def test_environments_of_one_licence_share_its_rate(tenant: Actors) -> None:
    tenant.fake.put_rate({"group": CONFIG, "requests": 0})
    body = {"name": "New", "type": "SANDBOX", "region": "NA", "license": {"id": tenant.licence()}}
    made = tenant.as_admin("POST", "/v1/environments", body).json()["id"]
    tenant.fake.put_rate({"group": CONFIG, "requests": 2})
    path = f"/v1/environments/{made}/gateways"
    answers = [tenant.call("GET", "gateways"), *(tenant.as_admin("GET", path) for _ in range(2))]
    assert [answer.status for answer in answers] == [200, 200, 429]


def test_the_token_endpoint_has_a_group_of_its_own(tenant: Actors) -> None:
    tenant.fake.put_rate({"group": "authentication", "requests": 1})
    assert [tenant.grant().status for _ in range(2)] == [200, 429]
    tenant.clock.advance(1)
    assert tenant.grant().status == 200


def test_a_limit_tells_strangers_no_less(tenant: Actors) -> None:
    for expected in (401, 401, 401, 429):
        assert tenant.call("GET", "gateways", authorization="").status == expected


def test_a_reset_and_a_snapshot_have_the_rate_and_begin_anew(tenant: Actors) -> None:
    before = tenant.fake.snapshot()
    assert _statuses(tenant, "gateways", 4)[-1] == 429
    tenant.fake.restore(before)
    assert _statuses(tenant, "gateways", 4) == [200, 200, 200, 429]
    tenant.fake.reset()
    assert _statuses(tenant, "gateways", 4) == [200] * 4


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "group"),
        ({"group": "all"}, "group"),
        ({"group": CONFIG}, "requests"),
        ({"group": CONFIG, "requests": -1}, "requests"),
        ({"group": CONFIG, "requests": True}, "requests"),
        ({"group": CONFIG, "requests": 1, "seconds": 0}, "seconds"),
        ({"group": CONFIG, "requests": 1, "environment": "x"}, "environment"),
        ({"group": CONFIG, "requests": 1, "environment": ["x"]}, "environment"),
    ],
)
def test_a_rate_that_cannot_be_is_told(given: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=f"^{told}: "):
        Actors().fake.put_rate(given)


def test_base_rates_are_enforced_where_they_should_be() -> None:
    enforced = Actors(dataclasses.replace(CORRECT, base_rates_enforced=True))
    assert _statuses(enforced, "gateways", 601) == [200] * 600 + [429]
    usual = Actors()
    assert set(_statuses(usual, "gateways", 601)) == {200}
