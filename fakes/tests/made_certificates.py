"""Certificate authorities, certificates and key files for tests, made by `cryptography` alone."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zlib import crc32

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from fakes.keys import ec_key

if TYPE_CHECKING:
    from fakes.message import Response

PASSWORD = "a password of tests"
BEGINS, ENDS = datetime(2025, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
ENDED = datetime(2025, 6, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """A certificate, its key, and those that issued it."""

    key: Any
    certificate: x509.Certificate
    issuers: tuple[x509.Certificate, ...] = ()

    @property
    def data(self) -> str:
        """The certificate, base64 of DER."""
        return b64(self.certificate.public_bytes(Encoding.DER))

    @property
    def pem(self) -> bytes:
        """The certificate, PEM."""
        return self.certificate.public_bytes(Encoding.PEM)

    def pkcs12(self, password: str = PASSWORD, issuers: tuple[Any, ...] | None = None) -> str:
        """Key and certificates as PKCS#12, base64."""
        chain = self.issuers if issuers is None else issuers
        sealed = BestAvailableEncryption(password.encode())
        return b64(
            pkcs12.serialize_key_and_certificates(
                b"made", self.key, self.certificate, list(chain), sealed
            )
        )

    def pem_key(self, password: str | None = PASSWORD) -> bytes:
        """The key as PEM, encrypted where there is a password."""
        sealed: Any = NoEncryption() if password is None else _sealed(password)
        return bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed))


def _sealed(password: str) -> BestAvailableEncryption:
    return BestAvailableEncryption(password.encode())


def made(
    name: str,
    issuer: Made | None = None,
    *,
    ca: bool = False,
    ends: datetime = ENDS,
    begins: datetime = BEGINS,
    hosts: tuple[str, ...] = (),
    key: Any = None,
    public_key: Any = None,
    extension: x509.ExtensionType | None = None,
) -> Made:
    """A certificate, self-signed where there is no issuer; the same each time."""
    key = key or ec_key(0, f"of tests: {name}")
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(public_key or key.public_key())
        .serial_number(1 + crc32(f"{name}/{begins}/{ends}/{ca}".encode()))
        .not_valid_before(begins)
        .not_valid_after(ends)
    )
    builder = builder.add_extension(extension or x509.BasicConstraints(ca, None), critical=True)
    if hosts:
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        builder = builder.add_extension(names, critical=False)
    signer = issuer.key if issuer else key
    of_curve = True if isinstance(signer, ec.EllipticCurvePrivateKey) else None
    certificate = builder.sign(signer, hashes.SHA256(), ecdsa_deterministic=of_curve)
    above = (issuer.certificate, *issuer.issuers) if issuer else ()
    return Made(key, certificate, above)


def answer_to(request: bytes, issuer: Made, **more: Any) -> Made:
    """What a certificate authority makes of a signing request (PEM)."""
    csr = x509.load_pem_x509_csr(request)
    assert csr.is_signature_valid
    return made("answered", issuer, public_key=csr.public_key(), **more)


def p7b(*certificates: x509.Certificate) -> str:
    """The certificates as PKCS#7, base64 of DER."""
    return b64(pkcs7.serialize_certificates(list(certificates), Encoding.DER))


def b64(content: bytes) -> str:
    """Base64 in one line."""
    return b64encode(content).decode("ascii")


def texts_of(answer: Response) -> str:
    """Body and headers of an answer as one text."""
    return answer.body.decode("latin-1") + repr(answer.headers)
