"""Defects of descriptors and plugin configurations (PA-RISK)."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingaccess.decisions.plugin import PluginBehaviour

_CORRECT = PluginBehaviour()
_HIGH, _MEDIUM, _LOW, _FAILED = _CORRECT.risk_policy_evaluators
_USER_ID = _CORRECT.risk_policy_user_id_key


def _unchecked(check: str, field: str, *verbs: str) -> frozenset[tuple[str, str, str]]:
    return frozenset((check, field, verb) for verb in verbs or ("POST", "PUT"))


DEFECTS: tuple[Defect, ...] = (
    Defect(
        "PA-D-301",
        "The descriptors leave out the help of a field",
        "PA-RISK-001",
        "plugin_list_lacks",
        frozenset({"help"}),
    ),
    Defect(
        "PA-D-302",
        "A single descriptor leaves out the options of its fields",
        "PA-RISK-002",
        "plugin_single_lacks",
        frozenset({"options"}),
    ),
    Defect(
        "PA-D-303",
        "The user id attribute is optional",
        "PA-RISK-004",
        "plugin_not_required",
        frozenset({_USER_ID}),
    ),
    Defect(
        "PA-D-304",
        "The default of the risk check interval is half a minute",
        "PA-RISK-005",
        "risk_policy_interval_default_ms",
        30_000,
    ),
    Defect(
        "PA-D-305",
        "The evaluators have no default",
        "PA-RISK-006",
        "risk_policy_evaluators_default",
        False,
    ),
    Defect(
        "PA-D-306",
        "The evaluators do not offer rule sets",
        "PA-RISK-007",
        "risk_policy_actions",
        tuple(one for one in _CORRECT.risk_policy_actions if one[0] != "RuleSet"),
    ),
    Defect(
        "PA-D-307",
        "The evaluator for low risk has another key",
        "PA-RISK-009",
        "risk_policy_evaluators",
        (_HIGH, _MEDIUM, "lowRiskEvaluator", _FAILED),
    ),
    Defect(
        "PA-D-308",
        "An update takes any class name",
        "PA-RISK-016",
        "plugin_not_checked",
        _unchecked("class", "className", "PUT"),
    ),
    Defect(
        "PA-D-309",
        "A creation takes any class name",
        "PA-RISK-016",
        "plugin_not_checked",
        _unchecked("class", "className", "POST"),
    ),
    Defect(
        "PA-D-310",
        "An update takes a policy without a user id attribute",
        "PA-RISK-017",
        "plugin_not_checked",
        _unchecked("required", _USER_ID, "PUT"),
    ),
    Defect(
        "PA-D-311",
        "A creation takes a policy without a connection",
        "PA-RISK-017",
        "plugin_not_checked",
        _unchecked("required", "pingOneConnectionId", "POST"),
    ),
    Defect(
        "PA-D-312",
        "An update takes a connection that does not exist",
        "PA-RISK-018",
        "plugin_not_checked",
        _unchecked("reference", "pingOneConnectionId", "PUT"),
    ),
    Defect(
        "PA-D-313",
        "The PingOne risk policy id is not kept",
        "PA-RISK-019",
        "plugin_not_kept",
        frozenset({"pingOneRiskPolicyId"}),
    ),
    Defect(
        "PA-D-314",
        "The default of the interval is shown by the descriptor and not stored",
        "PA-RISK-021",
        "plugin_not_defaulted",
        frozenset({"riskCheckInterval"}),
    ),
    Defect(
        "PA-D-315",
        "An update takes any interval",
        "PA-RISK-022",
        "plugin_not_checked",
        _unchecked("range", "riskCheckInterval", "PUT"),
    ),
    Defect(
        "PA-D-316",
        "An interval of ten days is taken",
        "PA-RISK-022",
        "risk_policy_interval_ms",
        (0, 864_000_000),
    ),
    Defect(
        "PA-D-317",
        "A rule that does not exist is taken for failures, by an update",
        "PA-RISK-026",
        "plugin_not_checked",
        _unchecked("reference", f"{_FAILED}.id", "PUT"),
    ),
    Defect(
        "PA-D-318",
        "A rule that does not exist is taken for medium risk",
        "PA-RISK-026",
        "plugin_not_checked",
        _unchecked("reference", f"{_MEDIUM}.id"),
    ),
    Defect(
        "PA-D-319",
        "Any option is taken for any level of risk",
        "PA-RISK-027",
        "plugin_not_checked",
        frozenset().union(
            *(_unchecked("options", f"{key}.type") for key in _CORRECT.risk_policy_evaluators)
        ),
    ),
    Defect(
        "PA-D-320",
        "What is chosen for failures is stored as Allow",
        "PA-RISK-029",
        "plugin_not_kept",
        frozenset({_FAILED}),
    ),
    Defect(
        "PA-D-321",
        "A challenge is taken without its policy, for any level of risk",
        "PA-RISK-030",
        "plugin_not_checked",
        frozenset().union(
            *(_unchecked("needed", f"{key}.id") for key in _CORRECT.risk_policy_evaluators)
        ),
    ),
    Defect(
        "PA-D-322",
        "A risk policy forgets the PingOne risk policy that it names",
        "FLOW-004",
        "plugin_not_kept",
        frozenset({"pingOneRiskPolicyId"}),
    ),
)
