"""Hidden fields: sealed with the host key, opened by the same host only, never shown."""

from __future__ import annotations

import dataclasses
import json
from base64 import urlsafe_b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.pingaccess.decisions.parts import CORRECT_PARTS
from fakes.pingaccess.objects.hidden import HiddenFields, is_hidden

HOST = HiddenFields(0)
SECRET = "canary secret \N{DUCK}"


def test_the_form_is_that_of_the_vendors_exports() -> None:
    sealed = HOST.seal(SECRET)
    prefix, jwe = sealed[:8], sealed[8:]
    header, key, iv, body, tag = jwe.split(".")
    assert prefix == "OBF:JWE:"
    assert not key, "alg dir has no encrypted key"
    assert json.loads(urlsafe_b64decode(header + "==")).keys() == {"alg", "enc", "kid"}
    assert '"alg":"dir","enc":"A128CBC-HS256"' in urlsafe_b64decode(header + "==").decode()
    assert [len(part) for part in (iv, tag)] == [22, 22]
    assert body
    assert SECRET not in sealed


def test_its_host_opens_it() -> None:
    assert HOST.open(HOST.seal(SECRET)) == SECRET
    assert HiddenFields(0).open(HOST.seal(SECRET)) == SECRET, "the same seed is the same host"


def test_the_same_text_gives_the_same_ciphertext_and_another_text_another() -> None:
    assert HOST.seal("a") == HOST.seal("a") != HOST.seal("b")


def test_another_host_cannot_open_it() -> None:
    assert HiddenFields(1).open(HOST.seal(SECRET)) is None


@pytest.mark.parametrize("at", [0, 4, 8, 20, -1, -23, -40])
def test_a_changed_ciphertext_is_not_opened(at: int) -> None:
    sealed = HOST.seal(SECRET)
    at %= len(sealed)
    changed = sealed[:at] + ("B" if sealed[at] != "B" else "C") + sealed[at + 1 :]
    assert HOST.open(changed) is None


@pytest.mark.parametrize(
    "value",
    [
        None, 5, "", "OBF:JWE:", "OBF:JWE:a.b.c.d.e", "OBF:JWE:....", SECRET, "OBF:AES:x",
        HOST.seal(SECRET) + ".x", HOST.seal(SECRET) + "=", HOST.seal(SECRET).lower(), b"x", [],
    ],
)  # fmt: skip
def test_what_is_no_ciphertext_is_not_opened(value: object) -> None:
    assert HOST.open(value) is None


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    assert HOST.open(HOST.seal(text)) == text


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert HOST.open("OBF:JWE:" + text) is None


def test_a_changed_tag_is_taken_where_that_is_decided() -> None:
    loose = HiddenFields(0, dataclasses.replace(CORRECT_PARTS, hidden_tag_checked=False))
    sealed = HOST.seal(SECRET)
    changed = sealed[:-6] + ("AAAAAA" if sealed[-6:] != "AAAAAA" else "BBBBBA")
    assert HOST.open(changed) is None
    assert loose.open(changed) == SECRET


def test_the_prefix_is_a_decision() -> None:
    other = HiddenFields(0, dataclasses.replace(CORRECT_PARTS, hidden_prefix="OBF:AES:"))
    assert other.seal(SECRET).startswith("OBF:AES:")
    assert other.open(other.seal(SECRET)) == SECRET
    assert HOST.open(other.seal(SECRET)) is None


def test_an_answer_shows_ciphertext_only() -> None:
    assert HOST.shown(SECRET) == {"encryptedValue": HOST.seal(SECRET)}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"value": "x"}, True),
        ({"encryptedValue": "x"}, True),
        ({"value": None, "encryptedValue": "x"}, True),
        ({}, False),
        ({"value": "x", "name": "y"}, False),
        ("x", False),
        (None, False),
    ],
)
def test_a_hidden_field_has_its_two_members_and_no_other(value: object, expected: bool) -> None:
    assert is_hidden(value) is expected
