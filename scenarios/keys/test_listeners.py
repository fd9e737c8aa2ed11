"""HTTPS listeners, and the key pairs that they show."""

from typing import Any

import pytest

from harness.checks import (
    expect_equal,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_status,
    expect_unchanged,
)
from harness.product import Product
from scenarios.collection import UNKNOWN_NUMBER
from scenarios.keys.pairs import generated

Json = dict[str, Any]

NAMES = ("ADMIN", "ENGINE", "AGENT", "CONFIG QUERY")
"""Listeners that public exports of 6.2 and 7.0.4 hold, with the ids 1 to 4."""


@pytest.fixture
def engine(product: Product) -> Json:
    """The listener of the engine, on a product that may be changed."""
    product.resettable("changes the key pair of a listener")
    listed = expect_items(product.api.get_https_listeners())
    found = [one for one in listed if one["name"] == "ENGINE"]
    expect_equal(len(found), 1, "listeners of the name ENGINE")
    return found[0]


@pytest.mark.requirement("PA-KEY-011")
def test_the_listeners_are_there_and_no_other_is_made(product: Product) -> None:
    """Source: exports in pingidentity-server-profiles; admin API 7.3 (no POST, no DELETE)."""
    listed = expect_items(product.api.get_https_listeners())

    by_id = {one["id"]: one["name"] for one in listed}
    expect_members({str(key): name for key, name in by_id.items()},
        {str(number): name for number, name in enumerate(NAMES, 1)}, "the listeners")  # fmt: skip
    for one in listed:
        expect_equal(expect_saved(product.api.get_https_listener(one["id"])), one, "the listener")
    refused = product.api.request("POST", "/httpsListeners", json={**listed[0], "name": "X"})
    expect_status(refused, 405, 404)
    expect_status(product.api.request("DELETE", f"/httpsListeners/{listed[0]['id']}"), 405, 404)
    expect_equal(expect_items(product.api.get_https_listeners()), listed, "the listeners")


@pytest.mark.requirement("PA-KEY-012")
def test_a_listener_takes_another_key_pair_and_keeps_it(product: Product, engine: Json) -> None:
    """Source: admin API 7.3, updateHttpsListener; that it keeps the pair is assumed."""
    pair = generated(product)
    body = {**engine, "keyPairId": pair["id"]}

    saved = expect_saved(product.api.update_https_listener(engine["id"], json=body))

    expect_members(saved, {"id": engine["id"], "keyPairId": pair["id"]}, "the answer")
    expect_equal(expect_saved(product.api.get_https_listener(engine["id"])), saved, "it")
    expect_refused(product.api.delete_key_pair(pair["id"]))
    expect_unchanged(pair, expect_saved(product.api.get_key_pair(pair["id"])), "the key pair")


@pytest.mark.requirement("PA-KEY-012")
@pytest.mark.parametrize("wrong", [{"keyPairId": UNKNOWN_NUMBER}, {"keyPairId": None}], ids=str)
def test_a_listener_without_a_key_pair_is_refused(
    product: Product, engine: Json, wrong: Json
) -> None:
    """Source: admin API 7.3, HttpsListener.keyPairId (required); the refusal is assumed."""
    answer = product.api.update_https_listener(engine["id"], json={**engine, **wrong})

    expect_refused(answer, field="keyPairId")
    expect_equal(expect_saved(product.api.get_https_listener(engine["id"])), engine, "it")


@pytest.mark.requirement("PA-KEY-013")
def test_the_listener_of_the_engine_needs_no_restart(product: Product, engine: Json) -> None:
    """Source: admin API 7.3, HttpsListener.restartRequired (never true for ENGINE)."""
    body = {**engine, "restartRequired": True}

    answer = product.api.update_https_listener(engine["id"], json=body)

    if answer.status_code != 200:
        expect_refused(answer)
    now = expect_saved(product.api.get_https_listener(engine["id"]))
    expect_members(now, {"restartRequired": False}, "the listener")
