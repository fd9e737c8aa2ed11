"""Decisions of risk policy sets."""

from __future__ import annotations

from dataclasses import dataclass

from fakes.behaviour import decision


@dataclass(frozen=True, init=False, repr=False, eq=False)
class PolicySetDecisions:
    """What a policy set is, and which are refused."""

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
    set_name_characters: bool = decision(
        True,
        "Names of sets and policies hold the characters that gateways' names may.",
        grade="documented",
        source="SDK risk OpenAPI, RiskPolicySet.name and RiskPolicy.name: valid characters",
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
    default_set_code: str = decision(
        "CONSTRAINT_VIOLATION",
        "Detail code for deleting the default set.",
        grade="observed",
        source="Terraform provider: deleting the default policy",
    )
    default_moves: bool = decision(
        True,
        "Setting another set default takes the flag from the one that had it.",
        grade="documented",
        source="SDK risk OpenAPI, RiskPolicySet.default: all others are set to false",
    )
    default_stays: bool = decision(
        True,
        "An update of the default set without the flag leaves it default.",
        grade="assumed",
        source="every environment has one default set; only another one can take its place",
    )
    default_levels: tuple[str, ...] = decision(
        ("LOW",),
        "Levels that a set may ask for where no policy matches.",
        grade="documented",
        source="SDK risk OpenAPI, defaultResult: LOW only",
    )
    levels_fold_in: frozenset[str] = decision(
        frozenset({"defaultResult", "result", "predictors"}),
        "Where a level may be written in any case: defaultResult of a set, result of its policies, "
        "default result of predictors.",
        grade="assumed",
        source="examples on developer.pingidentity.com send defaultResult.level as Low; for the "
        "others the same is taken",
    )
    default_result: str = decision(
        "LOW",
        "Level where no policy matches.",
        grade="documented",
        source="SDK risk OpenAPI, defaultResult: LOW only",
    )
    overrides_first: bool = decision(
        True,
        "Overrides that do not stand before all other policies are refused.",
        grade="documented",
        source="risk policies page, override policies",
    )
    predictors_known_in: frozenset[str] = decision(
        frozenset({"riskPolicies", "evaluatedPredictors"}),
        "Where a set that names an unknown predictor is refused.",
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
    score_limit: int = decision(
        1000,
        "Highest threshold of scores.",
        grade="documented",
        source="SDK risk OpenAPI, RiskPolicyConditionBetween: 0 to 1000",
    )
    first_priority: int = decision(
        1,
        "Priority of the first policy in the array.",
        grade="documented",
        source="SDK risk OpenAPI, priority: by array order, 1 first",
    )
