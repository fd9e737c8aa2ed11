"""The three operations on a setting that there is one of: read, replace, set back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingaccess.answers import nothing, ok
from fakes.pingaccess.objects import sealing
from fakes.pingaccess.objects.later import fields_of, unset
from fakes.pingaccess.objects.reading import Reading
from fakes.pingaccess.objects.records import completed
from fakes.pingaccess.objects.spec import PUT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.spec import Entity, Field
    from fakes.pingaccess.state import State

KEPT = "kept"
"""The table of sections: a setting lies there as archives have it."""


def get(state: State, entity: Entity, _: Call) -> Response:
    """The setting as it is; where it was never set, as a new product has it."""
    return ok(state, sealing.shown(state, entity, current(state, entity), "GET"))


def update(state: State, entity: Entity, call: Call) -> Response:
    """Replace (admin API 7.3: 200 with the setting, or 422)."""
    reading = Reading(state, entity, PUT, call.json(state), old=current(state, entity))
    row = completed(reading)
    sealing.seal(state, entity, row)
    state.store.table(KEPT).put(entity.table, {"section": row})
    shown = sealing.shown(state, entity, row, PUT)
    return ok(state, shown, warnings=reading.warnings)


def reset(state: State, entity: Entity, _: Call) -> Response:
    """Set back to what a new product has (admin API 7.3: resets to default)."""
    if entity.exported:
        state.store.table(KEPT).put(
            entity.table, {"section": unset(entity, state.behaviour.more_members)}
        )
    else:
        state.store.table(KEPT).delete(entity.table)
    return nothing(state)


def current(state: State, entity: Entity) -> dict[str, Any]:
    """The row of a setting, whole: what an archive lacks, or has in another type, is as unset."""
    kept = state.store.table(KEPT).get(entity.table)
    section = kept["section"] if kept is not None else None
    more = state.behaviour.more_members
    row = unset(entity, more)
    if isinstance(section, dict):
        for field in fields_of(entity, more):
            if field.name in section and _is_of(field, section[field.name]):
                row[field.name] = section[field.name]
    return row


def _is_of(field: Field, value: Any) -> bool:
    """Whether a value of an archive has the type of the member; none at all is of every type."""
    if value is None or field.kind not in _TYPES:
        return True
    return isinstance(value, _TYPES[field.kind]) and (
        field.kind == "flag" or not isinstance(value, bool)
    )


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "text": str,
    "flag": bool,
    "number": int,
    "long": int,
    "texts": (list, tuple),
    "numbers": (list, tuple),
    "objects": (list, tuple),
    "object": dict,
    "json": dict,
    "hidden": dict,
}
