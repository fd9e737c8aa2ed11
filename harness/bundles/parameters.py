"""Steps with fewer parameters, be they in the query of a path or in a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

from harness.bundles.format import Body, Ref
from harness.bundles.shrinking import fewest

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.bundles.format import Step, Text


def fewer_parameters(step: Step, shows: Callable[[Step], bool]) -> Step:
    """The step with those parameters only that it needs to show it."""
    path, *query = _parted(step.path, "?", 1)
    if query:

        def with_query(kept: list[Text]) -> Step:
            return replace(step, path=_joined([path, _joined(kept, "&")] if kept else [path], "?"))

        step = with_query(fewest(_parted(query[0], "&"), lambda kept: shows(with_query(kept))))
    if step.body is not None and step.body.text is not UNSET and _is_form(step):
        whole = step

        def with_form(kept: list[Text]) -> Step:
            return replace(whole, body=Body(text=_joined(kept, "&")))

        step = with_form(fewest(_parted(step.body.text, "&"), lambda kept: shows(with_form(kept))))
    return step


def _is_form(step: Step) -> bool:
    return any(
        name.lower() == "content-type" and "urlencoded" in str(value)
        for name, value in step.headers
    )


def _parted(text: Text, mark: str, most: int = -1) -> list[Text]:
    """The text, cut at so many of the marks; values of these are no marks."""
    parts: list[list[str | Ref]] = [[]]
    for piece in [text] if isinstance(text, str) else text:
        left = most if most < 0 else most - len(parts) + 1
        if isinstance(piece, Ref) or not left:
            parts[-1].append(piece)
        else:
            first, *more = piece.split(mark, left)
            parts[-1].append(first)
            parts += [[one] for one in more]
    return [_joined([part], "") for part in parts]


def _joined(texts: list[Text], mark: str) -> Text:
    """The texts with the mark between them, as few pieces as can be."""
    pieces: list[str | Ref] = []
    for number, text in enumerate(texts):
        for piece in [mark * bool(number), *([text] if isinstance(text, str) else text)]:
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            elif piece != "":
                pieces.append(piece)
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return pieces[0]
    return pieces or ""
