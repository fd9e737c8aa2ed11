"""An exchange in the evidence: byte for byte where that is possible, and without secrets."""

from __future__ import annotations

import gzip
import json
from base64 import b64decode
from hashlib import sha256

import httpx
import pytest

from harness.exchanges import LARGEST_BODY, LARGEST_HASHED, shown
from harness.recorder import Exchange
from harness.redaction import Redactor

SECRET = "Sn3aky&secret"


def exchange(content: bytes, **headers: str) -> Exchange:
    request = httpx.Request(
        "POST",
        "https://a.invalid/path",
        params={"client_secret": SECRET},
        content=content,
        headers={"Authorization": "Bearer " + "t" * 30, **headers},
    )
    return Exchange("pingone", "token", request, httpx.Response(200, content=content))


def test_an_exchange_is_shown_whole_but_without_secrets() -> None:
    found = shown(exchange(json.dumps({"name": "x", "echo": SECRET}).encode()), Redactor([SECRET]))

    assert (found.method, found.status, found.operation) == ("POST", 200, "token")
    assert found.url == "https://a.invalid/path?client_secret=REDACTED-1"
    assert ("authorization", "Bearer REDACTED-2") in [
        (name.lower(), value) for name, value in found.request_headers
    ]
    assert found.response_body is not None
    assert found.response_body.text == '{"name": "x", "echo": "REDACTED-1"}'
    assert found.response_body.note is None


def test_an_exchange_without_an_answer_keeps_its_error() -> None:
    request = httpx.Request("GET", "https://a.invalid/")
    found = shown(Exchange("pingaccess", None, request, None, f"late {SECRET}"), Redactor([SECRET]))

    assert (found.status, found.error) == (None, "late REDACTED-1")
    assert found.request_body is None
    assert found.response_body is None


@pytest.mark.parametrize("before", range(LARGEST_BODY - 30, LARGEST_BODY + 20, 3))
def test_the_cut_of_a_long_body_leaves_no_part_of_a_secret(before: int) -> None:
    content = b"." * before + SECRET.encode() + b"." * 100_000

    body = shown(exchange(content), Redactor([SECRET])).response_body

    assert body is not None
    assert len(body.text) <= LARGEST_BODY
    assert body.size == len(content)
    assert "cut" in (body.note or "")
    assert SECRET[:3] not in body.text


def test_secrets_that_shrink_the_text_uncover_no_part_of_another() -> None:
    """The text gets shorter where secrets are replaced; what is cut off raw must not move in."""
    content = (SECRET * 20_000).encode()

    body = shown(exchange(content), Redactor([SECRET])).response_body

    assert body is not None
    assert SECRET[:3] not in body.text.replace("REDACTED", "")


def test_odd_bytes_are_shown_or_named() -> None:
    wrong = shown(exchange(b'{"a": "\xff"}'), Redactor()).response_body
    binary = shown(exchange(bytes(range(256)) * 10), Redactor()).response_body

    assert wrong is not None
    assert wrong.text == '{"a": "\\xff"}'
    assert "not UTF-8" in (wrong.note or "")
    assert binary is not None
    assert (binary.text, binary.size, binary.note) == ("", 2560, "binary, not shown")
    assert binary.base64 is None


def test_a_body_that_was_not_read_is_named() -> None:
    request = httpx.Request("POST", "https://a.invalid/", content=iter([b"a"]))

    found = shown(Exchange("pingaccess", None, request), Redactor()).request_body

    assert found is not None
    assert found.note == "not read"


def sent(content: bytes) -> Exchange:
    """A request with this body, and no answer."""
    return Exchange(
        "pingaccess", None, httpx.Request("POST", "https://a.invalid/", content=content)
    )


@pytest.mark.parametrize("content", [b'{"a": "\xff"}', bytes(range(256)), b"\0" * 20, b"\xc3("])
def test_what_was_sent_and_is_no_text_is_kept_byte_for_byte(content: bytes) -> None:
    body = shown(sent(content), Redactor([SECRET])).request_body

    assert body is not None
    assert b64decode(body.base64 or "") == content


@pytest.mark.parametrize(
    "content",
    [
        b"\xff" + SECRET.encode(),
        b"\0\0\0" + SECRET.encode("utf-16-le"),
        b"\0\0" + SECRET.encode("utf-16-be"),
        b"\x30\x82\x01\x02" + b"\0" * 40,
        b"\x1f\x8b\x08" + b"\0" * 40,
        b'\xff{"password": "whatever it is"}',
    ],
)
def test_bytes_that_may_hold_a_secret_are_not_kept(content: bytes) -> None:
    body = shown(sent(content), Redactor([SECRET])).request_body

    assert body is not None
    assert body.base64 is None
    assert body.note is not None
    assert SECRET not in body.text


def test_a_cut_body_has_a_digest_of_its_text_without_secrets() -> None:
    content = SECRET.encode() + b"." * 30_000
    bodies = [shown(sent(one), Redactor([SECRET])).request_body for one in (content, b"." * 9)]

    assert bodies[0] is not None
    assert bodies[0].sha256 == sha256(b"REDACTED-1" + b"." * 30_000).hexdigest()
    assert bodies[1] is not None
    assert bodies[1].sha256 is None


def test_a_body_of_many_megabytes_is_cut_without_a_digest() -> None:
    body = shown(sent(b"." * (LARGEST_HASHED + 1)), Redactor([SECRET])).request_body

    assert body is not None
    assert (len(body.text), body.sha256) == (LARGEST_BODY, None)


def test_headers_keep_order_case_and_letters_that_are_utf_8() -> None:
    headers = [(b"B", b"1"), (b"a", "Zo\u00eb".encode()), (b"B", b"2"), (b"x", b"\xff")]
    request = httpx.Request("GET", "https://a.invalid/", headers=headers)

    found = shown(Exchange("pingaccess", None, request), Redactor())

    own = [pair for pair in found.request_headers if pair[0] != "Host"]
    assert own == [("B", "1"), ("a", "Zo\u00eb"), ("B", "2"), ("x", "\\xff")]
    assert found.inexact == ["request header x: bytes that are not UTF-8 stand as \\xNN"]


@pytest.mark.parametrize("target", ["/a%2Fb?", "/%7Euser/../x?a=%20+&&b", "/\u00fc?q=\u00fc"])
def test_the_url_ends_with_the_target_as_it_was_sent(target: str) -> None:
    request = httpx.Request("GET", f"https://a.invalid{target}")

    found = shown(Exchange("pingaccess", None, request), Redactor())

    assert found.url == "https://a.invalid" + request.url.raw_path.decode("ascii")


def test_only_an_unusual_phrase_of_the_status_line_is_told() -> None:
    request = httpx.Request("GET", "https://a.invalid/")
    phrases = [b"OK", b"Fine \xff", b""]
    answers = [httpx.Response(200, extensions={"reason_phrase": one}) for one in phrases]

    found = [shown(Exchange("pingaccess", None, request, one), Redactor()) for one in answers]

    assert [one.phrase for one in found] == [None, "Fine \\xff", ""]


def test_an_undone_content_coding_is_told() -> None:
    request = httpx.Request("GET", "https://a.invalid/")
    packed = gzip.compress(b"plain text")
    answer = httpx.Response(200, headers={"content-encoding": "gzip"}, content=packed)

    found = shown(Exchange("pingaccess", None, request, answer), Redactor()).response_body

    assert found is not None
    assert (found.text, found.note) == ("plain text", "content coding undone")


def test_actions_of_the_control_door_are_told_apart_from_reading() -> None:
    url = "https://control.invalid"
    faults = {"faults": [{"host": "any", "kind": "timeout"}]}
    put = httpx.Request("PUT", f"{url}/faults", content=json.dumps(faults).encode())
    read = httpx.Request("GET", f"{url}/ledger?of=pingone")
    reset = httpx.Request("POST", f"{url}/reset")

    told = [
        shown(Exchange("control", None, one), Redactor()).arguments for one in (put, read, reset)
    ]

    assert told == [faults, None, {}]
