"""Tokens that showed a fault once, in a product, in a library or in our own code; replayed first.

They are recipes on any good credential, in a file of the form of Wycheproof's vectors with a schema
of its own. A fault that is found goes into the file in the same change that mends it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.bulk import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness.bulk import Recipe

FILE = Path(__file__).with_suffix(".json")


@dataclass(frozen=True, slots=True)
class Counterexample:
    """One recipe; `result` says what a reader must make of what is left of the token.

    Valid: accept it; invalid: refuse it; acceptable: either, and no error (words of Wycheproof).
    """

    number: int
    comment: str
    recipe: Recipe
    result: str

    @property
    def valid(self) -> bool:
        """Whether a reader must accept it."""
        return self.result == "valid"


@cache
def counterexamples() -> tuple[Counterexample, ...]:
    """Every counterexample, in the order in which they were found."""
    groups = json.loads(FILE.read_text("utf-8"))["testGroups"]
    return tuple(
        Counterexample(test["tcId"], test["comment"], read(test["recipe"]), test["result"])
        for group in groups
        for test in group["tests"]
    )


FOUND = "Found by a campaign; say here what it was once it is mended."


def extended(held: Any, rows: Iterable[tuple[str, str, str]]) -> str:
    """The text of a file of counterexamples with more of them: comment, recipe, result.

    `held` is what the file holds, or None. KeyError, TypeError or ValueError where that is none.
    """
    whole = _EMPTY if held is None else held
    if whole["schema"] != _EMPTY["schema"]:
        raise ValueError("of another form")
    known = [test for group in whole["testGroups"] for test in group["tests"]]
    recipes = {test["recipe"] for test in known}
    tests: list[dict[str, Any]] = []
    for comment, recipe, result in rows:
        if recipe not in recipes:
            number = len(known) + len(tests) + 1
            named = {"tcId": number, "comment": comment, "flags": ["Found"]}
            tests.append({**named, "recipe": recipe, "result": result})
            recipes.add(recipe)
    group = {"type": "RecipeOfCredential", "source": "paconform fuzz", "comment": FOUND}
    groups = [*whole["testGroups"], *([{**group, "tests": tests}] if tests else [])]
    notes = {**whole["notes"], "Found": FOUND}
    total = len(known) + len(tests)
    return (
        json.dumps(
            {**whole, "numberOfTests": total, "notes": notes, "testGroups": groups}, indent=1
        )
        + "\n"
    )


_EMPTY: dict[str, Any] = {
    "schema": "counterexamples.schema.json",
    "numberOfTests": 0,
    "notes": {},
    "testGroups": [],
}
