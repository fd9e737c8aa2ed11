"""Keys from a seed. RSA: made once, kept in the user's cache folder, never in the project."""

from __future__ import annotations

import os
import random
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

BITS = 2048
_EXPONENT = 65537


@lru_cache(maxsize=64)
def rsa_key(seed: int, name: str, bits: int = BITS) -> RSAPrivateKey:
    """The RSA key that `seed`, `name` and `bits` stand for; the same on every machine.

    It protects nothing: whoever has this module and the seed has the key. Making one takes about a
    third of a second at 2048 bits and several at 4096, so the primes are kept in
    `$XDG_CACHE_HOME/paconform` where that is writable.
    """
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 - 10 ms, if ever

    p, q = _primes(seed, name, bits)
    d = pow(_EXPONENT, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=d,
        dmp1=rsa.rsa_crt_dmp1(d, p),
        dmq1=rsa.rsa_crt_dmq1(d, q),
        iqmp=rsa.rsa_crt_iqmp(p, q),
        public_numbers=rsa.RSAPublicNumbers(_EXPONENT, p * q),
    )
    return numbers.private_key(unsafe_skip_rsa_key_validation=True)


@lru_cache(maxsize=64)
def ec_key(seed: int, name: str, bits: int = 256) -> EllipticCurvePrivateKey:
    """The key on the NIST curve of that size that `seed` and `name` stand for."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - 10 ms, if ever

    curves = {256: ec.SECP256R1(), 384: ec.SECP384R1(), 521: ec.SECP521R1()}
    source = random.Random(f"{seed}/ec/{name}")  # noqa: S311 - reproducible on purpose
    return ec.derive_private_key(source.getrandbits(bits - 6) + 1, curves[bits])


def _primes(seed: int, name: str, bits: int) -> tuple[int, int]:
    path = _cache_folder() / f"rsa-{bits}-{seed}-{name}.txt"
    with suppress(OSError, ValueError):
        p, q = (int(line, 16) for line in path.read_text("ascii").split())
        if (p * q).bit_length() == bits:
            return p, q
    source = random.Random(f"{seed}/rsa/{name}")  # noqa: S311 - reproducible on purpose
    p, q = _prime(source, bits // 2), _prime(source, bits // 2)
    with suppress(OSError):  # a cache that cannot be written only costs time
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_text(f"{p:x}\n{q:x}\n", "ascii")
        part.replace(path)
    return p, q


def _cache_folder() -> Path:
    root = os.environ.get("XDG_CACHE_HOME")
    with suppress(RuntimeError):  # no HOME at all
        return (Path(root) if root else Path.home() / ".cache") / "paconform"
    return Path(os.devnull) / "paconform"


def _prime(source: random.Random, bits: int) -> int:
    """A prime of so many bits, its two top bits set so that a product of two has all of them."""
    while True:
        candidate = source.getrandbits(bits) | 3 << bits - 2 | 1
        if (candidate - 1) % _EXPONENT and _is_prime(candidate, source):
            return candidate


def _is_prime(n: int, source: random.Random) -> bool:
    """Miller-Rabin, after division by small primes (HAC section 4.2; 8 rounds at 1024 bits)."""
    if any(n % small == 0 for small in _small_primes()):
        return False
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(_passes(n, source.randrange(2, n - 1), odd, twos) for _ in range(8))


def _passes(n: int, base: int, odd: int, twos: int) -> bool:
    x = pow(base, odd, n)
    if x in (1, n - 1):
        return True
    for _ in range(twos - 1):
        x = x * x % n
        if x == n - 1:
            return True
    return False


@lru_cache(maxsize=1)
def _small_primes() -> tuple[int, ...]:
    sieve = bytearray([1]) * 4000
    for n in range(2, 64):
        if sieve[n]:
            sieve[n * n :: n] = bytes(len(range(n * n, 4000, n)))
    return tuple(n for n in range(2, 4000) if sieve[n])
