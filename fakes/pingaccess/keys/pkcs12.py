"""PKCS#12 files and encrypted keys, the same bytes for the same content.

Libraries draw salts from the system, so that no run could be repeated: here they come from what is
encrypted. What is written is PBES2 with AES-256 (RFC 8018) in a PFX with a MAC (RFC 7292).
"""

from __future__ import annotations

import hmac
from hashlib import pbkdf2_hmac, sha1, sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROUNDS = 10_000
_INTEGER, _OCTETS, _NULL, _OID, _BMP, _SEQUENCE, _SET, _EXPLICIT = (
    0x02, 0x04, 0x05, 0x06, 0x1E, 0x30, 0x31, 0xA0,
)  # fmt: skip
_PKCS = "1.2.840.113549.1"


def encrypted_key(key: bytes, password: str) -> bytes:
    """An EncryptedPrivateKeyInfo (RFC 5958 section 3) of a PrivateKeyInfo, both DER."""
    secret = password.encode("utf-8", "surrogatepass")
    salt, vector = _salt(secret, key, b"key"), _salt(secret, key, b"vector")
    derived = pbkdf2_hmac("sha256", secret, salt, _ROUNDS)
    prf = _sequence(_oid("1.2.840.113549.2.9"), _tlv(_NULL))
    pbkdf2 = _sequence(
        _oid(f"{_PKCS}.5.12"), _sequence(_tlv(_OCTETS, salt), _integer(_ROUNDS), prf)
    )
    aes = _sequence(_oid("2.16.840.1.101.3.4.1.42"), _tlv(_OCTETS, vector))
    algorithm = _sequence(_oid(f"{_PKCS}.5.13"), _sequence(pbkdf2, aes))
    return _sequence(algorithm, _tlv(_OCTETS, _encrypted(derived, vector, key)))


def written(key: bytes, certificates: Sequence[bytes], alias: str, password: str) -> bytes:
    """A PFX (RFC 7292 section 4) of a PrivateKeyInfo, its certificate and the chain, all DER."""
    known_by = _tlv(_SET, _attribute("20", _tlv(_BMP, _bmp(alias))), _attribute("21", _key_id(key)))
    shrouded = _bag("2", encrypted_key(key, password), known_by)
    first, *others = certificates
    bags = [_certificate_bag(first, known_by), *(_certificate_bag(one, b"") for one in others)]
    contents = _sequence(_data(_sequence(shrouded)), _data(_sequence(*bags)))
    return _sequence(_integer(3), _data(contents), _mac(contents, password))


def is_pfx(data: bytes) -> bool:
    """Whether `data` begins as a PFX does: a SEQUENCE of version 3."""
    head = data[:12]
    return head[:1] == b"\x30" and b"\x02\x01\x03\x30" in head


def _mac(contents: bytes, password: str) -> bytes:
    """MacData over the contents, its key derived as RFC 7292 appendix B.2 says."""
    typed = _bmp(password) + b"\0\0"
    salt = _salt(typed, contents, b"mac")
    key = b"\x03" * 64 + _filled(salt) + _filled(typed)
    for _ in range(_ROUNDS):
        key = sha256(key).digest()
    digest = _tlv(_OCTETS, hmac.digest(key, contents, "sha256"))
    algorithm = _sequence(_oid("2.16.840.1.101.3.4.2.1"), _tlv(_NULL))
    return _sequence(_sequence(algorithm, digest), _tlv(_OCTETS, salt), _integer(_ROUNDS))


def _encrypted(key: bytes, vector: bytes, plain: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import (  # noqa: PLC0415 - 10 ms, if ever
        Cipher,
        algorithms,
        modes,
    )

    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    short = 16 - len(plain) % 16
    return encryptor.update(plain + bytes([short]) * short) + encryptor.finalize()


def _salt(secret: bytes, plain: bytes, purpose: bytes) -> bytes:
    return hmac.digest(secret, purpose + plain, "sha256")[:16]


def _filled(text: bytes) -> bytes:
    """`text` again and again, up to whole blocks of 64 bytes."""
    size = -(-len(text) // 64) * 64
    return (text * (size // len(text) + 1))[:size]


def _bmp(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")


def _key_id(key: bytes) -> bytes:
    return _tlv(_OCTETS, sha1(key, usedforsecurity=False).digest())


def _attribute(number: str, value: bytes) -> bytes:
    return _sequence(_oid(f"{_PKCS}.9.{number}"), _tlv(_SET, value))


def _bag(number: str, value: bytes, attributes: bytes) -> bytes:
    return _sequence(_oid(f"{_PKCS}.12.10.1.{number}"), _tlv(_EXPLICIT, value), attributes)


def _certificate_bag(certificate: bytes, attributes: bytes) -> bytes:
    octets = _tlv(_EXPLICIT, _tlv(_OCTETS, certificate))
    return _bag("3", _sequence(_oid(f"{_PKCS}.9.22.1"), octets), attributes)


def _data(content: bytes) -> bytes:
    return _sequence(_oid(f"{_PKCS}.7.1"), _tlv(_EXPLICIT, _tlv(_OCTETS, content)))


def _sequence(*parts: bytes) -> bytes:
    return _tlv(_SEQUENCE, *parts)


def _integer(value: int) -> bytes:
    return _tlv(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _oid(dotted: str) -> bytes:
    first, second, *others = map(int, dotted.split("."))
    body = bytearray([first * 40 + second])
    for number in others:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        body += bytes(reversed(groups))
    return _tlv(_OID, bytes(body))


def _tlv(tag: int, *parts: bytes) -> bytes:
    """Tag, length and value (X.690 section 8.1)."""
    value = b"".join(parts)
    size = len(value)
    if size < 128:
        return bytes([tag, size]) + value
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + value
