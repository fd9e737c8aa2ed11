"""Every class of spoiled token, as the credential of a connection in an imported configuration."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from harness.checks import expect_items, expect_saved, expect_status, expect_that
from harness.mutations import MUTATIONS, Judge, Verdict, by_kind
from harness.product import Credential, PingOne, Product
from harness.strategies.tokens import Case, spoiled
from scenarios.collection import MALFORMED
from scenarios.configuration.spoiling import (
    expect_import_refused,
    expect_same_configuration,
    with_first,
)
from scenarios.tokens.classes import Variants
from scenarios.tokens.saving import about, expect_nothing_of, hide

Json = dict[str, Any]

REFUSED, HIDDEN, DEAD = "PA-CONF-024", "PA-CONF-022", "PA-TOK-053"

SECTION = "pingOneConnections"

SEEN = by_kind(
    tuple(
        row
        for row in MUTATIONS
        if row.verdict is Verdict.REJECT and row.judge is Judge.READER and row.kind != "JWT-PST-013"
    )
)
"""Classes whose fault whoever decodes the token can see, with those variants.

Masks are left out: public server profiles hold them, and nothing says that they are refused.
"""

UNSEEN = by_kind(
    tuple(row for row in MUTATIONS if row.refused_from_us and row.judge is Judge.ISSUER)
)
"""Classes that PingOne alone can judge, or that are wrong for want of its key."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The product's own archive with a working connection in it, and its credential."""

    product: Product
    content: Json
    credential: Credential

    def imported_with(self, case: Case) -> httpx.Response:
        """The answer to the archive with this token in plain text, with nothing of it inside."""
        hide(case)
        body = with_first(self.content, SECTION, credential={"value": case.token})
        answer = self.product.api.config_import(json=body)
        with about(case):
            expect_nothing_of(case, answer, requirement=HIDDEN)
        return answer


@pytest.fixture
def held(product: Product, pingone: PingOne) -> Archive:
    """The archive of a product that has one connection."""
    product.restorable("imports a configuration over everything there is")
    credential = pingone.add_credential()
    product.admin.add_pingone_connection(credential)
    return Archive(product, expect_saved(product.api.config_export()), credential)


@pytest.mark.requirement(REFUSED, HIDDEN)
@pytest.mark.parametrize("variants", SEEN.values(), ids=SEEN)
def test_a_spoiled_credential_does_not_come_in_by_an_import(
    held: Archive, variants: Variants
) -> None:
    """The first variant of a class that shows its fault: refused, and everything is as before.

    Source: assumed; an import looks at each object as a save does.
    """
    case = spoiled(held.credential.token, variants[:1])

    answer = held.imported_with(case)

    with about(case):
        expect_import_refused(held.product, answer)
    expect_same_configuration(held.product, held.content)


@pytest.mark.requirement(DEAD, HIDDEN)
@pytest.mark.parametrize("variants", UNSEEN.values(), ids=UNSEEN)
def test_a_credential_that_pingone_did_not_sign_comes_in_dead_or_not_at_all(
    held: Archive, variants: Variants
) -> None:
    """The first variant of a class that PingOne alone can judge: refused, or stored and no use.

    Source: admin API 7.3, PingOneConnectionMetadata.credentialStatus (VALID, INVALID, UNKNOWN);
    whether an import asks PingOne is published nowhere.
    """
    case = spoiled(held.credential.token, variants[:1])

    answer = held.imported_with(case)

    with about(case):
        expect_status(answer, 200, *MALFORMED)
        for connection in expect_items(held.product.api.get_pingone_connections()):
            expect_dead(held, connection["id"], answer.status_code)


def expect_dead(held: Archive, key: str, status: int) -> None:
    """Holds when the connection works just where the import was refused."""
    metadata = held.product.api.get_pingone_connection_metadata(key)
    expect_status(metadata, 200, *(MALFORMED if status == 200 else ()))
    works = metadata.status_code == 200 and metadata.json().get("credentialStatus") == "VALID"
    seen = {"import": status, "metadata": metadata.text}
    expect_that(works is (status != 200), "no use of a credential that is spoiled", seen)
