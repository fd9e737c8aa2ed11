"""Scenarios get what they arrange in PingAccess, or an error of ours."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from harness.actions import ALLOW, DENY, challenge, rule, rule_set
from harness.errors import HarnessError, NonConformance, NotMeasured
from harness.product.descriptors import RiskPolicyPlan, least_configuration, needs_no_text
from harness.recorder import MASK, Record
from harness.tests.answering import PASSWORD, Asked, session
from harness.tests.product_answers import DESCRIPTOR, LABELS, V3, asked_for, field, options

if TYPE_CHECKING:
    from harness.product import Scenario


# --- arrangements in PingAccess


def test_a_connection_trusts_the_authority_that_is_known(asked: Asked, scenario: Scenario) -> None:
    """One certificate and one group for the whole scenario, whatever it makes."""
    admin = scenario.product.admin
    first = admin.add_pingone_connection("a-token", useProxy=True)
    second = admin.pingone_connection_body("a-token", name="mine")

    assert asked_for(asked) == [
        "GET /trust",
        f"POST {V3}/certificates",
        f"POST {V3}/trustedCertificateGroups",
        f"POST {V3}/pingone/connections",
    ]
    certificate, group, _ = asked.bodies()
    assert b64decode(certificate["fileData"]) == b"THE PEM"
    assert (group["certIds"], group["useJavaTrustStore"]) == ([1], False)
    assert first == {
        "id": 3,
        "name": "paconform-connection-1",
        "credential": {"value": "a-token"},
        "sslProtocols": [],
        "sslCiphers": [],
        "trustedCertificateGroupId": 2,
        "useProxy": True,
    }
    assert (second["name"], second["trustedCertificateGroupId"]) == ("mine", 2)


@pytest.mark.parametrize(
    ("members", "path", "trusted"),
    [
        ({"pingone_ca_pem": "GIVEN"}, f"POST {V3}/certificates", 2),
        ({"control": None}, None, None),
        ({"control": None, "pingone_ca_pem": "GIVEN"}, f"POST {V3}/certificates", 2),
    ],
    ids=["given", "a real PingOne", "given without a door"],
)
def test_trust_is_given_asked_for_or_left_to_the_product(
    asked: Asked, members: dict[str, Any], path: str | None, trusted: int | None
) -> None:
    scenario = session(asked, **members).scenario(Record("a scenario"))

    body = scenario.product.admin.pingone_connection_body("a-token")

    assert body.get("trustedCertificateGroupId") == trusted
    assert next(iter(asked_for(asked)), None) == path


def test_an_import_makes_what_is_shared_anew(asked: Asked, scenario: Scenario) -> None:
    asked.answers[f"POST {V3}/config/import/workflows"] = (200, {"id": 1})
    asked.answers["POST /reset"] = (200, None)
    scenario.product.admin.pingone_connection_body("a-token")

    scenario.product.api.add_config_import_workflow(json={})
    scenario.product.admin.pingone_connection_body("a-token")
    scenario.product.needs_control("a test").reset()
    scenario.product.admin.pingone_connection_body("a-token")

    assert asked_for(asked).count(f"POST {V3}/certificates") == 3


def test_a_risk_policy_is_configured_by_label(asked: Asked, scenario: Scenario) -> None:
    """Keys, class and option values are the product's own; its descriptors are read once."""
    admin = scenario.product.admin
    body = admin.risk_policy_body({"id": "c1"}, high=DENY, failed=rule({"id": 7}))
    more = admin.risk_policy_body("c1", policy_set="p1", interval_ms=5, name="mine", id=9)

    allow = {"kind": "v-ALLOW"}
    assert body == {
        "name": "paconform-risk-policy-1",
        "className": "a.product.of.Tests",
        "configuration": {
            "conn": "c1",
            "uid": "sub",
            "HighKey": {"kind": "v-Deny"},
            "MediumKey": allow,
            "LowKey": allow,
            "FailedKey": {"kind": "v-Rule", "which": 7},
        },
    }
    assert (more["name"], more["id"]) == ("mine", 9)
    assert more["configuration"].items() >= {"set": "p1", "ms": 5}.items()
    assert asked_for(asked) == [f"GET {V3}/riskPolicies/descriptors"]


def test_a_risk_policy_is_of_the_type_that_stands_on_a_pingone_connection(
    asked: Asked, scenario: Scenario
) -> None:
    """A plugin of somebody else may be described first."""
    other = {"className": "another", "configurationFields": [field("a", "Colour")]}
    described = {"items": [other, DESCRIPTOR]}
    asked.answers[f"GET {V3}/riskPolicies/descriptors"] = (200, described)

    body = scenario.product.admin.risk_policy_body("connection")

    assert body["className"] == "a.product.of.Tests"


def test_an_application_stands_on_what_is_made_once(asked: Asked, scenario: Scenario) -> None:
    admin = scenario.product.admin
    first = admin.add_application(risk_policy={"id": 5})
    second = admin.add_application("/shop", name="Shop", webSessionId=0)
    asked.answers[f"POST {V3}/applications/{first['id']}/resources"] = (200, {"id": 50})
    resource = admin.add_resource(first, "/pay", risk_policy=6)

    assert first["contextRoot"] == "/paconform-path-1"
    assert first["riskPolicyId"] == 5
    assert (second["contextRoot"], second["name"], second["webSessionId"]) == ("/shop", "Shop", 0)
    assert "riskPolicyId" not in second
    assert second["siteId"] == first["siteId"]
    assert second["virtualHostIds"] == first["virtualHostIds"]
    assert resource == {"id": 50}
    sent = asked.bodies()[-1]
    assert sent["pathPatterns"] == [{"pattern": "/pay", "type": "WILDCARD"}]
    assert sent["riskPolicyId"] == 6
    assert asked_for(asked).count(f"POST {V3}/webSessions") == 1


def test_rules_and_challenges_are_made(asked: Asked, scenario: Scenario) -> None:
    """The generator is one that needs no text of our own, where there is one."""
    asked.answers[f"GET {V3}/authenticationChallengePolicies/responseGenerators/descriptors"] = (
        200,
        {
            "items": [
                {"className": "Texts", "configurationFields": [field("t", "Text")]},
                {
                    "className": "Defaults",
                    "configurationFields": [
                        field("code", "Code", default="403"),
                        field("how", "How", options=options("one", "two")),
                        field("not", "Not needed", required=False),
                    ],
                },
            ]
        },
    )
    admin = scenario.product.admin
    added = admin.add_rule(id=77)
    together = admin.add_rule_set([{"id": 77}])
    again = admin.add_authentication_challenge_policy(description="x")

    assert added["className"].endswith("RejectionRule")
    assert together["policy"] == [77]
    generator = {"className": "Defaults", "configuration": {"code": "403", "how": "v-one"}}
    assert again["defaultChallengeResponse"] == {"generator": generator}
    assert again["description"] == "x"


def test_an_arrangement_that_fails_is_no_verdict(asked: Asked, scenario: Scenario) -> None:
    """It says what was asked and answered, and no secret."""
    asked.answers["GET /trust"] = (200, {"pingone_ca_pem": None})
    refusal = (422, {"flash": [f"wrong: {PASSWORD}"], "form": {}})
    for path in ("rules", "sites", "riskPolicies"):
        asked.answers[f"POST {V3}/{path}"] = refusal
    admin = scenario.product.admin

    def add_policy() -> object:
        return admin.add_risk_policy("c1")

    for act in (admin.add_rule, admin.add_site, add_policy):
        with pytest.raises(HarnessError, match=r"POST .* was answered 422") as told:
            act()
        assert not isinstance(told.value, NonConformance)
        assert PASSWORD not in str(told.value)
        assert MASK in str(told.value)


@pytest.mark.parametrize(
    "answer",
    [(200, {}), (200, []), (200, None), (201, {"id": 1})],
    ids=["no id", "list", "-", "201"],
)
def test_an_arrangement_that_stored_nothing_is_no_verdict(
    asked: Asked, scenario: Scenario, answer: tuple[int, Any]
) -> None:
    asked.answers[f"POST {V3}/rules"] = answer

    with pytest.raises(HarnessError, match="no rule was made"):
        scenario.product.admin.add_rule()


# --- descriptors


def test_options_are_found_in_other_layouts() -> None:
    """A choice alone, a field for each option, and one that depends on the option."""
    each = [field("how", "Action", options=options(*LABELS)), *(field(n, n) for n in LABELS[2:])]
    depends = {
        "fieldName": "how",
        "dependentFieldOptions": [{"value": "v-Rule", "options": []}],
    }
    other = {"fieldName": "how", "dependentFieldOptions": [{"value": "v-Deny", "options": []}]}
    fields = [
        field("h", "High Risk Policy Evaluator", options=options(*LABELS)),
        field("m", "Medium Risk Policy Evaluator", fields=each),
        field(
            "l",
            "Low Risk Policy Evaluator",
            fields=[
                field("how", "Action", options=options(*LABELS)),
                field("a", "Which", parentField=depends),
                field("b", "Why", parentField=other),
            ],
        ),
    ]
    plan = RiskPolicyPlan({"className": "x", "configurationFields": fields})

    assert plan.choice("high", ALLOW) == ("h", "v-ALLOW")
    assert plan.choice("medium", rule_set({"id": 3})) == (
        "m",
        {"how": "v-Rule Set", "Rule Set": 3},
    )
    assert plan.choice("medium", challenge({"id": "u"})) == (
        "m",
        {"how": "v-Authentication Challenge Policy", "Authentication Challenge Policy": "u"},
    )
    assert plan.choice("low", rule({"id": 3})) == ("l", {"how": "v-Rule", "a": 3})


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ([], "no field labelled"),
        ([field("h", "High Risk Policy Evaluator")], "offers no options"),
        (
            [field("h", "High Risk Policy Evaluator", options=options("Allow"))],
            "no option 'Rule'; it offers Allow",
        ),
        (
            [field("h", "High Risk Policy Evaluator", options=options("Rule"))],
            "does not show where",
        ),
    ],
)
def test_a_descriptor_that_lacks_something_is_told(fields: list[Any], told: str) -> None:
    plan = RiskPolicyPlan({"className": "x", "configurationFields": fields})

    with pytest.raises(HarnessError, match=told):
        plan.choice("high", rule({"id": 1}))


def test_the_least_configuration_holds_what_is_required() -> None:
    nested = field("n", "N", fields=[field("a", "A", default="1"), field("b", "B")])
    fields = [nested, field("o", "O", options=options("x")), field("p", "P", required=False)]

    made = least_configuration(fields, text="t")

    assert made == {"n": {"a": "1", "b": "t"}, "o": "v-x"}
    assert not needs_no_text({"configurationFields": fields})
    assert needs_no_text({"configurationFields": fields[1:]})


@pytest.mark.parametrize("path", ["/config/import", "/config/import/workflows"])
def test_no_import_is_sent_to_a_live_product_that_it_would_harm(asked: Asked, path: str) -> None:
    for harmed, why in (
        ({"is_fake": False}, "keeps its own"),
        ({"password": "Not-the-factory1"}, "factory passwords"),
    ):
        product = session(asked, target="live", **harmed).scenario(Record("a")).product
        with pytest.raises(NotMeasured, match=why):
            product.api.request("POST", path, json={})
    assert asked.requests == []
    asked.answers[f"POST {V3}{path}"] = lambda _: httpx.Response(200, json={})
    for target, password in (("live", "2Access"), ("served", "Not-the-factory1")):
        allowed = session(asked, target=target, password=password).scenario(Record("b")).product
        assert allowed.api.request("POST", path, json={}).status_code == 200
