"""Certificates and key pairs as public clients of the admin API send and expect them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

import pytest
from cryptography import x509

from fakes.tests.client_lives import LIVES
from fakes.tests.client_values import ISSUER, OF_9_0
from fakes.tests.made_certificates import answer_to, b64
from fakes.tests.pingaccess_core import Admin, good


@pytest.fixture
def admin() -> Admin:
    return Admin(more_plugin_fields=OF_9_0)


def test_a_certificate_is_shown_as_java_writes_it(admin: Admin) -> None:
    """IWT data_source_pingaccess_certificate_test.go."""
    admin.add("/certificates", {"alias": "issuer", "fileData": b64(ISSUER.pem)})
    (shown,) = admin.items("/certificates", "alias=issuer")
    number = ISSUER.certificate.serial_number
    pairs = [f"{byte:02X}" for byte in number.to_bytes((number.bit_length() + 7) // 8)]
    assert shown["serialNumber"] == ":".join(pairs)
    assert (shown["subjectDn"], shown["signatureAlgorithm"]) == (
        "CN=Shop issuer",
        "SHA256withECDSA",
    )
    assert (len(shown["md5sum"]), len(shown["sha1sum"]), shown["status"]) == (32, 40, "Valid")
    assert admin.items("/certificates", "alias=junk") == []


def test_the_file_of_a_certificate_is_the_one_that_was_sent(admin: Admin) -> None:
    """IWT resource_pingaccess_certificate.go: the import of what a provider has made."""
    sent = ISSUER.pem.decode().rstrip("\n")
    body = {"alias": "issuer", "fileData": b64encode(sent.encode()).decode()}
    made = admin.add("/certificates", body)
    file = admin.send("GET", f"/certificates/{made['id']}/file").body.decode()
    assert "\r\n" in file
    assert file.replace("\r\n", "\n") == sent


def test_a_generated_key_pair_is_imported_from_what_it_shows(admin: Admin) -> None:
    """IWT resource_pingaccess_keypair_test.go: names with a blank after each comma."""
    body = next(life for life in LIVES if life.path == "/keyPairs/generate").body(admin)
    made = admin.add("/keyPairs/generate", body)
    name = "CN=Shop, OU=Shops, O=Example, L=Town, ST=County, C=GB"
    assert (made["subjectDn"], made["issuerDn"], made["subjectCn"]) == (name, name, "Shop")
    assert (made["signatureAlgorithm"], made["status"]) == ("SHA256withRSA", "Valid")
    assert made["expires"] - made["validFrom"] == 365 * 86_400_000
    file = admin.send("GET", f"/keyPairs/{made['id']}/certificate").body
    key: Any = x509.load_pem_x509_certificate(file).public_key()
    assert key.key_size == 2048


@pytest.mark.parametrize("chained", [True, False])
def test_the_answer_to_a_signing_request_may_bring_its_issuer(admin: Admin, chained: bool) -> None:
    """IWT resource_pingaccess_keypair_csr_test.go with the issuer, IWS keyPairs_test.go without."""
    request = admin.send("GET", "/keyPairs/1/csr").body
    body: dict[str, Any] = {"fileData": b64(answer_to(request, ISSUER).pem)}
    if chained:
        (group,) = admin.items("/trustedCertificateGroups", "name=Trust+Any")
        body |= {"chainCertificates": [b64(ISSUER.pem)], "trustedCertGroupId": group["id"]}
    changed = good(admin.send("POST", "/keyPairs/1/csr", body))
    assert (changed["id"], changed["issuerDn"]) == (1, "CN=Shop issuer")
    assert len(changed["chainCertificates"]) == int(chained)


def test_a_request_of_a_key_pair_that_is_none_is_not_found(admin: Admin) -> None:
    """IWT data_source_pingaccess_keypair_csr_test.go."""
    assert admin.send("GET", "/keyPairs/junk/csr").status == 404


def test_key_pairs_of_the_product_are_told_from_others_by_their_alias(admin: Admin) -> None:
    """IWT resource_pingaccess_keypair_test.go sweeps all that are not Generated."""
    assert all(one["alias"].startswith("Generated:") for one in admin.items("/keyPairs"))


def test_a_certificate_needs_no_more_than_a_line_of_base64(admin: Admin) -> None:
    """PTF certificates/certificates_test.go: DER, and the first certificate has the id 1."""
    assert b64decode(ISSUER.data)
    made = admin.add("/certificates", {"alias": "first", "fileData": ISSUER.data})
    assert made["id"] == 1


def test_the_first_certificate_that_is_imported_has_the_id_1(admin: Admin) -> None:
    """PTF certificates/certificates_test.go: it sends no id, and reads 1."""
    assert admin.add("/certificates", {"alias": "first", "fileData": ISSUER.data})["id"] == 1


def test_6_0_took_a_certificate_without_an_alias() -> None:
    """IWS certificates_test.go imports a file alone; the description of 7.3 asks for an alias."""
    body = {"fileData": ISSUER.data}
    assert list(Admin().refused("POST", "/certificates", body)) == ["alias"]
    older = Admin(required_not_checked=frozenset({("trustedCerts.alias", "POST")}))
    made = older.add("/certificates", body)
    assert (made["alias"], made["status"]) == (None, "Valid")
