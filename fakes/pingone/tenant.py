"""The state of one fake PingOne, and what every handler needs of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingone.errors import Answer, not_found
from fakes.pingone.seeds import seeded
from fakes.seed import Stream
from fakes.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fakes.clock import Clock
    from fakes.message import Request
    from fakes.pingone.behaviour import Behaviour
    from fakes.store import Row, Table


@dataclass(frozen=True)
class Hosts:
    """Where a PingOne says that it is: origins without a path."""

    api: str = "https://api.pingone.com"
    auth: str = "https://auth.pingone.com"
    console: str = "https://console.pingone.com"


class Call(NamedTuple):
    """One request on its way to its handler.

    `ids` are the variable parts of the path, the environment's first; `actor` is who the bearer
    token stands for, "" at open doors; `body` is the JSON object where the route takes one.
    """

    request: Request
    ids: list[str]
    actor: str
    body: dict[str, Any]

    @property
    def environment_id(self) -> str:
        """The environment in the path."""
        return self.ids[0]


class Tenant:
    """Store, clock, behaviour and hosts of one fake, with ids and links."""

    def __init__(self, seed: int, clock: Clock, behaviour: Behaviour, hosts: Hosts) -> None:
        self.seed = seed
        self.clock = clock
        self.behaviour = behaviour
        self.hosts = hosts
        self.seeded = seeded(seed)
        self.store = Store(self.seeded.rows)
        self.correlations = Stream(seed, "pingone/correlation")

    def new_id(self) -> str:
        """An id that was never given before.

        How many were given is a row of the store, so that a restarted server goes on from there.
        """
        counters = self.store.table("counters")
        row = counters.get("ids")
        drawn = row["drawn"] + 1 if row else 1
        counters.put("ids", {"drawn": drawn})
        return Stream(self.seed, f"pingone/id/{drawn}").uuid()

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

    def forget(self, table: str, key: str) -> Answer:
        """204, with the row gone."""
        if table in self.behaviour.delete_forgets:
            self.store.table(table).delete(key)
        return Answer(204)

    def url(self, *path: str) -> str:
        """A URL of the platform API."""
        return "/".join((self.hosts.api, "v1/environments", *path))

    def links(self, environment_id: str, *path: str, more: Iterable[str] = ()) -> dict[str, Any]:
        """`_links` of an object: itself, its environment, and sub-resources by name."""
        here = self.url(environment_id, *path)
        links = {"self": {"href": here}, "environment": {"href": self.url(environment_id)}}
        for name in more:
            links[name] = {"href": f"{here}/{name}"}
        return links

    def collection(self, name: str, items: list[Any], *path: str) -> Answer:
        """200 with a HAL collection."""
        total = self.behaviour.collection_size(len(items))
        totals = dict.fromkeys(self.behaviour.collection_members, total)
        links = {"self": {"href": self.url(*path)}}
        return Answer(200, {"_links": links, "_embedded": {name: items}, **totals})

    def assignments(self, actor: str) -> list[Mapping[str, Any]]:
        """The role assignments of a worker or gateway."""
        row = self.table("roleAssignments").get(actor)
        return row["assignments"] if row else []

    def table(self, name: str) -> Table:
        """The table of that name."""
        return self.store.table(name)
