"""Descriptors are complete, and configurations are held against them."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.pingaccess.decisions.parts import CORRECT_PARTS
from fakes.pingaccess.plugins.descriptors import Plugins

PLUGINS = Plugins(CORRECT_PARTS)
FAMILIES = (
    "riskPolicies",
    "rules",
    "rejectionHandlers",
    "highAvailability/availabilityProfiles",
    "highAvailability/loadBalancingStrategies",
    "siteAuthenticators",
    "authenticationChallengePolicies/responseGenerators",
    "authenticationChallengePolicies/responseFilters",
    "authenticationChallengePolicies/requestMatchers",
)
RISK = CORRECT_PARTS.risk_policy_class_name
LEVELS = CORRECT_PARTS.risk_policy_evaluators
POLICY: dict[str, Any] = {"pingOneConnectionId": "c1", "userIdAttribute": "sub"}
FIELD = {
    "name", "label", "type", "advanced", "required", "help", "fields", "options", "parentField",
    "buttonGroup", "deselectable",
}  # fmt: skip
"""ConfigurationField.required (admin API 7.3)."""
TYPES = {
    "TEXT", "TEXTAREA", "TIME", "SELECT", "GROOVY", "CONCEALED", "LIST", "TABLE", "CHECKBOX",
    "AUTOCOMPLETEOPEN", "AUTOCOMPLETECLOSED", "COMPOSITE", "RADIO_BUTTON",
}  # fmt: skip
"""ConfigurationType (admin API 7.3)."""
KNOWN = {
    "pingone/connections": {"c1"},
    "rules": {"1"},
    "rulesets": {"2"},
    "authenticationChallengePolicies": {"a3"},
}


def knows(collection: str, key: object) -> bool:
    return str(key) in KNOWN.get(collection, set())


def problems(configuration: object, verb: str = "POST", **decisions: Any) -> dict[str, list[str]]:
    plugins = Plugins(dataclasses.replace(CORRECT_PARTS, **decisions))
    return plugins.problems("riskPolicies", RISK, configuration, knows, verb=verb)


def completed(configuration: dict[str, Any], **decisions: Any) -> dict[str, Any]:
    plugins = Plugins(dataclasses.replace(CORRECT_PARTS, **decisions))
    return plugins.completed("riskPolicies", RISK, configuration)


def fields(descriptor: dict[str, Any]) -> list[dict[str, Any]]:
    """Every field, those inside others included."""
    found = list(descriptor["configurationFields"])
    for field in found:
        found.extend(field["fields"])
    return found


@pytest.mark.parametrize("family", FAMILIES)
def test_descriptors_are_complete(family: str) -> None:
    descriptors = PLUGINS.descriptors(family)
    assert descriptors
    for descriptor in descriptors:
        assert {"type", "label", "className", "configurationFields"} <= descriptor.keys()
        for field in fields(descriptor):
            assert field.keys() - {"default"} == FIELD
            assert field["type"] in TYPES
            assert isinstance(field.get("default", ""), str)
        assert PLUGINS.descriptor(family, descriptor["type"]) == descriptor
    assert len({one["className"] for one in descriptors}) == len(descriptors)
    assert PLUGINS.descriptor(family, "no such type") is None


def test_an_unknown_family_has_no_descriptors() -> None:
    assert PLUGINS.descriptors("no/such") == []


def test_a_risk_policy_has_the_documented_fields() -> None:
    (descriptor,) = PLUGINS.descriptors("riskPolicies")
    by_label = {field["label"]: field for field in descriptor["configurationFields"]}
    assert by_label["PingOne Connection"]["required"]
    assert by_label["User ID Attribute"]["required"]
    assert not by_label["PingOne Risk Policy ID"]["required"]
    interval = by_label["Risk Check Interval (MS)"]
    assert (interval["required"], interval["default"]) == (False, "20000")
    for level in ("High", "Medium", "Low", "Failed"):
        evaluator = by_label[f"{level} Risk Policy Evaluator"]
        assert evaluator["required"]
        action = evaluator["fields"][0]
        assert action["default"] == "Allow"
        assert [option["label"] for option in action["options"]] == [
            "Allow", "Deny", "Rule", "Rule Set", "Authentication Challenge Policy",
        ]  # fmt: skip


def test_the_least_configuration_is_completed_with_the_documented_defaults() -> None:
    assert problems(POLICY) == {}
    allow = {"type": "Allow", "id": None}
    assert completed(POLICY) == {
        **POLICY,
        "pingOneRiskPolicyId": None,
        "riskCheckInterval": 20_000,
        **dict.fromkeys(LEVELS, allow),
    }


ACTIONS = (
    {"type": "Allow"},
    {"type": "Deny"},
    {"type": "Rule", "id": "1"},
    {"type": "Rule", "id": 1},
    {"type": "RuleSet", "id": "2"},
    {"type": "AuthenticationChallengePolicy", "id": "a3"},
)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("action", ACTIONS, ids=repr)
def test_every_action_can_be_chosen_at_every_level(level: str, action: dict[str, Any]) -> None:
    configuration = {**POLICY, level: action}
    assert problems(configuration) == {}
    assert completed(configuration)[level] == {"id": None, **action}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"pingOneConnectionId": None}, "pingOneConnectionId"),
        ({"pingOneConnectionId": ""}, "pingOneConnectionId"),
        ({"pingOneConnectionId": "c2"}, "pingOneConnectionId"),
        ({"pingOneConnectionId": ["c1"]}, "pingOneConnectionId"),
        ({"userIdAttribute": None}, "userIdAttribute"),
        ({"userIdAttribute": {}}, "userIdAttribute"),
        ({"riskCheckInterval": -1}, "riskCheckInterval"),
        ({"riskCheckInterval": 86_400_001}, "riskCheckInterval"),
        ({"riskCheckInterval": 1.5}, "riskCheckInterval"),
        ({"riskCheckInterval": "soon"}, "riskCheckInterval"),
        ({"riskCheckInterval": "1e3"}, "riskCheckInterval"),
        ({"riskCheckInterval": True}, "riskCheckInterval"),
        ({"riskCheckInterval": [1]}, "riskCheckInterval"),
        ({"highRiskPolicy": "Deny"}, "highRiskPolicy"),
        ({"highRiskPolicy": []}, "highRiskPolicy"),
        ({"highRiskPolicy": {"type": "Maybe"}}, "highRiskPolicy.type"),
        ({"highRiskPolicy": {"type": "deny"}}, "highRiskPolicy.type"),
        ({"highRiskPolicy": {"type": 7}}, "highRiskPolicy.type"),
        ({"lowRiskPolicy": {"type": "Rule"}}, "lowRiskPolicy.id"),
        ({"lowRiskPolicy": {"type": "Rule", "id": 0}}, "lowRiskPolicy.id"),
        ({"lowRiskPolicy": {"type": "Rule", "id": "2"}}, "lowRiskPolicy.id"),
        ({"failedRiskPolicy": {"type": "RuleSet", "id": "1"}}, "failedRiskPolicy.id"),
        (
            {"mediumRiskPolicy": {"type": "AuthenticationChallengePolicy"}},
            "mediumRiskPolicy.id",
        ),
        ({"mediumRiskPolicy": {"type": "Allow", "id": "1"}}, "mediumRiskPolicy.id"),
        ({"mediumRiskPolicy": {"type": "Deny", "more": 1}}, "mediumRiskPolicy.more"),
        ({"riskcheckinterval": 1}, "riskcheckinterval"),
    ],
)
def test_what_the_descriptor_does_not_allow_is_named(change: dict[str, Any], field: str) -> None:
    assert set(problems({**POLICY, **change})) == {f"configuration.{field}"}


@pytest.mark.parametrize("interval", [0, 1, 20_000, 86_400_000, "0", "86400000"], ids=repr)
def test_an_interval_within_a_day_is_a_number_of_milliseconds(interval: object) -> None:
    configuration = {**POLICY, "riskCheckInterval": interval}
    assert problems(configuration) == {}
    assert completed(configuration)["riskCheckInterval"] == int(str(interval))


def test_every_fault_is_told_at_once() -> None:
    wrong = {"riskCheckInterval": -1, "highRiskPolicy": {"type": "x"}, "other": 1}
    assert len(problems(wrong)) == 5


def test_unknown_keys_are_told_in_the_order_in_which_they_were_sent() -> None:
    keys = [f"{letter}{number}" for number in range(9) for letter in "zya"]
    told = list(problems({**POLICY, **dict.fromkeys(keys, 1)}))
    assert told == [f"configuration.{key}" for key in keys]


@pytest.mark.parametrize("class_name", ["x", "", None, 5, [], RISK.lower()], ids=repr)
def test_an_unknown_class_is_refused(class_name: object) -> None:
    found = PLUGINS.problems("riskPolicies", class_name, POLICY, knows)
    assert set(found) == {"className"}
    assert "/riskPolicies/descriptors" in found["className"][0]  # the way out


@pytest.mark.parametrize("configuration", ["x", [], 5, True])
def test_a_configuration_is_an_object(configuration: object) -> None:
    assert set(problems(configuration)) == {"configuration"}


def test_references_are_those_of_every_level() -> None:
    configuration = {
        **POLICY,
        "highRiskPolicy": {"type": "Rule", "id": "1"},
        "mediumRiskPolicy": {"type": "AuthenticationChallengePolicy", "id": "a3"},
        "lowRiskPolicy": {"type": "Allow", "id": None},
        "failedRiskPolicy": {"type": "RuleSet", "id": 2},
    }
    assert PLUGINS.references("riskPolicies", RISK, configuration) == [
        ("pingone/connections", "c1"),
        ("rules", "1"),
        ("authenticationChallengePolicies", "a3"),
        ("rulesets", 2),
    ]
    assert PLUGINS.references("riskPolicies", "x", configuration) == []


@pytest.mark.parametrize(
    ("check", "field", "change"),
    [
        ("required", "userIdAttribute", {"userIdAttribute": None}),
        ("reference", "pingOneConnectionId", {"pingOneConnectionId": "c2"}),
        ("range", "riskCheckInterval", {"riskCheckInterval": -1}),
        ("options", "highRiskPolicy.type", {"highRiskPolicy": {"type": "Maybe"}}),
        ("needed", "lowRiskPolicy.id", {"lowRiskPolicy": {"type": "Rule"}}),
        ("reference", "failedRiskPolicy.id", {"failedRiskPolicy": {"type": "Rule", "id": 9}}),
    ],
)
def test_a_check_can_be_left_out_for_one_field_and_method(
    check: str, field: str, change: dict[str, Any]
) -> None:
    left_out = frozenset({(check, field, "PUT")})
    configuration = {**POLICY, **change}
    assert problems(configuration, "PUT", plugin_not_checked=left_out) == {}
    assert problems(configuration, "POST", plugin_not_checked=left_out) != {}


def test_what_is_kept_and_shown_is_a_decision() -> None:
    chosen = {**POLICY, "highRiskPolicy": {"type": "Deny"}, "pingOneRiskPolicyId": "p"}
    lossy = completed(chosen, plugin_not_kept=frozenset({"highRiskPolicy", "pingOneRiskPolicyId"}))
    assert lossy["highRiskPolicy"] == {"type": "Allow", "id": None}
    assert lossy["pingOneRiskPolicyId"] is None
    bare = completed(POLICY, plugin_not_defaulted=frozenset({"riskCheckInterval"}))
    assert bare["riskCheckInterval"] is None
    strict = dataclasses.replace(CORRECT_PARTS, risk_policy_evaluators_default=False)
    found = Plugins(strict).problems("riskPolicies", RISK, POLICY, knows)
    assert set(found) == {f"configuration.{level}" for level in LEVELS}


@pytest.mark.parametrize("value", ["yes", "True", "", 1, [], {}], ids=repr)
def test_a_switch_is_true_or_false(value: object) -> None:
    configuration = {"cidrNotation": "127.0.0.1/32", "negate": value}
    class_name = "com.pingidentity.pa.policy.CIDRPolicyInterceptor"
    found = PLUGINS.problems("rules", class_name, configuration, knows)
    assert set(found) == (set() if value == "" else {"configuration.negate"})


def test_rules_of_a_client_s_test_data_are_taken() -> None:
    configuration = {"cidrNotation": "127.0.0.1/32", "negate": "true", "errorResponseCode": "403"}
    class_name = "com.pingidentity.pa.policy.CIDRPolicyInterceptor"
    assert PLUGINS.problems("rules", class_name, configuration, knows) == {}
    done = PLUGINS.completed("rules", class_name, configuration)
    assert (done["negate"], done["errorResponseCode"]) == (True, 403)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
KEYS = ("pingOneConnectionId", "userIdAttribute", "riskCheckInterval", *LEVELS)


@given(st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), JSON))
def test_any_configuration_gets_an_answer(configuration: dict[str, Any]) -> None:
    if not problems(configuration):
        assert completed(completed(configuration)) == completed(configuration)
    PLUGINS.references("riskPolicies", RISK, configuration)


@given(st.sampled_from(FAMILIES), st.data())
def test_any_configuration_of_any_plugin_gets_an_answer(family: str, data: st.DataObject) -> None:
    descriptor = data.draw(st.sampled_from(PLUGINS.descriptors(family)))
    names = [field["name"] for field in descriptor["configurationFields"]] or ["x"]
    configuration = data.draw(st.dictionaries(st.sampled_from(names), JSON))
    if not PLUGINS.problems(family, descriptor["className"], configuration, lambda *_: True):
        PLUGINS.completed(family, descriptor["className"], configuration)
    PLUGINS.references(family, descriptor["className"], configuration)
