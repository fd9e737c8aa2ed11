"""Elliptic keys of the harness, most of which nobody trusts: true signatures and forged ones.

The keys are the same in every run, and signing is deterministic (RFC 6979), so that a token can be
made again from its recipe.

Source: RFC 7518 sections 3.4 (R and S, not DER), 4.6 (ECDH-ES) and 6.2.1 (keys as JWK).
"""

from __future__ import annotations

import hashlib
import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from harness import jose

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

    from harness.jose import Signer

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of P-256 (FIPS 186-4, D.1.2.3)."""

SCALAR = int.from_bytes(hashlib.sha256(b"paconform stranger").digest(), "big") % ORDER


@cache
def stranger_key(curve: str = "P-256") -> EllipticCurvePrivateKey:
    """The key on this curve (`P-256`, `P-384`) that nobody trusts."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - 20 ms, when needed

    return ec.derive_private_key(SCALAR, {"P-256": ec.SECP256R1, "P-384": ec.SECP384R1}[curve]())


@lru_cache(maxsize=256)
def strangers(covered: bytes, curve: str = "P-256", bits: int = 256) -> tuple[int, int]:
    """R and S of the stranger's true signature; the same text is signed once."""
    return r_and_s(stranger_key(curve), covered, bits)


def r_and_s(key: EllipticCurvePrivateKey, covered: bytes, bits: int = 256) -> tuple[int, int]:
    """A true ECDSA signature over SHA-`bits` as two numbers."""
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - 20 ms, when needed
    from cryptography.hazmat.primitives.asymmetric import ec, utils  # noqa: PLC0415 - the same

    sha = {256: hashes.SHA256(), 384: hashes.SHA384(), 512: hashes.SHA512()}
    der = key.sign(covered, ec.ECDSA(sha[bits], deterministic_signing=True))
    return utils.decode_dss_signature(der)


def es256_signer(key: EllipticCurvePrivateKey) -> Signer:
    """ES256 (RFC 7518 section 3.4)."""
    return lambda covered: joined(*r_and_s(key, covered))


def joined(r: int, s: int, width: int = 32) -> bytes:
    """R and S behind each other, big-endian, each of so many bytes."""
    return r.to_bytes(width, "big") + s.to_bytes(width, "big")


def public_jwk(curve: str = "P-256") -> dict[str, str]:
    """The public half of the stranger's key as a JWK."""
    return jwk(stranger_key(curve), curve)


def jwk(key: EllipticCurvePrivateKey, curve: str = "P-256") -> dict[str, str]:
    """The public half of a key as a JWK."""
    numbers = key.public_key().public_numbers()
    width = (key.key_size + 7) // 8
    x, y = (jose.b64url(number.to_bytes(width, "big")) for number in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": curve, "x": x, "y": y}


@cache
def own_key(name: str) -> EllipticCurvePrivateKey:
    """A key on P-256 for a client of ours, the same for the same name."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - 20 ms, when needed

    digest = hashlib.sha256(f"paconform {name}".encode()).digest()
    return ec.derive_private_key(int.from_bytes(digest, "big") % ORDER, ec.SECP256R1())


def public_bytes(form: str) -> bytes:
    """The public half as a secret of HMAC: `jwk`, `point` (x and y), `openssh` or `pem`."""
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - 20 ms, when needed
        Encoding,
        PublicFormat,
    )

    if form == "jwk":
        return json.dumps(public_jwk(), separators=(",", ":")).encode()
    forms = {
        "point": (Encoding.X962, PublicFormat.UncompressedPoint),
        "openssh": (Encoding.OpenSSH, PublicFormat.OpenSSH),
        "pem": (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    }
    data = stranger_key().public_key().public_bytes(*forms[form])
    return data[1:] if form == "point" else data


def sealed(text: bytes, **header: object) -> str:
    """A true compact JWE of the text to the stranger's key: ECDH-ES and A256GCM.

    The ephemeral key is the stranger's own and the initialization vector is zero: nothing here is
    secret, and the same text gives the same token.
    """
    from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415 - 20 ms, when needed
        AESGCM,
    )

    members = {"alg": "ECDH-ES", "enc": "A256GCM", "epk": public_jwk(), **header}
    first = jose.b64url(json.dumps(members, separators=(",", ":")).encode())
    made = AESGCM(_agreed()).encrypt(bytes(12), text, first.encode("ascii"))
    parts = (bytes(12), made[:-16], made[-16:])
    return f"{first}..{'.'.join(map(jose.b64url, parts))}"


@cache
def _agreed() -> bytes:
    """The content key (RFC 7518 section 4.6.2: one round of the Concat KDF)."""
    from cryptography.hazmat.primitives.asymmetric.ec import ECDH  # noqa: PLC0415 - 20 ms

    shared = stranger_key().exchange(ECDH(), stranger_key().public_key())
    about = b"\0\0\0\x07A256GCM" + bytes(8) + (256).to_bytes(4, "big")
    return hashlib.sha256(b"\0\0\0\1" + shared + about).digest()
