"""Whether two JSON values are the same, or one holds the other, and where they part.

`true` is not 1, as in JSON. Two ciphertexts of a hidden field count as the same when both are
texts: whether the product encrypts anew for each answer is not documented, so a difference is no
fault, and what they hide is compared through the metadata.
"""

from __future__ import annotations

import json
from typing import Any

CIPHERTEXT = "encryptedValue"
"""Source: admin API 7.3, HiddenField."""


def difference(actual: object, expected: object) -> str | None:
    """Where the values part and how, in words; None when they are the same."""
    return _parted(actual, expected, "", whole=True)


def missing(actual: object, expected: object) -> str | None:
    """Where `actual` lacks what is expected, in words; None when it holds it all."""
    return _parted(actual, expected, "", whole=False)


def _parted(actual: Any, expected: Any, path: str, *, whole: bool) -> str | None:
    if path == "" and repr(actual) == repr(expected):  # most are the same, and this is cheap
        return None
    if isinstance(expected, dict) and isinstance(actual, dict):
        return _parted_objects(actual, expected, path, whole=whole)
    if isinstance(expected, list | tuple) and isinstance(actual, list | tuple):
        return _parted_arrays(actual, expected, path, whole=whole)
    if actual == expected and isinstance(expected, bool) is isinstance(actual, bool):
        return None
    return f"{path or 'the whole'} is {_told(actual)}, not {_told(expected)}"


def _parted_objects(
    actual: dict[Any, Any], expected: dict[Any, Any], path: str, *, whole: bool
) -> str | None:
    keys = [*expected, *(key for key in actual if key not in expected)] if whole else [*expected]
    for key in keys:
        here = f"{path}.{key}".lstrip(".")
        if key not in actual:
            return f"{here} is missing"
        if key not in expected:
            return f"{here} is not expected"
        if key == CIPHERTEXT and _texts(actual[key], expected[key]):
            continue
        found = _parted(actual[key], expected[key], here, whole=whole)
        if found is not None:
            return found
    return None


def _parted_arrays(actual: Any, expected: Any, path: str, *, whole: bool) -> str | None:
    for at, (one, other) in enumerate(zip(actual, expected, strict=False)):
        found = _parted(one, other, f"{path}[{at}]", whole=whole)
        if found is not None:
            return found
    if len(actual) == len(expected):
        return None
    return f"{path or 'the whole'} has {len(actual)} items, not {len(expected)}"


def _told(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=repr)


def _texts(*values: object) -> bool:
    return all(isinstance(value, str) and value for value in values)
