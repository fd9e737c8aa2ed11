"""Users log in to applications, and nothing but a good code, verifier or token gets any further."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from fakes.message import Request, Response
from fakes.pingone import CORRECT
from fakes.pingone.auth.flows import CHECK
from fakes.tests.pingone_logins import (
    BACK,
    CHALLENGE,
    GOODBYE,
    PASSWORD,
    VERIFIER,
    Browser,
    Logins,
    answered,
    form_of,
    location,
    refusal,
)
from fakes.tests.pingone_tenant import NOBODYS, parts, targets


@pytest.fixture
def site() -> Logins:
    return Logins()


def test_a_user_logs_in_and_the_application_gets_tokens(site: Logins) -> None:
    back = site.log_in(nonce="n")
    assert back["state"] == "s"
    answer = site.redeem(back["code"])
    body = answer.json()

    _, access = parts(body["access_token"])
    _, identity = parts(body["id_token"])
    assert (access["sub"], access["client_id"]) == (site.user["id"], site.app["id"])
    assert access["scope"] == body["scope"] == "openid"
    assert identity["sub"] == access["sub"]
    assert identity["sid"] == access["sid"]
    assert (identity["aud"], identity["nonce"]) == (site.app["id"], "n")
    assert identity["iss"] == access["iss"]
    assert ("Cache-Control", "no-store") in answer.headers


def test_a_session_saves_the_second_login(site: Logins) -> None:
    site.log_in()
    assert "code" in answered(site.authorize())
    again = location(site.authorize(prompt="login"))
    assert "/signon/" in again
    site.clock.advance(11)
    assert "/signon/" in location(site.authorize(max_age="10"))
    assert "code" in answered(site.authorize(max_age="11"))


def test_prompt_none_asks_nobody(site: Logins) -> None:
    assert answered(site.authorize(prompt="none"))["error"] == "login_required"
    site.log_in()
    assert "code" in answered(site.authorize(prompt="none"))
    site.clock.advance(CORRECT.session_lifetime_s)
    assert answered(site.authorize(prompt="none"))["error"] == "login_required"


def test_a_session_of_another_environment_is_none(site: Logins) -> None:
    site.log_in()
    other = site.fake.second_environment_id
    path = f"/{other}/as/authorize?client_id={site.app['id']}&redirect_uri={BACK}"
    assert site.browser.get(path).status == 400


@pytest.mark.parametrize(
    ("name", "password"),
    [("ada", "wrong"), ("ada", PASSWORD.lower()), ("ada", ""), ("nobody", PASSWORD), ("", "")],
)
def test_a_wrong_password_leads_back_to_the_page(site: Logins, name: str, password: str) -> None:
    page = site.browser.get(location(site.authorize()))
    again = site.browser.send(page, username=name, password=password)
    assert again.status == 200
    assert b"Incorrect username or password" in again.body
    assert not site.browser.cookies
    assert password.encode() not in again.body or not password
    good = site.browser.send(again, username="ADA", password=PASSWORD)
    assert "code" in answered(site.browser.get(location(good)))


def test_a_user_who_is_disabled_or_gone_has_no_session(site: Logins) -> None:
    tokens = site.tokens()
    path = f"users/{site.user['id']}"
    assert site.call("PUT", f"{path}/enabled", {"enabled": False}).status == 200
    assert "/signon/" in location(site.authorize())
    assert refusal(site.refreshed(tokens["refresh_token"])) == "invalid_grant"
    assert site.call("PUT", f"{path}/enabled", {"enabled": True}).status == 200
    assert "code" in answered(site.authorize())
    assert site.call("DELETE", path).status == 204
    assert "/signon/" in location(site.authorize())


def test_a_flow_belongs_to_the_browser_that_logged_in(site: Logins) -> None:
    page = site.browser.get(location(site.authorize()))
    resume = location(site.browser.send(page, username="ada", password=PASSWORD))
    assert Browser(site).get(resume).status == 400
    assert "code" in answered(site.browser.get(resume))
    assert site.browser.get(resume).status == 404


def test_a_flow_ends(site: Logins) -> None:
    where = location(site.authorize())
    page = site.browser.get(where)
    site.clock.advance(CORRECT.flow_lifetime_s)
    assert site.browser.get(where).status == 400
    assert site.browser.send(page, username="ada", password=PASSWORD).status == 400


def act(site: Logins, flow_id: str, body: bytes, content_type: str = CHECK) -> Response:
    path = f"/{site.environment_id}/flows/{flow_id}"
    return site.fake.handle(Request("POST", path, "", {"content-type": content_type}, body))


def test_a_flow_goes_without_a_page(site: Logins) -> None:
    flow = site.authorize(response_mode="pi.flow").json()
    assert flow["status"] == "USERNAME_PASSWORD_REQUIRED"
    bad = act(site, flow["id"], b'{"username": "ada", "password": "x"}')
    assert targets(bad) == {"password": "INVALID_VALUE"}
    assert targets(act(site, flow["id"], b"{}")) == dict.fromkeys(
        ("username", "password"), "REQUIRED_VALUE"
    )
    assert act(site, flow["id"], b"{}", "application/json").status == 415
    done = act(site, flow["id"], f'{{"username":"ada","password":"{PASSWORD}"}}'.encode())
    assert done.json()["status"] == "COMPLETED"
    assert any(value.startswith("ST=") for name, value in done.headers if name == "Set-Cookie")
    assert site.redeem(done.json()["authorizeResponse"]["code"]).status == 200


def test_a_flow_that_redirects_is_resumed(site: Logins) -> None:
    where = urlsplit(location(site.authorize()))
    flow_id = dict(parse_qsl(where.query))["flowId"]
    body = f'{{"username":"ada","password":"{PASSWORD}"}}'.encode()
    done = act(site, flow_id, body)
    shown = site.browser.get(f"/{site.environment_id}/flows/{flow_id}").json()
    assert shown["status"] == "COMPLETED"
    for name, value in done.headers:
        if name == "Set-Cookie":
            site.browser.cookies["ST"] = value.partition("=")[2].partition(";")[0]
    assert "code" in answered(site.browser.get(done.json()["resumeUrl"]))


@pytest.mark.parametrize("mode", ["query", "fragment"])
def test_the_answer_comes_where_it_was_asked_for(site: Logins, mode: str) -> None:
    site.log_in()
    url = urlsplit(location(site.authorize(response_mode=mode)))
    assert "code=" in (url.query if mode == "query" else url.fragment)


def test_the_answer_comes_as_a_form(site: Logins) -> None:
    site.log_in()
    posted = site.authorize(response_mode="form_post", state='"><x')
    action, fields = form_of(posted.body.decode())
    assert action == BACK
    assert fields["state"] == '"><x'
    assert site.redeem(fields["code"]).status == 200


@pytest.mark.parametrize(
    "query",
    [
        {"redirect_uri": ""},
        {"redirect_uri": "https://shop.example.com/callback/"},
        {"redirect_uri": "https://shop.example.com/callback?x=1"},
        {"redirect_uri": "https://shop.example.com@evil.example/callback"},
        {"redirect_uri": "HTTPS://shop.example.com/callback"},
        {"client_id": NOBODYS},
        {"client_id": ""},
    ],
)
def test_what_is_not_registered_is_never_sent_to(site: Logins, query: dict[str, str]) -> None:
    answer = site.authorize(**query)
    assert refusal(answer) == "invalid_request"
    assert "Location" not in dict(answer.headers)


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"response_type": ""}, "invalid_request"),
        ({"response_type": "nonsense"}, "unsupported_response_type"),
        ({"response_mode": "nonsense"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge_method": "S512"}, "invalid_request"),
        ({"scope": "openid p1:read:user"}, "invalid_scope"),
        ({"scope": "nonsense"}, "invalid_scope"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"max_age": "x"}, "invalid_request"),
    ],
)
def test_a_request_that_is_none_is_told_to_its_client(
    site: Logins, query: dict[str, str], error: str
) -> None:
    site.log_in()
    back = answered(site.authorize(**query))
    assert (back["error"], back["state"]) == (error, "s")


def test_an_application_without_the_grant_gets_no_code() -> None:
    site = Logins(grantTypes=["CLIENT_CREDENTIALS"])
    assert answered(site.authorize())["error"] == "unauthorized_client"


def test_a_repeated_parameter_is_refused(site: Logins) -> None:
    path = f"/{site.environment_id}/as/authorize"
    query = f"client_id={site.app['id']}&client_id={site.app['id']}"
    answer = site.fake.handle(Request("GET", path, query))
    assert refusal(answer) == "invalid_request"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"code": NOBODYS}, "invalid_grant"),
        ({"code": ""}, "invalid_request"),
        ({"redirect_uri": ""}, "invalid_grant"),
        ({"redirect_uri": GOODBYE}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"code_verifier": VERIFIER + "="}, "invalid_grant"),
        ({"client_secret": "wrong"}, "invalid_client"),
    ],
)
def test_a_code_is_for_who_asked_for_it(site: Logins, form: dict[str, str], error: str) -> None:
    code = site.log_in()["code"]
    whole = {"code": code, **form}
    assert refusal(site.redeem(**whole)) == error
    assert site.redeem(code).status == 200


def test_a_code_is_not_for_another_application(site: Logins) -> None:
    code = site.log_in()["code"]
    other = site.application("Other")
    secret = site.secret_of(other["id"])
    answer = site.redeem(code, client_id=other["id"], client_secret=secret)
    assert refusal(answer) == "invalid_grant"


def test_a_code_lives_for_its_time(site: Logins) -> None:
    code = site.log_in()["code"]
    site.clock.advance(CORRECT.code_lifetime_s)
    assert refusal(site.redeem(code)) == "invalid_grant"


def test_a_code_used_twice_ends_what_came_of_it(site: Logins) -> None:
    code = site.log_in()["code"]
    tokens = site.redeem(code).json()
    assert refusal(site.redeem(code)) == "invalid_grant"
    assert refusal(site.refreshed(tokens["refresh_token"])) == "invalid_grant"


def test_a_challenge_that_is_plain_is_compared_as_it_is() -> None:
    site = Logins(pkceEnforcement="OPTIONAL")
    code = site.log_in(code_challenge=VERIFIER, code_challenge_method="plain")["code"]
    assert refusal(site.redeem(code, code_verifier="w" * 43)) == "invalid_grant"
    assert site.redeem(code).status == 200


def test_without_a_challenge_there_is_no_verifier() -> None:
    site = Logins(pkceEnforcement="OPTIONAL")
    code = site.log_in(code_challenge="", code_challenge_method="")["code"]
    assert refusal(site.redeem(code)) == "invalid_grant"
    assert site.redeem(code, code_verifier="").status == 200


def test_a_user_who_may_not_log_in_any_more_gets_no_tokens(site: Logins) -> None:
    code = site.log_in()["code"]
    path = f"users/{site.user['id']}/enabled"
    assert site.call("PUT", path, {"enabled": False}).status == 200
    assert refusal(site.redeem(code)) == "invalid_grant"


def test_a_sign_off_goes_nowhere_it_was_not_told(site: Logins) -> None:
    tokens = site.tokens()
    path = f"/{site.environment_id}/as/signoff"
    client = f"client_id={site.app['id']}"
    for query in (
        f"{client}&post_logout_redirect_uri={BACK}",
        f"post_logout_redirect_uri={GOODBYE}",
        f"id_token_hint=x&{client}",
        f"id_token_hint={tokens['access_token']}",
        f"id_token_hint={tokens['id_token']}&client_id={NOBODYS}",
        f"client_id={NOBODYS}",
    ):
        assert refusal(site.browser.get(f"{path}?{query}")) == "invalid_request"
    assert "code" in answered(site.authorize())
    answer = site.browser.post(path, {"client_id": site.app["id"]})
    assert answer.status == 200
    assert "/signon/" in location(site.authorize())


def push(site: Logins, **form: str) -> Response:
    asked = {"response_type": "code", "redirect_uri": BACK, "scope": "openid", "state": "s"}
    challenge = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    return site.at("par", {**asked, **challenge, **form})


def by_name(site: Logins, uri: str, **query: str) -> Response:
    whole = {"client_id": site.app["id"], "request_uri": uri, **query}
    return site.browser.get(f"/{site.environment_id}/as/authorize?{urlencode(whole)}")


def test_a_request_that_was_pushed_is_good_once() -> None:
    site = Logins(parRequirement="REQUIRED", parTimeout=90)
    assert answered(site.authorize())["error"] == "invalid_request"
    answer = push(site)
    assert (answer.status, answer.json()["expires_in"]) == (201, 90)
    uri = answer.json()["request_uri"]
    page = site.browser.get(location(by_name(site, uri)))
    sent = site.browser.send(page, username="ada", password=PASSWORD)
    back = answered(site.browser.get(location(sent)))
    assert back["state"] == "s"
    assert site.redeem(back["code"]).status == 200
    assert refusal(by_name(site, uri)) == "invalid_request"


def test_a_pushed_request_is_its_clients_and_ends(site: Logins) -> None:
    site.log_in()
    other = site.application("Other")
    uri = push(site).json()["request_uri"]
    assert refusal(by_name(site, uri, client_id=other["id"])) == "invalid_request"
    assert "code" in answered(by_name(site, uri))
    uri = push(site).json()["request_uri"]
    site.clock.advance(60)
    assert refusal(by_name(site, uri)) == "invalid_request"
    assert refusal(push(site, client_secret="wrong")) == "invalid_client"
    assert refusal(push(site, redirect_uri=GOODBYE)) == "invalid_request"
    assert refusal(push(site, scope="nonsense")) == "invalid_scope"
    assert refusal(push(site, request_uri=uri)) == "invalid_request"
    rows = site.fake.snapshot().rows
    assert site.secret not in repr(rows.get("pushedRequests", {}))


def test_pages_escape_what_they_show(site: Logins) -> None:
    answer = site.browser.get(f'/{site.environment_id}/device?user_code="><script>')
    assert b"<script>" not in answer.body
    assert ("X-Frame-Options", "DENY") in answer.headers
    assert dict(answer.headers)["Content-Type"].startswith("text/html")


def test_no_answer_and_no_repr_shows_a_password(site: Logins) -> None:
    tokens = site.tokens()
    user = site.call("GET", f"users/{site.user['id']}")
    assert site.call("GET", f"users/{site.user['id']}/password").json()["status"] == "OK"
    answers = [site.call("GET", "users"), site.call("GET", "applications"), user]
    shown = repr((answers, tokens, site.fake, site.fake.snapshot()))
    assert PASSWORD not in shown
    assert site.secret not in shown
