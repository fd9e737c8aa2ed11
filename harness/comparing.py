"""Whether two JSON values are the same, or one holds the other, and where they part.

`true` is not 1, as in JSON. Two ciphertexts of a hidden field count as the same when both are
texts: whether the product encrypts anew for each answer is not documented, so a difference is no
fault, and what they hide is compared through the metadata.
"""

from __future__ import annotations

from typing import Any

CIPHERTEXT = "encryptedValue"
"""Source: admin API 7.3, HiddenField."""


def difference(actual: object, expected: object) -> str | None:
    """Where the values part, as ", differs at path"; None when they are the same."""
    path = _parted(actual, expected, "", whole=True)
    return None if path is None else f", differs at {path or 'the top'}"


def missing(actual: object, expected: object) -> str | None:
    """Where `actual` lacks what is expected, as ", differs at path"; None when it holds it all."""
    path = _parted(actual, expected, "", whole=False)
    return None if path is None else f", differs at {path or 'the top'}"


def _parted(actual: Any, expected: Any, path: str, *, whole: bool) -> str | None:
    if path == "" and repr(actual) == repr(expected):  # most are the same, and this is cheap
        return None
    if isinstance(expected, dict) and isinstance(actual, dict):
        return _parted_objects(actual, expected, path, whole=whole)
    if isinstance(expected, list | tuple) and isinstance(actual, list | tuple):
        return _parted_arrays(actual, expected, path, whole=whole)
    if isinstance(expected, bool) is not isinstance(actual, bool):
        return path
    return None if actual == expected else path


def _parted_objects(
    actual: dict[Any, Any], expected: dict[Any, Any], path: str, *, whole: bool
) -> str | None:
    keys = [*expected, *(key for key in actual if key not in expected)] if whole else [*expected]
    for key in keys:
        here = f"{path}.{key}".lstrip(".")
        if key not in actual or key not in expected:
            return here
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
    return None if len(actual) == len(expected) else f"{path}[{min(len(actual), len(expected))}]"


def _texts(*values: object) -> bool:
    return all(isinstance(value, str) and value for value in values)
