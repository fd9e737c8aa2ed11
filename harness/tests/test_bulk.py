"""Bulk generation: the same token for the same number, every class, sound labels, plain recipes."""

from __future__ import annotations

import pytest

from harness import jose
from harness.bulk import BLOCK, GOOD_EVERY, Bulk, at_place, plainer, read, written
from harness.mutations import MUTATIONS, Verdict, by_id, by_kind, spoil, texts
from harness.strategies.tokens import rows
from harness.tests.decoder import judge
from harness.tests.tokens import CREDENTIAL, ISSUER, ISSUER_KEY

KEY = ISSUER_KEY.public_key()


def test_a_seed_and_a_number_give_the_same_token_for_ever() -> None:
    """Whatever was drawn before it, so that a campaign can be resumed anywhere."""
    whole, resumed = (Bulk(CREDENTIAL, seed=5) for _ in range(2))
    recipes = dict(zip(range(2 * BLOCK + 3), (one for _, one in whole.recipes()), strict=False))

    for number in (2 * BLOCK + 2, BLOCK, 7, 0):
        assert resumed.recipe(number) == recipes[number]
        assert resumed.texts(resumed.recipe(number)) == whole.texts(recipes[number])
    assert Bulk(CREDENTIAL, seed=6).recipe(7) != recipes[7]


def test_a_text_is_what_spoil_makes_of_it() -> None:
    bulk = Bulk(CREDENTIAL, seed=1)

    for number in range(600):
        recipe = bulk.recipe(number)
        assert bulk.texts(recipe)[1] == spoil(CREDENTIAL, *recipe).text


def test_every_class_is_drawn_alone_and_in_company() -> None:
    bulk = Bulk(CREDENTIAL, seed=2)
    recipes = [bulk.recipe(number) for number in range(40 * BLOCK)]
    alone = {recipe[0].kind for recipe in recipes if len(recipe) == 1}
    company = {mutation.kind for recipe in recipes if len(recipe) > 1 for mutation in recipe}

    others = {row.kind for row in MUTATIONS if row.act is not texts.text_is}
    assert alone == set(by_kind())
    assert company == others  # another text altogether hides whatever else was done
    assert {len(recipe) for recipe in recipes} == {0, 1, 2, 3}


def test_one_token_in_ten_is_good() -> None:
    bulk = Bulk(CREDENTIAL, seed=3)

    assert [bulk.recipe(number) for number in range(GOOD_EVERY - 1, 200, GOOD_EVERY)] == [()] * 20
    assert bulk.texts(()) == (CREDENTIAL, CREDENTIAL)


@pytest.mark.parametrize("signer", [jose.nobody, ISSUER], ids=["nobody", "issuer"])
def test_what_must_be_refused_is_refused_by_the_strict_reader(signer: jose.Signer) -> None:
    bulk = Bulk(CREDENTIAL, seed=44, signer=signer)
    made = [(one, bulk.texts(one)[1]) for one in map(bulk.recipe, range(5 * BLOCK))]
    refused = [(one, text) for one, text in made if bulk.must_be_refused(one, text)]

    assert len(refused) > 3 * BLOCK
    assert [written(one) for one, text in refused if judge(text, key=KEY).accepted] == []


def test_two_mutations_that_take_each_other_back_need_not_be_refused() -> None:
    bulk = Bulk(CREDENTIAL)
    recipe = read("JWT-SIG-002.long+JWT-SIG-002.short")

    _, text = bulk.texts(recipe)

    assert text == CREDENTIAL
    assert not bulk.must_be_refused(recipe, text)
    assert bulk.must_be_refused(recipe[:1], bulk.texts(recipe[:1])[1])


def test_the_issuer_may_sign_what_is_legal() -> None:
    legal = tuple(row for row in rows(verdict=Verdict.ACCEPT) if row.resigns and row.layer != "SIG")
    bulk = Bulk(CREDENTIAL, seed=4, among=legal, signer=ISSUER)
    single = [one for one in map(bulk.recipe, range(300)) if len(one) == 1]

    assert [written(one) for one in single if not judge(bulk.texts(one)[1], key=KEY).accepted] == []


@pytest.mark.parametrize("layer", ["DOS", "PST"])
def test_a_part_of_the_registry_can_be_drawn_from(layer: str) -> None:
    bulk = Bulk(CREDENTIAL, among=rows(layer))

    drawn = {mutation.layer for number in range(50) for mutation in bulk.recipe(number)}

    assert drawn == {layer}


def test_a_recipe_is_read_as_it_was_written() -> None:
    bulk = Bulk(CREDENTIAL, seed=8)

    for number in range(BLOCK):
        assert read(written(bulk.recipe(number))) == bulk.recipe(number)
    assert written(read("JWT-PST-005.tab@0.97")) == "JWT-PST-005.tab@0.97"


@pytest.mark.parametrize(
    "text", ["", "JWT-PST-999.x", "JWT-PST-005.tab@x", "JWT-PST-001.empty@0.5"]
)
def test_what_is_no_recipe_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="is no recipe"):
        read(text)


def test_no_token_stands_in_a_recipe() -> None:
    token = jose.read(CREDENTIAL).compact()

    for row in MUTATIONS:
        assert not any(part in written((row,)) for part in token.split("."))


def test_plainer_recipes_come_plainest_first() -> None:
    tab, claim = at_place(by_id("JWT-PST-005.tab"), 0.9), by_id("JWT-PNG-001.missing")

    assert [written(one) for one in plainer((tab, claim))] == [
        "JWT-PST-005.tab",
        "JWT-PST-005.tab@0.9",
        "JWT-PNG-001.missing",
        "JWT-PST-005.tab+JWT-PNG-001.missing",
    ]
    assert [*plainer((claim,))] == []
