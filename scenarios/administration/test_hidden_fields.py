"""Secrets around an application: taken once, shown to nobody."""

from typing import Any

import httpx
import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_hidden,
    expect_items,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
    expect_unchanged,
    not_measured,
)
from harness.product import Product
from scenarios.administration.kinds import KINDS
from scenarios.administration.stock import Stock
from scenarios.answered import hidden_in
from scenarios.collection import UNKNOWN_NUMBER, expect_absent

Json = dict[str, Any]

HIDING = ("proxy", "sideband_client", "site_authenticator", "web_session")
"""Kinds that keep a secret (admin API 7.3, HiddenField; concealed fields of a descriptor)."""


def concealing(product: Product) -> Json:
    """A body of a site authenticator with a secret in its configuration."""
    described = expect_items(product.api.get_site_authenticator_descriptors())
    for one in described:
        fields = one["configurationFields"]
        concealed = [field["name"] for field in fields if field["type"] == "CONCEALED"]
        texts = [field["name"] for field in fields if field["type"] == "TEXT"]
        if concealed and len(concealed) + len(texts) == len(fields):
            configuration = {
                **dict.fromkeys(texts, "paconform"),
                **{name: product.admin.hidden() for name in concealed},
            }
            return {"className": one["className"], "configuration": configuration}
    return not_measured("no site authenticator has texts and a concealed field alone")


def body_of(stock: Stock) -> Json:
    """A body of this kind with a secret in it."""
    if stock.kind.noun == "site_authenticator":
        return stock.body(**concealing(stock.collection.product))
    return stock.body()


@pytest.mark.requirement("PA-ADMIN-077")
@pytest.mark.parametrize("stock", HIDING, indirect=True)
def test_no_answer_shows_a_secret(stock: Stock) -> None:
    """Source: example_websessions.json in pingaccess-sdk-go (encryptedValue alone)."""
    body = body_of(stock)
    secrets = [hidden["value"] for _, hidden in hidden_in(body)]

    created = stock.collection.create(body)
    key = expect_saved(created)["id"]
    updated = stock.collection.update(key, json=body)
    refused = stock.collection.update(key, json={**body, "name": None})
    read = stock.collection.get(key)
    answers = [created, updated, refused, read, stock.collection.listed()]

    expect_refused(refused)
    for secret in secrets:
        expect_hidden(secret, *answers, stock.collection.delete(key))
    for answer in (created, updated, read):
        shown = [list(hidden) for _, hidden in hidden_in(expect_saved(answer))]
        expect_equal(shown, [["encryptedValue"]] * len(secrets), "members of the hidden fields")


@pytest.mark.requirement("PA-ADMIN-078")
@pytest.mark.parametrize("stock", HIDING, indirect=True)
def test_what_was_read_can_be_sent_back_with_its_ciphertexts(stock: Stock) -> None:
    """Source: inferred; every client that reads, edits and writes relies on it."""
    stored = stock.stored(body_of(stock))
    before = [path for path, _ in hidden_in(stored)]
    expect_that(bool(before), "a hidden field", stored)

    updated = expect_saved(stock.collection.update(stored["id"], json=stored))

    expect_equal([path for path, _ in hidden_in(updated)], before, "hidden fields")
    expect_unchanged(stored, stock.collection.stored(stored["id"]), "what is stored")


def made(product: Product) -> tuple[httpx.Response, str]:
    """The answer to a new shared secret of agents, and the secret."""
    body = product.admin.secret_body()
    answer = product.api.add_shared_secret(json=body)
    if answer.status_code == 200:
        product.admin.remember("shared_secret", answer.json())
    return answer, body["secret"]["value"]


@pytest.mark.requirement("PA-ADMIN-079")
def test_a_shared_secret_is_listed_with_its_time_and_never_shown(product: Product) -> None:
    """Source: admin API 7.3, SharedSecret, getSharedSecrets."""
    created, secret = made(product)
    stored = expect_saved(created)

    read = product.api.get_shared_secret(stored["id"])
    listed = product.api.get_shared_secrets()

    expect_equal(expect_saved(read), stored, "what is read")
    found = [one for one in expect_items(listed) if one["id"] == stored["id"]]
    expect_equal(found, [stored], "the secret in the list")
    expect_that(bool(stored.get("created")), "the time of its creation", stored)
    expect_hidden(secret, created, read, listed)


@pytest.mark.requirement("PA-ADMIN-079")
def test_a_shared_secret_is_never_changed(product: Product) -> None:
    """Source: admin API 7.3, /sharedSecrets/{id} (no PUT)."""
    stored = expect_saved(made(product)[0])

    path = f"/sharedSecrets/{stored['id']}"
    answer = product.api.request("PUT", path, json=product.admin.secret_body())

    expect_status(answer, 405, 404)
    expect_unchanged(stored, expect_saved(product.api.get_shared_secret(stored["id"])), "it")


@pytest.mark.requirement("PA-ADMIN-079")
def test_a_shared_secret_without_a_secret_is_refused(product: Product) -> None:
    """Source: admin API 7.3, SharedSecret (secret required)."""
    before = expect_items(product.api.get_shared_secrets())

    for body in ({}, {"secret": None}):
        expect_refused(product.api.add_shared_secret(json=body), field="secret")

    expect_equal(expect_items(product.api.get_shared_secrets()), before, "shared secrets")


@pytest.mark.requirement("PA-ADMIN-079")
def test_a_shared_secret_is_deleted_once_no_agent_has_it(product: Product) -> None:
    """Source: admin API 7.3, deleteSharedSecret; that an agent keeps it is assumed."""
    agent = KINDS["agent"].of(product).made()
    (key,) = agent["sharedSecretIds"]
    expect_refused(product.api.delete_shared_secret(key))
    expect_saved(product.api.get_shared_secret(key))
    expect_deleted(product.api.delete_agent(agent["id"]))

    expect_deleted(product.api.delete_shared_secret(key))

    expect_absent(product.api.get_shared_secret(key))
    expect_absent(product.api.delete_shared_secret(UNKNOWN_NUMBER))
