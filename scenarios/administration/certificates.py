"""Certificates for scenarios to store: as many as wanted, each another, the same on every run."""

import zlib
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

VALID_FROM = datetime(2020, 1, 1, tzinfo=UTC)
EXPIRES = datetime(2120, 1, 1, tzinfo=UTC)


def certificate(name: str, *names: x509.GeneralName) -> x509.Certificate:
    """The self-signed certificate of this name: key, serial number and signature follow from it.

    `names` are its alternative names.
    """
    number = zlib.crc32(name.encode()) + 1
    key = ec.derive_private_key(number, ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    builder = (
        x509.CertificateBuilder(subject, subject)
        .public_key(key.public_key())
        .serial_number(number)
        .not_valid_before(VALID_FROM)
        .not_valid_after(EXPIRES)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True)


def pem(name: str) -> str:
    """The certificate of this name as PEM."""
    return certificate(name).public_bytes(Encoding.PEM).decode()
