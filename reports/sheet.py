"""A comparison as one page: no network, no script, everything foreign escaped."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader
from markupsafe import Markup

from reports.text import shown

if TYPE_CHECKING:
    from jinja2 import Template

MOST_ROWS = 500
"""Rows of one part that a page shows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One finding: its sentence, short marks before it, and lines below it.

    `tone` is a verdict whose colour it has.
    """

    text: str
    tone: str = "not_measured"
    where: str = ""
    marks: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The findings of one kind, and what the kind means."""

    heading: str
    rows: list[Row]
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: what it is about, its verdict (`state` good, bad, open or partial), its parts."""

    what: str
    state: str
    sentence: str
    detail: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def page(sheet: Sheet) -> str:
    """The HTML."""
    css = Markup(_resource("page.css"))  # noqa: S704 - our own file
    return _template().render(sheet=sheet, most=MOST_ROWS, css=css)


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
    return environment.get_template("sheet.html.j2")


def _resource(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")
