"""What a policy set recommends to do: policies whose result is one action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakes.pingone.drafts import Draft
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

MITIGATION, FALLBACK = "MITIGATION", "MITIGATION_FALLBACK"
ACTIONS = ("APPROVE", "CUSTOM", "DENY", "DENY_AND_SUSPEND", "MFA", "VERIFY")
"""What can be recommended (SDK, EnumMitigationAction)."""

_IDS = ("mfaAuthenticationPolicyId", "mfaRegistrationPolicyId", "verifyPolicyId", "policyId")
_NEEDED = {
    "MFA": ("mfaAuthenticationPolicyId", "policyId"),
    "VERIFY": ("verifyPolicyId", "policyId"),
}


def recommends(policy: Row) -> bool:
    """Whether the policy recommends an action, rather than says a level."""
    return policy["result"].get("type") in (MITIGATION, FALLBACK)


def is_recommendation(draft: Draft) -> bool:
    """Whether the result of a body is meant to recommend an action."""
    return draft.body.get("type") in (MITIGATION, FALLBACK) or draft.has("mitigations")


def recommendation(draft: Draft) -> dict[str, Any]:
    """A result that recommends exactly one action."""
    kind = draft.choice("type", (MITIGATION, FALLBACK), required=True)
    found = [_mitigation(one) for one in draft.inners("mitigations", required=True, limit=1)]
    return {"type": kind, "mitigations": found}


def _mitigation(draft: Draft) -> dict[str, Any]:
    """An action with what it needs: a name, or a policy."""
    action = draft.choice("action", ACTIONS, required=True)
    custom = draft.text("customAction", required=action == "CUSTOM")
    found = {"action": action, "customAction": custom, **{name: draft.text(name) for name in _IDS}}
    needed = _NEEDED.get(action or "", ())
    if needed and not any(draft.has(name) for name in needed):
        draft.complain("REQUIRED_VALUE", needed[0], f"must be present for {action}")
    return {name: value for name, value in found.items() if value is not None}


def check_recommendations(tenant: Tenant, draft: Draft, policies: Sequence[Row]) -> None:
    """A fallback where there is anything to fall back from, and no overrides beside it."""
    behaviour, kinds = tenant.behaviour, [one["result"].get("type") for one in policies]
    wanted = MITIGATION in kinds or draft.has("targets")
    if wanted and FALLBACK not in kinds and behaviour.mitigation_fallback_required:
        message = f"a policy of type {FALLBACK} is needed with mitigations or targets"
        draft.complain("REQUIRED_VALUE", "riskPolicies", message)
    if kinds.count(FALLBACK) > 1:
        message = f"at most one policy is of type {FALLBACK}"
        draft.complain("CONSTRAINT_VIOLATION", "riskPolicies", message)
    if (wanted or FALLBACK in kinds) and behaviour.mitigations_exclude_overrides:
        overridden = [one for one in policies if _is_override(one)]
        if overridden:
            message = "mitigations, targets and overrides exclude each other"
            draft.complain("CONSTRAINT_VIOLATION", "riskPolicies", message)


def _is_override(policy: Row) -> bool:
    kind = policy.get("condition", {}).get("type")
    return not recommends(policy) and kind in ("VALUE_COMPARISON", "IP_RANGE")
