"""Defects of predictor types, mitigations, targets, staging, settings and feedback."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingone.behaviour import CORRECT
from fakes.pingone.defects.wrong import lacking, without

PROTECT = (
    Defect(
        "P1-D-551",
        "The radius of a location predictor is answered and not stored",
        "P1-PRED-011",
        "lost",
        frozenset({"riskPredictors.create.radius"}),
    ),
    Defect(
        "P1-D-552",
        "A predictor that is read alone does not say which networks are allowed",
        "P1-PRED-011",
        "left_out",
        frozenset({"riskPredictors.read.whiteList"}),
    ),
    Defect(
        "P1-D-553",
        "A composite predictor may have four compositions",
        "P1-PRED-012",
        "composition_limit",
        4,
    ),
    Defect(
        "P1-D-555",
        "The last of two compositions decides",
        "P1-PRED-013",
        "composition_decides",
        "last",
    ),
    Defect(
        "P1-D-556",
        "Compositions know levels in capitals only",
        "P1-PRED-013",
        "composite_case_matters",
        True,
    ),
    Defect(
        "P1-D-558",
        "A predictor that is told too little does not say so",
        "P1-PRED-014",
        "uninformed_status",
        None,
    ),
    Defect(
        "P1-D-559",
        "The default level of a predictor is not used",
        "P1-PRED-014",
        "fallback_level_used",
        False,
    ),
    Defect(
        "P1-D-560",
        "A velocity predictor does not say what it counted",
        "P1-PRED-015",
        "detail_members_shown",
        lacking(CORRECT.detail_members_shown, "velocity"),
    ),
    Defect(
        "P1-D-561",
        "A set may have mitigations without a fallback",
        "P1-SET-013",
        "mitigation_fallback_required",
        False,
    ),
    Defect(
        "P1-D-562",
        "A set may have mitigations and overrides",
        "P1-SET-013",
        "mitigations_exclude_overrides",
        False,
    ),
    Defect(
        "P1-D-563",
        "The fallback is recommended to everybody",
        "P1-SET-014",
        "mitigation_decides",
        "fallback",
    ),
    Defect(
        "P1-D-564",
        "One of its targets is enough for a set",
        "P1-SET-015",
        "targets_met",
        "any",
    ),
    Defect(
        "P1-D-565",
        "A targeted evaluation has the default set",
        "P1-SET-015",
        "targets_met",
        "unread",
    ),
    Defect(
        "P1-D-566",
        "A staged set is tried for a month",
        "P1-SET-016",
        "staging_s",
        30 * 86_400,
    ),
    Defect(
        "P1-D-567",
        "Data may be kept for any number of days",
        "P1-DATA-001",
        "retention_checked",
        False,
    ),
    Defect(
        "P1-D-568",
        "Feedback needs no category",
        "P1-DATA-002",
        "feedback_required",
        without(CORRECT.feedback_required, "feedbackCategory"),
    ),
    Defect(
        "P1-D-569",
        "Feedback needs no evaluation",
        "P1-DATA-002",
        "feedback_required",
        without(CORRECT.feedback_required, "riskEvaluation"),
    ),
    Defect("P1-D-570", "There may be 101 policy sets", "P1-SET-017", "policy_set_limit", 101),
    Defect("P1-D-571", "There may be 99 policy sets", "P1-SET-017", "policy_set_limit", 99),
    Defect(
        "P1-D-572",
        "Failures teach as successes do",
        "P1-EVAL-018",
        "learned_from",
        frozenset({"SUCCESS", "FAILED"}),
    ),
    Defect("P1-D-573", "Nothing teaches", "P1-EVAL-018", "learned_from", frozenset()),
)
"""Ids from 551 on."""
