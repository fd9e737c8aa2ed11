"""Key sets: the keys that sign tokens of a setting, let out and taken in only sealed.

SPEC KeySet: the value is encrypted with a key that is derived from the nonce; which other key goes
into it is assumed to be the host's, and what is inside to be a JWK Set (RFC 7517).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.answers import ok
from fakes.pingaccess.objects.reading import Reading
from fakes.pingaccess.objects.settings import current
from fakes.pingaccess.objects.spec import PUT, Entity, Field
from fakes.pingaccess.problems import save_failed
from fakes.pingaccess.system.nodes import jwk_of

if TYPE_CHECKING:
    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.state import State
    from fakes.store import Row

SETS = "keySets"
"""The table of the key sets, by the section of their setting; the keys in it are sealed.

They are never exported (D72 pa_configuration_export_import: no signing keys).
"""


def get(state: State, entity: Entity, _: Call) -> Response:
    """The key set as it is now, rolled where that is due (admin API 7.3, KeySet)."""
    return ok(state, _shown(state, _rolled(state, entity)))


def update(state: State, entity: Entity, call: Call) -> Response:
    """Take a key set that this host can open with its nonce: 200, or 422."""
    reading = Reading(state, KEY_SET, PUT, call.json(state))
    draft = reading.draft()
    if reading.form:
        raise save_failed(reading.form, state.behaviour)
    held = _opened(state, draft["nonce"], draft["keySet"])
    foreign = held is not None and held["setting"] != entity.table
    if held is None or (foreign and state.behaviour.key_set_of_its_setting):
        if state.behaviour.key_set_refused:
            reading.complain("keySet", "cannot be opened here with this nonce")
            raise save_failed(reading.form, state.behaviour)
        return get(state, entity, call)
    return ok(state, _shown(state, _kept(state, entity, held["keys"], state.clock.now_s())))


def _rolled(state: State, entity: Entity) -> Row:
    """The stored row: made when first looked at, and rolled once for every period since."""
    settings, now_s = current(state, entity), state.clock.now_s()
    row = state.store.table(SETS).get(entity.table)
    if row is None:
        return _kept(state, entity, [_key(state, entity, 1)], now_s)
    period_s = max(1, settings["keyRollPeriodInHours"] or 1) * 3600
    periods = int((now_s - row["since_s"]) // period_s)
    if not (settings["keyRollEnabled"] and state.behaviour.key_sets_roll and periods > 0):
        return row
    number, most = row["number"] + periods, state.behaviour.key_set_size
    held = json.loads(state.hidden.open(row["sealed"]) or "{}")["keys"]
    first = max(row["number"] + 1, number - most + 1)
    new = [_key(state, entity, one) for one in range(number, first - 1, -1)]
    since_s = row["since_s"] + periods * period_s
    return _kept(state, entity, [*new, *held][:most], since_s, number)


def _kept(
    state: State, entity: Entity, keys: list[Any], since_s: float, number: int | None = None
) -> Row:
    """The keys, sealed, stored as the key set of the setting; the newest is the first."""
    table = state.store.table(SETS)
    before = table.get(entity.table) or {"number": 1}
    held = json.dumps({"setting": entity.table, "keys": keys}, separators=(",", ":"))
    row = {
        "id": entity.table,
        "number": before["number"] if number is None else number,
        "since_s": since_s,
        "sealed": state.hidden.seal(held),
    }
    return table.put(entity.table, row)


def _key(state: State, entity: Entity, number: int) -> dict[str, str]:
    """The key of that number, on the curve that the setting names."""
    bits = _BITS.get(str(current(state, entity)["signingAlgorithm"]), 256)
    name = f"{entity.table}/{number}"
    return jwk_of(state, name, name, bits)


def _shown(state: State, row: Row) -> dict[str, str]:
    """SPEC KeySet; the same keys have the same nonce, so that a run can be repeated."""
    held = state.hidden.open(row["sealed"]) or ""
    nonce = state.hidden.nonce_of(held)
    return {"nonce": nonce, "keySet": state.hidden.bound_to(nonce).seal(held)}


def _opened(state: State, nonce: str, sealed: str) -> Any:
    """What a key set holds; None where it cannot be opened, or was changed since."""
    try:
        held = json.loads(state.hidden.bound_to(nonce).open(sealed) or "")
    except ValueError:
        return None
    return held if isinstance(held, dict) and held.keys() == {"setting", "keys"} else None


_BITS = {"P-256": 256, "P-384": 384, "P-521": 521}
KEY_SET = Entity(
    SETS,
    "Key set",
    "",
    (Field("nonce", required=True), Field("keySet", required=True)),
    verbs=frozenset(),
    named=(),
    unique=(),
)
"""What is sent and shown (admin API 7.3, KeySet)."""
