"""One event with everything that is known of it: where, by which device, by whom, how often."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from fakes.clock import iso
from fakes.pingone.protect.counting import Counting
from fakes.pingone.protect.history import NOBODY, USERS, everybody_key, user_key
from fakes.pingone.protect.networks import Network, kilometres, located
from fakes.pingone.protect.signals import Device, agent_of, browser_of, device_of, payload_of
from fakes.pingone.unlike import Constant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.behaviour import Behaviour
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row


_NONE: Mapping[str, str] = MappingProxyType({})


class Scene(msgspec.Struct, frozen=True, gc=False):
    """An event as its predictors see it; without `traces` it tells of no browser and no device."""

    behaviour: Behaviour
    environment_id: str
    event: Row
    at_s: float
    network: Network | None
    traces: bool
    browser: Row
    device: Device | None
    signals: str
    habits: Mapping[str, str]
    user_key: str
    user: Row
    everybody: Row
    details: dict[str, Any]
    context: dict[str, Any]
    counting: Counting


def scene_of(tenant: Tenant, environment_id: str, event: Row, at_s: float) -> Scene:
    """The event among what is remembered of its environment."""
    behaviour, users = tenant.behaviour, tenant.table(USERS)
    network, signals, browser = _network(tenant, event), payload_of(event), browser_of(event)
    traces = bool(signals or browser)
    device = device_of(behaviour, signals, browser) if traces else None
    habits = _habits(event, browser, network) if traces else _NONE
    key = user_key(environment_id, event)
    user = users.get(key) or NOBODY
    everybody = users.get(everybody_key(environment_id)) if habits else None
    details = {
        **_place(behaviour.reputation_levels, network),
        **_travel(behaviour, network, user["last"], at_s),
    }
    if device:
        details["device"] = _device(browser, device, network, user)
    if user["last"]:
        details["previousSuccessfulTransaction"] = _previous(user["last"])
    context = {"event": event, "transaction": event, "details": details}
    return Scene(
        behaviour,
        environment_id,
        event,
        at_s,
        network,
        traces,
        browser,
        device,
        signals,
        habits,
        key,
        user,
        everybody or NOBODY,
        details,
        context,
        Counting(tenant, context),
    )


def _network(tenant: Tenant, event: Row) -> Network | None:
    ip, listed = event.get("ip"), tenant.behaviour.test_networks_located
    return located(ip, tenant.seeded.places, listed=listed) if isinstance(ip, str) else None


@lru_cache(maxsize=1024)
def _place(levels: tuple[tuple[str, int], ...], network: Network | None) -> Row:
    """What is known of where the event comes from, whoever comes; never changed."""
    score = network.reputation if network else 0
    level = next((name for name, least in levels if score >= least), "LOW")
    domain = {"domain": network.domain} if network else {}
    return {
        "ipAddressReputation": Constant({"score": score, "level": level, **domain}),
        "anonymousNetworkDetected": network is not None and network.anonymous,
        **_whereabouts(network),
    }


def _whereabouts(network: Network | None) -> dict[str, Any]:
    """Country in small letters, state, city and coordinates, as far as they are known."""
    if network is None:
        return {}
    named = {"country": network.country, "state": network.state, "city": network.city}
    told = {name: value for name, value in named.items() if value}
    return {**told, "longitude": network.longitude, "latitude": network.latitude}


def _travel(
    behaviour: Behaviour, network: Network | None, last: Row | None, at_s: float
) -> dict[str, Any]:
    """Whether, and how fast, the user has come from where the last success was."""
    if network is None or last is None or last["point"] is None:
        return {"impossibleTravel": False}
    way_km, took_s = kilometres(tuple(last["point"]), network.point), max(at_s - last["at"], 1.0)
    speed = way_km * 3600 / took_s
    impossible = (
        speed > behaviour.travel_speed_kmh
        and way_km >= behaviour.travel_distance_km
        and took_s < behaviour.travel_within_s
    )
    return {"impossibleTravel": impossible, "estimatedSpeed": round(speed, 3)}


def _device(browser: Row, device: Device, network: Network | None, user: Row) -> dict[str, Any]:
    """The device, and how many metres it is from where it was when it was last seen."""
    before, agent = user["devices"].get(device.id), agent_of(browser)
    shown: dict[str, Any] = {"id": device.id}
    for name, value in (("os", agent and agent.system), ("browser", agent and agent.browser)):
        if value:
            shown[name] = {"name": value}
    if before and before["point"] and network:
        metres = 1000 * kilometres(tuple(before["point"]), network.point)
        shown["estimatedDistance"] = round(metres, 1)
    return shown


def _previous(last: Row) -> dict[str, Any]:
    """When and where the user last succeeded."""
    named = {name: last[name] for name in ("ip", "country", "state", "city") if last[name]}
    when = {"timestamp": iso(last["at"]), "anonymousNetworkDetected": last["anonymous"]}
    return {**named, **when}


def _habits(event: Row, browser: Row, network: Network | None) -> dict[str, str]:
    """What a user usually does alike; empty where the event does not tell enough.

    The user agent and the target resource are needed (risk predictors page).
    """
    agent, target = agent_of(browser), event.get("targetResource")
    if agent is None or not isinstance(target, dict):
        return {}
    resource = target.get("id") or target.get("name")
    if not isinstance(resource, str):
        return {}
    where = network.country if network else ""
    return {
        "system": agent.system,
        "browser": agent.browser,
        "resource": resource,
        "country": where,
    }
