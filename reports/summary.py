"""A run in a screen of Markdown, for a comment on a pull request or the step summary of a CI."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.model import many
from reports.text import plain
from reports.words import ATTENTION, WORDS, WORST_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model import Findings

MOST = 20
"""Lines of one kind that are listed."""

LONGEST = 300
"""Characters of a foreign text that are shown."""

LARGEST = 60_000
"""Characters of the whole: GitHub takes 65,536 in a comment, and a MiB in a step summary."""

SIGNS = {"good": "✅", "bad": "❌", "open": "⚠️", "partial": "⚠️"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|~&$@])")


def text(findings: Findings) -> str:
    """The Markdown of a run."""
    kept, room = [], LARGEST
    for line in _lines(findings):
        room -= len(line) + 1
        if room < 0:
            kept += ["", "… more in index.html"]
            break
        kept.append(line)
    return "\n".join(kept) + "\n"


def _lines(findings: Findings) -> Iterator[str]:
    headline, header = findings.headline, findings.header
    yield f"## {SIGNS[headline.state]} {headline.sentence}"
    yield ""
    yield headline.detail
    yield ""
    facts = [
        f"target {header.target}",
        f"release {header.release}" if header.release else "",
        "" if header.seed is None else f"seed {header.seed}",
        *(f"{name}: {value}" for name, value in header.product.items()),
        header.label or "",
    ]
    yield " · ".join(_safe(one) for one in facts if one)
    yield ""
    yield from _areas(findings)
    for verdict in ("nonconformant", "refuted", "warning"):
        yield from _broken(findings, verdict)
    for verdict in ("harness_error", "not_measured"):
        yield from _groups(findings, verdict)


def _areas(findings: Findings) -> Iterator[str]:
    used = [one for one in WORST_FIRST if findings.counts[one]]
    yield f"| area | {' | '.join(WORDS[one] for one in used)} |"
    yield f"|---|{'---:|' * len(used)}"
    for area in findings.areas:
        cells = [str(area.counts[one] or "") for one in used]
        yield f"| {_safe(area.title)} | {' | '.join(cells)} |"
    total = [f"**{findings.counts[one]}**" for one in used]
    yield f"| **requirements** | {' | '.join(total)} |"
    yield ""


def _broken(findings: Findings, verdict: str) -> Iterator[str]:
    found = findings.broken(verdict)
    if not found:
        return
    yield f"### {_heading(verdict)} ({len(found)})"
    yield ""
    for row, results in found[:MOST]:
        grade = f" ({row.requirement.level}, {row.requirement.grade})" if row.requirement else ""
        yield f"- **{_safe(row.id)}**{grade} {_safe(row.title)}"
        failure = results[0].failure
        if failure:
            yield f"  - expected {_safe(failure.expected)}; actual {_safe(failure.actual)}"
        more = f", and {len(results) - 1} more" if len(results) > 1 else ""
        yield f"  - {_safe(results[0].id)}{more}"
    yield from _rest(len(found))


def _groups(findings: Findings, verdict: str) -> Iterator[str]:
    found = findings.groups(verdict)
    if not found:
        return
    yield f"### {_heading(verdict)} ({sum(len(one.results) for one in found)})"
    yield ""
    for group in found[:MOST]:
        yield f"- {many(len(group.results), 'scenario')}: {_safe(group.reason)}"
    yield from _rest(len(found))


def _rest(found: int) -> Iterator[str]:
    if found > MOST:
        yield f"- … {found - MOST} more in index.html"
    yield ""


def _heading(verdict: str) -> str:
    assert verdict in ATTENTION  # noqa: S101 - ours
    return WORDS[verdict].capitalize()


def _safe(foreign: str) -> str:
    """Foreign text as one line of plain Markdown."""
    line = plain(" ".join(foreign.split()))
    cut = line if len(line) <= LONGEST else line[:LONGEST] + "…"
    return _SPECIAL.sub(r"\\\1", cut)
