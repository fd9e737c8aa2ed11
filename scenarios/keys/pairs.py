"""Key pairs for scenarios: what is asked of the product, and what is brought to it."""

from base64 import b64encode
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from harness.checks import expect_that
from harness.errors import HarnessError
from harness.product import Product
from scenarios.administration.certificates import certificate

Json = dict[str, Any]

SUBJECT = {
    "commonName": "pair.example.com",
    "organization": "Paconform",
    "organizationUnit": "Tests",
    "city": "Denver",
    "state": "CO",
    "country": "US",
}
"""The parts of a subject by the member that asks for each (admin API 7.3, NewKeyPairConfig)."""

OIDS = {
    "commonName": NameOID.COMMON_NAME,
    "organization": NameOID.ORGANIZATION_NAME,
    "organizationUnit": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "city": NameOID.LOCALITY_NAME,
    "state": NameOID.STATE_OR_PROVINCE_NAME,
    "country": NameOID.COUNTRY_NAME,
}


def body(product: Product, **members: Any) -> Json:
    """A new key pair of the quickest algorithm that the product lists, valid for a year."""
    listed = product.api.key_algorithms().json()["items"]
    algorithm = min(listed, key=lambda one: int(one["defaultKeySize"]))
    return {
        "alias": product.name("pair"),
        **SUBJECT,
        "keyAlgorithm": algorithm["name"],
        "keySize": algorithm["defaultKeySize"],
        "signatureAlgorithm": algorithm["defaultSignatureAlgorithm"],
        "validDays": 365,
        "hsmProviderId": 0,
        **members,
    }


def generated(product: Product, **members: Any) -> Json:
    """A stored new key pair; HarnessError where none was made."""
    answer = product.api.generate_key_pair(json=body(product, **members))
    if answer.status_code != 200:
        raise HarnessError(f"no key pair was made: {answer.status_code} {answer.text[:300]}")
    made: Json = answer.json()
    return made


def brought(
    product: Product, *names: x509.GeneralName, **members: Any
) -> tuple[Json, x509.Certificate]:
    """A body that imports a key pair of our own (PKCS#12, RFC 7292), and its certificate.

    `names` are the alternative names of the certificate.
    """
    password = product.admin.hidden("pair-password")
    alias = product.name("brought")
    mine = certificate(alias, *names)
    file = pkcs12.serialize_key_and_certificates(
        alias.encode(),
        ec.derive_private_key(mine.serial_number, ec.SECP256R1()),
        mine,
        None,
        BestAvailableEncryption(password["value"].encode()),
    )
    sent = {
        "alias": alias,
        "fileData": b64encode(file).decode(),
        "password": password,
        "hsmProviderId": 0,
        "chainCertificates": [],
        **members,
    }
    return sent, mine


def certificate_of(answer: httpx.Response) -> x509.Certificate:
    """The certificate of an answer, PEM or DER; another body is the product's fault."""
    content = answer.content
    try:
        if content.lstrip().startswith(b"-----"):
            return x509.load_pem_x509_certificate(content)
        return x509.load_der_x509_certificate(content)
    except ValueError:
        expect_that(False, "a certificate, PEM or DER", answer.text[:200])
        raise


def subject_of(name: x509.Name) -> dict[str, str]:
    """A subject, by the members that ask for its parts."""
    found = {
        member: name.get_attributes_for_oid(oid)[0].value
        for member, oid in OIDS.items()
        if name.get_attributes_for_oid(oid)
    }
    return {member: str(value) for member, value in found.items()}
