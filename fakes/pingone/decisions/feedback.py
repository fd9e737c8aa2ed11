"""Decisions of feedback on risk evaluations."""

from __future__ import annotations

from dataclasses import dataclass

from fakes.behaviour import decision


@dataclass(frozen=True, init=False, repr=False, eq=False)
class FeedbackDecisions:
    """Which feedback is taken, and how that is answered."""

    feedback_on_known: bool = decision(
        True,
        "Feedback names an evaluation that there is.",
        grade="assumed",
        source="not documented; an id of nothing could teach nothing",
    )
    feedback_required: frozenset[str] = decision(
        frozenset({"riskEvaluation", "feedbackCategory"}),
        "Members that the older feedback on an evaluation needs.",
        grade="documented",
        source="send risk evaluation feedback page",
    )
    feedback_categories: tuple[str, ...] | None = decision(
        None,
        "Categories of the older feedback; None for any text.",
        grade="assumed",
        source="two are seen in an example (FRIENDLY_BOT, FALSE_HIGH_RISK), the list is not",
    )
    feedback_status: int = decision(
        201,
        "Status of feedback that was taken.",
        grade="assumed",
        source="not documented; feedback has an id and a creation time, so something was made",
    )
    bulk_feedback_status: int = decision(
        200,
        "Status of feedback on several evaluations, whether or not each was taken.",
        grade="assumed",
        source="SDK, RiskFeedbackBulkResponse: each item has a status of its own",
    )
    bulk_feedback_limit: int = decision(
        20,
        "Items of one request with feedback.",
        grade="documented",
        source="SDK, RiskFeedbackBulkRequest: between 1 and 20",
    )
    feedback_range_s: int = decision(
        3 * 86_400,
        "Seconds that feedback on a range of time may span.",
        grade="documented",
        source="SDK, RiskFeedback.occurredFrom: at most 3 days",
    )
