"""Defects in rules, rule sets and challenge policies."""

from __future__ import annotations

from fakes.behaviour import Defect

RULES = (
    Defect(
        "PA-D-482",
        "the descriptor of a rule is not the one of the list",
        "PA-ADMIN-060",
        "plugin_single_lacks",
        frozenset({"options"}),
    ),
    Defect(
        "PA-D-483",
        "a new rule takes any class name",
        "PA-ADMIN-061",
        "plugins_not_checked",
        frozenset({("rules", "POST")}),
    ),
    Defect(
        "PA-D-484",
        "an update takes any class name of a challenge generator",
        "PA-ADMIN-061",
        "rules_not_checked",
        frozenset({("authnChallengePolicies.plugins", "PUT")}),
    ),
    Defect(
        "PA-D-485",
        "an update takes a rule without what its class requires",
        "PA-ADMIN-062",
        "plugins_not_checked",
        frozenset({("rules", "PUT")}),
    ),
    Defect(
        "PA-D-486",
        "a success criterion is not listed",
        "PA-ADMIN-063",
        "rule_set_criteria",
        ("SuccessIfAllSucceed",),
    ),
    Defect(
        "PA-D-487",
        "the rules of a rule set are kept the other way round",
        "PA-ADMIN-064",
        "order_lost",
        frozenset({"ruleSets.policy"}),
    ),
    Defect(
        "PA-D-488",
        "the name of a new challenge policy has no limit",
        "PA-ADMIN-066",
        "ranges_not_checked",
        frozenset({("authnChallengePolicies.name", "POST")}),
    ),
    Defect(
        "PA-D-489",
        "the description of a challenge policy has no limit",
        "PA-ADMIN-066",
        "ranges_not_checked",
        frozenset(
            {
                ("authnChallengePolicies.description", "POST"),
                ("authnChallengePolicies.description", "PUT"),
            }
        ),
    ),
    Defect(
        "PA-D-490",
        "the chain of a challenge policy is kept the other way round",
        "PA-ADMIN-067",
        "order_lost",
        frozenset({"authnChallengePolicies.challengeResponseChain"}),
    ),
)
