"""A credential is replaced by a new one, and the connection goes on."""

import pytest

from harness.checks import expect_equal, expect_saved, expect_that
from harness.product import PingOne, Product
from scenarios.answered import member_of
from scenarios.collection import Collection
from scenarios.connections.credentials import expect_credential_in_use, value


@pytest.mark.requirement("PA-CONN-057")
def test_rotation_leaves_the_connection_valid(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """A new credential is made and saved, then the old one is revoked.

    Source: PingOne PingFederate connection page (rotation by a new credential, then revocation).
    """
    gateway = pingone.add_gateway()
    old = pingone.add_credential(gateway)
    stored = product.admin.add_pingone_connection(old)
    expect_credential_in_use(product, stored["id"], old, "before the rotation")
    new = pingone.add_credential(gateway)

    rotated = expect_saved(
        connections.update(stored["id"], json={**stored, "credential": value(new.token)})
    )
    pingone.revoke(old)

    expect_credential_in_use(product, stored["id"], new, "after the rotation")
    expect_saved(connections.update(stored["id"], json={**rotated, "description": "rotated"}))


@pytest.mark.requirement("PA-CONN-057")
def test_rotation_changes_the_ciphertext(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """The ciphertext of before the rotation is not what is stored afterwards.

    Source: PingOne PingFederate connection page; admin API 7.3, HiddenField (the ciphertext value).
    """
    old, new = pingone.add_credential(), pingone.add_credential()
    stored = product.admin.add_pingone_connection(old)

    rotated = expect_saved(
        connections.update(stored["id"], json={**stored, "credential": value(new.token)})
    )

    before, after = (member_of(one, "credential", "encryptedValue") for one in (stored, rotated))
    expect_that(after != before, "another ciphertext for another credential", after)


@pytest.mark.requirement("PA-CONN-058")
def test_rotation_keeps_the_risk_policies_of_the_connection(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, PingOneConnection.id (the path decides on update)."""
    old, new = pingone.add_credential(), pingone.add_credential()
    stored = product.admin.add_pingone_connection(old)
    policy = product.admin.add_risk_policy(stored)

    rotated = expect_saved(
        connections.update(stored["id"], json={**stored, "credential": value(new.token)})
    )
    pingone.revoke(old)

    expect_equal(rotated["id"], stored["id"], "id of the connection")
    expect_equal(expect_saved(product.api.get_risk_policy(policy["id"])), policy, "its policy")
    expect_saved(product.api.update_risk_policy(policy["id"], json=policy))
