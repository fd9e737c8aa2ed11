"""Authentication challenge policies: limits, and the order of their chain."""

from typing import Any

import pytest

from harness.checks import expect_equal, expect_items, expect_members, not_measured
from harness.product import Product
from harness.product.descriptors import least_configuration
from scenarios.administration.kinds import CHALLENGE
from scenarios.administration.stock import Stock, expect_stays
from scenarios.configuration.spoiling import objects
from scenarios.flow.archives import exported, imported

Json = dict[str, Any]


@pytest.fixture
def challenges(product: Product) -> Stock:
    """The authentication challenge policies."""
    return CHALLENGE.of(product)


@pytest.mark.requirement("PA-ADMIN-066")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize(("member", "most"), [("name", 64), ("description", 1000)])
def test_a_text_is_saved_up_to_its_limit_and_refused_beyond(
    challenges: Stock, act: str, member: str, most: int
) -> None:
    """Source: admin API 7.3, AuthenticationChallengePolicy.name and description."""
    saving = challenges.saving(act)
    longest = challenges.name().ljust(most, "x")

    saving.refuses(saving.body(**{member: longest + "x"}), field=member)

    saved = saving.saves(saving.body(**{member: longest}))
    expect_members(saved, {member: longest}, "the challenge policy")


def own_policies(challenges: Stock) -> list[Json]:
    """The challenge policies that the product calls its own.

    Where it has none, one comes with an archive: `system` is not taken from a save.
    """
    found = [one for one in expect_items(challenges.collection.listed()) if one.get("system")]
    return found or [_imported_as_own(challenges)]


def _imported_as_own(challenges: Stock) -> Json:
    product, made = challenges.collection.product, challenges.made()
    product.restorable("imports a challenge policy of the product's own")
    archive = exported(product)
    for one in objects(archive):
        if one.get("id") == made["id"]:
            one["system"] = True
    if imported(product, archive)["status"] != "Complete":
        not_measured("no challenge policy of the product's own could be imported")
    stored = challenges.collection.stored(made["id"])
    if not stored.get("system"):
        not_measured("an imported challenge policy is not the product's own")
    return stored


@pytest.mark.requirement("PA-ADMIN-047")
def test_a_challenge_policy_that_the_product_calls_its_own_stays(challenges: Stock) -> None:
    """Source: admin API 7.3, AuthenticationChallengePolicy.system (cannot be modified)."""
    for own in own_policies(challenges):
        expect_stays(challenges, own)


def matcher(descriptor: Json) -> Json:
    """A request matcher of this kind, with something in each field that must not be empty.

    Source: admin API 7.3, ConfigurationType (LIST holds texts, TABLE rows of its fields).
    """
    configuration = least_configuration(descriptor["configurationFields"], text="paconform")
    for field in descriptor["configurationFields"]:
        if field["required"] and field["type"] == "LIST":
            options = field["options"] or [{"value": "paconform"}]
            configuration[field["name"]] = [options[0]["value"]]
        if field["required"] and field["type"] == "TABLE":
            configuration[field["name"]] = [least_configuration(field["fields"], text="paconform")]
    return {"className": descriptor["className"], "configuration": configuration}


def chain_of(product: Product, response: Json) -> list[Json]:
    """A chain with one entry for each kind of request matcher, all with this response."""
    found = expect_items(product.api.get_request_matcher_descriptors())
    if len(found) < 2:
        not_measured("the order of a chain needs two kinds of request matcher")
    return [{"requestMatcher": matcher(one), "challengeResponse": response} for one in found]


@pytest.mark.requirement("PA-ADMIN-067")
@pytest.mark.parametrize("act", ["create", "update"])
def test_the_chain_keeps_its_order(product: Product, challenges: Stock, act: str) -> None:
    """As it was sent, and the other way round.

    Source: admin API 7.3, AuthenticationChallengePolicy.challengeResponseChain (ordered).
    """
    saving = challenges.saving(act)
    chain = chain_of(product, saving.good["defaultChallengeResponse"])

    for sent in (chain, chain[::-1]):
        body = saving.body(challengeResponseChain=sent, name=challenges.name())
        saved = saving.saves(body)
        kept = challenges.collection.stored(saved["id"])["challengeResponseChain"]
        names = [one["requestMatcher"]["className"] for one in kept]
        expect_equal(names, [one["requestMatcher"]["className"] for one in sent], "chain")


@pytest.mark.requirement("PA-ADMIN-067")
@pytest.mark.parametrize("act", ["create", "update"])
def test_the_chain_may_be_empty(challenges: Stock, act: str) -> None:
    """Source: admin API 7.3, AuthenticationChallengePolicy.challengeResponseChain."""
    saving = challenges.saving(act)

    saved = saving.saves(saving.body(challengeResponseChain=[]))

    expect_equal(challenges.collection.stored(saved["id"])["challengeResponseChain"], [], "chain")
