"""Every save proves the credential at PingOne, after everything that needs no network."""

import pytest

from harness.checks import expect_equal, expect_refused, expect_saved, expect_that, expect_unchanged
from harness.product import Credential, PingOne, Product
from scenarios.collection import Collection, Saving
from scenarios.connections.credentials import (
    expect_complaint_about_credential,
    expect_credential_in_use,
    remove,
    switch_off,
    value,
    with_other_claims,
    with_other_signature,
)


@pytest.mark.requirement("PA-CONN-023")
def test_a_revoked_credential_is_refused_at_creation(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: PingOne connections and risk policies endpoints page 7.3 (validated on create)."""
    gateway = pingone.add_gateway()
    working, revoked = (pingone.add_credential(gateway) for _ in range(2))
    pingone.revoke(revoked)
    body = product.admin.pingone_connection_body(revoked)

    product.admin.add_pingone_connection(working)
    expect_refused(connections.create(body), assumed=True)

    expect_equal(connections.named(body["name"]), [], "connections of the refused name")


@pytest.mark.requirement("PA-CONN-024")
def test_a_revoked_credential_is_refused_on_update(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: PingOne connections and risk policies endpoints page 7.3 (validated on edit)."""
    working, revoked = pingone.add_credential(), pingone.add_credential()
    pingone.revoke(revoked)
    stored = product.admin.add_pingone_connection(working)

    answer = connections.update(stored["id"], json={**stored, "credential": value(revoked.token)})

    expect_refused(answer, assumed=True)
    expect_unchanged(stored, connections.stored(stored["id"]), "the connection")


@pytest.mark.requirement("PA-CONN-024")
@pytest.mark.parametrize("edit", [{}, {"description": "another"}], ids=["nothing", "description"])
def test_an_edit_proves_the_stored_credential_again(
    product: Product, pingone: PingOne, connections: Collection, edit: dict[str, str]
) -> None:
    """An edit of anything fails once PingOne has revoked the stored credential.

    Source: PingOne connections and risk policies endpoints page 7.3 (validated on every edit).
    """
    credential = pingone.add_credential()
    stored = product.admin.add_pingone_connection(credential)
    expect_saved(connections.update(stored["id"], json={**stored, **edit}))
    before = connections.stored(stored["id"])
    pingone.revoke(credential)

    expect_refused(
        connections.update(stored["id"], json={**before, "description": "too late"}), assumed=True
    )

    expect_unchanged(before, connections.stored(stored["id"]), "the connection")


@pytest.mark.requirement("PA-CONN-024")
def test_renaming_proves_the_stored_credential_again(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: PingOne connections and risk policies endpoints page 7.3 (on every edit)."""
    credential = pingone.add_credential()
    stored = product.admin.add_pingone_connection(credential)
    pingone.revoke(credential)
    name = product.name("renamed")

    expect_refused(connections.update(stored["id"], json={**stored, "name": name}), assumed=True)

    expect_equal(connections.named(name), [], "connections of the new name")
    expect_unchanged(stored, connections.stored(stored["id"]), "the connection")


@pytest.mark.requirement("PA-CONN-025")
def test_creating_a_connection_spends_the_credential(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, token exchange for gateway credentials (PingOne API reference)."""
    credential = pingone.add_credential()
    expect_equal(pingone.last_used(credential), None, "lastUsedAt before")

    expect_saved(connections.create(product.admin.pingone_connection_body(credential)))

    used = pingone.last_used(credential)
    expect_that(used is not None, "lastUsedAt of a credential that was spent", used)


@pytest.mark.requirement("PA-CONN-025")
def test_an_update_spends_the_new_credential(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, token exchange for gateway credentials (PingOne API reference)."""
    stored = product.admin.add_pingone_connection(pingone.add_credential())
    fresh = pingone.add_credential()

    expect_saved(
        connections.update(stored["id"], json={**stored, "credential": value(fresh.token)})
    )

    used = pingone.last_used(fresh)
    expect_that(used is not None, "lastUsedAt of a credential that was spent", used)


@pytest.mark.requirement("PA-CONN-026")
def test_the_credential_of_a_disabled_gateway_is_refused(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: PingOne's connection details page (enabled to be usable); the refusal is assumed."""
    gateway = pingone.add_gateway()
    credential = pingone.add_credential(gateway)
    stored = product.admin.add_pingone_connection(credential)
    switch_off(pingone, gateway, credential)
    body = product.admin.pingone_connection_body(credential)

    expect_refused(connections.create(body))
    expect_refused(connections.update(stored["id"], json={**stored, "description": "changed"}))

    expect_equal(connections.named(body["name"]), [], "connections of the refused name")
    expect_unchanged(stored, connections.stored(stored["id"]), "the connection")


@pytest.mark.requirement("PA-CONN-026")
def test_the_credential_of_a_deleted_gateway_is_refused(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, a gateway that is gone can have no valid credential."""
    gateway = pingone.add_gateway()
    credential = pingone.add_credential(gateway)
    stored = product.admin.add_pingone_connection(credential)
    remove(pingone, gateway, credential)
    body = product.admin.pingone_connection_body(credential)

    expect_refused(connections.create(body))
    expect_refused(connections.update(stored["id"], json={**stored, "description": "changed"}))

    expect_equal(connections.named(body["name"]), [], "connections of the refused name")


def locally_wrong(how: str, taken: str) -> dict[str, object]:
    """Members that make a connection wrong without asking anybody."""
    wrong: dict[str, dict[str, object]] = {
        "no name": {"name": None},
        "taken name": {"name": taken},
        "unknown group": {"trustedCertificateGroupId": 2_000_000_000},
        "wrong type": {"sslProtocols": "all"},
    }
    return wrong[how]


@pytest.mark.requirement("PA-CONN-035")
@pytest.mark.parametrize("how", ["no name", "taken name", "unknown group", "wrong type"])
def test_a_locally_wrong_connection_spends_no_credential(
    product: Product, pingone: PingOne, saving: Saving, how: str
) -> None:
    """Source: assumed, the order of the checks is not documented."""
    other = product.admin.add_pingone_connection(pingone.add_credential())
    fresh = pingone.add_credential()
    good = saving.body(credential=value(fresh.token))

    saving.refuses({**good, **locally_wrong(how, other["name"])}, status=(422, 400))

    expect_equal(pingone.last_used(fresh), None, "lastUsedAt after a local refusal")
    saving.saves(good)
    used = pingone.last_used(fresh)
    expect_that(used is not None, "lastUsedAt after the save that was right", used)


NO_CREDENTIALS = {
    "a word": "credential",
    "two parts": "eyJhbGciOiJSUzI1NiJ9.eyJqdGkiOiIxIn0",
    "three words": "one.two.three",
    "no claims": "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl",
    "claims that are no object": "eyJhbGciOiJSUzI1NiJ9.W10.c2lnbmF0dXJl",
    "a PEM": "-----BEGIN CERTIFICATE-----",
}
"""Texts that are no PingOne credential; some hold {"alg":"RS256"}, {} and [] in base64url."""


@pytest.mark.requirement("PA-CONN-036")
@pytest.mark.parametrize("kind", NO_CREDENTIALS)
def test_a_text_that_is_no_credential_is_refused(saving: Saving, kind: str) -> None:
    """Source: PingOne connection field descriptions page 7.2 (the credential is PingOne's JWT)."""
    refusal = saving.refuses(saving.body(credential=value(NO_CREDENTIALS[kind])))

    expect_complaint_about_credential(refusal)


@pytest.mark.requirement("PA-CONN-036")
def test_another_token_of_pingone_is_no_credential(pingone: PingOne, saving: Saving) -> None:
    """An access token is signed by PingOne too, but it names no gateway.

    Source: PingOne API reference, gateway credentials (claims), access token claims.
    """
    access_token = pingone.exchange(pingone.add_credential()).json()["access_token"]

    refusal = saving.refuses(saving.body(credential=value(access_token)))

    expect_complaint_about_credential(refusal)


@pytest.mark.requirement("PA-CONN-037")
def test_a_broken_signature_is_refused(pingone: PingOne, saving: Saving) -> None:
    """Source: PingOne API reference, gateway credentials (RS256)."""
    credential = pingone.add_credential()

    saving.refuses(saving.body(credential=value(with_other_signature(credential.token))))

    saving.saves(saving.body(credential=value(credential.token)))


@pytest.mark.requirement("PA-CONN-037")
@pytest.mark.parametrize("claim", ["jti", "gatewayId", "iat"])
def test_a_changed_claim_is_refused(
    pingone: PingOne, product: Product, saving: Saving, claim: str
) -> None:
    """Source: PingOne API reference, gateway credentials (RS256)."""
    credential = pingone.add_credential()
    other: Credential = pingone.add_credential()
    changes = {"jti": other.id, "gatewayId": other.gateway_id, "iat": 1_500_000_000}
    forged = with_other_claims(credential.token, **{claim: changes[claim]})
    before = expect_saved(product.api.get_pingone_connection_metadata(saving.control["id"]))

    saving.refuses(saving.body(credential=value(forged)))

    after = expect_saved(product.api.get_pingone_connection_metadata(saving.control["id"]))
    expect_equal(after.get("credentialId"), before.get("credentialId"), "the credential in use")


@pytest.mark.requirement("PA-CONN-056")
def test_the_old_credential_still_works_after_a_refused_update(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, a refused save stores nothing."""
    working, revoked = pingone.add_credential(), pingone.add_credential()
    stored = product.admin.add_pingone_connection(working)
    pingone.revoke(revoked)

    for refused in (value(revoked.token), value("no credential"), {"encryptedValue": "OBF:JWE:a"}):
        expect_refused(connections.update(stored["id"], json={**stored, "credential": refused}))

        expect_credential_in_use(product, stored["id"], working, "after the refusal")
    expect_saved(connections.update(stored["id"], json={**stored, "description": "still alive"}))
