"""What an entity of the admin API is, as data: routing, validation, lists and integrity read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.state import State
    from fakes.store import Row

Kind = Literal[
    "text", "date", "flag", "number", "long", "texts", "numbers", "hidden", "object", "objects",
    "ids", "policy", "json",
]  # fmt: skip
Draft: TypeAlias = dict[str, Any]

POST, PUT = "POST", "PUT"
ALL_VERBS = frozenset({"LIST", "POST", "GET", "PUT", "DELETE"})


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One member of an entity.

    `kind`: `number` is an int32, `long` an int64 (both admin API 7.3), `ids` a map of Web and API
    to an id, `policy` one of Web and API to a list of rules, `json` any object. `refers`: the table
    that the ids are of. `also`: the product's second sentence where a required member is missing;
    of a number, its only one. `longest`: characters of a text.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    default: Any = None
    sortable: bool = False
    refers: str | None = None
    free_ids: frozenset[int] = frozenset()
    choices: frozenset[str] = frozenset()
    low: int | None = None
    high: int | None = None
    longest: int | None = None
    read_only: bool = False
    filled: bool = False
    members: tuple[Field, ...] = ()
    also: str | None = None


@dataclass(frozen=True, slots=True)
class Finder:
    """A query parameter that keeps the rows in which it is found.

    `field` is the member that is looked at; for `policy`, `kind` says which of its items count.
    `children`: rows of that table that name this one as `applicationId` count for it. `textual`:
    the ids are text.
    """

    parameter: str
    field: str
    kind: Literal["id", "ids", "policy"] = "id"
    item: str = ""
    children: str | None = None
    textual: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of one entity that its fields cannot say; it complains to the reading.

    `name` is what a behaviour calls it by.
    """

    name: str
    run: Callable[[Reading, Draft], None]


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """One kind of object: where it is stored, where it is found, what it holds.

    `label` is how a sentence calls it. `single`: there is one, which is read, replaced and set back
    to what a new product has; its row lies in its archive section, which every export has where it
    is `exported`. `owner`: the member that holds what the path says, the id of the object that a
    row belongs to, and the table of that. `key`: the type of its ids, `lowest` the first that an
    object can have. `named`: the members that make its name (`a.b` for a nested one): `find` is the
    exact parameter and `filter` looks into it; `searches` are other exact parameters. `paged`: its
    list has pages and a filter. `unique`: groups of members that no two rows share; `folded`:
    whatever their case. `sorts`: the sortable members where what is read differs from what is sent.
    `family`: of plugins; className and configuration are then held against its descriptors. The
    functions are what data cannot say: `checks` complain, `reach` goes outside after everything
    else is in order, `imported` is what an import looks at instead, `finish` derives members before
    the row is stored, `guard` says why it cannot be deleted, `stored` and `gone` follow up, `show`
    makes what is read of a row. `references` gives (member, table, id) of ids that no field
    declares, `plugins` (family, member, part) of plugins inside.
    """

    table: str
    label: str
    path: str
    fields: tuple[Field, ...]
    key: Literal["number", "uuid"] = "number"
    verbs: frozenset[str] = ALL_VERBS
    find: str = "name"
    named: tuple[str, ...] = ("name",)
    searches: tuple[tuple[str, tuple[str, ...]], ...] = ()
    paged: bool = True
    lowest: int = 1
    unique: tuple[tuple[str, ...], ...] = (("name",),)
    folded: bool = False
    sorts: frozenset[str] = frozenset()
    finders: tuple[Finder, ...] = ()
    family: str | None = None
    locked: str | None = None
    single: bool = False
    exported: bool = False
    owner: tuple[str, str] | None = None
    checks: tuple[Check, ...] = ()
    reach: Callable[[Reading, Draft], None] | None = None
    imported: Callable[[Reading, Draft], None] | None = None
    finish: Callable[[Reading, Draft], None] | None = None
    stored: Callable[[State, Row, Row | None], None] | None = None
    guard: Callable[[State, Row], str | None] | None = None
    gone: Callable[[State, Row], None] | None = None
    show: Callable[[State, Row], Mapping[str, Any]] | None = None
    references: Callable[[Mapping[str, Any]], Iterable[tuple[str, str, Any]]] | None = None
    plugins: Callable[[Mapping[str, Any]], Iterable[tuple[str, str, Mapping[str, Any]]]] | None = (
        None
    )

    def called(self, row: Mapping[str, Any]) -> Any:
        """How a sentence calls one row: by the first member of its name, or by its id."""
        return (self.named and member_of(row, self.named[0])) or row.get("id")

    def sortable(self) -> frozenset[str]:
        """The members by which a list may be sorted: those the specification marks so."""
        return self.sorts or frozenset(field.name for field in self.fields if field.sortable)


def member_of(row: Mapping[str, Any], path: str) -> Any:
    """The member at a path of names with dots between them; None where there is none."""
    if "." not in path:
        return row.get(path)
    value: Any = row
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def named(**more: Any) -> Field:
    """The name that nearly every entity has."""
    return Field("name", required=True, sortable=True, **more)


def described() -> Field:
    """The description that some entities have."""
    return Field("description", sortable=True)


def plugin() -> tuple[Field, ...]:
    """The members of every entity that a plugin stands behind."""
    return (
        Field("className", required=True, sortable=True),
        named(),
        Field("configuration", "json"),
    )


def plugin_part() -> tuple[Field, ...]:
    """The members of a plugin inside another object."""
    return (Field("className", required=True), Field("configuration", "json"))
