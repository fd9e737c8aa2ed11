"""What two products say otherwise of themselves, as a page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reports.sheet import Part, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness.upgrades.drift import Drift

_PARTS = {
    "high": ("Breaking", "nonconformant", "who relies on it has to change"),
    "medium": ("To look at", "warning", "it may concern somebody"),
    "low": ("Additions", "not_measured", "nothing has to be done"),
}


def sheet(found: Sequence[Drift], sides: tuple[str, str], what: str) -> Sheet:
    """The page's content."""
    counts = Counter(one.severity for one in found)
    labels = Counter(one.label for one in found)
    worse = bool(counts["high"])
    return Sheet(
        what=what,
        state="bad" if worse else "good",
        sentence="Something breaks." if worse else "Nothing breaks.",
        detail=", ".join(f"{count:,} {name}" for name, count in sorted(labels.items())) or "Same.",
        facts=[("old", sides[0]), ("new", sides[1])],
        parts=list(_parts(found)),
    )


def _parts(found: Sequence[Drift]) -> Iterator[Part]:
    for severity, (heading, tone, meaning) in _PARTS.items():
        rows = [
            Row(
                one.text,
                tone,
                one.where,
                (one.kind, one.label),
                (f"announced: {one.note}",) if one.note else (),
            )
            for one in found
            if one.severity == severity
        ]
        if rows:
            yield Part(heading, rows, meaning)
