"""What was judged, and how, in short."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.model import Findings

_USUAL = frozenset({("evidence", "failures")})
"""Facts that are so unless somebody asks for something else."""


def facts(findings: Findings) -> list[tuple[str, str]]:
    """What was judged, and how, as names with values."""
    header, end = findings.header, findings.run.end
    every = [
        *header.product.items(),
        ("target", header.target),
        ("release", header.release or ""),
        ("seed", "" if header.seed is None else str(header.seed)),
        ("started", moment(header.started)),
        ("took", _took(header.started, end.ended) if end else ""),
        ("run", header.run_id),
        *((name.replace("_", " "), _option(one)) for name, one in header.options.items()),
    ]
    return [(name, value) for name, value in every if value and (name, value) not in _USUAL]


def _option(value: Any) -> str:
    """An option's value; "" for a number: how many scenarios there were stands elsewhere."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "yes" if value is True else value if isinstance(value, str) else ""


def moment(iso: str) -> str:
    """A time for people."""
    return iso.replace("T", " ").replace("+00:00", " UTC")


def _took(started: str, ended: str) -> str:
    try:
        seconds = (datetime.fromisoformat(ended) - datetime.fromisoformat(started)).total_seconds()
    except (ValueError, TypeError):
        return ""
    return f"{seconds:.0f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
