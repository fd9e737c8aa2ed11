"""References lead to something that is there, and what is referred to stays."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.checks import expect_deleted, expect_refused, expect_saved, expect_unchanged
from harness.product import Product
from scenarios.administration.kinds import (
    CERTIFICATE,
    GROUP,
    KINDS,
    RULE,
    RULE_SET,
    SITE,
    VIRTUAL_HOST,
    Stock,
)
from scenarios.collection import UNKNOWN_NUMBER

Json = dict[str, Any]

DANGLING: list[tuple[str, Json]] = [
    ("trusted_certificate_group", {"certIds": [UNKNOWN_NUMBER]}),
    ("site", {"trustedCertificateGroupId": UNKNOWN_NUMBER}),
    ("site", {"siteAuthenticatorIds": [UNKNOWN_NUMBER]}),
    ("site", {"availabilityProfileId": UNKNOWN_NUMBER}),
    ("site", {"loadBalancingStrategyId": UNKNOWN_NUMBER}),
    ("virtual_host", {"trustedCertificateGroupId": UNKNOWN_NUMBER}),
    ("virtual_host", {"keyPairId": UNKNOWN_NUMBER}),
    ("rule_set", {"policy": [UNKNOWN_NUMBER]}),
    ("rule_set", {"elementType": "RuleSet", "policy": [UNKNOWN_NUMBER]}),
]


@pytest.mark.requirement("PA-ADMIN-044")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize(
    ("noun", "members"),
    DANGLING,
    ids=[f"{noun}-{'-'.join(members)}" for noun, members in DANGLING],
)
def test_a_reference_to_nothing_is_refused(
    product: Product, noun: str, members: Json, act: str
) -> None:
    """Source: assumed; no document names the refusal."""
    saving = KINDS[noun].of(product).saving(act)

    saving.refuses(saving.body(**members))

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


Edge = tuple[Stock, Json, Stock, Json]
"""What is referred to, with its collection, and what refers to it, with its collection."""


def _certificate_of_a_group(product: Product) -> Edge:
    used, using = CERTIFICATE.of(product), GROUP.of(product)
    certificate = used.made()
    return used, certificate, using, using.made(certIds=[certificate["id"]])


def _group_of_a_site(product: Product) -> Edge:
    used, using = GROUP.of(product), SITE.of(product)
    group = used.made()
    return used, group, using, using.made(secure=True, trustedCertificateGroupId=group["id"])


def _group_of_a_host(product: Product) -> Edge:
    used, using = GROUP.of(product), VIRTUAL_HOST.of(product)
    group = used.made()
    return used, group, using, using.made(trustedCertificateGroupId=group["id"])


def _rule_of_a_set(product: Product) -> Edge:
    used, using = RULE.of(product), RULE_SET.of(product)
    first, last = used.made(), used.made()
    return used, last, using, using.made(policy=[first["id"], last["id"]])


def _set_of_a_set(product: Product) -> Edge:
    sets = RULE_SET.of(product)
    inner = sets.made()
    return sets, inner, sets, sets.made(elementType="RuleSet", policy=[inner["id"]])


EDGES: dict[str, Callable[[Product], Edge]] = {
    "a certificate of a group": _certificate_of_a_group,
    "a group of a site": _group_of_a_site,
    "a group of a virtual host": _group_of_a_host,
    "a rule of a rule set": _rule_of_a_set,
    "a rule set of a rule set": _set_of_a_set,
}


@pytest.mark.requirement("PA-ADMIN-045")
@pytest.mark.parametrize("edge", EDGES)
def test_what_something_refers_to_cannot_be_deleted(product: Product, edge: str) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    used, target, using, source = EDGES[edge](product)

    expect_refused(used.collection.delete(target["id"]))

    expect_unchanged(target, used.collection.stored(target["id"]), "what is referred to")
    expect_unchanged(source, using.collection.stored(source["id"]), "what refers to it")


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
    used, target, using, source = EDGES[edge](product)
    expect_refused(used.collection.delete(target["id"]))

    expect_deleted(using.collection.delete(source["id"]))

    expect_deleted(used.collection.delete(target["id"]))


@pytest.mark.requirement("PA-ADMIN-046")
def test_it_can_be_deleted_once_a_reference_moved_away(product: Product) -> None:
    """Source: assumed, the other side of the rule for objects in use."""
    rules, sets = RULE.of(product), RULE_SET.of(product)
    old, new = rules.made(), rules.made()
    stored = sets.made(policy=[old["id"]])
    moved = {**stored, "policy": [new["id"]]}
    expect_saved(sets.collection.update(stored["id"], json=moved))

    expect_deleted(rules.collection.delete(old["id"]))
