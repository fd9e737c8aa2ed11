"""Tokens that showed a fault once, at every door that the suite knows."""

import pytest

from harness.checks import expect_status, expect_that
from harness.counterexamples import Counterexample, counterexamples
from harness.mutations import spoil
from harness.product import PingOne
from harness.strategies.tokens import Case
from scenarios.tokens.classes import on_create, on_exchange, on_update
from scenarios.tokens.exchanging import UNSENDABLE, refuses
from scenarios.tokens.saving import Door, expect_no_server_error, hide

EACH = pytest.mark.parametrize(
    "one", counterexamples(), ids=[f"tc{one.number}" for one in counterexamples()]
)


def case_of(one: Counterexample, base: str) -> Case:
    """The counterexample made of a good credential; what may be shown of it is nothing."""
    made = spoil(base, *one.recipe)
    hide(made)
    return Case(made.text, one.recipe, made.secrets)


@pytest.mark.requirement("PA-TOK-002", "PA-TOK-008", "PA-TOK-011", "PA-TOK-013", "PA-TOK-024")
@EACH
def test_a_counterexample_is_judged_rightly_on_saving(door: Door, one: Counterexample) -> None:
    """Refused as any spoiled credential, or saved where the mutations took each other back.

    Source: admin API 7.3, addPingOneConnection and updatePingOneConnection (200 or 422).
    """
    case = case_of(one, door.credential.token)
    if one.result != "invalid":
        answer = door.attempt(case.token)
        expect_no_server_error(answer, requirement="PA-TOK-002")
        expect_that(answer.status_code == 200 or not one.valid, "a save", answer.status_code)
        return

    of = on_create if door.act == "create" else on_update
    door.refuses(case, of(one.recipe[0]))

    door.uses(door.credential, requirement="PA-TOK-013")


@pytest.mark.requirement("P1-SUB-001", "P1-SUB-002", "P1-SUB-003", "P1-SUB-004", "P1-SUB-005")
@pytest.mark.parametrize(
    "one",
    [one for one in counterexamples() if not {row.id for row in one.recipe} & UNSENDABLE],
    ids=lambda one: f"tc{one.number}",
)
def test_a_counterexample_is_judged_rightly_on_exchange(
    pingone: PingOne, one: Counterexample
) -> None:
    """Refused as any spoiled subject token, or exchanged where nothing is left of the mutations.

    Source: RFC 8693 section 2.2.2.
    """
    credential = pingone.add_credential()
    case = case_of(one, credential.token)
    if one.result != "invalid":
        allowed = (200,) if one.valid else (200, 400, 401)
        answer = pingone.exchange(case.token)
        expect_status(answer, *allowed, requirement=on_exchange(one.recipe[0]))
        return

    refuses(pingone, case)
