"""The state of one fake PingOne, and what every handler needs of it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from fakes.pingone.errors import Answer, not_found
from fakes.pingone.seeds import seeded
from fakes.pingone.unlike import unlike
from fakes.seed import Stream, numbered_uuid
from fakes.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from fakes.clock import Clock
    from fakes.message import Request
    from fakes.pingone.behaviour import Behaviour
    from fakes.pingone.drafts import Complaints
    from fakes.pingone.regions import Hosts
    from fakes.store import Row, Snapshot


T = TypeVar("T")
Headers: TypeAlias = tuple[tuple[str, str], ...]

_STATE_CODES = frozenset({"UNIQUENESS_VIOLATION", "CONSTRAINT_VIOLATION", "SIZE_LIMIT_EXCEEDED"})
"""Codes of a body that is good in itself and clashes with what is stored."""
_REVISION = attrgetter("revision")
_DERIVED = 64
"""Environments of which is kept what was worked out of their rows."""


class Call(NamedTuple):
    """One request on its way to its handler.

    `ids` are the variable parts of the path, the environment's first; `actor` is who the bearer
    token stands for, "" at open doors; `body` is the JSON object where the route takes one;
    `within` are the populations that the actor's roles reach, None for the whole environment.
    """

    request: Request
    ids: list[str]
    actor: str
    body: dict[str, Any]
    within: frozenset[str] | None = None

    @property
    def environment_id(self) -> str:
        """The environment in the path."""
        return self.ids[0]


class Tenant:
    """Store, clock, behaviour and hosts of one fake, with ids and links.

    `hosts` are those by which the request came that is being answered: a region's where it was for
    a name of the vendor's, else `own_hosts`. `table` gives the table of a name.
    """

    def __init__(self, seed: int, clock: Clock, behaviour: Behaviour, hosts: Hosts) -> None:
        self.seed = seed
        self.clock = clock
        self.behaviour = behaviour
        self.hosts = self.own_hosts = hosts
        self.unlike = unlike(seed, behaviour.varied)
        self.seeded = seeded(seed)
        self.store = Store(self.seeded.rows)
        self.table = self.store.table
        self.correlations = Stream(seed, "pingone/correlation")
        self.starts = 0
        self.windows: dict[tuple[str, str], tuple[float, int]] = {}
        self._created_status = dict(behaviour.created_status)
        self._derived: dict[tuple[Callable[..., Any], str], tuple[int, Any]] = {}

    def now(self) -> str:
        """This moment, as the API writes it."""
        return self.behaviour.timestamp(self.clock.now_s())

    def new_id(self) -> str:
        """An id that was never given before.

        How many were given is a row of the store, so that a restarted server goes on from there.
        """
        counters = self.store.table("counters")
        row = counters.get("ids")
        drawn = row["drawn"] + 1 if row else 1
        counters.put("ids", {"drawn": drawn})
        return self.behaviour.id_written(numbered_uuid(self.seed, "pingone/id", drawn))

    def beside(self) -> dict[str, Any]:
        """What a state file keeps beside the rows: how often it was read."""
        return {"starts": self.starts}

    def bring_back(self, rows: Snapshot, beside: Mapping[str, Any]) -> None:
        """Exactly these rows; correlation ids that were not given before."""
        self.store.restore(rows)
        self.starts = beside["starts"] + 1
        self.correlations = Stream(self.seed, f"pingone/correlation/{self.starts}")

    def row(self, table: str, key: str, environment_id: str) -> Row:
        """The row of that environment; raises the refusal NOT_FOUND where there is none."""
        row = self.store.table(table).get(key)
        if row is None or row["environment"]["id"] != environment_id:
            raise not_found(self.behaviour)
        return row

    def rows(self, table: str, environment_id: str) -> list[Row]:
        """The rows of that environment, oldest first."""
        return [
            row for row in self.store.table(table) if row["environment"]["id"] == environment_id
        ]

    def derived(self, make: Callable[[Tenant, str], T], environment_id: str, *tables: str) -> T:
        """What `make` makes of an environment, made again when one of the tables has changed."""
        revision = sum(map(_REVISION, map(self.table, tables)))
        kept = self._derived.get((make, environment_id))
        if kept is None or kept[0] != revision:
            if len(self._derived) >= _DERIVED:
                self._derived.clear()
            kept = self._derived[make, environment_id] = (revision, make(self, environment_id))
        made: T = kept[1]
        return made

    def save(self, table: str, row: dict[str, Any], old: Row | None = None) -> Row:
        """Stores the row, in the place of `old` where there is one; gives the row to answer."""
        kept = row
        if self.behaviour.lost:
            prefix = f"{table}.{'update' if old else 'create'}."
            kept = {name: row[name] for name in row if prefix + name not in self.behaviour.lost}
            kept = (
                {**kept, **{name: old[name] for name in old if name not in kept}} if old else kept
            )
        self.store.table(table).put(old["id"] if old else row["id"], kept)
        return row

    def created(self, table: str, body: dict[str, Any], headers: Headers = ()) -> Answer:
        """201 with a new object."""
        return Answer(self._created_status[table], body, headers)

    def told(self, table: str, act: str, body: dict[str, Any]) -> dict[str, Any]:
        """The object as the answer to `act` tells it: create, read, update or list."""
        left_out = self.behaviour.left_out
        if not left_out:
            return body
        return {name: body[name] for name in body if f"{table}.{act}.{name}" not in left_out}

    def refuses_late(self, act: str, complaints: Complaints) -> bool:
        """Whether what is only taken, too many or over is stored before it is refused."""
        late = act in self.behaviour.refused_late
        return late and all(one["code"] in _STATE_CODES for one in complaints.found)

    def forget(self, table: str, key: str) -> Answer:
        """204, with the row gone."""
        if table in self.behaviour.delete_forgets:
            self.store.table(table).delete(key)
        return Answer(204, self.behaviour.deleted_body)

    def api_url(self, *path: str) -> str:
        """A URL of the platform API, by its path below the version."""
        if path[:1] == ("environments",):
            return self.url(*path[1:])
        return "/".join((self.hosts.api, "v1", *path))

    def url(self, *path: str) -> str:
        """A URL below the environments."""
        return "/".join((self.hosts.api, self.behaviour.link_root, *path))

    def links(self, environment_id: str, *path: str, more: Iterable[str] = ()) -> dict[str, Any]:
        """`_links` of an object: itself, its environment, and sub-resources by name."""
        here = self.url(environment_id, *path)
        links = {"self": {"href": here}, "environment": {"href": self.url(environment_id)}}
        for name in more:
            links[name] = {"href": f"{here}/{name}"}
        return links

    def collection(self, name: str, items: list[Any], *path: str, headers: Headers = ()) -> Answer:
        """200 with a HAL collection."""
        if self.behaviour.listed_at_most:
            items = items[: dict(self.behaviour.listed_at_most).get(name)]
        items = list(self.unlike.rows(items))
        total = self.behaviour.collection_size(len(items))
        totals = dict.fromkeys(self.behaviour.collection_members, total)
        links = {"self": {"href": self.url(*path)}}
        return Answer(200, {"_links": links, "_embedded": {name: items}, **totals}, headers)

    def page(self, name: str, items: list[Any], total: int, links: dict[str, Any]) -> Answer:
        """200 with one page of a HAL collection."""
        numbers = {"count": total, "size": len(items)}
        told = {
            member: self.behaviour.collection_size(numbers[member])
            for member in self.behaviour.collection_members
        }
        return Answer(200, {"_links": links, "_embedded": {name: items}, **told})
