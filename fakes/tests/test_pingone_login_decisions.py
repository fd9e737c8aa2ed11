"""Each decision about clients and logins does what it says, and each check is looked at."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from fakes.message import Request
from fakes.pingone import CORRECT
from fakes.tests.pingone_logins import (
    GOODBYE,
    PASSWORD,
    Logins,
    answered,
    location,
    refusal,
)
from fakes.tests.pingone_services import Device, Service
from fakes.tests.pingone_tenant import NOBODYS, parts, targets
from fakes.tests.test_pingone_clients import Asserting
from fakes.tests.test_pingone_logins import act

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.message import Response
    from fakes.pingone import Behaviour


def decided(**decisions: Any) -> Behaviour:
    return dataclasses.replace(CORRECT, **decisions)


def without(name: str, check: str) -> Behaviour:
    """The behaviour that does not look at this; KeyError where it never did."""
    checks = set(getattr(CORRECT, name))
    checks.remove(check)
    return decided(**{name: frozenset(checks)})


def reused(site: Logins) -> Response:
    code = site.log_in()["code"]
    assert site.redeem(code).status == 200
    return site.redeem(code)


def expired(site: Logins) -> Response:
    code = site.log_in()["code"]
    site.clock.advance(CORRECT.code_lifetime_s)
    return site.redeem(code)


def others(site: Logins, code: str) -> Response:
    other = site.application("Other")
    return site.redeem(code, client_id=other["id"], client_secret=site.secret_of(other["id"]))


CODES: dict[str, Callable[[Logins], Response]] = {
    "client": lambda site: others(site, site.log_in()["code"]),
    "redirect_uri": lambda site: site.redeem(site.log_in()["code"], redirect_uri=GOODBYE),
    "verifier": lambda site: site.redeem(site.log_in()["code"], code_verifier="w" * 43),
    "verifier_sent": lambda site: site.redeem(site.log_in()["code"], code_verifier=""),
    "expiry": expired,
    "once": reused,
}


@pytest.mark.parametrize("check", sorted(CORRECT.code_checks))
def test_every_check_of_a_code_is_looked_at(check: str) -> None:
    assert refusal(CODES[check](Logins())) == "invalid_grant"
    assert CODES[check](Logins(without("code_checks", check))).status == 200


def refreshed_by_another(site: Logins) -> Response:
    token = site.tokens()["refresh_token"]
    other = site.application("Other")
    secret = site.secret_of(other["id"])
    return site.refreshed(token, client_id=other["id"], client_secret=secret)


def refreshed_late(site: Logins) -> Response:
    token = site.tokens()["refresh_token"]
    site.clock.advance(CORRECT.refresh_lifetime_s)
    return site.refreshed(token)


def refreshed_twice(site: Logins) -> Response:
    token = site.tokens()["refresh_token"]
    site.refreshed(token)
    return site.refreshed(token)


def refreshed_by_nobody(site: Logins) -> Response:
    token = site.tokens()["refresh_token"]
    site.call("PUT", f"users/{site.user['id']}/enabled", {"enabled": False})
    return site.refreshed(token)


REFRESHES: dict[str, Callable[[Logins], Response]] = {
    "client": refreshed_by_another,
    "expiry": refreshed_late,
    "once": refreshed_twice,
    "user": refreshed_by_nobody,
}


@pytest.mark.parametrize("check", sorted(CORRECT.refresh_checks))
def test_every_check_of_a_refresh_token_is_looked_at(check: str) -> None:
    assert refusal(REFRESHES[check](Logins())) == "invalid_grant"
    assert REFRESHES[check](Logins(without("refresh_checks", check))).status == 200


ASKED: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "client": ({"enabled": False}, {}),
    "redirect_uri": ({}, {"redirect_uri": GOODBYE}),
    "response_type": ({}, {"response_type": "nonsense"}),
    "grant": ({"grantTypes": ["CLIENT_CREDENTIALS"]}, {}),
    "pkce": ({}, {"code_challenge": ""}),
    "s256": ({"pkceEnforcement": "S256_REQUIRED"}, {"code_challenge_method": "plain"}),
    "scope": ({}, {"scope": "nonsense"}),
}


@pytest.mark.parametrize("check", sorted(CORRECT.authorize_checks))
def test_every_check_of_an_authorization_request_is_looked_at(check: str) -> None:
    members, query = ASKED[check]
    answer = Logins(**members).authorize(**query)
    assert answer.status == 400 or "error" in answered(answer)
    passed = Logins(without("authorize_checks", check), **members).authorize(**query)
    assert "/signon/" in location(passed)


ASSERTED: dict[str, dict[str, Any]] = {
    "issuer": {"iss": NOBODYS},
    "audience": {"aud": "https://example.com"},
    "exp": {"exp": 1},
    "nbf": {"nbf": 1_900_000_000},
    "iat": {"iat": 1_900_000_000},
    "jti": {"jti": "twice"},
}


@pytest.mark.parametrize("check", sorted(CORRECT.assertion_checks - {"subject", "signature"}))
def test_every_check_of_an_assertion_is_looked_at(check: str) -> None:
    for behaviour, status in ((CORRECT, 401), (without("assertion_checks", check), 200)):
        tenant = Asserting(behaviour=behaviour)
        if check == "jti":
            assert tenant.asked(tenant.assertion(jti="twice")).status == 200
        assert tenant.asked(tenant.assertion(**ASSERTED[check])).status == status


def test_the_signature_of_an_assertion_is_looked_at() -> None:
    for behaviour, status in ((CORRECT, 401), (without("assertion_checks", "signature"), 200)):
        tenant = Asserting(behaviour=behaviour)
        head, _, signature = tenant.assertion().rpartition(".")
        forged = f"{head}.{'A' * len(signature)}"
        assert tenant.asked(forged).status == status


def test_the_algorithms_and_the_life_of_assertions_are_chosen() -> None:
    chosen = (("CLIENT_SECRET_JWT", ("HS512",)),)
    tenant = Asserting(behaviour=decided(assertion_algorithms=chosen, assertion_life_s=60))
    assert tenant.asked(tenant.assertion()).status == 401
    tenant.algorithm = "HS512"
    assert tenant.asked(tenant.assertion()).status == 200
    assert tenant.asked(tenant.assertion(exp=int(tenant.clock.now_s()) + 61)).status == 401


def test_what_a_client_gets_that_asks_for_no_scope_is_chosen() -> None:
    assert Service().asked().json()["scope"] == "admin"
    assert refusal(Service(decided(scopeless_client="none")).asked()) == "invalid_scope"


def test_a_token_may_be_for_two_resources() -> None:
    site = Service(decided(one_resource=False))
    site.granted(site.app["id"], "second")
    assert site.asked("admin second").json()["scope"] == "admin second"


def test_what_a_user_sees_of_a_refused_request_is_chosen() -> None:
    site = Logins(decided(authorize_error_status=403))
    assert site.authorize(redirect_uri=GOODBYE).status == 403


def test_where_a_user_logs_in_is_chosen() -> None:
    site = Logins(decided(login_page_url="https://login.example.com/?x=1"))
    where = location(site.authorize())
    assert where.startswith("https://login.example.com/?x=1&flowId=")
    body = f'{{"username":"ada","password":"{PASSWORD}"}}'.encode()
    assert act(site, where.rpartition("=")[2], body).status == 200


@pytest.mark.parametrize("ends", [True, False])
def test_what_a_code_used_twice_ends_is_chosen(ends: bool) -> None:
    site = Logins(decided(code_reuse_ends_tokens=ends))
    code = site.log_in()["code"]
    token = site.redeem(code).json()["refresh_token"]
    assert refusal(site.redeem(code)) == "invalid_grant"
    assert site.refreshed(token).status == (400 if ends else 200)


def test_how_a_wrong_password_is_told_is_chosen() -> None:
    site = Logins(decided(wrong_password_code="NO_PASSWORD"))
    flow = site.authorize(response_mode="pi.flow").json()
    answer = act(site, flow["id"], b'{"username": "ada", "password": "x"}')
    assert targets(answer) == {"password": "NO_PASSWORD"}


def test_the_cookies_of_a_session_are_chosen() -> None:
    site = Logins(decided(session_cookie="A", session_cookie_lax="B"))
    site.log_in()
    assert set(site.browser.cookies) == {"A", "B"}
    for name, value in site.browser.cookies.items():
        site.browser.cookies = {name: value}
        assert "code" in answered(site.authorize(prompt="none"))
    site.browser.cookies = {"ST": value}
    assert answered(site.authorize(prompt="none"))["error"] == "login_required"


def test_whether_the_case_of_a_user_name_matters_is_chosen() -> None:
    body = {"username": "ADA"}
    usual = Logins()
    assert targets(usual.call("POST", "users", body)) == {"username": "UNIQUENESS_VIOLATION"}
    strict = Logins(decided(usernames_fold=False))
    page = strict.browser.get(location(strict.authorize()))
    assert strict.browser.send(page, username="ADA", password=PASSWORD).status == 200
    assert strict.browser.send(page, username="ada", password=PASSWORD).status == 303
    assert strict.call("POST", "users", body).status == 201


def test_lives_and_words_of_tokens_are_chosen() -> None:
    site = Logins(
        decided(id_token_lifetime_s=60, user_token_lifetime_s=90, id_token_acr="Strong"),
    )
    tokens = site.tokens()
    _, identity = parts(tokens["id_token"])
    assert identity["exp"] - identity["iat"] == 60
    assert (tokens["expires_in"], identity["acr"]) == (90, "Strong")


def test_what_a_device_is_told_is_chosen() -> None:
    device = Device(decided(device_lifetime_s=60, device_interval_s=1))
    assert (device.codes["expires_in"], device.codes["interval"]) == (60, 1)


def test_a_flow_is_not_another_environments() -> None:
    site = Logins()
    flow = site.authorize(response_mode="pi.flow").json()
    other = site.fake.second_environment_id
    path = f"/{other}/flows/{flow['id']}"
    assert site.fake.handle(Request("GET", path)).status == 404
