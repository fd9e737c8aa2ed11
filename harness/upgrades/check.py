"""May this configuration go from one release to another: yes, yes-but or no, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from harness.shapes import plain_value
from harness.upgrades import announcing, crossed, version_of
from harness.upgrades.export import SECRET
from harness.upgrades.lints import LINTS
from harness.upgrades.naming import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from harness.redaction import Redactor
    from harness.upgrades import Notice
    from harness.upgrades.export import Export
    from harness.upgrades.sides import Seen, Side

WEIGHTS = ("no", "but", "note")
MOST_PLACES = 20
"""Places of one notice or difference that are named; the count tells of the others."""
UNREAD_NOTES = frozenset({"8.2", "8.3"})
"""Releases whose first notes could not be had when the notices were written."""


@dataclass(slots=True)
class Reason:
    """Why the answer is what it is: its weight (no, but, note), kind, sentence, and where."""

    weight: str
    kind: str
    text: str
    grade: str = "observed"
    source: str = ""
    count: int = 0
    places: list[str] = field(default_factory=list)
    label: str = ""


@dataclass(slots=True)
class Verdict:
    """The answer about one configuration, and everything that it rests on."""

    answer: str
    confidence: str
    old: str
    new: str
    wrote: str
    reasons: list[Reason]
    unmeasured: list[str]
    doubts: list[str]
    scenarios: dict[str, int]

    def add(self, more: Iterable[Reason]) -> None:
        """These reasons too, and what they make of the answer."""
        self.reasons = sorted([*self.reasons, *more], key=lambda one: WEIGHTS.index(one.weight))
        heaviest = self.reasons[0].weight if self.reasons else "note"
        self.answer = {"no": "no", "but": "yes-but", "note": "yes"}[heaviest]

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a script."""
        return asdict(self)

    def clean(self, redactor: Redactor) -> None:
        """Nothing in it that the configuration holds as secret."""
        for one in self.reasons:
            one.text = redactor.text(one.text)
            one.places = [redactor.text(place) for place in one.places]
        self.unmeasured = [redactor.text(one) for one in self.unmeasured]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: which configuration, from which release to which, of a live pair or not."""

    export: Export
    old: str
    new: str
    known: Sequence[str]
    stand_in: str = ""
    live: bool = False


def verdict(asked: Question, before: Side, after: Side) -> Verdict:
    """The answer, from what both sides made of the configuration."""
    told = list(crossed(asked.old, asked.new)) if asked.old != asked.new else []
    reasons = [
        *_direction(asked),
        *_announced(asked.export, told),
        *_taken(before, after),
        *_compared(asked.export, before, after, told),
        *(_renumbered(before, after) if asked.live else ()),
    ]
    confidence, doubts = _confidence(asked)
    scenarios = {kind.name: before.counts.get(kind.name, 0) for kind in KINDS if kind.is_derived}
    unmeasured = list(_unmeasured(asked, before, after))
    found = Verdict(
        "yes",
        confidence,
        asked.old,
        asked.new,
        asked.export.version,
        [],
        unmeasured,
        doubts,
        scenarios,
    )
    found.add(reasons)
    return found


def _direction(asked: Question) -> Iterator[Reason]:
    """Nobody goes back: what a newer release wrote is not for an older one."""
    width = len(version_of(asked.new))
    for version, what in ((asked.old, "it comes from"), (asked.export.version, "the export is of")):
        if version_of(version)[:width] > version_of(asked.new):
            text = f"{what} {version}, which is newer than {asked.new}: there is no way back"
            source = "7.2 configuration export and import"
            yield Reason("no", "route", text, "documented", source)
            return


def _announced(export: Export, told: list[Notice]) -> Iterator[Reason]:
    """What the vendor told of the way, as far as it concerns this configuration."""
    for one in told:
        places = list(LINTS[one.touches](export)) if one.touches else []
        if places or not one.touches:
            yield Reason(
                one.weight,
                one.kind,
                one.text,
                one.grade,
                one.source,
                len(places),
                places[:MOST_PLACES],
                "announced" if one.grade == "documented" else one.grade,
            )


def _taken(before: Side, after: Side) -> Iterator[Reason]:
    """What one side would not take, or warned of where the other did not."""
    if refused := after.refusal or before.refusal:
        text = f"only {before.title} refuses the configuration: nothing could be compared"
        if after.refusal:
            text = f"{after.title} refuses the configuration"
            if before.refusal:
                text = f"neither {before.title} nor {after.title} takes the configuration"
        weight, places = "no" if after.refusal else "but", refused[:MOST_PLACES]
        yield Reason(weight, "import", text, count=len(refused), places=places)
    old, new = Counter(before.warnings), Counter(after.warnings)
    for weight, warnings, whose in (
        ("but", new - old, f"only {after.title} warns of it"),
        ("note", new & old, "both warn of it"),
    ):
        if warnings:
            places = list(warnings.elements())
            yield Reason(weight, "import", whose, count=len(places), places=places[:MOST_PLACES])


class _Found:
    """Differences of one sort, counted, with the first places."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._places: dict[tuple[str, str, str], list[str]] = {}

    def add(self, weight: str, kind: str, text: str, place: str) -> None:
        """One more of that sort."""
        key = (weight, kind, text)
        self._counts[key] += 1
        places = self._places.setdefault(key, [])
        if len(places) < MOST_PLACES:
            places.append(place)

    def reasons(self, told: list[Notice]) -> Iterator[Reason]:
        """A reason for each sort, labelled by whether the vendor announced it."""
        for (weight, kind, text), count in self._counts.items():
            places = self._places[weight, kind, text]
            by_name = " ".join([text, *places]) if kind == "new" else text
            note = announcing(by_name, told)
            same = weight == "note" and kind in ("reference", "save")
            label = "announced" if note else "on both sides" if same else "unannounced"
            mild = "note" if note and kind == "new" else weight
            yield Reason(mild, kind, text, "observed", note, count, places, label)


def _compared(export: Export, before: Side, after: Side, told: list[Notice]) -> Iterator[Reason]:
    """What differs between the two sides, object by object."""
    if before.refusal or after.refusal:
        return
    found = _Found()
    given = export.members()
    for kind in sorted(before.objects.keys() | after.objects.keys()):
        old, new = before.objects.get(kind, {}), after.objects.get(kind, {})
        for name, seen in old.items():
            place = f"{kind} {name}".rstrip()
            if name not in new:
                found.add("no", "lost", f"a {kind} is not there any more", place)
            else:
                _compare(found, kind, place, seen, new[name], given)
        for name in sorted(new.keys() - old.keys()):
            found.add("but", "new", f"a {kind} is there that was not", f"{kind} {name}")
    yield from found.reasons(told)


def _renumbered(before: Side, after: Side) -> Iterator[Reason]:
    """Resources that have another id than they had."""
    old, new = before.objects.get("resource", {}), after.objects.get("resource", {})
    places = [name for name, seen in old.items() if name in new and new[name].key != seen.key]
    if places:
        text = "resources have other ids: whatever holds one must look it up again"
        yield Reason("but", "ids", text, count=len(places), places=places[:MOST_PLACES])


def _compare(  # noqa: PLR0913, PLR0917 - two views of one object, and where to write
    found: _Found, kind: str, place: str, old: Seen, new: Seen, given: frozenset[str]
) -> None:
    for problem in new.problems:
        same = problem in old.problems
        found.add("note" if same else "no", "reference", f"{kind}: {problem}", place)
    if new.refused:
        same = bool(old.refused)
        weight, whose = ("note", "on both sides") if same else ("no", "on the new side only")
        said = f"{place}: {new.refused}"
        found.add(weight, "save", f"a {kind} is refused when it is saved unchanged, {whose}", said)
    if old.members == new.members:
        return
    for path, value in old.members.items():
        if path not in new.members:
            found.add("but", "removed", f"{kind}: {path} is gone", place)
        elif new.members[path] != value:
            text = f"{kind}: {path}{_values(path, value, new.members[path], given)}"
            found.add("but", "default" if _top(path) not in given else "changed", text, place)
    for path in sorted(new.members.keys() - old.members.keys()):
        found.add("note", "new", f"{kind}: {path} is new", place)


def _on_both(before: Side, after: Side) -> int:
    """How many objects neither side takes as they are."""
    return sum(
        bool((seen.problems or seen.refused) and (old.problems or old.refused))
        for kind, objects in after.objects.items()
        for name, seen in objects.items()
        if (old := before.objects.get(kind, {}).get(name)) is not None
    )


def _top(path: str) -> str:
    return path.partition(".")[0].partition("[")[0].partition("{")[0]


def _values(path: str, old: str, new: str, given: frozenset[str]) -> str:
    """Both values, where the product chose them; of what somebody wrote only that it changed."""
    if _top(path) in given or SECRET.search(path):
        return " has another value"
    shown = [plain_value(one) for one in (old, new)]
    return f": {shown[0]} → {shown[1]}" if all(shown) else " has another value"


def _confidence(asked: Question) -> tuple[str, list[str]]:
    """How far the answer is to be trusted, and what speaks against it."""
    if asked.live:
        return "high", []
    doubts = ["both sides are fakes: what no public document tells, they cannot know"]
    start, end = version_of(asked.old), version_of(asked.new)
    unread = [
        one for one in asked.known if one in UNREAD_NOTES and start[:2] < version_of(one) <= end[:2]
    ]
    if unread:
        doubts.append(f"the release notes of {', '.join(unread)} were not to be had")
    if asked.stand_in:
        doubts.append(f"no fake is of {asked.old}: {asked.stand_in} stands in for it")
    return "low" if len(doubts) > 1 else "medium", doubts


def _unmeasured(asked: Question, before: Side, after: Side) -> Iterator[str]:
    known = {kind.section for kind in KINDS}
    shown = known | before.objects.keys() & after.objects.keys()
    others = sorted(name[:60] for name in asked.export.data if name not in shown)
    if others:
        yield f"imported, but not to be seen again on both sides: {', '.join(others[:60])}"
    if count := _on_both(before, after):
        yield f"{count:,} objects that both sides find fault with: what a mended one would do"
    for side in (before, after):
        if side.unreadable:
            yield f"{side.title} does not show {', '.join(side.unreadable)}"
    if count := asked.export.foreign_secrets():
        yield f"{count:,} secrets that only the key of the old host opens: whether they still work"
    if not asked.live:
        yield "traffic: sessions, rules and risk policies at an engine"
        yield "what stands outside an export: properties, templates, own plugins, the host's Java"
