"""Seeded defects: each has an id of its own and changes one decision."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from fakes import pingaccess, pingone
from fakes.behaviour import Defect, planted
from fakes.defects import defect, defects

BEHAVIOURS: dict[str, Any] = {"PA": pingaccess.CORRECT, "P1": pingone.CORRECT}
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


def test_an_unknown_defect_is_named() -> None:
    with pytest.raises(ValueError, match="PA-D-000"):
        defect("PA-D-000")
