"""What an answered object holds, where a member that lacks is the product's fault."""

from collections.abc import Iterator
from typing import Any

from harness.checks import expect_member, expect_that


def member_of(answered: Any, *path: str) -> Any:
    """The member at this path; an answer without it does not conform."""
    found = answered
    for name in path:
        expect_member(found, name, f"a member {'.'.join(path)}", answered)
        found = found[name]
    return found


def integer_of(answered: Any, *path: str) -> int:
    """The member at this path, which has to be a JSON integer."""
    found = member_of(answered, *path)
    whole = isinstance(found, int) and not isinstance(found, bool)
    expect_that(whole, f"an integer as {'.'.join(path)}", found)
    return int(found)


def number_of(answered: Any, *path: str) -> int:
    """The member at this path as a number, whether it is shown as one or as digits.

    Plugin configurations show numbers both ways: no document decides for the risk policy.
    """
    found = member_of(answered, *path)
    shown = str(found)
    digits = not isinstance(found, bool) and shown.removeprefix("-").isdecimal()
    expect_that(digits, f"a whole number as {'.'.join(path)}", found)
    return int(shown)


def hidden_in(value: object, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every hidden field of an object, with the path to it."""
    if isinstance(value, dict):
        if value.keys() & {"value", "encryptedValue"}:
            yield path, value
        for name, inner in value.items():
            yield from hidden_in(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from hidden_in(inner, f"{path}[]")
