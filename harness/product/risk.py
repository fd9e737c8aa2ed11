"""Arrangements of risk policies, and of what they name at a level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.actions import ALLOW
from harness.errors import HarnessError
from harness.product.arranger import id_of
from harness.product.descriptors import (
    CONNECTION,
    INTERVAL,
    LEVELS,
    POLICY_SET,
    USER_ID,
    RiskPolicyPlan,
)
from harness.product.servers import Servers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness.actions import Action
    from harness.product.descriptors import Json

REJECTION = "com.pingidentity.pa.policy.RejectionRule"
"""A rule that refuses every request. Source: observed in configuration exports 6.2 and 7.0.4."""

WEB_REJECTION_HANDLER = "1"
"""The id of the default handler for the web. Source: observed in public configuration exports."""

SIGN_ON_ID = "sub"
"""The attribute that names a user. Source: OpenID Connect Core 1.0 section 2."""


class RiskPolicies(Servers):
    """Risk policies, rules, rule sets and authentication challenge policies."""

    def add_risk_policy(self, connection: Json | str, **settings: Any) -> Json:
        """A stored risk policy on this connection; settings as for `risk_policy_body`."""
        body = self.risk_policy_body(connection, **settings)
        return self._stored("risk_policy", self._api.add_risk_policy(json=body))

    def risk_policy_body(  # noqa: PLR0913 - one argument for each labelled setting
        self,
        connection: Json | str,
        *,
        high: Action = ALLOW,
        medium: Action = ALLOW,
        low: Action = ALLOW,
        failed: Action = ALLOW,
        policy_set: Json | str | None = None,
        interval_ms: int | None = None,
        user_id_attribute: str = SIGN_ON_ID,
        **members: Any,
    ) -> Json:
        """A risk policy, configured through the labels of the product's descriptor.

        What is left out takes the product's default: the interval, and the policy set, which is
        then the default one of the environment in PingOne.
        """
        plan: RiskPolicyPlan = self._once("risk policies", self._plan)
        configuration = {
            plan.key(CONNECTION): id_of(connection),
            plan.key(USER_ID): user_id_attribute,
        }
        if policy_set is not None:
            configuration[plan.key(POLICY_SET)] = id_of(policy_set)
        if interval_ms is not None:
            configuration[plan.key(INTERVAL)] = interval_ms
        for level, action in zip(LEVELS, (high, medium, low, failed), strict=True):
            key, value = plan.choice(level, action)
            configuration[key] = value
        return {
            "name": self._named(members, "risk-policy"),
            "className": plan.class_name,
            "configuration": configuration,
            **members,
        }

    def _plan(self) -> RiskPolicyPlan:
        descriptors = self._listed(self._api.get_risk_policy_descriptors())
        if not descriptors:
            raise HarnessError("the product describes no type of risk policy")
        plans = [RiskPolicyPlan(one) for one in descriptors]
        return next((one for one in plans if one.has(CONNECTION)), plans[0])

    def add_rule(self, **members: Any) -> Json:
        """A stored access control rule."""
        return self._stored("rule", self._api.add_rule(json=self.rule_body(**members)))

    def rule_body(self, **members: Any) -> Json:
        """A rule that refuses every request through the default rejection handler."""
        return {
            "name": self._named(members, "rule"),
            "className": REJECTION,
            "configuration": {"rejectionHandler": WEB_REJECTION_HANDLER},
            **members,
        }

    def add_rule_set(self, rules: Iterable[Json], **members: Any) -> Json:
        """A stored rule set of these rules."""
        body = self.rule_set_body(rules, **members)
        return self._stored("rule_set", self._api.add_rule_set(json=body))

    def rule_set_body(self, rules: Iterable[Json], **members: Any) -> Json:
        """A rule set of these rules, all of which must succeed. Source: admin API 7.3, RuleSet."""
        return {
            "name": self._named(members, "rule-set"),
            "elementType": "Rule",
            "successCriteria": "SuccessIfAllSucceed",
            "policy": [one["id"] for one in rules],
            **members,
        }

    def add_authentication_challenge_policy(self, **members: Any) -> Json:
        """A stored challenge policy."""
        body = self.authentication_challenge_policy_body(**members)
        answer = self._api.add_authentication_challenge_policy(json=body)
        return self._stored("authentication_challenge_policy", answer)

    def authentication_challenge_policy_body(self, **members: Any) -> Json:
        """A policy with one response for all. Source: API 7.3, AuthenticationChallengePolicy."""
        return {
            "name": self._named(members, "challenge"),
            "challengeResponseChain": [],
            "defaultChallengeResponse": {"generator": self._once("generator", self._generator)},
            **members,
        }

    def _generator(self) -> Json:
        """A response generator whose configuration is all defaults, where there is one."""
        return self.plugin("challenge_response_generator")
