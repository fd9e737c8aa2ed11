"""The user's claims, introspection and revocation are for good tokens and their clients."""

from __future__ import annotations

import dataclasses
from base64 import b64encode
from urllib.parse import urlencode

import pytest

from fakes.message import Request, Response
from fakes.pingone import CORRECT
from fakes.tests.pingone_logins import Logins, refusal
from fakes.tests.pingone_services import Service, userinfo
from fakes.tests.pingone_tenant import FORM, NOBODYS, PLAIN, parts


@pytest.fixture
def site() -> Logins:
    return Logins()


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
