"""What changed between two runs, scenario by scenario, and how much of it was to be expected.

Scenarios are matched by their id. A change is *announced* where the requirement begins or ends
between the two releases, *assumed* where what is asked is our guess, and *unannounced* otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from harness.evidence import Run, ScenarioResult
    from harness.requirements import Requirement

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
"""What makes the new run worse than the old one."""

_BETTER = ("conformant", "warning", "refuted", "nonconformant", "harness_error")
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ID = re.compile(rf"/(?:\d+|{_UUID}|paconform-[^/?\s]+)(?=[/?\s]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """One scenario that came to something else; `old` and `new` are verdicts, None for none."""

    kind: str
    scenario: str
    requirements: tuple[str, ...]
    old: str | None
    new: str | None
    detail: str
    label: str

    @property
    def severity(self) -> str:
        """How much it matters to somebody who upgrades."""
        if self.kind not in GRAVE:
            return "low" if self.kind != "changed" else "medium"
        return "low" if self.label == "assumed" else "high"


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
    """Every change between two runs; `accepted` are left out of what counts, `noise` of all."""

    changes: list[Change]
    accepted: list[Change]
    noise: int
    stale: list[str]

    @property
    def counts(self) -> Counter[str]:
        """Changes by kind."""
        return Counter(change.kind for change in self.changes)

    @property
    def is_regression(self) -> bool:
        """Whether the new run is worse, or an accepted change has to be looked at again."""
        return bool(self.stale) or any(change.kind in GRAVE for change in self.changes)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a script."""
        return {
            "regression": self.is_regression,
            "counts": dict(self.counts),
            "changes": [{**asdict(one), "severity": one.severity} for one in self.changes],
            "accepted": [asdict(one) for one in self.accepted],
            "noise": self.noise,
            "stale": self.stale,
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
    noise = set()
    if control is not None:
        noise = {(one.kind, one.scenario) for one in _changes(old, control, catalogue)}
    found = list(_changes(old, new, catalogue))
    kept = [one for one in found if (one.kind, one.scenario) not in noise]
    entries = list(accepted)
    covered = [one for one in kept if any(entry.covers(one) for entry in entries)]
    stale = [why for entry in entries if (why := _stale(entry, covered, today))]
    left = [one for one in kept if one not in covered]
    order = {kind: number for number, kind in enumerate(KINDS)}
    left.sort(key=lambda one: (order[one.kind], one.scenario))
    return Difference(left, covered, len(found) - len(kept), stale)


def _stale(entry: Accepted, covered: list[Change], today: str) -> str:
    what = f"{entry.kind} {entry.scenario}, of {entry.owner}"
    if entry.expires < today:
        return f"{what}: accepted until {entry.expires} only; decide again"
    if not any(entry.covers(change) for change in covered):
        return f"{what}: no such change is there any more; take it out"
    return ""


def _changes(old: Run, new: Run, catalogue: Mapping[str, Requirement]) -> Iterator[Change]:
    before = {one.id: one for one in old.scenarios}
    after = {one.id: one for one in new.scenarios}
    releases = (old.header.release or "", new.header.release or "")
    for key in [*before, *(key for key in after if key not in before)]:
        first, second = before.get(key), after.get(key)
        kind, detail = _kind(first, second)
        if kind:
            either = second or first
            names = tuple(either.requirements) if either else ()
            yield Change(
                kind,
                key,
                names,
                first.verdict if first else None,
                second.verdict if second else None,
                detail,
                _label(names, catalogue, releases),
            )


def _kind(old: ScenarioResult | None, new: ScenarioResult | None) -> tuple[str, str]:
    """How a scenario changed, and what is to be said of it; "" where it did not."""
    if old is None:
        return "added", f"new: {new.verdict}" if new else ""
    if new is None:
        return "removed", f"it was {old.verdict}"
    if old.verdict != new.verdict:
        said = new.reason or (new.failure.message if new.failure else "") or old.reason or ""
        if new.verdict == "not_measured":
            return "unmeasured", said
        if old.verdict == "not_measured":
            return "measured", said
        worse = _BETTER.index(new.verdict) > _BETTER.index(old.verdict)
        return ("regressed" if worse else "fixed"), said
    detail = "; ".join(_other_answers(old.traffic, new.traffic))
    if not detail and new.failure and old.failure and new.failure.actual != old.failure.actual:
        detail = f"{old.failure.actual} → {new.failure.actual}"
    return ("changed" if detail else ""), detail


def _other_answers(old: list[str], new: list[str]) -> Iterator[str]:
    """Requests that are the same in both and were answered with another status.

    Ids in paths are no difference. Where other requests were made, that is all that is said.
    """
    for before, after in zip_longest(map(_plain, old), map(_plain, new)):
        if before is None or after is None or before[0] != after[0]:
            yield "other requests were made"
            return
        if before[1] != after[1]:
            yield f"{before[0]}: {before[1]} → {after[1]}"


def _plain(line: str) -> tuple[str, str]:
    """A line of traffic without ids: the request, and how it was answered."""
    request, _, status = line.rpartition(" ")
    return _ID.sub("/{}", request), status


def _label(
    names: tuple[str, ...], catalogue: Mapping[str, Requirement], releases: tuple[str, str]
) -> str:
    known = [catalogue[name] for name in names if name in catalogue]
    old, new = releases
    if old and new and any(one.holds_in(old) != one.holds_in(new) for one in known):
        return "announced"
    if known and all(one.grade == "assumed" for one in known):
        return "assumed"
    return "unannounced"
