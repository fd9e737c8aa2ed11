"""Decisions of PingOne Protect: predictors, policy sets, evaluations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import TYPE_CHECKING

from fakes.behaviour import decision

if TYPE_CHECKING:
    from collections.abc import Callable


def with_both_ends(value: float, low: float, high: float) -> bool:
    """Whether `value` is from `low` to `high`, both ends included."""
    return low <= value <= high


@lru_cache(maxsize=1024)
def network(cidr: str) -> IPv4Network | IPv6Network:
    """The network of a CIDR, whose host bits are ignored (the documents write 1.1.1.1/16)."""
    return ip_network(cidr, strict=False)


def in_network(address: IPv4Address | IPv6Address, cidr: str) -> bool:
    """Whether the address lies in the network."""
    return address in network(cidr)


@dataclass(frozen=True)
class ProtectDecisions:
    """How a risk level comes about, and what may be configured."""

    default_predictors_kept: bool = decision(
        True,
        "Default predictors cannot be deleted.",
        grade="documented",
        source="risk predictors page: deletable; Terraform bootstrap list",
    )
    predictor_in_use_kept: bool = decision(
        True,
        "A predictor that a policy set uses cannot be deleted.",
        grade="assumed",
        source="not documented; innerError.referencedValues of the SDK suggests it",
    )
    compact_name_unique: bool = decision(
        True,
        "A compactName is free when a predictor is created.",
        grade="documented",
        source="SDK risk OpenAPI, compactName: unique",
    )
    compact_name_immutable: bool = decision(
        True,
        "A compactName cannot be changed.",
        grade="documented",
        source="SDK risk OpenAPI, compactName: immutable",
    )
    compact_name_pattern: str = decision(
        "^[a-zA-Z0-9]+$",
        "What a compactName looks like.",
        grade="documented",
        source="SDK risk OpenAPI, compactName",
    )
    predictor_type_immutable: bool = decision(
        True,
        "A predictor's type cannot be changed.",
        grade="documented",
        source="update risk predictor page",
    )
    predictor_weight: int = decision(
        5, "Default weight of a predictor.", grade="documented", source="SDK risk OpenAPI, default"
    )
    predictor_score: int = decision(
        50, "Default score of a predictor.", grade="documented", source="SDK risk OpenAPI, default"
    )
    map_between: Callable[[float, float, float], bool] = decision(  # noqa: RUF009 - a function cannot be changed
        with_both_ends,
        "Whether a value lies in a range of a MAP predictor.",
        grade="documented",
        source="custom predictor, numeric range: at the overlap the higher level is assigned",
    )
    map_levels: tuple[str, ...] = decision(
        ("HIGH", "MEDIUM", "LOW"),
        "Order in which the levels of a MAP predictor are tried.",
        grade="documented",
        source="custom predictor, numeric range: at the overlap the higher level is assigned",
    )
    map_case_matters: bool = decision(
        True,
        "Values of a list are compared with their case.",
        grade="assumed",
        source="not documented; equality is the plain reading of a list",
    )
    map_uses_default: bool = decision(
        True,
        "A MAP predictor without a match has its default level, where it has one.",
        grade="documented",
        source="composite with user group page: default.result.level when nothing is met",
    )
    map_without_match: str = decision(
        "LOW",
        "Level of a MAP predictor without a match and without a default level.",
        grade="assumed",
        source="not documented; LOW is what a policy set has then",
    )
    ip_in_range: Callable[[IPv4Address | IPv6Address, str], bool] = decision(  # noqa: RUF009 - a function cannot be changed
        in_network,
        "Whether an address lies in one of a list of ranges.",
        grade="documented",
        source="risk policies page: CIDR list",
    )
    policy_set_limit: int = decision(
        100,
        "Policy sets of one environment.",
        grade="documented",
        source="risk policies page",
    )
    policy_limit: int = decision(
        100,
        "Policies of one set.",
        grade="documented",
        source="risk policies page",
    )
    set_name_limit: int = decision(
        256, "Length of a set's name.", grade="documented", source="SDK risk OpenAPI, name"
    )
    set_name_unique_on: frozenset[str] = decision(
        frozenset({"create", "update"}),
        "When the name of a policy set must be free.",
        grade="assumed",
        source="an evaluation can name its set, so names should tell sets apart",
    )
    default_set_kept: bool = decision(
        True,
        "The default policy set cannot be deleted.",
        grade="documented",
        source="Terraform provider: message about removing the default policy",
    )
    default_moves: bool = decision(
        True,
        "Setting another set default takes the flag from the one that had it.",
        grade="assumed",
        source="every environment has one default set",
    )
    default_stays: bool = decision(
        True,
        "An update of the default set without the flag leaves it default.",
        grade="assumed",
        source="every environment has one default set; only another one can take its place",
    )
    overrides_first: bool = decision(
        True,
        "Overrides that do not stand before all other policies are refused.",
        grade="documented",
        source="risk policies page, override policies",
    )
    predictors_known: bool = decision(
        True,
        "A policy that names an unknown predictor is refused.",
        grade="observed",
        source="Terraform acceptance test of risk policies",
    )
    predictors_evaluated: bool = decision(
        True,
        "A policy that names a predictor missing from evaluatedPredictors is refused.",
        grade="observed",
        source="Terraform acceptance test of risk policies",
    )
    thresholds_checked: bool = decision(
        True,
        "Thresholds are within their range, the lower one below the upper one.",
        grade="documented",
        source="Terraform provider: maxima of 100 for weights and 1000 for scores",
    )
    first_priority: int = decision(
        1,
        "Priority of the first policy in the array.",
        grade="documented",
        source="SDK risk OpenAPI, priority: by array order, 1 first",
    )
    level_shares: tuple[tuple[str, float], ...] = decision(
        (("HIGH", 1.0), ("MEDIUM", 0.5), ("LOW", 0.0)),
        "Share of a score that a level gives.",
        grade="documented",
        source="SDK risk OpenAPI, aggregatedScores.score",
    )
    score_between: Callable[[float, float, float], bool] = decision(  # noqa: RUF009 - a function cannot be changed
        with_both_ends,
        "Whether a total lies between the thresholds of a policy.",
        grade="assumed",
        source="which end is included is not documented; read as for MAP predictors",
    )
    override_wins: str = decision(
        "first",
        "Which of the overrides that match decides: the first or the last.",
        grade="documented",
        source="risk policies page: priority by order",
    )
    default_result: str = decision(
        "LOW",
        "Level where no policy matches.",
        grade="documented",
        source="SDK risk OpenAPI, defaultResult: LOW only",
    )
    set_chosen_by: tuple[str, ...] = decision(
        ("id", "name"),
        "Members of riskPolicySet that choose the set, best first; otherwise the default set.",
        grade="documented",
        source="SDK risk OpenAPI, RiskEvaluation.riskPolicySet: id beats name",
    )
    set_that_judges: str = decision(
        "chosen",
        "Whose policies decide the level: the chosen set's or the default set's.",
        grade="documented",
        source="create risk evaluation page",
    )
    event_required: tuple[str, ...] = decision(
        ("ip", "user.id", "user.type"),
        "Members of an event that must be there.",
        grade="documented",
        source="create risk evaluation page",
    )
    user_types: tuple[str, ...] = decision(
        ("EXTERNAL", "PING_ONE"),
        "Types of user.",
        grade="documented",
        source="SDK has EXTERNAL; the authentication node's UserType has both",
    )
    evaluation_status: int = decision(
        201,
        "Status of a new evaluation.",
        grade="documented",
        source="SDK risk OpenAPI: 201",
    )
    training_status: str = decision(
        "IN_TRAINING_PERIOD",
        "status of a predictor that has not enough data.",
        grade="documented",
        source="SDK risk OpenAPI, details",
    )
    event_window_s: int = decision(
        1800,
        "Seconds after its creation in which an evaluation's event can be completed.",
        grade="documented",
        source="update risk evaluation page: 30 minutes",
    )
    final_states_kept: bool = decision(
        True,
        "An event that is completed stays as it is.",
        grade="documented",
        source="SDK risk OpenAPI, completionStatus: changed only while IN_PROGRESS",
    )
    late_event_code: str = decision(
        "CONSTRAINT_VIOLATION",
        "Detail code of a completion that comes late or twice.",
        grade="assumed",
        source="not documented; REQUEST_FAILED without detail would be as natural",
    )
    completion_kept: bool = decision(
        True,
        "A completion is seen when the evaluation is read again.",
        grade="documented",
        source="update risk evaluation page",
    )
    predictor_required: tuple[str, ...] = decision(
        ("name", "compactName", "type"),
        "Members that a predictor needs.",
        grade="documented",
        source="SDK risk OpenAPI, RiskPredictorCommon: required",
    )
    predictor_created_status: int = decision(
        201,
        "Status of a new predictor.",
        grade="documented",
        source="SDK risk OpenAPI: 201",
    )
    map_kinds_shown: bool = decision(
        True,
        "The server adds the type to each condition of a map.",
        grade="documented",
        source="SDK risk OpenAPI, RiskPredictorCustomItem: type is read-only",
    )
    map_required: bool = decision(
        True,
        "A MAP predictor has a map with at least one level.",
        grade="documented",
        source="custom predictor pages: map is required",
    )
    map_updated: bool = decision(
        True,
        "An update of a predictor changes its map.",
        grade="documented",
        source="update risk predictor page",
    )
    policies_updated: bool = decision(
        True,
        "An update of a set changes its policies.",
        grade="documented",
        source="update risk policy set page",
    )
    default_shown: bool = decision(
        True,
        "The default set says that it is the default one.",
        grade="documented",
        source="SDK risk OpenAPI, default",
    )
    overrides_decide: bool = decision(
        True,
        "Overrides decide before scores and weights.",
        grade="documented",
        source="risk policies page: overrides have the highest priority",
    )
    weights_averaged: bool = decision(
        True,
        "Weights make an average, not a sum.",
        grade="assumed",
        source="an example result of 1.5625 is 50 times one thirty-second",
    )
    unknown_set_refused: bool = decision(
        True,
        "An evaluation by a set that does not exist is refused.",
        grade="documented",
        source="create risk evaluation page: the set of that id",
    )
    event_values_checked: bool = decision(
        True,
        "Values of an event are of their kinds and within their lengths.",
        grade="documented",
        source="create risk evaluation page; SDK enums and limits",
    )
    event_address_checked: bool = decision(
        True,
        "event.ip is an IP address.",
        grade="assumed",
        source="the address of the user; nothing else could be located",
    )
    result_kept: bool = decision(
        True,
        "An evaluation keeps its result.",
        grade="documented",
        source="read risk evaluation page",
    )
    undecided_shown: bool = decision(
        True,
        "A predictor without a level is in the details, with the reason.",
        grade="documented",
        source="SDK risk OpenAPI, details: status and reason",
    )
    unnamed_set_evaluates: str = decision(
        "licensed",
        "What a set without evaluatedPredictors evaluates: all licensed ones, or those it names.",
        grade="documented",
        source="SDK risk OpenAPI, evaluatedPredictors: null means all licensed",
    )
