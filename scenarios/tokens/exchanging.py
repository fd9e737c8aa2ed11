"""A spoiled token at PingOne's token exchange: what is asked of the answer."""

import httpx

from harness.checks import expect_answered, expect_oauth_error, expect_status, expect_that
from harness.mutations import MUTATIONS, Mutation
from harness.product import Credential, PingOne
from harness.strategies.tokens import Case
from scenarios.tokens.classes import on_exchange
from scenarios.tokens.saving import about, expect_nothing_of, hide

REFUSED = (400, 401)
TOO_LARGE = (413, 414, 431)
"""What may refuse a token of 64 kB (RFC 9110 sections 15.5.14 and 15.5.15, RFC 6585 section 5)."""

ERRORS = ("invalid_request", "invalid_grant", "invalid_client")
"""No document chooses between them."""

SHAPE, HIDDEN, USED, NEXT, AGAIN = (f"P1-SUB-00{n}" for n in (4, 5, 6, 7, 8))

UNSENDABLE = frozenset(
    mutation.id for mutation in MUTATIONS if any(argument == "\ud800" for argument in mutation.args)
)
"""A form in UTF-8 cannot carry half a surrogate pair (RFC 8259 section 8.2 is about JSON)."""


def refuses(pingone: PingOne, case: Case) -> httpx.Response:
    """The answer to a subject token that must get no access token, with nothing of it inside."""
    hide(case)
    with about(case):
        answer = expect_answered(lambda: pingone.exchange(case.token))
        expect_refused(answer, case.mutations[0], on_exchange(case.mutations[0]), SHAPE)
        expect_nothing_of(case, answer, requirement=HIDDEN)
    return answer


def expect_refused(
    answer: httpx.Response, mutation: Mutation, requirement: str, shape: str
) -> None:
    """Holds when there is no access token, but an OAuth error, which is another requirement."""
    refused = 400 <= answer.status_code < 500 and "access_token" not in answer.text
    seen = f"status {answer.status_code}"
    expect_that(refused, "a refusal", seen, requirement=requirement)
    if mutation.layer == "DOS" and answer.status_code in TOO_LARGE:
        return
    expect_oauth_error(answer, REFUSED, ERRORS, requirement=shape)


def expect_exchanged(pingone: PingOne, credential: Credential, *, requirement: str) -> None:
    """Holds when the good credential gets a token."""
    expect_status(pingone.exchange(credential), 200, requirement=requirement)
