"""The credential of a connection is kept, proved and never shown."""

import base64
import json
import re

import pytest

from harness.checks import (
    expect_equal,
    expect_hidden,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
)
from harness.product import PingOne, Product
from scenarios.answered import member_of
from scenarios.collection import Collection, Saving
from scenarios.connections.credentials import (
    expect_credential_in_use,
    flipped,
    value,
    with_other_signature,
)

SEALED = re.compile(r"OBF:JWE:([\w-]+)\.\.([\w-]+)\.([\w-]+)\.([\w-]+)")
"""A compact JWE with a direct key (an empty second part) behind the vendor's prefix."""


@pytest.mark.requirement("PA-CONN-015")
def test_no_answer_shows_the_credential(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: web session fixtures of pingaccess-sdk-go (hidden fields come back encrypted)."""
    credential = pingone.add_credential()
    body = product.admin.pingone_connection_body(credential)

    added = connections.create(body)
    stored = expect_saved(added)
    edit = {**stored, "credential": value(credential.token)}
    update = connections.update(stored["id"], json=edit)
    expect_saved(update)
    answers = [
        added,
        update,
        connections.get(stored["id"]),
        connections.listed(),
        connections.listed(params={"name": stored["name"], "numberPerPage": 1, "page": 1}),
        product.api.get_pingone_connection_metadata(stored["id"]),
        connections.delete(stored["id"]),
    ]

    expect_hidden(credential.token, *answers)


@pytest.mark.requirement("PA-CONN-015")
def test_the_plain_value_is_never_a_member_of_an_answer(saving: Saving) -> None:
    """Source: web session fixtures of pingaccess-sdk-go (encryptedValue only)."""
    saved = saving.saves(saving.good)

    stored = saving.collection.stored(saved["id"])
    for shown in (saved, stored, *saving.collection.named(saved["name"])):
        expect_equal(
            member_of(shown, "credential").get("value"), None, "credential.value in an answer"
        )


@pytest.mark.requirement("PA-CONN-016")
@pytest.mark.parametrize("fault", ["name", "trustedCertificateGroupId", "useProxy", "sslProtocols"])
def test_a_refusal_for_another_member_does_not_repeat_the_credential(
    pingone: PingOne, saving: Saving, fault: str
) -> None:
    """Source: assumed, a message that repeats a credential writes it into every client's log."""
    credential = pingone.add_credential()
    wrong = {fault: None if fault == "name" else 2_000_000_000}

    answer = saving.attempt(saving.body(credential=value(credential.token), **wrong))

    expect_status(answer, 422, 400)
    expect_hidden(credential.token, answer)


@pytest.mark.requirement("PA-CONN-016")
def test_a_refusal_of_the_credential_does_not_repeat_it(pingone: PingOne, saving: Saving) -> None:
    """Source: assumed, a message that repeats a credential writes it into every client's log."""
    revoked = pingone.add_credential()
    pingone.revoke(revoked)
    broken = with_other_signature(pingone.add_credential().token)

    for token in (revoked.token, broken, revoked.token[:-40], revoked.token + "."):
        answer = saving.attempt(saving.body(credential=value(token)))
        expect_refused(answer)
        expect_hidden(token, answer)


@pytest.mark.requirement("PA-CONN-016")
def test_a_refusal_does_not_repeat_a_credential_in_the_wrong_place(
    pingone: PingOne, saving: Saving
) -> None:
    """A credential sent as a bare string, or as an id, is not repeated by the refusal.

    Source: assumed, a message that repeats a credential writes it into every client's log.
    """
    token = pingone.add_credential().token

    for wrong in ({"credential": token}, {"trustedCertificateGroupId": token}):
        answer = saving.attempt(saving.body(**wrong))
        expect_status(answer, 422, 400)
        expect_hidden(token, answer)


@pytest.mark.requirement("PA-CONN-017")
def test_the_credential_is_shown_as_ciphertext(saving: Saving) -> None:
    """Source: web session fixtures of pingaccess-sdk-go and public exports, decoded."""
    saved = saving.saves(saving.good)

    for shown in (saved, saving.collection.stored(saved["id"])):
        sealed = member_of(shown, "credential", "encryptedValue")
        parts = SEALED.fullmatch(str(sealed))
        expect_that(parts is not None, f"a match of {SEALED.pattern}", sealed)
        header = json.loads(base64.urlsafe_b64decode((parts[1] if parts else "") + "=="))
        expect_equal((header["alg"], header["enc"]), ("dir", "A128CBC-HS256"), "JWE header")
        expect_that("kid" in header, "the id of the host key in the JWE header", header)


@pytest.mark.requirement("PA-CONN-018")
def test_sending_the_ciphertext_back_keeps_the_credential(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, every client that reads, edits and writes relies on it."""
    credential = pingone.add_credential()
    stored = product.admin.add_pingone_connection(credential)
    sealed = {"encryptedValue": member_of(stored, "credential", "encryptedValue")}

    edit = {**stored, "description": "edited", "credential": sealed}
    once = expect_saved(connections.update(stored["id"], json=edit))
    expect_saved(connections.update(stored["id"], json=once))

    expect_credential_in_use(product, stored["id"], credential, "after two edits")


@pytest.mark.requirement("PA-CONN-019")
def test_value_wins_over_the_ciphertext(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: schema text of a hidden field in terraform-provider-pingaccess."""
    old, new = pingone.add_credential(), pingone.add_credential()
    stored = product.admin.add_pingone_connection(old)
    both = {**member_of(stored, "credential"), "value": new.token}

    expect_saved(connections.update(stored["id"], json={**stored, "credential": both}))

    expect_credential_in_use(product, stored["id"], new, "after an update with both")


@pytest.mark.requirement("PA-CONN-019")
def test_value_wins_over_the_ciphertext_at_creation(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: schema text of a hidden field in terraform-provider-pingaccess."""
    old, new = pingone.add_credential(), pingone.add_credential()
    stored = product.admin.add_pingone_connection(old)
    sealed = member_of(stored, "credential", "encryptedValue")
    body = product.admin.pingone_connection_body(new)
    body["credential"] = {"encryptedValue": sealed, "value": new.token}

    added = expect_saved(connections.create(body))

    expect_credential_in_use(product, added["id"], new, "after a creation with both")


@pytest.mark.requirement("PA-CONN-019")
def test_a_value_that_does_not_work_wins_too(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """The working ciphertext does not save an edit whose value is refused.

    Source: schema text of a hidden field in terraform-provider-pingaccess.
    """
    working, revoked = pingone.add_credential(), pingone.add_credential()
    stored = product.admin.add_pingone_connection(working)
    pingone.revoke(revoked)
    both = {**member_of(stored, "credential"), "value": revoked.token}

    expect_refused(connections.update(stored["id"], json={**stored, "credential": both}))

    expect_credential_in_use(product, stored["id"], working, "after the refusal")


def spoilt(sealed: str, how: str) -> str:
    """The ciphertext, spoilt in one way."""
    prefix, body = sealed[:8], sealed[8:]
    header, key, vector, text, tag = body.split(".")
    if how == "text":
        text = flipped(text, len(text) // 2)
    if how == "tag":
        tag = flipped(tag, 3)
    if how == "vector":
        vector = flipped(vector, 3)
    if how == "parts":
        return f"{prefix}{header}.{key}.{vector}.{text}"
    if how == "prefix":
        return body
    return f"{prefix}{header}.{key}.{vector}.{text}.{tag}"


@pytest.mark.requirement("PA-CONN-020")
@pytest.mark.parametrize("how", ["text", "tag", "vector", "parts", "prefix"])
def test_a_changed_ciphertext_is_refused(product: Product, saving: Saving, how: str) -> None:
    """Source: assumed, the ciphertext is authenticated (A128CBC-HS256)."""
    changed = spoilt(member_of(saving.control, "credential", "encryptedValue"), how)
    before = expect_saved(product.api.get_pingone_connection_metadata(saving.control["id"]))

    saving.refuses(saving.body(credential={"encryptedValue": changed}))

    after = expect_saved(product.api.get_pingone_connection_metadata(saving.control["id"]))
    expect_equal(after.get("credentialId"), before.get("credentialId"), "the credential in use")


@pytest.mark.requirement("PA-CONN-020")
def test_plain_text_is_not_taken_for_ciphertext(pingone: PingOne, saving: Saving) -> None:
    """Source: assumed, encryptedValue is the ciphertext value (admin API 7.3, HiddenField)."""
    token = pingone.add_credential().token

    saving.refuses(saving.body(credential={"encryptedValue": token}))


@pytest.mark.requirement("PA-CONN-021")
@pytest.mark.parametrize(
    "members",
    [{}, {"credential": None}, {"credential": {}}, {"credential": {"value": ""}}],
    ids=["left out", "null", "no value", "empty value"],
)
def test_a_connection_without_a_credential_is_refused_at_creation(
    product: Product, pingone: PingOne, connections: Collection, members: dict[str, object]
) -> None:
    """Source: PingOne connection field descriptions page 7.2 (Credential required)."""
    good = product.admin.pingone_connection_body(pingone.add_credential())
    body = {key: good[key] for key in good if key != "credential"}

    expect_refused(connections.create({**body, **members}))

    expect_equal(connections.named(good["name"]), [], "connections of the refused name")
    expect_saved(connections.create(good))


@pytest.mark.requirement("PA-CONN-022")
@pytest.mark.parametrize(
    "members", [{}, {"credential": None}, {"credential": {}}], ids=["left out", "null", "no value"]
)
def test_an_update_without_a_credential_never_loses_it(
    product: Product, pingone: PingOne, connections: Collection, members: dict[str, object]
) -> None:
    """Source: assumed, whether PUT needs the credential again is not documented."""
    credential = pingone.add_credential()
    stored = product.admin.add_pingone_connection(credential)
    body = {key: stored[key] for key in stored if key != "credential"}

    answer = connections.update(stored["id"], json={**body, **members})

    expect_status(answer, 200, 422)
    expect_credential_in_use(product, stored["id"], credential, "after the update")
