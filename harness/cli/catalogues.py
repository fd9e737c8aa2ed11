"""What there is to list and to explain, each as a mapping of plain values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Row: TypeAlias = dict[str, Any]

GRADES = ("documented", "observed", "assumed")


def requirements() -> list[Row]:
    """Every requirement of the catalogue."""
    from harness.requirements import catalogue  # noqa: PLC0415 - each kind loads its own

    return [
        {
            "id": one.id,
            "level": one.level,
            "grade": one.grade,
            "title": one.title,
            "area": one.area,
            "source": one.source,
            "since": one.since,
            "until": one.until,
        }
        for one in catalogue().values()
    ]


def scenarios() -> list[Row]:
    """Every scenario, with its requirements."""
    from harness.cli.collected import scenarios as collected  # noqa: PLC0415 - loads pytest

    return [
        {
            "id": one.id,
            "requirements": [requirement.id for requirement in one.requirements],
            "title": one.title,
            "area": one.area,
        }
        for one in collected()
    ]


def mutations() -> list[Row]:
    """Every way to spoil a token, then the classes that no bytes show, with the reason."""
    from harness.mutations import MUTATIONS, UNWRITTEN  # noqa: PLC0415 - each kind loads its own

    written = [
        {
            "id": one.id,
            "verdict": one.verdict.value,
            "stage": one.stage.name.lower(),
            "judge": one.judge.value,
            "needs": one.needs,
            "title": one.title,
            "source": one.source,
        }
        for one in MUTATIONS
    ]
    nothing = {"verdict": "unwritten", "stage": "", "judge": "", "needs": None}
    return written + [
        {
            "id": kind,
            **nothing,
            "title": one.reason,
            "source": f"measured by {', '.join(one.requirements) or 'nothing yet'}",
        }
        for kind, one in UNWRITTEN.items()
    ]


def defects() -> list[Row]:
    """Every seeded defect of the fakes, with the decision that it gets wrong."""
    from fakes.defects import defects as seeded  # noqa: PLC0415 - each kind loads its own

    return [
        {
            "id": one.id,
            "breaks": one.breaks,
            "title": one.title,
            "field": one.field,
            "value": json.dumps(one.value, default=_named),
        }
        for one in seeded().values()
    ]


def _named(value: object) -> object:
    """What JSON has no form for, the same in every process: a set in order, a function's name."""
    if isinstance(value, frozenset):
        return sorted(value, key=str)
    return getattr(value, "__name__", None) or str(value)


def switches() -> list[Row]:
    """Every decision of the fakes that --switch makes otherwise, with how well it is known."""
    from fakes.switches import switches as known  # noqa: PLC0415 - each kind loads its own

    return [
        {
            "id": one.id,
            "grade": one.grade,
            "default": json.dumps(one.default),
            "values": [json.dumps(value) for value in one.values],
            "title": one.doc,
            "source": one.source,
        }
        for one in known().values()
    ]


def releases() -> list[Row]:
    """Every release that the fake PingAccess can be: what it changed, and what is wrong with it."""
    from fakes.releases import releases as known  # noqa: PLC0415 - each kind loads its own
    from harness.releases import known as documented  # noqa: PLC0415 - each kind loads its own

    return [
        {
            "id": one.name,
            "published": one.published,
            "changes": len(one.deltas),
            "grades": _counted(delta.grade for delta in one.deltas),
            "bugs": [bug.id for bug in one.bugs],
            "upgrade_from": one.upgrade_from,
            "differs": {
                delta.title: {"grade": delta.grade, "source": delta.source} for delta in one.deltas
            },
            "known_bugs": {
                bug.id: {
                    "title": bug.title,
                    "breaks": bug.breaks,
                    "fixed_in": ", ".join(bug.fixed_in) or "nothing published",
                    "grade": bug.grade,
                    "source": bug.source,
                }
                for bug in one.bugs
            },
            "expected": {
                news.topic: {"value": news.value, "grade": news.grade, "source": news.source}
                for news in documented()[one.name].news
            },
            "not_measured": {
                other.title: {"source": other.source, "why": other.why}
                for other in documented()[one.name].announced
            },
            "bugs_not_measured": {
                bug.id: {
                    "title": bug.title,
                    "fixed_in": bug.fixed_in,
                    "source": bug.source,
                    "why": bug.why,
                }
                for bug in documented()[one.name].bugs
            },
        }
        for one in known().values()
    ]


def _counted(grades: Iterable[str]) -> dict[str, int]:
    """How many there are of each grade, the strongest first."""
    found = list(grades)
    return {one: found.count(one) for one in GRADES if one in found}


KINDS: Mapping[str, Callable[[], list[Row]]] = {
    "requirements": requirements,
    "scenarios": scenarios,
    "mutations": mutations,
    "defects": defects,
    "releases": releases,
    "switches": switches,
}
"""Kind, as the command line names it, and what lists it."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "requirements": ("id", "level", "grade", "title"),
    "scenarios": ("id", "requirements"),
    "mutations": ("id", "verdict", "title"),
    "defects": ("id", "breaks", "title"),
    "releases": ("id", "published", "changes", "grades", "bugs"),
    "switches": ("id", "grade", "title"),
}
"""What a line of the list shows."""
