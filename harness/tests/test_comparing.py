"""Two JSON values are told apart as JSON tells them apart, and the place is named."""

from __future__ import annotations

import pytest

from harness.comparing import difference, missing


@pytest.mark.parametrize(
    ("actual", "expected", "place"),
    [
        (1, 1, None),
        (1.0, 1, None),
        ((1, "a"), [1, "a"], None),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 2]}}, None),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, "a.b[1] is 2, not 3"),
        ({"a": [1]}, {"a": [1, 2]}, "a has 1 items, not 2"),
        ({"a": [1, 2]}, {"a": [1]}, "a has 2 items, not 1"),
        ({"a": 1, "b": 2}, {"a": 1}, "b is not expected"),
        ({"a": 1}, {"a": 1, "b": None}, "b is missing"),
        ({"a": True}, {"a": 1}, "a is true, not 1"),
        ({"a": 0}, {"a": False}, "a is 0, not false"),
        ({"a": None}, {"a": 0}, "a is null, not 0"),
        ({"a": {}}, {"a": []}, "a is {}, not []"),
        ("1", 1, 'the whole is "1", not 1'),
        ({"x": [{"y": True}]}, {"x": [{"y": 1}]}, "x[0].y is true, not 1"),
    ],
)
def test_the_first_difference_is_named(actual: object, expected: object, place: str | None) -> None:
    assert difference(actual, expected) == (None if place is None else place)


@pytest.mark.parametrize(
    ("actual", "expected", "place"),
    [
        ({"a": 1, "more": 2}, {"a": 1}, None),
        ({"a": {"b": 1, "more": 2}}, {"a": {"b": 1}}, None),
        ({"a": [{"b": 1, "more": 2}]}, {"a": [{"b": 1}]}, None),
        ({"a": [{"b": 1}, {}]}, {"a": [{"b": 1}]}, "a has 2 items, not 1"),
        ({"a": 1}, {"b": 1}, "b is missing"),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, "a.b is 1, not 2"),
        ("text", {"a": 1}, 'the whole is "text", not {"a": 1}'),
        (None, {"a": None}, 'the whole is null, not {"a": null}'),
        ({"a": True}, {"a": 1}, "a is true, not 1"),
    ],
)
def test_what_is_missing_is_named(actual: object, expected: object, place: str | None) -> None:
    assert missing(actual, expected) == (None if place is None else place)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("OBF:JWE:a", "OBF:JWE:b", True), ("OBF:JWE:a", "", False), ("OBF:JWE:a", None, False)],
)
def test_two_ciphertexts_count_as_the_same(one: object, other: object, same: bool) -> None:
    before, after = ({"credential": {"encryptedValue": it}} for it in (one, other))

    assert (difference(after, before) is None) is same
    assert (missing(after, before) is None) is same
