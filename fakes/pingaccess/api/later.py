"""What the document of one release has otherwise than that of 7.3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingaccess.api.names import nouns, part
from fakes.pingaccess.entities import ENTITIES
from fakes.pingaccess.objects.later import MEMBERS
from fakes.pingaccess.providers.token_providers import ADVANCED_IDENTITY_CLOUD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fakes.pingaccess.behaviour import Behaviour
    from fakes.pingaccess.objects.spec import Entity, Field

    Schemas = dict[str, Any]
    Put = Callable[[Schemas, str, tuple[Field, ...], Schemas], None]

_ENTITIES: Mapping[str, Entity] = {
    entity.table: entity for entity in (*ENTITIES, ADVANCED_IDENTITY_CLOUD)
}


def settings(behaviour: Behaviour) -> Iterator[Entity]:
    """The settings that this release has beside those of 7.3."""
    if ADVANCED_IDENTITY_CLOUD.path in behaviour.more_settings:
        yield ADVANCED_IDENTITY_CLOUD


def grown(schemas: Mapping[str, Any], behaviour: Behaviour, put: Put) -> Schemas:
    """The schemas, with the members and the values that this release has beside those of 7.3.

    `put` writes the schema of an object, and those of its parts.
    """
    found = dict(schemas)
    for entity in settings(behaviour):
        put(found, _name(entity), entity.fields, {})
    for place in sorted(behaviour.more_members):
        owner = _name(_ENTITIES[place.partition(".")[0]])
        if owner in found:
            found[owner] = _with_member(found, owner, MEMBERS[place], put)
    for place, value in sorted(behaviour.more_choices):
        table, _, member = place.partition(".")
        if table in _ENTITIES:
            name = part(_name(_ENTITIES[table]), member)
            found[name] = {**found[name], "enum": sorted({*found[name]["enum"], value})}
    return found


def _with_member(found: Schemas, owner: str, field: Field, put: Put) -> Schemas:
    alone: Schemas = {}
    put(alone, owner, (field,), {})
    more = alone.pop(owner)["properties"]
    for name, schema in alone.items():
        found.setdefault(name, schema)
    return {**found[owner], "properties": {**found[owner]["properties"], **more}}


def _name(entity: Entity) -> str:
    return nouns(entity.table, entity.label)[2]
