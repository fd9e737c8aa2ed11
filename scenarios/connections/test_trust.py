"""The trusted certificate group of a connection decides whom it believes to be PingOne."""

import pytest

from harness.checks import (
    expect_deleted,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_that,
    expect_unchanged,
    not_measured,
)
from harness.errors import HarnessError
from harness.product import PingOne, Product
from scenarios.collection import Collection, Saving
from scenarios.connections.credentials import words
from scenarios.connections.foreign_ca import FOREIGN_CA_PEM

UNTRUSTED = ("certificate", "trust", "tls", "ssl", "pkix")


def group_of(product: Product, pem: str) -> int:
    """The id of a new trusted certificate group that holds this certificate alone."""
    certificate = product.admin.add_certificate(pem)
    group = product.admin.add_trusted_certificate_group([certificate], useJavaTrustStore=False)
    key: int = group["id"]
    return key


def believing_group(product: Product) -> int:
    """The id of a new group that believes PingOne: its own authority, else the public ones."""
    pem = product.pingone_ca_pem()
    if pem is not None:
        return group_of(product, pem)
    key: int = product.admin.add_trusted_certificate_group(useJavaTrustStore=True)["id"]
    return key


@pytest.mark.requirement("PA-CONN-038")
def test_a_group_without_the_issuer_of_pingone_makes_the_save_fail(
    product: Product, saving: Saving
) -> None:
    """Source: admin API 7.3, PingOneConnection.trustedCertificateGroupId."""
    foreign = group_of(product, FOREIGN_CA_PEM)

    refusal = saving.refuses(saving.body(trustedCertificateGroupId=foreign))

    said = words(refusal)
    told = any(word in said for word in UNTRUSTED)
    expect_that(told, "a word about the certificate", said, assumed=True)


@pytest.mark.requirement("PA-CONN-038")
def test_a_group_with_the_issuer_of_pingone_makes_the_save_succeed(
    product: Product, saving: Saving
) -> None:
    """Source: admin API 7.3, PingOneConnection.trustedCertificateGroupId."""
    pem = product.pingone_ca_pem()
    if pem is None:
        not_measured("the authority that issued PingOne's certificate is not known")
    group = group_of(product, pem)

    saved = saving.saves(saving.body(trustedCertificateGroupId=group))

    expect_members(saved, {"trustedCertificateGroupId": group}, "the answer")


@pytest.mark.requirement("PA-CONN-040")
def test_an_unknown_group_is_refused(saving: Saving) -> None:
    """Source: assumed, references are checked for other entities of the admin API."""
    body = saving.body(trustedCertificateGroupId=2_000_000_000)

    saving.refuses(body, field="trustedCertificateGroupId")


@pytest.mark.requirement("PA-CONN-041")
def test_the_trust_any_group_accepts_pingone(product: Product, saving: Saving) -> None:
    """Source: trusted certificate group tests of terraform-provider-pingaccess."""
    groups = expect_items(product.api.get_trusted_certificate_groups())
    anybody = [group for group in groups if group.get("ignoreAllCertificateErrors")]
    if not anybody:
        raise HarnessError("no trusted certificate group ignores certificate errors")

    saving.saves(saving.body(trustedCertificateGroupId=anybody[0]["id"]))


@pytest.mark.requirement("PA-CONN-042")
def test_a_group_that_a_connection_uses_cannot_be_deleted(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    stored = product.admin.add_pingone_connection(pingone.add_credential())
    key = believing_group(product)
    kept = expect_saved(product.api.get_trusted_certificate_group(key))
    edit = {**stored, "trustedCertificateGroupId": key}
    if connections.update(stored["id"], json=edit).status_code != 200:
        raise HarnessError("no connection could be made to use the new group")

    expect_refused(product.api.delete_trusted_certificate_group(key))

    after = expect_saved(product.api.get_trusted_certificate_group(key))
    expect_unchanged(kept, after, "the group")
    expect_saved(connections.update(stored["id"], json=stored))
    expect_deleted(product.api.delete_trusted_certificate_group(key))
