"""JSON objects as they were answered, in which a member that is missing is the product's fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

Lacking: TypeAlias = "Callable[[Mapping[str, Any], str], NoReturn]"
"""Says that an object lacks a member."""

_decode = msgspec.json.Decoder().decode


class Answered(dict[str, Any]):
    """An object like any other, but that reading a member that it lacks is a verdict."""

    __slots__ = ("lacking",)
    lacking: Lacking

    def __missing__(self, key: str) -> NoReturn:
        self.lacking(self, key)


def object_of(answer: httpx.Response, lacking: Lacking) -> Answered | None:
    """The object of an answer, and every object in it; None where it is no JSON object."""
    try:
        told = _told(answer)
        return _answered(told, lacking) if type(told) is dict else None
    except (ValueError, RecursionError):
        return None


def _told(answer: httpx.Response) -> Any:
    """The JSON of an answer, read as leniently as Python's own reader does; ValueError for none."""
    try:
        return _decode(answer.content)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return answer.json()


def _answered(members: dict[str, Any], lacking: Lacking) -> Answered:
    """The object, with every object in it made the same, however deep it is."""
    found = _one(members, lacking)
    holders: list[Any] = [found]
    for holder in holders:  # grows on the way
        for place, value in holder.items() if type(holder) is Answered else enumerate(holder):
            if type(value) is dict:
                holder[place] = inner = _one(value, lacking)
                holders.append(inner)
            elif type(value) is list:
                holders.append(value)
    return found


def _one(members: dict[str, Any], lacking: Lacking) -> Answered:
    found = Answered(members)
    found.lacking = lacking
    return found
