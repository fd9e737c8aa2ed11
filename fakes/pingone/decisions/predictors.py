"""Decisions of risk predictors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.behaviour import decision
from fakes.pingone.decisions.measures import in_network, with_both_ends

if TYPE_CHECKING:
    from collections.abc import Callable
    from ipaddress import IPv4Address, IPv6Address


@dataclass(frozen=True, init=False, repr=False, eq=False)
class PredictorDecisions:
    """What a predictor is, and how a MAP predictor rates."""

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
    predictor_required: tuple[str, ...] = decision(
        ("name", "compactName", "type"),
        "Members that a predictor needs.",
        grade="documented",
        source="SDK risk OpenAPI, RiskPredictorCommon: required",
    )
    predictor_name_unique_on: frozenset[str] = decision(
        frozenset({"create", "update"}),
        "When a predictor's name must be free in its environment.",
        grade="documented",
        source="SDK risk OpenAPI, RiskPredictorCommon.name: unique",
    )
    compact_name_unique_among: frozenset[str] = decision(
        frozenset({"own", "built-in"}),
        "Among which predictors a compactName must be free.",
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
    map_required: bool = decision(
        True,
        "A MAP predictor has a map with at least one level.",
        grade="documented",
        source="custom predictor pages: map is required",
    )
    map_kinds: tuple[tuple[str, str], ...] = decision(
        (("list", "STRING_LIST"), ("between", "RANGE"), ("ipRange", "IP_RANGE")),
        "type that the server adds to each condition of a map, by its member.",
        grade="observed",
        source="SDK risk OpenAPI, RiskPredictorCustomItem: STRING_LIST; the others are guesses",
    )
    ranges_checked_in: frozenset[str] = decision(
        frozenset({"riskPredictors", "riskPolicySets"}),
        "Where a range of addresses must be a CIDR.",
        grade="documented",
        source="risk policies page: CIDR list",
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
