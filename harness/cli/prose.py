"""What is known of one thing, as a person reads it: a row of a catalogue as lines of text."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from shlex import quote
from typing import TYPE_CHECKING, Any, TypeAlias

from harness.cli.catalogues import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from harness.cli.catalogues import Row


@dataclass(frozen=True, slots=True)
class Item:
    """One of several, and what is to be said of it."""

    text: str
    more: Sequence[str] = field(default=())


OTHER = {"true": "false", "false": "true"}

Part: TypeAlias = "str | list[Item]"


def lines(kind: str, row: Row, width: int | None = None) -> Iterator[str]:
    """The row as text, no line of it longer than `width` where words allow; None is without end."""
    parts = {"id": row["id"], "kind": kind, **PARTS.get(kind, _plain)(row)}
    facts = {name: value for name, value in parts.items() if isinstance(value, str) and value}
    room = max(map(len, facts)) + 2
    for name, value in facts.items():
        yield from _folded(f"{name}:".ljust(room) + value, " " * room, width)
    for name, items in parts.items():
        if items and not isinstance(items, str):
            yield f"{name}:"
            for item in items:
                yield from _folded(f"    {item.text}", " " * 6, width)
                for more in item.more:
                    yield from _folded(f"        {more}", " " * 10, width)


def _folded(text: str, indent: str, width: int | None) -> Iterator[str]:
    if width is None or len(text) <= width:
        yield text
        return
    words = text.lstrip()
    first = text[: len(text) - len(words)]
    yield from textwrap.wrap(
        words,
        width,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


# --- a row as names and what is said of each


def _plain(row: Row) -> dict[str, Part]:
    return {name.replace("_", " "): _part(value) for name, value in row.items()}


def _part(value: Any) -> Part:
    if isinstance(value, dict):
        return [Item(f"{key}  {each}") for key, each in value.items()]
    if isinstance(value, list):
        return [Item(str(each)) for each in value]
    return "" if value is None else str(value)


def _requirement(row: Row) -> dict[str, Part]:
    return {**_plain(row), "defects": _titled(row["defects"])}


def _scenario(row: Row) -> dict[str, Part]:
    parts = {**_plain(row), "defects": _titled(row["defects"])}
    del parts["requirements"]  # `measures` has them with their sentences
    return parts


def _switch(row: Row) -> dict[str, Part]:
    other = OTHER.get(row["default"]) or next(iter(row["values"]), "JSON")
    written = f"{row['id']}={f'[{other}]' if row['default'].startswith('[') else other}"
    values = ", ".join(row["values"])
    return {**_plain(row), "values": values, "use": f"--switch {quote(written)}"}


def _known_bug(row: Row) -> dict[str, Part]:
    return {**_plain(row), "releases": ", ".join(row["releases"])}


def _release(row: Row) -> dict[str, Part]:
    grades = ", ".join(f"{count} {grade}" for grade, count in row["grades"].items())
    return {
        "id": row["id"],
        "published": row["published"],
        "changes": f"{row['changes']}{f' ({grades})' if grades else ''}",
        "upgrade from": f"{row['upgrade_from']} or newer" if row["upgrade_from"] else "",
        "what the fake does otherwise than in the release before": [
            Item(title, [_graded(one)]) for title, one in row["differs"].items()
        ],
        "known bugs, which the fake has with --with-known-bugs": [
            Item(f"{key}  {one['title']}", [f"breaks {one['breaks']}; {_fixed(one)}", _graded(one)])
            for key, one in row["known_bugs"].items()
        ],
        "what the suite expects of it": [
            Item(f"{topic}: {_settled(one['value'])}", [_graded(one)])
            for topic, one in row["expected"].items()
        ],
        "announced, and not measured": [
            Item(title, [f"why: {one['why']}", one["source"]])
            for title, one in row["not_measured"].items()
        ],
        "known bugs that are not measured": [
            Item(f"{key}  {one['title']}", [f"{_fixed(one)}; why: {one['why']}", one["source"]])
            for key, one in row["bugs_not_measured"].items()
        ],
    }


def _titled(defects: Iterable[str]) -> list[Item]:
    titles = {row["id"]: row["title"] for row in KINDS["defects"]()}
    return [Item(f"{key}  {titles[key]}") for key in defects]


def _graded(one: Mapping[str, Any]) -> str:
    return f"{one['grade']}: {one['source']}"


def _fixed(one: Mapping[str, Any]) -> str:
    return f"fixed in {one['fixed_in']}".replace("fixed in nothing", "no fix")


def _settled(value: Any) -> str:
    """What a release is expected to show of a topic."""
    if value is None:
        return "no document settles it"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)


PARTS: Mapping[str, Callable[[Row], dict[str, Part]]] = {
    "requirement": _requirement,
    "scenario": _scenario,
    "switch": _switch,
    "known bug": _known_bug,
    "release": _release,
}
"""Kind -> how its rows are told, where not member by member."""
