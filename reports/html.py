"""A run as one page: no network, no script, everything foreign escaped."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FunctionLoader
from markupsafe import Markup

from reports.around import NOTHING, since
from reports.details import MOST_ALIKE, MOST_CAUSES, Details
from reports.facts import facts, moment
from reports.matrix import columns
from reports.sources import linked
from reports.text import anchor, attribute, breakable, contrasted, line, pretty, shown
from reports.words import GRADES, MEANINGS, NOT_RUN, WORDS, WORST_FIRST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harness.requirements import Requirement
    from reports.around import Around
    from reports.causes import Cause
    from reports.model import Findings
    from reports.rows import Family, Part, Row

MOST_BROKEN = 8
"""Causes that stand in the verdict itself."""

MOST_GROUPS = 40
"""Reasons for which something was not measured."""

MOST_CHANGES = 200
"""Changes since the last run that are listed."""

MOST_LISTED = 900_000
"""Characters of scenarios below their requirements that are told with all that is known."""

MOST_VARIANTS = 400
"""Variants of one scenario that are named."""

IN_ORDER = (
    "conformant",
    "warning",
    "refuted",
    "nonconformant",
    "harness_error",
    "not_measured",
    NOT_RUN,
)
"""Verdicts from good to unknown, as bars show them."""

GLYPHS = {
    "conformant": "✓",
    "nonconformant": "✕",
    "refuted": "≠",
    "warning": "!",
    "harness_error": "⚙",
    "not_measured": "\N{EN DASH}",
    NOT_RUN: "·",
}

HEADINGS = {
    "nonconformant": "Nonconformant",
    "refuted": "Refuted assumptions",
    "warning": "Warnings",
    "harness_error": "Harness errors",
    "not_measured": "Not measured",
}


def page(findings: Findings, catalogue: Mapping[str, Requirement], around: Around = NOTHING) -> str:
    """The HTML of a run; `around` is what is known beside it."""
    environment = _environment()
    macros = environment.get_template("macros.html.j2").module
    details = Details(findings, macros)
    judged = [one for one in findings.causes if one.verdict != "harness_error"]
    return environment.get_template("page.html.j2").render(
        f=findings,
        run=findings.run,
        header=findings.header,
        headline=findings.headline,
        facts=facts(findings),
        since=since(findings.run, around.earlier, catalogue),
        power=around.power,
        assumed=_assumed(findings),
        columns=columns(findings, around.earlier, catalogue),
        judged=judged,
        sections=_sections(findings.causes[:MOST_CAUSES]),
        left_out=len(findings.causes[MOST_CAUSES:]),
        groups=findings.groups("not_measured"),
        details=details,
        scenarios=_Families(details, macros, findings).of,
        css=Markup(_resource("page.css")),  # noqa: S704 - our own file
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        pretty=pretty,
        anchor=anchor,
        breakable=breakable,
        attribute=attribute,
        line=line,
        linked=linked,
        moment=moment,
        path=_path,
        query=_query,
        bar=_bar,
    )
    environment.globals.update(
        contrasted=contrasted,
        glyphs=GLYPHS,
        grades=GRADES,
        headings=HEADINGS,
        in_order=IN_ORDER,
        meanings=MEANINGS,
        most_alike=MOST_ALIKE,
        most_broken=MOST_BROKEN,
        most_changes=MOST_CHANGES,
        most_groups=MOST_GROUPS,
        worst_first=WORST_FIRST,
        words=WORDS,
    )
    return environment


def _resource(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


class _Families:
    """Tells scenarios below their requirements: in full once, by a link elsewhere."""

    def __init__(self, details: Details, macros: Any, findings: Findings) -> None:
        self._details = details
        self._macro = macros.family
        self._findings = findings
        self._numbers: dict[str, int] = {}
        self._left = MOST_LISTED

    def of(self, row: Row) -> Markup:
        """The items of the requirement's list, as long as there is room."""
        told: list[Markup] = []
        families = row.families
        for family in families:
            if self._left < 0:
                rest = len(families) - len(told)
                told.append(Markup("<li>{} more are in evidence.jsonl.</li>").format(rest))
                break
            told.append(self._told(family))
        return Markup().join(told)

    def _told(self, family: Family) -> Markup:
        first = family.name not in self._numbers
        number = self._numbers.setdefault(family.name, len(self._numbers) + 1)
        sample = family.parts[0].result
        found: Markup = self._macro(
            one=family,
            number=number,
            first=first,
            variants=self._variants(family) if first else "",
            traffic=self._details.traffic(sample) if first else [],
            links=self._links(family),
        )
        self._left -= len(found)
        return found

    def _variants(self, family: Family) -> Markup:
        """The names of variants to which no link leads."""
        rest = [part for part in family.parts if not self._is_told(part)]
        if len(family.parts) == 1 or not rest:
            return Markup()
        names = [_variant(part.result.id) for part in rest[:MOST_VARIANTS]]
        told = Markup(" ").join(Markup("<code>{}</code>").format(line(name)) for name in names)
        more = len(rest) - len(names)
        return told + (Markup(" and {} more").format(more) if more else Markup())

    def _links(self, family: Family) -> list[tuple[str, str, Markup]]:
        """Anchor, verdict and name of the scenarios that are told in full above."""
        many = len(family.parts) > 1
        return [
            (
                f"s-{self._findings.number(part.result)}",
                part.verdict,
                line(_variant(part.result.id)) if many else Markup("what was found"),
            )
            for part in family.parts
            if self._is_told(part)
        ]

    def _is_told(self, part: Part) -> bool:
        judged = part.verdict not in ("conformant", "not_measured")
        return judged and self._details.has(part.result)


def _variant(name: str) -> str:
    return name.partition("[")[2].removesuffix("]") or "plain"


def _sections(causes: Sequence[Cause]) -> list[tuple[str, list[tuple[int, Cause]]]]:
    """Causes by their verdict, each with its number on the page."""
    order = ("nonconformant", "refuted", "warning", "harness_error")
    judged = [one for one in causes if one.verdict != "harness_error"]
    numbered = list(enumerate([*judged, *(one for one in causes if one not in judged)], 1))
    found = [(name, [pair for pair in numbered if pair[1].verdict == name]) for name in order]
    return [(name, pairs) for name, pairs in found if pairs]


def _assumed(findings: Findings) -> dict[str, int]:
    """How many measured requirements are assumed, and what became of those."""
    counts = Counter(
        row.verdict
        for row in findings.rows.values()
        if row.requirement is not None and row.requirement.grade == "assumed"
    )
    judged = ("conformant", "nonconformant", "refuted", "warning")
    return {
        "measured": sum(counts[one] for one in judged),
        "refuted": findings.counts["refuted"],
        "broken": counts["nonconformant"],
    }


def _path(url: str) -> str:
    """The path of a URL, as far as it can be told."""
    rest = url.partition("://")[2] or url
    path = "/" + rest.partition("/")[2]
    return path.partition("?")[0]


def _query(url: str) -> str:
    before, mark, query = url.partition("?")
    return mark + query if before else ""


def _bar(counts: Mapping[str, int], order: Sequence[str] = IN_ORDER) -> Markup:
    """A bar whose parts are as wide as their numbers; none that is there vanishes."""
    parts = Counter({one: counts.get(one, 0) for one in order})
    if not parts.total():
        return Markup()
    pieces = [
        Markup('<i class="{}" style="flex-grow:{}"></i>').format(one, number)
        for one, number in parts.items()
        if number
    ]
    said = ", ".join(f"{number} {WORDS[one]}" for one, number in parts.items() if number)
    return Markup('<span class="bar" role="img" aria-label="{}">{}</span>').format(
        said, Markup().join(pieces)
    )
