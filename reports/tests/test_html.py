"""The page is one safe file that says the verdict first."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from harness.evidence import Body, ExchangeRecord, Failure, RunEnd
from reports.html import MOST_BROKEN, MOST_EXCHANGES, page
from reports.tests.runs import CATALOGUE, EXCHANGES, HEADER, findings, mixed, scenario

if TYPE_CHECKING:
    from reports.model import Findings

VOID = {"meta", "input"}
HOSTILE = "</script><script>alert(1)</script>'\"><img src=x onerror=alert(1)>{{7*7}}\0\u202e\u200b"


class Reader(HTMLParser):
    """Tags, ids, links and text of a page; fails where tags do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag in ("p", "h5", "pre", "span"):
            self.text += " "

    def handle_endtag(self, tag: str) -> None:
        """The last open tag closes."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text, but not that of the style sheet."""
        if self._open and self._open[-1] != "style":
            self.text += data

    def values(self, attribute: str) -> list[str]:
        """The values of an attribute on the page."""
        return [found[attribute] or "" for _, found in self.tags if attribute in found]


def words(text: str) -> str:
    return " ".join(text.split())


def hostile() -> Findings:
    """A run in which every text is hostile."""
    body = Body(f'{{"a": "{HOSTILE}"}}{HOSTILE}', 10, HOSTILE)
    exchange = ExchangeRecord(
        party=HOSTILE,
        method=HOSTILE,
        url=f"https://a/{HOSTILE}?{HOSTILE}",
        operation=HOSTILE,
        request_headers=[(HOSTILE, HOSTILE)],
        request_body=body,
        status=500,
        response_headers=[(HOSTILE, HOSTILE)],
        response_body=body,
    )
    unanswered = msgspec.structs.replace(exchange, status=None, error=HOSTILE)
    texts: dict[str, Any] = {"id": HOSTILE, "title": HOSTILE, "area": HOSTILE, "reason": HOSTILE}
    failure = Failure(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 0, HOSTILE, HOSTILE)
    scenarios = [
        scenario(
            verdict,
            HOSTILE,
            **{**texts, "exchanges": [exchange, unanswered], "failure": failure},
        )
        for verdict in ("nonconformant", "warning", "refuted", "harness_error", "not_measured")
    ]
    header = msgspec.structs.replace(
        HEADER,
        label=HOSTILE,
        tool=HOSTILE,
        run_id=HOSTILE,
        product={HOSTILE: HOSTILE},
        options={HOSTILE: [HOSTILE], "scenarios": HOSTILE},
    )
    found = findings(
        *scenarios, header=header, end=RunEnd(ended=HOSTILE, counts={}, notes=[HOSTILE])
    )
    found.run.damaged.append(HOSTILE)
    return found


@pytest.mark.parametrize(
    "found", [mixed(), findings(), hostile()], ids=["mixed", "empty", "hostile"]
)
def test_a_page_is_whole_and_alone(found: Findings) -> None:
    """No script, nothing fetched, no handler; ids once; every link leads somewhere on it."""
    text = page(found)
    reader = Reader(text)
    tags = {tag for tag, _ in reader.tags}
    ids = reader.values("id")

    assert not tags & {"script", "img", "link", "iframe", "object", "base", "form", "a:"}
    assert not [name for _, found in reader.tags for name in found if name.startswith("on")]
    assert not reader.values("src")
    assert all(link.startswith("#") for link in reader.values("href"))
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in reader.values("href")} <= set(ids)
    assert not re.search(r"url\(|@import", text)
    assert not re.search("[\0\u202e\u200b]", text)
    assert "default-src 'none'" in (reader.values("content"))[1]


def test_hostile_text_is_shown_as_text() -> None:
    reader = Reader(page(hostile()))

    assert "<img src=x onerror=alert(1)>{{7*7}}\\x00\\u202e\\u200b" in reader.text
    assert "49" not in reader.text


def test_the_verdict_comes_first_then_what_needs_attention_then_the_tables() -> None:
    text = words(Reader(page(mixed())).text)
    order = [
        "The product does not conform.",
        "1 of 3 measured requirements is broken",
        "The sentence of PA-CONN-001.",
        "Nonconformant a MUST is broken",
        "Refuted assumptions our own",
        "Warnings a SHOULD",
        "Harness errors the suite",
        "Not measured this target",
        "Areas",
        "Requirements",
    ]

    places: list[int] = []
    for one in order:
        places.append(text.index(one, places[-1] if places else 0))
    assert places == sorted(places)


def test_a_failure_shows_sentence_expectation_and_what_was_sent_and_answered() -> None:
    text = words(Reader(page(findings(scenario("nonconformant")))).text)

    for part in (
        "The sentence of PA-CONN-001.",
        "page of PA-CONN-001",
        "connections/test_crud.py::test_nonconformant_1[create]",
        "scenarios/x.py:7",
        "Expected status 200 Actual status 422",
        "POST /pa-admin-api/v3/pingone/connections",
        "add_pingone_connection",
        "Authorization: Basic (Administrator:REDACTED-1)",
        '{ "flash": [ "Save Failed" ], "form": {} }',
        "cut: 35 of 99",
        "ConnectTimeout: late",
        "curl --silent --show-error --include --request POST --user Administrator:REDACTED-1",
    ):
        assert part in text


def test_the_exchange_at_which_it_failed_is_open() -> None:
    reader = Reader(page(findings(scenario("nonconformant"))))
    exchanges = [
        found for tag, found in reader.tags if "exchange" in (found.get("class") or "").split()
    ]

    assert ["open" in found for found in exchanges] == [False, True, False]


def test_every_requirement_has_its_row_with_level_grade_source_and_verdict() -> None:
    reader = Reader(page(mixed()))
    text = words(reader.text)

    for key, one in CATALOGUE.items():
        assert key in reader.values("id")
        row = text[text.rindex(f"{key} {one.title}") :]
        marks = f"{one.level} {one.grade}"
        assert one.source in row
        assert marks in row


def test_a_stopped_run_says_so_at_the_top() -> None:
    text = words(Reader(page(findings(scenario(), end=False))).text)

    assert "The run was stopped" in text[:200]
    assert "Stopped after 1 of 5 scenarios" in text[:300]


def test_fakes_are_said_to_be_fakes() -> None:
    header = msgspec.structs.replace(HEADER, target="embedded")

    assert "Judged were this package's fakes" in page(findings(scenario(), header=header))
    assert "Judged were this package's fakes" not in page(findings(scenario()))


def test_reasons_of_what_was_not_measured_are_told() -> None:
    found = findings(*(scenario("not_measured", number=n, reason="no door") for n in range(9)))

    text = words(Reader(page(found)).text)

    assert "no door 9 scenarios" in text


def test_notes_of_the_run_and_damage_are_told() -> None:
    found = findings(scenario(), end=RunEnd(ended="", counts={}, notes=["rule 4 is left"]))
    found.run.damaged.append("line 3 cannot be read")

    text = page(found)

    assert "rule 4 is left" in text
    assert "line 3 cannot be read" in text


def test_of_many_exchanges_those_around_the_failure_are_shown() -> None:
    one = scenario("nonconformant", exchanges=EXCHANGES[:1] * 500)
    assert one.failure is not None
    one.failure.exchange = 400

    text = page(findings(one))

    assert len(re.findall('class="exchange(?: at)?"', text)) == MOST_EXCHANGES
    assert '<span class="no">401</span>' in text
    assert f"{500 - MOST_EXCHANGES} more exchanges are in evidence.jsonl" in text


def test_a_page_of_huge_answers_stays_readable() -> None:
    big = msgspec.structs.replace(EXCHANGES[0], response_body=Body("x" * 20_000, 20_000))
    scenarios = [scenario("nonconformant", number=n, exchanges=[big] * 10) for n in range(200)]

    text = page(findings(*scenarios))

    assert len(text) < 8_000_000
    assert "The page is full" in text


def test_the_verdict_names_the_first_broken_requirements_only() -> None:
    found = findings(*(scenario("nonconformant", f"OLD-{n:03}") for n in range(MOST_BROKEN + 5)))

    text = words(Reader(page(found)).text)

    assert "and 5 more" in text[: text.index("Nonconformant")]
