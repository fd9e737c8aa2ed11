"""What every handler works on: the stored objects, and all that the fake was given."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from fakes.pingaccess.objects.hidden import HiddenFields
from fakes.pingaccess.plugins.descriptors import Plugins
from fakes.seed import Stream
from fakes.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.clock import Clock
    from fakes.message import Response
    from fakes.network import Network
    from fakes.pingaccess.access.roles import Caller
    from fakes.pingaccess.behaviour import Behaviour
    from fakes.pingaccess.connections.spending import Environments
    from fakes.store import Key, Row, Snapshot

    Headers = tuple[tuple[str, str], ...]

_HIGHEST = 2**31 - 1
_NUMBER = re.compile(r"[0-9]{1,19}", re.ASCII)

COLLECTIONS = {
    "pingone/connections": "pingOneConnections",
    "rules": "rules",
    "rulesets": "ruleSets",
    "authenticationChallengePolicies": "authnChallengePolicies",
    "rejectionHandlers": "rejectionHandlers",
    "thirdPartyServices": "thirdPartyServices",
}
"""Where plugin configurations point: the collection's path, and its table."""


class Failures(NamedTuple):
    """Failed logins of one user: how many in a row, and when the last one was."""

    times: int
    last_s: float


class Moment(NamedTuple):
    """Everything that a snapshot brings back."""

    rows: Snapshot
    ids: object
    numbers: dict[str, int]
    failures: dict[Key, Failures]


class State:
    """Stored objects, behaviour, clock, network and seeded streams of one fake."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a fake is given
        self,
        network: Network,
        seed: int,
        clock: Clock,
        behaviour: Behaviour,
        origins: frozenset[str],
        factory: Snapshot,
    ) -> None:
        self.network = network
        self.seed = seed
        self.clock = clock
        self.behaviour = behaviour
        self.origins = origins
        self.store = Store(factory)
        self.failures: dict[Key, Failures] = {}
        self.logins: dict[str, tuple[Caller, Row]] = {}
        self._numbers: dict[str, int] = {}
        self._factory = factory
        self._second = -1
        self._dated: tuple[Headers, Headers] = ((), ())
        self.seen: dict[tuple[Key, str], Environments] = {}
        self.saves_blocked = 0
        self.counts_rows = True
        self.bodies: dict[tuple[str, Key], tuple[Row, Response]] = {}

    @cached_property
    def hidden(self) -> HiddenFields:
        """Seals and opens secrets with the host key of the seed."""
        return HiddenFields(self.seed, self.behaviour)

    @cached_property
    def plugins(self) -> Plugins:
        """Descriptors, and configurations held against them."""
        return _plugins(self.behaviour)

    @cached_property
    def ids(self) -> Stream:
        """The ids that are UUIDs."""
        return Stream(self.seed, "pingaccess/ids")

    def common_headers(self) -> Headers:
        """What every answer has: the captured headers, and the date of the clock."""
        return self._headers()[0]

    def json_headers(self) -> Headers:
        """Those, with the type of a JSON answer."""
        return self._headers()[1]

    def _headers(self) -> tuple[Headers, Headers]:
        second = int(self.clock.now_s())
        if second != self._second:
            common = (*_headers(self.behaviour), ("Date", self.clock.http_date()))
            self._dated = (common, (("Content-Type", self.behaviour.json_type), *common))
            self._second = second
        return self._dated

    @cached_property
    def newest_first(self) -> bool:
        """Whether lists begin with what was made last, where nobody asks for an order."""
        return "lists" in self.behaviour.varied and self.seed % 2 == 1

    def ordered(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row with its members in the seed's order."""
        if "members" not in self.behaviour.varied:
            return row
        return {name: row[name] for name in _order(self.seed, tuple(row))}

    def next_number(self, table: str, lowest: int = 1) -> int:
        """A free id: above all that were ever given, unless the behaviour gives them again.

        Above the highest int32 there is none (admin API 7.3: ids are int32): then the lowest free.
        """
        rows = self.store.table(table)
        if self.behaviour.ids_reused:
            last, taken = 0, max((key for key in rows.rows if isinstance(key, int)), default=0)
        else:
            last, taken = self._numbers.get(table, 0), rows.highest()
        number = max(last + 1, taken + 1 if self.counts_rows else 1, lowest)
        if number > _HIGHEST:
            number = next(one for one in count(lowest) if one not in rows)
        self.note_number(table, number)
        return number

    def note_number(self, table: str, number: int) -> None:
        """An id has been given, by the product or by a client."""
        self._numbers[table] = max(number, self._numbers.get(table, 0))

    def exists(self, table: str, key: object) -> bool:
        """Whether `table` holds an object of that id; of what is only kept, its section is read."""
        if not isinstance(key, int | str):
            return False
        rows = self.store.table(table).rows
        if key in rows or (isinstance(key, str) and _NUMBER.fullmatch(key) and int(key) in rows):
            return True
        kept = self.store.table("kept").rows.get(table)
        return kept is not None and any(_has_id(item, key) for item in _items(kept))

    def knows(self, collection: str, key: object) -> bool:
        """Whether a collection that plugin configurations point at holds that id."""
        return self.exists(COLLECTIONS.get(collection, collection), key)

    def holding(self, snapshot: Snapshot) -> State:
        """A state of the same fake with other objects: to look at, not to keep."""
        return State(self.network, self.seed, self.clock, self.behaviour, self.origins, snapshot)

    def moment(self) -> Moment:
        """Now, for a later `back_to`."""
        return Moment(
            self.store.snapshot(), self.ids.state(), dict(self._numbers), dict(self.failures)
        )

    def back_to(self, moment: Moment) -> None:
        """Exactly as it was then."""
        self.store.restore(moment.rows)
        self.forget()
        self.ids.set_state(moment.ids)
        self._numbers = dict(moment.numbers)
        self.failures = dict(moment.failures)

    def beside(self) -> dict[str, Any]:
        """What a state file keeps beside the rows: ids that were given, and failed logins."""
        tables = self.store.tables
        highest = {name: tables[name].remembered for name in tables}
        return {
            "ids": self.ids.state() if "ids" in self.__dict__ else None,
            "numbers": dict(self._numbers),
            "highest": {name: number for name, number in highest.items() if number is not None},
            "failures": dict(self.failures),
        }

    def bring_back(self, rows: Snapshot, beside: Mapping[str, Any]) -> None:
        """Exactly these rows, and what was beside them."""
        self.reset()
        self.store.restore(rows)
        if beside["ids"] is not None:
            self.ids.set_state(beside["ids"])
        self._numbers = dict(beside["numbers"])
        for name, number in beside["highest"].items():
            self.store.table(name).remembered = number
        self.failures = {user: Failures(*failed) for user, failed in beside["failures"].items()}

    def forget(self) -> None:
        """Nothing is remembered of rows that may be gone."""
        self.counts_rows = True
        self.saves_blocked = 0
        self.bodies.clear()
        self.seen.clear()
        self.logins.clear()

    def reset(self) -> None:
        """As constructed."""
        self.store.restore(self._factory)
        self.forget()
        if "ids" in self.__dict__:
            self.ids.restart()
        self._numbers.clear()
        self.failures.clear()


@lru_cache(maxsize=256)
def _order(seed: int, names: tuple[str, ...]) -> list[str]:
    """The names, which are the entity's own, in an order that says nothing."""
    return sorted(names, key=lambda name: crc32(f"{seed}/{name}".encode()))


@lru_cache(maxsize=16)
def _plugins(behaviour: Behaviour) -> Plugins:
    """The plugins of a behaviour, which remember nothing and so can be shared."""
    return Plugins(behaviour)


def _items(kept: Any) -> list[Any]:
    """The objects of a kept section, whatever its form."""
    if isinstance(kept, list):
        return kept
    if isinstance(kept, dict):
        return next((value for value in kept.values() if isinstance(value, list)), [])
    return []


def _has_id(item: Any, key: object) -> bool:
    return isinstance(item, dict) and item.get("id") == key


def _headers(behaviour: Behaviour) -> Headers:
    """Those of every answer, with the policy of the release in the place of the captured one."""
    policy = behaviour.content_security_policy
    if policy is None:
        return behaviour.response_headers
    return tuple(
        (name, policy if name == "Content-Security-Policy" else value)
        for name, value in behaviour.response_headers
    )
