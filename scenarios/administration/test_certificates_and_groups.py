"""Certificates are what they are, and groups say which of them are trusted."""

import base64
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from harness.checks import (
    expect_equal,
    expect_items,
    expect_members,
    expect_saved,
    expect_status,
    expect_that,
    not_measured,
)
from harness.product import Product
from scenarios.administration.certificates import EXPIRES, VALID_FROM, certificate, pem
from scenarios.administration.kinds import CERTIFICATE, CHALLENGE, GROUP, RULE
from scenarios.administration.stock import Kind, Stock, expect_stays

Json = dict[str, Any]


@pytest.fixture
def certificates(product: Product) -> Stock:
    """The trusted certificates."""
    return CERTIFICATE.of(product)


@pytest.fixture
def groups(product: Product) -> Stock:
    """The trusted certificate groups."""
    return GROUP.of(product)


def encoded(data: bytes) -> str:
    """The bytes as base64."""
    return base64.b64encode(data).decode()


def digits(text: object) -> str:
    """The hexadecimal digits of a digest or number, however it is written."""
    return re.sub("[^0-9a-f]", "", str(text).lower())


def moment(value: object) -> datetime:
    """A time of the API: milliseconds, or a date (the specification says both)."""
    if isinstance(value, int) or str(value).isdigit():
        return datetime.fromtimestamp(int(str(value)) / 1000, UTC)
    return datetime.fromisoformat(str(value))


@pytest.mark.requirement("PA-ADMIN-056")
@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER], ids=["PEM", "DER"])
def test_a_certificate_is_described_as_it_is(certificates: Stock, encoding: Encoding) -> None:
    """Source: admin API 7.3, schema TrustedCert."""
    name = certificates.name()
    real = certificate(name)
    body = certificates.body(name, fileData=encoded(real.public_bytes(encoding)))

    shown = expect_saved(certificates.collection.create(body))

    expect_members(shown, {"alias": name}, "the answer")
    for member in ("subjectDn", "issuerDn"):
        expect_that(name in str(shown.get(member)).lower(), f"{name} in {member}", shown)
    for member, algorithm in (("sha1sum", hashes.SHA1()), ("sha256sum", hashes.SHA256())):  # noqa: S303 - a documented member
        expect_equal(digits(shown.get(member)), real.fingerprint(algorithm).hex(), member)
    expect_equal(moment(shown["validFrom"]), VALID_FROM, "validFrom")
    expect_equal(moment(shown["expires"]), EXPIRES, "expires")
    expect_equal(shown.get("status"), "Valid", "status")
    missing = [
        member
        for member in ("serialNumber", "md5sum", "signatureAlgorithm")
        if not shown.get(member)
    ]
    expect_equal(missing, [], "required members that are missing")


@pytest.mark.requirement("PA-ADMIN-056")
def test_an_update_describes_the_new_certificate(certificates: Stock) -> None:
    """Source: admin API 7.3, updateTrustedCert, schema TrustedCert."""
    stored = certificates.made()
    other = certificates.name("other")
    body = certificates.body(stored["alias"], fileData=encoded(pem(other).encode()))

    updated = expect_saved(certificates.collection.update(stored["id"], json=body))

    fingerprint = certificate(other).fingerprint(hashes.SHA256()).hex()
    expect_equal(digits(updated["sha256sum"]), fingerprint, "sha256sum")
    expect_equal(certificates.collection.stored(stored["id"]), updated, "what is stored")


NO_CERTIFICATE = {
    "nothing": b"",
    "a text": b"no certificate",
    "a cut PEM": pem("cut").encode()[:200],
    "a cut DER": certificate("cut").public_bytes(Encoding.DER)[:-20],
    "a PEM of something else": b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
}


@pytest.mark.requirement("PA-ADMIN-057")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize("fault", NO_CERTIFICATE)
def test_what_is_no_certificate_is_refused(certificates: Stock, act: str, fault: str) -> None:
    """Source: admin API 7.3, X509FileImportDoc.fileData."""
    saving = certificates.saving(act)

    saving.refuses(saving.body(fileData=encoded(NO_CERTIFICATE[fault])), field="fileData")


@pytest.mark.requirement("PA-ADMIN-057")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize("data", ["%%%", "not base64!", "{}"])
def test_what_is_no_base64_is_refused(certificates: Stock, act: str, data: str) -> None:
    """Source: admin API 7.3, X509FileImportDoc.fileData (base64-encoded)."""
    saving = certificates.saving(act)

    saving.refuses(saving.body(fileData=data), field="fileData")


def read_certificate(content: bytes) -> x509.Certificate | None:
    """The certificate of a file, PEM or DER; None where it is neither."""
    for load in (x509.load_pem_x509_certificate, x509.load_der_x509_certificate):
        try:
            return load(content)
        except ValueError:
            continue
    return None


@pytest.mark.requirement("PA-ADMIN-058")
def test_the_file_of_a_certificate_is_that_certificate(
    product: Product, certificates: Stock
) -> None:
    """Whether as PEM or as DER is not documented.

    Source: admin API 7.3, exportTrustedCert.
    """
    name, other = certificates.name(), certificates.name("other")
    stored = certificates.made(name, fileData=encoded(pem(name).encode()))

    file = product.api.export_trusted_cert(stored["id"])
    body = certificates.body(name, fileData=encoded(pem(other).encode()))
    expect_saved(certificates.collection.update(stored["id"], json=body))
    updated = product.api.export_trusted_cert(stored["id"])

    for answer, expected in ((file, name), (updated, other)):
        expect_status(answer, 200)
        right = read_certificate(answer.content) == certificate(expected)
        expect_that(right, f"the certificate of {expected}", answer.text)


@pytest.mark.requirement("PA-ADMIN-059")
def test_two_groups_are_there_from_the_start(product: Product) -> None:
    """Found by what they do: neither id nor name is documented.

    Source: group tests of terraform-provider-pingaccess (Trust Any); certificates page.
    """
    found = expect_items(product.api.get_trusted_certificate_groups())
    system = [group for group in found if group.get("systemGroup")]

    trusting = [group for group in system if group.get("ignoreAllCertificateErrors")]
    java = [group for group in system if group.get("useJavaTrustStore")]
    expect_equal(len(trusting), 1, "system groups that trust any certificate")
    expected = {"useJavaTrustStore": False, "skipCertificateDateCheck": False}
    expect_members(trusting[0], expected, "the group that trusts any certificate")
    expect_equal(len(java), 1, "system groups that are the Java trust store")
    expect_members(java[0], {"ignoreAllCertificateErrors": False}, "the Java trust store")


@pytest.mark.requirement("PA-ADMIN-047")
def test_a_group_that_the_product_calls_its_own_stays(groups: Stock) -> None:
    """Source: certificates page (the Java trust store cannot be managed)."""
    found = [one for one in expect_items(groups.collection.listed()) if one.get("systemGroup")]
    if not found:
        not_measured("the product shows no trusted certificate group of its own")

    for own in found:
        expect_stays(groups, own)


@pytest.mark.requirement("PA-ADMIN-043")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize(
    ("kind", "member", "value"),
    [
        (GROUP, "systemGroup", True),
        (CHALLENGE, "system", True),
        (RULE, "supportedDestinations", ["Nowhere"]),
    ],
    ids=["group", "challenge", "rule"],
)
def test_a_read_only_member_is_not_taken(
    product: Product, kind: Kind, member: str, value: object, act: str
) -> None:
    """Source: admin API 7.3, the three members (read-only)."""
    saving = kind.of(product).saving(act)

    saved = saving.saves(saving.body(**{member: value}))

    expect_equal(saved.get(member), saving.control.get(member), member)
    expect_that(saved.get(member) != value, f"another {member} than was sent", saved)


@pytest.mark.requirement("PA-ADMIN-028")
def test_a_group_holds_its_certificates(certificates: Stock, groups: Stock) -> None:
    """Source: admin API 7.3, TrustedCertificateGroup.certIds."""
    ids = [certificates.made()["id"] for _ in range(2)]

    group = expect_saved(groups.collection.create(groups.body(certIds=ids)))

    expect_equal(sorted(groups.collection.stored(group["id"])["certIds"]), sorted(ids), "certIds")
