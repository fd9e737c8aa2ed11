"""The registry is sound: ids, sources, stages, and what several mutations do together."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from harness.mutations import MUTATIONS, UNWRITTEN, Stage, Verdict, by_id, by_kind, spoil
from harness.mutations.conflicts import compatible, conflict, hides
from harness.requirements import catalogue
from harness.tests.tokens import CREDENTIAL

TAXONOMY = Path(__file__).parents[3] / "shared" / "facts" / "jwt-taxonomy.json"
OURS = "VAL"
"""The layer of cases that are legal in other words: the taxonomy lists them without an id."""

VERDICTS = {
    "R": {Verdict.REJECT},
    "A": {Verdict.ACCEPT},
    "L": {Verdict.LAST, Verdict.REJECT},
    "E": {Verdict.EITHER},
    "P": {Verdict.PROFILE, Verdict.REJECT},
}


def taxonomy() -> dict[str, str]:
    """Class -> verdict letter of the taxonomy beside the project."""
    if not TAXONOMY.exists():
        pytest.skip("the taxonomy is not beside the project")
    return {row["id"]: row["verdict"] for row in json.loads(TAXONOMY.read_text("utf-8"))}


def test_ids_are_unique() -> None:
    assert len({mutation.id for mutation in MUTATIONS}) == len(MUTATIONS)


def test_every_class_stands_in_the_taxonomy_with_this_verdict() -> None:
    known = taxonomy()
    wrong = [
        mutation.id
        for mutation in MUTATIONS
        if mutation.layer != OURS and mutation.verdict not in VERDICTS[known[mutation.kind]]
    ]

    assert wrong == []


def test_every_class_of_the_taxonomy_is_written_or_said_to_be_unwritable() -> None:
    """A class that is neither, both, or of no taxonomy fails."""
    written = {kind for kind, rows in by_kind().items() if rows[0].layer != OURS}

    assert written | set(UNWRITTEN) == set(taxonomy())
    assert written & set(UNWRITTEN) == set()


def test_a_class_that_is_not_written_has_a_reason_and_known_requirements() -> None:
    named = {key for one in UNWRITTEN.values() for key in one.requirements}

    assert [kind for kind, one in UNWRITTEN.items() if not one.reason] == []
    assert named <= set(catalogue())


def test_a_row_is_complete_and_changes_the_token() -> None:
    assert [row.id for row in MUTATIONS if not (row.title and row.source)] == []
    assert [row.id for row in MUTATIONS if spoil(CREDENTIAL, row).text == CREDENTIAL] == []


def test_a_mutation_is_a_value_that_can_be_done_again() -> None:
    changing = [
        row.id for row in MUTATIONS if spoil(CREDENTIAL, row) != spoil(CREDENTIAL, by_id(row.id))
    ]

    assert changing == []


def test_the_order_in_which_stages_are_named_does_not_matter() -> None:
    edit, text = by_id("JWT-PNG-001.missing"), by_id("JWT-PST-005.tab")

    assert spoil(CREDENTIAL, edit, text).text == spoil(CREDENTIAL, text, edit).text


def test_any_two_mutations_of_two_classes_can_be_done_together() -> None:
    """Nothing raises, whatever the first has left of the token."""
    firsts = [variants[0] for variants in by_kind().values()]

    for pair in [*itertools.combinations(firsts, 2)][::7]:
        assert isinstance(spoil(CREDENTIAL, *pair).text, str)


def test_a_claim_without_a_key_is_said_to_need_one() -> None:
    needing = {mutation.verdict for mutation in MUTATIONS if mutation.needs}
    without = [m for m in MUTATIONS if m.verdict is Verdict.ACCEPT and m.resigns and not m.needs]

    assert Verdict.REJECT not in needing
    assert without == []


def test_neither_token_nor_secrets_stand_in_the_repr() -> None:
    spoiled = spoil(CREDENTIAL, by_id("JWT-PST-008.bearer"))

    assert CREDENTIAL.split(".")[1] not in repr(spoiled)
    assert spoiled.secrets


def test_secrets_hold_the_parts_of_both_tokens() -> None:
    spoiled = spoil(CREDENTIAL, by_id("JWT-PNG-001.missing"))

    assert set(CREDENTIAL.split(".")) <= set(spoiled.secrets)
    assert set(spoiled.text.split(".")) <= set(spoiled.secrets)


def test_a_secret_inside_another_stands_for_both() -> None:
    spoiled = spoil(CREDENTIAL, by_id("JWT-XPR-012.url"))

    assert set(spoiled.secrets) == set(CREDENTIAL.split("."))


def test_what_is_left_of_a_cut_token_is_a_secret() -> None:
    spoiled = spoil(CREDENTIAL, by_id("JWT-PST-012.dots"))

    assert CREDENTIAL[-20:] in spoiled.secrets


def test_every_secret_can_stand_in_an_answer() -> None:
    for row in MUTATIONS:
        assert all(secret.encode() for secret in spoil(CREDENTIAL, row).secrets)


def test_stages_before_parts_lose_the_issuers_signature() -> None:
    assert {mutation.resigns for mutation in MUTATIONS if mutation.stage < Stage.PARTS} == {True}
    assert {mutation.resigns for mutation in MUTATIONS if mutation.stage >= Stage.PARTS} == {False}


def test_what_is_hidden_leaves_no_trace_in_the_token() -> None:
    """Of every pair of first variants, the text is that of the later one alone."""
    firsts = [variants[0] for variants in by_kind().values()]
    hidden = [
        (earlier, later)
        for earlier, later in itertools.permutations(firsts, 2)
        if earlier.stage <= later.stage and hides(later, earlier)
    ]

    assert len(hidden) > 1_000
    for earlier, later in hidden[::23]:
        assert spoil(CREDENTIAL, earlier, later).text == spoil(CREDENTIAL, later).text


def test_what_does_not_conflict_is_done_together() -> None:
    edit, text, nothing = map(
        by_id, ("JWT-PNG-001.missing", "JWT-PST-005.tab", "JWT-PST-001.empty")
    )

    assert not conflict(edit, text)
    assert conflict(text, nothing)
    assert compatible([edit, text, nothing]) == (edit, text)
