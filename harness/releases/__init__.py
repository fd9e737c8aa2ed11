"""What the vendor's documents say of each release, as far as the admin API shows it.

One file for each release: `[[expect]]` rows state a topic anew, every other topic is as it was in
the release before; an expectation without a value is one that no document settles for that release.
`[[announced]]` rows are what the documents announce and the suite cannot measure, with the reason;
`[[bug]]` rows what they say was wrong with the release, which it cannot measure either.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from harness.errors import BadSettings, HarnessError, NotMeasured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Value: TypeAlias = bool | str | list[str] | None

ROW = {"topic": str, "requirement": str, "value": (bool, str, list), "grade": str, "source": str}
ANNOUNCED = {"title": str, "source": str, "why": str}
BUG = {"id": str, "fixed_in": str, **ANNOUNCED}
HEAD = ("published", "published_source", "expect", "announced", "bug")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a release is expected to show of a topic; None where no document settles it.

    `since` is the release whose documents say so.
    """

    topic: str
    requirement: str
    grade: str
    source: str
    since: str
    value: Value = None

    @property
    def known(self) -> bool:
        """Whether a document settles it."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the documents announce of a release and the suite does not measure, and why not."""

    title: str
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Bug(Announcement):
    """What the documents say was wrong with a release, under the vendor's id, until `fixed_in`."""

    id: str
    fixed_in: str


@dataclass(frozen=True, slots=True)
class Release:
    """One release: every expectation by topic, and which of them its own documents state."""

    name: str
    published: str
    published_source: str
    expects: Mapping[str, Expectation]
    announced: Sequence[Announcement] = field(default=())
    bugs: Sequence[Bug] = field(default=())

    @property
    def news(self) -> list[Expectation]:
        """What its documents say otherwise than those of the release before."""
        return [one for one in self.expects.values() if one.since == self.name]


@cache
def known() -> Mapping[str, Release]:
    """Every release that the suite has requirements for, the oldest first."""
    texts = {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in files(__name__).iterdir()
        if entry.name.endswith(".toml")
    }
    return MappingProxyType(parse(texts))


def asked(name: str) -> str:
    """The release whose requirements `--requirements` names; BadSettings where there is none."""
    if name not in known():
        names = ", ".join(known())
        raise BadSettings(f"--requirements: {name!r} is no release with requirements; try {names}")
    return name


def expected(release: str, topic: str) -> Expectation:
    """What the documents say of the topic in that release; NotMeasured where they say nothing.

    Of a release newer than all that are known, the newest of these counts.
    """
    found = of(release)
    if found is None:
        raise NotMeasured(f"no requirements are known of PingAccess {release}")
    expectation = found.expects[topic]
    if not expectation.known:
        raise NotMeasured(f"{topic}: no document settles it for PingAccess {release}")
    return expectation


def documented(release: str, topic: str) -> Value:
    """What the documents say of the topic in that release; None where they do not settle it."""
    found = of(release)
    return found.expects[topic].value if found else None


@lru_cache(maxsize=64)
def of(release: str) -> Release | None:
    """The newest known release that is not newer than that one; None where all are."""
    fitting = [one for one in known().values() if order(one.name) <= order(release)]
    return fitting[-1] if fitting else None


def differences(old: str, new: str) -> list[tuple[Expectation, Expectation]]:
    """The topics that the documents of both settle differently: as in the one, as in the other."""
    before, after = known()[old].expects, known()[new].expects
    pairs = ((before[topic], after[topic]) for topic in before)
    return [(a, b) for a, b in pairs if a.known and b.known and a.value != b.value]


def announcement(requirement: str, old: str, new: str) -> str:
    """The source of what `new` has otherwise than `old` of it, by the documents; "" for nothing.

    That no document settles it any more is otherwise too: the suite does not measure it then.
    """
    before, after = of(old), of(new)
    if before is None or after is None:
        return ""
    return next(
        (
            one.source
            for topic, one in after.expects.items()
            if one.requirement == requirement
            and one.grade == "documented"
            and one.value != before.expects[topic].value
        ),
        "",
    )


def order(release: str) -> tuple[int, ...]:
    """What releases are ordered by: the first two numbers."""
    return tuple(int(part) for part in release.split(".")[:2] if part.isdecimal())


def parse(texts: Mapping[str, str]) -> dict[str, Release]:
    """The releases in the TOML text of each; HarnessError names what is wrong in a file."""
    found: dict[str, Release] = {}
    topics: dict[str, Expectation] = {}
    for name in sorted(texts, key=order):
        document = _document(name, texts[name])
        for row in document.get("expect", []):
            topics[row["topic"]] = Expectation(**row, since=name)
        found[name] = Release(
            name,
            document["published"],
            document["published_source"],
            MappingProxyType(dict(topics)),
            tuple(Announcement(**row) for row in document.get("announced", [])),
            tuple(Bug(**row) for row in document.get("bug", [])),
        )
    _whole(found)
    return found


def _document(name: str, text: str) -> dict[str, Any]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HarnessError(f"releases/{name}.toml: {error}") from None
    wrong = [f"unknown key {key!r}" for key in document if key not in HEAD]
    wrong += [f"{key} is missing" for key in HEAD[:2] if not document.get(key)]
    for row in document.get("expect", []):
        wrong += _wrong(row, ROW, optional=("value",))
    for row in document.get("announced", []):
        wrong += _wrong(row, ANNOUNCED)
    for row in document.get("bug", []):
        wrong += _wrong(row, BUG)
    if wrong:
        raise HarnessError(f"releases/{name}.toml: {'; '.join(wrong)}")
    return document


def _wrong(
    row: Mapping[str, Any], kinds: Mapping[str, Any], optional: Sequence[str] = ()
) -> Iterator[str]:
    name = row.get("topic") or row.get("id") or row.get("title") or "a row"
    yield from (f"{name}: unknown key {key!r}" for key in row if key not in kinds)
    for key, kind in kinds.items():
        if key not in row and key not in optional:
            yield f"{name}: {key} is missing"
        elif key in row and not isinstance(row[key], kind):
            yield f"{name}: {key} cannot be {row[key]!r}"


def _whole(found: Mapping[str, Release]) -> None:
    """Every topic is known from the first release on, and keeps its requirement."""
    first, *later = found.values()
    for release in later:
        for topic, one in release.expects.items():
            base = first.expects.get(topic)
            if base is None:
                raise HarnessError(f"releases/{release.name}.toml: {topic}: {first.name} lacks it")
            if base.requirement != one.requirement:
                raise HarnessError(f"releases/{release.name}.toml: {topic}: another requirement")
