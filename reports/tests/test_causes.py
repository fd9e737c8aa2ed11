"""Failures of one cause stand together, others do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from harness.evidence import Failure
from reports.causes import causes, shape
from reports.tests.runs import EXCHANGES, scenario

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness.evidence import ScenarioResult


def failing(
    actual: str,
    key: str = "R-1",
    operation: str = "add_site",
    status: int | None = 422,
    verdict: str = "nonconformant",
) -> ScenarioResult:
    exchange = msgspec.structs.replace(EXCHANGES[1], operation=operation, status=status)
    failure = Failure(key, "status 200", actual, "not 200", 0)
    return scenario(verdict, key, failure=failure, exchanges=[exchange])


def sizes(results: Iterable[ScenarioResult]) -> list[int]:
    return [len(one.results) for one in causes(results, {})]


@pytest.mark.parametrize(
    ("change", "together"),
    [
        ({}, True),
        ({"actual": 'id is 17, not "17": in {"id": 17}'}, True),
        ({"key": "R-2"}, True),
        ({"operation": "add_rule"}, True),
        ({"key": "R-2", "operation": "add_rule"}, False),
        ({"status": 200}, False),
        ({"status": None}, False),
        ({"actual": 'name is 4, not "4": in {"id": 4}'}, False),
        ({"verdict": "warning", "key": "R-2"}, True),
        ({"verdict": "refuted"}, False),
    ],
)
def test_what_is_put_together(change: dict[str, Any], *, together: bool) -> None:
    given: dict[str, Any] = {"actual": 'id is 4, not "4": in {"id": 4}'}

    assert sizes([failing(**given), failing(**{**given, **change})]) == (
        [2] if together else [1, 1]
    )


def test_a_chain_of_shared_operations_and_requirements_is_one_cause() -> None:
    found = causes(
        [
            failing("null", "R-1", "get_site"),
            failing("null", "R-2", "get_site"),
            failing("null", "R-2", "get_rule"),
            failing("null", "R-3", "get_rule"),
        ],
        {"R-3": 0, "R-2": 1},
    )

    assert [one.requirements for one in found] == [["R-3", "R-2", "R-1"]]
    assert found[0].title == "get_site and get_rule answered 422: null"
    assert "they share an operation or a requirement" in found[0].why


def test_nobody_answering_is_a_cause_of_its_own() -> None:
    silent = scenario("harness_error", exchanges=EXCHANGES)
    other = scenario("harness_error", "R-9", exchanges=EXCHANGES, reason="else")
    broken = scenario("harness_error", reason="KeyError: 'id'")

    found = causes([silent, broken, other, failing("null")], {})

    assert [one.title for one in found] == [
        "",
        "PingOne did not answer",
        "The harness failed, not the product",
    ]
    assert [len(one.results) for one in found] == [1, 2, 1]


def test_the_gravest_come_first_then_the_most_frequent() -> None:
    found = causes(
        [
            failing("a", verdict="warning"),
            *(failing("b", verdict="warning") for _ in range(3)),
            failing("c"),
            *(failing("d") for _ in range(2)),
        ],
        {},
    )

    assert [(one.verdict, len(one.results)) for one in found] == [
        ("nonconformant", 2),
        ("nonconformant", 1),
        ("warning", 3),
        ("warning", 1),
    ]


def test_what_conforms_or_was_not_measured_has_no_cause() -> None:
    assert causes([scenario(), scenario("not_measured")], {}) == []


@pytest.mark.parametrize("at", [-1, 1, 99])
def test_an_exchange_that_is_not_there_is_none(at: int) -> None:
    one = failing("null")
    assert one.failure is not None
    one.failure.exchange = at

    assert sizes([one]) == [1]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('401 with {"flash":["No."],"form":{}}', '# with {"flash":["…"],"form":{}}'),
        ("id is 1, not 2: in [1, 2]", "id is #, not #"),
        ("at 2026-11-24T08:00:00Z, paconform-site-1", "at #, #"),
        ("an   id\n", "an id"),
    ],
)
def test_the_shape_of_a_text_has_no_values(text: str, kept: str) -> None:
    assert shape(text) == kept
