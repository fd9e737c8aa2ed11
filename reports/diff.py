"""What changed between two runs, scenario by scenario, and how much of it was to be expected.

Scenarios are matched by their id, and those that were renamed by what they ask. A change is
*announced* where a document tells of it for the releases between the two, *assumed* where what is
asked is our guess, and *unannounced* otherwise.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from harness.errors import HarnessError
from harness.upgrades import announcing, crossed
from reports.answers import Answers, differences
from reports.matching import pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from harness.evidence import Run, ScenarioResult
    from harness.requirements import Requirement
    from harness.upgrades import Notice

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
_BREAKING = frozenset({"status", "error shape", "types", "members"})


@dataclass(frozen=True, slots=True)
class Change:
    """One scenario that came to something else; `old` and `new` are verdicts, None for none.

    `aspects` say of a changed behaviour what of it changed; `note` is what announced it; `was` the
    old id of a scenario that was renamed.
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

    @property
    def is_grave(self) -> bool:
        """Whether the new run is worse for it; what was announced to go may be gone."""
        return self.kind in GRAVE and (self.kind == "regressed" or self.label != "announced")

    @property
    def severity(self) -> str:
        """How much it matters to somebody who upgrades."""
        if self.kind in GRAVE:
            return "high" if self.is_grave and self.label != "assumed" else "low"
        breaking = self.kind == "changed" and not _BREAKING.isdisjoint(self.aspects)
        return "medium" if breaking or "defaults" in self.aspects else "low"


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
            "changes": [{**asdict(one), "severity": one.severity} for one in self.changes],
            "accepted": [asdict(one) for one in self.accepted],
            "noise": self.noise,
            "stale": self.stale,
            "renamed": self.renamed,
            "short": self.short,
        }


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
    noise = set()
    if control is not None:
        noise = {_same(one) for one in _Comparison(old, control, catalogue, releases).changes()}
    comparison = _Comparison(old, new, catalogue, releases)
    found = list(comparison.changes())
    kept = [one for one in found if _same(one) not in noise]
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


def _same(change: Change) -> tuple[str, str, frozenset[str]]:
    """What a change has in common with the same change in another run."""
    return change.kind, change.scenario, frozenset(change.aspects)


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
        self._notices = _told(*releases)
        self.renamed = {
            one.id: other.id for one, other in self._pairs if one and other and one.id != other.id
        }

    def changes(self) -> Iterator[Change]:
        """Every scenario that came to something else."""
        for old, new in self._pairs:
            kind, detail, aspects = self._kind(old, new)
            either = new or old
            if not kind or either is None:
                continue
            names = tuple(either.requirements)
            label, note = self._label(names, detail)
            was = old.id if old and new and old.id != new.id else ""
            verdicts = (old.verdict if old else None, new.verdict if new else None)
            yield Change(kind, either.id, names, *verdicts, detail, label, aspects, note, was)

    def _kind(
        self, old: ScenarioResult | None, new: ScenarioResult | None
    ) -> tuple[str, str, tuple[str, ...]]:
        """How a scenario changed, what is to be said of it, and in which aspects; "" for not."""
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
        detail = "; ".join(one.text for one in found)
        return "changed" if found else "", detail, tuple(dict.fromkeys(one[0] for one in found))

    def _label(self, names: tuple[str, ...], detail: str) -> tuple[str, str]:
        """How far a change was to be expected, and the note that announced it."""
        known = [self._catalogue[name] for name in names if name in self._catalogue]
        old, new = self._releases
        between = [one for one in known if old and new and one.holds_in(old) != one.holds_in(new)]
        if between:
            return "announced", between[0].source
        if note := announcing(detail, self._notices):
            return "announced", note
        if known and all(one.grade == "assumed" for one in known):
            return "assumed", ""
        return "unannounced", ""


def _rank(result: ScenarioResult) -> int:
    """How bad a verdict is; one that this version does not know is the worst."""
    return _BETTER.index(result.verdict) if result.verdict in _BETTER else len(_BETTER)


def _told(old: str, new: str) -> tuple[Notice, ...]:
    """The notices between two releases; none where a run does not say which it judged."""
    try:
        return tuple(crossed(old, new)) if old and new and old != new else ()
    except HarnessError:
        return ()
