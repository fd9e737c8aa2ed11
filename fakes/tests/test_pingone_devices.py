"""A device gets tokens when its user allows it, and waits as it is told."""

from __future__ import annotations

import re

import pytest

from fakes.tests.pingone_logins import DEVICE_CODE, Logins, refusal
from fakes.tests.pingone_services import Device
from fakes.tests.pingone_tenant import parts


@pytest.fixture
def site() -> Logins:
    return Logins()


def test_a_device_gets_tokens_when_its_user_allows_it() -> None:
    device = Device()
    codes = device.codes
    assert re.fullmatch(r"[A-Z]{4}-[A-Z]{4}", codes["user_code"])
    assert (codes["expires_in"], codes["interval"]) == (600, 5)
    assert refusal(device.asked()) == "authorization_pending"
    assert device.decided().status == 200
    device.clock.advance(5)
    tokens = device.asked().json()
    assert parts(tokens["id_token"])[1]["sub"] == device.user["id"]
    assert device.refreshed(tokens["refresh_token"]).status == 200
    assert refusal(device.asked()) == "invalid_grant"


def test_a_device_that_asks_too_often_waits_longer() -> None:
    device = Device()
    assert refusal(device.asked()) == "authorization_pending"
    device.clock.advance(4)
    assert refusal(device.asked()) == "slow_down"
    device.clock.advance(9)
    assert refusal(device.asked()) == "slow_down"
    device.clock.advance(15)
    assert refusal(device.asked()) == "authorization_pending"


def test_a_device_is_told_what_its_user_said() -> None:
    device = Device()
    assert device.decided("deny").status == 200
    assert refusal(device.asked()) == "access_denied"
    late = Device(deviceTimeout=30, devicePollingInterval=1)
    assert (late.codes["expires_in"], late.codes["interval"]) == (30, 1)
    late.clock.advance(30)
    assert refusal(late.asked()) == "expired_token"
    assert b"not right" in late.decided().body


@pytest.mark.parametrize(
    "typed", [{"password": "x"}, {"user_code": "XXXX-XXXX"}, {"user_code": ""}, {"username": "b"}]
)
def test_a_device_waits_while_its_user_types_nonsense(typed: dict[str, str]) -> None:
    device = Device()
    assert b"not right" in device.decided(**typed).body
    assert refusal(device.asked()) == "authorization_pending"


def test_a_user_code_may_be_written_carelessly() -> None:
    device = Device()
    code = device.codes["user_code"].lower().replace("-", " ")
    assert b"connected" in device.decided(user_code=code).body


def test_a_device_code_is_for_its_application(site: Logins) -> None:
    assert refusal(site.at("device_authorization", {})) == "unauthorized_client"
    device = Device()
    other = device.application("Other", grantTypes=["DEVICE_CODE"], tokenEndpointAuthMethod="NONE")
    device.decided()
    form = {"grant_type": DEVICE_CODE, "device_code": device.codes["device_code"]}
    assert refusal(device.at("token", {**form, "client_id": other["id"]})) == "invalid_grant"
    assert refusal(device.begun("nonsense")) == "invalid_scope"
    assert device.asked().status == 200


def test_a_seed_gives_the_same_codes_and_tokens() -> None:
    first, second = Device(), Device()
    assert first.codes == second.codes
    assert Logins().tokens() == Logins().tokens()
    assert Logins().tokens() != Logins(seed=1).tokens()
