"""Credentials that are no text, in no UTF-8, of another media type, masked or enciphered."""

import json
from typing import Any

import pytest

from harness import jose
from harness.checks import expect_refused, expect_saved, expect_status, expect_that
from harness.mutations import by_id
from harness.product import PingOne, Product
from harness.strategies.tokens import Case, spoiled
from scenarios.tokens.saving import (
    HIDDEN,
    REFUSED,
    Door,
    expect_no_server_error,
    expect_nothing_of,
)

NO_TEXT: dict[str, Any] = {
    "number": 7,
    "fraction": 1.5,
    "true": True,
    "array": ["{}"],
    "object": {"value": "{}"},
    "array of arrays": [["{}"]],
}
"""Values of another JSON type; `{}` stands for the good token."""

NO_FIELD: dict[str, Any] = {"text": "{}", "number": 7, "array": [{"value": "{}"}], "true": True}
"""Instead of an object with `value`."""

REFUSED_MEDIA = (*REFUSED, 415)


def filled(value: Any, token: str) -> Any:
    """The value with the token in its places."""
    return json.loads(json.dumps(value).replace("{}", token))


def refuses(door: Door, *, requirement: str = "PA-TOK-009", **request: Any) -> None:
    """Holds when a body is refused without a server error, and nothing changed or leaked."""
    before = door.listed()
    answer = door.send(**request)
    expect_status(answer, *REFUSED_MEDIA, requirement=requirement)
    case = Case("", (), tuple(door.credential.token.split(".")))
    expect_nothing_of(case, answer, requirement=HIDDEN)
    door.nothing_has_changed(before)
    door.saves_the_good_one()


@pytest.mark.requirement("PA-TOK-009")
@pytest.mark.parametrize("kind", NO_TEXT)
def test_a_credential_of_another_json_type_is_refused(door: Door, kind: str) -> None:
    """The control was saved with the same token as a string.

    Source: admin API 7.3, HiddenField.value (string).
    """
    value = filled(NO_TEXT[kind], door.credential.token)

    refuses(door, json=door.body({"value": value}))


@pytest.mark.requirement("PA-TOK-009")
@pytest.mark.parametrize("kind", NO_FIELD)
def test_something_else_than_a_hidden_field_is_refused(door: Door, kind: str) -> None:
    """The control was saved with the same token inside a hidden field.

    Source: admin API 7.3, PingOneConnection.credential (HiddenField).
    """
    refuses(door, json=door.body(filled(NO_FIELD[kind], door.credential.token)))


@pytest.mark.requirement("PA-TOK-009")
@pytest.mark.parametrize("value", [None, {}, {"value": None}], ids=["null", "empty", "null value"])
def test_a_new_connection_without_a_credential_is_refused(creating: Door, value: Any) -> None:
    """Source: RFC 7519 section 7.2 (1); PingOne connection field descriptions 7.2 (required)."""
    refuses(creating, json=creating.body(value))


@pytest.mark.requirement("PA-TOK-009")
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-8-sig"])
def test_a_body_that_is_not_in_plain_utf_8_is_refused_or_understood(
    door: Door, encoding: str
) -> None:
    """Refused, or read as what it says: never a server error, never a token that does not work.

    Source: RFC 8259 section 8.1 (UTF-8; a reader may ignore a byte order mark).
    """
    text = json.dumps(door.body({"value": door.credential.token}))
    before = door.listed()

    answer = door.send(content=text.encode(encoding), headers={"Content-Type": "application/json"})

    expect_status(answer, 200, *REFUSED_MEDIA)
    if answer.status_code == 200:
        door.uses(door.credential, key=expect_saved(answer)["id"], requirement="PA-TOK-009")
    else:
        door.nothing_has_changed(before)


@pytest.mark.requirement("PA-TOK-009")
@pytest.mark.parametrize(
    "data", [b"\xff", b"\xc0\x80", b"\xe2\x82"], ids=["ff", "overlong", "half"]
)
def test_a_credential_with_bytes_that_are_no_utf_8_is_refused(door: Door, data: bytes) -> None:
    """The bytes stand in the middle of a token that is good without them.

    Source: RFC 8259 section 8.1; RFC 3629 section 3.
    """
    text = json.dumps(door.body({"value": door.credential.token})).encode()
    signature = door.credential.token[-40:].encode()

    content = text.replace(signature, data + signature)
    refuses(door, content=content, headers={"Content-Type": "application/json"})


@pytest.mark.requirement("PA-TOK-009")
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/jwt", "application/x-www-form-urlencoded"]
)
def test_the_bare_token_as_a_body_is_refused(door: Door, kind: str) -> None:
    """Whatever the media type says, a token is no connection.

    Source: admin API 7.3, addPingOneConnection (the body is a PingOneConnection).
    """
    refuses(door, content=door.credential.token, headers={"Content-Type": kind})


@pytest.mark.requirement("PA-TOK-009")
def test_a_multipart_body_is_refused(door: Door) -> None:
    """A form with the token as a file is no connection.

    Source: RFC 9110 section 15.5.16; admin API 7.3 (application/json).
    """
    part = 'Content-Disposition: form-data; name="credential"; filename="credential.jwt"'
    content = f"--x\r\n{part}\r\n\r\n{door.credential.token}\r\n--x--\r\n"

    refuses(door, content=content, headers={"Content-Type": "multipart/form-data; boundary=x"})


# --- enciphered and masked -----------------------------------------------------------------

FOREIGN_CIPHERTEXT = (
    "OBF:JWE:"
    + jose.b64url(b'{"alg":"dir","enc":"A128CBC-HS256","kid":"otherkey01"}')
    + "..AAAAAAAAAAAAAAAAAAAAAA."
    + 86 * "A"
    + ".AAAAAAAAAAAAAAAAAAAAAA"
)
"""As another server would write it (form observed in exports), with a key that this one has not."""

CIPHERTEXTS = {
    "garbage": "garbage",
    "prefix alone": "OBF:JWE:",
    "another server's": FOREIGN_CIPHERTEXT,
    "older form": "OBF:AES:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAA==",
    "no base64": "OBF:JWE:\u00e9..!.?.*",
}


@pytest.mark.requirement("PA-TOK-010")
@pytest.mark.parametrize("kind", CIPHERTEXTS)
def test_a_foreign_ciphertext_is_refused(door: Door, kind: str) -> None:
    """The control is shown with a ciphertext of its own.

    Source: assumed; admin API 7.3, HiddenField.encryptedValue.
    """
    before = door.listed()

    answer = door.send(json=door.body({"encryptedValue": CIPHERTEXTS[kind]}))

    expect_refused(answer, status=REFUSED)
    door.nothing_has_changed(before)


@pytest.mark.requirement("PA-TOK-010")
def test_a_plain_token_as_ciphertext_is_refused(door: Door) -> None:
    """The good token, in the wrong member.

    Source: assumed; admin API 7.3, HiddenField.encryptedValue.
    """
    before = door.listed()

    answer = door.send(json=door.body({"encryptedValue": door.credential.token}))

    expect_refused(answer, status=REFUSED)
    door.nothing_has_changed(before)


@pytest.mark.requirement("PA-TOK-010")
@pytest.mark.parametrize(
    "mutation", ["JWT-B64-006.3f", "JWT-SIG-001.middle", "JWT-STR-002.no-signature"]
)
def test_a_damaged_ciphertext_is_refused(door: Door, mutation: str) -> None:
    """The control's own ciphertext, spoiled as a token would be.

    Source: assumed; the ciphertext is authenticated (A128CBC-HS256).
    """
    sealed = str(door.control["credential"]["encryptedValue"])
    before = door.listed()
    damaged = {
        "JWT-B64-006.3f": sealed[:40] + "?" + sealed[40:],
        "JWT-SIG-001.middle": sealed[:-3] + ("A" if sealed[-3] != "A" else "B") + sealed[-2:],
        "JWT-STR-002.no-signature": sealed.rpartition(".")[0],
    }[mutation]

    answer = door.send(json=door.body({"encryptedValue": damaged}))

    expect_refused(answer, status=REFUSED)
    door.nothing_has_changed(before)


@pytest.mark.requirement("PA-TOK-014")
@pytest.mark.parametrize("mask", ["stars", "bullets", "obfuscated"])
def test_a_mask_does_not_become_the_credential(door: Door, mask: str) -> None:
    """What a page shows in place of a secret comes back as the secret by mistake.

    Source: assumed; admin API 7.3, HiddenField.
    """
    case = spoiled(door.credential.token, (by_id(f"JWT-PST-013.{mask}"),))
    before = door.listed()

    expect_refused(door.attempt(case.token), status=REFUSED)

    door.nothing_has_changed(before)


@pytest.mark.requirement("PA-TOK-014")
def test_the_ciphertext_of_the_connection_does_not_become_its_credential(door: Door) -> None:
    """The control's own ciphertext, sent as the plain value.

    Source: assumed; admin API 7.3, HiddenField.
    """
    sealed = str(door.control["credential"]["encryptedValue"])
    before = door.listed()

    expect_refused(door.attempt(sealed), status=REFUSED)

    door.nothing_has_changed(before)


@pytest.mark.requirement("PA-TOK-014")
@pytest.mark.parametrize("text", ["", "********"])
def test_a_mask_beside_the_ciphertext_never_loses_the_credential(
    product: Product, pingone: PingOne, text: str
) -> None:
    """Read, mask, write: the edit is refused, or the credential is kept.

    Source: assumed; admin API 7.3, HiddenField.
    """
    credential = pingone.add_credential()
    door = Door.open("update", product, credential)

    answer = door.send(json=door.body({**door.control["credential"], "value": text}))

    expect_no_server_error(answer, requirement="PA-TOK-014")
    door.uses(credential, requirement="PA-TOK-014")
    expect_that(door.listed(), "the connection in the list", [])
