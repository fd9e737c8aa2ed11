"""What no source says is a named decision, and each value of it does what it says."""

from __future__ import annotations

import dataclasses
from base64 import b64encode
from typing import Any

import pytest

from fakes.pingone import CORRECT as PINGONE
from fakes.tests.parts_tokens import token
from fakes.tests.pingaccess_core import Admin, good
from fakes.tests.pingone_tenant import Tenant, listed, override, predictor, targets
from fakes.tests.test_pingaccess_records import GENERATOR
from fakes.tls import authority

CONNECTION: dict[str, Any] = {"name": "c", "credential": {"value": token()}}
TRUST = ("trustedCertificateGroupId", "sslProtocols", "sslCiphers")


@pytest.mark.parametrize("member", TRUST)
def test_a_connection_needs_the_members_of_trust_only_where_it_should(member: str) -> None:
    strict = Admin(required_besides=frozenset({f"pingOneConnections.{member}"}))
    assert set(strict.refused("POST", "/pingone/connections", CONNECTION)) == {member}
    whole = dict(zip(TRUST, (0, [], []), strict=True))
    made = strict.add("/pingone/connections", CONNECTION | {member: whole[member]})
    assert Admin().add("/pingone/connections", CONNECTION)[member] == made[member] == whole[member]
    archive = strict.get("/config/export")
    del archive["data"]["pingOneConnections"][0][member]
    assert strict.send("POST", "/config/import", archive).status == 200


def test_the_sentence_for_what_is_missing_is_chosen() -> None:
    told = Admin(required_sentence="is required").refused("POST", "/rulesets", {"name": "s"})
    assert told == {"policy": ["is required"]}
    assert Admin().refused("POST", "/rulesets", {"name": "s"}) == {"policy": ["must not be null"]}


def test_the_keys_of_a_risk_policy_item_are_chosen() -> None:
    admin = Admin(risk_policy_item_keys=("action", "policyId"))
    rule = admin.rule()
    item = {"action": "Rule", "policyId": rule["id"]}
    policy = admin.risk_policy(highRiskPolicy=item)
    assert policy["configuration"]["highRiskPolicy"] == item
    assert policy["configuration"]["lowRiskPolicy"]["action"] == "Allow"
    assert admin.refused("DELETE", f"/rules/{rule['id']}") == {}
    body = {"type": "Rule", "id": rule["id"]}
    refused = admin.refused(
        "POST", "/riskPolicies", admin.risk_policy_body(name="other", highRiskPolicy=body)
    )
    prefix = "configuration.highRiskPolicy."
    assert set(refused) == {f"{prefix}type", f"{prefix}id"}


def test_the_ids_of_the_system_groups_are_chosen() -> None:
    other = (("Java Trust Store", 7), ("Trust Any", 9))
    for decisions, expected in (({}, (1, 2)), ({"system_group_ids": other}, (7, 9))):
        shown = Admin(**decisions).items("/trustedCertificateGroups")
        ids = {group["name"]: group["id"] for group in shown}
        assert (ids["Java Trust Store"], ids["Trust Any"]) == expected


def test_the_flash_of_a_list_that_is_asked_for_wrongly_is_chosen() -> None:
    for decisions, flash in (({}, "Save Failed"), ({"query_flash": "Bad query"}, "Bad query")):
        admin = Admin(**decisions)
        answer = admin.send("GET", "/applications", query="page=x")
        assert (answer.status, answer.json()["flash"]) == (422, [flash])
        saved = admin.send("POST", "/rulesets", {})
        assert saved.json()["flash"] == ["Save Failed"]


@pytest.mark.parametrize("place", ["first", "last"])
def test_the_place_of_what_has_nothing_to_sort_by_is_chosen(place: str) -> None:
    admin = Admin(sort_nothing=place)
    admin.connection("with", description="some")
    admin.connection("without")
    named = [one["name"] for one in admin.items("/pingone/connections", "sortKey=description")]
    assert named == (["without", "with"] if place == "first" else ["with", "without"])


def test_what_fail_fast_is_where_it_is_not_sent_is_chosen() -> None:
    for unset, complaints in ((False, 2), (True, 1)):
        admin = Admin(fail_fast_unset=unset)
        archive = admin.get("/config/export")
        archive["data"]["ruleSets"] = [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]
        begun = good(admin.send("POST", "/config/import/workflows", archive))
        ended = admin.get(f"/config/import/workflows/{begun['id']}")
        assert len(ended["apiErrorView"]["form"]) == complaints
    admin = Admin(fail_fast_unset=None)
    archive = admin.get("/config/export")
    assert set(admin.refused("POST", "/config/import/workflows", archive)) == {"failFast"}
    sent = admin.send("POST", "/config/import/workflows", archive, query="failFast=false")
    assert sent.status == 200


def test_how_a_certificate_is_shown_is_chosen() -> None:
    body = {"alias": "ca", "fileData": b64encode(authority(0).pem).decode()}
    usual = Admin()
    made = usual.add("/certificates", body)
    assert made["signatureAlgorithm"] == "SHA256withECDSA"
    other = Admin(certificate_manner="OpenSSL", certificate_file_type="text/plain")
    assert other.add("/certificates", body)["signatureAlgorithm"] == "ecdsa-with-SHA256"
    path = f"/certificates/{made['id']}/file"
    assert dict(usual.send("GET", path).headers)["Content-Type"] == "application/x-pem-file"
    assert dict(other.send("GET", path).headers)["Content-Type"] == "text/plain"


@pytest.mark.parametrize("source", ["condition", "name", "none"])
def test_the_source_of_an_override_is_chosen(source: Any) -> None:
    tenant = Tenant(dataclasses.replace(PINGONE, override_source=source))
    tenant.predictor("who", high=listed("eve"))
    chosen = tenant.policy_set("set", [override("who", "HIGH", "HIGH")])
    result = tenant.evaluated("eve", {"id": chosen["id"]})["result"]
    expected = {"condition": "VALUE_COMPARISON", "name": "HIGH is HIGH", "none": None}
    assert (result["level"], result.get("source")) == ("HIGH", expected[source])


def test_where_a_level_may_be_written_in_any_case_is_chosen() -> None:
    low = {"level": "Low", "type": "VALUE"}
    fallback = {"default": {"result": low}}
    who = predictor("who", high=listed("eve"))
    mixed = override("who", "HIGH", "High")
    usual = Tenant()
    usual.made("riskPredictors", who | fallback)
    assert usual.policy_set("set", [mixed], defaultResult=low)["defaultResult"]["level"] == "LOW"
    strict = Tenant(dataclasses.replace(PINGONE, levels_fold_in=frozenset()))
    assert "default.result.level" in targets(strict.call("POST", "riskPredictors", who | fallback))
    strict.made("riskPredictors", who)
    body = {"name": "set", "riskPolicies": [mixed], "defaultResult": low}
    refused = targets(strict.call("POST", "riskPolicySets", body))
    assert set(refused) == {"defaultResult.level", "riskPolicies[0].result.level"}


@pytest.mark.parametrize("place", ["last", "first"])
def test_the_place_of_a_new_resource_is_chosen(place: str) -> None:
    admin = Admin(new_resource_place=place)
    shop = admin.application(manualOrderingEnabled=True)
    first = admin.resource(shop, "/a")["id"]
    second = admin.resource(shop, "/b")["id"]
    order = admin.get(f"/applications/{shop['id']}")["resourceOrder"]
    assert [key for key in order if key in {first, second}] == (
        [first, second] if place == "last" else [second, first]
    )


def test_the_section_of_the_challenge_policies_is_chosen() -> None:
    challenge = {
        "name": "challenge",
        "challengeResponseChain": [],
        "defaultChallengeResponse": {"generator": GENERATOR},
    }
    other = Admin(archive_challenge_policies_section="authenticationChallengePolicies")
    for admin, section in (
        (other, "authenticationChallengePolicies"),
        (Admin(), "authnChallengePolicies"),
    ):
        made = admin.add("/authenticationChallengePolicies", challenge)
        archive = admin.get("/config/export")
        assert archive["data"][section] == [made]
        admin.fake.reset()
        assert admin.send("POST", "/config/import", archive).status == 200
        assert admin.items("/authenticationChallengePolicies") == [made]
