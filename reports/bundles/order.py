"""Which value can be had after which step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import UNSET

from harness.bundles.checking import last_step, needed_by, refs_in, refs_of_step
from harness.bundles.format import OfAnswer
from harness.conditions import at

if TYPE_CHECKING:
    from harness.bundles.format import Bundle


def by_step(bundle: Bundle) -> dict[int, list[str]]:
    """Names of the values that are used, by the step after whose answer they can be had; -1: first.

    What a value is made of goes before it.
    """
    used: dict[str, None] = {}
    for step in bundle.steps[: bundle.failing + 1]:
        for name in refs_of_step(step):
            _add(bundle, name, used)
    expected = bundle.check.expected if bundle.check else UNSET
    for name in refs_in(None if expected is UNSET else expected):
        _add(bundle, name, used)
    found: dict[int, list[str]] = {}
    for name in used:
        found.setdefault(last_step(bundle, name), []).append(name)
    return found


def is_text(bundle: Bundle, name: str) -> bool:
    """Whether the value was a text when it was recorded, and no number, object or array."""
    source = bundle.values[name]
    if not isinstance(source, OfAnswer) or source.pointer is None:
        return True
    try:
        return isinstance(
            at(json.loads(bundle.steps[source.step].answer.body or ""), source.pointer), str
        )
    except (ValueError, LookupError, RecursionError):
        return True


def _add(bundle: Bundle, name: str, used: dict[str, None]) -> None:
    if name not in used:
        for one in needed_by(bundle.values[name]):
            _add(bundle, one, used)
        used[name] = None
