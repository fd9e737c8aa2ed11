"""Every class of spoiled token, as the subject token of PingOne's token exchange."""

from urllib.parse import quote_plus

import httpx
import pytest

from harness.checks import expect_equal, expect_that
from harness.mutations import by_id
from harness.product import PingOne
from harness.strategies.tokens import Case, spoiled
from scenarios.tokens.classes import Variants, on_exchange, parameters
from scenarios.tokens.exchanging import (
    AGAIN,
    HIDDEN,
    NEXT,
    SHAPE,
    UNSENDABLE,
    USED,
    expect_exchanged,
    refuses,
)

EXAMPLES = (
    "JWT-STR-002.no-signature",
    "JWT-PST-005.tab",
    "JWT-HJS-001.text",
    "JWT-SIG-001.middle",
    "JWT-ALG-001.none",
    "JWT-PNG-003.other",
)
"""One token of each of several layers, where a whole class tells no more."""


@pytest.mark.parametrize("variants", parameters(on_exchange, (SHAPE, HIDDEN, NEXT), UNSENDABLE))
def test_a_spoiled_subject_token_gets_no_access_token(pingone: PingOne, variants: Variants) -> None:
    """Each variant of the class is refused in the OAuth way, and the good one still works.

    Source: RFC 8693 section 2.2.2; the clause of the class.
    """
    credential = pingone.add_credential()
    expect_exchanged(pingone, credential, requirement=NEXT)

    for mutation in variants:
        refuses(pingone, spoiled(credential.token, (mutation,)))

    expect_exchanged(pingone, credential, requirement=NEXT)


@pytest.mark.requirement(USED)
@pytest.mark.parametrize("mutation", EXAMPLES)
def test_a_refused_subject_token_is_no_use_of_the_credential(
    pingone: PingOne, mutation: str
) -> None:
    """Never used before, the credential is still unused; the good exchange then counts.

    Source: assumed; PingOne, gateway credentials (lastUsedAt).
    """
    credential = pingone.add_credential()

    refuses(pingone, spoiled(credential.token, (by_id(mutation),)))

    expect_equal(pingone.last_used(credential), None, "lastUsedAt after a refusal")
    expect_exchanged(pingone, credential, requirement=USED)
    used = pingone.last_used(credential)
    expect_that(used is not None, "lastUsedAt after a good exchange", used)


@pytest.mark.requirement(AGAIN)
@pytest.mark.parametrize("mutation", EXAMPLES)
def test_the_same_subject_token_is_refused_in_the_same_way(pingone: PingOne, mutation: str) -> None:
    """Status and error are those of the first time.

    Source: assumed; answers may differ in their correlation id only.
    """
    credential = pingone.add_credential()
    expect_exchanged(pingone, credential, requirement=AGAIN)
    case = spoiled(credential.token, (by_id(mutation),))

    first, second = (refuses(pingone, case) for _ in range(2))

    expect_equal(_told(second), _told(first), "the refusal sent again")


@pytest.mark.requirement("P1-SUB-001", "P1-SUB-005")
def test_a_credential_that_is_encoded_once_too_often_gets_no_access_token(pingone: PingOne) -> None:
    """The form carries the token percent-encoded twice, as some clients send it.

    Source: RFC 6749 appendix B (encoded once); RFC 7515 section 2.
    """
    credential = pingone.add_credential()
    expect_exchanged(pingone, credential, requirement="P1-SUB-001")
    twice = quote_plus(credential.token.replace(".", "%2E"))

    refuses(pingone, Case(twice, (by_id("JWT-PST-015.dots"),), (credential.token,)))


def _told(answer: httpx.Response) -> tuple[int, object]:
    return answer.status_code, answer.json().get("error")
