"""What changed between two runs, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.behaviours import behaviours
from reports.diff import KINDS, MEANINGS
from reports.model import many
from reports.sheet import Part, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.evidence import RunHeader
    from reports.diff import Change, Difference

_TONES = {"high": "nonconformant", "medium": "warning", "low": "not_measured"}
_BETTER = ("measured", "fixed", "added")


def sheet(found: Difference, old: RunHeader, new: RunHeader) -> Sheet:
    """The page's content."""
    worse = found.is_regression
    counts = ", ".join(f"{found.counts[kind]} {kind}" for kind in KINDS if found.counts[kind])
    more = [found.short, many(found.noise, "change") + " left out as noise" if found.noise else ""]
    said = [f"{counts or 'Nothing changed'}.", *(f"{one}." for one in more if one)]
    return Sheet(
        what="What changed between two runs",
        state="bad" if worse else "good",
        sentence="The new run is worse." if worse else "The new run is not worse.",
        detail=" ".join(said),
        facts=[("old", _named(old)), ("new", _named(new))],
        parts=list(_parts(found)),
    )


def _named(header: RunHeader) -> str:
    product = ", ".join(f"{name} {text}" for name, text in header.product.items())
    return " · ".join(one for one in (header.label, product, header.run_id) if one)


def _parts(found: Difference) -> Iterator[Part]:
    if found.stale:
        rows = [Row(one, "nonconformant") for one in found.stale]
        yield Part("Stale", rows, "accepted changes that have to be decided again")
    for kind in KINDS:
        changes = [one for one in found.changes if one.kind == kind]
        rows = _differences(changes) if kind == "changed" else [_row(one) for one in changes]
        if rows:
            yield Part(kind.capitalize(), rows, MEANINGS[kind])
    if found.accepted:
        yield Part("Accepted", [_row(one) for one in found.accepted], "somebody answers for them")
    if found.renamed:
        rows = [Row(new, where="", lines=(f"was {old}",)) for old, new in found.renamed.items()]
        yield Part("Renamed", rows, "the same scenario under another id")


def _differences(changes: list[Change]) -> list[Row]:
    """Each difference once, with the scenarios that met it."""
    return [
        Row(
            one.part.text,
            _TONES[one.part.severity],
            many(one.count, "scenario"),
            (one.part.severity, one.part.label, one.part.aspect),
            (f"announced: {one.part.note}" if one.part.note else "", *one.scenarios),
        )
        for one in behaviours(changes)
    ]


def _row(change: Change) -> Row:
    tone = "conformant" if change.kind in _BETTER else _TONES[change.severity]
    return Row(
        change.detail or change.scenario,
        tone,
        ", ".join(change.requirements),
        (change.severity, change.label, *change.aspects),
        (
            change.scenario,
            f"{change.old or 'none'} → {change.new or 'none'}",
            f"announced: {change.note}" if change.note else "",
            f"was {change.was}" if change.was else "",
        ),
    )
