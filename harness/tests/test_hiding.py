"""A secret is found in every form and place in which it may get out, and nowhere else."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from html import escape
from urllib.parse import quote

import httpx
import pytest

from harness.hiding import shown_in
from harness.tests.tokens import CREDENTIAL

SECRET = 'p"a\\ss/w?rd~with>odd<letters'


def forms(secret: str) -> dict[str, str]:
    """The secret as it may be written."""
    raw = secret.encode()
    return {
        "plain": secret,
        "inside": f"the value {secret} is refused",
        "json": json.dumps({"value": secret}),
        "unicode escapes": "".join(f"\\u{ord(letter):04X}" for letter in secret),
        "percent": quote(secret, safe=""),
        "every letter in percent": "".join(f"%{byte:02x}" for byte in raw),
        "percent twice": quote(quote(secret, safe=""), safe=""),
        "html": escape(secret),
        "html in numbers": "".join(f"&#{ord(letter)};" for letter in secret),
        "utf-16": secret.encode("utf-16").decode("latin-1"),
        "hexadecimal": raw.hex(),
        "upper hexadecimal": f"0x{raw.hex().upper()}",
        "base64": b64encode(raw).decode(),
        "base64url without padding": urlsafe_b64encode(raw).decode().rstrip("="),
        "base64 after one more letter": b64encode(b"x" + raw).decode(),
        "base64 of a login": b64encode(b"user:" + raw).decode(),
        "base64 inside": "{" + b64encode(raw + b" and more").decode() + "}",
    }


@pytest.mark.parametrize("form", forms(SECRET))
@pytest.mark.parametrize("secret", [SECRET, CREDENTIAL], ids=["password", "credential"])
def test_every_form_in_a_body_is_found(secret: str, form: str) -> None:
    answer = httpx.Response(200, content=forms(secret)[form].encode("latin-1"))

    assert shown_in(answer, secret) == "the body"


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("after", range(4))
@pytest.mark.parametrize("length", [7, 8, 9])
def test_base64_is_found_wherever_the_secret_begins_in_it(
    before: int, after: int, length: int
) -> None:
    """Every alignment of three bytes to four letters, before and behind."""
    secret = "\xfb\xffAb1~?"[:length].ljust(length, "x")
    raw = b"\xff" * before + secret.encode() + b"\xfe" * after

    for encoded in (b64encode(raw), urlsafe_b64encode(raw)):
        assert shown_in(httpx.Response(200, content=encoded), secret) == "the body"


def test_a_short_secret_is_not_seen_in_every_base64() -> None:
    answer = httpx.Response(200, content=b64encode(bytes(range(256)) * 20))

    assert shown_in(answer, "a b") is None


@pytest.mark.parametrize("form", ["plain", "percent", "base64"])
def test_a_header_is_looked_into(form: str) -> None:
    answer = httpx.Response(422, headers={"Warning": f'199 PA "{forms(SECRET)[form]}"'})

    assert shown_in(answer, SECRET) == "the header Warning"


def test_the_name_of_a_header_is_looked_into() -> None:
    assert shown_in(httpx.Response(200, headers={"X-s3cr3t": "1"}), "X-s3cr3t") is not None


def test_the_status_line_is_looked_into() -> None:
    answer = httpx.Response(422, extensions={"reason_phrase": SECRET.encode()})

    assert shown_in(answer, SECRET) == "the status line"


def test_the_signature_of_a_token_alone_gives_it_away() -> None:
    """Its claims are no secret, so that the signature is all that lacks."""
    signature = CREDENTIAL.rpartition(".")[2]

    assert shown_in(httpx.Response(200, json={"flash": [signature]}), CREDENTIAL) == "the body"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing to see",
        json.dumps({"credential": {"encryptedValue": "OBF:JWE:" + "QUJD" * 200}}).encode(),
        CREDENTIAL.rpartition(".")[0].encode(),
        bytes(range(256)),
    ],
    ids=["empty", "a text", "a ciphertext", "the claims alone", "all bytes"],
)
def test_what_shows_no_secret_is_passed(body: bytes) -> None:
    for secret in (CREDENTIAL, SECRET):
        assert shown_in(httpx.Response(200, content=body), secret) is None
