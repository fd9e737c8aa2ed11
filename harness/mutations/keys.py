"""Edits that sign with other kinds of keys: elliptic ones, weak ones, keys of other uses.

Each takes a draft and gives one; every key is one of the harness that nobody trusts.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from harness import elliptic, jose
from harness.mutations import edits

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.jose import Draft


def hashed_with_elliptic_key(draft: Draft, form: str) -> Draft:
    """Signed with HMAC and the bytes of an elliptic public key."""
    return edits.hashed_as(draft, elliptic.public_bytes(form))


def on_curve(draft: Draft, alg: str, curve: str) -> Draft:
    """Signed with a key of this curve under an `alg` that is of another one."""
    named = edits.set_header(draft, "alg", alg)
    key = elliptic.stranger_key(curve)
    pair = elliptic.strangers(named.signing_input(), curve, int(alg[2:]))
    return replace(named, signature=elliptic.joined(*pair, (key.key_size + 7) // 8))


def reshaped(draft: Draft, how: str) -> Draft:
    """Signed ES256 by the stranger's key, R and S then written as `how` says."""
    named = edits.set_header(draft, "alg", "ES256")
    r, s = elliptic.strangers(named.signing_input())
    true = elliptic.joined(r, s)
    shapes = {
        "true": true,
        "leading": b"\0" + true,
        "trailing": true + b"\0",
        "wide": elliptic.joined(r, s, 33),
        "r-beyond": elliptic.joined(r + elliptic.ORDER, s, 33),
        "s-beyond": elliptic.joined(r, s + elliptic.ORDER, 33),
        "long": true + bytes(448),
        "other-half": elliptic.joined(r, elliptic.ORDER - s),
    }
    return replace(named, signature=shapes[how])


def numbers(draft: Draft, r: int, s: int) -> Draft:
    """`alg` says ES256, over these two numbers."""
    return edits.elliptic(draft, elliptic.joined(r, s))


def with_kid(draft: Draft, kid: str, how: str) -> Draft:
    """A key id, and a true signature of the stranger's key of this kind: `rsa`, `ec` or `hmac`."""
    named = edits.set_header(draft, "kid", kid)
    if how == "rsa":
        return edits.signed_as(named, "all")
    return reshaped(named, "true") if how == "ec" else edits.hashed_as(named, 32 * b"k")


def weak_key(draft: Draft, how: str) -> Draft:
    """A weak RSA key in the header, and a signature that it takes: `one`, `three` or `small`.

    e = 1 leaves the padded digest as it is; under e = 3 a cube root is forged without any key, for
    readers that do not look behind the digest (Bleichenbacher, 2006); 1024 bits are too few.
    """
    n = jose.stranger_key().public_key().public_numbers().n
    key = {"one": (n, 1), "three": (n, 3), "small": (_P * _Q, 65537)}[how]
    shown = edits.set_header(draft, "jwk", rsa_jwk(*key))
    return replace(shown, signature=_SIGNED[how](shown.signing_input()))


def huge_key(draft: Draft, bits: int) -> Draft:
    """A modulus of so many bits in the header, over a signature of nobody."""
    return edits.set_header(draft, "jwk", rsa_jwk((1 << bits) - 1, 65537))


def rsa_jwk(n: int, e: int) -> dict[str, str]:
    """The public key as a JWK (RFC 7518 section 6.3.1)."""
    members = {"n": n, "e": e}
    return {"kty": "RSA"} | {
        name: jose.b64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))
        for name, number in members.items()
    }


@lru_cache(maxsize=64)
def cube_root(covered: bytes) -> bytes:
    """A number whose cube begins with the padded digest, shortly padded; the rest is anything."""
    start = jose.encoded_message(covered, 62)
    target = int.from_bytes(start, "big") << (8 * (256 - len(start)))
    root = 1 << (target.bit_length() // 3 + 1)
    while (nearer := (2 * root + target // (root * root)) // 3) < root:  # Newton's, from above
        root = nearer
    return (root + 1).to_bytes(256, "big")


@lru_cache(maxsize=64)
def _by_small_key(covered: bytes) -> bytes:
    padded = int.from_bytes(jose.encoded_message(covered, 128), "big")
    by_p, by_q = (pow(padded, pow(65537, -1, prime - 1), prime) for prime in (_P, _Q))
    # of the two halves the whole (RFC 8017 section 5.1.2)
    return (by_q + _Q * ((by_p - by_q) * pow(_Q, -1, _P) % _P)).to_bytes(128, "big")


_SIGNED: dict[str, Callable[[bytes], bytes]] = {
    "one": jose.encoded_message,
    "three": cube_root,
    "small": _by_small_key,
}

_P = int(
    "f86c47b6cef1f891f01ac072d8009c8b19938c60c4bb7523d6d0b0f7de586706"
    "9b14aab49adbcb0500bc2717803d82cd7957b87235a85b906ea79e67f9cec86b",
    16,
)
_Q = int(
    "ee95ac9688813b6b1c2048d83db3bc33b882f06f1f4a67cbf1df53ae874c0863"
    "ff679afb4d4f9b54f09bf229571955226fcfa41dce78eb63bbb8b55fb4686849",
    16,
)
"""The primes of a key that is too small (RFC 7518 section 3.3: 2048 bits or more)."""
