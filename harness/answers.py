"""JSON objects as they were answered, in which a member that is missing is the product's fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

Lacking: TypeAlias = "Callable[[Mapping[str, Any], str], NoReturn]"
"""Says that an object lacks a member."""


class Answered(dict[str, Any]):
    """An object like any other, but that reading a member that it lacks is a verdict."""

    def __init__(self, members: Mapping[str, Any], lacking: Lacking) -> None:
        super().__init__(members)
        self._lacking = lacking

    def __missing__(self, key: str) -> NoReturn:
        self._lacking(self, key)


def object_of(answer: httpx.Response, lacking: Lacking) -> Answered | None:
    """The object of an answer, and every object in it; None where it is no JSON object."""
    try:
        told = answer.json(object_hook=lambda members: Answered(members, lacking))
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, Answered) else None
