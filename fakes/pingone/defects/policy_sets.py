"""Defects of risk policy sets."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingone.behaviour import CORRECT
from fakes.pingone.defects.wrong import with_status, without

POLICY_SETS = (
    Defect(
        "P1-D-341",
        "The list does not say which set is the default one",
        "P1-SET-001",
        "left_out",
        frozenset({"riskPolicySets.list.default"}),
    ),
    Defect(
        "P1-D-342",
        "The default set does not say so when it is read alone",
        "P1-SET-001",
        "left_out",
        frozenset({"riskPolicySets.read.default"}),
    ),
    Defect("P1-D-343", "The default set can be deleted", "P1-SET-002", "default_set_kept", False),
    Defect(
        "P1-D-344",
        "Deleting the default set is told as another error",
        "P1-SET-002",
        "default_set_code",
        "INVALID_VALUE",
    ),
    Defect(
        "P1-D-345",
        "A new set is answered with 200",
        "P1-SET-003",
        "created_status",
        with_status("riskPolicySets", 200),
    ),
    Defect("P1-D-346", "Priorities begin with zero", "P1-SET-003", "first_priority", 0),
    Defect(
        "P1-D-347",
        "An update answers the new policies and judges by the old ones",
        "P1-SET-004",
        "lost",
        frozenset({"riskPolicySets.update.riskPolicies"}),
    ),
    Defect(
        "P1-D-348",
        "An update of a set leaves what is not sent",
        "P1-SET-004",
        "update_replaces",
        without(CORRECT.update_replaces, "riskPolicySets"),
    ),
    Defect(
        "P1-D-349",
        "A deleted set is still there",
        "P1-SET-005",
        "delete_forgets",
        without(CORRECT.delete_forgets, "riskPolicySets"),
    ),
    Defect(
        "P1-D-350",
        "A set's name may have one character too many",
        "P1-SET-006",
        "set_name_limit",
        CORRECT.set_name_limit + 1,
    ),
    Defect(
        "P1-D-351",
        "A description has one character less than it may have",
        "P1-SET-006",
        "description_limit",
        CORRECT.description_limit - 1,
    ),
    Defect(
        "P1-D-352",
        "A policy may ask a predictor that nobody knows",
        "P1-SET-007",
        "predictors_known_in",
        without(CORRECT.predictors_known_in, "riskPolicies"),
    ),
    Defect(
        "P1-D-353",
        "A set may evaluate a predictor that nobody knows",
        "P1-SET-007",
        "predictors_known_in",
        without(CORRECT.predictors_known_in, "evaluatedPredictors"),
    ),
    Defect(
        "P1-D-354",
        "A policy may ask a predictor that its set does not evaluate",
        "P1-SET-008",
        "predictors_evaluated",
        False,
    ),
    Defect(
        "P1-D-355",
        "An override may stand behind a threshold",
        "P1-SET-009",
        "overrides_first",
        False,
    ),
    Defect(
        "P1-D-356",
        "Thresholds may be anything",
        "P1-SET-010",
        "thresholds_checked",
        False,
    ),
    Defect("P1-D-357", "A threshold may be 1001", "P1-SET-010", "score_limit", 1001),
    Defect(
        "P1-D-358",
        "A set may ask for a default result of HIGH, which it does not get",
        "P1-SET-010",
        "default_levels",
        ("LOW", "HIGH"),
    ),
    Defect(
        "P1-D-359",
        "Any text is a range of addresses to an override",
        "P1-SET-010",
        "ranges_checked_in",
        without(CORRECT.ranges_checked_in, "riskPolicySets"),
    ),
    Defect("P1-D-360", "A set may have 101 policies", "P1-SET-011", "policy_limit", 101),
    Defect("P1-D-361", "A set may have 99 policies", "P1-SET-011", "policy_limit", 99),
    Defect(
        "P1-D-362",
        "A new default set leaves the old one its flag",
        "P1-SET-012",
        "default_moves",
        False,
    ),
)
"""P1-SET."""
