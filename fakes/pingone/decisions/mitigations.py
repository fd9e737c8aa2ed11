"""Decisions of mitigations, targets and staging of risk policy sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakes.behaviour import decision


@dataclass(frozen=True, init=False, repr=False, eq=False)
class MitigationDecisions:
    """What a policy set recommends, which events it is for, and which set is tried beside it."""

    mitigation_fallback_required: bool = decision(
        True,
        "A set with mitigations or targets needs a policy of type MITIGATION_FALLBACK.",
        grade="documented",
        source="Terraform provider, risk policy: fallback is compulsory",
    )
    mitigations_exclude_overrides: bool = decision(
        True,
        "A set has mitigations or overrides, not both.",
        grade="documented",
        source="Terraform provider, risk policy: mutually exclusive",
    )
    mitigation_decides: Literal["match", "fallback"] = decision(
        "match",
        "What is recommended: by the first policy that matches before the fallback, or by that.",
        grade="documented",
        source="risk policies page, using mitigations in your policies",
    )
    targets_met: Literal["all", "any", "unread"] = decision(
        "all",
        "How many of its targets an event must meet for the set; with unread, none.",
        grade="documented",
        source="risk policies page, targeted risk policies: targets.condition.and",
    )
    targeted_order: Literal["oldest", "newest"] = decision(
        "oldest",
        "Which of several targeted sets that fit an event judges it.",
        grade="assumed",
        source="not documented",
    )
    target_kinds: tuple[tuple[str, str], ...] = decision(
        (
            ("${event.flow.type}", "STRING_LIST"),
            ("${event.user.groups}", "GROUPS_INTERSECTION"),
            ("${event.targetResource.id}", "STRING_LIST"),
        ),
        "What targets look at, and the type that the server adds.",
        grade="observed",
        source="SDK, RiskPolicySetTargetsConditionAndInner; the type of groups is a guess",
    )
    staging_s: int = decision(
        90 * 86_400,
        "Seconds after which staging ends where no date is given.",
        grade="documented",
        source="staging policies page: 3 months",
    )
    staged_shown_as: str | None = decision(
        None,
        "Member of an evaluation that shows what the staged set makes of the event.",
        grade="assumed",
        source="staging policies page: two sets of data, seen in the console; no answer shows both",
    )
