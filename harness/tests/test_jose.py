"""What is written is what was asked for, byte for byte."""

from __future__ import annotations

import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from harness import elliptic, jose
from harness.jose import Draft, Raw
from harness.mutations import keys
from harness.tests.tokens import CREDENTIAL, ISSUER, ISSUER_KEY, vectors


def test_a_token_that_is_read_and_not_touched_is_written_back_letter_for_letter() -> None:
    assert jose.read(CREDENTIAL).compact() == CREDENTIAL


def test_a_name_can_stand_twice() -> None:
    draft = Draft(header=(("alg", "none"), ("alg", "RS256")))

    assert draft.header_json() == b'{"alg":"none","alg":"RS256"}'


def test_raw_text_stands_as_it_is() -> None:
    assert jose.written((("x", Raw("NaN")), ("y", "\ud800"))) == b'{"x":NaN,"y":"\xed\xa0\x80"}'


def test_bytes_replace_header_and_payload() -> None:
    assert Draft(header_bytes=b"\xff", payload_bytes=b"", signature=b"x").compact() == "_w..eA"


def test_an_edit_drops_the_old_bytes_and_the_old_signature() -> None:
    edited = jose.edited_claims(jose.read(CREDENTIAL), (("iss", "x"),))

    assert edited.payload_json() == b'{"iss":"x"}'
    assert edited.compact().endswith(".")


def test_hs256_is_what_a_library_verifies() -> None:
    token = Draft(header=(("alg", "HS256"),), claims=(("a", 1),)).compact(
        jose.hmac_signer(b"k" * 32)
    )

    assert jwt.decode(token, b"k" * 32, algorithms=["HS256"]) == {"a": 1}


def test_rs256_is_what_a_library_verifies() -> None:
    token = Draft(header=(("alg", "RS256"),), claims=(("a", 1),)).compact(ISSUER)

    assert jwt.decode(token, ISSUER_KEY.public_key(), algorithms=["RS256"]) == {"a": 1}


def test_the_strangers_signature_is_the_same_in_every_run_and_true() -> None:
    token = Draft(header=(("alg", "RS256"),), claims=(("a", 1),)).compact(jose.stranger)

    assert jwt.decode(token, jose.stranger_key().public_key(), algorithms=["RS256"]) == {"a": 1}
    assert jose.stranger(b"x") == jose.stranger(b"x")


def test_nobodys_signature_has_the_size_of_rs256_and_depends_on_the_input() -> None:
    assert len(jose.nobody(b"x")) == len(ISSUER(b"x"))
    assert jose.nobody(b"x") != jose.nobody(b"y")


def test_pairs_keep_duplicates_and_order() -> None:
    assert jose.pairs(b'{"b":1,"a":[{"c":2}],"b":3}') == (("b", 1), ("a", [{"c": 2}]), ("b", 3))


def test_having_changes_in_place_and_adds_behind() -> None:
    members = (("a", 1), ("b", 2))

    assert jose.having(members, "a", 3) == (("a", 3), ("b", 2))
    assert jose.having(members, "c", 3) == (("a", 1), ("b", 2), ("c", 3))
    assert jose.without(members, "a") == (("b", 2),)


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "W10.W10.", "!.!.!"])
def test_what_is_no_token_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any ValueError: the caller only has the token
        jose.read(text)


def test_what_is_nested_too_deep_is_not_read() -> None:
    deep = Draft(header=(("a", Raw("[" * 100_000 + "]" * 100_000)),), payload_bytes=b"{}")

    with pytest.raises(ValueError, match="deeper"):
        jose.read(deep.compact())


@pytest.mark.parametrize("data", [b"", b"\xff", b"\xfb\xff", b"abcd"])
def test_base64url_has_no_padding_and_comes_back(data: bytes) -> None:
    assert "=" not in jose.b64url(data)
    assert jose.unb64url(jose.b64url(data)) == data


def test_an_untouched_draft_holds_the_members() -> None:
    assert dict(jose.read(CREDENTIAL).header) == json.loads(jose.read(CREDENTIAL).header_json())


@pytest.mark.parametrize(("how", "bits"), [("one", 2048), ("three", 2048), ("small", 1024)])
def test_a_weak_key_takes_the_signature_that_is_made_for_it(how: str, bits: int) -> None:
    """Under e = 3 the cube begins as the padded digest does, for readers that look no further."""
    draft = keys.weak_key(jose.read(CREDENTIAL), how)
    jwk = dict(draft.header)["jwk"]
    n, e = (int.from_bytes(jose.unb64url(jwk[name]), "big") for name in ("n", "e"))

    opened = pow(int.from_bytes(draft.signature or b"", "big"), e, n).to_bytes(bits // 8, "big")

    padded = jose.encoded_message(draft.signing_input(), 62 if how == "three" else bits // 8)
    assert n.bit_length() == bits
    assert opened.startswith(padded)


@pytest.mark.parametrize("how", ["true", "other-half"])
def test_both_halves_of_an_elliptic_signature_are_true(how: str) -> None:
    token = keys.reshaped(jose.read(CREDENTIAL), how).compact()

    read = jwt.decode(
        token,
        elliptic.stranger_key().public_key(),
        algorithms=["ES256"],
        options={"verify_aud": False},
    )

    assert read["gatewayType"] == "PING_FEDERATE"


# --- public vectors, where they are beside the project ---------------------------------------


def _cookbook(name: str) -> tuple[dict[str, Any], Draft, str]:
    """Key, draft and result of one worked example of RFC 7520."""
    example = vectors(f"ietf-jose-cookbook/jws/{name}.json")
    header, payload, _ = str(example["output"]["compact"]).split(".")
    draft = Draft(header_bytes=jose.unb64url(header), payload_bytes=jose.unb64url(payload))
    return example["input"]["key"], draft, example["output"]["compact"]


def test_hs256_is_what_the_jose_cookbook_writes() -> None:
    jwk, draft, compact = _cookbook("4_4.hmac-sha2_integrity_protection")

    assert draft.compact(jose.hmac_signer(jose.unb64url(jwk["k"]))) == compact


def test_rs256_is_what_the_jose_cookbook_writes() -> None:
    jwk, draft, compact = _cookbook("4_1.rsa_v15_signature")
    key = jwt.algorithms.RSAAlgorithm.from_jwk(jwk)

    assert isinstance(key, RSAPrivateKey)
    assert draft.compact(jose.rs256_signer(key)) == compact


def test_naughty_strings_come_back_from_a_token() -> None:
    for text in vectors("blns/blns.json"):
        draft = Draft(header=(("alg", "none"), ("kid", text)), claims=((text, text),))
        assert jose.read(draft.compact()).header == draft.header
        assert jose.read(draft.compact()).claims == draft.claims
