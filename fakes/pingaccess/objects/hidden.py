"""Hidden fields: secrets as the product keeps and shows them.

The form is observed in the vendor's exports and in a client's test data: the prefix, then a compact
JWE with alg dir and enc A128CBC-HS256 whose kid names the host key (RFC 7516, RFC 7518 5.2.3).
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from fakes.pingaccess.decisions.parts import CORRECT_PARTS

if TYPE_CHECKING:
    from fakes.pingaccess.decisions.parts import PartsBehaviour


class HiddenFields:
    """Seals and opens secrets with the host key that a seed stands for (`pa.jwk` of the product).

    The same text gives the same ciphertext, so that a run can be repeated; the real product draws
    its initialisation vectors.
    """

    def __init__(
        self, seed: int, behaviour: PartsBehaviour = CORRECT_PARTS, key: bytes | None = None
    ) -> None:
        """`key` in place of the host key: 32 bytes."""
        self._key = key or sha256(f"{seed}/host-key".encode()).digest()
        self._seed = seed
        kid = _b64(sha256(self._key).digest()[:12])
        self._header = _b64(f'{{"alg":"dir","enc":"A128CBC-HS256","kid":"{kid}"}}'.encode())
        self._behaviour = behaviour

    def seal(self, text: str) -> str:
        """`text` as ciphertext of this host, prefix included."""
        sealed = _sealed if len(text) <= _REMEMBERED else _sealed.__wrapped__
        return self._behaviour.hidden_prefix + sealed(self._key, self._header, text)

    def open(self, sealed: object) -> str | None:
        """The text; None where `sealed` was not sealed by this host, or was changed since."""
        prefix = self._behaviour.hidden_prefix
        if not isinstance(sealed, str) or not sealed.startswith(prefix) or not sealed.isascii():
            return None
        parts = sealed.removeprefix(prefix).split(".")
        if len(parts) != 5 or parts[0] != self._header or parts[1]:
            return None
        iv, body, tag = (_unb64(part) for part in parts[2:])
        if iv is None or body is None or tag is None:
            return None
        if self._behaviour.hidden_tag_checked and not hmac.compare_digest(
            tag, _tag(self._key, self._header, iv, body)
        ):
            return None
        return _decrypted(self._key, iv, body)

    def bound_to(self, nonce: str) -> HiddenFields:
        """Another, whose key comes from this one and the nonce (admin API 7.3, KeySet.nonce)."""
        key = hmac.digest(self._key, nonce.encode("utf-8", "surrogatepass"), "sha256")
        return HiddenFields(self._seed, self._behaviour, key)

    def nonce_of(self, text: str) -> str:
        """A nonce for `text` that tells nothing of it: 16 bytes, base64url."""
        return _b64(hmac.digest(self._key, b"nonce/" + text.encode(), "sha256")[:16])

    def shown(self, text: str) -> dict[str, str]:
        """The field as an answer shows it: SPEC HiddenField without its value."""
        return {"encryptedValue": self.seal(text)}


def is_hidden(value: object) -> bool:
    """Whether `value` has the shape of a HiddenField: no members but value and encryptedValue."""
    return isinstance(value, dict) and bool(value) and value.keys() <= _MEMBERS


_MEMBERS = {"value", "encryptedValue"}
_REMEMBERED = 65_536
"""The longest text whose ciphertext is remembered: every credential, and no archive."""


@lru_cache(maxsize=4096)
def _sealed(key: bytes, header: str, text: str) -> str:
    from cryptography.hazmat.primitives.ciphers import (  # noqa: PLC0415 - 10 ms, if ever
        Cipher,
        algorithms,
        modes,
    )

    plain = text.encode("utf-8", "surrogatepass")
    iv = hmac.digest(key, plain, "sha256")[:16]
    encryptor = Cipher(algorithms.AES(key[16:]), modes.CBC(iv)).encryptor()
    short = 16 - len(plain) % 16
    body = encryptor.update(plain + bytes([short]) * short) + encryptor.finalize()
    return f"{header}..{_b64(iv)}.{_b64(body)}.{_b64(_tag(key, header, iv, body))}"


def _decrypted(key: bytes, iv: bytes, body: bytes) -> str | None:
    from cryptography.hazmat.primitives.ciphers import (  # noqa: PLC0415 - 10 ms, if ever
        Cipher,
        algorithms,
        modes,
    )

    if len(iv) != 16 or not body or len(body) % 16:
        return None
    decryptor = Cipher(algorithms.AES(key[16:]), modes.CBC(iv)).decryptor()
    padded = decryptor.update(body) + decryptor.finalize()
    short = padded[-1]
    if not 1 <= short <= 16 or padded[-short:] != bytes([short]) * short:
        return None
    try:
        return padded[:-short].decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None


def _tag(key: bytes, header: str, iv: bytes, body: bytes) -> bytes:
    """RFC 7518 section 5.2.2.1: HMAC over additional data, vector, ciphertext and AL, halved."""
    signed = header.encode() + iv + body + (len(header) * 8).to_bytes(8, "big")
    return hmac.digest(key[:16], signed, "sha256")[:16]


def _b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _unb64(text: str) -> bytes | None:
    """The bytes; None unless `text` is the one base64url form of them."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    return raw if _b64(raw) == text else None
