"""Scopes, introspection, revocation, the user's claims, and devices."""

from __future__ import annotations

import dataclasses
import re
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import pytest

from fakes.message import Request, Response
from fakes.pingone import CORRECT
from fakes.pingone.auth.expiring import LIMIT
from fakes.tests.pingone_logins import DEVICE_CODE, PASSWORD, Logins, refusal
from fakes.tests.pingone_tenant import FORM, NOBODYS, PLAIN, parts, targets


@pytest.fixture
def site() -> Logins:
    return Logins()


class Service(Logins):
    """An application that acts for itself, with a custom resource."""

    def __init__(self, behaviour: Any = CORRECT, **members: Any) -> None:
        members = {"grantTypes": ["CLIENT_CREDENTIALS"], "type": "SERVICE", **members}
        super().__init__(behaviour, **members)
        self.resource = self.granted(
            self.app["id"], "admin", audience="urn:admin", accessTokenValiditySeconds=600
        )

    def asked(self, scope: str = "") -> Response:
        """The answer to the application's own request."""
        return self.at("token", {"grant_type": "client_credentials", "scope": scope})


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


def userinfo(site: Logins, token: str, scheme: str = "Bearer") -> Response:
    headers = {"authorization": f"{scheme} {token}"}
    return site.fake.handle(Request("GET", f"/{site.environment_id}/as/userinfo", "", headers))


def test_the_users_claims_are_for_a_good_token_of_a_user() -> None:
    site = Logins(PLAIN)
    tokens = site.tokens()
    assert userinfo(site, tokens["access_token"]).json() == {"sub": site.user["id"]}
    for token in (site.token, tokens["id_token"], tokens["refresh_token"], "x", ""):
        answer = userinfo(site, token)
        assert (answer.status, refusal(answer)) == (401, "invalid_token")
        assert dict(answer.headers)["WWW-Authenticate"].startswith("Bearer ")
    assert userinfo(site, tokens["access_token"], "Basic").status == 401
    site.clock.advance(3600)
    assert userinfo(site, tokens["access_token"]).status == 401


def test_the_token_of_a_user_has_not_the_roles_of_the_application(site: Logins) -> None:
    bearer = f"Bearer {site.tokens()['access_token']}"
    assert site.call("GET", "gateways", authorization=bearer).status == 403
    listed = site.call("GET", "/v1/environments", authorization=bearer).json()
    assert listed["_embedded"]["environments"] == []


def test_introspection_tells_its_client_what_the_token_says(site: Logins) -> None:
    tokens = site.tokens()
    told = site.introspected(tokens["access_token"])
    assert told == {"active": True, "token_type": "Bearer", **parts(tokens["access_token"])[1]}
    refresh = site.introspected(tokens["refresh_token"])
    assert (refresh["active"], refresh["client_id"]) == (True, site.app["id"])
    site.refreshed(tokens["refresh_token"])
    assert site.introspected(tokens["refresh_token"]) == {"active": False}


@pytest.mark.parametrize("what", ["", "x", "id", "foreign", "none", "changed", "expired"])
def test_a_token_that_is_not_good_is_not_active(site: Logins, what: str) -> None:
    tokens = site.tokens()
    header, claims, signature = tokens["access_token"].split(".")
    text = {
        "x": "x",
        "id": tokens["id_token"],
        "foreign": Logins(seed=1).tokens()["access_token"],
        "none": f"eyJhbGciOiJub25lIn0.{claims}.",
        "changed": f"{header}.{claims}.{signature[:-4]}",
        "expired": tokens["access_token"],
    }.get(what, "")
    if what == "expired":
        site.clock.advance(3600)
    answer = site.at("introspect", {"token": text})
    if text:
        assert (answer.status, answer.json()) == (200, {"active": False})
    else:
        assert refusal(answer) == "invalid_request"


def test_introspection_wants_a_client(site: Logins) -> None:
    token = site.tokens()["access_token"]
    for form in ({"client_secret": "wrong"}, {"client_id": NOBODYS}, {"client_secret": ""}):
        assert refusal(site.at("introspect", {"token": token, **form})) == "invalid_client"


def test_introspection_tells_others_nothing() -> None:
    site = Service()
    token = site.asked().json()["access_token"]
    other = site.application("Other")
    form = {"client_id": other["id"], "client_secret": site.secret_of(other["id"])}
    assert site.at("introspect", {"token": token, **form}).json() == {"active": False}
    open_to_all = Service(dataclasses.replace(CORRECT, introspection_limited=False))
    token = open_to_all.asked().json()["access_token"]
    other = open_to_all.application("Other")
    form = {"client_id": other["id"], "client_secret": open_to_all.secret_of(other["id"])}
    assert open_to_all.at("introspect", {"token": token, **form}).json()["active"] is True


def test_a_resource_introspects_with_its_own_secret() -> None:
    site = Service()
    token = site.asked().json()["access_token"]
    key = site.resource["id"]
    secret = site.call("GET", f"resources/{key}/secret").json()["secret"]

    def told(pair: str, text: str) -> Response:
        headers = {
            "content-type": FORM,
            "authorization": f"Basic {b64encode(pair.encode()).decode()}",
        }
        body = urlencode({"token": text}).encode()
        path = f"/{site.environment_id}/as/introspect"
        return site.fake.handle(Request("POST", path, "", headers, body))

    assert told(f"{key}:{secret}", token).json()["scope"] == "admin"
    assert told(f"{key}:wrong", token).status == 401
    posted = {"token": token, "client_id": key, "client_secret": secret}
    assert "Unsupported authentication" in site.at("introspect", posted).json()["error_description"]
    rotated = site.call("POST", f"resources/{key}/secret").json()["secret"]
    assert told(f"{key}:{secret}", token).status == 401
    assert told(f"{key}:{rotated}", site.token).json() == {"active": False}


def test_a_token_of_a_session_for_a_custom_resource_is_revoked(site: Logins) -> None:
    site.granted(site.app["id"], "buy")
    tokens = site.tokens(scope="openid buy")
    assert parts(tokens["access_token"])[1]["aud"] == ["resource of buy"]
    assert site.introspected(tokens["access_token"])["active"] is True
    assert site.at("revoke", {"token": tokens["access_token"]}).status == 200
    assert site.introspected(tokens["access_token"]) == {"active": False}
    assert userinfo(site, tokens["access_token"]).status == 401
    assert site.refreshed(tokens["refresh_token"]).status == 200


def test_a_refresh_token_is_revoked_with_its_family(site: Logins) -> None:
    first = site.tokens()["refresh_token"]
    second = site.refreshed(first).json()["refresh_token"]
    assert site.at("revoke", {"token": first}).status == 200
    assert refusal(site.refreshed(second)) == "invalid_grant"
    assert site.at("revoke", {"token": first}).status == 200
    assert site.at("revoke", {"token": "nonsense"}).status == 200
    assert refusal(site.at("revoke", {})) == "invalid_request"


def test_what_cannot_be_revoked_is_told_or_not(site: Logins) -> None:
    token = site.tokens()["access_token"]
    assert refusal(site.at("revoke", {"token": token})) == "unsupported_token_type"
    silent = Logins(dataclasses.replace(CORRECT, unrevocable_error=None))
    token = silent.tokens()["access_token"]
    assert silent.at("revoke", {"token": token}).status == 200
    assert silent.introspected(token)["active"] is True


def test_nobody_revokes_the_token_of_another(site: Logins) -> None:
    tokens = site.tokens()
    other = site.application("Other")
    form = {"client_id": other["id"], "client_secret": site.secret_of(other["id"])}
    for kind in ("access_token", "refresh_token"):
        answer = site.at("revoke", {"token": tokens[kind], **form})
        assert refusal(answer) == "unauthorized_client"
    assert site.refreshed(tokens["refresh_token"]).status == 200


class Device(Logins):
    """An application on a device, which has asked for codes."""

    def __init__(self, behaviour: Any = CORRECT, **members: Any) -> None:
        body: dict[str, Any] = {
            "grantTypes": ["DEVICE_CODE", "REFRESH_TOKEN"],
            "tokenEndpointAuthMethod": "NONE",
        }
        super().__init__(behaviour, **body, **members)
        self.secret = ""
        self.codes = self.begun().json()

    def begun(self, scope: str = "openid") -> Response:
        """The answer to the device that asks for codes."""
        return self.at("device_authorization", {"scope": scope})

    def asked(self) -> Response:
        """The answer to the device that asks whether it may."""
        return self.at(
            "token", {"grant_type": DEVICE_CODE, "device_code": self.codes["device_code"]}
        )

    def decided(self, action: str = "allow", **typed: str) -> Response:
        """The answer to the user, who typed this in."""
        page = self.browser.get(self.codes["verification_uri_complete"])
        code = self.codes["user_code"]
        assert code.encode() in page.body
        fields = {"user_code": code, "username": "ada", "password": PASSWORD, **typed}
        return self.browser.send(page, action=action, **fields)


def test_a_device_gets_tokens_when_its_user_allows_it() -> None:
    device = Device()
    codes = device.codes
    assert re.fullmatch(r"[A-Z]{4}-[A-Z]{4}", codes["user_code"])
    assert (codes["expires_in"], codes["interval"]) == (600, 5)
    assert refusal(device.asked()) == "authorization_pending"
    assert device.decided().status == 200
    device.clock.advance(5)
    tokens = device.asked().json()
    assert parts(tokens["id_token"])[1]["sub"] == device.user["id"]
    assert device.refreshed(tokens["refresh_token"]).status == 200
    assert refusal(device.asked()) == "invalid_grant"


def test_a_device_that_asks_too_often_waits_longer() -> None:
    device = Device()
    assert refusal(device.asked()) == "authorization_pending"
    device.clock.advance(4)
    assert refusal(device.asked()) == "slow_down"
    device.clock.advance(9)
    assert refusal(device.asked()) == "slow_down"
    device.clock.advance(15)
    assert refusal(device.asked()) == "authorization_pending"


def test_a_device_is_told_what_its_user_said() -> None:
    device = Device()
    assert device.decided("deny").status == 200
    assert refusal(device.asked()) == "access_denied"
    late = Device(deviceTimeout=30, devicePollingInterval=1)
    assert (late.codes["expires_in"], late.codes["interval"]) == (30, 1)
    late.clock.advance(30)
    assert refusal(late.asked()) == "expired_token"
    assert b"not right" in late.decided().body


@pytest.mark.parametrize(
    "typed", [{"password": "x"}, {"user_code": "XXXX-XXXX"}, {"user_code": ""}, {"username": "b"}]
)
def test_a_device_waits_while_its_user_types_nonsense(typed: dict[str, str]) -> None:
    device = Device()
    assert b"not right" in device.decided(**typed).body
    assert refusal(device.asked()) == "authorization_pending"


def test_a_user_code_may_be_written_carelessly() -> None:
    device = Device()
    code = device.codes["user_code"].lower().replace("-", " ")
    assert b"connected" in device.decided(user_code=code).body


def test_a_device_code_is_for_its_application(site: Logins) -> None:
    assert refusal(site.at("device_authorization", {})) == "unauthorized_client"
    device = Device()
    other = device.application("Other", grantTypes=["DEVICE_CODE"], tokenEndpointAuthMethod="NONE")
    device.decided()
    form = {"grant_type": DEVICE_CODE, "device_code": device.codes["device_code"]}
    assert refusal(device.at("token", {**form, "client_id": other["id"]})) == "invalid_grant"
    assert refusal(device.begun("nonsense")) == "invalid_scope"
    assert device.asked().status == 200


def test_a_seed_gives_the_same_codes_and_tokens() -> None:
    first, second = Device(), Device()
    assert first.codes == second.codes
    assert Logins().tokens() == Logins().tokens()
    assert Logins().tokens() != Logins(seed=1).tokens()


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
