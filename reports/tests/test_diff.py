"""What changed between two runs: each kind, what is noise, what was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from harness.evidence import Run, RunEnd, Shape
from harness.requirements import Requirement
from harness.shapes import MOST_MEMBERS
from reports.diff import Accepted, Change, difference
from reports.diff_page import sheet
from reports.sheet import page
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
    new = run(one(key="a"), one("warning", key="b"), one(key="d", traffic=[]))
    found = difference(old, new, CATALOGUE)
    assert [one.kind for one in found.changes] == ["regressed", "removed", "added", "fixed"]
    assert found.as_json()["counts"] == {"regressed": 1, "removed": 1, "added": 1, "fixed": 1}
    assert not difference(run(one("nonconformant")), run(one()), CATALOGUE).is_regression


def answered(key: str, **shape: Any) -> ScenarioResult:
    """A scenario with one request, answered in that shape."""
    told = Shape(**{"status": 200, "media": "application/json", **shape})
    return one(traffic=["pingaccess POST /sites 200"], answers=[key], shapes={key: told})


OBJECT = {"": "object", "id": "number", "name": "text"}


@pytest.mark.parametrize(
    ("old", "new", "aspect", "told"),
    [
        ({"members": OBJECT}, {"members": {**OBJECT, "id": "text"}}, "types", "id: number → text"),
        ({"members": OBJECT}, {"members": {**OBJECT, "x": "null"}}, "additions", "x is new"),
        ({"members": OBJECT}, {"members": {"": "object"}}, "members", "name is gone"),
        (
            {"chosen": {"useProxy": "false"}},
            {"chosen": {"useProxy": "true"}},
            "defaults",
            "useProxy without being asked for: false → true",
        ),
        ({"order": "id up"}, {"order": "name up"}, "ordering", "items by id up → name up"),
        ({}, {"media": "text/html"}, "types", "application/json → text/html"),
        (
            {"status": 422, "members": {"flash[]": "text"}},
            {"status": 422, "members": {"errors[]": "text"}},
            "error shape",
            "flash[] is gone",
        ),
    ],
)
def test_another_shape_is_a_change(
    old: dict[str, Any], new: dict[str, Any], aspect: str, told: str
) -> None:
    [change] = changes(answered("a", **old), answered("b", **new))
    assert (change.kind, change.aspects) == ("changed", (aspect,))
    assert f"pingaccess POST /sites: {told}" in change.detail


def met(*texts: str, key: str = "connections/test_crud.py::test_it") -> ScenarioResult:
    """A scenario whose answer has these members."""
    told = Shape(200, "application/json", {**OBJECT, **dict.fromkeys(texts, "text")})
    traffic = ["pingaccess POST /sites 200"]
    return one(key=key, traffic=traffic, answers=[str(texts)], shapes={str(texts): told})


def test_what_nobody_announced_is_not_hidden_behind_what_somebody_did() -> None:
    old, new = run(met(), release="8.0"), run(met("sameSite", "secondary"), release="8.1")
    [change] = difference(old, new, CATALOGUE).changes
    assert (change.label, change.note) == ("unannounced", "")
    assert [(part.text.split()[3], part.label) for part in change.parts] == [
        ("secondary", "unannounced"),
        ("sameSite", "announced"),
    ]


def test_a_difference_that_many_scenarios_meet_is_told_once() -> None:
    keys = ["a", "b", "c"]
    old, new = run(*(met(key=key) for key in keys)), run(*(met("x", key=key) for key in keys))
    [told] = difference(old, new, CATALOGUE).as_json()["behaviours"]
    assert (told["text"], told["count"]) == ("pingaccess POST /sites: x is new", 3)
    assert (told["severity"], told["scenarios"]) == ("low", keys)


def test_noise_in_one_member_does_not_hide_a_change_of_another() -> None:
    old, again, new = run(met("a")), run(met("b")), run(met("b", "c"))
    [change] = difference(old, new, CATALOGUE, control=again).changes
    assert change.detail == "pingaccess POST /sites: c is new"
    assert difference(old, again, CATALOGUE, control=again).changes == []


def test_members_that_were_too_many_to_keep_are_not_gone() -> None:
    names = sorted(f"m{number:03}" for number in range(MOST_MEMBERS + 5))
    old = answered("a", members=dict.fromkeys(names[:MOST_MEMBERS], "text"))
    more = sorted(["m0005", *names])[:MOST_MEMBERS]
    [change] = changes(old, answered("b", members=dict.fromkeys(more, "text")))
    assert change.detail == "pingaccess POST /sites: m0005 is new"


def test_only_the_outermost_new_member_is_told() -> None:
    inner = {**OBJECT, "a": "object", "a.b": "array", "a.b[]": "text"}
    [change] = changes(answered("a", members=OBJECT), answered("b", members=inner))
    assert change.detail == "pingaccess POST /sites: a is new"


def test_the_same_shape_under_another_key_is_no_change() -> None:
    assert changes(answered("a", members=OBJECT), answered("b", members=OBJECT)) == []


def test_another_class_of_time_is_a_change_and_a_small_one_is_none() -> None:
    [change] = changes(one(duration_ms=20.0), one(duration_ms=2000.0))
    assert (change.aspects, change.severity) == (("timing class",), "low")
    assert changes(one(duration_ms=2.0), one(duration_ms=200.0)) == []
    assert changes(one(duration_ms=900.0), one(duration_ms=2000.0)) == []


def test_a_renamed_scenario_is_the_same_scenario() -> None:
    old = one(key="connections/test_crud.py::test_it[a]")
    moved = one("nonconformant", key="other/test_new.py::test_it[a]")
    [change] = changes(old, moved)
    assert (change.kind, change.was) == ("regressed", old.id)
    reworded = one(key="other/test_new.py::test_that[a]")
    found = difference(run(old), run(reworded), CATALOGUE)
    assert (found.changes, found.renamed) == ([], {old.id: reworded.id})


def test_what_two_scenarios_could_be_is_neither() -> None:
    old = one(key="a.py::test_it[a]")
    found = difference(
        run(old), run(one(key="b.py::test_it[a]"), one(key="c.py::test_it[a]")), CATALOGUE
    )
    assert sorted(change.kind for change in found.changes) == ["added", "added", "removed"]


def test_an_id_that_stands_twice_is_two_scenarios() -> None:
    found = difference(run(one(), one()), run(one()), CATALOGUE)
    assert [change.kind for change in found.changes] == ["removed"]
    assert found.is_regression


def test_fewer_scenarios_are_a_regression_even_where_the_control_lacks_them_too() -> None:
    both, fewer = run(one(key="a"), one(key="b", traffic=[])), run(one(key="a"))
    found = difference(both, fewer, CATALOGUE, control=fewer)
    assert (found.changes, found.is_regression) == ([], True)
    assert found.short == "1 scenarios, where there were 2"
    taken = accepted(kind="removed", scenario="b")
    assert not difference(both, fewer, CATALOGUE, accepted=[taken], today=TODAY).is_regression


def test_a_run_that_stopped_is_a_regression() -> None:
    whole = msgspec.structs.replace(run(one()), end=RunEnd(ended="x", counts={}))
    assert difference(whole, run(one()), CATALOGUE).short == "the new run stopped after 1 scenarios"
    assert not difference(whole, whole, CATALOGUE).is_regression


def test_the_page_says_it_all_and_nothing_foreign_is_markup() -> None:
    evil = "<script>alert(1)</script>"
    old, new = one(key=f"{evil}::x"), one("nonconformant", key=f"{evil}::x", reason=evil)
    found = difference(run(old), run(new), CATALOGUE)
    html = page(sheet(found, HEADER, HEADER))
    assert "The new run is worse." in html
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "http" not in html.replace("http-equiv", "")
