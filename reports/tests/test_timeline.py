"""A timeline shows when a scenario spoke with whom."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from harness.evidence import ExchangeRecord
from reports.tests.runs import EXCHANGES, scenario
from reports.timeline import MOST_MARKS, Timeline, timeline


def control(operation: str, **arguments: Any) -> ExchangeRecord:
    return ExchangeRecord(
        party="control",
        method="POST",
        url="x",
        operation=operation,
        status=200,
        arguments=arguments,
    )


def drawn(*exchanges: ExchangeRecord, timing: list[tuple[float, float]] | None = None) -> Timeline:
    found = timeline(
        scenario("nonconformant", exchanges=list(exchanges or EXCHANGES), timing=timing or [])
    )
    assert found is not None
    return found


def test_times_are_places_on_the_lanes() -> None:
    found = drawn(timing=[(10.0, 5.0), (15.0, 20.0), (60.0, 50.0)])

    assert [(mark.lane, mark.at, mark.wide) for mark in found.marks] == [
        (2, 0.0, 5.0),
        (0, 5.0, 20.0),
        (2, 50.0, 50.0),
    ]
    assert found.span == "100 ms"
    assert [mark.kind for mark in found.marks] == ["ok", "refused", "broken"]


def test_the_failure_is_marked_and_told() -> None:
    found = drawn(timing=[(0.0, 1.0), (1.0, 1.0), (2.0, 1.0)])

    assert found.described == (
        "Timeline: 3 exchanges within 3 ms, 1 with admin, 2 with PingOne; it failed at "
        "2, add_pingone_connection: 422."
    )


@pytest.mark.parametrize("timing", [[], [(0.0, 1.0)], [(0.0, -1.0)] * 3])
def test_without_times_there_is_an_order(timing: list[tuple[float, float]]) -> None:
    found = drawn(timing=timing)

    assert found.span == ""
    assert [round(mark.at) for mark in found.marks] == [0, 33, 67]


@pytest.mark.parametrize(
    ("action", "label"),
    [
        (control("advance", advance_s=90), "clock +1.5 min"),
        (control("advance", advance_s=864_000), "clock +10 days"),
        (control("set_faults", faults=[{"kind": "unreachable"}]), "fault: unreachable"),
        (control("clear_faults"), "clear faults"),
        (control("advance", advance_s="?"), "clock +0 ms"),
        (control("set_faults", faults=4), "fault: "),
    ],
)
def test_clock_jumps_and_faults_have_a_lane(action: ExchangeRecord, label: str) -> None:
    found = drawn(*EXCHANGES, action)

    assert found.lanes == ("admin", "engine", "PingOne", "control")
    assert (found.marks[-1].lane, found.marks[-1].label) == (3, label)


def test_marks_stay_on_the_page_whatever_the_times_are() -> None:
    found = drawn(timing=[(1e308, 0.0), (0.0, 1e308), (5.0, 0.0)])

    assert all(0 <= mark.at <= 100 and 0 < mark.wide <= 100 for mark in found.marks)


def test_of_very_many_the_last_are_shown() -> None:
    many = [msgspec.structs.replace(EXCHANGES[0]) for _ in range(MOST_MARKS + 5)]

    assert (len(drawn(*many).marks), drawn(*many).left_out) == (MOST_MARKS, 5)


def test_one_exchange_needs_no_timeline() -> None:
    assert timeline(scenario("nonconformant", exchanges=EXCHANGES[:1])) is None
