"""The releases side by side, as Markdown: what the documents say, and what the fake makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.cli.catalogues import releases
from harness.releases import known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.cli.catalogues import Row
    from harness.releases import Expectation

HEAD = """# Releases of PingAccess

Made by `paconform list releases --markdown`. The first table is what the suite expects of each
release, by its documents: `?` is what they do not settle, which is not measured. Below stands what
the fake of a release has otherwise than the one before, with grade and source, and what the vendor
says is wrong with it, which `--with-known-bugs` gives to the fake. D72 is the vendor's
documentation of 7.2, and so on.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_table(), "", *(line for row in releases() for line in _of(row))])


def _table() -> Iterator[str]:
    names = list(known())
    yield _line("", *names)
    yield _line(*["---"] * (len(names) + 1))
    for topic in known()[names[0]].expects:
        yield _line(topic, *(_told(known()[name].expects[topic]) for name in names))


def _told(expected: Expectation) -> str:
    if expected.value is None:
        return "?"
    if isinstance(expected.value, bool):
        return "yes" if expected.value else "no"
    if isinstance(expected.value, list):
        return ", ".join(expected.value)
    return expected.value


def _of(row: Row) -> Iterator[str]:
    yield f"## {row['id']} ({row['published']})\n"
    if row["upgrade_from"]:
        yield f"It can be upgraded to directly from {row['upgrade_from']} and later.\n"
    for title, more in row["differs"].items():
        yield f"- {title}. {more['grade'].capitalize()}: {more['source']}."
    for key, bug in row["known_bugs"].items():
        yield f"- Known bug {key}: {bug['title']}. Fixed in {bug['fixed_in']}; {bug['source']}."
    for title, other in row["not_measured"].items():
        yield f"- Not measured: {title}. {other['source']}; {other['why']}."
    yield ""


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
