"""Properties: whatever is done to a token, alone or together, in whatever order.

Hypothesis draws mutations; a failure shrinks to one of them, as `harness.strategies` explains.
"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import recorder
from harness.checks import expect_saved, expect_status
from harness.mutations import Mutation
from harness.product import Credential, PingOne
from harness.strategies import bodies
from harness.strategies.tokens import drawn, mutations, spoiled
from scenarios.tokens.classes import on_create, on_update
from scenarios.tokens.exchanging import UNSENDABLE, refuses
from scenarios.tokens.saving import AFTER, REFUSED, Door, about, hide

FEW = settings(max_examples=max(10, settings().max_examples // 6))
"""A handful of examples each; with the profile `deep` many."""

CREATE = ("PA-TOK-002", "PA-TOK-008", *AFTER["create"])
UPDATE = ("PA-TOK-011", "PA-TOK-013", *AFTER["update"])

Done = tuple[Mutation, ...]


def fresh_example() -> None:
    """Evidence holds the last example and not the hundreds that were tried on the way to it."""
    record = recorder.current.get()
    if record is not None:
        record.exchanges.clear()


@pytest.mark.requirement(*CREATE)
@FEW
@given(done=drawn(at_most=3))
def test_no_combination_is_saved_as_a_new_connection(creating: Door, done: Done) -> None:
    """Each is refused, and the list of connections stays what it was.

    Source: admin API 7.3, addPingOneConnection (422); RFC 7515 section 5.2.
    """
    fresh_example()
    case = spoiled(creating.credential.token, done)
    before = creating.listed()

    creating.refuses(case, on_create(case.mutations[0]))

    creating.nothing_has_changed(before)


@pytest.mark.requirement(*UPDATE)
@FEW
@given(done=drawn(at_most=3))
def test_no_combination_replaces_a_good_credential(updating: Door, done: Done) -> None:
    """Each is refused, and the connection goes on with its old credential.

    Source: admin API 7.3, updatePingOneConnection (422); RFC 7515 section 5.2.
    """
    fresh_example()
    case = spoiled(updating.credential.token, done)

    updating.refuses(case, on_update(case.mutations[0]))

    updating.nothing_has_changed([])


@pytest.mark.requirement("PA-TOK-021", "PA-TOK-022", "PA-TOK-023", "PA-TOK-025")
@FEW
@given(tries=st.lists(st.one_of(mutations(), st.none()), min_size=1, max_size=6))
def test_good_and_bad_ones_in_any_order_are_told_apart(
    updating: Door, tries: list[Mutation | None]
) -> None:
    """People try until it works: the good one (None) always does, the others never.

    Source: admin API 7.3, updatePingOneConnection (200 or 422).
    """
    fresh_example()
    for mutation in tries:
        if mutation is None:
            expect_saved(updating.attempt(updating.credential.token), requirement="PA-TOK-025")
            continue
        case = spoiled(updating.credential.token, (mutation,))
        hide(case)
        with about(case):
            expect_status(updating.attempt(case.token), *REFUSED, requirement="PA-TOK-022")
    updating.nothing_has_changed([])


@pytest.mark.requirement("PA-TOK-041")
@FEW
@given(data=st.data())
def test_any_spelling_of_the_body_is_accepted(updating: Door, data: Any) -> None:
    """White space, order and escapes are drawn.

    Source: RFC 8259 sections 2, 4 and 7; admin API 7.3, updatePingOneConnection (200).
    """
    fresh_example()
    body = updating.body({"value": updating.credential.token})
    content = data.draw(bodies.spellings(body))

    expect_saved(updating.send(content=content, headers={"Content-Type": "application/json"}))

    updating.uses(updating.credential, requirement="PA-TOK-041")


@pytest.mark.requirement("PA-TOK-009")
@FEW
@given(data=st.data())
def test_no_other_kind_of_value_is_a_credential(door: Door, data: Any) -> None:
    """Numbers, arrays and objects, with the good token inside or without it.

    Source: admin API 7.3, HiddenField.value (string).
    """
    fresh_example()
    misfit = data.draw(bodies.misfits(door.credential.token))
    before = door.listed()

    expect_status(door.send(json=door.body({"value": misfit})), *REFUSED)

    door.nothing_has_changed(before)


@pytest.fixture
def credential(pingone: PingOne) -> Credential:
    """One that PingOne exchanges."""
    made = pingone.add_credential()
    expect_status(pingone.exchange(made), 200)
    return made


@pytest.mark.requirement("P1-SUB-001", "P1-SUB-002", "P1-SUB-004", "P1-SUB-005", "P1-SUB-007")
@FEW
@given(done=drawn(at_most=3))
def test_no_combination_gets_an_access_token(
    pingone: PingOne, credential: Credential, done: Done
) -> None:
    """Each is refused in the OAuth way, and the good one is exchanged right after.

    Source: RFC 8693 section 2.2.2.
    """
    fresh_example()
    sendable = tuple(mutation for mutation in done if mutation.id not in UNSENDABLE)
    for case in [spoiled(credential.token, sendable)] if sendable else []:
        refuses(pingone, case)

    expect_status(pingone.exchange(credential), 200, requirement="P1-SUB-007")
