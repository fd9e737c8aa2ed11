"""Every class of spoiled token, as the assertion by which a client of PingOne says who it is.

The key is the client's own, so that header and claims can be wrong under a true signature.
"""

from dataclasses import dataclass, field

import httpx
import pytest

from harness import elliptic, jose
from harness.checks import (
    expect_answered,
    expect_equal,
    expect_hidden,
    expect_oauth_error,
    expect_status,
)
from harness.doors.platform import Asserting
from harness.jose import Draft, Signer
from harness.mutations import Mutation, Verdict, by_id, spoil
from harness.mutations.model import LEAST
from harness.mutations.rows import ISSUER_KEY
from harness.product import PingOne
from harness.product.clients import add_asserting_client, asserted, assertion, grant
from harness.strategies.tokens import Case, spoiled
from scenarios.tokens.classes import Variants, parameters
from scenarios.tokens.exchanging import ERRORS, REFUSED, UNSENDABLE, expect_refused
from scenarios.tokens.saving import about, expect_nothing_of, hide

FORM, MEANING, SHAPE, SILENT, GOOD, ONCE = (f"P1-AST-00{n}" for n in range(1, 7))

MEANT = frozenset(row.id for row in Asserting.among)
"""Rows that say something of an assertion under its client's own signature."""

OWN = frozenset({"JWT-ALG-016.es256"})
"""A row that says what every assertion of these says."""

LEGAL = tuple(
    row for row in Asserting.among if row.verdict is Verdict.ACCEPT and row.needs == ISSUER_KEY
)


def broken_by(mutation: Mutation) -> str:
    """The requirement that an access token for this assertion breaks."""
    return MEANING if mutation.layer in {"CLM", "TIM"} and mutation.plain else FORM


@dataclass(frozen=True, slots=True)
class Asserter:
    """A client with a key, and a draft of its assertion, without a jti: good again and again."""

    pingone: PingOne
    draft: Draft
    canary: str
    sign: Signer = field(repr=False)

    @property
    def token(self) -> str:
        """The good assertion."""
        return self.draft.compact(self.sign)

    def spoiled(self, mutation: Mutation) -> Case:
        """Signed by the client where the edit is wrong all the same."""
        return spoiled(self.token, (mutation,), self.sign if mutation.id in MEANT else jose.nobody)

    def asks(self, token: str) -> httpx.Response:
        """The answer to this assertion."""
        hide(part for part in token.split(".") if len(part) >= LEAST)
        return expect_answered(lambda: asserted(self.pingone, token))

    def is_let_in(self) -> None:
        """Holds when the good assertion gets a token."""
        expect_status(self.asks(self.token), 200, requirement=GOOD)

    def refuses(self, case: Case, requirement: str) -> httpx.Response:
        """The refusal of a spoiled assertion, with nothing of it inside."""
        hide(case)
        with about(case):
            answer = self.asks(case.token)
            expect_refused(answer, case.mutations[0], requirement, SHAPE)
            expect_nothing_of(case, answer, requirement=SILENT)
            expect_hidden(self.canary, answer, requirement=SILENT)
        return answer


@pytest.fixture
def asserter(pingone: PingOne) -> Asserter:
    """A client after its control: its assertion is good."""
    key, canary = elliptic.own_key("client of PingOne"), pingone.name("canary")
    client = add_asserting_client(pingone, elliptic.jwk(key))
    grant(pingone, client)
    draft = assertion(pingone, client, paconform=canary)
    made = Asserter(pingone, draft, canary, elliptic.es256_signer(key))
    made.is_let_in()
    return made


@pytest.mark.parametrize("variants", parameters(broken_by, (SHAPE, SILENT, GOOD), UNSENDABLE | OWN))
def test_a_spoiled_assertion_gets_no_access_token(asserter: Asserter, variants: Variants) -> None:
    """Each variant is refused, the first twice in the same way, and the good one works after it.

    Source: RFC 7523 section 3; the clause of the class.
    """
    cases = [asserter.spoiled(mutation) for mutation in variants]

    statuses = [asserter.refuses(case, broken_by(case.mutations[0])).status_code for case in cases]

    again = asserter.refuses(cases[0], broken_by(cases[0].mutations[0]))
    expect_equal(again.status_code, statuses[0], "the status sent again", requirement=SHAPE)
    asserter.is_let_in()


@pytest.mark.requirement(GOOD)
@pytest.mark.parametrize("row", LEGAL, ids=lambda row: row.id)
def test_an_unusual_and_legal_assertion_gets_an_access_token(
    asserter: Asserter, row: Mutation
) -> None:
    """Signed by the client: unknown members, other spellings, an audience in an array.

    Source: RFC 7515 section 4; RFC 7519 sections 4 and 4.1.3; RFC 8259 sections 2 and 7.
    """
    made = spoil(asserter.token, row, signer=asserter.sign)
    hide(made)

    with about(Case(made.text, (row,), made.secrets)):
        expect_status(asserter.asks(made.text), 200)


@pytest.mark.requirement(MEANING)
@pytest.mark.parametrize(("claim", "after_s"), [("exp", -1), ("exp", 7_200), ("nbf", 600)])
def test_an_assertion_of_another_time_gets_no_access_token(
    asserter: Asserter, claim: str, after_s: int
) -> None:
    """Past, too far ahead, or not begun; a minute from now on both sides of it is good.

    Source: RFC 7523 section 3 (4) and (5); PingOne, create a private_key_jwt.
    """
    now_s = dict(asserter.draft.claims)["iat"]
    good = asserter.draft.claims
    near = jose.having(jose.having(good, "exp", now_s + 60), "nbf", now_s - 60)
    expect_status(asserter.asks(Draft(asserter.draft.header, near).compact(asserter.sign)), 200)

    claims = jose.having(good, claim, now_s + after_s)
    answer = asserter.asks(Draft(asserter.draft.header, claims).compact(asserter.sign))

    expect_oauth_error(answer, REFUSED, ERRORS)


@pytest.mark.requirement(ONCE, GOOD)
def test_an_assertion_with_an_id_is_good_once(asserter: Asserter) -> None:
    """The second time it is refused; with another id it is good again.

    Source: RFC 7523 section 3 (7).
    """
    first, second = (
        Draft(asserter.draft.header, (*asserter.draft.claims, ("jti", asserter.pingone.name(id_))))
        for id_ in ("first", "second")
    )
    token = first.compact(asserter.sign)
    expect_status(asserter.asks(token), 200, requirement=GOOD)

    expect_oauth_error(asserter.asks(token), REFUSED, ERRORS, requirement=ONCE)

    expect_status(asserter.asks(second.compact(asserter.sign)), 200, requirement=GOOD)


@pytest.mark.requirement(FORM, GOOD)
def test_many_refusals_lock_no_client_out(asserter: Asserter) -> None:
    """Fifty in a row, then the good one.

    Source: RFC 7523 section 3.2; a lockout of clients is documented nowhere.
    """
    case = asserter.spoiled(by_id("JWT-SIG-001.middle"))

    for _ in range(50):
        asserter.refuses(case, FORM)

    asserter.is_let_in()
