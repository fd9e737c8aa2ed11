"""The HTTPS listeners, of which there are always the same five (admin API 7.3, HttpsListener)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingaccess.answers import ok
from fakes.pingaccess.objects import records as r
from fakes.pingaccess.objects import sealing
from fakes.pingaccess.objects.reading import Reading
from fakes.pingaccess.objects.spec import PUT, Entity, Field
from fakes.pingaccess.problems import not_found

if TYPE_CHECKING:
    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Row


def listener(key: int, name: str, key_pair: int = 0) -> Row:
    """A listener that nobody has changed."""
    return {
        "id": key,
        "name": name,
        "keyPairId": key_pair,
        "useServerCipherSuiteOrder": True,
        "restartRequired": False,
    }


def get_all(state: State, call: Call) -> Response:
    """All five; those that an archive of an older product lacks have no key pair then."""
    kept = state.store.table(HTTPS_LISTENERS.table)
    names = state.behaviour.https_listeners
    own = [kept.get(key) or listener(key, name) for key, name in names]
    return r.get_all(state, HTTPS_LISTENERS, call, own)


def get(state: State, call: Call) -> Response:
    """One of the five."""
    return ok(state, sealing.shown(state, HTTPS_LISTENERS, _found(state, call), "GET"))


def update(state: State, call: Call) -> Response:
    """Replace what can be replaced: the key pair and the order of cipher suites."""
    old, body = _found(state, call), call.json(state)
    reading = Reading(state, HTTPS_LISTENERS, PUT, body, key=old["id"], old=old)
    return r.answered(reading, r.saved(reading, r.completed(reading)))


def _found(state: State, call: Call) -> Row:
    for key, name in state.behaviour.https_listeners:
        if str(key) == call.ids[0]:
            return state.store.table(HTTPS_LISTENERS.table).get(key) or listener(key, name)
    raise not_found(HTTPS_LISTENERS.label, call.ids[0], state.behaviour)


def _restart(reading: Reading, row: Draft) -> None:
    """A change may wait for a restart (admin API 7.3, HttpsListener.restartRequired)."""
    old: dict[str, Any] = dict(reading.old or {})
    changed = any(row[name] != old.get(name) for name in ("keyPairId", "useServerCipherSuiteOrder"))
    waits = changed and row["name"] in reading.behaviour.listeners_restarted
    row["restartRequired"] = bool(old.get("restartRequired")) or waits


HTTPS_LISTENERS = Entity(
    "httpsListeners",
    "HTTPS listener",
    "/httpsListeners",
    (
        Field("name", sortable=True, read_only=True),
        Field("keyPairId", "number", required=True, low=1, refers="keyPairs"),
        Field("useServerCipherSuiteOrder", "flag", default=True, sortable=True),
        Field("restartRequired", "flag", default=False, read_only=True),
    ),
    verbs=frozenset({"LIST", "GET", "PUT"}),
    find="",
    paged=False,
    sorts=frozenset({"id", "name", "useServerCipherSuiteOrder"}),
    finish=_restart,
)
"""None can be made or deleted; the name stays (assumed). Nothing restarts in a fake."""
