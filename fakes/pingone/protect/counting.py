"""Counts of different values in a stretch of time, such as the addresses of a user in an hour.

One event costs the same whatever was counted before: what was counted is looked up by its digest,
and only numbers are kept of stretches that are over.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingone.protect.resolving import path_of, values_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

COUNTERS, MEMBERS = "riskCounters", "riskMembers"
_DEVICE = "${details.device.id}"
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
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


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
    return Dimension("${event.user.id}", (_DEVICE,), every, every)


WITHOUT_SDK = Dimension("#event", ("${event.user.id}", "#without sdk"), 3600, 3600)
"""Events of a user without a Signals payload: each counts."""


class Tally:
    """A dimension in one environment, ready to count: how its keys are written, and of what."""

    def __init__(self, environment_id: str, dimension: Dimension) -> None:
        self.every_s, self.window_s = dimension.every_s, dimension.window_s
        self.counts_events = dimension.of == "#event"
        self.of_device = _DEVICE in dimension.by
        self.highest_key = digest(environment_id, "highest", *dimension)
        self.of = path_of(dimension.of)
        self._by = [path_of(one) for one in dimension.by if not one.startswith("#")]
        written = repr((environment_id, *dimension))[:-1].replace("%", "%%")
        values = [repr(one) if one.startswith("#") else "%r" for one in dimension.by]
        self._written = f"{', '.join((written, *values))})"

    def key(self, said: Said) -> str:
        """Under which key the event is counted; "" where it does not say for whom."""
        values = tuple([said[path] for path in self._by])
        if None in values:
            return ""
        return blake2b((self._written % values).encode(), digest_size=16).hexdigest()


class Said(dict[Any, Any]):
    """What an event says, by path, and its key in a tally: found when first asked for.

    It is made with the whole context under "".
    """

    def __missing__(self, wanted: Tally | tuple[str, ...]) -> str | None:
        said: str | None
        if isinstance(wanted, Tally):
            said = wanted.key(self)
        else:
            found = values_at(wanted, self[""])
            said = str(found[0]) if found else None
        self[wanted] = said
        return said


class Counting:
    """The counters of one environment at one moment."""

    def __init__(self, tenant: Tenant, context: Mapping[str, Any]) -> None:
        self._counters = tenant.table(COUNTERS)
        self._members = tenant.table(MEMBERS)
        self._said = Said({"": context})
        self._now_s = tenant.clock.now_s()
        self._from_clock = tenant.behaviour.stretches_begin == "clock"

    def find(self, tally: Tally) -> Row | None:
        """The counter that counted this event; None where the event does not say for whom."""
        return self._counters.rows.get(self._said[tally])

    def highest(self, tally: Tally) -> int:
        """The highest count of anybody in a stretch that is over, within the window."""
        row = self._counters.get(tally.highest_key)
        return row["highest"] if row and self._now_s < row["at"] + tally.window_s else 0

    def count(self, tally: Tally, number: int) -> tuple[str, str]:
        """Counts event `number`; keys of counter and member, "" where there is nothing new."""
        key = self._said[tally]
        of = str(number) if tally.counts_events else self._said[tally.of]
        if not key or of is None:
            return "", ""
        row = self._begun(tally, key)
        member = blake2b(repr((key, row["since"], of)).encode(), digest_size=16).hexdigest()
        new = member not in self._members.rows
        if new:
            self._members.put(member, {"in": key, "key": member})
        self._counters.put(key, {**row, "count": row["count"] + new, "seq": number})
        return key, member if new else ""

    def forget(self, tally: Tally) -> None:
        """Nothing is counted any more for the subject, where the event says who that is."""
        key = self._said[tally]
        if key:
            self._counters.delete(key)
            for member in self._members.named(_counter, key):
                self._members.delete(member["key"])

    def _begun(self, tally: Tally, key: str) -> Row:
        """The counter in the present stretch, begun where the last one is over."""
        row, every = self._counters.rows.get(key), tally.every_s
        if row and self._now_s < row["since"] + every:
            return row
        since = self._now_s // every * every if self._from_clock else self._now_s
        if row is None:
            return {"since": since, "count": 0, "past": []}
        for member in self._members.named(_counter, key):
            self._members.delete(member["key"])
        self._note(tally, row)
        oldest = self._now_s - tally.window_s
        past = [one for one in row["past"] if one[0] >= oldest]
        past = [*past[1 - _PAST_LIMIT :], [row["since"], row["count"]]]
        return {"since": since, "count": 0, "past": past}

    def _note(self, tally: Tally, row: Row) -> None:
        """Keeps the highest count of the environment."""
        if row["count"] >= self.highest(tally):
            self._counters.put(tally.highest_key, {"highest": row["count"], "at": row["since"]})


def _counter(row: Row) -> str:
    """What the members of one counter are found by."""
    return str(row["in"])
