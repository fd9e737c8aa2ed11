"""What the placeholders of predictors and policies stand for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACEHOLDER = re.compile(r"\$\{((?:event|details|transaction)\.[A-Za-z0-9_.]+)\}")
"""How a predictor or a policy refers to a value of the event or of the details."""


@lru_cache(maxsize=1024)
def path_of(placeholder: str) -> tuple[str, ...]:
    """The names that a placeholder leads along, from the context to the value."""
    match = PLACEHOLDER.fullmatch(placeholder)
    return tuple(match[1].split(".")) if match else ()


def resolved(placeholder: str, context: Mapping[str, Any]) -> list[Any]:
    """The values that a placeholder stands for: none, one, or those of a list.

    Items of a list that are objects stand for their names, as the groups of a user do.
    """
    return values_at(path_of(placeholder), context)


def values_at(path: tuple[str, ...], context: Mapping[str, Any]) -> list[Any]:
    """The values to which the names lead."""
    value: Any = context
    try:
        for name in path:
            value = value[name]
    except KeyError:
        return []
    except TypeError:  # a list, or something that holds nothing
        return _among(context, path)
    if isinstance(value, dict | list):
        return _among(context, path)
    return [] if value is None else [value]


def _among(context: Mapping[str, Any], path: tuple[str, ...]) -> list[Any]:
    """The values where one of the steps is a list, or the last one an object."""
    found: list[Any] = [context]
    for name in path:
        if len(found) == 1 and isinstance(found[0], dict):
            value = found[0].get(name)
            found = value if isinstance(value, list) else [value]
            continue
        inner = (one.get(name) for one in found if isinstance(one, dict))
        found = [value for one in inner for value in (one if isinstance(one, list) else [one])]
    named = (one.get("name") if isinstance(one, dict) else one for one in found)
    return [value for value in named if value is not None]


@lru_cache(maxsize=1024)
def compact_name(placeholder: str) -> str | None:
    """The predictor that a placeholder names; None where it names something else.

    `${details.aggregatedWeights.NAME}` for weights, `${details.NAME.level}` otherwise.
    """
    match = PLACEHOLDER.fullmatch(placeholder)
    parts = match[1].split(".") if match else []
    if len(parts) != 3 or parts[0] != "details":
        return None
    if parts[1] == "aggregatedWeights":
        return parts[2]
    return parts[1] if parts[2] == "level" else None
