"""The three operations on a setting that there is one of: read, replace, set back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingaccess import sealing
from fakes.pingaccess.answers import nothing, ok
from fakes.pingaccess.reading import Reading
from fakes.pingaccess.records import completed
from fakes.pingaccess.singletons import unset
from fakes.pingaccess.spec import PUT

if TYPE_CHECKING:
    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.spec import Entity
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
        state.store.table(KEPT).put(entity.table, {"section": unset(entity)})
    else:
        state.store.table(KEPT).delete(entity.table)
    return nothing(state)


def current(state: State, entity: Entity) -> dict[str, Any]:
    """The row of a setting, whole: what an archive of an older release lacks has its default."""
    kept = state.store.table(KEPT).get(entity.table)
    section = kept["section"] if kept is not None else None
    row = unset(entity)
    if isinstance(section, dict):
        row.update({name: value for name, value in section.items() if name in row})
    return row
