"""Account keys of ACME: made from the seed, shown as JWK, and their signatures (RFC 7515)."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from fakes.keys import ec_key, rsa_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingaccess.keys.material import PrivateKey


def made(seed: int, name: str, algorithm: str) -> PrivateKey:
    """The key that seed and name stand for: on P-256 for ES256, else RSA."""
    return ec_key(seed, name) if algorithm == "ES256" else rsa_key(seed, name)


def written(key: PrivateKey) -> str:
    """The private key as PEM (PKCS#8)."""
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - heavy
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def read(text: str | None) -> PrivateKey | None:
    """The private key in PEM; None where there is none that can sign here."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - heavy

    try:
        key = load_pem_private_key((text or "").encode(), None)
    except Exception:  # noqa: BLE001 - the parser raises many kinds for hostile text
        return None
    if isinstance(key, EllipticCurvePrivateKey) and key.curve.name == "secp256r1":
        return key
    return key if isinstance(key, RSAPrivateKey) else None


def public_jwk(key: PrivateKey) -> dict[str, str]:
    """The public key as a JWK with its required members only (RFC 7518 section 6)."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 - loaded by then

    if isinstance(key, RSAPrivateKey):
        rsa = key.public_key().public_numbers()
        return {"kty": "RSA", "n": _number(rsa.n), "e": _number(rsa.e)}
    point = key.public_key().public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": _number(point.x, 32), "y": _number(point.y, 32)}


def signed(key: PrivateKey, protected: Mapping[str, Any], payload: bytes) -> bytes:
    """A flattened JWS (RFC 7515 section 7.2.2) whose header names its own algorithm."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 - loaded by then

    algorithm = "RS256" if isinstance(key, RSAPrivateKey) else "ES256"
    header = json.dumps({"alg": algorithm, **protected}, separators=(",", ":"))
    first, second = b64(header.encode()), b64(payload)
    signature = b64(_signature(key, f"{first}.{second}".encode("ascii")))
    return json.dumps({"protected": first, "payload": second, "signature": signature}).encode()


def b64(content: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def _signature(key: PrivateKey, content: bytes) -> bytes:
    """RS256 or ES256 (RFC 7518 sections 3.3 and 3.4), on the curve without chance (RFC 6979)."""
    from cryptography.hazmat.primitives.asymmetric import ec, padding  # noqa: PLC0415 - loaded by then
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 - loaded by then
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature  # noqa: PLC0415 - loaded by then
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - loaded by then

    if isinstance(key, RSAPrivateKey):
        return key.sign(content, padding.PKCS1v15(), SHA256())
    r, s = decode_dss_signature(key.sign(content, ec.ECDSA(SHA256(), deterministic_signing=True)))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _number(value: int, size: int = 0) -> str:
    return b64(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))
