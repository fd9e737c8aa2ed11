"""A run as one page: no network, no script, everything foreign escaped."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FunctionLoader
from markupsafe import Markup

from reports.curl import curl
from reports.model import ATTENTION, GRADES, MEANINGS, NOT_RUN, WORDS, WORST_FIRST
from reports.text import anchor, contrasted, plain, pretty, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Template

    from harness.evidence import ExchangeRecord, ScenarioResult
    from reports.model import Findings

MOST_EXCHANGES = 30
"""Exchanges of one scenario that are shown, those nearest to the failure."""

MOST_EVIDENCE = 6_000_000
"""Characters of messages on one page; what goes beyond is left to evidence.jsonl."""

MOST_BROKEN = 8
"""Broken requirements that stand in the verdict itself."""

MOST_OPEN = 4
"""Failures whose request and answer are open from the start."""

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


@dataclass(frozen=True, slots=True)
class Shown:
    """An exchange on the page; `at` marks the one at which the scenario failed."""

    number: int
    exchange: ExchangeRecord
    at: bool
    open: bool
    curl: str
    inexact: str

    @property
    def answer_class(self) -> str:
        """The first digit of the status, x where nobody answered."""
        status = self.exchange.status
        return "x" if status is None else str(status)[:1]


class _Evidence:
    """Chooses the exchanges of each scenario, within what one page can hold."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._left = MOST_EVIDENCE
        self._open = MOST_OPEN

    def of(self, result: ScenarioResult) -> tuple[list[Shown], int]:
        """The exchanges to show, and how many are left out."""
        every = result.exchanges
        at = result.failure.exchange if result.failure else None
        nearest = len(every) - 1 if at is None else at
        last = min(len(every), max(nearest + 3, MOST_EXCHANGES))
        chosen = range(max(0, last - MOST_EXCHANGES), last)
        self._open -= 1
        found = [self._shown(n, every[n], at=n == at) for n in chosen if self._fits(every[n])]
        return found, len(every) - len(found)

    def _fits(self, exchange: ExchangeRecord) -> bool:
        bodies = (exchange.request_body, exchange.response_body)
        self._left -= 1_000 + sum(len(body.text) for body in bodies if body)
        return self._left > 0

    def _shown(self, number: int, exchange: ExchangeRecord, *, at: bool) -> Shown:
        line, inexact = curl(exchange, target=self._target)
        return Shown(number + 1, exchange, at, at and self._open >= 0, line, inexact)


def page(findings: Findings) -> str:
    """The HTML of a run."""
    return _template().render(
        f=findings,
        run=findings.run,
        header=findings.header,
        headline=findings.headline,
        facts=_facts(findings),
        broken=findings.broken("nonconformant"),
        most_broken=MOST_BROKEN,
        evidence=_Evidence(findings.header.target).of,
        attention=[one for one in ATTENTION if findings.scenario_counts[one]],
        css=Markup(_resource("page.css")),  # noqa: S704 - our own file
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        pretty=pretty, anchor=anchor, plain=plain, path=_path, query=_query, bar=_bar
    )
    environment.globals.update(
        contrasted=contrasted,
        glyphs=GLYPHS,
        grades=GRADES,
        headings=HEADINGS,
        in_order=IN_ORDER,
        meanings=MEANINGS,
        worst_first=WORST_FIRST,
        words=WORDS,
    )
    return environment.get_template("page.html.j2")


def _resource(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


def _facts(findings: Findings) -> list[tuple[str, str]]:
    """What was judged, and how, as names with values."""
    header, end = findings.header, findings.run.end
    facts = [
        *header.product.items(),
        ("target", header.target),
        ("release", header.release or ""),
        ("seed", "" if header.seed is None else str(header.seed)),
        ("started", _moment(header.started)),
        ("took", _took(header.started, end.ended) if end else ""),
        *((name, _option(value)) for name, value in header.options.items() if name != "scenarios"),
        ("run", header.run_id),
    ]
    return [(name, value) for name, value in facts if value]


def _option(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _moment(iso: str) -> str:
    return iso.replace("T", " ").replace("+00:00", " UTC")


def _took(started: str, ended: str) -> str:
    try:
        seconds = (datetime.fromisoformat(ended) - datetime.fromisoformat(started)).total_seconds()
    except (ValueError, TypeError):
        return ""
    return f"{seconds:.0f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"


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
