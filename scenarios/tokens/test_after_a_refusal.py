"""What refused tokens leave behind where nobody looks at once: in an export, and with others."""

import pytest

from harness.checks import (
    expect_hidden,
    expect_refused,
    expect_saved,
    expect_unchanged,
    not_measured,
)
from harness.comparing import difference
from harness.mutations import by_id
from harness.product import PingOne, Product
from harness.strategies.tokens import spoiled
from scenarios.tokens.saving import LIST, OBJECT, REFUSED, Door

ONE_OF_EACH = (
    "JWT-PST-014.lf",
    "JWT-STR-002.no-signature",
    "JWT-B64-006.3f",
    "JWT-HJS-003.array",
    "JWT-HDR-009.unknown",
    "JWT-ALG-001.none",
    "JWT-SIG-001.middle",
    "JWT-PJS-002.array",
    "JWT-PNG-011.ldap",
    "JWT-XPR-002.secret",
)
"""One token of each layer that is near to what people do."""


@pytest.mark.requirement(LIST, OBJECT)
def test_the_exported_configuration_is_what_it_was(door: Door) -> None:
    """Two exports are alike; the third, after ten refused tokens, is like them.

    Source: admin API 7.3, 422 (a failure to save), config export.
    """
    export = door.product.api.config_export
    requirement = LIST if door.act == "create" else OBJECT
    first, before = (expect_saved(export(), requirement=requirement) for _ in range(2))
    if difference(first, before) is not None:
        not_measured("two exports differ though nothing happened in between")

    for name in ONE_OF_EACH:
        case = spoiled(door.credential.token, (by_id(name),))
        door.refuses(case, requirement)

    after = expect_saved(export(), requirement=requirement)
    expect_unchanged(before, after, "the exported configuration", requirement=requirement)


@pytest.mark.requirement("PA-TOK-023")
def test_the_neighbours_of_a_refused_connection_go_on(product: Product, pingone: PingOne) -> None:
    """Another connection, of another gateway, is untouched and works.

    Source: admin API 7.3, updatePingOneConnection (422 is a failure to save), metadata (VALID).
    """
    neighbour = Door.open("update", product, pingone.add_credential())
    door = Door.open("update", product, pingone.add_credential())

    for name in ONE_OF_EACH:
        door.refuses(spoiled(door.credential.token, (by_id(name),)), "PA-TOK-011")

    neighbour.nothing_has_changed([])
    door.nothing_has_changed([])


@pytest.mark.requirement("PA-TOK-013", "PA-TOK-024", "PA-TOK-025")
def test_the_token_of_one_connection_does_not_heal_another(
    product: Product, pingone: PingOne
) -> None:
    """Parts of two good credentials put together are refused, though each part was signed.

    Source: RFC 7515 section 5.2 (8).
    """
    mine, other = pingone.add_credential(), pingone.add_credential()
    door = Door.open("update", product, mine)
    header, payload, signature = mine.token.split(".")
    _, other_payload, other_signature = other.token.split(".")

    for parts in ((header, other_payload, signature), (header, payload, other_signature)):
        answer = door.attempt(".".join(parts))
        expect_refused(answer, status=REFUSED, requirement="PA-TOK-013")
        for part in parts:
            expect_hidden(part, answer, requirement="PA-TOK-024")

    door.nothing_has_changed([])
    expect_saved(door.attempt(other.token), requirement="PA-TOK-025")
