"""What happens at each level is chosen among the options that the descriptor offers."""

import uuid
from typing import Any

import pytest

from harness.actions import ALLOW, DENY, challenge, rule, rule_set
from harness.checks import expect_equal, expect_saved, expect_status, expect_that
from harness.errors import HarnessError
from harness.product import Product
from scenarios.answered import member_of
from scenarios.collection import UNKNOWN_NUMBER, Collection, Saving, unused_number
from scenarios.risk_policies.descriptor import (
    LEVELS,
    chooser,
    configured,
    evaluator_keys,
    evaluator_label,
    key_of,
    labelled,
    replaced,
    the_descriptor,
    unconfigured,
)

Json = dict[str, Any]

NOWHERE: dict[str, Any] = {
    "rule": rule({"id": UNKNOWN_NUMBER}),
    "rule set": rule_set({"id": UNKNOWN_NUMBER}),
    "challenge policy": challenge({"id": str(uuid.uuid5(uuid.NAMESPACE_URL, "nowhere"))}),
}
"""Choices of objects that do not exist."""


def made(product: Product) -> dict[str, Any]:
    """A choice of each option that needs an object, with the object made."""
    added = product.admin.add_rule()
    return {
        "rule": rule(added),
        "rule set": rule_set(product.admin.add_rule_set([added])),
        "challenge policy": challenge(product.admin.add_authentication_challenge_policy()),
    }


def same_choice(sent: Any, shown: Any) -> bool:
    """Whether the choice that is shown holds everything that was sent."""
    if isinstance(sent, dict) and isinstance(shown, dict):
        return all(same_choice(value, shown.get(key)) for key, value in sent.items())
    return bool(sent == shown or str(sent) == str(shown))


@pytest.mark.requirement("PA-RISK-026")
@pytest.mark.parametrize("kind", NOWHERE)
def test_an_evaluator_names_only_what_exists(
    product: Product, connection: Json, saving: Saving, kind: str
) -> None:
    """At no level is a rule, rule set or challenge policy accepted that does not exist.

    Source: assumed, references are checked for the policies of applications.
    """
    for level in LEVELS:
        wrong = product.admin.risk_policy_body(
            connection, **{level: NOWHERE[kind]}, name=saving.good["name"]
        )
        saving.refuses(wrong)


@pytest.mark.requirement("PA-RISK-026")
def test_a_rule_does_not_stand_for_a_rule_set(
    product: Product, connection: Json, saving: Saving
) -> None:
    """The id of a rule is no id of a rule set, though both are numbers.

    Source: assumed, references are checked for the policies of applications.
    """
    added = product.admin.add_rule(id=unused_number(product.name("number")))
    right = product.admin.risk_policy_body(connection, low=rule(added), name=saving.good["name"])
    wrong = product.admin.risk_policy_body(
        connection, low=rule_set(added), name=saving.good["name"]
    )

    saving.refuses(wrong)

    saving.saves(right)


@pytest.mark.requirement("PA-RISK-027")
@pytest.mark.parametrize("level", LEVELS)
def test_an_unknown_option_is_refused(product: Product, saving: Saving, level: str) -> None:
    """Source: assumed, the options of the descriptor are the list of values."""
    evaluator = labelled(the_descriptor(product), evaluator_label(level)) or {}
    allow = next(one["value"] for one in chooser(evaluator)["options"] if one["label"] == "Allow")
    before = saving.good["configuration"][evaluator["name"]]
    wrong = replaced(before, allow, "NO_SUCH_OPTION")
    if wrong == before:
        raise HarnessError(f"the {level} evaluator does not hold the value of Allow: {before}")

    saving.refuses(configured(saving.good, **{evaluator["name"]: wrong}))


@pytest.mark.requirement("PA-RISK-028")
@pytest.mark.parametrize("level", LEVELS)
def test_an_evaluator_that_is_left_out_is_refused_or_allows(
    product: Product, connection: Json, policies: Collection, level: str
) -> None:
    """Source: risk policy field descriptions 7.2: required, Allow by default."""
    key = key_of(product, evaluator_label(level))
    allowing = product.admin.add_risk_policy(connection, **{level: ALLOW})
    body = unconfigured(product.admin.risk_policy_body(connection), key)

    answer = policies.create(body)

    expect_status(answer, 200, 422)
    if answer.status_code == 422:
        expect_equal(policies.named(body["name"]), [], "policies of the refused name")
    else:
        shown = member_of(expect_saved(answer), "configuration").get(key)
        expect_equal(shown, allowing["configuration"][key], f"the {level} evaluator")


@pytest.mark.requirement("PA-RISK-029")
def test_every_option_can_be_chosen_at_every_level(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: risk policy field descriptions 7.2 (five options for each of the four)."""
    choices = [ALLOW, DENY, *made(product).values()]
    keys = evaluator_keys(product)
    stored = product.admin.add_risk_policy(connection)

    for first in range(len(choices)):
        chosen = {level: choices[(first + at) % 5] for at, level in enumerate(LEVELS)}
        body = product.admin.risk_policy_body(connection, **chosen, name=stored["name"])
        expect_saved(policies.update(stored["id"], json=body))
        now = member_of(policies.stored(stored["id"]), "configuration")
        for key in keys:
            sent, shown = body["configuration"][key], member_of(now, key)
            expect_that(same_choice(sent, shown), f"{key} as sent: {sent}", shown)


@pytest.mark.requirement("PA-RISK-029")
def test_different_choices_are_shown_differently(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Each level keeps its own choice: none is copied from another.

    Source: risk policy field descriptions 7.2 (four evaluators).
    """
    others = made(product)
    body = product.admin.risk_policy_body(
        connection, high=DENY, medium=others["challenge policy"], low=ALLOW, failed=others["rule"]
    )

    stored = policies.stored(expect_saved(policies.create(body))["id"])

    keys = evaluator_keys(product)
    shown = [member_of(stored, "configuration", key) for key in keys]
    distinct = all(shown.count(one) == 1 for one in shown)
    expect_that(distinct, "four different evaluators", shown)


def without_selection(product: Product, kind: str, choice: Any, connection: Json) -> Json:
    """A body whose low evaluator has the option but names no object."""
    body = product.admin.risk_policy_body(connection, low=choice)
    key = key_of(product, evaluator_label("low"))
    chosen = body["configuration"][key]
    if not isinstance(chosen, dict):
        raise HarnessError(f"the option {kind} is not an object in the configuration: {chosen}")
    option = set(map(str, (one["value"] for one in option_values(product))))
    empty = {name: value if str(value) in option else None for name, value in chosen.items()}
    return configured(body, **{key: empty})


def option_values(product: Product) -> list[Json]:
    """The options of the evaluators."""
    evaluator = labelled(the_descriptor(product), evaluator_label("low")) or {}
    options: list[Json] = chooser(evaluator)["options"]
    return options


@pytest.mark.requirement("PA-RISK-030")
@pytest.mark.parametrize("kind", ["challenge policy", "rule", "rule set"])
def test_an_option_that_needs_a_selection_is_refused_without_one(
    product: Product, connection: Json, saving: Saving, kind: str
) -> None:
    """Source: risk policy field descriptions 7.2 (needs a further selection)."""
    choices = {
        "challenge policy": lambda: challenge(product.admin.add_authentication_challenge_policy()),
        "rule": lambda: rule(product.admin.add_rule()),
        "rule set": lambda: rule_set(product.admin.add_rule_set([product.admin.add_rule()])),
    }
    wrong = without_selection(product, kind, choices[kind](), connection)

    saving.refuses({**wrong, "name": saving.good["name"]})
