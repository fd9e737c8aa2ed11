"""New key pairs and certificate signing requests, the same from the same seed and clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from fakes.keys import ec_key, rsa_key
from fakes.pingaccess.keys.material import Material, PrivateKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cryptography.x509 import (
        Certificate,
        CertificateBuilder,
        CertificateSigningRequest,
        CertificateSigningRequestBuilder,
        GeneralName,
        Name,
        SubjectAlternativeName,
    )

SUBJECT = {
    "country": "C",
    "state": "ST",
    "city": "L",
    "organization": "O",
    "organizationUnit": "OU",
    "commonName": "CN",
}
"""The members of NewKeyPairConfig that make the subject, the widest first."""
_MAKER = "Ping Identity"
_GENERATED_FROM, _GENERATED_TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=64)
def generated(seed: int, name: str) -> Material:
    """The key pair that a new product makes for a listener of its own.

    On P-256 where the product makes RSA keys: nobody has to wait for it.
    """
    key = ec_key(seed, f"listener {name}")
    subject = subject_of({"commonName": "localhost", "organization": _MAKER, "country": "US"})
    dates = (_GENERATED_FROM, _GENERATED_TO)
    return Material(key, _self_signed(key, subject, (), dates, serial(seed, name), "SHA256"))


def made(seed: int, key_id: object, config: Mapping[str, Any], now_s: float) -> Material:
    """The key pair that a NewKeyPairConfig asks for; ValueError where its dates cannot be."""
    bits, name = config["keySize"], f"pair-{key_id}"
    key: PrivateKey = (
        rsa_key(seed, name, bits) if config["keyAlgorithm"] == "RSA" else ec_key(seed, name, bits)
    )
    digest = str(config["signatureAlgorithm"]).partition("with")[0]
    names = alternatives(config["subjectAlternativeNames"])
    number = serial(seed, f"{key_id}/{now_s}")
    dates = validity(now_s, config["validDays"])
    return Material(key, _self_signed(key, subject_of(config), names, dates, number, digest))


def requested(material: Material) -> CertificateSigningRequest:
    """A request (RFC 2986) for the key, with the names of its certificate."""
    from cryptography import x509  # noqa: PLC0415 - loaded by then

    builder = x509.CertificateSigningRequestBuilder().subject_name(material.certificate.subject)
    if len(names := names_of(material.certificate)):
        builder = builder.add_extension(names, critical=False)
    request: CertificateSigningRequest = _signed(builder, material.key, "SHA256")
    return request


def request_der(material: Material) -> bytes:
    """That request, DER."""
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - heavy

    return requested(material).public_bytes(Encoding.DER)


def names_of(certificate: Certificate) -> SubjectAlternativeName:
    """The subject alternative names; empty where there are none."""
    from cryptography import x509  # noqa: PLC0415 - loaded by then

    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return x509.SubjectAlternativeName([])
    return found.value


def has_other_name(certificate: Certificate) -> bool:
    """Whether an otherName is among the subject alternative names."""
    from cryptography import x509  # noqa: PLC0415 - loaded by then

    return any(isinstance(name, x509.OtherName) for name in names_of(certificate))


def common_name_of(certificate: Certificate) -> str:
    """The first common name of the subject; empty where there is none."""
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - loaded by then

    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def subject_of(config: Mapping[str, Any]) -> Name:
    """The distinguished name; ValueError where a part of it cannot stand in one."""
    from cryptography import x509  # noqa: PLC0415 - 10 ms, if ever
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - loaded by then

    oids = {
        "C": NameOID.COUNTRY_NAME,
        "ST": NameOID.STATE_OR_PROVINCE_NAME,
        "L": NameOID.LOCALITY_NAME,
        "O": NameOID.ORGANIZATION_NAME,
        "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
        "CN": NameOID.COMMON_NAME,
    }
    parts = [(short, config[member]) for member, short in SUBJECT.items() if config.get(member)]
    return x509.Name([x509.NameAttribute(oids[short], text) for short, text in parts])


def alternatives(names: Iterable[Mapping[str, Any]]) -> tuple[GeneralName, ...]:
    """Subject alternative names; ValueError where one is none."""
    from cryptography import x509  # noqa: PLC0415 - 10 ms, if ever

    return tuple(
        x509.IPAddress(ip_address(one["value"]))
        if one["name"] == "iPAddress"
        else x509.DNSName(one["value"])
        for one in names
    )


def validity(now_s: float, days: int) -> tuple[datetime, datetime]:
    """From now for so many days; ValueError where that is after the year 9999."""
    begins = datetime.fromtimestamp(int(now_s), UTC)
    try:
        return begins, begins + timedelta(days=days)
    except OverflowError as error:
        raise ValueError(days) from error


def serial(seed: int, name: str) -> int:
    """A serial number (RFC 5280 section 4.1.2.2: positive, 20 octets at most)."""
    return int.from_bytes(sha256(f"{seed}/serial/{name}".encode()).digest()[:8], "big") | 1


def _self_signed(  # noqa: PLR0913, PLR0917 - what a certificate says
    key: PrivateKey,
    subject: Name,
    names: tuple[GeneralName, ...],
    dates: tuple[datetime, datetime],
    number: int,
    digest: str,
) -> Certificate:
    from cryptography import x509  # noqa: PLC0415 - loaded by then

    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(number)
        .not_valid_before(dates[0])
        .not_valid_after(dates[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    certificate: Certificate = _signed(builder, key, digest)
    return certificate


def _signed(
    builder: CertificateBuilder | CertificateSigningRequestBuilder, key: PrivateKey, digest: str
) -> Any:
    """Signed, on a curve without chance (RFC 6979)."""
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - loaded by then
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 - loaded by then

    algorithms: dict[str, hashes.SHA256 | hashes.SHA384 | hashes.SHA512] = {
        "SHA256": hashes.SHA256(),
        "SHA384": hashes.SHA384(),
        "SHA512": hashes.SHA512(),
    }
    algorithm = algorithms[digest]
    if isinstance(key, RSAPrivateKey):
        return builder.sign(key, algorithm)
    return builder.sign(key, algorithm, ecdsa_deterministic=True)
