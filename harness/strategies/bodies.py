"""JSON texts: one value in other words, and values of a wrong kind in a field for text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy

SPACE = ("", " ", "\n", "\t", "\r\n", " \n\t ")
"""Insignificant white space (RFC 8259 section 2)."""


@st.composite
def spellings(draw: DrawFn, members: Mapping[str, Any]) -> bytes:
    """The JSON object in UTF-8 in other words: order, white space and escapes are drawn.

    Source: RFC 8259 sections 2 (white space), 4 (order means nothing) and 7 (any escape).
    """
    names = draw(st.permutations(list(members)))
    space = st.sampled_from(SPACE)
    escape = draw(st.booleans())
    parts = (
        f"{draw(space)}{_text(name, escape)}{draw(space)}:{draw(space)}"
        f"{_value(members[name], escape)}{draw(space)}"
        for name in names
    )
    return f"{draw(space)}{{{','.join(parts)}}}{draw(space)}".encode()


def misfits(text: str) -> SearchStrategy[Any]:
    """JSON values that are no string, some with the text inside."""
    scalars = st.sampled_from((7, -1, 1.5, True, False))
    around = st.sampled_from(([text], [], {"value": text}, {}, [[text]], [text, text]))
    return st.one_of(scalars, around)


def _value(value: object, escape: bool) -> str:
    """The value as JSON, with every string inside escaped when asked."""
    if isinstance(value, str):
        return _text(value, escape)
    if isinstance(value, dict):
        return (
            f"{{{','.join(f'{_text(k, escape)}:{_value(v, escape)}' for k, v in value.items())}}}"
        )
    if isinstance(value, list):
        return f"[{','.join(_value(inner, escape) for inner in value)}]"
    return json.dumps(value)


def _text(text: str, escape: bool) -> str:
    """The string as JSON; escaped, every character is written by its number."""
    if not escape:
        return json.dumps(text, ensure_ascii=False)
    data = text.encode("utf-16-be", "surrogatepass")
    units = (data[at : at + 2].hex() for at in range(0, len(data), 2))
    return '"' + "".join(f"\\u{unit}" for unit in units) + '"'
