"""What changed in behaviour, difference by difference: what announced it, and who met it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.errors import HarnessError
from harness.upgrades import announcing, crossed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.diff import Change

LABELS = ("unannounced", "assumed", "announced")
"""What is said of a difference, the least expected first."""
MOST_NAMED = 20
"""Scenarios that are named of one difference; the count tells of the others."""

_BREAKING = frozenset({"status", "error shape", "types", "members", "defaults"})
_SHAKY = frozenset({"timing class", "ordering", "requests", "failure"})
"""Aspects that come out otherwise each time where they are noise at all."""


@dataclass(frozen=True, slots=True)
class Part:
    """One difference of one scenario; `note` is what announced it."""

    aspect: str
    text: str
    label: str
    note: str = ""

    @property
    def severity(self) -> str:
        """Medium where it can break a client."""
        return "medium" if self.aspect in _BREAKING else "low"

    @property
    def key(self) -> tuple[str, str]:
        """What it has in common with the same difference in another run."""
        return self.aspect, "" if self.aspect in _SHAKY else self.text


@dataclass(slots=True)
class Behaviour:
    """One difference, and the scenarios that met it."""

    part: Part
    count: int
    scenarios: list[str]

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a script."""
        part = self.part
        return {
            "aspect": part.aspect,
            "text": part.text,
            "severity": part.severity,
            "label": part.label,
            "note": part.note,
            "count": self.count,
            "scenarios": self.scenarios,
        }


class Notes:
    """What the vendor told of the way between two releases; nothing where one is not known."""

    def __init__(self, old: str, new: str) -> None:
        try:
            self._notices = tuple(crossed(old, new)) if old and new and old != new else ()
        except HarnessError:
            self._notices = ()
        self._known: dict[str, str] = {}

    def of(self, text: str) -> str:
        """The note that speaks of it, "" for none; most texts are asked about many times."""
        note = self._known.get(text)
        if note is None:
            note = self._known[text] = announcing(text, self._notices)
        return note


def behaviours(changes: Iterable[Change]) -> list[Behaviour]:
    """The differences of all scenarios, each once: the least expected and gravest first."""
    found: dict[Part, Behaviour] = {}
    for change in changes:
        for part in change.parts:
            one = found.setdefault(part, Behaviour(part, 0, []))
            one.count += 1
            if len(one.scenarios) < MOST_NAMED:
                one.scenarios.append(change.scenario)
    return sorted(
        found.values(),
        key=lambda one: (
            LABELS.index(one.part.label),
            one.part.severity != "medium",
            -one.count,
            one.part.text,
        ),
    )
