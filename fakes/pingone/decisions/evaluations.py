"""Decisions of risk evaluations: what is asked, how the level comes about, how long it is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fakes.behaviour import decision
from fakes.pingone.decisions.measures import with_both_ends

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, init=False, repr=False, eq=False)
class EvaluationDecisions:
    """How an event becomes a risk level."""

    event_required: tuple[str, ...] = decision(
        ("ip", "user.id", "user.type"),
        "Members of an event that must be there.",
        grade="documented",
        source="create risk evaluation page",
    )
    event_values_checked: bool = decision(
        True,
        "Values of an event are of their kinds and within their lengths.",
        grade="documented",
        source="create risk evaluation page; SDK enums and limits",
    )
    event_text_limit: int = decision(
        1024,
        "Length of the texts of an event.",
        grade="documented",
        source="SDK risk OpenAPI, RiskEvaluationEventUser",
    )
    event_address_checked: bool = decision(
        True,
        "event.ip is an IP address.",
        grade="assumed",
        source="the address of the user; nothing else could be located",
    )
    user_types: tuple[str, ...] = decision(
        ("EXTERNAL", "PING_ONE"),
        "Types of user.",
        grade="documented",
        source="SDK has EXTERNAL; the authentication node's UserType has both",
    )
    set_chosen_by: tuple[str, ...] = decision(
        ("id", "name"),
        "Members of riskPolicySet that choose the set, best first; otherwise the default set.",
        grade="documented",
        source="SDK risk OpenAPI, RiskEvaluation.riskPolicySet: id beats name",
    )
    unknown_set_refused: bool = decision(
        True,
        "An evaluation by a set that does not exist is refused.",
        grade="documented",
        source="create risk evaluation page: the set of that id",
    )
    set_that_judges: str = decision(
        "chosen",
        "Whose policies decide the level: the chosen set's or the default set's.",
        grade="documented",
        source="create risk evaluation page",
    )
    unnamed_set_evaluates: str = decision(
        "licensed",
        "What a set without evaluatedPredictors evaluates: all licensed ones, or those it names.",
        grade="documented",
        source="SDK risk OpenAPI, evaluatedPredictors: null means all licensed",
    )
    unasked_predictors: str = decision(
        "left out",
        "Whether predictors that a set does not evaluate are left out of the details or shown.",
        grade="documented",
        source="SDK risk OpenAPI, evaluatedPredictors",
    )
    detail_members_shown: tuple[str, ...] = decision(
        ("level", "type", "status", "reason", "threshold", "velocity", "detected"),
        "Members of a predictor's details.",
        grade="documented",
        source="create risk evaluation page, details",
    )
    undecided_shown: bool = decision(
        True,
        "A predictor without a level is in the details, with the reason.",
        grade="documented",
        source="SDK risk OpenAPI, details: status and reason",
    )
    training_status: str = decision(
        "IN_TRAINING_PERIOD",
        "status of a predictor that has not enough data.",
        grade="documented",
        source="SDK risk OpenAPI, details",
    )
    level_shares: tuple[tuple[str, float], ...] = decision(
        (("HIGH", 1.0), ("MEDIUM", 0.5), ("LOW", 0.0)),
        "Share of a score that a level gives.",
        grade="documented",
        source="SDK risk OpenAPI, aggregatedScores.score",
    )
    weights_averaged: bool = decision(
        True,
        "Weights make an average, not a sum.",
        grade="assumed",
        source="an example result of 1.5625 is 50 times one thirty-second",
    )
    score_between: Callable[[float, float, float], bool] = decision(  # noqa: RUF009 - a function cannot be changed
        with_both_ends,
        "Whether a total lies between the thresholds of a policy.",
        grade="assumed",
        source="which end is included is not documented; read as for MAP predictors",
    )
    overrides_decide: bool = decision(
        True,
        "Overrides decide before scores and weights.",
        grade="documented",
        source="risk policies page: overrides have the highest priority",
    )
    override_wins: str = decision(
        "first",
        "Which of the overrides that match decides: the first or the last.",
        grade="documented",
        source="risk policies page: priority by order",
    )
    override_source: Literal["condition", "name", "none"] = decision(
        "condition",
        "What result.source of an override is: the type of its condition, its name, or nothing.",
        grade="assumed",
        source="not documented; with weights it is the type of the condition",
    )
    result_kept: bool = decision(
        True,
        "An evaluation keeps its result.",
        grade="documented",
        source="read risk evaluation page",
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
    completed_by: frozenset[str] = decision(
        frozenset(),
        "States that change even an event that is completed.",
        grade="documented",
        source="SDK risk OpenAPI, completionStatus: changed only while IN_PROGRESS",
    )
    late_event_code: str = decision(
        "CONSTRAINT_VIOLATION",
        "Detail code of a completion that comes late or twice.",
        grade="assumed",
        source="not documented; REQUEST_FAILED without detail would be as natural",
    )
