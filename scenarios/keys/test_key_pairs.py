"""Key pairs are made, brought in, given out, signed by others, and kept while they are used."""

from base64 import b64encode
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_hidden,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import Product
from scenarios.collection import MALFORMED, UNKNOWN_NUMBER, expect_absent, expect_found
from scenarios.keys.pairs import SUBJECT, body, brought, certificate_of, generated, subject_of


def digest(certificate: x509.Certificate) -> str:
    """The SHA-256 digest of a certificate in small hexadecimal digits."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def plain(digits: object) -> str:
    """A digest whatever its case and separators."""
    return str(digits).replace(":", "").lower()


@pytest.mark.requirement("PA-KEY-001")
def test_a_new_key_pair_is_what_was_asked_for(product: Product) -> None:
    """Source: admin API 7.3, generateKeyPair, NewKeyPairConfig, schema KeyPair."""
    sent = body(product)

    made = expect_saved(product.api.generate_key_pair(json=sent))

    expect_members(made, {"alias": sent["alias"], "csrPending": False}, "the answer")
    expect_equal(expect_saved(product.api.get_key_pair(made["id"])), made, "what is read")
    listed = [one for one in expect_items(product.api.get_key_pairs()) if one["id"] == made["id"]]
    expect_equal(listed, [made], "the key pair in the list")
    shown = certificate_of(expect_status(product.api.export_key_pair_cert(made["id"]), 200))
    expect_equal(subject_of(shown.subject), SUBJECT, "subject")
    expect_equal(shown.issuer, shown.subject, "issuer of what signed itself")
    valid = shown.not_valid_after_utc - shown.not_valid_before_utc
    within = timedelta(days=364) <= valid <= timedelta(days=366)
    expect_that(within, "a validity of 365 days", str(valid))


@pytest.mark.requirement("PA-KEY-002")
def test_the_certificate_of_a_key_pair_is_the_one_described(product: Product) -> None:
    """Source: admin API 7.3, exportKeyPairCert, KeyPair.sha256sum and sha1sum."""
    made = generated(product)

    shown = certificate_of(product.api.export_key_pair_cert(made["id"]))

    expect_equal(plain(made["sha256sum"]), digest(shown), "sha256sum")
    expect_equal(plain(made["sha1sum"]), shown.fingerprint(hashes.SHA1()).hex(), "sha1sum")  # noqa: S303


@pytest.mark.requirement("PA-KEY-003")
def test_an_alias_is_taken_once(product: Product) -> None:
    """By what is made and by what is brought.

    Source: admin API 7.3, NewKeyPairConfig.alias, PKCS12FileImportDoc.alias (unique).
    """
    made = generated(product)

    refused = product.api.generate_key_pair(json=body(product, alias=made["alias"]))
    expect_refused(refused, field="alias")
    sent, _ = brought(product, alias=made["alias"])
    expect_refused(product.api.import_key_pair(json=sent), field="alias")

    expect_found(product.api.get_key_pairs, {"alias": made["alias"]}, [made["id"]])


@pytest.mark.requirement("PA-KEY-004")
def test_a_key_pair_can_be_brought_in_and_replaced(product: Product) -> None:
    """Source: admin API 7.3, importKeyPair, updateKeyPair, PKCS12FileImportDoc."""
    sent, mine = brought(product)
    stored = expect_saved(product.api.import_key_pair(json=sent))
    expect_equal(plain(stored["sha256sum"]), digest(mine), "sha256sum")
    other, another = brought(product)

    updated = expect_saved(product.api.update_key_pair(stored["id"], json=other))

    expect_members(updated, {"id": stored["id"], "alias": other["alias"]}, "the answer")
    expect_equal(plain(updated["sha256sum"]), digest(another), "sha256sum")
    expect_equal(expect_saved(product.api.get_key_pair(stored["id"])), updated, "what is stored")


@pytest.mark.requirement("PA-KEY-005")
@pytest.mark.parametrize("fault", ["another password", "no file", "no PKCS#12", "cut in half"])
def test_what_cannot_be_opened_is_refused(product: Product, fault: str) -> None:
    """On import, and on the update of a stored one.

    Source: admin API 7.3, PKCS12FileImportDoc (fileData, password required).
    """
    sent, _ = brought(product)
    stored = expect_saved(product.api.import_key_pair(json=sent))
    good, _ = brought(product)
    faults: dict[str, dict[str, object]] = {
        "another password": {"password": {"value": "Another-Password-1"}},
        "no file": {"fileData": None},
        "no PKCS#12": {"fileData": b64encode(b"no key store").decode()},
        "cut in half": {"fileData": good["fileData"][: len(good["fileData"]) // 2]},
    }
    spoiled = faults[fault]

    expect_refused(product.api.import_key_pair(json={**good, **spoiled}), status=MALFORMED)
    answer = product.api.update_key_pair(stored["id"], json={**good, **spoiled})
    expect_refused(answer, status=MALFORMED)

    expect_unchanged(stored, expect_saved(product.api.get_key_pair(stored["id"])), "the key pair")
    expect_found(product.api.get_key_pairs, {"alias": good["alias"]}, [])
    expect_saved(product.api.import_key_pair(json=good))


@pytest.mark.requirement("PA-KEY-006")
def test_a_key_pair_is_given_out_under_a_password(product: Product) -> None:
    """As PKCS#12 and as PEM: the private key is that of the certificate.

    Source: admin API 7.3, exportKeyPairPkcs12, exportKeyPairPem, ExportParameters.
    """
    made = generated(product)
    password = product.admin.hidden("export-password")
    secret = password["value"].encode()
    sent = {"password": password}

    store = expect_status(product.api.export_key_pair_pkcs12(made["id"], json=sent), 200)
    text = expect_status(product.api.export_key_pair_pem(made["id"], json=sent), 200)

    key, held, _ = pkcs12.load_key_and_certificates(store.content, secret)
    expect_that(held is not None and key is not None, "a key and its certificate", str(held))
    assert held is not None
    assert key is not None
    expect_equal(digest(held), plain(made["sha256sum"]), "the certificate of the key store")
    public = held.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    for private in (key, load_pem_private_key(text.content, secret)):
        shown = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        expect_equal(shown.hex(), public.hex(), "the public key")


@pytest.mark.requirement("PA-KEY-007")
def test_a_request_is_signed_by_another_and_its_answer_taken(product: Product) -> None:
    """Until then it is pending.

    Source: admin API 7.3, generateCsr, postImportCSRResponse, KeyPair.csrPending.
    """
    made = generated(product)
    answer = expect_status(product.api.generate_csr(made["id"]), 200)
    asked = x509.load_pem_x509_csr(answer.content)
    expect_equal(subject_of(asked.subject), SUBJECT, "subject of the request")
    pending = expect_saved(product.api.get_key_pair(made["id"]))
    expect_members(pending, {"csrPending": True}, "the key pair")
    signed = signed_by_an_authority(
        asked, certificate_of(product.api.export_key_pair_cert(made["id"]))
    )
    sent = {
        "fileData": b64encode(signed.public_bytes(Encoding.PEM)).decode(),
        "chainCertificates": [],
        "hsmProviderId": 0,
        "trustedCertGroupId": 0,
    }

    stored = expect_saved(product.api.post_import_csr_response(made["id"], json=sent))

    expect_members(stored, {"csrPending": False, "alias": made["alias"]}, "the answer")
    expect_equal(plain(stored["sha256sum"]), digest(signed), "sha256sum")


def signed_by_an_authority(
    asked: x509.CertificateSigningRequest, before: x509.Certificate
) -> x509.Certificate:
    """The certificate that an authority of our own gives for a request."""
    authority = ec.derive_private_key(20_260_101, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "paconform authority")])
    builder = (
        x509.CertificateBuilder(name, asked.subject, asked.public_key(), 7)
        .not_valid_before(before.not_valid_before_utc)
        .not_valid_after(before.not_valid_after_utc)
    )
    return builder.sign(authority, hashes.SHA256())


@pytest.mark.requirement("PA-KEY-008")
def test_a_key_pair_of_a_virtual_host_stays(product: Product) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    made = generated(product)
    host = product.admin.add_virtual_host(keyPairId=made["id"])

    expect_refused(product.api.delete_key_pair(made["id"]))

    expect_unchanged(made, expect_saved(product.api.get_key_pair(made["id"])), "the key pair")
    expect_deleted(product.api.delete_virtual_host(host["id"]))
    expect_deleted(product.api.delete_key_pair(made["id"]))
    expect_absent(product.api.get_key_pair(made["id"]))
    expect_absent(product.api.delete_key_pair(UNKNOWN_NUMBER))


@pytest.mark.requirement("PA-KEY-009")
@pytest.mark.parametrize(
    "wrong",
    [
        {"keyAlgorithm": "ROT13"},
        {"keySize": 7},
        {"signatureAlgorithm": "MD5withROT13"},
        {"validDays": 0},
        {"country": "USA"},
        {"alias": None},
        {"commonName": None},
    ],
    ids=str,
)
def test_a_key_pair_that_cannot_be_made_is_refused(
    product: Product, wrong: dict[str, object]
) -> None:
    """Source: admin API 7.3, NewKeyPairConfig, keyAlgorithms; the status is not documented."""
    sent = body(product, **wrong)

    expect_refused(product.api.generate_key_pair(json=sent), status=MALFORMED)

    if sent["alias"]:
        expect_found(product.api.get_key_pairs, {"alias": sent["alias"]}, [])
    generated(product)


@pytest.mark.requirement("PA-KEY-010")
def test_no_answer_shows_a_password_or_a_private_key(product: Product) -> None:
    """Source: admin API 7.3, schema KeyPair (none of it), HiddenField."""
    sent, _ = brought(product)

    created = product.api.import_key_pair(json=sent)
    key = expect_saved(created)["id"]
    answers = [
        created,
        product.api.get_key_pair(key),
        product.api.get_key_pairs(),
        product.api.import_key_pair(json=sent),
        product.api.export_key_pair_cert(key),
        product.api.generate_csr(key),
    ]

    expect_hidden(sent["password"]["value"], *answers)
    for answer in answers:
        expect_that("PRIVATE KEY" not in answer.text, "no private key", answer.request.url.path)
