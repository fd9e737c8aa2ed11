"""Strategies reach every row, shrink to one mutation, and never mislabel a token."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from harness import jose
from harness.mutations import MUTATIONS, Judge, Mutation, Verdict, by_id, by_kind
from harness.mutations.conflicts import compatible
from harness.strategies import bodies, tokens
from harness.strategies.tokens import Case, malformed, spoiled
from harness.tests.decoder import judge
from harness.tests.tokens import CREDENTIAL, ISSUER, ISSUER_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

NONE = jose.b64url(b'{"alg":"none"}')
KEY = ISSUER_KEY.public_key()
FEW = settings(max_examples=100, deadline=None, derandomize=True, database=None)
MANY = settings(
    FEW, max_examples=600, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
SEARCH = settings(
    FEW,
    max_examples=4_000,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def shrunk(case: st.SearchStrategy[Case], planted: Callable[[Case], object]) -> Case:
    """The plainest case for which a planted bug shows."""
    return find(case, lambda drawn: bool(planted(drawn)), settings=SEARCH)


def test_every_class_is_drawn() -> None:
    seen: set[str] = set()

    @settings(MANY, max_examples=1_500)
    @given(tokens.mutations(MUTATIONS))
    def draw(mutation: Mutation) -> None:
        seen.add(mutation.kind)

    draw()

    assert set(by_kind()) - seen == set()


def test_every_variant_of_a_class_is_drawn() -> None:
    seen: set[str] = set()

    for variants in by_kind().values():

        @settings(MANY, max_examples=8 * len(variants))
        @given(tokens.mutations(variants))
        def draw(mutation: Mutation) -> None:
            seen.add(mutation.id)

        draw()

    assert {row.id for row in MUTATIONS} - seen == set()


def test_every_layer_is_drawn_alone_and_in_company() -> None:
    alone: set[str] = set()
    company: set[str] = set()

    @settings(MANY, max_examples=700)
    @given(malformed(CREDENTIAL, at_most=2))
    def draw(case: Case) -> None:
        (alone if len(case.mutations) == 1 else company).update(m.layer for m in case.mutations)

    draw()

    assert alone == company == {row.layer for row in tokens.rows()}


@FEW
@given(malformed(CREDENTIAL, at_most=3))
def test_what_is_malformed_is_never_accepted(case: Case) -> None:
    assert not judge(case.token, key=KEY).accepted


@FEW
@given(malformed(CREDENTIAL, at_most=3, signer=ISSUER))
def test_what_is_malformed_is_never_accepted_under_the_issuers_signature(case: Case) -> None:
    assert not judge(case.token, key=KEY).accepted


@FEW
@given(tokens.legal(CREDENTIAL, ISSUER, at_most=3))
def test_what_is_legal_is_accepted(case: Case) -> None:
    complaints = judge(case.token, key=KEY).complaints

    # two legal additions may be of one name, which is another class (JWT-HJS-007)
    assert complaints == () or "a name stands twice" in complaints[0]


@FEW
@given(malformed(CREDENTIAL, at_most=1, judge=Judge.READER))
def test_one_fault_that_a_reader_sees_needs_no_key(case: Case) -> None:
    assert not judge(case.token).accepted


def test_two_mutations_that_undo_each_other_leave_the_first() -> None:
    done = (by_id("JWT-PST-006.before"), by_id("JWT-PST-011.first"))

    case = tokens.spoiled(CREDENTIAL, done)

    assert case.token == f"\u200b{CREDENTIAL}"
    assert case.mutations == done[:1]


def test_no_two_mutations_heal_each_other() -> None:
    """Rows of two classes, also where the issuer signs the edits."""
    firsts = [variants[0] for variants in by_kind(tokens.rows()).values()]
    pairs = [*itertools.combinations(firsts, 2)][::7]
    cases = [
        tokens.spoiled(CREDENTIAL, pair, signer)
        for pair in pairs
        for signer in (jose.nobody, ISSUER)
        if signer is jose.nobody or all(mutation.plain for mutation in pair)
    ]

    assert [case for case in cases if judge(case.token, key=KEY).accepted] == []


def test_a_bit_in_the_last_character_is_no_undoing() -> None:
    case = tokens.spoiled(CREDENTIAL, (by_id("JWT-SIG-001.end"),))

    assert case.mutations == (by_id("JWT-SIG-001.end"),)
    assert case.token[:-1] == CREDENTIAL[:-1]


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        (lambda case: "\t" in case.token, "JWT-PST-002.tab"),
        (lambda case: re.fullmatch(r"[\w-]+(\.[\w-]+){3}", case.token), "JWT-STR-008.fourth"),
        (lambda case: re.search(r"\.[\w-]+={1,2}$", case.token), "JWT-B64-002.signature"),
        (lambda case: case.token.startswith(NONE) and case.token[-1] == ".", "JWT-ALG-001.none"),
        (lambda case: not case.token, "JWT-PST-001.empty"),
    ],
    ids=["a tab", "a fourth part", "padding", "alg none", "nothing"],
)
def test_a_planted_bug_shrinks_to_one_row_as_it_stands(
    planted: Callable[[Case], object], expected: str
) -> None:
    case = shrunk(malformed(CREDENTIAL, at_most=3), planted)

    assert repr(case) == f"Case({expected})"


def test_what_one_row_makes_is_no_more_than_that_row() -> None:
    """Else a failure could stay with two rows that each do half of what a third one does."""
    of_one = {tokens.spoiled(CREDENTIAL, (row,)).token for row in tokens.rows("STR", "ALG")}

    @settings(MANY, max_examples=600)
    @given(malformed(CREDENTIAL, layers=("STR", "ALG"), at_most=3))
    def draw(case: Case) -> None:
        assert len(case.mutations) == 1 or case.token not in of_one

    draw()


def test_a_planted_bug_in_reading_a_claim_shrinks_to_that_claim() -> None:
    case = shrunk(
        malformed(CREDENTIAL, layers=("PNG",), at_most=3),
        lambda case: str(_claims(case.token).get("authUrl")).startswith("file:"),
    )

    assert repr(case) == "Case(JWT-PNG-008.file)"


def test_a_place_shrinks_to_the_registrys_own() -> None:
    case = shrunk(malformed(CREDENTIAL, layers=("PST",), at_most=3), _tab_between_letters)

    assert case.mutations == (by_id("JWT-PST-005.tab"),)


def test_a_place_is_shown_where_it_matters() -> None:
    late = shrunk(
        malformed(CREDENTIAL, layers=("PST",), at_most=1),
        lambda case: _tab_between_letters(case) and "\t" in case.token[-100:],
    )

    assert re.fullmatch(r"Case\(JWT-PST-005\.tab\(0\.[6-9]\d?, '\\t'\)\)", repr(late))


@pytest.mark.filterwarnings("error")
def test_hypothesis_shows_a_case_by_its_mutations() -> None:
    """Whatever a token holds, the message is short and without the token."""

    @SEARCH
    @given(case=malformed(CREDENTIAL), done=tokens.drawn())
    def refuses(case: Case, done: tuple[Mutation, ...]) -> None:
        assert len(case.token) < 60_000 or done[0].layer != "HJS"

    with pytest.raises(AssertionError) as failure:
        refuses()

    (notes,) = [note for note in failure.value.__notes__ if "refuses(" in note]
    assert "case=Case(JWT-DOS-" in notes
    assert len(notes) < 500


def test_a_sequence_shrinks_to_one_refused_token() -> None:
    found = find(
        tokens.sequences(CREDENTIAL),
        lambda cases: any("\n" in case.token for case in cases),
        settings=SEARCH,
    )

    assert [len(case.mutations) for case in found] == [1]


def test_neither_token_nor_its_parts_stand_in_the_repr() -> None:
    case = tokens.spoiled(CREDENTIAL, (by_id("JWT-PST-008.bearer"),))

    assert repr(case) == "Case(JWT-PST-008.bearer)"


def test_a_layer_that_nobody_has_is_told() -> None:
    with pytest.raises(ValueError, match="XYZ"):
        malformed(CREDENTIAL, layers=("XYZ",))


def test_rows_are_of_the_verdict_that_is_asked_for() -> None:
    assert {row.verdict for row in tokens.rows(verdict=Verdict.ACCEPT)} == {Verdict.ACCEPT}
    assert {row.judge for row in tokens.rows("PNG", judge=Judge.READER)} == {Judge.READER}


BODY = {"name": "\U0001f511 é", "credential": {"value": "a.b-c_"}, "use": True, "list": ["x", None]}


@FEW
@given(bodies.spellings(BODY))
def test_a_spelling_is_the_same_value(text: bytes) -> None:
    assert json.loads(text) == BODY


def test_spellings_escape_and_turn_round() -> None:
    assert find(bodies.spellings(BODY), lambda text: b"a.b" not in text, settings=SEARCH)
    assert find(
        bodies.spellings(BODY), lambda text: text.lstrip().startswith(b'{"use"'), settings=SEARCH
    )


@FEW
@given(bodies.misfits("token"))
def test_a_misfit_is_no_string(value: object) -> None:
    assert not isinstance(value, str)
    assert json.loads(json.dumps(value)) == value


def _tab_between_letters(case: Case) -> bool:
    return re.search(r"\w\t\w", case.token) is not None


def _claims(token: str) -> dict[str, Any]:
    try:
        return dict(jose.read(token).claims)
    except ValueError:
        return {}


def test_a_combination_is_made_large_only_once() -> None:
    """Two of these multiplied to a text of 17 MB, whose pieces filled the memory."""
    names = ("JWT-DOS-009.signatures", "JWT-PST-005.tab", "JWT-DOS-004.signature")

    done = compatible([by_id(name) for name in names])

    assert [mutation.id for mutation in done] == list(names[:2])
    assert compatible([done[0]] * 3) == done[:1]


def test_a_part_with_half_a_surrogate_pair_can_be_encoded_twice() -> None:
    names = ("JWT-B64-008.surrogate", "JWT-B64-009.payload")

    assert spoiled(CREDENTIAL, tuple(by_id(name) for name in names)).token
