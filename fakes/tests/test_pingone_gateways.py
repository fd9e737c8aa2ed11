"""Gateways and their credentials, from the first name to the last exchange."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode

import pytest

from fakes.tests.pingone_tenant import NOBODYS, PLAIN, Tenant, gateway, parts, targets


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def test_a_gateway_is_made_read_listed_replaced_and_deleted(tenant: Tenant) -> None:
    made = tenant.gateway("One", description="first")
    path = f"gateways/{made['id']}"

    assert made["environment"] == {"id": tenant.environment_id}
    assert tenant.call("GET", path).json() == made
    listed = tenant.call("GET", "gateways").json()
    assert (listed["_embedded"]["gateways"], listed["count"], listed["size"]) == ([made], 1, 1)

    answer = tenant.call("PUT", path, gateway("Two", enabled=False))
    assert answer.status == 200
    assert answer.json().items() >= {"id": made["id"], "name": "Two", "enabled": False}.items()
    assert "description" not in answer.json()
    assert tenant.call("GET", path).json() == answer.json()

    answer = tenant.call("DELETE", path)
    assert (answer.status, answer.body) == (204, b"")
    assert tenant.call("GET", path).status == tenant.call("DELETE", path).status == 404
    assert tenant.call("GET", "gateways").json()["_embedded"]["gateways"] == []


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("name", ..., "REQUIRED_VALUE"),
        ("name", "", "EMPTY_VALUE"),
        ("name", 7, "INVALID_VALUE"),
        ("name", "a<b", "INVALID_VALUE"),
        ("name", "x" * 257, "SIZE_LIMIT_EXCEEDED"),
        ("type", ..., "REQUIRED_VALUE"),
        ("type", "ping_federate", "INVALID_VALUE"),
        ("type", ["PING_FEDERATE"], "INVALID_VALUE"),
        ("enabled", ..., "REQUIRED_VALUE"),
        ("enabled", "true", "INVALID_VALUE"),
        ("enabled", 1, "INVALID_VALUE"),
        ("description", "x" * 1025, "SIZE_LIMIT_EXCEEDED"),
        ("description", {}, "INVALID_VALUE"),
    ],
)
def test_a_bad_member_is_named_on_create_and_on_update(
    tenant: Tenant, member: str, value: object, code: str
) -> None:
    stored = tenant.gateway("stored")
    body = gateway("other", **{member: value})

    for answer in (
        tenant.call("POST", "gateways", body),
        tenant.call("PUT", f"gateways/{stored['id']}", body),
    ):
        assert targets(answer)[member] == code
    assert tenant.call("GET", "gateways").json()["_embedded"]["gateways"] == [stored]


def test_every_complaint_is_told_at_once(tenant: Tenant) -> None:
    answer = tenant.call("POST", "gateways", {"name": "<", "type": "X", "enabled": 0})
    assert sorted(targets(answer)) == ["enabled", "name", "type"]


def test_a_name_is_unique_on_create_and_on_update(tenant: Tenant) -> None:
    first, second = tenant.gateway("first"), tenant.gateway("second")

    assert targets(tenant.call("POST", "gateways", gateway("first"))) == {
        "name": "UNIQUENESS_VIOLATION"
    }
    path = f"gateways/{second['id']}"
    assert targets(tenant.call("PUT", path, gateway("first"))) == {"name": "UNIQUENESS_VIOLATION"}
    assert tenant.call("PUT", path, gateway("second", enabled=False)).status == 200
    assert tenant.call("GET", f"gateways/{first['id']}").json() == first


@pytest.mark.parametrize("name", ["Zürich", "東京 1", "O'Neill_e\u0301", "a/b.c-d", "\u0661"])
def test_a_name_is_written_in_any_script(tenant: Tenant, name: str) -> None:
    assert tenant.gateway(name)["name"] == name


def test_the_type_of_a_gateway_stays(tenant: Tenant) -> None:
    made = tenant.gateway()
    answer = tenant.call("PUT", f"gateways/{made['id']}", gateway("x", type="AUTHORIZE"))
    assert targets(answer) == {"type": "INVALID_VALUE"}


def test_an_ldap_gateway_needs_its_members_and_hides_its_password(tenant: Tenant) -> None:
    assert set(targets(tenant.call("POST", "gateways", gateway(type="LDAP")))) == {
        "bindDN",
        "bindPassword",
        "serversHostAndPort",
        "vendor",
    }
    made = tenant.gateway(
        "ldap",
        type="LDAP",
        bindDN="cn=x",
        bindPassword="secret",
        serversHostAndPort=["h:636"],
        vendor="PingDirectory",
    )
    assert made["serversHostAndPort"] == ["h:636"]
    assert "secret" not in json.dumps([made, tenant.call("GET", "gateways").json()])


def test_read_only_members_are_not_the_clients(tenant: Tenant) -> None:
    made = tenant.gateway(id=NOBODYS, environment={"id": NOBODYS}, credentials=[{"id": NOBODYS}])
    assert made["id"] != NOBODYS
    assert made["environment"] == {"id": tenant.environment_id}
    assert "credentials" not in made


def test_a_pingfederate_gateway_has_its_creators_roles(tenant: Tenant) -> None:
    made = tenant.gateway()
    path = f"gateways/{made['id']}/roleAssignments"
    listed = tenant.call("GET", path).json()["_embedded"]["roleAssignments"]
    scope = {"id": tenant.environment_id, "type": "ENVIRONMENT"}
    assert [one["scope"] for one in listed] == [scope, scope]
    other = tenant.gateway("other", type="API_GATEWAY_INTEGRATION")
    path = f"gateways/{other['id']}/roleAssignments"
    assert tenant.call("GET", path).json()["_embedded"]["roleAssignments"] == []


def test_a_gateway_without_a_socket_has_no_instances(tenant: Tenant) -> None:
    path = f"gateways/{tenant.gateway()['id']}/instances"
    assert tenant.call("GET", path).json()["_embedded"]["gatewayInstances"] == []


def test_a_credential_is_shown_once(tenant: Tenant) -> None:
    made = tenant.gateway()
    credential = tenant.credential(made["id"])
    text = credential["credential"]
    path = f"gateways/{made['id']}/credentials"

    for where in (path, f"{path}/{credential['id']}", "gateways", f"gateways/{made['id']}"):
        answer = tenant.call("GET", where)
        assert answer.status == 200
        assert credential["id"].encode() in answer.body
        assert text.encode() not in answer.body
        assert text not in str(answer.headers)


def test_the_claims_of_a_credential_are_the_documented_ones() -> None:
    tenant = Tenant(PLAIN)
    made = tenant.gateway("My Gateway")
    credential = tenant.credential(made["id"])
    header, claims = parts(credential["credential"])
    environment = tenant.call("GET", "").json()

    assert header == {"alg": "RS256"}
    assert claims == {
        "aud": "https://api.pingone.com",
        "authUrl": "https://auth.pingone.com",
        "consoleUrl": "https://console.pingone.com",
        "environmentId": tenant.environment_id,
        "environmentName": environment["name"],
        "gatewayId": made["id"],
        "gatewayName": "My Gateway",
        "gatewayType": "PING_FEDERATE",
        "iat": int(tenant.clock.now_s()),
        "iss": "wss://gateways.pingone.com",
        "jti": credential["id"],
        "organizationId": environment["organization"]["id"],
        "organizationName": tenant.fake.tenant.seeded.organization_name,
        "region": "North America",
        "targetClusterEnvironment": "PROD",
        "targetGeography": "NA",
    }


def test_a_gateway_holds_five_credentials(tenant: Tenant) -> None:
    path = f"gateways/{tenant.gateway()['id']}/credentials"
    ids = [tenant.made(path, None)["id"] for _ in range(5)]

    assert targets(tenant.call("POST", path)) == {"credentials": "CONSTRAINT_VIOLATION"}
    assert tenant.call("DELETE", f"{path}/{ids[1]}").status == 204
    ids = [*ids[:1], *ids[2:], tenant.made(path, None)["id"]]

    listed = tenant.call("GET", path).json()["_embedded"]["credentials"]
    assert {one["id"] for one in listed} == set(ids)
    assert len(listed) == 5


def test_a_credential_is_found_below_its_own_gateway_only(tenant: Tenant) -> None:
    own, other = tenant.gateway("own"), tenant.gateway("other")
    key = tenant.credential(own["id"])["id"]

    for method in ("GET", "DELETE"):
        path = f"gateways/{other['id']}/credentials/{key}"
        assert tenant.call(method, path).status == 404
    assert tenant.call("GET", f"gateways/{NOBODYS}/credentials").status == 404
    assert tenant.call("POST", f"gateways/{NOBODYS}/credentials").status == 404


def test_an_exchange_is_worth_the_roles_of_the_gateway(tenant: Tenant) -> None:
    credential = tenant.credential(tenant.gateway()["id"])

    answer = tenant.exchange(credential["credential"])

    assert answer.status == 200
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", 300)
    bearer = f"Bearer {answer.json()['access_token']}"
    listed = tenant.call("GET", "/v1/environments", authorization=bearer).json()
    ids = [one["id"] for one in listed["_embedded"]["environments"]]
    assert ids == [tenant.environment_id]
    assert tenant.call("GET", "riskPolicySets", authorization=bearer).status == 200


def test_the_token_of_a_gateway_without_roles_lists_nothing(tenant: Tenant) -> None:
    made = tenant.gateway(type="API_GATEWAY_INTEGRATION")
    answer = tenant.exchange(tenant.credential(made["id"])["credential"])
    bearer = f"Bearer {answer.json()['access_token']}"
    listed = tenant.call("GET", "/v1/environments", authorization=bearer).json()
    assert listed["_embedded"]["environments"] == []
    assert tenant.call("GET", "gateways", authorization=bearer).status == 403


def test_every_exchange_moves_the_time_of_last_use(tenant: Tenant) -> None:
    made = tenant.gateway()
    credential, unused = (tenant.credential(made["id"]) for _ in range(2))
    path = f"gateways/{made['id']}/credentials/"
    assert "lastUsedAt" not in tenant.call("GET", path + credential["id"]).json()

    seen = []
    for _ in range(2):
        tenant.clock.advance(60)
        assert tenant.exchange(credential["credential"]).status == 200
        seen.append(tenant.call("GET", path + credential["id"]).json()["lastUsedAt"])

    assert seen == ["2026-01-01T00:01:00.000Z", "2026-01-01T00:02:00.000Z"]
    assert "lastUsedAt" not in tenant.call("GET", path + unused["id"]).json()


def test_revoking_disabling_and_deleting_end_an_exchange(tenant: Tenant) -> None:
    made = tenant.gateway()
    path = f"gateways/{made['id']}"
    first, second = (tenant.credential(made["id"]) for _ in range(2))

    tenant.call("PUT", path, gateway(enabled=False))
    assert tenant.exchange(first["credential"]).json()["error"] == "invalid_grant"
    tenant.call("PUT", path, gateway())
    assert tenant.exchange(first["credential"]).status == 200

    tenant.call("DELETE", f"{path}/credentials/{first['id']}")
    assert tenant.exchange(first["credential"]).json()["error"] == "invalid_grant"
    assert tenant.exchange(second["credential"]).status == 200

    tenant.call("DELETE", path)
    assert tenant.exchange(second["credential"]).json()["error"] == "invalid_grant"


def test_a_credential_is_spent_in_its_own_environment_only(tenant: Tenant) -> None:
    text = tenant.credential(tenant.gateway()["id"])["credential"]
    other = tenant.fake.second_environment_id
    assert tenant.exchange(text, environment_id=other).status == 400
    assert tenant.exchange(text, environment_id=NOBODYS).status == 400
    assert tenant.exchange(text).status == 200


def test_a_subject_token_that_was_changed_is_refused_and_not_repeated(tenant: Tenant) -> None:
    text = tenant.credential(tenant.gateway()["id"])["credential"]
    header, claims, signature = text.split(".")
    forged = urlsafe_b64encode(json.dumps(parts(text)[1] | {"iat": 1}).encode()).rstrip(b"=")
    none = urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()

    for spoiled in (
        f"{header}.{forged.decode()}.{signature}",
        f"{none}.{claims}.",
        f"{none}.{claims}.{signature}",
        f"{header}.{claims}.{signature[:-4]}",
        f" {text}",
        f"{text}=",
        f"{text}.",
        text.replace(".", ".."),
        tenant.token,
        "x" * 70_000,
    ):
        answer = tenant.exchange(spoiled)
        assert (answer.status, answer.json()["error"]) == (400, "invalid_request")
        assert signature[:40].encode() not in answer.body
        assert "access_token" not in answer.json()
    assert tenant.exchange(text).status == 200
