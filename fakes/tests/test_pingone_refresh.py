"""Refresh tokens are used once, in their time and by their client, and end with the session."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from fakes.pingone import CORRECT
from fakes.tests.pingone_logins import (
    GOODBYE,
    Logins,
    answered,
    location,
    refusal,
)
from fakes.tests.pingone_tenant import NOBODYS, parts


@pytest.fixture
def site() -> Logins:
    return Logins()


def test_a_refresh_token_may_be_opaque() -> None:
    site = Logins(dataclasses.replace(CORRECT, refresh_form="opaque"))
    first = site.tokens()["refresh_token"]
    assert "." not in first
    second = site.refreshed(first).json()["refresh_token"]
    assert site.introspected(second)["active"] is True
    assert refusal(site.refreshed(first)) == "invalid_grant"
    assert refusal(site.refreshed(NOBODYS)) == "invalid_grant"


def test_which_scopes_need_no_grant_is_chosen() -> None:
    wide = frozenset({"openid", "profile"})
    site = Logins(dataclasses.replace(CORRECT, scopes_without_grant=wide))
    assert site.tokens(scope="openid profile")["scope"] == "openid profile"
    strict = Logins(dataclasses.replace(CORRECT, scopes_without_grant=frozenset()))
    assert answered(strict.authorize())["error"] == "invalid_scope"


def test_a_refresh_token_is_used_once(site: Logins) -> None:
    first = site.tokens()["refresh_token"]
    second = site.refreshed(first).json()["refresh_token"]
    third = site.refreshed(second).json()["refresh_token"]
    assert refusal(site.refreshed(first)) == "invalid_grant"
    assert refusal(site.refreshed(third)) == "invalid_grant"


def test_a_used_refresh_token_may_have_a_period_of_grace() -> None:
    site = Logins(refreshTokenRollingGracePeriodDuration=30)
    first = site.tokens()["refresh_token"]
    assert site.refreshed(first).status == 200
    site.clock.advance(29)
    assert site.refreshed(first).status == 200
    site.clock.advance(30)
    assert refusal(site.refreshed(first)) == "invalid_grant"


def test_without_protection_only_the_used_token_ends() -> None:
    site = Logins(additionalRefreshTokenReplayProtectionEnabled=False)
    first = site.tokens()["refresh_token"]
    second = site.refreshed(first).json()["refresh_token"]
    assert refusal(site.refreshed(first)) == "invalid_grant"
    assert site.refreshed(second).status == 200


@pytest.mark.parametrize(
    ("members", "after_s"),
    [
        ({}, 2_592_000),
        ({"refreshTokenDuration": 60}, 60),
        ({"refreshTokenDuration": 90, "refreshTokenRollingDuration": 100}, 90),
    ],
)
def test_a_refresh_token_ends(members: dict[str, Any], after_s: int) -> None:
    site = Logins(**members)
    token = site.tokens()["refresh_token"]
    assert parts(token)[1]["exp"] == site.clock.now_s() + after_s
    site.clock.advance(after_s)
    assert refusal(site.refreshed(token)) == "invalid_grant"


def test_rolling_ends_with_the_first_login() -> None:
    site = Logins(refreshTokenDuration=90, refreshTokenRollingDuration=100)
    token = site.tokens()["refresh_token"]
    site.clock.advance(60)
    token = site.refreshed(token).json()["refresh_token"]
    site.clock.advance(40)
    assert refusal(site.refreshed(token)) == "invalid_grant"


def test_a_bogus_refresh_token_is_refused(site: Logins) -> None:
    tokens = site.tokens()
    good = tokens["refresh_token"]
    header, claims, signature = good.split(".")
    foreign = Logins(seed=1).tokens()["refresh_token"]
    none = "eyJhbGciOiJub25lIn0"
    for token in (
        "x",
        f"{header}.{claims}.{signature[:-4]}",
        f"{none}.{claims}.",
        tokens["access_token"],
        tokens["id_token"],
        foreign,
    ):
        assert refusal(site.refreshed(token)) == "invalid_grant"
    assert refusal(site.refreshed("")) == "invalid_grant"
    other = site.application("Other")
    secret = site.secret_of(other["id"])
    answer = site.refreshed(good, client_id=other["id"], client_secret=secret)
    assert refusal(answer) == "invalid_grant"
    assert site.refreshed(good).status == 200


def test_a_refreshed_scope_is_never_wider(site: Logins) -> None:
    token = site.tokens()["refresh_token"]
    assert refusal(site.refreshed(token, scope="openid profile")) == "invalid_scope"


def test_a_sign_off_ends_the_session_and_what_came_of_it(site: Logins) -> None:
    tokens = site.tokens()
    hint = tokens["id_token"]
    path = f"/{site.environment_id}/as/signoff"
    query = f"id_token_hint={hint}&post_logout_redirect_uri={GOODBYE}&state=z"
    assert location(site.browser.get(f"{path}?{query}")) == f"{GOODBYE}?state=z"
    assert not site.browser.cookies
    assert "/signon/" in location(site.authorize())
    assert refusal(site.refreshed(tokens["refresh_token"])) == "invalid_grant"
    assert site.introspected(tokens["access_token"]) == {"active": False}


@pytest.mark.parametrize("ends", [frozenset(), frozenset({"refresh_token"})])
def test_what_a_sign_off_ends_is_chosen(ends: frozenset[str]) -> None:
    site = Logins(dataclasses.replace(CORRECT, signoff_ends=ends))
    tokens = site.tokens()
    assert site.browser.get(f"/{site.environment_id}/as/signoff").status == 200
    assert site.introspected(tokens["access_token"])["active"] is True
    expected = 400 if ends else 200
    assert site.refreshed(tokens["refresh_token"]).status == expected
