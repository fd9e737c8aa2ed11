"""The routes of Protect."""

from __future__ import annotations

from fakes.pingone.protect import evaluations, feedback, profiles, settings
from fakes.pingone.protect import policy_sets as s
from fakes.pingone.protect import predictors as p
from fakes.pingone.routing import ENV, Route

ROUTES: dict[str, dict[str, Route]] = {
    f"{ENV}/riskPredictors": {
        "GET": Route(p.get_risk_predictors),
        "POST": Route(p.add_risk_predictor, body=True),
    },
    f"{ENV}/riskPredictors/{{}}": {
        "GET": Route(p.get_risk_predictor),
        "PUT": Route(p.update_risk_predictor, body=True),
        "DELETE": Route(p.delete_risk_predictor),
    },
    f"{ENV}/riskPolicySets": {
        "GET": Route(s.get_risk_policy_sets),
        "POST": Route(s.add_risk_policy_set, body=True),
    },
    f"{ENV}/riskPolicySets/{{}}": {
        "GET": Route(s.get_risk_policy_set),
        "PUT": Route(s.update_risk_policy_set, body=True),
        "DELETE": Route(s.delete_risk_policy_set),
    },
    f"{ENV}/riskEvaluations": {"POST": Route(evaluations.add_risk_evaluation, body=True)},
    f"{ENV}/riskEvaluations/{{}}": {"GET": Route(evaluations.get_risk_evaluation)},
    f"{ENV}/riskEvaluations/{{}}/event": {
        "PUT": Route(evaluations.update_risk_evaluation_event, body=True)
    },
    f"{ENV}/riskFeedback": {
        "POST": Route(feedback.add_risk_feedback, body=True, types=(feedback.SINGLE, feedback.BULK))
    },
    f"{ENV}/riskSettings": {
        "GET": Route(settings.get_risk_settings),
        "PUT": Route(settings.update_risk_settings, body=True),
    },
    f"{ENV}/riskUserProfile": {
        "POST": Route(
            profiles.reset_risk_user_profile, body=True, types=(profiles.RESET,), plain=False
        )
    },
}
"""Methods and handlers by path; `{}` stands for an id."""
