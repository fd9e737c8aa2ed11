"""What a scenario raised becomes the verdict that is fair to the product."""

from __future__ import annotations

import pytest

from harness.cli.verdicts import verdict
from harness.errors import HarnessError, NonConformance, NotMeasured, Unreachable
from harness.requirements import Requirement


def requirement(key: str, level: str, grade: str, until: str | None = None) -> Requirement:
    about = {"source": "a document", "area": "flow"}
    return Requirement(key, "It holds.", level, grade, **about, until=until)


CATALOGUE = {
    key: requirement(key, level, grade)
    for key, level, grade in (
        ("KNOWN", "MUST", "documented"),
        ("SEEN", "MUST", "observed"),
        ("SHOULD", "SHOULD", "documented"),
        ("GUESS", "MUST", "assumed"),
    )
}


def broken(key: str | None, *, assumed: bool = False) -> NonConformance:
    return NonConformance(key, "this", "that", assumed=assumed)


@pytest.mark.parametrize(
    ("error", "on_fakes", "on_a_product"),
    [
        (broken("KNOWN"), "nonconformant", "nonconformant"),
        (broken("SEEN"), "nonconformant", "nonconformant"),
        (broken("SHOULD"), "warning", "warning"),
        (broken("GUESS"), "nonconformant", "refuted"),
        (broken("KNOWN", assumed=True), "nonconformant", "refuted"),
        (broken("SHOULD", assumed=True), "warning", "refuted"),
        (broken("NONE"), "harness_error", "harness_error"),
        (broken(None), "harness_error", "harness_error"),
        (NotMeasured("no door"), "not_measured", "not_measured"),
        (HarnessError("no"), "harness_error", "harness_error"),
        (Unreachable("no"), "harness_error", "harness_error"),
        (KeyError("id"), "harness_error", "harness_error"),
        (
            ExceptionGroup("two", [broken("KNOWN"), KeyError("id")]),
            "nonconformant",
            "nonconformant",
        ),
    ],
)
def test_only_what_has_a_source_is_held_against_a_product(
    error: Exception, on_fakes: str, on_a_product: str
) -> None:
    assert verdict(error, "call", CATALOGUE, "embedded", "9.0").name == on_fakes
    assert verdict(error, "call", CATALOGUE, "served", "9.0").name == on_fakes
    assert verdict(error, "call", CATALOGUE, "live", "9.0").name == on_a_product


def test_a_check_of_another_release_is_no_verdict() -> None:
    known = {"OLD": requirement("OLD", "MUST", "documented", until="8.3")}

    assert verdict(broken("OLD"), "call", known, "live", "8.3.2").name == "nonconformant"
    found = verdict(broken("OLD"), "call", known, "live", "9.0")
    assert (found.name, found.reason) == (
        "not_measured",
        "OLD is asked of the first to 8.3, not of 9.0",
    )


@pytest.mark.parametrize("phase", ["setup", "teardown"])
def test_a_check_that_fails_outside_of_the_scenario_is_no_verdict(phase: str) -> None:
    found = verdict(broken("KNOWN"), phase, CATALOGUE, "live", "9.0")

    assert found.name == "harness_error"
    assert "arrangement" in (found.reason or "")


def test_a_guess_is_told_as_one() -> None:
    assert str(broken("KNOWN", assumed=True)) == (
        "KNOWN: expected this, which is assumed; actual that"
    )
