"""Web sessions: a secret that nobody sees again, and the audience of their tokens."""

import pytest

from harness.checks import (
    expect_equal,
    expect_hidden,
    expect_refused,
    expect_saved,
    expect_that,
)
from harness.product import Product
from scenarios.administration.kinds import WEB_SESSION
from scenarios.administration.stock import Stock

TOO_LONG = "a" * 33


@pytest.fixture
def sessions(product: Product) -> Stock:
    """The web sessions."""
    return WEB_SESSION.of(product)


def secret_of(body: dict[str, object]) -> str:
    """The client secret that a body sends in plain text."""
    credentials = body["clientCredentials"]
    assert isinstance(credentials, dict)
    secret: str = credentials["clientSecret"]["value"]
    return secret


@pytest.mark.requirement("PA-ADMIN-068")
def test_no_answer_shows_the_client_secret(sessions: Stock) -> None:
    """Source: example_websessions.json in pingaccess-sdk-go (encryptedValue alone)."""
    body = sessions.body()
    secret = secret_of(body)

    created = sessions.collection.create(body)
    key = expect_saved(created)["id"]
    updated = sessions.collection.update(key, json=body)
    refused = sessions.collection.update(key, json={**body, "audience": TOO_LONG})
    read = sessions.collection.get(key)
    listed = sessions.collection.listed()
    deleted = sessions.collection.delete(key)

    expect_refused(refused)
    expect_hidden(secret, created, updated, refused, read, listed, deleted)
    for answer in (created, updated, read):
        shown = expect_saved(answer)["clientCredentials"]["clientSecret"]
        expect_equal(list(shown), ["encryptedValue"], "members of the client secret")
        sealed = str(shown["encryptedValue"]).startswith("OBF:JWE:")
        expect_that(sealed, "a ciphertext with the prefix OBF:JWE:", shown)


@pytest.mark.requirement("PA-ADMIN-068")
def test_a_session_can_be_sent_back_as_it_was_read(sessions: Stock) -> None:
    """Source: inferred; every client that reads, edits and writes relies on it."""
    stored = sessions.made()

    updated = sessions.collection.update(stored["id"], json={**stored, "idleTimeoutInMinutes": 7})

    shown = expect_saved(updated)["clientCredentials"]["clientSecret"]
    expect_that(bool(shown.get("encryptedValue")), "a client secret still", shown)


@pytest.mark.requirement("PA-ADMIN-069")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize("audience", ["", TOO_LONG], ids=["empty", "33 characters"])
def test_an_audience_of_another_length_is_refused(sessions: Stock, act: str, audience: str) -> None:
    """Source: admin API 7.3, WebSession.audience (between 1 and 32 characters)."""
    saving = sessions.saving(act)

    saving.refuses(saving.body(audience=audience), field="audience")


@pytest.mark.requirement("PA-ADMIN-069")
@pytest.mark.parametrize("audience", ["a", "a" * 32], ids=["1 character", "32 characters"])
def test_an_audience_of_the_least_and_the_greatest_length_is_saved(
    sessions: Stock, audience: str
) -> None:
    """Source: admin API 7.3, WebSession.audience (between 1 and 32 characters)."""
    saved = expect_saved(sessions.collection.create(sessions.body(audience=audience)))

    expect_equal(saved["audience"], audience, "audience")
