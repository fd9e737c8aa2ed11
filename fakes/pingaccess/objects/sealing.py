"""Hidden members of rows: sealed before they are stored, never shown in the clear."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.pingaccess.objects.spec import Entity, Field
    from fakes.pingaccess.state import State
    from fakes.store import Row

    Change = Callable[[Mapping[str, Any]], dict[str, Any]]


def seal(state: State, entity: Entity, row: dict[str, Any]) -> None:
    """Every secret of the row that came in the clear becomes its ciphertext."""
    _change(state, entity, row, lambda hidden: _sealed(state, hidden))


def shown(state: State, entity: Entity, row: Row, verb: str) -> Mapping[str, Any]:
    """The row as the answer to `verb` shows it (admin API 7.3: encryptedValue only)."""
    item = row if entity.show is None else entity.show(state, row)
    behaviour = state.behaviour
    clear = (entity.table, verb) in behaviour.hidden_shown
    if not clear and behaviour.hidden_encrypted_shown:
        return item
    changed = dict(item)

    def change(hidden: Mapping[str, Any]) -> dict[str, Any]:
        sealed = hidden.get("encryptedValue")
        both = {"encryptedValue": sealed} if behaviour.hidden_encrypted_shown else {}
        return {**both, "value": state.hidden.open(sealed)} if clear else both

    _change(state, entity, changed, change)
    return changed


def texts(state: State, entity: Entity, row: Row) -> list[str]:
    """The secrets of the row, in the clear; those of another host are left out."""
    found: list[str] = []

    def note(hidden: Mapping[str, Any]) -> dict[str, Any]:
        text = state.hidden.open(hidden.get("encryptedValue"))
        if text is not None:
            found.append(text)
        return dict(hidden)

    _change(state, entity, dict(row), note)
    return found


def texts_of(row: Row | None, state: State) -> list[str]:
    """The secrets in the members of any row, in the clear."""
    hidden = (value for value in (row or {}).values() if isinstance(value, dict))
    opened = (state.hidden.open(value.get("encryptedValue")) for value in hidden)
    return [text for text in opened if text is not None]


@lru_cache(maxsize=256)
def hidden_members(entity: Entity) -> frozenset[str]:
    """The members of an entity that hold a secret, or an object with one."""
    return frozenset(field.name for field in _with_secrets(entity.fields))


def _change(state: State, entity: Entity, row: dict[str, Any], change: Change) -> None:
    _change_members(entity.fields, row, change)
    if entity.family is not None and isinstance(row.get("configuration"), dict):
        row["configuration"] = _configuration(state, entity.family, row, change)


def _change_members(fields: tuple[Field, ...], row: dict[str, Any], change: Change) -> None:
    """Every secret among the members, wherever it lies; what has none stays the same object."""
    for field in _with_secrets(fields):
        value = row.get(field.name)
        if field.kind == "objects" and isinstance(value, list | tuple):
            row[field.name] = [_changed(field, one, change) for one in value]
        elif isinstance(value, dict):
            row[field.name] = (
                change(value) if field.kind == "hidden" else _changed(field, value, change)
            )


def _changed(field: Field, value: Any, change: Change) -> Any:
    if not isinstance(value, dict):
        return value
    inner = dict(value)
    _change_members(field.members, inner, change)
    return inner


@lru_cache(maxsize=256)
def _with_secrets(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields that are secrets or have some inside."""
    return tuple(
        field for field in fields if field.kind == "hidden" or _with_secrets(field.members)
    )


def _configuration(
    state: State, family: str, row: Mapping[str, Any], change: Change
) -> dict[str, Any]:
    """A plugin configuration with its CONCEALED fields changed (they may come as plain text)."""
    configuration = dict(row["configuration"])
    for name in state.plugins.concealed(family, str(row.get("className"))):
        value = configuration.get(name)
        if isinstance(value, str) and value:
            value = {"value": value}
        if isinstance(value, dict):
            configuration[name] = change(value)
    return configuration


def _sealed(state: State, hidden: Mapping[str, Any]) -> dict[str, Any]:
    text = hidden.get("value")
    if isinstance(text, str):
        return {"encryptedValue": state.hidden.seal(text)}
    return dict(hidden)
