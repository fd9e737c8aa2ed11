"""Counts of different values in a stretch of time, such as the addresses of a user in an hour.

One event costs the same whatever was counted before: what was counted is looked up by its digest,
and only numbers are kept of stretches that are over.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingone.protect.resolving import resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

COUNTERS, MEMBERS = "riskCounters", "riskMembers"
_UNITS_S = {"HOUR": 3600, "DAY": 86_400}
_PAST_LIMIT = 400
"""Stretches of the past that are kept: a fortnight has 336 hours."""


class Dimension(NamedTuple):
    """What is counted (`of`) for whom (`by`), and for how long at a time."""

    of: str
    by: tuple[str, ...]
    every_s: int
    window_s: int


def seconds(span: Row) -> int:
    """How long `quantity` of `unit` is."""
    return _UNITS_S[span["unit"]] * int(span["quantity"])


def digest(*parts: object) -> str:
    """A short key that no other parts have."""
    return blake2b(repr(parts).encode("utf-8"), digest_size=16).hexdigest()


def dimensions(predictor: Row) -> list[Dimension]:
    """What a predictor wants counted."""
    kind = predictor["type"]
    if kind == "VELOCITY":
        every, window = seconds(predictor["every"]), seconds(predictor["slidingWindow"])
        return [Dimension(predictor["of"], tuple(predictor["by"]), every, window)]
    if kind == "TRAFFIC_ANOMALY":
        return [traffic(rule) for rule in predictor["rules"] if rule["enabled"]]
    if kind == "BOT" and predictor.get("includeRepeatedEventsWithoutSdk"):
        return [WITHOUT_SDK]
    return []


def traffic(rule: Row) -> Dimension:
    """What a rule of a traffic anomaly predictor counts: the users of a device."""
    every = seconds(rule["interval"])
    return Dimension("${event.user.id}", ("${details.device.id}",), every, every)


WITHOUT_SDK = Dimension("#event", ("${event.user.id}", "#without sdk"), 3600, 3600)
"""Events of a user without a Signals payload: each counts."""


class Counting:
    """The counters of one environment at one moment."""

    def __init__(self, tenant: Tenant, environment_id: str, context: Mapping[str, Any]) -> None:
        self._counters = tenant.table(COUNTERS)
        self._members = tenant.table(MEMBERS)
        self._environment_id = environment_id
        self._context = context
        self._now_s = tenant.clock.now_s()
        self._from_clock = tenant.behaviour.stretches_begin == "clock"
        self._keys: dict[Dimension, str] = {}

    def find(self, dimension: Dimension) -> Row | None:
        """The counter that counted this event; None where the event does not say for whom."""
        key = self._key(dimension)
        return self._counters.get(key) if key else None

    def highest(self, dimension: Dimension) -> int:
        """The highest count of anybody in a stretch that is over, within the window."""
        row = self._counters.get(self._environment_key(dimension))
        return row["highest"] if row and self._now_s < row["at"] + dimension.window_s else 0

    def count(self, dimension: Dimension, number: int) -> tuple[str, str]:
        """Counts event `number`; keys of counter and member, "" where there is nothing new."""
        key, of = self._key(dimension), self._of(dimension, number)
        if not key or of is None:
            return "", ""
        row = self._begun(dimension, key)
        member = digest(key, row["since"], of)
        new = member not in self._members
        if new:
            self._members.put(member, {"in": key, "key": member})
        self._counters.put(key, {**row, "count": row["count"] + new, "seq": number})
        return key, member if new else ""

    def forget(self, dimension: Dimension) -> None:
        """Nothing is counted any more for the subject, where the event says who that is."""
        key = self._key(dimension)
        if key:
            self._counters.delete(key)
            for member in self._members.named(_counter, key):
                self._members.delete(member["key"])

    def _begun(self, dimension: Dimension, key: str) -> Row:
        """The counter in the present stretch, begun where the last one is over."""
        row, every = self._counters.get(key), dimension.every_s
        if row and self._now_s < row["since"] + every:
            return row
        since = self._now_s // every * every if self._from_clock else self._now_s
        if row is None:
            return {"since": since, "count": 0, "past": []}
        for member in self._members.named(_counter, key):
            self._members.delete(member["key"])
        self._note(dimension, row)
        oldest = self._now_s - dimension.window_s
        past = [one for one in row["past"] if one[0] >= oldest]
        past = [*past[1 - _PAST_LIMIT :], [row["since"], row["count"]]]
        return {"since": since, "count": 0, "past": past}

    def _note(self, dimension: Dimension, row: Row) -> None:
        """Keeps the highest count of the environment."""
        if row["count"] >= self.highest(dimension):
            key = self._environment_key(dimension)
            self._counters.put(key, {"highest": row["count"], "at": row["since"]})

    def _environment_key(self, dimension: Dimension) -> str:
        return digest(self._environment_id, "highest", *dimension)

    def _key(self, dimension: Dimension) -> str:
        """The counter's key; "" where the event does not say for whom it counts."""
        key = self._keys.get(dimension)
        if key is None:
            values = [self._value(one) for one in dimension.by]
            known = None not in values
            key = digest(self._environment_id, *dimension, *values) if known else ""
            self._keys[dimension] = key
        return key

    def _of(self, dimension: Dimension, number: int) -> str | None:
        return str(number) if dimension.of == "#event" else self._value(dimension.of)

    def _value(self, name: str) -> str | None:
        if name.startswith("#"):
            return name
        found = resolved(name, self._context)
        return str(found[0]) if found else None


def _counter(row: Row) -> str:
    """What the members of one counter are found by."""
    return str(row["in"])
