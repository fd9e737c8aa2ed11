"""Key pairs, their certificates and files, as tests ask the fake PingAccess for them."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    pkcs12,
)

from fakes.tests.made_certificates import (
    PASSWORD,
    made,
)
from fakes.tests.pingaccess_core import Admin


@pytest.fixture
def admin() -> Admin:
    return Admin()


CONFIG = {
    "alias": "shop",
    "commonName": "shop.example.com",
    "organization": "Example",
    "organizationUnit": "Shop",
    "city": "Denver",
    "state": "Colorado",
    "country": "US",
    "validDays": 365,
    "keyAlgorithm": "EC",
    "keySize": 256,
    "hsmProviderId": 0,
}
ROOT = made("Root", ca=True)
ISSUER = made("Issuer", ROOT, ca=True)
OTHER = made("Other root", ca=True)
SHOP = made("shop.example.com", ISSUER, hosts=("shop.example.com",))


def imported(data: str, **more: Any) -> Any:
    """What is sent to import a file."""
    body = {"alias": "imported", "fileData": data, "password": {"value": PASSWORD}}
    return {**body, "chainCertificates": [], "hsmProviderId": 0, **more}


def exported(admin: Admin, key: int, password: str = "out") -> Any:
    """The key pair as PKCS#12, opened."""
    answer = admin.send("POST", f"/keyPairs/{key}/pkcs12", {"password": {"value": password}})
    assert answer.status == 200, answer
    return pkcs12.load_pkcs12(answer.body, password.encode())


def certificate_of(admin: Admin, key: int) -> x509.Certificate:
    answer = admin.send("GET", f"/keyPairs/{key}/certificate")
    assert answer.status == 200, answer
    return x509.load_pem_x509_certificate(answer.body)
