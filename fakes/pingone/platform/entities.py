"""Kinds of object of an environment as data, and the five operations on any of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, forbidden
from fakes.pingone.platform.lists import Listing, answered
from fakes.pingone.routing import ENV, Route

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

    Members = Callable[[Tenant, Call, Draft, Row | None], dict[str, Any]]
    Happening = Callable[[Tenant, Call, Row], None]


@dataclass(frozen=True)
class Entity:
    """One kind of object.

    `table` is its collection's name, in paths too; `members` reads a body, with every complaint;
    `links` are sub-resources; `own` are members that a PUT neither sends nor takes away;
    `population` gives the one that an object is of, where roles can be limited to some;
    `guard` complains of what may not be deleted; `made`, `saved` and `gone` do what follows.
    """

    table: str
    members: Members
    links: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    population: Callable[[Row], str | None] | None = None
    seen: Callable[[Tenant, Row], Row] | None = None
    guard: Callable[[Tenant, Row, Complaints], None] | None = None
    made: Happening | None = None
    saved: Happening | None = None
    gone: Happening | None = None
    types: tuple[str, ...] = ()
    patched: bool = False

    def routes(self) -> dict[str, dict[str, Route]]:
        """The collection and its items."""
        return {
            f"{ENV}/{self.table}": {
                "GET": Route(partial(get_all, self)),
                "POST": Route(partial(add, self), body=True, types=self.types),
            },
            f"{ENV}/{self.table}/{{}}": {
                "GET": Route(partial(get, self)),
                "PUT": Route(partial(update, self), body=True),
                **({"PATCH": Route(partial(patch, self), body=True)} if self.patched else {}),
                "DELETE": Route(partial(delete, self)),
            },
        }


def get_all(entity: Entity, tenant: Tenant, call: Call) -> Answer:
    """The environment's objects, as far as the actor's roles reach."""
    rows = tenant.rows(entity.table, call.environment_id)
    population = entity.population
    if call.within is not None and population is not None:
        rows = [row for row in rows if population(row) in call.within]
    seen = None if entity.seen is None else partial(entity.seen, tenant)
    path = ("environments", call.environment_id, entity.table)
    show = partial(shown, entity, tenant, "list")
    return answered(tenant, call, Listing(entity.table, rows, show, path, seen))


def add(entity: Entity, tenant: Tenant, call: Call) -> Answer:
    """A new object (201)."""
    now, drafted = tenant.now(), read(entity, tenant, call, None)
    given = {"id": tenant.new_id(), "environment": {"id": call.environment_id}}
    row = {**given, **drafted, "createdAt": now, "updatedAt": now}
    if call.within is not None and (
        entity.population is None or _outside(entity, call, {**row, "id": ""})
    ):
        raise forbidden(tenant.behaviour, tenant.behaviour.out_of_scope_status)
    saved = tenant.save(entity.table, row)
    for follows in (entity.made, entity.saved):
        if follows is not None:
            follows(tenant, call, saved)
    return tenant.created(entity.table, shown(entity, tenant, "create", saved))


def get(entity: Entity, tenant: Tenant, call: Call) -> Answer:
    """One object."""
    return Answer(200, shown(entity, tenant, "read", found(entity, tenant, call)))


def update(entity: Entity, tenant: Tenant, call: Call) -> Answer:
    """The object, replaced."""
    return replaced(entity, tenant, call, call.body)


def patch(entity: Entity, tenant: Tenant, call: Call) -> Answer:
    """The object with some members replaced; null takes one away (HTTP methods page)."""
    old = found(entity, tenant, call)
    kept = old if tenant.behaviour.patch_keeps else {}
    return replaced(entity, tenant, call, {**kept, **call.body}, patched=True)


def replaced(
    entity: Entity, tenant: Tenant, call: Call, body: dict[str, Any], *, patched: bool = False
) -> Answer:
    """The object with the body's members."""
    old = found(entity, tenant, call)
    drafted = read(entity, tenant, call._replace(body=body), old)
    names = ("id", "environment", "createdAt", *entity.own)
    whole = patched or entity.table in tenant.behaviour.update_replaces
    kept = {name: old[name] for name in names if name in old} if whole else dict(old)
    row = {**kept, **drafted, "updatedAt": tenant.now()}
    if _outside(entity, call, row):
        raise forbidden(tenant.behaviour, tenant.behaviour.out_of_scope_status)
    saved = tenant.save(entity.table, row, old)
    if entity.saved is not None:
        entity.saved(tenant, call, saved)
    return Answer(200, shown(entity, tenant, "update", saved))


def delete(entity: Entity, tenant: Tenant, call: Call) -> Answer:
    """204: the object is gone, and what was its own."""
    row = found(entity, tenant, call)
    if entity.guard is not None:
        complaints = Complaints(tenant.behaviour)
        entity.guard(tenant, row, complaints)
        complaints.settle(tenant.behaviour.deleting_population_status)
    answer = tenant.forget(entity.table, row["id"])
    if entity.gone is not None and row["id"] not in tenant.table(entity.table):
        entity.gone(tenant, call, row)
    return answer


def found(entity: Entity, tenant: Tenant, call: Call) -> Row:
    """The object of the path; the refusal of one that is not there, or out of reach."""
    row = tenant.row(entity.table, call.ids[1], call.environment_id)
    if _outside(entity, call, row):
        raise forbidden(tenant.behaviour, tenant.behaviour.out_of_scope_status)
    return row


def read(entity: Entity, tenant: Tenant, call: Call, old: Row | None) -> dict[str, Any]:
    """What a body says; raises the refusal with every complaint."""
    complaints = Complaints(tenant.behaviour)
    row = entity.members(tenant, call, Draft(call.body, complaints), old)
    complaints.settle()
    return {name: value for name, value in row.items() if value is not None}


def shown(entity: Entity, tenant: Tenant, act: str, row: Row) -> dict[str, Any]:
    """The object as the answer to an act shows it."""
    links = tenant.links(row["environment"]["id"], entity.table, row["id"], more=entity.links)
    return tenant.told(entity.table, act, {"_links": links, **row})


def check_name(tenant: Tenant, call: Call, draft: Draft, table: str, row: dict[str, Any]) -> None:
    """A complaint where another object of the kind has the name (and is of the same population)."""
    within = dict(tenant.behaviour.name_unique_in).get(table)
    if within is None or row["name"] is None:
        return
    for other in tenant.rows(table, call.environment_id):
        same = within == "environment" or other.get(within) == row.get(within)
        if other["name"] == row["name"] and other["id"] not in call.ids[1:] and same:
            draft.complain("UNIQUENESS_VIOLATION", "name", "must be unique", existingId=other["id"])


def _outside(entity: Entity, call: Call, row: Row) -> bool:
    if call.within is None or entity.population is None:
        return False
    return entity.population(row) not in call.within
