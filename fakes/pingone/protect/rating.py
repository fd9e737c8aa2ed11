"""How risky each predictor finds an event: one function for each type."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from fakes.pingone.protect.composing import composed
from fakes.pingone.protect.mapping import mapped
from fakes.pingone.protect.moments import moment_s
from fakes.pingone.protect.networks import kilometres
from fakes.pingone.protect.signals import automation, fingerprinted, suspicion
from fakes.pingone.protect.velocity import threshold, traffic_level

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.pingone.protect.scenes import Scene
    from fakes.pingone.protect.telling import Predictor
    from fakes.store import Row

    Rate: TypeAlias = Callable[[Predictor, Scene], Row]

_KM_PER_MILE = 1.609344


def anonymous_network(predictor: Predictor, scene: Scene) -> Row:
    """HIGH from a network that hides its users, unless it is allowed."""
    found = scene.details["anonymousNetworkDetected"] and not predictor.is_white(scene)
    return predictor.two("Anonymous network detected", high=found)


def ip_reputation(predictor: Predictor, scene: Scene) -> Row:
    """The level of the address's reputation, unless it is allowed."""
    level = scene.details["ipAddressReputation"]["level"]
    if level == "LOW" or predictor.is_white(scene):
        return predictor.low
    return predictor.told(level, "IP address has a bad reputation")


def geo_velocity(predictor: Predictor, scene: Scene) -> Row:
    """HIGH where nobody can have come so fast from the last success (SDK, impossibleTravel)."""
    if predictor.is_white(scene):
        return predictor.low
    if scene.network is None:
        return predictor.uninformed("where it is")
    if scene.user["last"] is None or scene.user["last"]["point"] is None:
        return predictor.training
    return predictor.two("Impossible travel detected", high=scene.details["impossibleTravel"])


def device(predictor: Predictor, scene: Scene) -> Row:
    """A new or a suspicious device; HIGH for a payload without the signature that is wanted."""
    if predictor.row.get("shouldValidatePayloadSignature") and _is_unsigned(scene):
        level = predictor.behaviour.unsigned_payload_level
        return predictor.told(level, "Payload signature is not valid")
    detect = predictor.row.get("detect", "NEW_DEVICE")
    judge = _new_device if detect == "NEW_DEVICE" else _suspicious_device
    return judge(predictor, scene)


def _is_unsigned(scene: Scene) -> bool:
    """Whether there is a Signals payload, without a signature."""
    return scene.signals != "" and not (scene.device is not None and scene.device.signed)


def _new_device(predictor: Predictor, scene: Scene) -> Row:
    """HIGH for a device that had no success lately, once the user has one that had."""
    if scene.device is None:
        return predictor.uninformed("which device it is")
    since = moment_s(predictor.row.get("activationAt") or "") or 0.0
    known = [
        name
        for name, one in scene.user["devices"].items()
        if one["at"] >= since and scene.at_s < one["until"]
    ]
    if len(known) < predictor.behaviour.devices_trained:
        return predictor.training
    return predictor.two("New device", high=scene.device.id not in known)


def _suspicious_device(predictor: Predictor, scene: Scene) -> Row:
    """HIGH where a rule of the predictor rules page is broken."""
    rule = suspicion(scene.browser, scene.device)
    if rule is not None:
        return predictor.voice.more(
            "HIGH", "Suspicious device", {"detected": {"rule": {"id": rule}}}
        )
    if scene.device is None and not fingerprinted(scene.browser):
        return predictor.uninformed("which device it is")
    return predictor.low


def bot(predictor: Predictor, scene: Scene) -> Row:
    """HIGH where a rule of the predictor rules page is broken; a Signals payload is needed."""
    rule = automation(scene.browser, scene.device)
    if rule is not None:
        return predictor.voice.more("HIGH", "Bot detected", {"detected": {"rule": {"id": rule}}})
    if scene.signals:
        return predictor.low
    if predictor.tallies and _repeats(predictor, scene):
        return predictor.told("HIGH", "Repeated events without Signals data")
    return predictor.uninformed("Signals data")


def _repeats(predictor: Predictor, scene: Scene) -> bool:
    """Whether so many events of the user came without a Signals payload."""
    row = scene.counting.find(predictor.tallies[0])
    return (row["count"] if row else 0) >= predictor.behaviour.repeated_without_sdk


def email_reputation(predictor: Predictor, scene: Scene) -> Row:
    """The level of the domain of the first member that is an email address."""
    user = scene.event.get("user", {})
    told = predictor.behaviour.email_told_by if "@" in str(user) else ()
    found = [str(user[name]) for name in told if "@" in str(user.get(name))]
    if not found:
        return predictor.uninformed("an email address")
    domain = found[0].rpartition("@")[2].lower().rstrip(".")
    level = dict(predictor.behaviour.email_levels).get(domain, "LOW")
    return predictor.told(level, "Email domain has a bad reputation" if level != "LOW" else "")


def adversary_in_the_middle(predictor: Predictor, scene: Scene) -> Row:
    """HIGH for a domain that is not one of the allowed ones."""
    domain = scene.device.domain if scene.device else ""
    if not domain:
        status = predictor.behaviour.domain_status
        return predictor.told(None, "The event does not tell the domain", status)
    allowed = predictor.row.get("domainWhiteList")
    if not allowed:
        return predictor.training
    known = any(domain == one or domain.endswith(f".{one}") for one in map(str.lower, allowed))
    return predictor.two("Domain is not allowed", high=not known)


def user_location_anomaly(predictor: Predictor, scene: Scene) -> Row:
    """HIGH further from every place of the last `days` than the radius."""
    if scene.network is None:
        return predictor.uninformed("where it is")
    if not scene.user["places"]:
        return predictor.training
    oldest = scene.at_s - predictor.row["days"] * 86_400
    points = [
        tuple(one["point"])
        for one in scene.user["places"]
        if one["at"] >= oldest and scene.at_s < one["until"]
    ]
    if scene.user["located"] < predictor.behaviour.places_trained or not points:
        return predictor.training
    radius = predictor.row["radius"]
    limit_km = radius["distance"] * (_KM_PER_MILE if radius["unit"] == "miles" else 1)
    nearest = min(kilometres(one, scene.network.point) for one in points)
    return predictor.two("Unusual location", high=nearest > limit_km)


def user_risk_behavior(predictor: Predictor, scene: Scene) -> Row:
    """The more of what the event does is unusual, the higher.

    `points` compares with the user, `login_anomaly_statistic` with everybody.
    """
    if not scene.habits:
        return predictor.uninformed("user agent and target resource")
    behaviour, model = predictor.behaviour, predictor.row["predictionModel"]["name"]
    known = scene.user if model == "points" else scene.everybody
    if known["successes"] < behaviour.habits_trained or not known["habits"]:
        return predictor.training
    odd = sum(
        _is_odd(predictor, scene, known["habits"].get(name, {}), name) for name in scene.habits
    )
    level = next((one for one, least in behaviour.habit_levels if odd >= least), "LOW")
    return predictor.told(level, "Unusual behavior" if level != "LOW" else "")


def _is_odd(predictor: Predictor, scene: Scene, values: Row, habit: str) -> bool:
    """Whether the value is rarer than one in twenty of what was seen and not yet forgotten."""
    live = {name: seen for name, (seen, until) in values.items() if scene.at_s < until}
    value, rarity = scene.habits[habit], predictor.behaviour.habit_rarity
    return live.get(value, 0) < sum(live.values()) * rarity or value not in live


def custom_map(predictor: Predictor, scene: Scene) -> Row:
    """The level whose condition the event meets."""
    level = mapped(predictor.behaviour, predictor.row, scene.context)
    return predictor.told(level) if level else predictor.training


def composite(predictor: Predictor, scene: Scene) -> Row:
    """The level of the first composition whose condition is met; otherwise its default, or LOW."""
    level = composed(predictor.behaviour, predictor.row, scene.context)
    if level is not None:
        return predictor.told(level)
    fallback = predictor.voice.fallback
    return predictor.told(fallback["level"] if fallback else "LOW")


def velocity_rating(predictor: Predictor, scene: Scene) -> Row:
    """As many different values in the present stretch as no quiet one would have."""
    (tally,) = predictor.tallies
    row = scene.counting.find(tally)
    if row is None:
        return predictor.uninformed("what is counted")
    few = row["count"] < predictor.row["every"]["minSample"]
    found = predictor.unreached if few else threshold(scene, predictor.row, tally, row)
    return predictor.counted(found, row["count"], row["since"], tally.every_s)


def traffic_anomaly(predictor: Predictor, scene: Scene) -> Row:
    """As many users of one device as a rule's thresholds say."""
    if scene.device is None:
        return predictor.uninformed("which device it is")
    level = traffic_level(scene, predictor.row, predictor.tallies)
    return predictor.told(level, "Too many users of one device" if level != "LOW" else "")


RATERS: dict[str, Rate] = {
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

_OF_TRACES = frozenset(
    {"ADVERSARY_IN_THE_MIDDLE", "BOT", "DEVICE", "TRAFFIC_ANOMALY", "USER_RISK_BEHAVIOR"}
)


def needs_traces(predictor: Predictor) -> bool:
    """Whether of every event that tells of no browser and no device it finds the same."""
    counts_without = predictor.row["type"] == "BOT" and predictor.tallies
    return predictor.row["type"] in _OF_TRACES and not counts_without
