"""What must be accepted: a product that refuses everything does not pass."""

import json
from typing import Any

import httpx
import pytest

from harness.checks import (
    expect_equal,
    expect_hidden,
    expect_saved,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.mutations import MUTATIONS, Mutation, Verdict, by_kind
from harness.product import PingOne, Product
from harness.strategies.tokens import rows, spoiled
from scenarios.tokens.classes import Variants, by_layer
from scenarios.tokens.saving import Door, about, expect_no_server_error, hide

BODIES: dict[str, dict[str, Any]] = {
    "without white space": {"separators": (",", ":")},
    "with white space": {"indent": 4},
    "with sorted members": {"sort_keys": True},
}

NAMES = {
    "accents": "Tor der Universit\u00e4t \u00dcbach",
    "marks": "De\u0301fense",
    "chinese": "\u7f51\u5173\u4e00\u53f7",
    "arabic": "\u0628\u0648\u0627\u0628\u0629",
    "astral": "\U00010331\U00010330\U00010344\U00010345",
    "digits": "\u0661\u0662 \u00b2 34",
    "quotes": "the gate's name",
    "dots and slashes": "a.b.c/../d_e-f",
    "long": 150 * "g",
}
"""Letters, marks, digits and / . ' _ space -, of which names in PingOne consist."""


@pytest.mark.requirement("PA-TOK-041")
@pytest.mark.parametrize("how", BODIES)
def test_a_credential_is_accepted_however_its_body_is_written(door: Door, how: str) -> None:
    """Source: admin API 7.3, addPingOneConnection (200); RFC 8259 sections 2 and 4."""
    text = json.dumps(door.body({"value": door.credential.token}), **BODIES[how])

    saved = expect_saved(door.send(content=text, headers={"Content-Type": "application/json"}))

    door.uses(door.credential, key=saved["id"], requirement="PA-TOK-041")


@pytest.mark.requirement("PA-TOK-041")
def test_a_credential_is_accepted_in_escapes(door: Door) -> None:
    """Every character of the token is written by its number.

    Source: RFC 8259 section 7 (any character may be escaped).
    """
    text = json.dumps(door.body({"value": door.credential.token}))
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in door.credential.token)

    content = text.replace(door.credential.token, escaped)
    saved = expect_saved(door.send(content=content, headers={"Content-Type": "application/json"}))

    door.uses(door.credential, key=saved["id"], requirement="PA-TOK-041")


@pytest.mark.requirement("PA-TOK-042")
@pytest.mark.parametrize("kind", NAMES)
def test_a_credential_is_accepted_whatever_its_gateway_is_called(
    product: Product, pingone: PingOne, kind: str
) -> None:
    """New with one credential of the gateway, edited with another, which is then in use.

    Source: PingOne, Gateway credentials (gatewayName); RFC 7519 section 4; RFC 8259 section 8.1.
    """
    gateway = pingone.add_gateway(name=f"{product.name('gateway')} {NAMES[kind]}")
    first, second = (pingone.add_credential(gateway) for _ in range(2))
    body = product.admin.pingone_connection_body(first)

    added = expect_saved(product.api.add_pingone_connection(json=body))
    edit = {**added, "credential": {"value": second.token}}
    expect_saved(product.api.update_pingone_connection(added["id"], json=edit))

    answer = product.api.get_pingone_connection_metadata(added["id"])
    metadata = expect_saved(answer)
    found = (metadata["credentialId"], metadata["credentialStatus"])
    expect_equal(found, (second.id, "VALID"), "id and status of the credential in use")


def expect_saved_or_refused(door: Door, mutation: Mutation, requirement: str) -> httpx.Response:
    """The answer to a token that may be saved or refused: what is saved works and shows nothing."""
    case = spoiled(door.credential.token, (mutation,))
    hide(case)
    with about(case):
        answer = door.attempt(case.token, name=door.product.name("connection"))
        expect_no_server_error(answer, requirement=requirement)
        expect_hidden(door.credential.token, answer, requirement=requirement)
        if answer.status_code == 200:
            door.uses(door.credential, key=expect_saved(answer)["id"], requirement=requirement)
    return answer


@pytest.mark.requirement("PA-TOK-043")
@pytest.mark.parametrize("where", ["before", "behind"])
def test_white_space_at_the_ends_is_refused_or_cut_off(door: Door, where: str) -> None:
    """Refused and nothing changed, or accepted and then the trimmed credential in use.

    Source: assumed; RFC 7515 section 5.2 (2) forbids it inside the token.
    """
    for mutation in by_kind()["JWT-PST-003"]:
        if where not in mutation.id:
            continue
        before = door.listed()
        answer = expect_saved_or_refused(door, mutation, "PA-TOK-043")
        if answer.status_code != 200:
            expect_unchanged(before, door.listed(), "the list of connections")


@pytest.mark.requirement("PA-TOK-044")
def test_two_connections_may_carry_one_credential(creating: Door) -> None:
    """Both are saved, and both work.

    Source: assumed; a cluster of two products with one credential is legal.
    """
    second = expect_saved(creating.attempt(creating.credential.token))

    for key in (creating.control["id"], second["id"]):
        creating.uses(creating.credential, key=key, requirement="PA-TOK-044")


@pytest.mark.requirement("PA-TOK-044")
def test_two_credentials_of_one_gateway_both_work(product: Product, pingone: PingOne) -> None:
    """An old and a new credential, as in a rotation, in two connections and one after the other.

    Source: PingOne, PingFederate connections (up to five live credentials for rotation).
    """
    gateway = pingone.add_gateway()
    old, new = (pingone.add_credential(gateway) for _ in range(2))
    door = Door.open("update", product, old)
    body = product.admin.pingone_connection_body(new)

    other = expect_saved(product.api.add_pingone_connection(json=body))
    door.uses(old, requirement="PA-TOK-044")
    door.uses(new, key=other["id"], requirement="PA-TOK-044")

    expect_saved(door.attempt(new.token))
    door.uses(new, requirement="PA-TOK-044")


@pytest.mark.requirement("PA-TOK-045")
@pytest.mark.parametrize("order", ["value first", "ciphertext first"])
def test_the_plain_value_counts_where_both_are_given(
    door: Door, pingone: PingOne, order: str
) -> None:
    """The ciphertext is that of the control, the value another credential, which is then in use.

    Source: observed; schema text of a hidden field in terraform-provider-pingaccess.
    """
    other = pingone.add_credential()
    members = [
        ("value", other.token),
        ("encryptedValue", door.control["credential"]["encryptedValue"]),
    ]

    both = dict(members if order == "value first" else reversed(members))
    saved = expect_saved(door.send(json=door.body(both)))

    door.uses(other, key=saved["id"], requirement="PA-TOK-045")


OPEN = by_layer(row for row in MUTATIONS if row.verdict is not Verdict.REJECT)


@pytest.mark.requirement("PA-TOK-046")
@pytest.mark.parametrize("mutations", OPEN)
def test_what_readers_may_judge_either_way_is_no_server_error(
    door: Door, mutations: Variants
) -> None:
    """Each is saved or refused; what is saved works, and the good credential is saved after it.

    Source: RFC 7515 section 4, RFC 7519 section 4, RFC 4648 section 3.5, RFC 8259 section 8.1.
    """
    for mutation in mutations:
        expect_saved_or_refused(door, mutation, "PA-TOK-046")

    door.saves_the_good_one()


@pytest.mark.requirement("PA-TOK-025")
def test_a_good_credential_is_accepted_after_many_refused_ones(door: Door) -> None:
    """Ten refused tokens do not lock the door.

    Source: admin API 7.3, addPingOneConnection and updatePingOneConnection (200).
    """
    for row in rows()[:60:6]:
        case = spoiled(door.credential.token, (row,))
        hide(case)
        expect_status(door.attempt(case.token), 422, 400, 413)

    saved = door.saves_the_good_one()

    door.uses(door.credential, key=saved["id"], requirement="PA-TOK-025")
    expect_that(door.listed(), "a connection in the list", [])
