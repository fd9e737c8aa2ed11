"""Scenarios get what they arrange, or an error of ours; on a live product they leave nothing."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from harness.actions import ALLOW, DENY, challenge, rule, rule_set
from harness.errors import HarnessError, NonConformance, NotMeasured
from harness.product import Credential, PingOneAddress
from harness.product.descriptors import RiskPolicyPlan, least_configuration, needs_no_text
from harness.recorder import MASK, Record
from harness.tests.answering import PASSWORD, SECRET, Asked, session

if TYPE_CHECKING:
    from harness.product import Scenario

V3 = "/pa-admin-api/v3"
P1 = "/v1/environments/env-1"


def field(name: str, label: str, **members: Any) -> dict[str, Any]:
    """A configuration field as a descriptor lists it."""
    return {"name": name, "label": label, "required": True, "fields": [], "options": [], **members}


def options(*labels: str) -> list[dict[str, str]]:
    """Options whose values are not their labels."""
    return [{"label": label, "value": f"v-{label}", "category": ""} for label in labels]


LABELS = ("ALLOW", "Deny", "Rule", "Rule Set", "Authentication Challenge Policy")


def evaluator(level: str) -> dict[str, Any]:
    """An evaluator with a choice and one field for whatever is selected."""
    nested = [field("kind", "Action", options=options(*LABELS)), field("which", "Policy")]
    return field(f"{level}Key", f"{level} Risk Policy EVALUATOR", fields=nested)


DESCRIPTOR = {
    "type": "PingOne",
    "label": "PingOne",
    "className": "a.product.of.Tests",
    "configurationFields": [
        field("conn", "PingOne Connection"),
        field("set", "PingOne Risk Policy ID", required=False),
        field("ms", "Risk Check Interval (MS)", required=False),
        field("uid", "User ID Attribute"),
        *map(evaluator, ("High", "Medium", "Low", "Failed")),
    ],
}


@pytest.fixture
def asked() -> Asked:
    """A product that stores what it is sent, and a PingOne that does."""
    found, ids = Asked(), iter(range(1, 1000))

    def stored(status: int) -> Any:
        def answer(request: httpx.Request) -> httpx.Response:
            body = json.loads(request.content or b"{}")
            return httpx.Response(status, json={**body, "id": next(ids)})

        return answer

    for path in (
        "applications",
        "authenticationChallengePolicies",
        "certificates",
        "pingone/connections",
        "riskPolicies",
        "rules",
        "rulesets",
        "sites",
        "trustedCertificateGroups",
        "virtualhosts",
        "webSessions",
    ):
        found.answers[f"POST {V3}/{path}"] = stored(200)
    for path in ("gateways", "riskPredictors", "riskPolicySets"):
        found.answers[f"POST {P1}/{path}"] = stored(201)
    found.answers |= {
        "POST /env-1/as/token": (200, {"access_token": "worker-token"}),
        "GET /trust": (200, {"pingone_ca_pem": "THE PEM"}),
        f"GET {V3}/riskPolicies/descriptors": (200, {"items": [DESCRIPTOR]}),
    }
    return found


@pytest.fixture
def scenario(asked: Asked) -> Scenario:
    """A scenario of a run against it."""
    return session(asked).scenario(Record("a scenario", ("X-1",)))


def asked_for(asked: Asked) -> list[str]:
    """The requests so far, as `METHOD path`."""
    return [f"{one.method} {one.url.path}" for one in asked.requests]


# --- a scenario


def test_the_authority_of_pingone_is_the_one_given_else_what_the_door_tells(asked: Asked) -> None:
    record = Record("a scenario")
    given = session(asked, pingone_ca_pem="GIVEN").scenario(record).product
    told = session(asked).scenario(record).product
    public = session(asked, control=None).scenario(record).product

    assert [one.pingone_ca_pem() for one in (given, told, public)] == ["GIVEN", "THE PEM", None]
    assert asked_for(asked) == ["GET /trust"]


def test_a_scenario_asks_nothing_until_it_is_used(asked: Asked) -> None:
    scenario = session(asked).scenario(Record("a scenario"))
    assert (scenario.product.target, scenario.product.release) == ("embedded", "7.3")
    assert scenario.product.login == ("Administrator", PASSWORD)
    assert scenario.pingone.api_root == "https://api.test"
    scenario.close()

    assert asked.requests == []


def test_nothing_that_a_run_holds_shows_its_secrets(asked: Asked) -> None:
    run = session(asked)
    scenario = run.scenario(Record("a scenario"))
    credential = Credential("the-token", "1", "2", "3")
    shown = (run, run.control, run.pingone, scenario.product, scenario.pingone, credential)

    assert run.secrets == {PASSWORD, SECRET, "the-door-token"}
    for secret in (*run.secrets, "the-token"):
        assert all(secret not in repr(one) for one in shown)
    assert scenario.record.secrets >= run.secrets


def test_names_depend_on_the_scenario_alone(asked: Asked) -> None:
    one, again = (session(asked).scenario(Record("a scenario")).product for _ in range(2))

    names = [one.name("rule"), one.name("rule"), one.name("site"), one.unique_path()]

    assert names == [
        "paconform-rule-1",
        "paconform-rule-2",
        "paconform-site-1",
        "/paconform-path-1",
    ]
    assert again.name("rule") == names[0]


def test_names_on_a_live_product_carry_the_run_and_differ_by_scenario(asked: Asked) -> None:
    run = session(asked, target="live")
    names = [run.scenario(Record(one)).product.name("rule") for one in ("a", "b")]

    assert all(name.startswith("paconform-run7-") for name in names)
    assert names[0] != names[1]


def test_the_time_of_the_product_is_that_of_its_answers(asked: Asked, scenario: Scenario) -> None:
    dated = httpx.Response(200, headers={"Date": "Tue, 24 Nov 2026 08:00:01 GMT"})
    asked.answers[f"GET {V3}/version"] = lambda _: dated

    assert scenario.product.now() == datetime(2026, 11, 24, 8, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("headers", [{}, {"Date": "noon"}])
def test_without_a_date_the_time_cannot_be_told(
    asked: Asked, scenario: Scenario, headers: dict[str, str]
) -> None:
    asked.answers[f"GET {V3}/version"] = lambda _: httpx.Response(200, headers=headers)

    with pytest.raises(HarnessError, match="Date header"):
        scenario.product.now()


def test_what_a_target_lacks_is_not_measured(asked: Asked) -> None:
    address = PingOneAddress("https://api.test/v1", "https://auth.test", "env-1", "a", "b")
    live = session(asked, target="live", control=None, pingone=address)
    scenario = live.scenario(Record("a scenario"))

    for ask in (
        scenario.product.needs_control,
        scenario.product.resettable,
        scenario.pingone.needs_control,
        scenario.pingone.needs_second_environment,
    ):
        with pytest.raises(NotMeasured, match=r"^a reason: "):
            ask("a reason")


def test_what_fakes_have_is_given(scenario: Scenario) -> None:
    scenario.product.resettable("a reason")

    assert scenario.product.needs_control("a reason") is scenario.pingone.control
    assert scenario.pingone.needs_second_environment("a reason") == "env-2"


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


# --- arrangements in PingOne


def test_a_credential_comes_with_a_gateway_of_its_own(asked: Asked, scenario: Scenario) -> None:
    made = (201, {"id": "cred", "credential": "a.b.c"})
    asked.answers[f"POST {P1}/gateways/1/credentials"] = made
    asked.answers[f"POST {P1}/gateways/gw/credentials"] = made

    own = scenario.pingone.add_credential()
    other = scenario.pingone.add_credential({"id": "gw"})

    assert own == Credential("a.b.c", "cred", 1, "env-1")  # type: ignore[arg-type]
    assert other.gateway_id == "gw"
    assert "a.b.c" in scenario.record.secrets
    gateway = {"name": "paconform-gateway-1", "type": "PING_FEDERATE", "enabled": True}
    assert [body for body in asked.bodies() if body] == [gateway]


def test_a_credential_is_used_looked_at_and_revoked(asked: Asked, scenario: Scenario) -> None:
    credential = Credential("a.b.c", "cred", "gw", "env-1")
    asked.answers |= {
        f"GET {P1}/gateways/gw/credentials/cred": (200, {"id": "cred", "lastUsedAt": "then"}),
        f"DELETE {P1}/gateways/gw/credentials/cred": (204, None),
    }
    pingone = scenario.pingone

    assert pingone.exchange(credential).json() == {"access_token": "worker-token"}
    assert "authorization" not in asked.last.headers
    assert b"subject_token=a.b.c" in asked.last.content
    assert b"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange" in (
        asked.last.content
    )
    assert pingone.last_used(credential) == "then"
    pingone.delete_credential(credential)
    with pytest.raises(HarnessError, match=r"PingOne: no revocation: DELETE .* answered 404"):
        pingone.revoke(Credential("x", "unknown", "gw", "env-1"))


def test_a_credential_is_revoked_once_pingone_refuses_it(asked: Asked) -> None:
    credential = Credential("a.b.c", "cred", "gw", "env-1")
    asked.answers[f"DELETE {P1}/gateways/gw/credentials/cred"] = (204, None)
    answers = iter([200, 200, 400])
    asked.answers["POST /env-1/as/token"] = lambda request: httpx.Response(
        200 if b"client_credentials" in request.content else next(answers),
        json={"access_token": "worker-token"},
    )
    pauses: list[float] = []

    session(asked, pause=pauses.append).scenario(Record("a")).pingone.revoke(credential)

    assert len(pauses) == 2


def test_nothing_is_measured_with_a_revoked_credential_that_pingone_takes(
    asked: Asked, scenario: Scenario
) -> None:
    asked.answers[f"DELETE {P1}/gateways/gw/credentials/cred"] = (204, None)

    with pytest.raises(NotMeasured, match="refusal of a revoked credential by PingOne itself"):
        scenario.pingone.revoke(Credential("a.b.c", "cred", "gw", "env-1"))


def test_an_unused_credential_was_never_used(asked: Asked, scenario: Scenario) -> None:
    asked.answers[f"GET {P1}/gateways/gw/credentials/c"] = (200, {"id": "c"})

    assert scenario.pingone.last_used(Credential("x", "c", "gw", "env-1")) is None


def test_risk_is_steered_through_a_predictor_and_a_policy_set(
    asked: Asked, scenario: Scenario
) -> None:
    steering = scenario.pingone.steer()

    predictor, policies = asked.bodies()
    assert set(steering.users) == {"HIGH", "MEDIUM", "LOW"}
    assert predictor["map"]["high"] == {
        "contains": "${event.user.id}",
        "list": [steering.users["HIGH"]],
    }
    assert predictor["compactName"].isalnum()
    assert [one["condition"]["equals"] for one in policies["riskPolicies"]] == ["HIGH", "MEDIUM"]
    value = f"${{details.{predictor['compactName']}.level}}"
    assert {one["condition"]["value"] for one in policies["riskPolicies"]} == {value}
    assert policies["evaluatedPredictors"] == [{"id": 1}]
    assert steering.policy_set_id == 2  # type: ignore[comparison-overlap]


def test_an_evaluation_asks_for_a_user_by_a_policy_set(asked: Asked, scenario: Scenario) -> None:
    result = {"result": {"level": "LOW", "type": "VALUE"}}
    asked.answers[f"POST {P1}/riskEvaluations"] = (201, result)

    assert scenario.pingone.evaluate("ann", {"id": "p1"}, ip="203.0.113.1") == result
    assert asked.bodies()[-1] == {
        "event": {"ip": "203.0.113.1", "user": {"id": "ann", "type": "EXTERNAL"}},
        "riskPolicySet": {"id": "p1"},
    }


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"result": {"level": "LOW", "type": "VALUE"}}),
        (201, {}),
        (201, []),
        (201, {"result": None}),
        (201, {"result": {"type": "VALUE"}}),
    ],
    ids=str,
)
def test_an_evaluation_without_a_result_is_at_fault(
    asked: Asked, scenario: Scenario, answer: tuple[int, Any]
) -> None:
    """It is what is judged, not an arrangement."""
    asked.answers[f"POST {P1}/riskEvaluations"] = answer

    with pytest.raises(NonConformance):
        scenario.pingone.evaluate("ann", "p1")


def test_instants_are_read_and_others_are_at_fault(scenario: Scenario) -> None:
    instant = scenario.pingone.instant("2026-01-02T03:04:05.678Z")

    assert instant == datetime(2026, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC)
    with pytest.raises(NonConformance, match="ISO 8601"):
        scenario.pingone.instant("yesterday")


@pytest.mark.parametrize("answer", [(401, {"error": "invalid_client"}), (200, None)])
def test_a_worker_without_a_token_is_no_verdict(
    asked: Asked, scenario: Scenario, answer: tuple[int, Any]
) -> None:
    asked.answers["POST /env-1/as/token"] = answer

    with pytest.raises(HarnessError, match="no token for the worker"):
        scenario.pingone.api.get_gateways()


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
