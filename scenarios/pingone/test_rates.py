"""Rates: what is beyond them is refused, and told when to come again (P1-RATE)."""

import pytest

from harness.checks import expect_error, expect_header, expect_status, expect_that
from harness.product import PingOne, Product
from scenarios.pingone import bodies
from scenarios.pingone.resource import Resource

GROUP, RATE, WINDOW_S = "rlgConfigRpm", 3, 60
"""A rate group with gateways in it (base rate limits), and a rate that is soon used up."""


@pytest.fixture
def limited(pingone: PingOne) -> PingOne:
    """PingOne, whose licence is good for three requests of configuration a minute."""
    control = pingone.needs_control("sets a rate that a real licence does not have")
    pingone.worker_token()
    control.put_rate(GROUP, RATE, WINDOW_S)
    return pingone


def _seconds(value: str) -> bool:
    return value.isascii() and value.isdigit()


@pytest.mark.requirement("P1-RATE-001")
def test_what_is_beyond_the_rate_is_refused_and_not_done(
    gateways: Resource, limited: PingOne, product: Product
) -> None:
    """Reading is refused as writing is, and what was refused was not made.

    Source: PingOne rate limiting (429, REQUEST_LIMITED).
    """
    control, name = limited.needs_control("waits for the end of a minute"), product.name("gateway")
    for _ in range(RATE):
        expect_status(limited.api.get_gateways(), 200)

    with limited.api.at_once():
        expect_error(limited.api.get_gateways(), 429, "REQUEST_LIMITED")
        answer = limited.api.add_gateway(json=bodies.gateway(name))
        expect_error(answer, 429, "REQUEST_LIMITED")

    control.advance(WINDOW_S)
    expect_status(limited.api.get_gateways(), 200)
    listed = [one["name"] for one in gateways.all()]
    expect_that(name not in listed, f"no gateway {name}", listed)


@pytest.mark.requirement("P1-RATE-002")
def test_retry_after_is_when_to_ask_again(limited: PingOne) -> None:
    """A second before it is too early; when it is over, the request is answered.

    Source: PingOne rate limiting (Retry-After, the delay in seconds).
    """
    control = limited.needs_control("waits as it is told")
    for _ in range(RATE):
        expect_status(limited.api.get_gateways(), 200)
    with limited.api.at_once():
        refused = expect_status(limited.api.get_gateways(), 429)
        wait_s = int(expect_header(refused, "Retry-After", _seconds))

        control.advance(max(wait_s - 1, 0))
        limited.worker_token()
        expect_status(limited.api.get_gateways(), 429)
        control.advance(1)
        expect_status(limited.api.get_gateways(), 200)


@pytest.mark.requirement("P1-RATE-003")
def test_other_groups_and_licences_are_not_limited(limited: PingOne) -> None:
    """Users, tokens and evaluations go on; so does an environment of another licence.

    Source: PingOne base rate limits (groups), rate limiting (per licence).
    """
    other = limited.needs_second_environment("an environment of another licence")
    for _ in range(RATE):
        expect_status(limited.api.get_gateways(), 200)
    with limited.api.at_once():
        expect_status(limited.api.get_gateways(), 429)

        expect_status(limited.api.get_users(), 200)
        expect_status(limited.api.add_risk_evaluation(json=bodies.evaluation()), 201)
        expect_status(limited.api.token({"grant_type": "client_credentials"}), 200)
        expect_error(limited.api.get_gateways(environment_id=other), 403, "ACCESS_FAILED")
