"""The five operations on any entity: list, add, get, update, delete."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.answers import nothing, ok
from fakes.pingaccess.objects import sealing
from fakes.pingaccess.objects.integrity import (
    complain_of_unknown,
    following,
    plugin_references,
    references,
    users,
)
from fakes.pingaccess.objects.lists import candidates, listed, name_by
from fakes.pingaccess.objects.reading import Reading, whole
from fakes.pingaccess.objects.spec import POST, PUT
from fakes.pingaccess.problems import id_taken, in_use, locked, not_found, not_possible, save_failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.spec import Draft, Entity
    from fakes.pingaccess.state import State
    from fakes.store import Key, Row

_BODIES = 4096
"""Answers that are kept beside their rows, at most."""
_TEXT_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)


def get_all(
    state: State, entity: Entity, call: Call, rows: Sequence[Row] | None = None
) -> Response:
    """The items that the query asks for, in their wrapper (admin API 7.3: items, no total)."""
    query = call.request.query_values()
    if rows is None:
        rows, query = candidates(state, entity, query)
    elif state.newest_first:
        rows = rows[::-1]
    shown = [sealing.shown(state, entity, row, "GET") for row in rows]
    items = listed(state, entity, rows, shown, query)
    if state.behaviour.not_listed:
        items = [_without(entity, item, state.behaviour.not_listed) for item in items]
    if entity.table in state.behaviour.lists_unwrapped:
        return ok(state, items)
    return ok(state, {"items": items})


def get(state: State, entity: Entity, call: Call) -> Response:
    """One object; its answer is kept beside the row for as long as both stand."""
    row = found(state, entity, call.ids[-1])
    return answer_of(state, entity, row)


def answer_of(state: State, entity: Entity, row: Row) -> Response:
    """The row as a read shows it."""
    if entity.show is not None:
        return ok(state, sealing.shown(state, entity, row, "GET"))
    kept = state.bodies.get((entity.table, row["id"]))
    if kept is not None and kept[0] is row and kept[1].headers is state.json_headers():
        return kept[1]
    answer = ok(state, sealing.shown(state, entity, row, "GET"))
    if len(state.bodies) >= _BODIES:
        state.bodies.clear()
    state.bodies[entity.table, row["id"]] = (row, answer)
    return answer


def add(state: State, entity: Entity, call: Call, parent: Key | None = None) -> Response:
    """Create (admin API 7.3: 200 with the entity, or 422; the client may choose a free id)."""
    reading = Reading(state, entity, POST, call.json(state), parent=parent)
    reading.key = _chosen(reading)
    row = saved(reading, completed(reading))
    return answered(reading, row)


def update(state: State, entity: Entity, call: Call, parent: Key | None = None) -> Response:
    """Replace (admin API 7.3: the path decides which; 200 with the entity, or 422)."""
    if state.behaviour.put_makes and _find(state, entity, call.ids[-1]) is None:
        return add(state, entity, call, parent)
    old = found(state, entity, call.ids[-1])
    body = call.json(state)
    if _is_locked(state, entity, old, PUT):
        raise locked(entity.label, entity.called(old), state.behaviour)
    reading = Reading(state, entity, PUT, body, key=old["id"], old=old, parent=parent)
    if entity.table in state.behaviour.put_takes_body_id:
        reading.key = body.get("id") or old["id"]
    row = saved(reading, completed(reading))
    if entity.table in state.behaviour.answers_old:
        row = old
    return answered(reading, row)


def delete(state: State, entity: Entity, call: Call, entities: Iterable[Entity]) -> Response:
    """Delete; Refusal where others need the object, or where the product owns it."""
    behaviour = state.behaviour
    row = _find(state, entity, call.ids[-1])
    if row is None:
        if behaviour.delete_ignores_missing:
            return nothing(state)
        raise not_found(entity.label, call.ids[-1], behaviour)
    name = entity.called(row)
    if _is_locked(state, entity, row, "DELETE"):
        raise locked(entity.label, name, behaviour)
    if entity.guard is not None and (why := entity.guard(state, row)):
        raise not_possible(why, behaviour)
    if using := users(state, entities, entity.table, row["id"]):
        raise in_use(entity.label, name, using, behaviour)
    answer = nothing(state)
    if entity.table in behaviour.delete_shows:
        answer = ok(
            state,
            sealing.shown(state, entity, row, "DELETE"),
            status=behaviour.deleted_status,
        )
    if entity.table not in behaviour.not_deleted:
        _remove(state, entity, row, tuple(entities))
    return answer


def _remove(state: State, entity: Entity, row: Row, entities: Sequence[Entity]) -> None:
    """The row is gone, and what goes with it."""
    followers = list(following(state, entities, entity.table, row["id"]))
    state.store.table(entity.table).delete(row["id"])
    state.bodies.pop((entity.table, row["id"]), None)
    if entity.gone is not None:
        entity.gone(state, row)
    for other, one in followers:
        _remove(state, other, one, entities)


def found(state: State, entity: Entity, text: str) -> Row:
    """The row of that id; Refusal where there is none."""
    row = _find(state, entity, text)
    if row is None:
        raise not_found(entity.label, text, state.behaviour)
    return row


def completed(reading: Reading) -> Draft:
    """The draft, with every rule held against it; Refusal with all complaints at once.

    What the network says comes last, and is asked only where everything else is in order.
    """
    draft = reading.draft()
    if reading.parent is not None and reading.entity.owner is not None:
        member, _ = reading.entity.owner
        moved = reading.behaviour.resource_moves and reading.body.get(member)
        draft[member] = moved or reading.parent
    complain_of_unknown(reading, draft)
    hold_against_rules(reading, draft)
    reach = reading.entity.reach
    if reach is not None and not (reading.form and reading.behaviour.connection_local_first):
        reach(reading, draft)
    if reading.form:
        _keep_refused(reading, draft)
        raise save_failed(reading.form, reading.behaviour)
    return draft


def hold_against_rules(reading: Reading, draft: Draft) -> None:
    """A complaint for every rule that the draft breaks: names, plugins, and the entity's own."""
    complain_of_taken(reading, draft)
    _hold_against_plugin(reading, draft)
    for check in reading.entity.checks:
        if (check.name, reading.verb) not in reading.behaviour.rules_not_checked:
            check.run(reading, draft)


def saved(reading: Reading, draft: Draft) -> Row:
    """The draft as a stored row, its secrets sealed."""
    state, entity = reading.state, reading.entity
    key = _fresh(state, entity) if reading.key is None else reading.key
    row = {"id": key, **draft}
    sealing.seal(state, entity, row)
    if entity.finish is not None:
        entity.finish(reading, row)
    row = state.ordered(row)
    if (entity.table, reading.verb) not in reading.behaviour.not_stored_when_saved:
        state.store.table(entity.table).put(key, row)
        if isinstance(key, int):
            state.note_number(entity.table, key)
        if entity.stored is not None:
            entity.stored(state, row, reading.old)
            row = dict(state.store.table(entity.table).get(key) or row)
    return row


def answered(reading: Reading, row: Row) -> Response:
    """What a save answers: the stored object, with defaults and without sealing."""
    state, behaviour, verb = reading.state, reading.behaviour, reading.verb
    shown = sealing.shown(state, reading.entity, row, verb)
    if behaviour.not_echoed:
        shown = {name: value for name, value in shown.items() if not _unsaid(reading, name)}
    if reading.entity.table in behaviour.ids_as_text:
        shown = {**shown, "id": str(shown["id"])}
    status = behaviour.created_status if verb == POST else 200
    warnings = [] if verb in behaviour.warnings_lost_on else reading.warnings
    return ok(state, shown, status=status, warnings=warnings, more=_leaked(reading, row))


def _leaked(reading: Reading, row: Row) -> tuple[tuple[str, str], ...]:
    """Headers in which the behaviour repeats secrets: in the documented product, none."""
    state, behaviour, entity = reading.state, reading.behaviour, reading.entity
    texts: list[str] = []
    if behaviour.hidden_header is not None:
        texts += sealing.texts(state, entity, row)
    if entity.table in behaviour.hidden_header_through:
        for found in (*references(entity, row), *plugin_references(state.plugins, entity, row)):
            texts += sealing.texts_of(state.store.table(found.table).get(found.key), state)
    name = behaviour.hidden_header or "X-Debug"
    return tuple((name, text) for text in texts[:1] if text.isascii() and text.isprintable())


def complain_of_taken(reading: Reading, draft: Draft) -> None:
    """A complaint for every name that another object has."""
    entity = reading.entity
    fold = entity.folded or reading.behaviour.unique_folds
    for group in entity.unique:
        called = name_by(group, fold)
        mine = called(draft)
        if mine is None or reading.excepted(reading.behaviour.unique_not_checked, group[0]):
            continue
        taken = reading.state.store.table(entity.table).named(called, mine)
        if any(row["id"] != reading.key for row in taken):
            reading.complain(group[0], "must be unique: another has it already")


def _hold_against_plugin(reading: Reading, draft: Draft) -> None:
    """Class name and configuration, held against the descriptors of the family."""
    family = reading.entity.family
    if family is None or (reading.entity.table, reading.verb) in (
        reading.behaviour.plugins_not_checked
    ):
        return
    reading.hold_against_plugin(family, draft)


def _keep_refused(reading: Reading, draft: Draft) -> None:
    """What the behaviour stores in spite of a refusal: in the documented product, nothing."""
    what = {
        part
        for table, verb, part in reading.behaviour.stored_when_refused
        if (table, verb) == (reading.entity.table, reading.verb)
    }
    if "all" in what:
        saved(reading, draft)
    elif "hidden" in what and reading.old is not None:
        names = sealing.hidden_members(reading.entity)
        kept = {name: value for name, value in draft.items() if name in names and value}
        row = {**reading.old, **kept}
        sealing.seal(reading.state, reading.entity, row)
        reading.state.store.table(reading.entity.table).put(row["id"], row)


def _chosen(reading: Reading) -> Key | None:
    """The id that the client chose; None where it chose none (0 is none: observed in PCB)."""
    entity, behaviour = reading.entity, reading.behaviour
    sent = reading.body.get("id")
    nothing_chosen = not sent or sent == "0"
    if behaviour.zero_is_an_id and sent == 0:
        reading.complain("id", "cannot be an id")
    if nothing_chosen or entity.table in behaviour.post_ignores_id:
        return None
    key = _key_of(reading, sent)
    if key is None:
        reading.complain("id", "cannot be an id")
        return None
    taken = key in reading.state.store.table(entity.table)
    if taken and entity.table not in behaviour.post_replaces:
        raise id_taken(entity.label, key, behaviour)
    return key


def _key_of(reading: Reading, sent: Any) -> Key | None:
    if reading.entity.key == "uuid":
        return sent if isinstance(sent, str) and _TEXT_ID.fullmatch(sent) else None
    number = whole(sent, reading.behaviour)
    lowest = reading.entity.lowest
    return number if number is not None and number >= lowest else None


def _fresh(state: State, entity: Entity) -> Key:
    if entity.key == "uuid" and entity.table not in state.behaviour.numbers_for_ids:
        return state.ids.uuid()
    return state.next_number(entity.table, entity.lowest)


def _find(state: State, entity: Entity, text: str) -> Row | None:
    if entity.key == "uuid" and entity.table not in state.behaviour.numbers_for_ids:
        return state.store.table(entity.table).get(text)
    if not (text.isascii() and text.isdecimal() and len(text) < 11):
        return None
    return state.store.table(entity.table).get(int(text))


def _is_locked(state: State, entity: Entity, row: Row, verb: str) -> bool:
    if entity.locked is None or (entity.table, verb) in state.behaviour.locked_not_checked:
        return False
    return bool(row.get(entity.locked))


def _without(entity: Entity, item: Mapping[str, Any], members: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if f"{entity.table}.{name}" not in members}


def _unsaid(reading: Reading, name: str) -> bool:
    return reading.excepted(reading.behaviour.not_echoed, name)
