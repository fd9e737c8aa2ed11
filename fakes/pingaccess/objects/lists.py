"""Lists: found, filtered, sorted, and cut into pages (admin API 7.3, query parameters)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.objects.spec import member_of
from fakes.pingaccess.problems import wrongly_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from fakes.pingaccess.behaviour import Behaviour
    from fakes.pingaccess.objects.spec import Entity, Finder
    from fakes.pingaccess.problems import Form
    from fakes.pingaccess.state import State
    from fakes.store import Name, Row

    Shown = Mapping[str, Any]


def listed(
    state: State, entity: Entity, rows: Sequence[Row], shown: Sequence[Shown], query: dict[str, str]
) -> list[Shown]:
    """The items that the query asks for, in its order; Refusal where it asks wrongly.

    `shown` is what is read of `rows`, one for one.
    """
    behaviour = state.behaviour
    query = {
        name: value
        for name, value in query.items()
        if (entity.table, name) not in behaviour.parameters_ignored
    }
    form: Form = {}
    if entity.table in behaviour.pages_before_finding:
        shown = _page(list(shown), query, form, behaviour)
        rows = _page(list(rows), query, form, behaviour)
    kept = _found(state, entity, rows, shown, query, form)
    kept = _named(entity, kept, query, behaviour)
    kept = _sorted(entity, kept, query, form, behaviour)
    if entity.paged:
        kept = _page(kept, query, form, behaviour)
    if form:
        raise wrongly_asked(form, behaviour)
    longest = dict(behaviour.list_longest).get(entity.table)
    return kept if longest is None else kept[:longest]


def candidates(
    state: State, entity: Entity, query: dict[str, str]
) -> tuple[Sequence[Row], dict[str, str]]:
    """The rows that can be in the list, and what of the query is still to be looked at.

    A name is looked up and a page cut out, so that neither takes longer in a large collection.
    """
    table, behaviour = state.store.table(entity.table), state.behaviour
    step = -1 if state.newest_first else 1
    if entity.table in behaviour.pages_before_finding or behaviour.parameters_ignored:
        return list(table)[::step], query
    if entity.paged and query.keys() <= _PAGING:
        form: Form = {}
        start, stop = _window(len(table), query, form, behaviour)
        if form:
            return list(table), query
        if state.newest_first:
            start, stop = max(0, len(table) - stop), max(0, len(table) - start)
        return table.part(start, stop)[::step], {}
    if entity.find in query and not behaviour.find_folds and not behaviour.find_starts:
        members = entity.named
        if len(members) == 1:
            return table.named(name_by(members, False), query[entity.find]), query
    return list(table)[::step], query


@lru_cache(maxsize=256)
def name_by(members: tuple[str, ...], fold: bool) -> Name:
    """What rows are called by: the values of the members; None where one is missing."""
    if len(members) == 1:
        return lambda row: _comparable(member_of(row, members[0]), fold)

    def name(row: Row) -> Hashable:
        values = tuple(_comparable(member_of(row, member), fold) for member in members)
        return None if None in values else values

    return name


def _comparable(value: Any, fold: bool) -> Hashable:
    if isinstance(value, str):
        return value.lower() if fold else value
    if isinstance(value, dict):
        return tuple((name, _comparable(one, fold)) for name, one in sorted(value.items()))
    if isinstance(value, list | tuple):
        return tuple(_comparable(one, fold) for one in value)
    return value  # type: ignore[no-any-return]


_PAGING = frozenset({"page", "numberPerPage"})


def _found(  # noqa: PLR0913, PLR0917 - two views of the rows, and where to complain
    state: State,
    entity: Entity,
    rows: Sequence[Row],
    shown: Sequence[Shown],
    query: dict[str, str],
    form: Form,
) -> list[Shown]:
    wanted = [
        (finder, _wanted(finder, query[finder.parameter], form, state.behaviour))
        for finder in entity.finders
        if query.get(finder.parameter)
    ]
    if not wanted:
        return list(shown)
    return [
        item
        for row, item in zip(rows, shown, strict=True)
        for _ in range(min(_times(state, finder, row, key) for finder, key in wanted))
    ]


def _wanted(finder: Finder, text: str, form: Form, behaviour: Behaviour) -> Any:
    """The id that is looked for; sideband clients have text, all others numbers."""
    if finder.textual:
        return text
    number = _number(text)
    if number is None and behaviour.numbers_refused:
        form.setdefault(finder.parameter, []).append("must be a whole number")
    return number


def _times(state: State, finder: Finder, row: Row, key: Any) -> int:
    """How often the row is found: once, however many of its resources are."""
    behaviour = state.behaviour
    own = key in _held(finder, row) or _inherits(state, finder, row, key)
    if finder.children is None or finder.parameter in behaviour.finders_without_resources:
        return int(own)
    if own and finder.parameter not in behaviour.finders_repeat:
        return 1
    through: int = sum(
        child.get("applicationId") == row.get("id") and key in _held(finder, child)
        for child in state.store.table(finder.children)
    )
    return int(own) + through if finder.parameter in behaviour.finders_repeat else min(1, through)


def _inherits(state: State, finder: Finder, row: Row, key: Any) -> bool:
    if finder.parameter not in state.behaviour.finders_inherit or "applicationId" not in row:
        return False
    application = state.store.table("applications").get(row["applicationId"])
    return application is not None and key in _held(finder, application)


def _held(finder: Finder, row: Row) -> list[Any]:
    value = row.get(finder.field)
    if finder.kind == "ids":
        return list(value) if isinstance(value, list) else []
    if finder.kind == "policy":
        return [
            item.get("id")
            for items in (value or {}).values()
            for item in items
            if item.get("type") == finder.item
        ]
    return [value]


def _named(
    entity: Entity, items: list[Shown], query: dict[str, str], behaviour: Behaviour
) -> list[Shown]:
    """Those whose name is the one asked for, or holds the text of filter."""
    for parameter, members in ((entity.find, entity.named), *entity.searches):
        exact = query.get(parameter)
        if exact is not None:
            items = [item for item in items if exact_match(members, item, exact, behaviour)]
    part = query.get("filter")
    if not part or not (entity.paged and entity.named):
        return items
    part = part.lower() if behaviour.filter_folds else part
    place = _PLACES[behaviour.filter_place]
    return [item for item in items if place(_name(entity, item, behaviour.filter_folds), part)]


def exact_match(members: tuple[str, ...], item: Shown, text: str, behaviour: Behaviour) -> bool:
    """Whether the item has that name; of a host and a port, either will do (SPEC virtualHost)."""
    parts = [str(member_of(item, member)) for member in members]
    names = {":".join(parts), *(parts if behaviour.find_parts else ())}
    if behaviour.find_starts:
        return any(name.startswith(text) for name in names)
    if behaviour.find_folds:
        return text.lower() in {name.lower() for name in names}
    return text in names


def _name(entity: Entity, item: Shown, fold: bool) -> str:
    name = ":".join(str(member_of(item, member) or "") for member in entity.named)
    return name.lower() if fold else name


_PLACES: Mapping[str, Callable[[str, str], bool]] = {
    "anywhere": lambda name, part: part in name,
    "start": str.startswith,
    "whole": str.__eq__,
}


def _sorted(
    entity: Entity, items: list[Shown], query: dict[str, str], form: Form, behaviour: Behaviour
) -> list[Shown]:
    """By each key in turn, the first weighing most; without a key in the order of creation."""
    keys = [key.strip() for key in query.get("sortKey", "").split(",") if key.strip()]
    order = query.get("order") or "ASC"
    known = entity.sortable() if behaviour.sort_sortable_only else None
    for key in keys:
        if known is not None and key not in known:
            form.setdefault("sortKey", []).append(f"{key!r} is not sortable")
    if order.upper() not in {"ASC", "DESC"}:
        form.setdefault("order", []).append("must be ASC or DESC")
    if form or not keys:
        return items
    backwards = order.upper() in behaviour.sort_descending
    for key in reversed(keys[: behaviour.sort_keys]):
        ranked = [(_rank(item.get(key), behaviour), item) for item in items]
        ranked.sort(key=_first, reverse=backwards)
        items = [item for _, item in ranked]
    return items


def _first(ranked: tuple[Any, Shown]) -> Any:
    return ranked[0]


def _rank(value: Any, behaviour: Behaviour) -> tuple[int, Any]:
    """Numbers and booleans, then text; nothing stands where the behaviour wants it."""
    if value is None:
        return _NOTHING[behaviour.sort_nothing], 0
    if isinstance(value, bool | int | float):
        return 1, value
    text = str(value)
    return 2, text.lower() if behaviour.sort_folds else text


_NOTHING: Mapping[str, int] = {"first": 0, "last": 3}


def _page(
    items: list[Shown], query: dict[str, str], form: Form, behaviour: Behaviour
) -> list[Shown]:
    start, stop = _window(len(items), query, form, behaviour)
    return items[start:stop]


def _window(total: int, query: dict[str, str], form: Form, behaviour: Behaviour) -> tuple[int, int]:
    """Where a page begins and ends; without a size the first holds all, and nothing follows it.

    That it holds all is assumed (see the behaviour). Whoever reads on until a page is empty ends.
    """
    page = _count("page", query, form, behaviour)
    size = _count("numberPerPage", query, form, behaviour) or behaviour.page_size
    if form:
        return 0, total
    if size is None:
        size = max(1, total)
    if behaviour.page_longest is not None:
        size = min(size, behaviour.page_longest)
    start = max(0, behaviour.page_offset(1 if page is None else page, size))
    return start, start + size


def _number(text: str) -> int | None:
    """The number that a parameter is; None where it is none (admin API 7.3: int32)."""
    if not (text.isascii() and text.removeprefix("-").isdecimal() and len(text) < 12):
        return None
    return int(text)


def _count(name: str, query: dict[str, str], form: Form, behaviour: Behaviour) -> int | None:
    text = query.get(name)
    if not text:
        return None
    number = _number(text)
    if number is not None and number >= 1:
        return number
    if behaviour.numbers_refused:
        form.setdefault(name, []).append("must be a whole number, 1 or more")
    return None
