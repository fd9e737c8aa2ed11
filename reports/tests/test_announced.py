"""What was announced between two releases, and so is no fault of the new one."""

from __future__ import annotations

from harness.requirements import Requirement
from reports.diff import difference
from reports.tests.runs import CATALOGUE
from reports.tests.test_diff import OBJECT, answered, one, run


def test_a_release_note_announces_what_it_speaks_of() -> None:
    old, new = answered("a", members=OBJECT), answered("b", members={**OBJECT, "sameSite": "text"})
    [change] = difference(run(old, release="8.0"), run(new, release="8.1"), CATALOGUE).changes
    assert (change.label, "release notes 8.1" in change.note) == ("announced", True)
    [later] = difference(run(old, release="8.1"), run(new, release="8.2"), CATALOGUE).changes
    assert (later.label, later.note) == ("unannounced", "")


def test_what_was_announced_to_go_is_no_regression() -> None:
    asked = Requirement("R-001", "x.", "MUST", "documented", "notes of 9.0", "x", until="8.3")
    before, after = one("conformant", "R-001"), one("not_measured", "R-001")
    known = {"R-001": asked}
    gone = difference(run(before, release="8.3"), run(after, release="9.0"), known)
    assert (gone.changes[0].label, gone.changes[0].note) == ("announced", "notes of 9.0")
    assert not gone.is_regression
    assert difference(run(before, release="9.0"), run(after, release="9.1"), known).is_regression


def test_what_the_documents_no_longer_settle_is_no_regression_of_the_product() -> None:
    before = one("conformant", "PA-REL-010")
    after = one("not_measured", "PA-REL-010", reason="no document settles it")
    found = difference(run(before, release="8.2"), run(after, release="8.3"), {})
    assert "PA-16225" in found.changes[0].note
    assert not found.is_regression
    same = difference(run(before, release="9.0"), run(after, release="9.1"), {})
    assert same.is_regression, "settled in both"


def test_what_a_document_says_otherwise_is_announced_whatever_its_answer_looks_like() -> None:
    old, new = (
        one("conformant", "PA-REL-005", traffic=[f"pingaccess POST /webSessions {status}"])
        for status in (422, 200)
    )
    [change] = difference(run(old, release="8.0"), run(new, release="8.1"), {}).changes
    assert (change.label, "SameSite=Strict" in change.note) == ("announced", True)
    [later] = difference(run(old, release="8.1"), run(new, release="8.2"), {}).changes
    assert later.label == "unannounced"


def test_a_word_of_a_release_note_excuses_nothing_that_cannot_be_judged_any_more() -> None:
    before = one("conformant", "R-001")
    after = one("not_measured", "R-001", reason="POST /webSessions with sameSite: no answer")
    assert difference(run(before, release="8.0"), run(after, release="8.1"), {}).is_regression
