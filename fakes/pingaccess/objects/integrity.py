"""Referential integrity in both directions, derived from what the entities refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingaccess.state import COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft, Entity, Field
    from fakes.pingaccess.plugins.descriptors import Plugins
    from fakes.pingaccess.state import State
    from fakes.store import Key, Row

_KEPT = {"trustedCertificateGroups": "trustedCertificateGroupId", "keyPairs": "keyPairId"}
"""Tables that sections use which are only kept, and the member that says so (SPEC: a dozen do)."""
POLICY_TABLES = {"Rule": "rules", "RuleSet": "ruleSets"}


class Reference(NamedTuple):
    """One id in an object: the member that holds it, and what it is an id of."""

    member: str
    table: str
    key: Any


def references(entity: Entity, row: Mapping[str, Any]) -> Iterator[Reference]:
    """Every id of another object that the members of a row hold; ids that mean none are left out.

    0 means none (admin API 7.3: zero if none), but not in a list; so do null and nothing. The row
    may be of an archive, and so hold anything: what cannot be an id is passed over.
    """
    yield from _of_fields(entity.fields, row, "")
    if entity.references is not None:
        yield from (Reference(*found) for found in entity.references(row))


def plugin_references(
    plugins: Plugins, entity: Entity, row: Mapping[str, Any]
) -> Iterator[Reference]:
    """Every id that the configurations of a row's plugins hold."""
    if entity.family is not None:
        yield from _of_plugin(plugins, entity.family, row, "configuration")
    if entity.plugins is not None:
        for family, member, part in entity.plugins(row):
            yield from _of_plugin(plugins, family, part, member)


def complain_of_unknown(reading: Reading, draft: Draft) -> None:
    """A complaint for every member whose id nothing has."""
    for member, table, key in references(reading.entity, draft):
        plain = member.partition("[")[0]
        if reading.excepted(reading.behaviour.references_not_checked, plain):
            continue
        if not reading.state.exists(table, key):
            reading.complain(member, f"{key!r} does not exist")


def users(state: State, entities: Iterable[Entity], table: str, key: Key) -> list[str]:
    """What uses the object, as a refusal names it."""
    ignored = state.behaviour.usage_not_checked | state.behaviour.deletion_cascades
    entities = tuple(entities)
    settings = {entity.table for entity in entities if entity.single}
    kept = _kept_users(state, _KEPT[table], key, settings) if table in _KEPT else []
    return kept + [
        _user(entity, row)
        for entity in entities
        for row in _rows(state, entity)
        if any(through not in ignored for through in _uses(state, entity, row, table, key))
    ]


def following(
    state: State, entities: Iterable[Entity], table: str, key: Key
) -> Iterator[tuple[Entity, Row]]:
    """What uses the object and goes with it: in the documented product, nothing."""
    cascades = state.behaviour.deletion_cascades
    for entity in entities if cascades else ():
        for row in () if entity.single else _rows(state, entity):
            if not cascades.isdisjoint(_uses(state, entity, row, table, key)):
                yield entity, row


def _uses(
    state: State, entity: Entity, row: Row, table: str, key: Key
) -> Iterator[tuple[str, str]]:
    """The ways in which a row uses an object: its table, and the member that holds its id."""
    for found in _all(state, entity, row):
        if found.table == table and _same(found.key, key):
            yield table, f"{entity.table}.{found.member.partition('[')[0]}"


def _user(entity: Entity, row: Row) -> str:
    """How a refusal names what uses an object."""
    if entity.single:
        return f"the setting {entity.label}"
    return f"{entity.label} '{entity.called(row)}'"


def _rows(state: State, entity: Entity) -> Iterable[Row]:
    """The rows of a collection; of a setting its one, where it was ever set."""
    if not entity.single:
        return state.store.table(entity.table)
    kept = state.store.table("kept").get(entity.table)
    section = kept["section"] if kept is not None else None
    return (section,) if isinstance(section, dict) else ()


def _kept_users(state: State, member: str, key: Key, settings: set[str]) -> list[str]:
    """The sections that are only kept and hold that id in that member."""
    return [
        f"the section {name}"
        for name, row in state.store.table("kept").rows.items()
        if name not in settings and _mentions(row.get("section"), member, key)
    ]


def _mentions(value: Any, member: str, key: Key) -> bool:
    if isinstance(value, list):
        return any(_mentions(one, member, key) for one in value)
    if not isinstance(value, dict):
        return False
    return value.get(member) == key or any(
        _mentions(one, member, key) for one in value.values() if isinstance(one, dict | list)
    )


def _all(state: State, entity: Entity, row: Row) -> Iterator[Reference]:
    yield from references(entity, row)
    yield from plugin_references(state.plugins, entity, row)


def _of_fields(fields: tuple[Field, ...], row: Mapping[str, Any], path: str) -> Iterator[Reference]:
    for field in fields:
        value = row.get(field.name)
        if not value or (field.kind == "number" and value == "0"):
            continue
        if field.kind == "policy":
            yield from _of_policy(value, path + field.name)
        elif field.refers is not None:
            for one in _ids(value):
                if _is_id(one) and one not in field.free_ids:
                    yield Reference(path + field.name, field.refers, one)
        elif field.kind == "object" and isinstance(value, dict):
            yield from _of_fields(field.members, value, f"{path}{field.name}.")


def _of_policy(policy: Any, member: str) -> Iterator[Reference]:
    """Of a map of Web and API to policy items (admin API 7.3, PolicyItem)."""
    for area, items in policy.items() if isinstance(policy, dict) else ():
        for index, item in enumerate(items if isinstance(items, list) else ()):
            table = POLICY_TABLES.get(str(item.get("type"))) if isinstance(item, dict) else None
            if table is not None and _is_id(item.get("id")):
                yield Reference(f"{member}[{area}][{index}]", table, item.get("id"))


def _of_plugin(
    plugins: Plugins, family: str, part: Mapping[str, Any], member: str
) -> Iterator[Reference]:
    configuration = part.get("configuration")
    found = plugins.references(
        family,
        str(part.get("className")),
        configuration if isinstance(configuration, dict) else None,
    )
    for collection, key in found:
        yield Reference(member, COLLECTIONS.get(collection, collection), key)


def _ids(value: Any) -> Iterable[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return [one for one in value.values() if one]
    return (value,)


def _is_id(value: Any) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool)


def _same(left: Any, right: Key) -> bool:
    """Whether two ids are one: rules keep numbers as text (observed in the vendor's exports)."""
    return str(left) == str(right)
