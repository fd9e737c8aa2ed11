"""Scenarios get what they arrange in PingOne, or an error of ours."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from harness.errors import HarnessError, NonConformance, NotMeasured
from harness.product import Credential
from harness.recorder import Record
from harness.tests.answering import Asked, session
from harness.tests.product_answers import P1

if TYPE_CHECKING:
    from harness.product import Scenario


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
