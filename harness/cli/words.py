"""The words of this tool that `paconform explain` explains beside what has an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.cli import EXITS
from harness.cli.catalogues import requirements
from reports.words import GRADES

if TYPE_CHECKING:
    from collections.abc import Mapping


VERDICTS = {
    "conformant": "the product does what the requirement says",
    "nonconformant": "the product breaks a requirement that it MUST meet; exit code 1",
    "warning": "the product breaks a requirement that it SHOULD meet; the run passes",
    "refuted": "a live product does otherwise than was assumed of it, which is no fault of its own",
    "not_measured": "the target or the release cannot show it, for the reason that is told",
    "harness_error": "an arrangement or the harness failed, which says nothing of the product; "
    "exit code 3",
}
"""What a scenario can come to; reports say what a requirement has come to."""


def exit_codes() -> list[dict[str, Any]]:
    """Every way in which a command ends."""
    return [{"id": str(code), "title": title} for code, title in EXITS.items()]


def verdicts() -> list[dict[str, Any]]:
    """Everything that a scenario can come to."""
    return _rows(VERDICTS)


def grades() -> list[dict[str, Any]]:
    """Every kind of evidence that a requirement or a decision of a fake rests on."""
    return _rows(GRADES)


def areas() -> list[dict[str, Any]]:
    """Every area of the catalogue, with its requirements: id -> sentence."""
    found: dict[str, dict[str, str]] = {}
    for row in requirements():
        found.setdefault(row["area"], {})[row["id"]] = row["title"]
    return [
        {"id": area, "run": f"paconform run {area}", "requirements": of_it}
        for area, of_it in found.items()
    ]


def _rows(words: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"id": word, "title": title} for word, title in words.items()]
