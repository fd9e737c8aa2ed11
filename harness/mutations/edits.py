"""Edits of a draft: its header, claims, bytes and signature, out of which mutations are made.

Each takes a draft and gives one. Offsets are fractions of the length, so that an edit means the
same for every token.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from harness import jose
from harness.jose import Raw

if TYPE_CHECKING:
    from harness.jose import Draft, Pairs

# --- header and claims ---------------------------------------------------------------------


def set_header(draft: Draft, name: str, value: object) -> Draft:
    """One header member of that name, with that value."""
    return jose.edited_header(draft, jose.having(draft.header, name, value))


def drop_header(draft: Draft, name: str) -> Draft:
    """No header member of that name."""
    return jose.edited_header(draft, jose.without(draft.header, name))


def set_headers(draft: Draft, *members: tuple[str, object]) -> Draft:
    """Several header members with these values."""
    for name, value in members:
        draft = set_header(draft, name, value)
    return draft


def rename_header(draft: Draft, old: str, new: str) -> Draft:
    """The header member under another name."""
    renamed = tuple((new if name == old else name, value) for name, value in draft.header)
    return jose.edited_header(draft, renamed)


def last_header(draft: Draft, name: str, value: object) -> Draft:
    """One more header member, behind the others, though the name may stand there already."""
    return jose.edited_header(draft, (*draft.header, (name, value)))


def repeat_header(draft: Draft, name: str, first: object, last: object) -> Draft:
    """The header member twice: before all others and behind them."""
    others = jose.without(draft.header, name)
    return jose.edited_header(draft, ((name, first), *others, (name, last)))


def set_claim(draft: Draft, name: str, value: object) -> Draft:
    """One claim of that name, with that value."""
    return jose.edited_claims(draft, jose.having(draft.claims, name, value))


def drop_claim(draft: Draft, name: str) -> Draft:
    """No claim of that name."""
    return jose.edited_claims(draft, jose.without(draft.claims, name))


def rename_claim(draft: Draft, old: str, new: str) -> Draft:
    """The claim under another name."""
    renamed = tuple((new if name == old else name, value) for name, value in draft.claims)
    return jose.edited_claims(draft, renamed)


def last_claim(draft: Draft, name: str, value: object) -> Draft:
    """One more claim, behind the others, though the name may stand there already."""
    return jose.edited_claims(draft, (*draft.claims, (name, value)))


def two_claims(draft: Draft, *members: tuple[str, object]) -> Draft:
    """These claims behind the others, which lose any of these names."""
    names = {name for name, _ in members}
    others = tuple(member for member in draft.claims if member[0] not in names)
    return jose.edited_claims(draft, (*others, *members))


def good_last(draft: Draft, name: str, stray: object) -> Draft:
    """The claim twice: astray before all others, as it was behind them."""
    good = dict(draft.claims).get(name)
    others = jose.without(draft.claims, name)
    return jose.edited_claims(draft, ((name, stray), *others, (name, good)))


def bad_last(draft: Draft, name: str, stray: object) -> Draft:
    """The claim twice: as it was, and astray behind all others."""
    return jose.edited_claims(draft, (*draft.claims, (name, stray)))


def change_claim(draft: Draft, name: str, how: str) -> Draft:
    """The claim's text formatted into `how`, where `{}` stands for it, `{upper}` for upper case."""
    text = str(dict(draft.claims).get(name))
    return set_claim(draft, name, how.format(text, upper=text.upper(), bare=text.replace("-", "")))


def other_region(draft: Draft) -> Draft:
    """`authUrl` in another region of PingOne than `aud`."""
    here = str(dict(draft.claims).get("aud")).endswith(".eu")
    return set_claim(draft, "authUrl", f"https://auth.pingone.{'ca' if here else 'eu'}")


def only_claims(draft: Draft, *members: tuple[str, object]) -> Draft:
    """These claims and no others."""
    return jose.edited_claims(draft, members)


# --- bytes of header and payload -----------------------------------------------------------


def header_is(draft: Draft, data: bytes) -> Draft:
    """These bytes instead of the header."""
    return replace(draft, header_bytes=data, signature=None)


def payload_is(draft: Draft, data: bytes) -> Draft:
    """These bytes instead of the payload."""
    return replace(draft, payload_bytes=data, signature=None)


def header_with(draft: Draft, before: bytes = b"", after: bytes = b"") -> Draft:
    """The header between other bytes."""
    return header_is(draft, before + draft.header_json() + after)


def payload_with(draft: Draft, before: bytes = b"", after: bytes = b"") -> Draft:
    """The payload between other bytes."""
    return payload_is(draft, before + draft.payload_json() + after)


def header_swap(draft: Draft, old: bytes, new: bytes) -> Draft:
    """The header with some bytes exchanged wherever they stand."""
    return header_is(draft, draft.header_json().replace(old, new))


def payload_swap(draft: Draft, old: bytes, new: bytes) -> Draft:
    """The payload with some bytes exchanged wherever they stand."""
    return payload_is(draft, draft.payload_json().replace(old, new))


def payload_in(draft: Draft, encoding: str) -> Draft:
    """The payload in another character encoding than UTF-8."""
    return payload_is(draft, draft.payload_json().decode("utf-8", "replace").encode(encoding))


def header_cut(draft: Draft, part: float) -> Draft:
    """The first part of the header's bytes, at least one byte short."""
    data = draft.header_json()
    return header_is(draft, data[: min(len(data) - 1, max(1, int(len(data) * part)))])


def payload_cut(draft: Draft, part: float) -> Draft:
    """The first part of the payload's bytes, at least one byte short."""
    data = draft.payload_json()
    return payload_is(draft, data[: min(len(data) - 1, max(1, int(len(data) * part)))])


def header_spread(draft: Draft) -> Draft:
    """The same header in other words: members turned round, white space, escapes."""
    return header_is(draft, _spread(draft.header, "\n ").replace(b"alg", b"\\u0061lg"))


def payload_spread(draft: Draft) -> Draft:
    """The same claims in other words: members turned round, white space, escaped slashes."""
    return payload_is(draft, _spread(draft.claims, "\t\r\n").replace(b"/", b"\\/"))


def _spread(members: Pairs, space: str) -> bytes:
    turned = [
        f"{space}{jose.json_text(name)} : {jose.json_text(value)}"
        for name, value in reversed(dict(members).items())
    ]
    return f" {{{','.join(turned)}{space}}} ".encode("utf-8", "surrogatepass")


def payload_is_token(draft: Draft) -> Draft:
    """The token itself as the payload of a token."""
    return payload_is(draft, draft.compact().encode())


# --- signature -----------------------------------------------------------------------------


def kept(draft: Draft, part: str, name: str, value: object) -> Draft:
    """A changed member of the header or the claims under the old signature."""
    edit = set_header if part == "header" else set_claim
    return replace(edit(draft, name, value), signature=_old(draft))


def respelled(draft: Draft) -> Draft:
    """The same header in other words under the old signature."""
    return replace(header_spread(draft), signature=_old(draft))


def _old(draft: Draft) -> bytes:
    """The signature that the draft was read with; nobody's where an earlier edit has dropped it."""
    old = draft.signature
    return jose.nobody(draft.signing_input()) if old is None else old


def signature_is(draft: Draft, data: bytes) -> Draft:
    """These bytes instead of the signature."""
    return replace(draft, signature=data)


def signature_bit(draft: Draft, part: float, bit: int) -> Draft:
    """The old signature with one bit turned."""
    data = bytearray(draft.signature or b"\0")
    data[min(int(len(data) * part), len(data) - 1)] ^= 1 << bit
    return replace(draft, signature=bytes(data))


def signature_length(draft: Draft, change: int) -> Draft:
    """The old signature longer by some zero bytes, or shorter."""
    data = draft.signature or b""
    return replace(draft, signature=data + b"\0" * change if change > 0 else data[:change])


def signed_as(draft: Draft, what: str) -> Draft:
    """Signed by the stranger's key: all, the decoded bytes, the header or the payload only."""
    covered = {
        "all": draft.signing_input(),
        "decoded": draft.header_json() + b"." + draft.payload_json(),
        "header": draft.signing_input().split(b".")[0],
        "payload": draft.signing_input().split(b".")[1],
    }[what]
    return replace(draft, signature=jose.stranger(covered))


def hashed_as(draft: Draft, secret: bytes) -> Draft:
    """Signed with HMAC and a guessed secret (RFC 7518 section 3.2)."""
    hashed = set_header(draft, "alg", "HS256")
    return replace(hashed, signature=jose.hmac_signer(secret)(hashed.signing_input()))


def hashed_with_public_key(draft: Draft, form: str) -> Draft:
    """Signed with HMAC and the bytes of a public key, which is the stranger's."""
    return hashed_as(draft, _public_bytes(form))


@cache
def _public_bytes(form: str) -> bytes:
    return jose.public_bytes(jose.stranger_key().public_key(), form)


def signed_otherwise(draft: Draft, how: str) -> Draft:
    """Signed by the stranger's key with another padding or hash than the header names."""
    return replace(draft, signature=_otherwise(how, draft.signing_input()))


@lru_cache(maxsize=64)
def _otherwise(how: str, covered: bytes) -> bytes:
    return jose.other_signer(jose.stranger_key(), how)(covered)


def elliptic(draft: Draft, signature: bytes) -> Draft:
    """`alg` says ES256, over these bytes."""
    return replace(set_header(draft, "alg", "ES256"), signature=signature)


def bare_padding(draft: Draft) -> Draft:
    """The encoded message itself as the signature: PKCS #1 v1.5, which e = 1 would leave as is."""
    return replace(draft, signature=jose.encoded_message(draft.signing_input()))


def unsecured(draft: Draft, alg: str) -> Draft:
    """`alg` says that there is no signature, and there is none (RFC 7518 section 3.6)."""
    return replace(set_header(draft, "alg", alg), signature=b"")


def own_key(draft: Draft, kid: str = "own") -> Draft:
    """Signed by the stranger's key, whose public half is in the header (RFC 7515 section 4.1.3)."""
    numbers = jose.stranger_key().public_key().public_numbers()
    jwk = {
        "kty": "RSA",
        "kid": kid,
        "n": jose.b64url(numbers.n.to_bytes(256, "big")),
        "e": jose.b64url(numbers.e.to_bytes(3, "big")),
    }
    return signed_as(set_header(draft, "jwk", jwk), "all")


LONG_NUMBER = Raw("9" * 5000)
"""A number that is longer than most readers read."""


def nested(depth: int) -> Raw:
    """An array in an array, and so on."""
    return Raw("[" * depth + "]" * depth)
