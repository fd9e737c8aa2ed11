"""Tokens that showed a fault once, in a product, in a library or in our own code; replayed first.

They are recipes on any good credential, in a file of the form of Wycheproof's vectors with a schema
of its own. A fault that is found goes into the file in the same change that mends it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from harness.bulk import read

if TYPE_CHECKING:
    from harness.bulk import Recipe

FILE = Path(__file__).with_suffix(".json")


@dataclass(frozen=True, slots=True)
class Counterexample:
    """One recipe; `valid` says that a reader must accept what is left of the token."""

    number: int
    comment: str
    recipe: Recipe
    valid: bool


@cache
def counterexamples() -> tuple[Counterexample, ...]:
    """Every counterexample, in the order in which they were found."""
    groups = json.loads(FILE.read_text("utf-8"))["testGroups"]
    return tuple(
        Counterexample(
            test["tcId"], test["comment"], read(test["recipe"]), test["result"] == "valid"
        )
        for group in groups
        for test in group["tests"]
    )
