"""What changed between two runs: each kind, what is noise, what was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from harness.evidence import Run
from harness.requirements import Requirement
from reports.diff import Accepted, Change, difference
from reports.tests.runs import CATALOGUE, HEADER, scenario

if TYPE_CHECKING:
    from harness.evidence import ScenarioResult

TODAY = "2026-11-24"


def run(*scenarios: ScenarioResult, release: str = "9.0") -> Run:
    header = msgspec.structs.replace(HEADER, release=release)
    return Run(header, list(scenarios), None, [])


def one(verdict: str = "conformant", *requirements: str, **members: Any) -> ScenarioResult:
    """A scenario whose id does not depend on its verdict."""
    key = members.pop("key", "connections/test_crud.py::test_it")
    return scenario(verdict, *requirements, id=key, **members)


def changes(old: ScenarioResult | None, new: ScenarioResult | None) -> list[Change]:
    olds, news = ([each] if each else [] for each in (old, new))
    return difference(run(*olds), run(*news), CATALOGUE).changes


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("conformant", "nonconformant", "regressed"),
        ("conformant", "warning", "regressed"),
        ("warning", "nonconformant", "regressed"),
        ("nonconformant", "harness_error", "regressed"),
        ("nonconformant", "conformant", "fixed"),
        ("refuted", "conformant", "fixed"),
        ("conformant", "not_measured", "unmeasured"),
        ("not_measured", "nonconformant", "measured"),
        (None, "conformant", "added"),
        ("conformant", None, "removed"),
    ],
)
def test_a_verdict_that_changes_is_named(old: str | None, new: str | None, kind: str) -> None:
    [change] = changes(one(old) if old else None, one(new) if new else None)
    assert (change.kind, change.old, change.new) == (kind, old, new)


def test_nothing_changed_where_both_are_the_same() -> None:
    for verdict in ("conformant", "nonconformant", "not_measured"):
        assert changes(one(verdict), one(verdict)) == []


def test_another_status_is_a_change_though_the_verdict_is_the_same() -> None:
    old = one(traffic=["pingaccess POST /sites 200", "pingaccess GET /sites/1 200"])
    new = one(traffic=["pingaccess POST /sites 201", "pingaccess GET /sites/77 200"])
    [change] = changes(old, new)
    assert (change.kind, change.detail) == ("changed", "pingaccess POST /sites: 200 → 201")
    assert change.severity == "medium"


def test_ids_in_paths_are_no_change() -> None:
    uuids = ("0b7c0f56-6a55-4ad4-8a7c-2d7e3c6f0001", "0B7C0F56-6A55-4AD4-8A7C-2D7E3C6F0002")
    lines = [[f"pingone GET /v1/environments/{uuid}/gateways/7?x=1 200"] for uuid in uuids]
    assert changes(one(traffic=lines[0]), one(traffic=lines[1])) == []
    other = one(traffic=["pingone GET /v1/environments/x 200"])
    assert changes(one(traffic=lines[0]), other)[0].detail == "other requests were made"


def test_what_changes_between_two_runs_of_the_old_product_is_noise() -> None:
    steady, shaky = one(key="a"), one(key="b")
    found = difference(
        run(steady, shaky),
        run(one("nonconformant", key="a"), one("nonconformant", key="b")),
        CATALOGUE,
        control=run(one(key="a"), one("nonconformant", key="b")),
    )
    assert [change.scenario for change in found.changes] == ["a"]
    assert found.noise == 1


def label(requirement: Requirement, old: str, new: str) -> str:
    known = {requirement.id: requirement}
    before, after = one("conformant", requirement.id), one("nonconformant", requirement.id)
    found = difference(run(before, release=old), run(after, release=new), known)
    return found.changes[0].label


def test_a_change_is_labelled_by_its_requirement() -> None:
    asked = Requirement("R-001", "x.", "MUST", "documented", "notes of 9.0", "x", since="9.0")
    assert label(asked, "8.0", "9.0") == "announced"
    assert label(asked, "9.0", "9.1") == "unannounced"
    guess = Requirement("R-001", "x.", "MUST", "assumed", "a guess", "x")
    assert label(guess, "8.0", "9.0") == "assumed"
    before, after = one("conformant", "R-001"), one("nonconformant", "R-001")
    [change] = difference(run(before), run(after), {"R-001": guess}).changes
    assert change.severity == "low"


def accepted(**members: str) -> Accepted:
    given = {
        "kind": "regressed",
        "scenario": "connections/*",
        "reason": "known",
        "owner": "ada",
        "expires": "2026-12-31",
    }
    return Accepted(**{**given, **members})


def test_an_accepted_change_is_no_regression_until_its_day() -> None:
    old, new = run(one()), run(one("nonconformant"))
    assert difference(old, new, CATALOGUE).is_regression
    entry = accepted()
    taken = difference(old, new, CATALOGUE, accepted=[entry], today=TODAY)
    assert (taken.changes, len(taken.accepted), taken.is_regression) == ([], 1, False)
    late = difference(old, new, CATALOGUE, accepted=[entry], today="2027-01-01")
    assert late.is_regression
    assert "decide again" in late.stale[0]


def test_an_entry_about_nothing_is_a_regression() -> None:
    for entry in (accepted(kind="removed"), accepted(scenario="tokens/*")):
        found = difference(run(one()), run(one()), CATALOGUE, accepted=[entry], today=TODAY)
        assert found.is_regression
        assert "take it out" in found.stale[0]


def test_the_gravest_come_first_and_better_is_not_worse() -> None:
    old = run(one("nonconformant", key="a"), one(key="b"), one(key="c"))
    new = run(one(key="a"), one("warning", key="b"), one(key="d"))
    found = difference(old, new, CATALOGUE)
    assert [one.kind for one in found.changes] == ["regressed", "removed", "added", "fixed"]
    assert found.as_json()["counts"] == {"regressed": 1, "removed": 1, "added": 1, "fixed": 1}
    assert not difference(run(one("nonconformant")), run(one()), CATALOGUE).is_regression
