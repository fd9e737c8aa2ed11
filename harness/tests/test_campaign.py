"""A campaign finds each way to treat a token wrongly, and tells it by the plainest recipe."""

from __future__ import annotations

import re
import socket
from base64 import b64encode
from collections.abc import Callable
from itertools import count
from uuid import UUID

import httpx
import pytest

from harness import campaign as told
from harness import jose
from harness.bulk import Bulk, read
from harness.campaign import Around, Campaign, Failure
from harness.doors import Door
from harness.errors import NoAnswer
from harness.listening import Listener
from harness.outside import Outside
from harness.recorder import Record
from harness.tests.decoder import judge
from harness.tests.tokens import CREDENTIAL, ISSUER, ISSUER_KEY

KEY = ISSUER_KEY.public_key()

Reader = Callable[[str], httpx.Response]


def strict(text: str) -> httpx.Response:
    """What a good product answers."""
    good = judge(text, key=KEY).accepted
    return httpx.Response(200 if good else 422, json={"reason": "no"})


class Called(Outside):
    """Knows of a stranger that was called once its name was sent."""

    def __init__(self) -> None:
        super().__init__(None)
        self.hosts: list[str] = []

    def strangers(self) -> list[str]:
        """Those since the last look."""
        found, self.hosts = self.hosts, []
        return found


class Scripted(Door):
    """A door behind which a reader of these tests is; a text that is stored is its state."""

    base, refusing, canaries = CREDENTIAL, frozenset({422}), ("canary of the tests",)

    def __init__(self, reads: Reader, stores: str = "", calls: str = "") -> None:
        self._reads, self._stores, self._stored = reads, stores, 0
        self._calls, self.outside = calls, Called()

    def carries(self, text: str) -> bool:
        """Any but half a surrogate pair."""
        return "\ud800" not in text

    def send(self, text: str) -> httpx.Response:
        """The reader's answer."""
        self._stored += bool(self._stores) and self._stores in text
        if self._calls and self._calls in text:
            self.outside.hosts.append("stranger")
        return self._reads(text)

    def helps(self, answer: httpx.Response, text: str) -> bool:
        """A refusal has a reason."""
        del text
        return "reason" in answer.text

    def state(self) -> object:
        """How often the text was stored."""
        return self._stored


def campaign(door: Scripted, seed: int = 0, clock: Callable[[], float] = lambda: 0.0) -> Campaign:
    around = Around(Record("x"), clock, door.outside)
    return Campaign("scripted", door, Bulk(CREDENTIAL, seed=seed, signer=door.signer), around)


def failures(door: Scripted, tokens: int = 1_500) -> list[Failure]:
    clock = count()
    run = campaign(door, 1, lambda: next(clock) / 9)
    return [one for one in run.run(lambda tally: tally.sent < tokens) if one is not None]


@pytest.mark.parametrize("part", ["send", "helps", "state"])
def test_a_door_that_lacks_a_part_cannot_be_opened(part: str) -> None:
    parts = {"send": None, "helps": None, "state": None}
    assert type("Whole", (Door,), parts)()

    del parts[part]
    with pytest.raises(TypeError, match=rf"abstract method '?{part}"):
        type("Half", (Door,), parts)()


def test_a_good_reader_shows_nothing() -> None:
    assert failures(Scripted(strict)) == []


def mends(text: str) -> httpx.Response:
    return strict("".join(text.split()))


def breaks(text: str) -> httpx.Response:
    return httpx.Response(500) if text.count(".") > 50 else strict(text)


def refuses_all(_: str) -> httpx.Response:
    return httpx.Response(422, json={"reason": "no"})


def repeats(text: str) -> httpx.Response:
    return httpx.Response(422, text=text) if "Bearer" in text else strict(text)


def tells_a_claim(text: str) -> httpx.Response:
    """The name in the claims, as base64 in the answer to a token behind a scheme."""
    shown = b64encode(b"of canary of the tests").decode() if "Bearer" in text else "no"
    return httpx.Response(strict(text).status_code, json={"reason": shown})


def is_silent(text: str) -> httpx.Response:
    answer = strict(text)
    return httpx.Response(answer.status_code, json={} if "Bearer" in text else {"reason": "no"})


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
        (tells_a_claim, told.LEAKED, {"JWT-PST-008"}),
        (is_silent, told.HELPLESS, {"JWT-PST-008"}),
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


def test_who_calls_a_stranger_is_told_with_the_token_that_made_it() -> None:
    found = failures(Scripted(strict, calls="```"), tokens=3_000)

    assert {(one.problem, one.plainest) for one in found} == {(told.CALLED, "JWT-PST-009.fence")}


def test_a_reader_that_follows_an_address_is_heard_by_the_canary() -> None:
    """Over a socket, as a product of which nobody knows whom it calls."""
    canary = Listener()

    def follows(text: str) -> httpx.Response:
        for url in re.findall(rb"https://[^\s\"\\/]+", decoded(text)):
            host, _, port = url.rpartition(b"@")[2].removeprefix(b"https://").partition(b":")
            if port.isdigit() and int(port) > 9:
                socket.create_connection((host.decode(), int(port)), 5).close()
        return strict(text)

    door = Scripted(follows)
    bulk = Bulk(CREDENTIAL, seed=1, canary=canary.address)
    run = Campaign("scripted", door, bulk, Around(Record("x"), lambda: 0.0, Outside(None, canary)))
    try:
        found = [one for one in run.run(lambda tally: tally.sent < 1_500) if one is not None]
        again = run.judged(read("JWT-PNG-007.foreign"))
        silent = run.judged(read("JWT-PNG-001.missing"))
    finally:
        canary.close()

    assert {one.problem for one in found} == {told.CALLED}
    assert {one.plainest[:11] for one in found} <= {
        *("JWT-PNG-007", "JWT-PNG-008", "JWT-PNG-014", "JWT-HDR-029", "JWT-HDR-030"),
        *("JWT-HDR-031", "JWT-CLM-001", "JWT-CLM-003", "JWT-HJS-009", "JWT-PJS-006"),
    }
    assert (again, silent) == ((told.CALLED, 422), None)


def decoded(text: str) -> bytes:
    """What header and payload hold, where they are base64url."""
    parts = text.split(".")[:2]
    try:
        return b" ".join(jose.unb64url(part) for part in parts)
    except ValueError:
        return b""


def test_another_answer_to_the_same_token_is_told() -> None:
    number = count()

    def moody(text: str) -> httpx.Response:
        return httpx.Response(strict(text).status_code, json={"reason": next(number) % 2})

    assert {one.problem for one in failures(Scripted(moody))} == {told.OTHERWISE}


def test_ids_and_times_make_no_other_answer() -> None:
    number = count()

    def own(text: str) -> httpx.Response:
        reason = f"{UUID(int=next(number))} at 2026-01-01T00:00:{next(number) % 60:02}Z"
        return httpx.Response(strict(text).status_code, json={"reason": reason})

    assert failures(Scripted(own)) == []


def test_a_legal_token_that_is_refused_is_told_where_the_key_is_at_hand() -> None:
    def dislikes_unknown_members(text: str) -> httpx.Response:
        members = judge(text, key=KEY).claims if strict(text).status_code == 200 else {}
        return refuses_all(text) if "x" in members else strict(text)

    door = Scripted(dislikes_unknown_members)
    door.signer = ISSUER

    assert {(one.problem, one.plainest) for one in failures(door)} == {
        (told.LEGAL_REFUSED, "JWT-CLM-012.nested")
    }


def test_a_slow_answer_is_told() -> None:
    clock = count(step=told.SLOW_S)
    run = campaign(Scripted(strict), clock=lambda: next(clock) * 2.0)

    (found,) = [one for one in run.run(lambda tally: tally.sent < 1) if one is not None]

    assert found.problem == told.SLOW


def test_the_same_failure_is_told_once_and_counted() -> None:
    run = campaign(Scripted(mends))
    recipe = read("JWT-PST-005.tab")

    first, second = run.sent(0, recipe), run.sent(1, recipe)

    assert first is not None
    assert second is None
    assert (run.tally.failures, run.tally.again) == (1, 1)


def test_a_campaign_goes_on_where_it_is_told_to() -> None:
    runs = [campaign(Scripted(mends), 2) for _ in range(2)]
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
    around = Around(record, lambda: 0.0, Outside(None))
    run = Campaign("x", Scripted(strict), Bulk(CREDENTIAL), around)
    record.secret("a token")

    run.sent(0, ())

    assert record.secrets == {"the password"}
    assert record.exchanges == []
