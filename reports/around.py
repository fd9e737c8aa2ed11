"""What is known beside a run: earlier runs of the same thing, and the suite's power to detect."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from harness.errors import BadSettings
from harness.evidence import read
from harness.reading import bytes_of
from reports.diff import difference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from harness.evidence import Run
    from harness.requirements import Requirement
    from reports.diff import Change

LARGEST_POWER = 10_000_000
"""Bytes of a defects.json that are read."""


class Planted(Struct):
    """One planted defect; `caught_by` is the scenario that found it, None where none did."""

    id: str
    title: str
    breaks: str
    caught_by: str | None = None


class Power(Struct):
    """How many of the planted defects the suite found, as `paconform defects --out` wrote it."""

    caught: int
    survived: int
    defects: list[Planted] = []
    baseline: list[str] = []
    tool: str = ""
    release: str = ""

    @property
    def planted(self) -> int:
        """How many were planted."""
        return self.caught + self.survived

    @property
    def missed(self) -> list[Planted]:
        """Those that no scenario found."""
        return [one for one in self.defects if one.caught_by is None]


@dataclass(frozen=True, slots=True)
class Around:
    """Earlier runs, the latest first, and detection power; None where nobody measured it."""

    earlier: tuple[Run, ...] = ()
    power: Power | None = None


NOTHING = Around()


@dataclass
class Since:
    """What changed since an earlier run, among the scenarios that both ran."""

    run: Run
    changes: list[Change] = field(default_factory=list)
    only_now: int = 0
    only_then: int = 0

    @property
    def planted(self) -> list[str]:
        """The defects that were planted then."""
        planted = self.run.header.options.get("defect")
        return [str(one) for one in planted[:4]] if isinstance(planted, list) else []

    @cached_property
    def worse(self) -> list[Change]:
        """Judged worse than then, or not judged any more."""
        return [one for one in self.changes if one.kind in ("regressed", "unmeasured")]

    @cached_property
    def better(self) -> list[Change]:
        """Judged better than then, or judged for the first time."""
        return [one for one in self.changes if one.kind in ("fixed", "measured")]

    @cached_property
    def other(self) -> list[Change]:
        """Judged the same, answered otherwise."""
        return [one for one in self.changes if one.kind == "changed"]


def since(run: Run, earlier: Sequence[Run], catalogue: Mapping[str, Requirement]) -> Since | None:
    """What changed since the latest of the earlier runs; None where there is none."""
    if not earlier:
        return None
    found = difference(earlier[0], run, catalogue).changes
    return Since(
        earlier[0],
        [one for one in found if one.kind not in ("added", "removed")],
        sum(one.kind == "added" for one in found),
        sum(one.kind == "removed" for one in found),
    )


def around(earlier: Sequence[Path], power: Path | None) -> Around:
    """What these run folders and this defects.json say; what cannot be read says nothing."""
    runs = []
    for path in earlier:
        try:
            runs.append(read(path))
        except BadSettings:
            continue
    return Around(tuple(runs), _power(power) if power else None)


def _power(path: Path) -> Power | None:
    try:
        return msgspec.json.decode(bytes_of(path, LARGEST_POWER), type=Power)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
