"""What Protect remembers: the last events, and of every user what successful ones have taught.

All of it is rows of the store, so snapshots, resets and state files hold it. It is bounded: with
the oldest of `history_limit` events goes what only that one had told.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakes.pingone.protect.counting import COUNTERS, MEMBERS, digest
from fakes.pingone.protect.settings import retention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakes.pingone.protect.counting import Tally
    from fakes.pingone.protect.scenes import Scene
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

EVENTS, USERS = "riskHistory", "riskUsers"
_KEPT = 30
"""Devices, places and values of a habit that are kept of one user: the latest ones."""
_DAY_S = 86_400

NOBODY: Row = {
    "successes": 0,
    "located": 0,
    "devices": {},
    "places": [],
    "habits": {},
    "last": None,
}
"""What is known of somebody who never succeeded."""


def user_key(environment_id: str, event: Row) -> str:
    """Under which key the event's user is remembered."""
    user = event["user"] if isinstance(event.get("user"), dict) else {}
    return digest(environment_id, "user", user.get("type"), user.get("id"))


@lru_cache(maxsize=64)
def everybody_key(environment_id: str) -> str:
    """Under which key the habits of all users are remembered."""
    return digest(environment_id, "everybody")


def count_event(tenant: Tenant, scene: Scene, tallies: Iterable[Tally]) -> Row:
    """Counts a new event in everything that is counted; gives what it touched."""
    number = tenant.table(EVENTS).highest() + 1
    counters, members, count = [], [], scene.counting.count
    signals, device = scene.signals, scene.device
    for tally in tallies:
        if (signals and tally.counts_events) or (tally.of_device and not device):
            continue
        key, member = count(tally, number)
        if key:
            counters.append(key)
        if member:
            members.append(member)
    user = scene.user_key
    return {"counters": counters, "members": members, "user": user, "number": number}


def remember(tenant: Tenant, touched: Row, evaluation_id: str) -> None:
    """Adds the event to the history, and forgets the one that is too old."""
    events, number = tenant.table(EVENTS), touched["number"]
    events.put(number, {**touched, "evaluation": evaluation_id})
    oldest = events.get(number - tenant.behaviour.history_limit)
    if oldest is None:
        return
    _forget_counted(tenant, oldest)
    users = tenant.table(USERS)
    user = users.get(oldest["user"])
    if user is not None and user["number"] <= oldest["number"]:
        users.delete(oldest["user"])
    tenant.table("riskEvaluations").delete(oldest["evaluation"])
    events.delete(oldest["number"])


def _forget_counted(tenant: Tenant, oldest: Row) -> None:
    counters, members = tenant.table(COUNTERS), tenant.table(MEMBERS)
    for key in oldest["counters"]:
        row = counters.get(key)
        if row is not None and row.get("seq", 0) <= oldest["number"]:
            counters.delete(key)
    for key in oldest["members"]:
        members.delete(key)


def learn(tenant: Tenant, scene: Scene, number: int) -> None:
    """Takes the successful event of that number into what is known of its user and of everybody."""
    users = tenant.table(USERS)
    old = users.get(scene.user_key) or NOBODY
    keeps = retention(tenant, scene.environment_id)
    network = scene.network
    row = {
        "number": max(number, old.get("number", 0)),
        "successes": old["successes"] + 1,
        "located": old["located"] + (network is not None),
        "devices": _devices(old["devices"], scene, keeps["newDeviceInDays"]),
        "places": _places(old["places"], scene, keeps["userLocationAnomalyInDays"]),
        "habits": _habits(old["habits"], scene, keeps["userBasedRiskBehaviorInDays"]),
        "last": _last(old["last"], scene),
    }
    users.put(scene.user_key, row)
    everybody = everybody_key(scene.environment_id)
    known = users.get(everybody) or NOBODY
    habits = _habits(known["habits"], scene, keeps["userBasedRiskBehaviorInDays"])
    users.put(everybody, {**known, "successes": known["successes"] + 1, "habits": habits})


def _last(old: Row | None, scene: Scene) -> Row | None:
    """The success that is the latest by the time of its event, and where it was."""
    if old is not None and old["at"] > scene.at_s:
        return old
    network = scene.network
    return {
        "at": scene.at_s,
        "ip": scene.event.get("ip"),
        "point": list(network.point) if network else None,
        "country": network.country if network else "",
        "state": network.state if network else "",
        "city": network.city if network else "",
        "anonymous": network.anonymous if network else False,
    }


def _devices(old: Row, scene: Scene, days: int) -> Row:
    if scene.device is None:
        return old
    point = list(scene.network.point) if scene.network else None
    kept = {name: one for name, one in old.items() if name != scene.device.id}
    kept[scene.device.id] = {"at": scene.at_s, "until": scene.at_s + days * _DAY_S, "point": point}
    return dict(list(kept.items())[-_KEPT:])


def _places(old: list[Any], scene: Scene, days: int) -> list[Any]:
    if scene.network is None:
        return old
    point = list(scene.network.point)
    kept = [one for one in old if one["point"] != point]
    new = {"point": point, "at": scene.at_s, "until": scene.at_s + days * _DAY_S}
    return [*kept, new][-_KEPT:]


def _habits(old: Row, scene: Scene, days: int) -> Row:
    """For each habit how often each of its values was seen, the latest value last."""
    if not scene.habits:
        return old
    grown, until = dict(old), scene.at_s + days * _DAY_S
    for habit, value in scene.habits.items():
        values = {name: one for name, one in old.get(habit, {}).items() if name != value}
        seen = old.get(habit, {}).get(value, (0, 0))[0]
        values[value] = [seen + 1, until]
        grown[habit] = dict(list(values.items())[-_KEPT:])
    return grown
