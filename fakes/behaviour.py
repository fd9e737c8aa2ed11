"""What a decision of a fake is, and what a defect does to it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, dataclass_transform

Grade = Literal["documented", "observed", "assumed"]
B = TypeVar("B")
C = TypeVar("C")


def decision(default: Any, doc: str, *, grade: Grade, source: str) -> Any:
    """A field of a behaviour: its correct value, what it decides, and how well that is known.

    `source` names the document or the capture; for an assumption, the reason for the guess.
    """
    return dataclasses.field(
        default=default, metadata={"doc": doc, "grade": grade, "source": source}
    )


@dataclass_transform(frozen_default=True)
def chapter(cls: type[C]) -> type[C]:
    """A part of a behaviour: its decisions, and none of the methods that only the whole needs.

    A chapter builds on the one before it, so that each would make them for all the fields so far.
    """
    part = dataclass(frozen=True, slots=True, init=False, repr=False, eq=False, match_args=False)
    return part(cls)


@dataclass(frozen=True, slots=True)
class Defect:
    """One way to be wrong: one field of a behaviour with one wrong value.

    `breaks` is the id of the requirement that a product with this defect does not meet.
    """

    id: str
    title: str
    breaks: str
    field: str
    value: Any


def planted(behaviour: B, defect: Defect) -> B:
    """`behaviour` with the defect in it; ValueError where nothing would change."""
    if getattr(behaviour, defect.field) == defect.value:
        raise ValueError(f"{defect.id}: {defect.field} is already {defect.value!r}")
    return dataclasses.replace(behaviour, **{defect.field: defect.value})  # type: ignore[type-var]
