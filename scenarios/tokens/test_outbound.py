"""Whom PingAccess calls about a spoiled token: nobody, where the token shows its fault."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest

from harness.checks import expect_equal, expect_status, expect_that
from harness.clients.control import Control
from harness.mutations import Judge, Mutation, by_kind
from harness.product import Product
from harness.strategies.tokens import rows, spoiled
from scenarios.tokens.classes import Variants, by_layer
from scenarios.tokens.saving import REFUSED, Door, about, hide

SEEN = rows(judge=Judge.READER)
"""Mutations whose fault whoever decodes the token can see."""

ASTRAY = {
    "claims": ("JWT-PNG-006", "JWT-PNG-007", "JWT-PNG-008", "JWT-PNG-014", "JWT-UNI-005"),
    "issuer and audience": ("JWT-CLM-001", "JWT-CLM-003", "JWT-CLM-004", "JWT-CLM-007"),
    "header": ("JWT-HDR-024", "JWT-HDR-025", "JWT-HDR-029", "JWT-HDR-030", "JWT-HDR-031"),
    "shown texts": ("JWT-CLM-018",),
    "other things": ("JWT-XPR-004", "JWT-XPR-009", "JWT-XPR-012", "JWT-SER-006"),
}
"""Classes that name a host, or what is a call to whoever believes it, by the place of the name."""


@pytest.fixture
def outside(product: Product) -> Control:
    """The control door, which has seen every call of PingAccess to the outside."""
    return product.needs_control("calls of PingAccess to the outside")


def calls_during(outside: Control, door: Door, mutation: Mutation) -> list[dict[str, Any]]:
    """What PingAccess asked of anybody while it refused this token."""
    case = spoiled(door.credential.token, (mutation,))
    hide(case)
    outside.clear_ledger()
    with about(case):
        expect_status(door.attempt(case.token), *REFUSED)
    return outside.ledger("outbound")


def expect_control(outside: Control, door: Door) -> None:
    """Holds when the ledger shows the calls for a good credential: it would show others."""
    outside.clear_ledger()
    expect_status(door.attempt(door.credential.token), 200)
    calls = outside.ledger("outbound")
    expect_that(calls, "calls to PingOne for a good credential", len(calls))


@pytest.mark.requirement("PA-TOK-026")
@pytest.mark.parametrize("mutations", by_layer(SEEN))
def test_nobody_is_asked_about_a_token_that_shows_its_fault(
    outside: Control, updating: Door, mutations: Variants
) -> None:
    """On update: every variant is refused without a call.

    Source: assumed; decoding shows these faults, and a call would send a secret to nobody's use.
    """
    expect_control(outside, updating)

    for mutation in mutations:
        calls = calls_during(outside, updating, mutation)
        expect_equal([_line(call) for call in calls], [], f"calls for {mutation.id}")


@pytest.mark.requirement("PA-TOK-026")
@pytest.mark.parametrize("mutations", by_layer(SEEN))
def test_nobody_is_asked_about_a_new_token_that_shows_its_fault(
    outside: Control, creating: Door, mutations: Variants
) -> None:
    """On create: every variant is refused without a call.

    Source: assumed; decoding shows these faults, and a call would send a secret to nobody's use.
    """
    for mutation in mutations:
        calls = calls_during(outside, creating, mutation)
        expect_equal([_line(call) for call in calls], [], f"calls for {mutation.id}")

    expect_control(outside, creating)


@pytest.mark.requirement("PA-TOK-027")
@pytest.mark.parametrize("place", ASTRAY)
def test_a_host_outside_of_pingone_is_never_called(
    outside: Control, door: Door, place: str
) -> None:
    """Only hosts that the good credential leads to are called, whatever the token names.

    Source: assumed; RFC 8725 section 3.10 (server-side request forgery through received claims).
    """
    outside.clear_ledger()
    name = door.product.name("connection")
    expect_status(door.attempt(door.credential.token, name=name), 200)
    known = {_host(call) for call in outside.ledger("outbound")}
    expect_that(known, "calls to PingOne for a good credential", known)

    for mutation in (row for kind in ASTRAY[place] for row in by_kind()[kind]):
        calls = calls_during(outside, door, mutation)
        strangers = sorted({_host(call) for call in calls} - known)
        expect_equal(strangers, [], f"strange hosts that were called for {mutation.id}")


def _host(call: Mapping[str, Any]) -> str:
    return urlsplit(str(call["url"])).netloc


def _line(call: Mapping[str, Any]) -> str:
    return f"{call['method']} {call['url']}"
