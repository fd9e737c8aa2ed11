"""Decisions carry their evidence, releases and defects fit them."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

import pytest

from fakes.behaviour import planted
from fakes.pingaccess import CORRECT, DEFECTS, Behaviour
from fakes.pingaccess.archives.later import upgraded
from fakes.releases import LATEST, Bug, Delta, bugs_of, of_release, releases
from fakes.tests.pingaccess_core import Admin

NEWEST = of_release(CORRECT, LATEST)
"""Defects are those of the release that a fake is unless told."""

GRADES = {"documented", "observed", "assumed"}


def test_every_decision_says_what_it_decides_how_well_it_is_known_and_from_where() -> None:
    for field in dataclasses.fields(Behaviour):
        assert field.metadata["doc"].endswith("."), field.name
        assert field.metadata["grade"] in GRADES, field.name
        assert len(field.metadata["source"]) >= 10, field.name


def test_no_two_defects_have_one_id() -> None:
    assert [key for key, n in Counter(defect.id for defect in DEFECTS).items() if n > 1] == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_changes_one_decision_and_the_fake_still_answers(defect: object) -> None:
    behaviour = planted(NEWEST, defect)  # type: ignore[arg-type]
    hash(behaviour)
    changed = {
        field.name: getattr(behaviour, field.name)
        for field in dataclasses.fields(behaviour)
        if getattr(behaviour, field.name) != getattr(NEWEST, field.name)
    }
    assert len(changed) == 1
    assert Admin(**changed).send("GET", "/version").status == 200


@pytest.mark.parametrize("name", releases())
def test_a_release_fits_the_decisions(name: str) -> None:
    behaviour = of_release(CORRECT, name)
    hash(behaviour)
    assert behaviour.version.startswith(f"{name}.")


def test_a_release_has_what_its_notes_say() -> None:
    strict = ("webSessions.sameSite", "Strict")
    assert strict not in of_release(CORRECT, "8.0").more_choices
    decisions = {"more_choices": of_release(CORRECT, "8.1").more_choices}
    credentials = {"clientId": "c"}
    body = {"name": "s", "audience": "a", "clientCredentials": credentials, "sameSite": "Strict"}
    assert Admin().send("POST", "/webSessions", body).status == 422
    assert Admin(**decisions).send("POST", "/webSessions", body).status == 200
    old = Admin(paths_missing=of_release(CORRECT, "7.2").paths_missing)
    assert old.send("GET", "/logSettings").status == 404
    assert Admin().send("GET", "/logSettings").status == 200


@pytest.mark.parametrize("name", releases())
def test_every_change_and_every_bug_of_a_release_says_how_well_it_is_known(name: str) -> None:
    release = releases()[name]
    known: list[Delta | Bug] = [*release.deltas, *release.bugs]
    for one in known:
        assert one.grade in GRADES, one.title
        assert len(one.source) >= 10, one.title
    behaviour = of_release(CORRECT, name)
    for bug in bugs_of(CORRECT, name):
        hash(planted(behaviour, bug))  # ValueError where it changes nothing


def test_every_release_is_reached_by_what_those_before_it_changed() -> None:
    """The control of laying one file over the other: each field of a delta is then as it says."""
    before = CORRECT
    for name, release in releases().items():
        behaviour = of_release(CORRECT, name)
        for delta in release.deltas:
            assert delta.over(getattr(before, delta.field)) != getattr(before, delta.field), delta
        before = behaviour


def test_an_archive_of_an_older_release_is_renumbered_before_9_1() -> None:
    """Names and order stay, and what is no archive is left to the import's complaints."""
    resources = [{"id": 7, "name": "a"}, {"id": 3, "name": "b"}]
    applications = [{"id": 1, "resourceOrder": [3, 7]}, {"id": 2}]
    archive = {"version": "6.2.0.0", "data": {"resources": resources, "applications": applications}}

    found = upgraded(archive, "8.0.0.0")["data"]

    assert found["resources"] == [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]
    assert found["applications"] == [{"id": 1, "resourceOrder": [2, 1]}, {"id": 2}]
    same: list[Any] = [
        {**archive, "version": "8.0.1.0"},
        {**archive, "version": "x"},
        {**archive, "data": []},
        {**archive, "data": {"resources": [1]}},
        {**archive, "data": {"resources": resources * 2}},
    ]
    assert [upgraded(one, "8.0.0.0") for one in same] == same
