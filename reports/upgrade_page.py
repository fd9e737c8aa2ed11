"""What an upgrade does to a configuration, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.sheet import Part, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_STATES = {"yes": "good", "yes-but": "partial", "no": "bad"}
_SAYS = {"yes": "Yes.", "yes-but": "Yes, but.", "no": "No."}
_PARTS = {
    "no": ("In the way", "nonconformant", "the upgrade cannot be done like this"),
    "but": ("To look at", "warning", "something changes for this configuration"),
    "note": ("Good to know", "not_measured", "nothing has to be done"),
}


def sheet(found: Mapping[str, Any]) -> Sheet:
    """The page's content, from the machine form of the answer."""
    scenarios = sum(found["scenarios"].values())
    return Sheet(
        what="Upgrade check of a configuration",
        state=_STATES[found["answer"]],
        sentence=_SAYS[found["answer"]],
        detail=(
            f"From {found['old']} to {found['new']}: {scenarios:,} scenarios on each side. "
            f"Confidence: {found['confidence']}."
        ),
        facts=[
            ("exported by", found["wrote"]),
            *((kind, f"{count:,}") for kind, count in found["scenarios"].items() if count),
        ],
        parts=list(_parts(found)),
    )


def _parts(found: Mapping[str, Any]) -> Iterator[Part]:
    for weight, (heading, tone, meaning) in _PARTS.items():
        rows = [_row(one, tone) for one in found["reasons"] if one["weight"] == weight]
        if rows:
            yield Part(heading, rows, meaning)
    for name, heading, meaning in (
        ("unmeasured", "Not measured", "what this check could not see"),
        ("doubts", "Doubts", "what speaks against trusting it"),
    ):
        if found[name]:
            yield Part(heading, [Row(one) for one in found[name]], meaning)


def _row(one: Mapping[str, Any], tone: str) -> Row:
    count = f"{one['count']:,} times" if one["count"] > 1 else ""
    return Row(
        one["text"],
        tone,
        count,
        (one["kind"], one["label"], one["grade"]),
        (one["source"], *one["places"]),
    )
