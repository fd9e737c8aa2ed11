"""The catalogue: what the product must do, sentence by sentence, with the evidence for each.

One file of rows for each area; the file's name is the area. Identity is the id.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from harness.errors import HarnessError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LEVELS = ("MUST", "SHOULD", "MAY")
"""How binding a requirement is; a broken SHOULD is a warning."""

GRADES = ("documented", "observed", "assumed")
"""What stands behind a requirement, the strongest first (DESIGN, the second law)."""

NEEDED = ("id", "title", "level", "grade", "source")
OPTIONAL = ("since", "until")

_ID = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*-\d{3}")
_RELEASE = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One sentence that a product must (should, may) make true.

    `since` and `until` are the first and the last release that it is asked of, None for any.
    """

    id: str
    title: str
    level: str
    grade: str
    source: str
    area: str
    since: str | None = None
    until: str | None = None

    def holds_in(self, release: str) -> bool:
        """Whether it is asked of that release; only the first two numbers count."""
        order = _order(release)
        return (not self.since or _order(self.since) <= order) and (
            not self.until or order <= _order(self.until)
        )

    def outside(self, release: str) -> str:
        """That it is not asked of this release, as a sentence."""
        first, last = self.since or "the first", self.until or "the latest"
        return f"{self.id} is asked of {first} to {last}, not of {release}"


@cache
def catalogue() -> Mapping[str, Requirement]:
    """Every requirement by its id, in the order of areas and rows; HarnessError for a bad row."""
    texts = {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in files(__name__).iterdir()
        if entry.name.endswith(".toml")
    }
    return MappingProxyType(parse(texts))


def parse(texts: Mapping[str, str]) -> dict[str, Requirement]:
    """The requirements in the TOML text of each area; HarnessError names all that is wrong."""
    found: dict[str, Requirement] = {}
    complaints: list[str] = []
    for area, text in sorted(texts.items()):
        for row in _rows(area, text):
            problems = list(_problems(row, found))
            complaints += [f"{area}.toml: {_name(row)}: {problem}" for problem in problems]
            if not problems:
                found[row["id"]] = Requirement(area=area, **row)
    if complaints:
        raise HarnessError("\n".join(["the catalogue of requirements is wrong:", *complaints]))
    return found


def _order(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".")[:2] if part.isdecimal())


def _rows(area: str, text: str) -> list[dict[str, Any]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HarnessError(f"the catalogue of requirements: {area}.toml: {error}") from None
    rows = document.pop("requirement", [])
    if document or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise HarnessError(
            f"the catalogue of requirements: {area}.toml: only [[requirement]] rows may stand in it"
        )
    return rows


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("id") or row.get("title") or "a row without an id")


def _problems(row: Mapping[str, Any], found: Mapping[str, Requirement]) -> Iterator[str]:
    """Everything that is wrong with a row."""
    yield from (f"{key} is missing" for key in NEEDED if not row.get(key))
    unknown = [key for key in row if key not in NEEDED + OPTIONAL]
    yield from (f"unknown key {key!r}" for key in unknown)
    yield from (
        f"{key} must be a text that is not empty, not {value!r}"
        for key, value in row.items()
        if key not in unknown and not (isinstance(value, str) and value.strip())
    )
    yield from _outside(row, "level", LEVELS)
    yield from _outside(row, "grade", GRADES)
    yield from _misspelt(row, "id", _ID, "AREA-001")
    yield from _misspelt(row, "since", _RELEASE, "7.3")
    yield from _misspelt(row, "until", _RELEASE, "7.3")
    if str(row.get("id")) in found:
        yield f"the id stands twice (also in {found[str(row['id'])].area}.toml)"


def _outside(row: Mapping[str, Any], key: str, allowed: Iterable[str]) -> Iterator[str]:
    value = row.get(key)
    if isinstance(value, str) and value and value not in allowed:
        yield f"{key} {value!r} is none of {', '.join(allowed)}"


def _misspelt(
    row: Mapping[str, Any], key: str, pattern: re.Pattern[str], example: str
) -> Iterator[str]:
    value = row.get(key)
    if isinstance(value, str) and value and not pattern.fullmatch(value):
        yield f"{key} {value!r} is not of the form {example}"
