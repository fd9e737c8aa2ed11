"""Ids are given by the product, or chosen by a client that finds them free."""

import uuid
from typing import Any

import pytest

from harness.checks import expect_equal, expect_refused, expect_saved, expect_that, expect_unchanged
from scenarios.administration.kinds import KINDS
from scenarios.administration.stock import Stock
from scenarios.collection import expect_pointer_to_put, unused_number

NUMBERED = [noun for noun, kind in KINDS.items() if kind.number]


def unused(stock: Stock, name: str) -> int | str:
    """An id that a client may choose for an object of this name."""
    if stock.kind.number:
        return unused_number(name)
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


@pytest.mark.requirement("PA-ADMIN-040")
@pytest.mark.parametrize("sent", [{}, {"id": None}], ids=["left out", "null"])
def test_an_id_is_given_when_none_is_sent(stock: Stock, sent: dict[str, Any]) -> None:
    """Source: admin API 7.3, the id of every schema (automatically assigned)."""
    first, second = (expect_saved(stock.collection.create(stock.body(**sent))) for _ in range(2))

    for one in (first, second):
        number = isinstance(one["id"], int) and not isinstance(one["id"], bool) and one["id"] > 0
        text = isinstance(one["id"], str) and one["id"] != ""
        expect_that(number if stock.kind.number else text, "an id of its type", one["id"])
    expect_that(first["id"] != second["id"], "two different ids", second["id"])


@pytest.mark.requirement("PA-ADMIN-040")
@pytest.mark.parametrize("stock", NUMBERED, indirect=True)
def test_the_id_0_is_as_good_as_none(stock: Stock) -> None:
    """Source: payload with id 0 in ping-cloud-base 1.5.0 (saved; the meaning is inferred)."""
    first, second = (expect_saved(stock.collection.create(stock.body(id=0))) for _ in range(2))

    expect_that(first["id"] > 0 and first["id"] != second["id"], "two new ids", second["id"])


@pytest.mark.requirement("PA-ADMIN-040")
def test_a_free_id_chosen_by_the_client_is_kept(stock: Stock) -> None:
    """Source: admin API 7.3, the id of every schema (when creating, this is the id)."""
    body = stock.body()
    chosen = unused(stock, body[stock.kind.member])

    added = expect_saved(stock.collection.create({**body, "id": chosen}))

    expect_equal(added["id"], chosen, "id")
    expect_equal(stock.collection.stored(chosen), added, "what is stored under the id")
    expect_that(stock.made()["id"] != chosen, "another id for the next object", chosen)


@pytest.mark.requirement("PA-ADMIN-041")
def test_an_id_that_is_taken_is_refused_with_a_pointer_to_put(stock: Stock) -> None:
    """Source: capture of a 422 answer in ping-cloud-base 1.5.0."""
    holder = stock.made()
    body = stock.body(id=holder["id"])

    refusal = expect_refused(stock.collection.create(body))

    expect_pointer_to_put(refusal, holder["id"])
    expect_unchanged(holder, stock.collection.stored(holder["id"]), "the holder of the id")
    expect_equal(stock.collection.named(body[stock.kind.member]), [], "objects of the name")
