"""Every class of spoiled token, as a bearer token at the two admin APIs."""

import pytest

from harness.checks import expect_equal, expect_status
from harness.mutations import Mutation, by_id
from harness.product import PingOne, Product
from harness.strategies.tokens import spoiled
from scenarios.tokens.bearing import (
    NO_LOGIN,
    REFUSED,
    SILENT,
    STAYS,
    TOO_LARGE,
    UNBEARABLE,
    Gate,
)
from scenarios.tokens.classes import Variants, parameters
from scenarios.tokens.saving import about, expect_no_server_error, expect_nothing_of, hide


@pytest.fixture
def gate(product: Product, pingone: PingOne) -> Gate:
    """The admin API with bearer tokens of PingOne turned on."""
    return Gate.open(product, pingone)


def no_login(_: Mutation) -> str:
    """The requirement that a login with any spoiled token breaks."""
    return NO_LOGIN


@pytest.mark.parametrize("variants", parameters(no_login, (SILENT, STAYS), UNBEARABLE))
def test_a_spoiled_access_token_is_no_login(gate: Gate, variants: Variants) -> None:
    """Each variant is refused, the first twice in the same way; good logins stay what they are.

    Source: RFC 6750 section 3.1; the clause of the class.
    """
    cases = [spoiled(gate.token, (mutation,)) for mutation in variants]

    statuses = [gate.refuses(case).status_code for case in cases]

    again = gate.refuses(cases[0])
    expect_equal(again.status_code, statuses[0], "the status sent again", requirement=NO_LOGIN)
    gate.is_open()


@pytest.mark.requirement(NO_LOGIN, STAYS)
def test_many_spoiled_tokens_lock_nobody_out(gate: Gate) -> None:
    """Fifty refusals in a row, then the good token and the password.

    Source: RFC 6750 section 3.1; a lockout of tokens is documented nowhere.
    """
    case = spoiled(gate.token, (by_id("JWT-SIG-001.middle"),))

    for _ in range(50):
        gate.refuses(case)

    gate.is_open()


@pytest.mark.requirement(NO_LOGIN, STAYS)
@pytest.mark.parametrize(
    "header",
    ["Bearer {0}, Bearer {0}", "Bearer {0} {0}", "Bearer", "Bearer\t{0}", "{0}", "Bearer={0}"],
    ids=["two joined", "two in one", "none", "tab", "bare", "equals"],
)
def test_a_token_in_a_header_that_is_none_is_no_login(gate: Gate, header: str) -> None:
    """The scheme, one space and one token, or nothing.

    Source: RFC 6750 section 2.1; RFC 9110 sections 5.3 and 11.4.
    """
    expect_status(gate.asks(header.format(gate.token)), 401, 400)

    gate.is_open()


@pytest.mark.requirement(NO_LOGIN, STAYS)
@pytest.mark.parametrize("place", ["query", "cookie"])
def test_a_token_at_another_place_is_no_login(gate: Gate, place: str) -> None:
    """In the query or in a cookie, and no Authorization header.

    Source: RFC 6750 sections 2.3 and 5.3 (not in page URLs); admin API: bearer tokens in a header.
    """
    request = gate.product.api.request
    if place == "query":
        answer = request("GET", "/version", login=None, params={"access_token": gate.token})
    else:
        cookies: dict[str, str | None] = {"cookie": f"access_token={gate.token}"}
        answer = request("GET", "/version", login=None, headers=cookies)

    expect_status(answer, 401, 400)
    gate.is_open()


@pytest.mark.requirement(NO_LOGIN)
def test_a_token_beside_a_password_is_no_server_error(gate: Gate) -> None:
    """The password in the header, a token in the query: two methods at once.

    Source: RFC 6750 section 2 (no more than one method).
    """
    answer = gate.product.api.version(params={"access_token": gate.token})

    expect_no_server_error(answer, requirement=NO_LOGIN)


# --- PingOne's own API -----------------------------------------------------------------------


def no_bearer(_: Mutation) -> str:
    """The requirement that an answer to any spoiled token breaks."""
    return "P1-ERR-004"


@pytest.mark.parametrize("variants", parameters(no_bearer, (), UNBEARABLE))
def test_a_spoiled_access_token_opens_nothing_at_pingone(
    pingone: PingOne, variants: Variants
) -> None:
    """The worker's token opens the environment, before and after every variant made of it.

    Source: PingOne reference, error codes (401); RFC 6750 section 3.1; the clause of the class.
    """
    read, token = pingone.api.get_environment, pingone.worker_token()
    expect_status(read(token=token), 200)

    for mutation in variants:
        case = spoiled(token, (mutation,))
        hide(case)
        with about(case):
            allowed = REFUSED + (TOO_LARGE if len(case.token) > 4_000 else ())
            answer = expect_status(read(token=case.token), *allowed)
            expect_nothing_of(case, answer, requirement="P1-ERR-004")

    expect_status(read(token=token), 200)
