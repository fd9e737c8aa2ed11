"""What the vendor told, or a document shows, of going from one release to another."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from harness.errors import HarnessError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

KINDS = ("new", "removed", "renamed", "default", "ids", "route", "behaviour", "platform", "bug")
_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,6}){0,3}", re.ASCII)

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that is different from a release on, or in some releases.

    `since` is the first release with it, `until` the last one ("" for none such); `below` names
    where the source has to come from (before that release). `about` are the words of the API that
    it is about, `touches` the name of the lint that finds it in a configuration ("" for everybody).
    `weight` is what it means for an upgrade: no, but, or note.
    """

    id: str
    kind: str
    text: str
    grade: str
    source: str
    weight: str = "note"
    since: str = ""
    until: str = ""
    below: str = ""
    about: tuple[str, ...] = ()
    touches: str = ""

    def is_crossed(self, old: str, new: str) -> bool:
        """Whether going from `old` to `new` meets it.

        A bug is met in the release that is gone to; a change, where it lies between the two.
        """
        start, end = version_of(old), version_of(new)
        if self.below and not start < version_of(self.below):
            return False
        if self.until and not _within(end, version_of(self.until)):
            return False
        if not self.since:
            return True
        return version_of(self.since) <= end and (bool(self.until) or _before(start, self.since))

    def names(self, text: str) -> bool:
        """Whether the text speaks of what it is about."""
        return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in self.about)


def version_of(text: str) -> Version:
    """The numbers of a release or version; HarnessError where it is none."""
    if not _VERSION.fullmatch(text):
        raise HarnessError(f"{text[:40]!r} is no release, such as 9.0")
    return tuple(map(int, text.split(".")))


def _before(start: Version, since: str) -> bool:
    """Whether a release is before another; 8.1 is not before 8.1.3, for it may be that."""
    wanted = version_of(since)
    return start < wanted[: len(start)]


def _within(end: Version, until: Version) -> bool:
    """Whether a release ends not after another, as far as both are told."""
    width = min(len(end), len(until))
    return end[:width] <= until[:width]


@cache
def notices() -> tuple[Notice, ...]:
    """Every notice, in the order of the file; HarnessError for a bad row."""
    text = (files(__name__) / "notices.toml").read_text("utf-8")
    rows = tomllib.loads(text)["notice"]
    try:
        found = tuple(Notice(**{**row, "about": tuple(row.get("about", ()))}) for row in rows)
    except TypeError as error:
        raise HarnessError(f"notices.toml: {error}") from None
    for one in found:
        if one.kind not in KINDS or one.weight not in ("no", "but", "note"):
            raise HarnessError(f"notices.toml: {one.id}: unknown kind or weight")
    return found


def crossed(old: str, new: str) -> Iterator[Notice]:
    """The notices that an upgrade from `old` to `new` meets."""
    yield from (one for one in notices() if one.is_crossed(old, new))


def announcing(text: str, told: Iterable[Notice]) -> str:
    """The first of the notices that speaks of it, as a sentence with its source; "" for none.

    What was only observed, or concluded by us, announces nothing.
    """
    found = next((one for one in told if one.grade == "documented" and one.names(text)), None)
    return f"{found.text} ({found.source})" if found else ""


def graded(counted: Iterable[Notice]) -> Mapping[str, int]:
    """How many notices there are of each grade."""
    found: dict[str, int] = {}
    for one in counted:
        found[one.grade] = found.get(one.grade, 0) + 1
    return found
