"""Decisions of what predictors find: what they learn from, look at and compare with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakes.behaviour import decision


@dataclass(frozen=True, init=False, repr=False, eq=False)
class ProtectDecisions:
    """How each type of predictor comes to its level."""

    retention_checked: bool = decision(
        True,
        "Days of data retention are within their ranges.",
        grade="documented",
        source="protect settings page, dataRetention",
    )
    learned_from: frozenset[str] = decision(
        frozenset({"SUCCESS"}),
        "Completion states of an event that predictors learn from.",
        grade="documented",
        source="updating completion status page: only SUCCESS allows the predictors to learn",
    )
    history_limit: int = decision(
        100_000,
        "Events that are remembered; with the oldest goes its evaluation.",
        grade="assumed",
        source="not documented; a fake must not grow for ever",
    )
    test_networks_located: bool = decision(
        True,
        "Addresses for documentation and tests have a place, a reputation and an anonymous range.",
        grade="assumed",
        source="no service locates them; it is the fake's own way to let a test travel",
    )
    reputation_levels: tuple[tuple[str, int], ...] = decision(
        (("HIGH", 80), ("MEDIUM", 50)),
        "From which reputation score (0 to 100) on an address has a level, highest first.",
        grade="assumed",
        source="the score is documented, its levels are not",
    )
    travel_speed_kmh: float = decision(
        1000.0,
        "Kilometres an hour above which travel is impossible.",
        grade="documented",
        source="SDK risk OpenAPI, RiskEvaluationDetails.impossibleTravel",
    )
    travel_distance_km: float = decision(
        100.0,
        "Kilometres below which no travel is impossible.",
        grade="documented",
        source="SDK risk OpenAPI, RiskEvaluationDetails.impossibleTravel",
    )
    travel_within_s: float = decision(
        86_400.0,
        "Seconds from which on after the last success no travel is impossible.",
        grade="documented",
        source="SDK risk OpenAPI, RiskEvaluationDetails.impossibleTravel: less than 24 hours ago",
    )
    device_told_by: tuple[Literal["signals", "cookie"], ...] = decision(
        ("signals", "cookie"),
        "What tells one device from another, best first.",
        grade="documented",
        source="new device predictors page: the SDK is best, a persistent cookie will do",
    )
    plain_signals_read: bool = decision(
        True,
        "A Signals payload that is a JSON object says deviceId, domain and broken rules.",
        grade="assumed",
        source="real payloads are opaque; it is the fake's own way to let a test be a robot",
    )
    unsigned_payload_level: str = decision(
        "HIGH",
        "Level of a device predictor that demands a signature, for a payload without one.",
        grade="assumed",
        source="SDK, shouldValidatePayloadSignature: meant against payloads that were changed",
    )
    fallback_level_used: bool = decision(
        True,
        "A predictor without a level has that of its default result, where it has one.",
        grade="documented",
        source="Terraform provider, risk predictor, default.result; create risk evaluation page",
    )
    uninformed_status: str | None = decision(
        "IN_TRAINING_PERIOD",
        "status of a predictor that the event does not tell what it needs.",
        grade="assumed",
        source="the only status documented for a predictor without enough data",
    )
    domain_status: str | None = decision(
        "UNKNOWN_DOMAIN",
        "status of the adversary-in-the-middle predictor where the domain is not known.",
        grade="documented",
        source="create risk evaluation page, details",
    )
    devices_trained: int = decision(
        1,
        "Devices of a user that must have had a success before another one is new.",
        grade="assumed",
        source="not documented; with none there is nothing to compare with",
    )
    places_trained: int = decision(
        1,
        "Located successes of a user before another place is unusual.",
        grade="assumed",
        source="not documented; with none there is nothing to compare with",
    )
    habits_trained: int = decision(
        5,
        "Successes before behaviour is unusual.",
        grade="assumed",
        source="not documented; as the samples of the velocity predictors",
    )
    habit_rarity: float = decision(
        0.05,
        "Share of what was seen below which a value is unusual.",
        grade="assumed",
        source="not documented; both prediction models are the vendor's secret",
    )
    habit_levels: tuple[tuple[str, int], ...] = decision(
        (("HIGH", 3), ("MEDIUM", 2)),
        "How many of system, browser, resource and country must be unusual, highest level first.",
        grade="assumed",
        source="not documented; both prediction models are the vendor's secret",
    )
    email_told_by: tuple[str, ...] = decision(
        ("email", "name", "id"),
        "Members of event.user that can be the email address, best first.",
        grade="assumed",
        source="not documented where the predictor finds the address",
    )
    email_levels: tuple[tuple[str, str], ...] = decision(
        (("disposable.example", "HIGH"), ("suspicious.example", "MEDIUM")),
        "Levels of email domains; all others are LOW.",
        grade="assumed",
        source="reserved names (RFC 2606), so that a test can have a bad address",
    )
    repeated_without_sdk: int = decision(
        3,
        "Events of a user in an hour without a Signals payload that make a bot, where that counts.",
        grade="assumed",
        source="SDK, includeRepeatedEventsWithoutSdk: the number is not documented",
    )
    bot_recommendation: str | None = decision(
        "BOT_MITIGATION",
        "recommendedAction of a result where a bot predictor is HIGH.",
        grade="assumed",
        source="predictors page: recommends bot mitigation; the value as the authentication node "
        "knows it",
    )
    composite_case_matters: bool = decision(
        False,
        "Values of composite conditions are compared with their case.",
        grade="observed",
        source="Terraform example compares a level with High; pages list Italy for country",
    )
    composition_decides: Literal["first", "last"] = decision(
        "first",
        "Which of the compositions whose conditions are met gives the level.",
        grade="documented",
        source="create risk predictor, composite with country and user group: the second set is "
        "looked at where the first is not met",
    )
    composition_limit: int = decision(
        3,
        "Compositions of one composite predictor.",
        grade="documented",
        source="SDK risk OpenAPI, compositions: 1 to 3",
    )
    predictors_of_type: tuple[tuple[str, int], ...] = decision(
        (("DEVICE", 15), ("GEO_VELOCITY", 15)),
        "How many predictors of a type an environment may have beside the vendor's own.",
        grade="documented",
        source="new device and geovelocity predictors pages: up to 15",
    )
    location_radius: tuple[int, str] = decision(
        (50, "kilometers"),
        "Radius of a user location predictor that names none.",
        grade="observed",
        source="Terraform provider, bootstrap_predictors.go",
    )
    location_days: int = decision(
        50,
        "Days of a user location predictor that names none.",
        grade="observed",
        source="Terraform provider, bootstrap_predictors.go",
    )
    velocity_attributes: tuple[str, ...] = decision(
        ("${event.ip}", "${event.user.id}"),
        "What a velocity predictor can count, and for whom.",
        grade="documented",
        source="Terraform provider, predictor_velocity.of and by",
    )
    stretches_begin: Literal["clock", "event"] = decision(
        "event",
        "When a stretch in which values are counted begins: with the clock's hour or an event.",
        grade="assumed",
        source="not documented; with the clock, a burst across the hour would be cut in two",
    )
    poisson_with_max: bool = decision(
        True,
        "A calculated threshold is above the highest count of the past.",
        grade="assumed",
        source="the algorithm's name, POISSON_WITH_MAX; its text is not documented",
    )
    undecided_weigh: bool = decision(
        False,
        "A predictor without a level counts among the weights.",
        grade="documented",
        source="Terraform provider, default.result: in the weighted policy it has a weight of 0",
    )
