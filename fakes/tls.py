"""A certificate authority for the fakes, and server certificates of it; loopback only."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from ipaddress import ip_address
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from fakes.keys import ec_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate

NAMES = ("localhost",)
ADDRESSES = ("127.0.0.1", "::1")
_VALID = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Authority:
    """A CA whose key comes from a seed, so that it protects nothing."""

    certificate: Certificate
    key: EllipticCurvePrivateKey
    seed: int

    @cached_property
    def pem(self) -> bytes:
        """The CA certificate, PEM."""
        from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - heavy

        return self.certificate.public_bytes(Encoding.PEM)

    @cached_property
    def der(self) -> bytes:
        """The CA certificate, DER."""
        from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - heavy

        return self.certificate.public_bytes(Encoding.DER)

    def server_context(self, names: tuple[str, ...] = NAMES) -> ssl.SSLContext:
        """A server's context with a fresh certificate for those names, 127.0.0.1 and ::1."""
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - heavy
            Encoding,
            NoEncryption,
            PrivateFormat,
        )

        key = ec_key(self.seed, "server")
        chain = _certificate(names[0], key, self, names).public_bytes(Encoding.PEM) + self.pem
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with NamedTemporaryFile(suffix=".pem") as file:  # the ssl module reads keys from files only
            file.write(secret + chain)
            file.flush()
            context.load_cert_chain(file.name)
        return context


@lru_cache(maxsize=8)
def authority(seed: int) -> Authority:
    """The CA of that seed, the same to the byte each time: who trusts it compares certificates."""
    key = ec_key(seed, "ca")
    return Authority(_certificate(f"paconform test CA {seed}", key, None), key, seed)


@lru_cache(maxsize=32)
def shown_by(seed: int, hosts: tuple[str, ...]) -> tuple[Certificate, ...]:
    """What a server at those hosts shows: a certificate of that seed's CA, and the CA's."""
    issuer = authority(seed)
    leaf = _certificate(hosts[0], ec_key(seed, "server"), issuer, hosts)
    return leaf, issuer.certificate


def _certificate(
    name: str,
    key: EllipticCurvePrivateKey,
    issuer: Authority | None,
    hosts: tuple[str, ...] = (),
) -> Certificate:
    """A CA certificate where there is no issuer, else a server's (RFC 5280 section 4.2)."""
    from cryptography import x509  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - heavy
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID  # noqa: PLC0415 - heavy

    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer_key = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(2 if issuer else 1)
        .not_valid_before(_VALID[0])
        .not_valid_after(_VALID[1])
        .add_extension(x509.BasicConstraints(issuer is None, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issuer is None,
        crl_sign=issuer is None,
        encipher_only=False,
        decipher_only=False,
    )
    builder = builder.add_extension(usage, critical=True)
    if issuer:
        names: list[x509.GeneralName] = [x509.DNSName(host) for host in hosts]
        names += [x509.IPAddress(ip_address(address)) for address in ADDRESSES]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
        )
    return builder.sign(issuer_key, hashes.SHA256(), ecdsa_deterministic=True)  # RFC 6979
