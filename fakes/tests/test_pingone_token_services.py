"""Custom resources, their scopes and claims, and the grants that open them to clients."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from fakes.pingone import CORRECT
from fakes.pingone.auth.expiring import LIMIT
from fakes.tests.pingone_logins import PASSWORD, Logins, refusal
from fakes.tests.pingone_services import Service, userinfo
from fakes.tests.pingone_tenant import NOBODYS, parts, targets


@pytest.fixture
def site() -> Logins:
    return Logins()


@pytest.mark.parametrize("scope", ["", "admin"])
@pytest.mark.parametrize("kind", ["SERVICE", "WEB_APP"])
def test_a_token_is_for_the_custom_resource(kind: str, scope: str) -> None:
    site = Service(type=kind)
    body = site.asked(scope).json()
    _, claims = parts(body["access_token"])
    assert (claims["scope"], claims["aud"]) == ("admin", ["urn:admin"])
    assert (body["scope"], body["expires_in"]) == ("admin", 600)
    assert claims["exp"] - claims["iat"] == 600
    bearer = f"Bearer {body['access_token']}"
    assert site.call("GET", "/v1/environments", authorization=bearer).status == 401


def test_a_worker_has_a_scope_when_it_asks_for_one() -> None:
    site = Service(type="WORKER")
    assert "scope" not in parts(site.asked().json()["access_token"])[1]
    assert parts(site.asked("admin").json()["access_token"])[1]["aud"] == ["urn:admin"]


@pytest.mark.parametrize("scope", ["other", "admin other", "openid", "admin  x"])
def test_a_scope_that_was_not_granted_is_refused(scope: str) -> None:
    site = Service()
    other = site.made("resources", {"name": "other"})
    site.made(f"resources/{other['id']}/scopes", {"name": "other"})
    assert refusal(site.asked(scope)) == "invalid_scope"


def test_scopes_that_were_not_granted_may_be_dropped() -> None:
    site = Service(dataclasses.replace(CORRECT, ungranted_scopes="dropped"))
    assert site.asked("admin other").json()["scope"] == "admin"
    assert refusal(site.asked("other")) == "invalid_scope"


def test_one_token_is_not_for_two_resources() -> None:
    site = Service()
    site.granted(site.app["id"], "second")
    for scope in ("admin second", ""):
        answer = site.asked(scope)
        assert refusal(answer) == "invalid_scope"
        assert "multiple resources" in answer.json()["error_description"]
    assert site.asked("second").json()["scope"] == "second"


def test_a_client_without_any_grant_gets_nothing(site: Logins) -> None:
    app = site.application("bare", grantTypes=["CLIENT_CREDENTIALS"])
    form = {"client_id": app["id"], "client_secret": site.secret_of(app["id"])}
    answer = site.at("token", {"grant_type": "client_credentials", **form})
    assert refusal(answer) == "invalid_scope"


def test_a_grant_that_is_taken_back_is_gone() -> None:
    site = Service()
    path = f"applications/{site.app['id']}/grants"
    listed = site.call("GET", path).json()["_embedded"]["grants"]
    assert [one["resource"]["id"] for one in listed] == [site.resource["id"]]
    assert site.call("DELETE", f"{path}/{listed[0]['id']}").status == 204
    assert refusal(site.asked("admin")) == "invalid_scope"


def test_a_resource_that_is_deleted_takes_its_grants_along() -> None:
    site = Service()
    assert site.call("DELETE", f"resources/{site.resource['id']}").status == 204
    assert site.call("GET", f"applications/{site.app['id']}/grants").json()["count"] == 0
    assert refusal(site.asked("admin")) == "invalid_scope"


def test_the_subject_of_a_clients_own_token_is_chosen() -> None:
    assert "sub" not in parts(Service().asked().json()["access_token"])[1]
    site = Service(dataclasses.replace(CORRECT, custom_subject="sub"))
    assert parts(site.asked().json()["access_token"])[1]["sub"] == site.app["id"]


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("resources", {}, {"name": "REQUIRED_VALUE"}),
        ("resources", {"name": "openid"}, {"name": "UNIQUENESS_VIOLATION"}),
        (
            "resources",
            {"name": "x", "audience": "https://api.pingone.com"},
            {"audience": "INVALID_VALUE"},
        ),
        (
            "resources",
            {"name": "x", "accessTokenValiditySeconds": 299},
            {"accessTokenValiditySeconds": "OUT_OF_RANGE"},
        ),
        ("populations", {"name": "Default"}, {"name": "UNIQUENESS_VIOLATION"}),
        ("users", {"username": "ADA"}, {"username": "UNIQUENESS_VIOLATION"}),
        (
            "users",
            {"username": "x", "population": {"id": NOBODYS}},
            {"population.id": "INVALID_VALUE"},
        ),
    ],
    ids=repr,
)
def test_what_is_taken_or_wrong_is_refused(
    site: Logins, kind: str, body: dict[str, Any], expected: dict[str, str]
) -> None:
    assert targets(site.call("POST", kind, body)) == expected


def test_a_resource_gives_its_tokens_claims_of_its_own() -> None:
    site = Service(grantTypes=["CLIENT_CREDENTIALS", "AUTHORIZATION_CODE"])
    path = f"resources/{site.resource['id']}/attributes"
    made = site.made(path, {"name": "group", "value": "admins"})
    for name, value in (("mail", "${user.email}"), ("given", "${user.name.given}")):
        site.made(path, {"name": name, "value": value})
    site.made(path, {"name": "nothing", "value": "${user.username.x}"})
    own = parts(site.asked("admin").json()["access_token"])[1]
    assert (own["group"], "mail" in own) == ("admins", False)
    users = parts(site.tokens(scope="admin")["access_token"])[1]
    assert (users["group"], users["mail"], users["given"]) == ("admins", "ada@example.com", "Ada")
    assert "nothing" not in users
    assert targets(site.call("POST", path, {"name": "group", "value": "x"})) == {
        "name": "UNIQUENESS_VIOLATION"
    }
    assert targets(site.call("POST", path, {"name": "aud", "value": "x"})) == {
        "name": "INVALID_VALUE"
    }
    assert site.call("POST", path, {"name": "x", "value": "${#root.user}"}).status == 501
    assert site.call("GET", path).json()["count"] == 4
    assert site.call("DELETE", f"{path}/{made['id']}").status == 204
    assert "group" not in parts(site.asked("admin").json()["access_token"])[1]


@pytest.mark.parametrize(
    ("behaviour", "member", "status"),
    [
        (CORRECT, ..., 200),
        (CORRECT, True, 200),
        (CORRECT, False, 403),
        (dataclasses.replace(CORRECT, worker_inherits_roles=False), ..., 403),
        (dataclasses.replace(CORRECT, worker_inherits_roles=False), True, 200),
    ],
)
def test_a_new_worker_has_the_roles_of_who_made_it(
    behaviour: Any, member: Any, status: int
) -> None:
    members = {"grantTypes": ["CLIENT_CREDENTIALS"], "assignActorRoles": member}
    site = Logins(behaviour, type="WORKER", **members)
    assert "assignActorRoles" not in site.app
    token = site.at("token", {"grant_type": "client_credentials"}).json()["access_token"]
    assert site.call("GET", "gateways", authorization=f"Bearer {token}").status == status


def test_resources_of_pingone_are_not_changed(site: Logins) -> None:
    listed = site.call("GET", "resources").json()["_embedded"]["resources"]
    ids = {one["type"]: one["id"] for one in listed}
    assert set(ids) == {"OPENID_CONNECT", "PINGONE_API"}
    path = f"resources/{ids['OPENID_CONNECT']}"
    scopes = site.call("GET", f"{path}/scopes").json()["_embedded"]["scopes"]
    assert {one["name"] for one in scopes} == {"openid", "profile", "email", "address", "phone"}
    refused = {"type": "CONSTRAINT_VIOLATION"}
    assert targets(site.call("DELETE", path)) == refused
    assert targets(site.call("GET", f"{path}/secret")) == refused
    assert targets(site.call("POST", f"{path}/scopes", {"name": "x"})) == refused


def test_a_grant_opens_more_scopes_of_openid(site: Logins) -> None:
    listed = site.call("GET", "resources").json()["_embedded"]["resources"]
    (resource,) = (one for one in listed if one["type"] == "OPENID_CONNECT")
    scopes = site.call("GET", f"resources/{resource['id']}/scopes").json()["_embedded"]["scopes"]
    ids = [{"id": one["id"]} for one in scopes if one["name"] in ("profile", "email")]
    body = {"resource": {"id": resource["id"]}, "scopes": ids}
    site.made(f"applications/{site.app['id']}/grants", body)
    tokens = site.tokens(scope="openid profile email")
    _, identity = parts(tokens["id_token"])
    assert (identity["email"], identity["given_name"]) == ("ada@example.com", "Ada")
    answer = userinfo(site, tokens["access_token"])
    assert answer.json()["preferred_username"] == "ada"


def test_what_ends_by_itself_is_forgotten(site: Logins) -> None:
    table = site.fake.tenant.table("flows")
    for _ in range(30):
        site.authorize()
        site.clock.advance(CORRECT.flow_lifetime_s)
    assert len(table) <= 2
    assert LIMIT <= 20_000


def test_users_and_populations_are_read_as_they_were_made(site: Logins) -> None:
    made = site.made("populations", {"name": "Staff"})
    assert site.call("GET", f"populations/{made['id']}").json() == made
    listed = site.call("GET", "populations").json()["_embedded"]["populations"]
    assert sorted(one["default"] for one in listed) == [False, True]
    body = {"username": "bob", "population": {"id": made["id"]}}
    user = site.made("users", body)
    assert user["population"] == {"id": made["id"]}
    path = f"users/{user['id']}"
    assert site.call("GET", f"{path}/password").json()["status"] == "NO_PASSWORD"
    new = site.call("PUT", path, {**body, "email": "bob@example.com"}).json()
    assert site.call("GET", path).json() == new
    assert site.call("GET", "users").json()["count"] == 2
    assert site.call("GET", "users?limit=0").status == 400
    assert site.call("GET", "users?order=username").status == 501


def test_a_password_that_is_set_is_the_one_that_counts(site: Logins) -> None:
    path = f"users/{site.user['id']}/password"
    kind = "application/vnd.pingidentity.password.set+json"
    body = {"value": "new", "forceChange": False}
    assert site.call("PUT", path, body, content_type=kind).json()["status"] == "OK"
    assert site.call("PUT", path, body).status == 501
    forced = {"value": "x", "forceChange": True}
    assert site.call("PUT", path, forced, content_type=kind).status == 501
    page = site.browser.get(dict(site.authorize().headers)["Location"])
    assert site.browser.send(page, username="ada", password=PASSWORD).status == 200
    assert site.browser.send(page, username="ada", password="new").status == 303


def test_nothing_of_one_environment_is_seen_in_another(site: Logins) -> None:
    other = site.fake.second_environment_id
    for kind in ("applications", "users", "resources", "populations"):
        assert site.call("GET", f"/v1/environments/{other}/{kind}").status == 403
