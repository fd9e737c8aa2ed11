"""How risky each predictor finds an event: one function for each type."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingone.protect.composing import composed
from fakes.pingone.protect.counting import WITHOUT_SDK
from fakes.pingone.protect.mapping import in_ranges, mapped
from fakes.pingone.protect.moments import moment_s
from fakes.pingone.protect.networks import kilometres
from fakes.pingone.protect.signals import automation, fingerprinted, suspicion
from fakes.pingone.protect.velocity import traffic_level, velocity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fakes.pingone.protect.scenes import Scene
    from fakes.store import Row

_KM_PER_MILE = 1.609344


class Rating(NamedTuple):
    """A level and why; without a level, why there is none."""

    level: str | None
    reason: str = ""
    status: str | None = None
    more: Row | None = None


def rated(scene: Scene, predictor: Row) -> dict[str, Any]:
    """What the details say of a predictor."""
    kind, shown = predictor["type"], scene.behaviour.detail_members_shown
    level, reason, status, more = RATERS[kind](scene, predictor)
    if level is None and scene.behaviour.fallback_level_used:
        fallback = predictor.get("default", {}).get("result")
        if fallback:
            level, reason = fallback["level"], _FALLBACK
    told = _told(kind, level, status, reason, shown)
    return {**told, **{name: more[name] for name in more if name in shown}} if more else told


_FALLBACK = "Fallback level was used"


@lru_cache(maxsize=4096)
def _told(
    kind: str, level: str | None, status: str | None, reason: str, shown: Collection[str]
) -> dict[str, Any]:
    """The members that every predictor has, as far as they say something; never changed."""
    whole = {"level": level, "type": kind, "status": status, "reason": reason}
    return {name: value for name, value in whole.items() if value and name in shown}


def _training(scene: Scene) -> Rating:
    return Rating(None, "Not enough data", scene.behaviour.training_status)


def _uninformed(scene: Scene, what: str) -> Rating:
    return Rating(None, f"The event does not tell {what}", scene.behaviour.uninformed_status)


def _two(high: bool, reason: str) -> Rating:
    """HIGH with the reason, or LOW: what a predictor of two levels finds."""
    return Rating("HIGH", reason) if high else Rating("LOW")


def _is_white(scene: Scene, predictor: Row) -> bool:
    ip = [scene.event.get("ip")]
    return in_ranges(scene.behaviour, ip, predictor.get("whiteList") or [])


def anonymous_network(scene: Scene, predictor: Row) -> Rating:
    """HIGH from a network that hides its users, unless it is allowed."""
    found = scene.details["anonymousNetworkDetected"] and not _is_white(scene, predictor)
    return _two(found, "Anonymous network detected")


def ip_reputation(scene: Scene, predictor: Row) -> Rating:
    """The level of the address's reputation, unless it is allowed."""
    level = scene.details["ipAddressReputation"]["level"]
    if level == "LOW" or _is_white(scene, predictor):
        return Rating("LOW")
    return Rating(level, "IP address has a bad reputation")


def geo_velocity(scene: Scene, predictor: Row) -> Rating:
    """HIGH where nobody can have come so fast from the last success (SDK, impossibleTravel)."""
    if _is_white(scene, predictor):
        return Rating("LOW")
    if scene.network is None:
        return _uninformed(scene, "where it is")
    if scene.user["last"] is None or scene.user["last"]["point"] is None:
        return _training(scene)
    return _two(scene.details["impossibleTravel"], "Impossible travel detected")


def device(scene: Scene, predictor: Row) -> Rating:
    """A new or a suspicious device."""
    signed = scene.device is not None and scene.device.signed
    if predictor.get("shouldValidatePayloadSignature") and scene.signals and not signed:
        return Rating(scene.behaviour.unsigned_payload_level, "Payload signature is not valid")
    detect = predictor.get("detect", "NEW_DEVICE")
    judge = _new_device if detect == "NEW_DEVICE" else _suspicious_device
    return judge(scene, predictor)


def _new_device(scene: Scene, predictor: Row) -> Rating:
    """HIGH for a device that had no success lately, once the user has one that had."""
    if scene.device is None:
        return _uninformed(scene, "which device it is")
    since = moment_s(predictor.get("activationAt") or "") or 0.0
    known = [
        name
        for name, one in scene.user["devices"].items()
        if one["at"] >= since and scene.at_s < one["until"]
    ]
    if len(known) < scene.behaviour.devices_trained:
        return _training(scene)
    return _two(scene.device.id not in known, "New device")


def _suspicious_device(scene: Scene, _: Row) -> Rating:
    """HIGH where a rule of the predictor rules page is broken."""
    rule = suspicion(scene.event, scene.device)
    if rule is not None:
        return Rating("HIGH", "Suspicious device", None, {"detected": {"rule": {"id": rule}}})
    if scene.device is None and not fingerprinted(scene.event):
        return _uninformed(scene, "which device it is")
    return Rating("LOW")


def bot(scene: Scene, predictor: Row) -> Rating:
    """HIGH where a rule of the predictor rules page is broken; a Signals payload is needed."""
    rule = automation(scene.event, scene.device)
    if rule is not None:
        return Rating("HIGH", "Bot detected", None, {"detected": {"rule": {"id": rule}}})
    if scene.signals:
        return Rating("LOW")
    limit = scene.behaviour.repeated_without_sdk
    if predictor.get("includeRepeatedEventsWithoutSdk") and _repeats(scene) >= limit:
        return Rating("HIGH", "Repeated events without Signals data")
    return _uninformed(scene, "Signals data")


def _repeats(scene: Scene) -> int:
    row = scene.counting.find(WITHOUT_SDK)
    return int(row["count"]) if row else 0


def email_reputation(scene: Scene, _: Row) -> Rating:
    """The level of the domain of the first member that is an email address."""
    user = scene.event.get("user", {})
    found = [
        str(user[name]) for name in scene.behaviour.email_told_by if "@" in str(user.get(name))
    ]
    if not found:
        return _uninformed(scene, "an email address")
    domain = found[0].rpartition("@")[2].lower().rstrip(".")
    level = dict(scene.behaviour.email_levels).get(domain, "LOW")
    return Rating(level, "Email domain has a bad reputation" if level != "LOW" else "")


def adversary_in_the_middle(scene: Scene, predictor: Row) -> Rating:
    """HIGH for a domain that is not one of the allowed ones."""
    domain, allowed = scene.device.domain if scene.device else "", predictor.get("domainWhiteList")
    if not domain:
        return Rating(None, "The event does not tell the domain", scene.behaviour.domain_status)
    if not allowed:
        return _training(scene)
    known = any(domain == one or domain.endswith(f".{one}") for one in map(str.lower, allowed))
    return _two(not known, "Domain is not allowed")


def user_location_anomaly(scene: Scene, predictor: Row) -> Rating:
    """HIGH further from every place of the last `days` than the radius."""
    if scene.network is None:
        return _uninformed(scene, "where it is")
    oldest = scene.at_s - predictor["days"] * 86_400
    points = [
        tuple(one["point"])
        for one in scene.user["places"]
        if one["at"] >= oldest and scene.at_s < one["until"]
    ]
    if scene.user["located"] < scene.behaviour.places_trained or not points:
        return _training(scene)
    radius = predictor["radius"]
    limit_km = radius["distance"] * (_KM_PER_MILE if radius["unit"] == "miles" else 1)
    nearest = min(kilometres(one, scene.network.point) for one in points)
    return _two(nearest > limit_km, "Unusual location")


def user_risk_behavior(scene: Scene, predictor: Row) -> Rating:
    """The more of what the event does is unusual, the higher.

    `points` compares with the user, `login_anomaly_statistic` with everybody.
    """
    behaviour, model = scene.behaviour, predictor["predictionModel"]["name"]
    known = scene.user if model == "points" else scene.everybody
    if not scene.habits:
        return _uninformed(scene, "user agent and target resource")
    if known["successes"] < behaviour.habits_trained or not known["habits"]:
        return _training(scene)
    odd = sum(
        _is_odd(scene, known["habits"].get(name, {}), scene.habits[name]) for name in scene.habits
    )
    level = next((one for one, least in behaviour.habit_levels if odd >= least), "LOW")
    return Rating(level, "Unusual behavior" if level != "LOW" else "")


def _is_odd(scene: Scene, values: Row, value: str) -> bool:
    """Whether the value is rarer than one in twenty of what was seen and not yet forgotten."""
    live = {name: seen for name, (seen, until) in values.items() if scene.at_s < until}
    return (
        live.get(value, 0) < sum(live.values()) * scene.behaviour.habit_rarity or value not in live
    )


def custom_map(scene: Scene, predictor: Row) -> Rating:
    """The level whose condition the event meets."""
    level = mapped(scene.behaviour, predictor, scene.context)
    return Rating(level) if level else _training(scene)


def composite(scene: Scene, predictor: Row) -> Rating:
    """The level of the first composition whose condition is met; otherwise its default, or LOW."""
    level = composed(scene.behaviour, predictor, scene.context)
    if level is not None:
        return Rating(level)
    fallback = predictor.get("default", {}).get("result")
    return Rating(fallback["level"] if fallback else "LOW")


def velocity_rating(scene: Scene, predictor: Row) -> Rating:
    """As many different values in the present stretch as no quiet one would have."""
    found = velocity(scene, predictor)
    if found is None:
        return _uninformed(scene, "what is counted")
    level, more = found
    return Rating(level, "Unusual velocity" if level != "LOW" else "", None, more)


def traffic_anomaly(scene: Scene, predictor: Row) -> Rating:
    """As many users of one device as a rule's thresholds say."""
    if scene.device is None:
        return _uninformed(scene, "which device it is")
    level = traffic_level(scene, predictor)
    return Rating(level, "Too many users of one device" if level != "LOW" else "")


RATERS: dict[str, Callable[[Scene, Row], Rating]] = {
    "ADVERSARY_IN_THE_MIDDLE": adversary_in_the_middle,
    "ANONYMOUS_NETWORK": anonymous_network,
    "BOT": bot,
    "COMPOSITE": composite,
    "DEVICE": device,
    "EMAIL_REPUTATION": email_reputation,
    "GEO_VELOCITY": geo_velocity,
    "IP_REPUTATION": ip_reputation,
    "MAP": custom_map,
    "TRAFFIC_ANOMALY": traffic_anomaly,
    "USER_LOCATION_ANOMALY": user_location_anomaly,
    "USER_RISK_BEHAVIOR": user_risk_behavior,
    "VELOCITY": velocity_rating,
}
"""How each type rates."""
