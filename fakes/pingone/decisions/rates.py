"""Decisions of rate limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakes.behaviour import decision


@dataclass(frozen=True, init=False, repr=False, eq=False)
class RateDecisions:
    """How many requests a licence is good for, and what the next one is answered."""

    base_rates: tuple[tuple[str, int, int], ...] = decision(
        (("rlgConfigRpm", 600, 60), ("rlgAuditRps", 10, 1)),
        "Rate groups, the requests of each, and the seconds for which they are.",
        grade="documented",
        source="base rate limits page: 600 a minute, 10 a second; others are not known here",
    )
    base_rates_enforced: bool = decision(
        False,
        "Whether the base rates are enforced, beside those that a licence was given.",
        grade="assumed",
        source="platform limits page: enforcement begins at some point after September 2025",
    )
    rate_groups: tuple[tuple[str, str], ...] = decision(
        (
            ("gateways", "rlgConfigRpm"),
            ("applications", "rlgConfigRpm"),
            ("resources", "rlgConfigRpm"),
            ("keyRotationPolicies", "rlgConfigRpm"),
            ("populations", "rlgConfigRpm"),
            ("groups", "rlgConfigRpm"),
            ("billOfMaterials", "rlgConfigRpm"),
            ("status", "rlgConfigRpm"),
            ("riskPredictors", "rlgConfigRpm"),
            ("riskPolicySets", "rlgConfigRpm"),
            ("riskSettings", "rlgConfigRpm"),
            ("", "rlgConfigRpm"),
            ("users", "directory"),
            ("riskEvaluations", "protect"),
            ("riskFeedback", "protect"),
            ("riskUserProfile", "protect"),
            ("as", "authentication"),
        ),
        "Rate group of a request, by the first step of its path below the environment.",
        grade="assumed",
        source="base rate limits page: groups of related endpoints; not each one's is known here",
    )
    rates_shared_by: Literal["license", "environment", "organization"] = decision(
        "license",
        "What shares a rate: all environments of a licence.",
        grade="documented",
        source="rate limiting page: per licence, shared by all environments assigned to it",
    )
    rates_by_group: bool = decision(
        True,
        "Each rate group is counted for itself.",
        grade="documented",
        source="base rate limits page: an endpoint belongs to one rate limit group",
    )
    limited_status: int = decision(
        429,
        "Status of a request beyond the rate.",
        grade="documented",
        source="rate limiting page: 429 REQUEST_LIMITED",
    )
    limited_code: str = decision(
        "REQUEST_LIMITED",
        "Top-level code of a request beyond the rate.",
        grade="documented",
        source="rate limiting page: 429 REQUEST_LIMITED",
    )
    limited_detail: str = decision(
        "LIMIT_EXCEEDED",
        "Detail code of a request beyond the rate.",
        grade="assumed",
        source="Go client, 429 error model: LIMIT_EXCEEDED or QUOTA_EXCEEDED",
    )
    retry_after: Literal["seconds", "date", "nothing"] = decision(
        "seconds",
        "How Retry-After says how long to wait.",
        grade="documented",
        source="rate limiting page: the delay in seconds",
    )
    retry_after_early_s: int = decision(
        0,
        "Seconds by which Retry-After is too early.",
        grade="documented",
        source="rate limiting page: how long to wait before retrying",
    )
    limited_is_counted: bool = decision(
        False,
        "A request that was refused counts as one of the next.",
        grade="assumed",
        source="rate limiting page says only that it is rejected",
    )
