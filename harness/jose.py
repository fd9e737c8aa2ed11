"""Any bytes as a compact JWS: writes what it is told, checks nothing, uses no JOSE library.

Every library refuses to write most of the tokens that a product must refuse, so they are written by
hand. Usable alone:

>>> draft = Draft(header=(("alg", "none"), ("alg", "HS256")), claims=(("iss", "x"),))
>>> draft.compact()
'eyJhbGciOiJub25lIiwiYWxnIjoiSFMyNTYifQ.eyJpc3MiOiJ4In0.'

Source: RFC 7515 section 7.1 (compact serialization), RFC 7518 section 3 (signatures), RFC 7519.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

Pairs: TypeAlias = tuple[tuple[str, Any], ...]
"""Members of a JSON object in written order; a name may stand twice."""

Signer: TypeAlias = Callable[[bytes], bytes]
"""From a signing input (header, dot, payload, as ASCII) to the signature's bytes."""


@dataclass(frozen=True, slots=True)
class Raw:
    """JSON text written as it stands: for values that no JSON writer would write."""

    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A compact JWS before it is written.

    `header_bytes` and `payload_bytes` replace what the pairs would give. `signature` is kept when
    given; otherwise `compact` asks the signer; with neither, the signature is empty.
    """

    header: Pairs = ()
    claims: Pairs = ()
    header_bytes: bytes | None = None
    payload_bytes: bytes | None = None
    signature: bytes | None = None

    def header_json(self) -> bytes:
        """The header as it will be encoded."""
        return written(self.header) if self.header_bytes is None else self.header_bytes

    def payload_json(self) -> bytes:
        """The payload as it will be encoded."""
        return written(self.claims) if self.payload_bytes is None else self.payload_bytes

    def signing_input(self) -> bytes:
        """What a signature covers (RFC 7515 section 5.1, step 5)."""
        return f"{b64url(self.header_json())}.{b64url(self.payload_json())}".encode("ascii")

    def compact(self, signer: Signer | None = None) -> str:
        """The three parts, joined with dots."""
        covered = self.signing_input()
        signature = self.signature
        if signature is None:
            signature = b"" if signer is None else signer(covered)
        return f"{covered.decode('ascii')}.{b64url(signature)}"

    def unsigned(self) -> Draft:
        """The same draft, to be signed anew."""
        return replace(self, signature=None)


def read(token: str) -> Draft:
    """The draft that a well-formed compact JWS was written from; ValueError for anything else.

    The bytes of header and payload are kept, so that an untouched draft is written back letter for
    letter; an edit of the pairs must drop them (`edited_header`, `edited_claims`).
    """
    header, payload, signature = token.split(".")
    header_bytes, payload_bytes = unb64url(header), unb64url(payload)
    return Draft(
        header=pairs(header_bytes),
        claims=pairs(payload_bytes),
        header_bytes=header_bytes,
        payload_bytes=payload_bytes,
        signature=unb64url(signature),
    )


def edited_header(draft: Draft, header: Pairs) -> Draft:
    """The draft with another header, to be signed anew."""
    return Draft(header, draft.claims, None, draft.payload_bytes)


def edited_claims(draft: Draft, claims: Pairs) -> Draft:
    """The draft with other claims, to be signed anew."""
    return Draft(draft.header, claims, draft.header_bytes)


def pairs(text: bytes) -> Pairs:
    """The members of a JSON object as written, duplicates kept; nested objects become dicts.

    ValueError for any other text.
    """
    try:
        members = json.loads(text, object_pairs_hook=_Members)
    except RecursionError:
        raise ValueError("nested deeper than Python reads") from None
    if not isinstance(members, _Members):
        raise ValueError("a JSON object is needed")  # noqa: TRY004 - a value, not an argument's type
    return tuple((name, _plain(value)) for name, value in members)


def written(members: Pairs) -> bytes:
    """The pairs as a JSON object without insignificant white space, in UTF-8."""
    inner = ",".join(
        [
            _member(name, value)
            if type(value) is str or type(value) is int
            else f"{encode_basestring(name)}:{json_text(value)}"
            for name, value in members
        ]
    )
    return f"{{{inner}}}".encode("utf-8", "surrogatepass")


@lru_cache(maxsize=256, typed=True)
def _member(name: str, value: str | int) -> str:
    return f"{encode_basestring(name)}:{json_text(value)}"


def json_text(value: object) -> str:
    """The value as JSON without insignificant white space; `Raw` as it stands."""
    if type(value) is str:
        return encode_basestring(value)
    return value.text if isinstance(value, Raw) else _JSON.encode(value)


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Made once: a new one costs as much as what it writes."""


def without(members: Pairs, name: str) -> Pairs:
    """The pairs without any member of that name."""
    return tuple(member for member in members if member[0] != name)


def having(members: Pairs, name: str, value: object) -> Pairs:
    """The pairs with one member of that name: in its old place, or last."""
    if all(member[0] != name for member in members):
        return (*members, (name, value))
    return tuple((name, value) if member[0] == name else member for member in members)


def b64url(data: bytes) -> str:
    """Base64url without padding (RFC 7515 section 2)."""
    letters = binascii.b2a_base64(data, newline=False).rstrip(b"=")
    return letters.translate(_FOR_URLS).decode("ascii")


_FOR_URLS = bytes.maketrans(b"+/", b"-_")


def unb64url(text: str) -> bytes:
    """The bytes behind base64url without padding; ValueError when there are none."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def hmac_signer(key: bytes, name: str = "sha256") -> Signer:
    """HS256, or HS384 and HS512 by hash name (RFC 7518 section 3.2)."""
    return lambda covered: hmac.digest(key, covered, name)


def rs256_signer(key: RSAPrivateKey) -> Signer:
    """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3)."""
    from cryptography.hazmat.primitives.asymmetric.padding import (  # noqa: PLC0415 - 20 ms, when needed
        PKCS1v15,
    )
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - the same

    return lambda covered: key.sign(covered, PKCS1v15(), SHA256())


def other_signer(key: RSAPrivateKey, how: str) -> Signer:
    """What RS256 is not: `pss` with SHA-256, `sha384` with PKCS #1 v1.5 (RS384).

    PSS without a salt, so that the same input gives the same signature.
    """
    from cryptography.hazmat.primitives.asymmetric import (  # noqa: PLC0415 - 20 ms, when needed
        padding,
    )
    from cryptography.hazmat.primitives.hashes import (  # noqa: PLC0415 - the same
        SHA256,
        SHA384,
    )

    if how == "sha384":
        return lambda covered: key.sign(covered, padding.PKCS1v15(), SHA384())
    pss = padding.PSS(padding.MGF1(SHA256()), 0)
    return lambda covered: key.sign(covered, pss, SHA256())


def public_bytes(key: RSAPublicKey, form: str) -> bytes:
    """A public key as a secret of HMAC: `pem`, `pem-stripped`, `der` or `modulus`."""
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - 20 ms, when needed
        Encoding,
        PublicFormat,
    )

    if form == "modulus":
        return key.public_numbers().n.to_bytes(key.key_size // 8, "big")
    encoding = Encoding.DER if form == "der" else Encoding.PEM
    data = key.public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)
    return data.rstrip() if form == "pem-stripped" else data


_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""The prefix of a SHA-256 digest (RFC 8017 section 9.2, note 1)."""


def encoded_message(covered: bytes, size: int = 256) -> bytes:
    """What PKCS #1 v1.5 pads before the key is used (RFC 8017 section 9.2)."""
    tail = _DIGEST_INFO + hashlib.sha256(covered).digest()
    return b"\0\1" + (size - len(tail) - 3) * b"\xff" + b"\0" + tail


def nobody(covered: bytes) -> bytes:
    """Bytes of the size of an RS256 signature that no key made; the same for the same input."""
    return hashlib.shake_256(b"paconform" + covered).digest(256)


@cache
def stranger_key() -> RSAPrivateKey:
    """An RSA key of the harness that nobody trusts, the same in every run.

    Its primes stand here for everybody to see, so that tokens signed with it can be reproduced.
    """
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 - 20 ms, when needed

    p, q, e = STRANGER_PRIMES[0], STRANGER_PRIMES[1], 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=d,
        dmp1=rsa.rsa_crt_dmp1(d, p),
        dmq1=rsa.rsa_crt_dmq1(d, q),
        iqmp=rsa.rsa_crt_iqmp(p, q),
        public_numbers=rsa.RSAPublicNumbers(e, p * q),
    )
    return numbers.private_key(unsafe_skip_rsa_key_validation=True)


@lru_cache(maxsize=256)
def stranger(covered: bytes) -> bytes:
    """A true RS256 signature by a key that nobody trusts."""
    return rs256_signer(stranger_key())(covered)


class _Members(list[tuple[str, Any]]):
    """What a JSON object was, told apart from an array."""


def _plain(value: Any) -> Any:
    if isinstance(value, _Members):
        return {name: _plain(inner) for name, inner in value}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


STRANGER_PRIMES = (
    int(
        "fb78d202895e68fa2ec8814203f577f89593c52a33e93f2aa0716b105af700e2aad24c438f930a2a153ce69b"
        "e4a6ff917e2ccf9681207fa0d817030d78f8f18b5836176a30308ef26fa280274e4b3bba163d854ee78cc2ad"
        "706010a557191e624fd257973d6e8d55934c89fe627fed8eb7b9d56fcca9a22d16cf996b038e202b",
        16,
    ),
    int(
        "df3c2404dbb30cbd8775b4065ce218fe52875c374f1c00cab70000aa4d822886a83919386380ad3992557cf9"
        "fa7c50aab13a2a826c5a1140effb69b82587ea26a95e61e04bd6dea2d739e864832b86878db43e229b4e38db"
        "958634cb9d3c5a6992adae7b194e3ac86041aa5f20056385d4f8dd8427f2d42de77fa9ce0dde56b9",
        16,
    ),
)
"""The primes of the key that nobody trusts."""
