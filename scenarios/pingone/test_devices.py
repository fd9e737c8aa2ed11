"""Devices without a browser (P1-LOGIN)."""

import pytest

from harness.checks import expect_equal, expect_oauth_error, expect_status, expect_that
from harness.product import PingOne
from harness.product.browsers import NO, YES
from harness.product.devices import Device
from harness.product.logins import digest
from scenarios.pingone import jwts
from scenarios.pingone.resource import json_object


@pytest.mark.requirement("P1-LOGIN-020")
def test_a_device_gets_tokens_once_when_its_user_has_agreed(pingone: PingOne) -> None:
    """Until then it is told to wait; afterwards the device code is worth nothing.

    Source: PingOne, device authorization grant; RFC 8628 section 3.5.
    """
    device = Device(pingone)
    expect_oauth_error(device.poll(), 400, "authorization_pending")

    device.decide(YES)

    wait(pingone, device)
    told = json_object(device.poll(), 200)
    expect_equal(jwts.claims(told.get("id_token")).get("sub"), device.person.id, "sub")
    expect_that(bool(told.get("access_token")), "an access token", sorted(told))
    wait(pingone, device)
    expect_oauth_error(device.poll(), 400, ("invalid_grant", "expired_token"))


def wait(pingone: PingOne, device: Device) -> None:
    """As long passes as the device has to wait."""
    control = pingone.needs_control("the interval of a device has to pass")
    control.advance(device.interval_s + 1)


@pytest.mark.requirement("P1-LOGIN-021")
def test_a_device_that_does_not_wait_is_told_to_slow_down(pingone: PingOne) -> None:
    """At once it is; one that waits is told that nobody has agreed yet.

    Source: RFC 8628 section 3.5.
    """
    device = Device(pingone)
    expect_oauth_error(device.poll(), 400, "authorization_pending")

    expect_oauth_error(device.poll(), 400, "slow_down")

    device.ask()
    expect_oauth_error(device.poll(), 400, "authorization_pending")
    wait(pingone, device)
    expect_oauth_error(device.poll(), 400, "authorization_pending")


@pytest.mark.requirement("P1-LOGIN-022")
def test_a_device_is_told_that_its_user_denies(pingone: PingOne) -> None:
    """And gets no token then nor later.

    Source: RFC 8628 section 3.5.
    """
    device = Device(pingone)
    expect_oauth_error(device.poll(), 400, "authorization_pending")

    device.decide(NO)

    wait(pingone, device)
    expect_oauth_error(device.poll(), 400, "access_denied")


@pytest.mark.requirement("P1-LOGIN-022")
def test_a_device_is_told_that_its_code_has_expired(pingone: PingOne) -> None:
    """When the seconds have passed that the answer named.

    Source: RFC 8628 sections 3.2 and 3.5.
    """
    control = pingone.needs_control("the lifetime of a device code has to pass")
    device = Device(pingone)
    expect_oauth_error(device.poll(), 400, "authorization_pending")

    control.advance(device.lives_s + 1)

    expect_oauth_error(device.poll(), 400, "expired_token")


@pytest.mark.requirement("P1-LOGIN-022")
def test_a_device_code_that_nobody_issued_is_worth_nothing(pingone: PingOne) -> None:
    """Nor is one with a letter more.

    Source: RFC 8628 section 3.5; RFC 6749 section 5.2.
    """
    device = Device(pingone)
    expect_oauth_error(device.poll(), 400, "authorization_pending")

    for wrong in (digest("never issued"), f"{device.code}x"):
        told = ("invalid_grant", "expired_token")
        expect_oauth_error(device.poll(wrong), 400, told)
    expect_status(device.poll(""), 400)
