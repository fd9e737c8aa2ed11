"""What a refusal says to people, and what of a program must not stand in it (CWE-209)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

INTERNALS = re.compile(
    r"\b(?:[a-z_]\w*\.){2,}[A-Z]\w+|\w(?:Exception|Error)\b"
    r"|\bat [\w.$<>]+\([\w.]*:?\d*\)|Traceback|\.(?:java|py):\d"
)
"""Names of classes and lines of stack traces."""


def internals_in(text: str) -> str | None:
    """The first name of a class or line of a stack trace; None where there is none."""
    found = INTERNALS.search(text)
    return found and found[0]


def sentences(refusal: Mapping[str, Any]) -> list[str]:
    """Everything that a refusal says (admin API 7.3, ApiError)."""
    form = refusal.get("form") or {}
    return [*(refusal.get("flash") or []), *(text for texts in form.values() for text in texts)]


def names_the_credential(refusal: Mapping[str, Any]) -> bool:
    """Whether a refusal is about the member `credential`, or says the word."""
    fields = refusal.get("form") or {}
    return any(field.split(".")[0] == "credential" for field in fields) or any(
        "credential" in text.lower() for text in sentences(refusal)
    )


def gives_a_reason(refusal: Mapping[str, Any]) -> bool:
    """Whether a refusal says more than a word."""
    return any(len(text.split()) > 1 for text in sentences(refusal))
