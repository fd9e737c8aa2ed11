"""Decisions carry their evidence, releases and defects fit them."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest

from fakes.behaviour import planted
from fakes.pingaccess import CORRECT, DEFECTS, Behaviour
from fakes.releases import of_release, releases
from fakes.tests.pingaccess_core import Admin

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
    behaviour = planted(CORRECT, defect)  # type: ignore[arg-type]
    hash(behaviour)
    changed = {
        field.name: getattr(behaviour, field.name)
        for field in dataclasses.fields(behaviour)
        if getattr(behaviour, field.name) != getattr(CORRECT, field.name)
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
