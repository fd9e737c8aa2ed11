"""Rows as JSON text that gives exactly the same rows back, tuples and numbered members included."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_TUPLE, _PAIRS = "()", "{}"


def written(value: Any) -> str:
    """ASCII text of a value made of JSON values, tuples and mappings with any such keys.

    A tuple is `{"()": items}`; a mapping that JSON would not give back is `{"{}": pairs}`. Raises
    TypeError where something else is in it.
    """
    return json.dumps(_plain(value), separators=(",", ":"))


def read(text: str) -> Any:
    """The value that was written; raises ValueError where the text is not of `written`."""
    return json.loads(text, object_hook=_restored)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, tuple):
        return {_TUPLE: [_plain(one) for one in value]}
    if not isinstance(value, Mapping):
        raise TypeError(f"{type(value).__name__} is not a value that a row may hold")
    if all(isinstance(name, str) for name in value) and not _is_tagged(value):
        return {name: _plain(one) for name, one in value.items()}
    return {_PAIRS: [[_plain(name), _plain(one)] for name, one in value.items()]}


def _is_tagged(value: Mapping[Any, Any]) -> bool:
    return len(value) == 1 and (_TUPLE in value or _PAIRS in value)


def _restored(value: dict[str, Any]) -> Any:
    if not _is_tagged(value):
        return value
    ((tag, inner),) = value.items()
    return tuple(inner) if tag == _TUPLE else dict(inner)
