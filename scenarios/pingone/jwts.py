"""Reading and spoiling the tokens that PingOne writes."""

from collections.abc import Callable
from typing import Any

import jwt

from harness import jose
from harness.checks import expect_equal, expect_that
from harness.jose import Draft
from harness.product import PingOne
from scenarios.pingone.resource import json_object


def read(text: object) -> Draft:
    """The draft of a compact JWS; a text that is none is the product's fault."""
    try:
        return jose.read(str(text))
    except ValueError:
        expect_that(False, "a JWT of three base64url parts", type(text).__name__)
        raise


def claims(text: object) -> dict[str, Any]:
    """The claims of a JWT, unverified."""
    return dict(read(text).claims)


def header(text: object) -> dict[str, Any]:
    """The header of a JWT, unverified."""
    return dict(read(text).header)


def expect_verified(pingone: PingOne, text: str) -> None:
    """Holds when the published key that the token names verifies its RS256 signature.

    Source: RFC 7517 sections 4 and 5, RFC 7515 section 5.2.
    """
    key_id = header(text).get("kid")
    keys = json_object(pingone.api.jwks(), 200)["keys"]
    named = [key for key in keys if key.get("kid") == key_id]
    expect_equal(len(named), 1, f"keys named {key_id}")
    expect_equal(named[0].get("kty"), "RSA", "kty")
    expect_equal(sorted({"d", "p", "q"} & set(named[0])), [], "private members of the key")
    try:
        jwt.PyJWS().decode(text, jwt.PyJWK(named[0]).key, algorithms=["RS256"])
    except jwt.PyJWTError as error:
        expect_that(False, "a signature by the published key", error)


def with_claim(name: str, value: object) -> Callable[[str], str]:
    """A token with another claim under its old signature."""

    def spoil(text: str) -> str:
        old = jose.read(text)
        new = jose.edited_claims(old, jose.having(old.claims, name, value))
        return new.compact(lambda _: old.signature or b"")

    return spoil


def unsigned(text: str) -> str:
    """The token with alg none and no signature (RFC 7519 section 6)."""
    old = jose.read(text)
    return jose.edited_header(old, jose.having(old.header, "alg", "none")).compact()


def cut_signature(text: str) -> str:
    """The token without the last byte of its signature."""
    old = jose.read(text).signature or b""
    return f"{text.rpartition('.')[0]}.{jose.b64url(old[:-1])}"


def flipped_signature(text: str) -> str:
    """The token with one bit of its signature changed."""
    old = jose.read(text).signature or b"\0"
    return f"{text.rpartition('.')[0]}.{jose.b64url(bytes([old[0] ^ 1]) + old[1:])}"


def signed_by_a_stranger(text: str) -> str:
    """The same header and claims under the true signature of a key that nobody trusts."""
    return jose.read(text).unsigned().compact(jose.stranger)
