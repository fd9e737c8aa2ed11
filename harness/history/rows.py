"""A run as rows for a database: every text as short as its column, and of letters it can hold."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from harness.evidence import VERDICTS
from harness.history.tables import LONGEST_NAME, LONGEST_WORD

if TYPE_CHECKING:
    from harness.evidence import Run, ScenarioResult

_WORST_LAST = ("not_measured", "conformant", "warning", "refuted", "harness_error", "nonconformant")


@dataclass(frozen=True, slots=True)
class RunRows:
    """A run and what each scenario came to: name, verdict, and the requirement that it broke."""

    head: dict[str, Any]
    results: list[tuple[str, str, str]]


def rows_of(run: Run) -> RunRows:
    """The rows of a run; of a scenario that stands twice in it, the worse verdict counts."""
    header = run.header
    product = ", ".join(f"{name} {told}" for name, told in header.product.items())
    head = {
        "run_id": _short(header.run_id, LONGEST_WORD),
        "started": _short(header.started, LONGEST_WORD),
        "label": _short(header.label or "", LONGEST_WORD),
        "target": _short(header.target, LONGEST_WORD),
        "release": _short(header.release or "", LONGEST_WORD),
        "product": _short(product, LONGEST_WORD),
        "tool": _short(header.tool, LONGEST_WORD),
        "whole": not run.interrupted,
    }
    worst: dict[str, ScenarioResult] = {}
    for one in run.scenarios:
        name = _short(one.id, LONGEST_NAME)
        if name not in worst or _badness(one) > _badness(worst[name]):
            worst[name] = one
    return RunRows(head, [(name, _verdict(one), _requirement(one)) for name, one in worst.items()])


def _badness(one: ScenarioResult) -> int:
    return _WORST_LAST.index(_verdict(one))


def _verdict(one: ScenarioResult) -> str:
    return one.verdict if one.verdict in VERDICTS else "harness_error"


def _requirement(one: ScenarioResult) -> str:
    return _short((one.failure.requirement if one.failure else None) or "", LONGEST_WORD)


def _short(text: str, most: int) -> str:
    """The text; a long one keeps its beginning and a digest, so that it stays itself."""
    text = text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")
    if len(text) <= most:
        return text
    return f"{text[: most - 17]}…{sha256(text.encode()).hexdigest()[:16]}"
