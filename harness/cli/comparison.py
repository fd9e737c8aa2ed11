"""The releases side by side, as Markdown: what the documents say, and what the fake makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.cli.catalogues import releases
from harness.releases import known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.cli.catalogues import Row
    from harness.releases import Expectation, Value

HEAD = """# Releases of PingAccess

Made by `paconform list releases --markdown`. The first table is what the suite expects of each
release, by its documents: *leaning* is assumed, `?` is what they do not settle, which is not
measured. Below stand, for each release, what the fake has otherwise than the release before; what
the suite expects otherwise, which was written apart from it; and what the vendor says is wrong with
it, which `--with-known-bugs` gives to the fake. D72 is the documentation of 7.2, and so on.
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
    told = _value(expected.value)
    return f"*{told}*" if expected.known and expected.grade == "assumed" else told


def _value(value: Value) -> str:
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else value


def _of(row: Row) -> Iterator[str]:
    yield f"## {row['id']} ({row['published']})\n"
    if row["upgrade_from"]:
        yield f"It can be upgraded to directly from {row['upgrade_from']} and later.\n"
    for title, more in row["differs"].items():
        yield f"- {title}. {_evidence(more)}"
    for topic, news in row["expected"].items():
        yield f"- Expected of {topic}: {_value(news['value'])}. {_evidence(news)}"
    for key, bug in row["known_bugs"].items():
        yield f"- Known bug {key}: {_bug(bug)} {_evidence(bug)}"
    for key, bug in row["bugs_not_measured"].items():
        yield f"- Known bug {key}, not measured: {_bug(bug)} {bug['source']}; {bug['why']}."
    for title, other in row["not_measured"].items():
        yield f"- Not measured: {title}. {other['source']}; {other['why']}."
    yield ""


def _bug(bug: Row) -> str:
    return f"{bug['title']}. Fixed in {bug['fixed_in']}."


def _evidence(known: Row) -> str:
    return f"{known['grade'].capitalize()}: {known['source']}."


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
