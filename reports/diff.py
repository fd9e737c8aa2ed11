"""What changed between two runs, scenario by scenario, and how much of it was to be expected.

Scenarios are matched by their id, and those that were renamed by what they ask. A change is
*announced* where a document tells of it for the releases between the two, *assumed* where what is
asked is our guess, and *unannounced* otherwise.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from harness.releases import announcement
from reports.answers import Answers, differences
from reports.behaviours import LABELS, Notes, Part, behaviours
from reports.matching import pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from harness.evidence import Run, ScenarioResult
    from harness.requirements import Requirement
    from reports.answers import Told

KINDS = ("regressed", "removed", "unmeasured", "changed", "added", "measured", "fixed")
"""Ways to change, the gravest first."""

MEANINGS = {
    "regressed": "it was good, or at least judged better, and is not any more",
    "removed": "the new run has no such scenario",
    "unmeasured": "the new run could not judge it",
    "changed": "the verdict is the same, the answers are not",
    "added": "the old run has no such scenario",
    "measured": "only the new run could judge it",
    "fixed": "it is judged better than it was",
}
GRAVE = ("regressed", "removed", "unmeasured")
"""What makes the new run worse than the old one, unless it was announced that it would go."""

_BETTER = ("conformant", "warning", "refuted", "nonconformant", "harness_error")
MOST_TOLD = 12
"""Differences of one scenario that its detail tells."""


@dataclass(frozen=True, slots=True)
class Change:
    """One scenario that came to something else; `old` and `new` are verdicts, None for none.

    `parts` are the differences of a changed behaviour, `aspects` what they are about; `note` is
    what announced all of it; `was` the old id of a scenario that was renamed.
    """

    kind: str
    scenario: str
    requirements: tuple[str, ...]
    old: str | None
    new: str | None
    detail: str
    label: str
    aspects: tuple[str, ...] = ()
    note: str = ""
    was: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def is_grave(self) -> bool:
        """Whether the new run is worse for it; what was announced to go may be gone."""
        return self.kind in GRAVE and (self.kind == "regressed" or self.label != "announced")

    @property
    def severity(self) -> str:
        """How much it matters to somebody who upgrades."""
        if self.kind in GRAVE:
            return "high" if self.is_grave and self.label != "assumed" else "low"
        return "medium" if any(part.severity == "medium" for part in self.parts) else "low"

    def without(self, keys: Collection[tuple[str, str]]) -> Change:
        """The same without these of its differences."""
        return of_parts(self, [part for part in self.parts if part.key not in keys])


@dataclass(frozen=True, slots=True)
class Accepted:
    """A change that somebody answers for: which, why, who, and until when (ISO date)."""

    kind: str
    scenario: str
    reason: str
    owner: str
    expires: str

    def covers(self, change: Change) -> bool:
        """Whether it is about that change; a scenario's id may end with *."""
        if self.kind != change.kind:
            return False
        if self.scenario.endswith("*"):
            return change.scenario.startswith(self.scenario[:-1])
        return self.scenario == change.scenario


@dataclass(frozen=True, slots=True)
class Difference:
    """Every change between two runs; `accepted` are left out of what counts, `noise` of all.

    `short` says why the new run is no whole run, where it is none.
    """

    changes: list[Change]
    accepted: list[Change]
    noise: int
    stale: list[str]
    renamed: dict[str, str] = field(default_factory=dict)
    short: str = ""

    @property
    def counts(self) -> Counter[str]:
        """Changes by kind."""
        return Counter(change.kind for change in self.changes)

    @property
    def is_regression(self) -> bool:
        """Whether the new run is worse, or an accepted change has to be looked at again."""
        return bool(self.stale or self.short) or any(change.is_grave for change in self.changes)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a script."""
        return {
            "regression": self.is_regression,
            "counts": dict(self.counts),
            "changes": [_as_json(one) for one in self.changes],
            "behaviours": [one.as_json() for one in behaviours(self.changes)],
            "accepted": [_as_json(one) for one in self.accepted],
            "noise": self.noise,
            "stale": self.stale,
            "renamed": self.renamed,
            "short": self.short,
        }


def _as_json(change: Change) -> dict[str, Any]:
    told = {name: getattr(change, name) for name in Change.__slots__ if name != "parts"}
    return {**told, "severity": change.severity}


def difference(  # noqa: PLR0913 - two runs, and four ways to qualify what differs
    old: Run,
    new: Run,
    catalogue: Mapping[str, Requirement],
    *,
    control: Run | None = None,
    accepted: Iterable[Accepted] = (),
    today: str = "",
) -> Difference:
    """The changes from `old` to `new`, the gravest first.

    `control` is a second run of what `old` judged: what changes between these two is noise, and
    left out. `today` is an ISO date, for what is accepted until then.
    """
    releases = (old.header.release or "", new.header.release or "")
    comparison = _Comparison(old, new, catalogue, releases)
    found = list(comparison.changes())
    kept = found
    if control is not None:
        kept = list(_quiet(found, _Comparison(old, control, catalogue, releases).changes()))
    entries = list(accepted)
    covered = [one for one in kept if any(entry.covers(one) for entry in entries)]
    stale = [why for entry in entries if (why := _stale(entry, covered, today))]
    taken = {id(one) for one in covered}
    left = [one for one in kept if id(one) not in taken]
    order = {kind: number for number, kind in enumerate(KINDS)}
    left.sort(key=lambda one: (order[one.kind], one.scenario))
    gone = sum(one.kind == "removed" for one in covered)
    short = _short(old, new, gone)
    return Difference(left, covered, len(found) - len(kept), stale, comparison.renamed, short)


def _quiet(found: Iterable[Change], noise: Iterable[Change]) -> Iterator[Change]:
    """The changes without what changes between two runs of the same product too."""
    known: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one in noise:
        known.setdefault((one.kind, one.scenario), set()).update(part.key for part in one.parts)
    for one in found:
        keys = known.get((one.kind, one.scenario))
        left = one if keys is None else one.without(keys)
        if keys is None or left.parts:
            yield left


def of_parts(change: Change, parts: Sequence[Part]) -> Change:
    """The change with these differences; it is as expected as the least expected of them."""
    first = sorted(parts, key=lambda one: LABELS.index(one.label))
    return replace(
        change,
        parts=tuple(first),
        detail="; ".join(one.text for one in first[:MOST_TOLD]),
        aspects=tuple(dict.fromkeys(one.aspect for one in first)),
        label=first[0].label if first else change.label,
        note=first[0].note if first else change.note,
    )


def _short(old: Run, new: Run, gone: int) -> str:
    """Why the new run says less than the old one; "" where it does not."""
    if new.interrupted and not old.interrupted:
        return f"the new run stopped after {len(new.scenarios):,} scenarios"
    if len(new.scenarios) < len(old.scenarios) - gone:
        return f"{len(new.scenarios):,} scenarios, where there were {len(old.scenarios):,}"
    return ""


def _stale(entry: Accepted, covered: list[Change], today: str) -> str:
    what = f"{entry.kind} {entry.scenario}, of {entry.owner}"
    if entry.expires < today:
        return f"{what}: accepted until {entry.expires} only; decide again"
    if not any(entry.covers(change) for change in covered):
        return f"{what}: no such change is there any more; take it out"
    return ""


class _Comparison:
    """Two runs side by side, and what is known of the releases that they judged."""

    def __init__(
        self,
        old: Run,
        new: Run,
        catalogue: Mapping[str, Requirement],
        releases: tuple[str, str],
    ) -> None:
        self._before, self._after = Answers(old), Answers(new)
        self._pairs = pairs(old.scenarios, new.scenarios)
        self._catalogue = catalogue
        self._releases = releases
        self._notes = Notes(*releases)
        self.renamed = {
            one.id: other.id for one, other in self._pairs if one and other and one.id != other.id
        }

    def changes(self) -> Iterator[Change]:
        """Every scenario that came to something else."""
        for old, new in self._pairs:
            kind, detail, told = self._kind(old, new)
            either = new or old
            if not kind or either is None:
                continue
            names = tuple(either.requirements)
            label, note = self._label(names, "" if kind == "unmeasured" else detail)
            was = old.id if old and new and old.id != new.id else ""
            verdicts = (old.verdict if old else None, new.verdict if new else None)
            change = Change(kind, either.id, names, *verdicts, detail, label, (), note, was)
            parts = [Part(*one, *self._label(names, one.text)) for one in told]
            yield of_parts(change, parts) if parts else change

    def _kind(
        self, old: ScenarioResult | None, new: ScenarioResult | None
    ) -> tuple[str, str, Sequence[Told]]:
        """How a scenario changed, what is to be said of it, and each difference; "" for not."""
        if old is None:
            return "added", f"new: {new.verdict}" if new else "", ()
        if new is None:
            return "removed", f"it was {old.verdict}", ()
        if old.verdict != new.verdict:
            said = new.reason or (new.failure.message if new.failure else "") or old.reason or ""
            if new.verdict == "not_measured":
                return "unmeasured", said, ()
            if old.verdict == "not_measured":
                return "measured", said, ()
            return ("regressed" if _rank(new) > _rank(old) else "fixed"), said, ()
        found = differences(old, new, self._before, self._after)
        return "changed" if found else "", "", found

    def _label(self, names: tuple[str, ...], detail: str) -> tuple[str, str]:
        """How far a change was to be expected, and the note that announced it."""
        known = [self._catalogue[name] for name in names if name in self._catalogue]
        old, new = self._releases
        between = [one for one in known if old and new and one.holds_in(old) != one.holds_in(new)]
        if between:
            return "announced", between[0].source
        if note := self._notes.of(detail):
            return "announced", note
        if source := next(filter(None, (announcement(name, old, new) for name in names)), ""):
            return "announced", source
        if known and all(one.grade == "assumed" for one in known):
            return "assumed", ""
        return "unannounced", ""


def _rank(result: ScenarioResult) -> int:
    """How bad a verdict is; one that this version does not know is the worst."""
    return _BETTER.index(result.verdict) if result.verdict in _BETTER else len(_BETTER)
