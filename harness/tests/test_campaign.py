"""A campaign finds each way to treat a token wrongly, and tells it by the plainest recipe."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import httpx
import pytest

from harness import campaign as told
from harness.bulk import Bulk, read
from harness.campaign import Campaign, Failure
from harness.errors import NoAnswer
from harness.recorder import Record
from harness.tests.decoder import judge
from harness.tests.tokens import CREDENTIAL, ISSUER_KEY

KEY = ISSUER_KEY.public_key()

Reader = Callable[[str], httpx.Response]


def strict(text: str) -> httpx.Response:
    """What a good product answers."""
    good = judge(text, key=KEY).accepted
    return httpx.Response(200 if good else 422, json={})


class Scripted:
    """A door behind which a reader of these tests is; a text that is stored is its state."""

    base = CREDENTIAL
    accepting, refusing = frozenset({200}), frozenset({422})

    def __init__(self, reads: Reader, stores: str = "") -> None:
        self._reads, self._stores, self._stored = reads, stores, 0

    def carries(self, text: str) -> bool:
        """Any but half a surrogate pair."""
        return "\ud800" not in text

    def send(self, text: str) -> httpx.Response:
        """The reader's answer."""
        self._stored += bool(self._stores) and self._stores in text
        return self._reads(text)

    def state(self) -> object:
        """How often the text was stored."""
        return self._stored

    def mend(self) -> None:
        """Nothing."""


def failures(door: Scripted, tokens: int = 1_500) -> list[Failure]:
    clock = count()
    run = Campaign("scripted", door, Bulk(CREDENTIAL, seed=1), Record("x"), lambda: next(clock) / 9)
    return [one for one in run.run(lambda tally: tally.sent < tokens) if one is not None]


def test_a_good_reader_shows_nothing() -> None:
    assert failures(Scripted(strict)) == []


def mends(text: str) -> httpx.Response:
    return strict("".join(text.split()))


def breaks(text: str) -> httpx.Response:
    return httpx.Response(500) if text.count(".") > 50 else strict(text)


def refuses_all(_: str) -> httpx.Response:
    return httpx.Response(422, json={})


def repeats(text: str) -> httpx.Response:
    return httpx.Response(422, text=text) if "Bearer" in text else strict(text)


def hangs_up(text: str) -> httpx.Response:
    if "%2E" in text:
        raise NoAnswer("gone")
    return strict(text)


@pytest.mark.parametrize(
    ("reader", "problem", "kinds"),
    [
        (mends, told.ACCEPTED, {"JWT-PST-004", "JWT-PST-005", "JWT-B64-006"}),
        (breaks, told.BROKEN, {"JWT-STR-010", "JWT-DOS-013"}),
        (refuses_all, told.GOOD_REFUSED, {"untouched"}),
        (repeats, told.LEAKED, {"JWT-PST-008"}),
        (hangs_up, told.DROPPED, {"JWT-PST-015"}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_bad_reader_is_told_by_single_mutations(
    reader: Reader, problem: str, kinds: set[str]
) -> None:
    found = failures(Scripted(reader))

    assert {one.problem for one in found} == {problem}
    assert {one.plainest.partition(".")[0] for one in found} == kinds
    assert all("+" not in one.plainest for one in found)


def test_what_stores_a_refused_token_is_told_with_the_token_that_did_it() -> None:
    found = failures(Scripted(strict, stores="```"), tokens=3_000)

    assert {(one.problem, one.plainest) for one in found} == {(told.CHANGED, "JWT-PST-009.fence")}


def test_a_slow_answer_is_told() -> None:
    clock = count(step=told.SLOW_S)
    run = Campaign("x", Scripted(strict), Bulk(CREDENTIAL), Record("x"), lambda: next(clock) * 2.0)

    (found,) = [one for one in run.run(lambda tally: tally.sent < 1) if one is not None]

    assert found.problem == told.SLOW


def test_the_same_failure_is_told_once_and_counted() -> None:
    run = Campaign("x", Scripted(mends), Bulk(CREDENTIAL), Record("x"), lambda: 0.0)
    recipe = read("JWT-PST-005.tab")

    first, second = run.sent(0, recipe), run.sent(1, recipe)

    assert first is not None
    assert second is None
    assert (run.tally.failures, run.tally.again) == (1, 1)


def test_a_campaign_goes_on_where_it_is_told_to() -> None:
    runs = [
        Campaign("x", Scripted(mends), Bulk(CREDENTIAL, seed=2), Record("x"), lambda: 0.0)
        for _ in range(2)
    ]
    whole = [one for one in runs[0].run(lambda tally: tally.next < 1_300) if one]
    runs[1].tally.next = 1_000
    rest = [one for one in runs[1].run(lambda tally: tally.next < 1_300) if one]

    assert [one.number for one in rest if one in whole] == [
        one.number for one in whole if (one.number or 0) >= 1_000
    ]


def test_no_part_of_a_token_stands_in_a_failure() -> None:
    rows = [str(one.row()) for one in failures(Scripted(mends))]

    assert rows
    assert not any(part in row for row in rows for part in CREDENTIAL.split("."))


def test_nothing_is_held_on_to() -> None:
    record = Record("x")
    record.secret("the password")
    run = Campaign("x", Scripted(strict), Bulk(CREDENTIAL), record, lambda: 0.0)
    record.secret("a token")

    run.sent(0, ())

    assert record.secrets == {"the password"}
    assert record.exchanges == []
