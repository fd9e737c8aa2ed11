"""Every check passes what is right and says of what is wrong: requirement, expected, actual."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from harness import checks, recorder
from harness.errors import NoAnswer, NonConformance, NotMeasured, Unreachable
from harness.judging import SHORT
from harness.recorder import MASK, Exchange, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REFUSAL = {"flash": ["Save Failed"], "form": {"name": ["may not be null"]}}
ERROR = {
    "id": "1",
    "code": "INVALID_DATA",
    "message": "no",
    "details": [{"code": "REQUIRED_VALUE", "target": "name", "message": "is required"}],
}


def answer(status: int = 200, body: Any = None, **more: Any) -> httpx.Response:
    """An answer with a JSON body."""
    return httpx.Response(status, json=body, **more)


def text(status: int, content: str) -> httpx.Response:
    """An answer with a body as it is."""
    return httpx.Response(status, content=content)


RIGHT: dict[str, Callable[[], object]] = {
    "a status": lambda: checks.expect_status(answer(404), 200, 404),
    "saved": lambda: checks.expect_saved(answer(200, {"id": 1})),
    "deleted": lambda: checks.expect_deleted(text(200, "")),
    "refused": lambda: checks.expect_refused(answer(422, REFUSAL)),
    "refused for a field": lambda: checks.expect_refused(answer(422, REFUSAL), field="name"),
    "refused with flash alone": lambda: checks.expect_refused(
        answer(422, {"flash": ["in use"], "form": {}})
    ),
    "refused by another status": lambda: checks.expect_refused(text(400, "no"), status=(422, 400)),
    "items": lambda: checks.expect_items(answer(200, {"items": [{"id": 1}]})),
    "equal": lambda: checks.expect_equal([1, {"a": None}], [1, {"a": None}], "it"),
    "unchanged": lambda: checks.expect_unchanged({"a": 1}, {"a": 1}, "it"),
    "members": lambda: checks.expect_members({"a": {"b": 1, "c": 2}}, {"a": {"b": 1}}, "it"),
    "that": lambda: checks.expect_that("anything true", "it", None),
    "hidden": lambda: checks.expect_hidden("secret", answer(200, {"a": "b"}), text(422, "")),
    "hidden from nobody": lambda: checks.expect_hidden("secret"),
    "a header": lambda: checks.expect_header(answer(headers={"A": "b"}), "a", "b"),
    "a header by a predicate": lambda: checks.expect_header(
        answer(headers={"A": "b"}), "a", lambda value: value > "a"
    ),
    "an error": lambda: checks.expect_error(answer(400, ERROR), 400, "INVALID_DATA"),
    "an error of either code": lambda: checks.expect_error(
        answer(400, ERROR), (400, 403), ("OTHER", "INVALID_DATA"), target="name"
    ),
    "an error with a detail": lambda: checks.expect_error(
        answer(400, ERROR), 400, detail="REQUIRED_VALUE"
    ),
    "an OAuth error": lambda: checks.expect_oauth_error(
        answer(401, {"error": "invalid_client"}), (400, 401), "invalid_client"
    ),
}

WRONG: dict[str, tuple[Callable[[], object], str, str]] = {
    "a status": (lambda: checks.expect_status(text(500, "oh"), 200, 404), "200 or 404", "500"),
    "saved with 201": (lambda: checks.expect_saved(answer(201, {})), "status 200", "201"),
    "saved without a body": (lambda: checks.expect_saved(text(200, "")), "JSON object", "empty"),
    "saved without a member that is read": (
        lambda: checks.expect_saved(answer(200, {"name": "x"}))["id"],
        "a member id",
        '{"name": "x"}',
    ),
    "items without a member that is read": (
        lambda: checks.expect_items(answer(200, {"items": [{"a": {}}]}))[0]["a"]["b"],
        "a member b",
        "{}",
    ),
    "saved as a list": (lambda: checks.expect_saved(answer(200, [])), "JSON object", "[]"),
    "saved as broken JSON": (
        lambda: checks.expect_saved(text(200, '{"a":')),
        "JSON object",
        '{"a":',
    ),
    "deleted with 204": (lambda: checks.expect_deleted(text(204, "")), "status 200", "204"),
    "not refused": (lambda: checks.expect_refused(answer(200, {"id": 1})), "status 422", "200"),
    "refused by a crash": (
        lambda: checks.expect_refused(text(500, "oh"), status=(422, 400)),
        "422 or 400",
        "500",
    ),
    "refused for another field": (
        lambda: checks.expect_refused(answer(422, REFUSAL), field="id"),
        "a complaint about id",
        "may not be null",
    ),
    "refused for a field without a sentence": (
        lambda: checks.expect_refused(answer(422, {"flash": [], "form": {"id": []}}), field="id"),
        "a complaint about id",
        '"id": []',
    ),
    "items of a bare array": (lambda: checks.expect_items(answer(200, [])), "JSON object", "[]"),
    "no items": (lambda: checks.expect_items(answer(200, {})), "items, an array", "{}"),
    "items that are no objects": (
        lambda: checks.expect_items(answer(200, {"items": [1]})),
        "items, an array of objects",
        "[1]",
    ),
    "not equal": (lambda: checks.expect_equal({"a": 1}, {"a": 2}, "it"), "it: ", "a is 1, not 2"),
    "true for one": (lambda: checks.expect_equal(True, 1, "it"), "it: 1", "true"),
    "changed": (
        lambda: checks.expect_unchanged({"a": 1}, {"a": 1, "b": 2}, "it"),
        "it unchanged",
        "b is not expected",
    ),
    "members that lack": (
        lambda: checks.expect_members({"a": {}}, {"a": {"b": 1}}, "it"),
        "it with",
        "a.b is missing",
    ),
    "not that": (lambda: checks.expect_that([], "something", {"x": 1}), "something", '{"x": 1}'),
    "shown": (
        lambda: checks.expect_hidden("s3cr3t", text(200, ""), text(422, "s3cr3t")),
        "without the secret",
        "in the body",
    ),
    "no header": (lambda: checks.expect_header(answer(), "a", "b"), "header a: b", "null"),
    "another header": (
        lambda: checks.expect_header(answer(headers={"A": "c"}), "a", "b"),
        "header a: b",
        "c",
    ),
    "a header that is not right": (
        lambda: checks.expect_header(answer(headers={"A": "c"}), "a", str.isdigit),
        "right by isdigit",
        "c",
    ),
    "an error with another status": (lambda: checks.expect_error(answer(500), 400), "400", "500"),
    "an error with another code": (
        lambda: checks.expect_error(answer(400, ERROR), 400, "OTHER"),
        "code OTHER",
        "INVALID_DATA",
    ),
    "an error without a code": (
        lambda: checks.expect_error(answer(400, {"message": "no"}), 400),
        "code a text",
        "no",
    ),
    "an error that is no object": (
        lambda: checks.expect_error(text(404, "<html>"), 404, "NOT_FOUND"),
        "JSON object",
        "<html>",
    ),
    "an error about another member": (
        lambda: checks.expect_error(answer(400, ERROR), 400, target="id"),
        "target id",
        "name",
    ),
    "an error with another detail": (
        lambda: checks.expect_error(answer(400, ERROR), 400, detail="SIZE"),
        "code SIZE",
        "REQUIRED_VALUE",
    ),
    "an error whose details are texts": (
        lambda: checks.expect_error(answer(400, ERROR | {"details": ["x"]}), 400, target="x"),
        "target x",
        "x",
    ),
    "another OAuth error": (
        lambda: checks.expect_oauth_error(answer(400, {"error": "a"}), 400, ("b", "c")),
        "error b or c",
        "a",
    ),
}

MISSHAPEN: list[Any] = [
    {},
    [],
    None,
    {"flash": ["Save Failed"]},
    {"form": {}},
    {"flash": "Save Failed", "form": {}},
    {"flash": [1], "form": {}},
    {"flash": [], "form": []},
    {"flash": [], "form": {"name": "may not be null"}},
    {"flash": [], "form": {"name": [None]}},
    {"code": "INVALID_DATA", "message": "no"},
]


@pytest.fixture(autouse=True)
def record() -> Iterator[Record]:
    """The record of the scenario that is running."""
    record = Record("a scenario", ("X-1", "X-2"))
    recorder.current.set(record)
    yield record
    recorder.current.set(None)


@pytest.mark.parametrize("check", RIGHT.values(), ids=RIGHT.keys())
def test_what_is_right_passes(check: Callable[[], object]) -> None:
    check()


@pytest.mark.parametrize(("check", "expected", "actual"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told(check: Callable[[], object], expected: str, actual: str) -> None:
    with pytest.raises(NonConformance) as told:
        check()

    assert expected in told.value.expected
    assert actual in told.value.actual
    assert told.value.requirement == "X-1"


@pytest.mark.parametrize("body", MISSHAPEN, ids=repr)
def test_a_refusal_has_the_documented_shape(body: Any) -> None:
    """Source: admin API 7.3, schema ApiError (flash and form required)."""
    with pytest.raises(NonConformance, match=r"JSON object|flash, an array of texts"):
        checks.expect_refused(answer(422, body))


def test_a_refusal_is_normalised() -> None:
    other = checks.expect_refused(answer(400, {"message": "no"}), status=400)

    assert checks.expect_refused(answer(422, REFUSAL | {"more": 1})) == REFUSAL
    assert other == {"flash": [], "form": {}}


def test_checks_give_what_they_looked_at() -> None:
    assert checks.expect_saved(answer(200, {"id": 1})) == {"id": 1}
    assert checks.expect_items(answer(200, {"items": [{"id": 1}]})) == [{"id": 1}]
    assert checks.expect_error(answer(400, ERROR), 400) == ERROR
    assert checks.expect_header(answer(headers={"A": "b"}), "A", "b") == "b"


def test_the_exchange_of_the_answer_is_the_evidence(record: Record) -> None:
    """Not a later one; of a value without an answer it is the last."""
    request = httpx.Request("GET", "https://pa.test/x")
    for status in (422, 200):
        record.note(Exchange("pingaccess", None, request, answer(status)))
    first, last = record.exchanges

    with pytest.raises(NonConformance) as of_answer:
        checks.expect_saved(first.response or answer())
    with pytest.raises(NonConformance) as of_value:
        checks.expect_equal(1, 2, "it")

    assert of_answer.value.exchange is first
    assert of_value.value.exchange is last


def test_another_requirement_can_be_named() -> None:
    with pytest.raises(NonConformance) as told:
        checks.expect_equal(1, 2, "it", requirement="X-2")

    assert told.value.requirement == "X-2"


def test_a_check_without_a_scenario_still_tells() -> None:
    recorder.current.set(None)

    with pytest.raises(NonConformance) as told:
        checks.expect_that(False, "something", None)

    assert (told.value.requirement, told.value.exchange) == (None, None)


def test_no_secret_stands_in_a_message_even_where_it_is_cut_off(record: Record) -> None:
    """It is masked before the text is shortened: half a secret would not be found."""
    record.secret("s3cr3t" * 20)
    long = "x" * (SHORT - 10) + "s3cr3t" * 20 + "y" * 100

    with pytest.raises(NonConformance) as told:
        checks.expect_equal(long, "s3cr3t" * 20, "it")

    assert MASK in told.value.expected
    assert "s3cr3t" not in str(told.value)
    assert "characters)" in told.value.actual
    assert len(told.value.actual) < 2 * SHORT


def test_a_long_value_is_cut_behind_a_comma() -> None:
    """What is cut within a secret is taken for another secret, and the end of the text with it."""
    long = {"name": "x" * (SHORT // 2), "password": "y" * SHORT}

    with pytest.raises(NonConformance) as told:
        checks.expect_equal(long, {}, "it")

    assert re.search(r'x",… \(\d+ characters\)$', told.value.actual)


def test_a_value_that_is_no_json_can_be_told() -> None:
    with pytest.raises(NonConformance, match=r"\{1\}"):
        checks.expect_equal({1}, {2}, "it")


def test_a_dropped_request_can_be_made_a_verdict(record: Record) -> None:
    """Only where the answer is what is judged; a product that is not there is none."""

    def dropped() -> httpx.Response:
        request = httpx.Request("POST", "https://pa.test/x")
        record.note(Exchange("pingaccess", None, request, error="ReadError: "))
        raise NoAnswer("POST /x got no answer")

    def away() -> httpx.Response:
        raise Unreachable("nobody there")

    with pytest.raises(NonConformance, match="X-1: expected an answer; actual POST") as told:
        checks.expect_answered(dropped)
    assert told.value.exchange is record.exchanges[-1]
    with pytest.raises(Unreachable):
        checks.expect_answered(away)
    found = answer(500)
    assert checks.expect_answered(lambda: found) is found


def test_not_measured_ends_the_scenario_with_its_reason() -> None:
    with pytest.raises(NotMeasured, match="no clock"):
        checks.not_measured("no clock")


@pytest.mark.parametrize(
    ("status", "assumed", "guess"),
    [(403, True, True), (500, True, True), (200, True, False), (403, False, False)],
)
def test_the_status_of_a_refusal_may_be_assumed_but_not_the_refusal(
    status: int, assumed: bool, guess: bool
) -> None:
    with pytest.raises(NonConformance) as caught:
        checks.expect_refused(answer(status, {}), assumed=assumed)

    assert caught.value.assumed is guess
