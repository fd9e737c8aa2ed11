"""Requirements with what a run found of each, and areas of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from harness.evidence import VERDICTS as SCENARIO_VERDICTS
from reports.text import anchor
from reports.words import NOT_RUN, WORST_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from harness.evidence import ScenarioResult
    from harness.requirements import Requirement


@dataclass(frozen=True, slots=True)
class Part:
    """A scenario as it bears on one requirement."""

    result: ScenarioResult
    verdict: str
    note: str | None = None


@dataclass(slots=True)
class Family:
    """Scenarios that differ in a parameter only, as they bear on one requirement."""

    name: str
    parts: list[Part]

    @property
    def title(self) -> str:
        """What all of them show."""
        return self.parts[0].result.title

    @property
    def counts(self) -> Counter[str]:
        """Scenarios by what they came to at the requirement."""
        return Counter(part.verdict for part in self.parts)

    @property
    def notes(self) -> dict[str, int]:
        """Why some did not measure it, each reason with how many it is true of."""
        return Counter(
            part.note or part.result.reason or ""
            for part in self.parts
            if part.verdict == "not_measured"
        )


@dataclass
class Row:
    """A requirement and what was found of it; `requirement` None where the catalogue has none."""

    id: str
    requirement: Requirement | None
    parts: list[Part] = field(default_factory=list)

    @property
    def families(self) -> list[Family]:
        """Its scenarios, those together that are variants of one."""
        found: dict[str, list[Part]] = {}
        for part in self.parts:
            found.setdefault(part.result.id.partition("[")[0], []).append(part)
        return [Family(name, parts) for name, parts in found.items()]

    @cached_property
    def verdict(self) -> str:
        """The worst of its scenarios."""
        found = {part.verdict for part in self.parts}
        return next((one for one in WORST_FIRST if one in found), NOT_RUN)

    @property
    def title(self) -> str:
        """The requirement's sentence."""
        return self.requirement.title if self.requirement else "Not in this version's catalogue."

    @property
    def anchor(self) -> str:
        """Its place on a page: the id itself, where that is one of ours."""
        return self.id if self.requirement else f"other-{anchor(self.id)}"

    @property
    def area(self) -> str:
        """The area that the catalogue puts it in."""
        return self.requirement.area if self.requirement else "other"


@dataclass
class Area:
    """The requirements of one area."""

    name: str
    rows: list[Row]

    @property
    def title(self) -> str:
        """The area's name for people."""
        words = self.name.replace("_", " ").replace("pingone", "PingOne")
        return words[:1].upper() + words[1:] if words[:1].islower() else words

    @cached_property
    def counts(self) -> Counter[str]:
        """Requirements by verdict."""
        return Counter(row.verdict for row in self.rows)


def rows(
    scenarios: Iterable[ScenarioResult], catalogue: Mapping[str, Requirement]
) -> dict[str, Row]:
    """Every requirement, those that only the run knows last, with what was found of each."""
    found = {key: Row(key, one) for key, one in catalogue.items()}
    for result in scenarios:
        at = blamed(result)
        for key in dict.fromkeys([*result.requirements, *([at] if at else [])]):
            row = found.setdefault(key, Row(key, None))
            row.parts.append(_part(result, key, at))
    return found


def blamed(result: ScenarioResult) -> str | None:
    """The requirement whose check failed."""
    return result.failure.requirement if result.failure else None


def _part(result: ScenarioResult, key: str, at: str | None) -> Part:
    if at is not None and at != key:
        return Part(result, "not_measured", f"stopped at {at}")
    verdict = result.verdict if result.verdict in SCENARIO_VERDICTS else "harness_error"
    return Part(result, verdict)
