"""References lead to something that is there, and what is referred to stays."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from harness.checks import (
    expect_deleted,
    expect_refused,
    expect_saved,
    expect_that,
    expect_unchanged,
)
from harness.product import Product
from scenarios.administration.kinds import (
    CERTIFICATE,
    GROUP,
    KINDS,
    RULE,
    RULE_SET,
)
from scenarios.administration.uses import USES, Edge, arranged
from scenarios.collection import UNKNOWN_NUMBER

Json = dict[str, Any]

DANGLING: list[tuple[str, str, Json]] = [
    *((use.using, use.member, use.members(UNKNOWN_NUMBER)) for use in USES),
    ("virtual_host", "keyPairId", {"keyPairId": UNKNOWN_NUMBER}),
    ("agent", "sharedSecretIds", {"sharedSecretIds": [UNKNOWN_NUMBER]}),
    ("rule_set", "policy", {"policy": [UNKNOWN_NUMBER]}),
    ("rule_set", "policy", {"elementType": "RuleSet", "policy": [UNKNOWN_NUMBER]}),
]


@pytest.mark.requirement("PA-ADMIN-044")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize(
    ("noun", "member", "members"),
    DANGLING,
    ids=[f"{noun}-{'-'.join(members)}" for noun, _, members in DANGLING],
)
def test_a_reference_to_nothing_is_refused(
    product: Product, noun: str, member: str, members: Json, act: str
) -> None:
    """Under the name of the member that holds it.

    Source: assumed; no document names the refusal.
    """
    saving = KINDS[noun].of(product).saving(act)

    saving.refuses(saving.body(**members), field=member)

    expect_saved(saving.attempt(saving.good))


@pytest.mark.requirement("PA-ADMIN-044")
@pytest.mark.parametrize("act", ["create", "update"])
def test_a_reference_among_good_ones_is_looked_at(product: Product, act: str) -> None:
    """Source: assumed; no document names the refusal."""
    saving = RULE_SET.of(product).saving(act)
    policy = [*saving.good["policy"], UNKNOWN_NUMBER]

    saving.refuses(saving.body(policy=policy))


@pytest.mark.requirement("PA-ADMIN-044")
def test_a_reference_to_what_was_deleted_is_refused(product: Product) -> None:
    """Source: assumed; what is gone is not there."""
    certificates, groups = CERTIFICATE.of(product), GROUP.of(product)
    gone = certificates.made()
    expect_deleted(certificates.collection.delete(gone["id"]))

    expect_refused(groups.collection.create(groups.body(certIds=[gone["id"]])))


def _rule_of_a_set(product: Product) -> Edge:
    used, using = RULE.of(product), RULE_SET.of(product)
    first, last = used.made(), used.made()
    return Edge(used, last, using, using.made(policy=[first["id"], last["id"]]))


def _set_of_a_set(product: Product) -> Edge:
    sets = RULE_SET.of(product)
    inner = sets.made()
    return Edge(sets, inner, sets, sets.made(elementType="RuleSet", policy=[inner["id"]]))


EDGES: dict[str, Callable[[Product], Edge]] = {
    **{str(use): partial(arranged, use=use) for use in USES},
    "a rule of a rule set": _rule_of_a_set,
    "a rule set of a rule set": _set_of_a_set,
}


@pytest.mark.requirement("PA-ADMIN-045")
@pytest.mark.parametrize("edge", EDGES)
def test_what_something_refers_to_cannot_be_deleted(product: Product, edge: str) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    found = EDGES[edge](product)

    expect_refused(found.used.collection.delete(found.target["id"]))

    for stock, stored in ((found.used, found.target), (found.using, found.source)):
        now = stock.collection.stored(stored["id"])
        expect_unchanged(stored, now, f"the {stock.kind.noun}")


@pytest.mark.requirement("PA-ADMIN-076")
@pytest.mark.parametrize("edge", EDGES)
def test_the_refusal_names_what_refers_to_it(product: Product, edge: str) -> None:
    """Source: assumed; nobody could act on a refusal that keeps it to itself."""
    found = EDGES[edge](product)

    refusal = expect_refused(found.used.collection.delete(found.target["id"]))

    text = str([refusal["flash"], *refusal["form"].values()])
    name = found.source[found.using.kind.member]
    expect_that(name in text, f"a refusal that names {name}", text)


@pytest.mark.requirement("PA-ADMIN-045")
def test_a_use_that_began_with_an_update_counts(product: Product) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    rules, sets = RULE.of(product), RULE_SET.of(product)
    rule, stored = rules.made(), sets.made()
    moved = {**stored, "policy": [rule["id"]]}
    expect_saved(sets.collection.update(stored["id"], json=moved))

    expect_refused(rules.collection.delete(rule["id"]))

    expect_unchanged(rule, rules.collection.stored(rule["id"]), "the rule")


@pytest.mark.requirement("PA-ADMIN-045")
@pytest.mark.parametrize("noun", ["rule", "rule_set"])
def test_a_rule_or_rule_set_of_an_application_cannot_be_deleted(
    product: Product, noun: str
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    objects = KINDS[noun].of(product)
    stored = objects.made()
    item = {"type": "Rule" if noun == "rule" else "RuleSet", "id": stored["id"]}
    product.admin.add_application(policy={"Web": [item], "API": []})

    expect_refused(objects.collection.delete(stored["id"]))

    expect_unchanged(stored, objects.collection.stored(stored["id"]), "what is referred to")


@pytest.mark.requirement("PA-ADMIN-046")
@pytest.mark.parametrize("edge", EDGES)
def test_it_can_be_deleted_once_nothing_refers_to_it(product: Product, edge: str) -> None:
    """Source: assumed, the other side of the rule for objects in use."""
    found = EDGES[edge](product)
    expect_refused(found.used.collection.delete(found.target["id"]))

    expect_deleted(found.using.collection.delete(found.source["id"]))

    expect_deleted(found.used.collection.delete(found.target["id"]))


@pytest.mark.requirement("PA-ADMIN-046")
def test_it_can_be_deleted_once_a_reference_moved_away(product: Product) -> None:
    """Source: assumed, the other side of the rule for objects in use."""
    rules, sets = RULE.of(product), RULE_SET.of(product)
    old, new = rules.made(), rules.made()
    stored = sets.made(policy=[old["id"]])
    moved = {**stored, "policy": [new["id"]]}
    expect_saved(sets.collection.update(stored["id"], json=moved))

    expect_deleted(rules.collection.delete(old["id"]))
