"""What the details of an evaluation tell of one predictor."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from fakes.pingone.protect.mapping import in_ranges
from fakes.pingone.protect.velocity import Threshold
from fakes.pingone.unlike import Constant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakes.pingone.behaviour import Behaviour
    from fakes.pingone.protect.counting import Tally
    from fakes.pingone.protect.scenes import Scene
    from fakes.store import Row

_KEPT = 256
"""Things that are said of one predictor and kept."""


class Voice:
    """How the details speak of one predictor."""

    def __init__(self, behaviour: Behaviour, row: Row) -> None:
        self.behaviour = behaviour
        self.type: str = row["type"]
        self.fallback: Row | None = row.get("default", {}).get("result")

    def told(self, level: str | None, reason: str = "", status: str | None = None) -> Row:
        """A level and why; without a level, why there is none: as far as that says something."""
        if level is None and self.fallback and self.behaviour.fallback_level_used:
            level, reason = self.fallback["level"], "Fallback level was used"
        whole = {"level": level, "type": self.type, "status": status, "reason": reason}
        shown = self.behaviour.detail_members_shown
        return Constant({name: whole[name] for name in whole if whole[name] and name in shown})

    def uninformed(self, what: str) -> Row:
        """The event does not tell what is needed."""
        return self.told(None, f"The event does not tell {what}", self.behaviour.uninformed_status)

    def counted(self, found: Threshold, count: int, since: float, every_s: int) -> Row:
        """The level of a count in a stretch of time, and the threshold that it is held against."""
        level = found.level(count)
        more = {
            "threshold": found.shown(since, since + every_s),
            "velocity": {"distinctCount": count, "during": every_s},
        }
        return Constant(self.more(level, "Unusual velocity" if level != "LOW" else "", more))

    def more(self, level: str, reason: str, more: Row) -> Row:
        """A level and why, with members of the type's own."""
        shown = self.behaviour.detail_members_shown
        told = {name: more[name] for name in more if name in shown}
        return {**self.told(level, reason), **told}


class Predictor:
    """A predictor ready to rate events; what it says of many events alike is made once."""

    def __init__(self, behaviour: Behaviour, row: Row, tallies: Sequence[Tally]) -> None:
        self.behaviour = behaviour
        self.row = row
        self.name: str = row.get("compactName", "")
        self.is_late = row["type"] == "COMPOSITE"  # it looks at what others found
        self.tallies = tallies
        self.voice = Voice(behaviour, row)
        self.told = lru_cache(maxsize=_KEPT)(self.voice.told)
        self.uninformed = lru_cache(maxsize=_KEPT)(self.voice.uninformed)
        self.counted = lru_cache(maxsize=_KEPT)(self.voice.counted)

    @cached_property
    def low(self) -> Row:
        """There is nothing unusual."""
        return self.voice.told("LOW")

    @cached_property
    def training(self) -> Row:
        """There is nothing yet to compare with."""
        return self.voice.told(None, "Not enough data", self.behaviour.training_status)

    @cached_property
    def unreached(self) -> Threshold:
        """The thresholds where too little was counted to hold it against them."""
        fallback = self.row["fallback"]
        return Threshold("MIN_NOT_REACHED", fallback["medium"], fallback["high"])

    def two(self, reason: str, *, high: bool) -> Row:
        """HIGH with the reason, or LOW: what a predictor of two levels finds."""
        return self.told("HIGH", reason) if high else self.low

    def is_white(self, scene: Scene) -> bool:
        """Whether the event comes from an address that is allowed."""
        white = self.row.get("whiteList") or []
        return bool(white) and in_ranges(self.behaviour, [scene.event.get("ip")], white)
