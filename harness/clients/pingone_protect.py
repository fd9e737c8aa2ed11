"""Operations of PingOne Protect."""

from __future__ import annotations

PROTECT: dict[str, tuple[str, str]] = {
    "get_risk_predictors": ("GET", "riskPredictors"),
    "add_risk_predictor": ("POST", "riskPredictors"),
    "get_risk_predictor": ("GET", "riskPredictors/{}"),
    "update_risk_predictor": ("PUT", "riskPredictors/{}"),
    "delete_risk_predictor": ("DELETE", "riskPredictors/{}"),
    "get_risk_policy_sets": ("GET", "riskPolicySets"),
    "add_risk_policy_set": ("POST", "riskPolicySets"),
    "get_risk_policy_set": ("GET", "riskPolicySets/{}"),
    "update_risk_policy_set": ("PUT", "riskPolicySets/{}"),
    "delete_risk_policy_set": ("DELETE", "riskPolicySets/{}"),
    "add_risk_evaluation": ("POST", "riskEvaluations"),
    "get_risk_evaluation": ("GET", "riskEvaluations/{}"),
    "update_risk_evaluation_event": ("PUT", "riskEvaluations/{}/event"),
    "add_risk_feedback": ("POST", "riskFeedback"),
    "get_risk_settings": ("GET", "riskSettings"),
    "update_risk_settings": ("PUT", "riskSettings"),
}
"""Method and path by operation, as in `harness.clients.pingone`.

Source: PingOne risk openapi of the vendor's Go SDK; Protect API, settings and feedback.
"""
