"""The page is one safe file that says the verdict first."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from harness.evidence import Body, ExchangeRecord, Failure, RunEnd
from harness.requirements import Requirement
from reports.around import NOTHING, Around, Planted, Power
from reports.details import MOST_EXCHANGES
from reports.html import MOST_BROKEN, page
from reports.model import Findings
from reports.tests.runs import CATALOGUE, EXCHANGES, HEADER, findings, mixed, scenario

if TYPE_CHECKING:
    from harness.evidence import ScenarioResult

VOID = {"meta", "input", "wbr"}
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
        if tag in ("p", "h2", "h5", "h6", "pre", "span", "th", "td"):
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


def shown(found: Findings, around: Around = NOTHING) -> str:
    return page(found, CATALOGUE, around)


def words(text: str) -> str:
    return " ".join(text.split())


def hostile(text: str = HOSTILE) -> Findings:
    """A run in which every text is this one."""
    body = Body(f'{{"a": "{text}"}}{text}', 10, text)
    exchange = ExchangeRecord(
        party=text,
        method=text,
        url=f"https://a/{text}?{text}",
        operation=text,
        request_headers=[(text, text)],
        request_body=body,
        status=500,
        response_headers=[(text, text)],
        response_body=body,
    )
    unanswered = msgspec.structs.replace(exchange, status=None, error=text)
    texts: dict[str, Any] = {"id": text, "title": text, "area": text, "reason": text}
    failure = Failure(text, text, text, text, 0, text, text)
    scenarios = [
        scenario(
            verdict,
            text,
            **{**texts, "exchanges": [exchange, unanswered], "failure": failure},
        )
        for verdict in ("nonconformant", "warning", "refuted", "harness_error", "not_measured")
    ]
    header = msgspec.structs.replace(
        HEADER,
        label=text,
        tool=text,
        run_id=text,
        product={text: text},
        options={text: [text], "scenarios": text},
    )
    found = findings(*scenarios, header=header, end=RunEnd(ended=text, counts={}, notes=[text]))
    found.run.damaged.append(text)
    return found


@pytest.mark.parametrize(
    "found", [mixed(), findings(), hostile()], ids=["mixed", "empty", "hostile"]
)
def test_a_page_is_whole_and_alone(found: Findings) -> None:
    """No script, nothing fetched, no handler; ids once; every link leads somewhere on it."""
    text = shown(found)
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
    reader = Reader(shown(hostile()))

    assert "<img src=x onerror=alert(1)>{{7*7}}\\x00\\u202e\\u200b" in reader.text
    assert "49" not in reader.text


@pytest.mark.parametrize("character", ["x", "\0", "<", "_"])
def test_a_megabyte_in_every_place_is_cut(character: str) -> None:
    text = shown(hostile(character * 1_000_000))

    assert Reader(text).text
    assert len(text) < 1_200_000


def test_the_verdict_comes_first_then_what_needs_attention_then_the_tables() -> None:
    text = words(Reader(shown(mixed())).text)
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
    text = words(Reader(shown(findings(scenario("nonconformant")))).text)

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
    reader = Reader(shown(findings(scenario("nonconformant"))))
    exchanges = [
        found for tag, found in reader.tags if "exchange" in (found.get("class") or "").split()
    ]

    assert ["open" in found for found in exchanges] == [False, True, False]


def test_every_requirement_has_its_row_with_level_grade_source_and_verdict() -> None:
    reader = Reader(shown(mixed()))
    text = words(reader.text)

    for key, one in CATALOGUE.items():
        assert key in reader.values("id")
        row = text[text.rindex(f"{key} {one.title}") :]
        marks = f"{one.level} {one.grade}"
        assert one.source in row
        assert marks in row


def test_a_stopped_run_says_so_at_the_top() -> None:
    text = words(Reader(shown(findings(scenario(), end=False))).text)

    assert "The run was stopped" in text[:200]
    assert "Stopped after 1 of 5 scenarios" in text[:300]


def test_fakes_are_said_to_be_fakes() -> None:
    header = msgspec.structs.replace(HEADER, target="embedded")

    assert "Judged were this package's fakes" in shown(findings(scenario(), header=header))
    assert "Judged were this package's fakes" not in shown(findings(scenario()))


def test_reasons_of_what_was_not_measured_are_told() -> None:
    found = findings(*(scenario("not_measured", number=n, reason="no door") for n in range(9)))

    text = words(Reader(shown(found)).text)

    assert "no door 9 scenarios" in text


def test_notes_of_the_run_and_damage_are_told() -> None:
    found = findings(scenario(), end=RunEnd(ended="", counts={}, notes=["rule 4 is left"]))
    found.run.damaged.append("line 3 cannot be read")

    text = shown(found)

    assert "rule 4 is left" in text
    assert "line 3 cannot be read" in text


def test_of_many_exchanges_those_around_the_failure_are_shown() -> None:
    one = scenario("nonconformant", exchanges=EXCHANGES[:1] * 500)
    assert one.failure is not None
    one.failure.exchange = 400

    text = shown(findings(one))

    assert len(re.findall('class="exchange(?: at)?"', text)) == MOST_EXCHANGES
    assert '<span class="no">401</span>' in text
    assert f"{500 - MOST_EXCHANGES} more exchanges are in evidence.jsonl" in text


def test_a_page_of_huge_answers_stays_readable() -> None:
    big = msgspec.structs.replace(EXCHANGES[0], response_body=Body("x" * 20_000, 20_000))
    scenarios = [scenario("nonconformant", number=n, exchanges=[big] * 10) for n in range(200)]

    text = shown(findings(*scenarios))

    assert len(text) < 3_000_000
    assert "The page is full" in text


def failing(number: int, actual: str, key: str = "PA-CONN-001") -> ScenarioResult:
    failure = Failure(key, "status 200", actual, "not 200", 1, "scenarios/x.py:7")
    return scenario("nonconformant", key, number=number, failure=failure)


def test_the_verdict_names_the_first_causes_only() -> None:
    found = findings(*(failing(n, "x" * n) for n in range(MOST_BROKEN + 5)))

    text = words(Reader(shown(found)).text)

    assert f"{MOST_BROKEN + 5} likely causes" in text
    assert "and 5 more" in text[: text.index("Nonconformant")]


def test_failures_of_one_cause_stand_together_and_say_why() -> None:
    found = findings(
        failing(1, 'id is 4, not "4"', "PA-CONN-001"), failing(2, 'id is 5, not "5"', "FLOW-002")
    )

    text = words(Reader(shown(found)).text)

    assert "1 likely cause" in text
    assert 'add_pingone_connection answered 422: id is 4, not "4"' in text
    assert "Put together because the same was found in each, values apart" in text


def test_three_thousand_scenarios_stay_below_three_megabytes() -> None:
    """Each of a function and a cause of its own, with long names and answers."""
    big = msgspec.structs.replace(EXCHANGES[1], response_body=Body("<&>" * 5_000, 15_000))
    many = [
        msgspec.structs.replace(
            failing(n, chr(97 + n % 26) * (n // 26) + "<b>" * 2_000, f"OLD-{n % 900:03}"),
            id=f"area/test_{n}.py::test_{'long_' * 40}",
            title="<i>" * 60,
            exchanges=[big] * 4,
        )
        for n in range(3_000)
    ]

    assert len(shown(findings(*many)).encode()) < 3_000_000


def test_every_heading_is_below_the_one_that_it_belongs_to() -> None:
    levels = [int(tag[1]) for tag, _ in Reader(shown(mixed())).tags if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_headers_for_whoever_hears_them() -> None:
    reader = Reader(shown(mixed(), Around((mixed().run, mixed().run))))
    tags = [tag for tag, _ in reader.tags]
    scopes = [found.get("scope") for tag, found in reader.tags if tag == "th"]
    boxes = [found for _, found in reader.tags if found.get("class") == "scroll"]

    assert tags.count("caption") == tags.count("table") == len(boxes) > 0
    assert set(scopes) == {"col", "row"}
    assert all("tabindex" in found and found["aria-label"] for found in boxes)


def test_only_the_catalogue_has_links_that_lead_outside() -> None:
    source = "page <b>, RFC 7515 section 4.1 and https://example.com/a?b=1&c=2, javascript:alert(1)"
    catalogue = {"X-1": Requirement("X-1", "A sentence.", "MUST", "documented", source, "flow")}
    run = findings(scenario("nonconformant", "X-1", reason="https://evil.example/")).run

    links = Reader(page(Findings(run, catalogue), catalogue)).values("href")

    assert {one for one in links if not one.startswith("#")} == {
        "https://www.rfc-editor.org/rfc/rfc7515.html#section-4.1",
        "https://example.com/a?b=1&c=2",
    }


def test_the_first_screen_says_what_is_known_beside_the_run() -> None:
    gone = scenario(id="c", title="c", traffic=[])
    earlier = findings(scenario("nonconformant", id="a"), scenario(id="b"), gone).run
    now = findings(scenario(id="a"), scenario("nonconformant", id="b"), scenario(id="d"))
    power = Power(9, 1, [Planted("PA-D-001", "t", "x", "y"), Planted("PA-D-002", "t", "x")])

    text = words(Reader(shown(now, Around((earlier,), power))).text)

    told = text[: text.index("Nonconformant")]
    assert "1 worse, 1 better" in told
    assert "1 only now. 1 only then." in told
    assert "9 of 10 planted defects were found" in told
    assert "Missed: PA-D-002." in told
    assert "0 of 1 measured requirements are our own assumption" in told


def test_what_is_not_known_beside_the_run_is_said_to_be_unknown() -> None:
    text = words(Reader(shown(findings(scenario()))).text)

    assert "Nothing to compare" in text
    assert "Detection power Not measured" in text


def test_each_release_has_a_column() -> None:
    old = findings(scenario("nonconformant"), scenario("conformant", "FLOW-001"))
    old.run.header = msgspec.structs.replace(HEADER, release="8.3")

    text = words(Reader(shown(findings(scenario()), Around((old.run,)))).text)

    assert "area requirements 9.1 this run 8.3 2026-11-24" in text
    assert "Connections ✓ 1 conformant" not in text
    assert "1 of 1" in text
    assert "0 of 1" in text
