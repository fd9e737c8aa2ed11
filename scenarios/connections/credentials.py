"""What scenarios do to a credential, and where a refusal speaks of it."""

import base64
import json
from typing import Any

from harness.checks import expect_members, expect_saved, expect_that
from harness.errors import HarnessError
from harness.product import Credential, PingOne, Product


def value(token: str) -> dict[str, str]:
    """The credential of a connection as it is sent in plain text."""
    return {"value": token}


def claims(credential: Credential) -> dict[str, Any]:
    """The claims of a credential, read without checking anything."""
    payload = credential.token.split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return read


def with_other_claims(token: str, **changes: object) -> str:
    """The token with other claims under the old signature."""
    header, payload, signature = token.split(".")
    read = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    text = json.dumps({**read, **changes}).encode()
    return ".".join([header, base64.urlsafe_b64encode(text).decode().rstrip("="), signature])


def with_other_signature(token: str) -> str:
    """The token with one character in the middle of its signature exchanged."""
    return flipped(token, token.rindex(".") + 100)


def flipped(text: str, at: int) -> str:
    """The text with the character at this place exchanged for another of base64url."""
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


def switch_off(pingone: PingOne, gateway: dict[str, Any], credential: Credential) -> None:
    """The gateway is disabled in PingOne afterwards, and PingOne refuses its credential."""
    body = {"name": gateway["name"], "type": gateway["type"], "enabled": False}
    answer = pingone.api.update_gateway(gateway["id"], json=body)
    if answer.status_code != 200:
        raise HarnessError(f"PingOne did not disable the gateway: {answer.status_code}")
    pingone.await_refusal(credential, "the refusal of a disabled gateway's credential by PingOne")


def remove(pingone: PingOne, gateway: dict[str, Any], credential: Credential) -> None:
    """The gateway is gone from PingOne afterwards, and PingOne refuses its credential."""
    answer = pingone.api.delete_gateway(gateway["id"])
    if answer.status_code != 204:
        raise HarnessError(f"PingOne did not delete the gateway: {answer.status_code}")
    pingone.await_refusal(credential, "the refusal of a deleted gateway's credential by PingOne")


def expect_credential_in_use(
    product: Product, connection_id: str, credential: Credential, what: str
) -> None:
    """Holds when the connection's metadata name this credential and call it valid."""
    metadata = expect_saved(product.api.get_pingone_connection_metadata(connection_id))
    expected = {"credentialId": credential.id, "credentialStatus": "VALID"}
    expect_members(metadata, expected, what)


def expect_complaint_about_credential(refusal: dict[str, Any]) -> None:
    """Holds when form speaks of the credential; whether of it or of its value is not documented."""
    fields = list(refusal["form"])
    about = any(field.split(".")[0] == "credential" for field in fields)
    expect_that(about, "a complaint about credential in form", fields)


def words(refusal: dict[str, Any]) -> str:
    """Every sentence of a refusal, in lower case."""
    sentences = [*refusal["flash"], *(text for texts in refusal["form"].values() for text in texts)]
    return " ".join(sentences).lower()
