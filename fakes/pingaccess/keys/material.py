"""A private key with its certificate and chain: read from files, written to files, held together.

`cryptography` does the work; it is loaded when the first key pair is looked at.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from fakes.pingaccess.keys import pkcs12
from fakes.pingaccess.keys import rounds as key_rounds

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate

PrivateKey: TypeAlias = "RSAPrivateKey | EllipticCurvePrivateKey"

SMALLEST_RSA = 2048
"""Bits of an RSA key that can be imported at least (assumed: smaller ones serve nobody)."""


class Unusable(Exception):  # noqa: N818 - what the file is, not a fault of ours
    """A file that holds no key pair, or not one that can be used: the member, and what to say."""

    def __init__(self, member: str, sentence: str) -> None:
        super().__init__(sentence)
        self.member = member
        self.sentence = sentence


class Material(NamedTuple):
    """What a key pair is made of; the chain begins with the issuer of the certificate."""

    key: PrivateKey
    certificate: Certificate
    chain: tuple[Certificate, ...] = ()


@lru_cache(maxsize=512)
def opened(data: str, password: str) -> Material:
    """The key pair in base64 text of a PKCS#12 or PEM file; Unusable where there is none."""
    try:
        raw = b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unusable("fileData", "is not base64") from None
    secret = password.encode("utf-8", "surrogatepass")
    material = _of_pem(raw, secret) if b"-----BEGIN " in raw else _of_pkcs12(raw, secret)
    _complain_of_key(material.key)
    if not fits(material.certificate, material.key):
        raise Unusable("fileData", "holds a certificate that is not of its private key")
    if not all(map(_is_readable, (material.certificate, *material.chain))):
        raise Unusable("fileData", "holds a certificate that cannot be read")
    return material


def pkcs12_file(material: Material, alias: str, password: str) -> bytes:
    """The key pair as PKCS#12, encrypted with the password."""
    certificates = [der(one) for one in (material.certificate, *material.chain)]
    return pkcs12.written(_key_der(material.key), certificates, alias, password)


def encrypted_key(material: Material, password: str) -> bytes:
    """The private key as EncryptedPrivateKeyInfo, DER (SPEC ExportParameters: PBES2 and AES)."""
    return pkcs12.encrypted_key(_key_der(material.key), password)


def certificates_in(data: str) -> list[Certificate]:
    """The certificates in base64 text of PEM, DER or PKCS#7; empty where one cannot be read."""
    try:
        found = _certificates(b64decode("".join(data.split()), validate=True))
    except Exception:  # noqa: BLE001 - the parsers raise many kinds for hostile bytes
        return []
    return found if all(map(_is_readable, found)) else []


def der(certificate: Certificate) -> bytes:
    """The certificate, DER."""
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - heavy

    return certificate.public_bytes(Encoding.DER)


def as_file_data(certificate: Certificate) -> str:
    """The certificate as base64 of DER."""
    return b64(der(certificate))


def b64(content: bytes) -> str:
    """Base64 in one line."""
    return b64encode(content).decode("ascii")


def fits(certificate: Certificate, key: PrivateKey) -> bool:
    """Whether the certificate is for that key."""
    try:
        return bool(certificate.public_key() == key.public_key())
    except Exception:  # noqa: BLE001 - a key of an unknown kind is for no other
        return False


def expired(certificate: Certificate, now_s: float) -> bool:
    """Whether its last moment is over."""
    return certificate.not_valid_after_utc.timestamp() < now_s


def _is_readable(certificate: Certificate) -> bool:
    """Whether its names and extensions can be parsed, which are not when it is loaded."""
    try:
        certificate.subject.rfc4514_string()
        certificate.issuer.rfc4514_string()
        return len(certificate.extensions) >= 0
    except Exception:  # noqa: BLE001 - the parser raises many kinds for hostile bytes
        return False


def _complain_of_rounds(content: bytes) -> None:
    """Unusable where the password would have to be hashed for hours."""
    if key_rounds.rounds_in(content) > key_rounds.MOST:
        most = f"may ask for at most {key_rounds.MOST} rounds of key derivation"
        raise Unusable("fileData", most)


def _of_pkcs12(raw: bytes, password: bytes) -> Material:
    from cryptography.hazmat.primitives.serialization import pkcs12 as reader  # noqa: PLC0415 - heavy

    if not pkcs12.is_pfx(raw):
        raise Unusable("fileData", "is neither a PKCS#12 nor a PEM file")
    _complain_of_rounds(raw)
    try:
        found = reader.load_pkcs12(raw, password)
        others = [one.certificate for one in found.additional_certs]
        leaf = found.cert.certificate if found.cert else None
    except Exception:  # noqa: BLE001 - the parser raises many kinds for hostile bytes
        raise Unusable("password", "does not open the file") from None
    return _material(found.key, leaf, others)


def _of_pem(raw: bytes, password: bytes) -> Material:
    block = _PRIVATE_KEY.search(raw)
    if block is None:
        raise Unusable("fileData", "holds no private key")
    key = _pem_key(block.group(), password)
    try:
        certificates = _certificates(raw)
    except Exception:  # noqa: BLE001 - the parser raises many kinds for hostile bytes
        certificates = []
    leaf = next((one for one in certificates if key and fits(one, key)), None)
    leaf = leaf or next(iter(certificates), None)
    return _material(key, leaf, [one for one in certificates if one is not leaf])


def _pem_key(block: bytes, password: bytes) -> PrivateKey:
    """The key, whether or not it is encrypted."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - heavy

    sealed = b"ENCRYPTED" in block
    if sealed:
        _complain_of_rounds(_of_armour(block))
    try:
        return load_pem_private_key(block, password if sealed else None)  # type: ignore[return-value]  # other kinds are refused below
    except Exception:  # noqa: BLE001 - the parser raises many kinds for hostile bytes
        if sealed:
            raise Unusable("password", "does not open the file") from None
        raise Unusable("fileData", "holds no private key that can be read") from None


def _of_armour(block: bytes) -> bytes:
    """The bytes in a PEM block, after its headers (RFC 1421); nothing where they are no base64."""
    body = block.partition(b"KEY-----")[2].rpartition(b"-----END")[0]
    try:
        return b64decode(body.replace(b"\r", b"").rstrip().rpartition(b"\n\n")[2])
    except binascii.Error:
        return b""


def _material(key: object, leaf: Certificate | None, others: list[Certificate]) -> Material:
    if key is None:
        raise Unusable("fileData", "holds no private key")
    if leaf is None:
        raise Unusable("fileData", "holds no certificate")
    return Material(key, leaf, tuple(others))  # type: ignore[arg-type]  # other kinds are refused next


def _complain_of_key(key: object) -> None:
    """Unusable unless the key is of a kind and a size that the product makes itself (assumed)."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 - heavy

    if isinstance(key, RSAPrivateKey):
        if key.key_size < SMALLEST_RSA:
            raise Unusable("fileData", f"holds an RSA key of less than {SMALLEST_RSA} bits")
    elif not isinstance(key, EllipticCurvePrivateKey) or key.curve.name not in _CURVES:
        raise Unusable("fileData", "holds a key that is neither RSA nor on a NIST curve")


def _certificates(raw: bytes) -> list[Certificate]:
    from cryptography import x509  # noqa: PLC0415 - 10 ms, if ever
    from cryptography.hazmat.primitives.serialization import pkcs7  # noqa: PLC0415 - heavy

    if b"-----BEGIN PKCS7-----" in raw:
        return pkcs7.load_pem_pkcs7_certificates(raw)
    if b"-----BEGIN " in raw:
        return x509.load_pem_x509_certificates(raw)
    if _SIGNED_DATA in raw[:32]:
        return pkcs7.load_der_pkcs7_certificates(raw)
    return [x509.load_der_x509_certificate(raw)]


def _key_der(key: PrivateKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - heavy
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


_PRIVATE_KEY = re.compile(
    rb"-----BEGIN ([A-Z0-9 ]{0,24}PRIVATE KEY)-----.*?-----END \1-----", re.DOTALL
)
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})
