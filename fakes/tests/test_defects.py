"""Seeded defects: each has an id of its own and changes one decision."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from fakes import pingaccess, pingone
from fakes.behaviour import Defect, planted
from fakes.defects import defect, defects
from fakes.releases import LATEST, of_release

BEHAVIOURS: dict[str, Any] = {"PA": of_release(pingaccess.CORRECT, LATEST), "P1": pingone.CORRECT}
ALL = (*pingone.DEFECTS, *pingaccess.DEFECTS)


def test_no_two_defects_have_one_id() -> None:
    assert [key for key, count in Counter(one.id for one in ALL).items() if count > 1] == []
    assert len(defects()) == len(ALL) >= 80


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_a_planted_defect_changes_one_decision_and_no_other(one: Defect) -> None:
    correct = BEHAVIOURS[one.id[:2]]

    wrong = planted(correct, one)

    fields = [
        name
        for name in correct.__dataclass_fields__
        if getattr(wrong, name) != getattr(correct, name)
    ]
    assert fields == [one.field]
    hash(wrong)


@pytest.mark.parametrize(("key", "name"), [("PA", "pingaccess"), ("P1", "pingone")])
def test_every_decision_is_read_by_the_fake_that_it_is_one_of(key: str, name: str) -> None:
    """A decision that nothing reads would be a promise without a deed, and its defect a blank."""
    folder = Path(pingaccess.__file__).parents[1] / name
    trees = [ast.parse(path.read_text("utf-8")) for path in folder.rglob("*.py")]
    read = {
        node.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    assert sorted(BEHAVIOURS[key].__dataclass_fields__.keys() - read) == []


def test_an_unknown_defect_is_named() -> None:
    with pytest.raises(ValueError, match="PA-D-000"):
        defect("PA-D-000")
