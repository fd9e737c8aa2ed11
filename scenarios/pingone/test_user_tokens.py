"""What the tokens of people are worth, and until when (P1-LOGIN)."""

import httpx
import pytest

from harness.checks import (
    expect_equal,
    expect_members,
    expect_oauth_error,
    expect_status,
    expect_that,
)
from harness.product import PingOne
from harness.product.clients import SCOPE, Client, grant
from harness.product.logins import SignOn, add_web_app, digest
from scenarios.answered import integer_of, member_of
from scenarios.pingone import jwts
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import json_object

BOTH = f"openid {SCOPE}"
"""The ID token's scope, and that of a custom resource: its tokens alone can be revoked.

Source: PingOne authentication API, token revocation.
"""


@pytest.mark.requirement("P1-LOGIN-012")
def test_a_refresh_token_is_worth_a_new_access_token(pingone: PingOne) -> None:
    """Another one, for the same user, by which user information is told.

    Source: RFC 6749 section 6; PingOne, token (refresh_token).
    """
    sign_on = SignOn(pingone)
    told = refreshable(sign_on)

    new = json_object(sign_on.refreshed(told["refresh_token"]), 200)

    expect_equal(str(new.get("token_type")).lower(), "bearer", "token_type")
    differs = bool(new.get("access_token")) and new["access_token"] != told["access_token"]
    expect_that(differs, "another access token", sorted(new))
    user = json_object(pingone.api.authorization.userinfo(new["access_token"]), 200)
    expect_equal(user.get("sub"), sign_on.person.id, "whom the new access token is for")


def refreshable(sign_on: SignOn, scope: str = "openid") -> Json:
    """Tokens for a code, with a refresh token among them."""
    told = sign_on.tokens(scope=scope)
    expect_that(bool(told.get("refresh_token")), "a refresh token", sorted(told))
    return told


@pytest.mark.requirement("P1-LOGIN-013")
def test_a_refresh_token_that_is_not_the_applications_is_worth_nothing(pingone: PingOne) -> None:
    """One that nobody issued, one with a letter more, none, and one of another application.

    Source: RFC 6749 sections 5.2 and 6.
    """
    sign_on, other = SignOn(pingone), add_web_app(pingone)
    token = refreshable(sign_on)["refresh_token"]

    for wrong in (digest("never issued"), f"{token}x", f"x{token}"):
        expect_oauth_error(sign_on.refreshed(wrong), 400, "invalid_grant")
    expect_oauth_error(sign_on.refreshed(""), 400, ("invalid_grant", "invalid_request"))
    expect_oauth_error(sign_on.refreshed(token, other), 400, "invalid_grant")

    expect_status(sign_on.refreshed(token), 200)


@pytest.fixture
def sign_on(pingone: PingOne) -> SignOn:
    """A person and an application that has a scope of a custom resource."""
    app = add_web_app(pingone)
    grant(pingone, app)
    return SignOn(pingone, app)


@pytest.mark.requirement("P1-LOGIN-014")
def test_introspection_tells_whose_an_active_token_is(sign_on: SignOn) -> None:
    """Active, with the application, the user and the scope.

    Source: RFC 7662 section 2.2; PingOne, token introspection.
    """
    told = sign_on.tokens(scope=BOTH)

    found = introspected(sign_on, told["access_token"])

    wanted = {"active": True, "client_id": sign_on.app.id, "sub": sign_on.person.id}
    expect_members(found, wanted, "what introspection tells")
    scopes = str(found.get("scope")).split()
    expect_that(SCOPE in scopes, f"the scope {SCOPE}", scopes)
    expect_equal(found.get("exp"), jwts.claims(told["access_token"]).get("exp"), "exp")


@pytest.mark.requirement("P1-LOGIN-014")
def test_introspection_says_when_a_token_has_expired(pingone: PingOne, sign_on: SignOn) -> None:
    """A second after its last.

    Source: RFC 7662 section 2.2 (active: not expired).
    """
    control = pingone.needs_control("the lifetime of a token has to pass")
    told = sign_on.tokens(scope=BOTH)
    expect_equal(introspected(sign_on, told["access_token"]).get("active"), True, "active")

    control.advance(integer_of(told, "expires_in") + 1)

    found = introspected(sign_on, told["access_token"])
    expect_equal(found, {"active": False}, "what introspection tells of an expired token")


def introspected(sign_on: SignOn, token: str) -> Json:
    """What introspection tells the application."""
    return json_object(sign_on.asks("introspect", token), 200)


@pytest.mark.requirement("P1-LOGIN-015")
@pytest.mark.parametrize("kind", ["no token", "unsigned", "a flipped bit", "a stranger's"])
def test_a_token_that_pingone_did_not_issue_is_not_active(sign_on: SignOn, kind: str) -> None:
    """Whatever it says, the answer is one member.

    Source: RFC 7662 section 2.2.
    """
    token = sign_on.tokens(scope=BOTH)["access_token"]
    expect_equal(introspected(sign_on, token).get("active"), True, "active")
    spoil = {
        "no token": digest,
        "unsigned": jwts.unsigned,
        "a flipped bit": jwts.flipped_signature,
        "a stranger's": jwts.signed_by_a_stranger,
    }[kind]

    expect_equal(introspected(sign_on, spoil(token)), {"active": False}, "what is told")


@pytest.mark.requirement("P1-LOGIN-016")
@pytest.mark.parametrize("endpoint", ["introspect", "revoke"])
def test_who_does_not_prove_a_secret_is_told_nothing(
    pingone: PingOne, sign_on: SignOn, endpoint: str
) -> None:
    """Neither with a wrong secret nor with none; and the token is what it was.

    Source: RFC 7662 sections 2.1 and 2.3; RFC 7009 section 2.1.
    """
    token = sign_on.tokens(scope=BOTH)["access_token"]
    app = sign_on.app

    wrong = sign_on.asks(endpoint, token, Client(app.id, f"{app.secret}x"))
    without = pingone.api.authorization.post(endpoint, {"token": token, "client_id": app.id})
    nobody = pingone.api.authorization.post(endpoint, {"token": token})

    for answer in (wrong, without, nobody):
        expect_oauth_error(answer, (400, 401), ("invalid_client", "invalid_request"))
    expect_equal(introspected(sign_on, token).get("active"), True, "active")


@pytest.mark.requirement("P1-LOGIN-017")
def test_a_revoked_access_token_is_not_active(sign_on: SignOn) -> None:
    """It was; one of another sign-on still is.

    Source: PingOne, token revocation; RFC 7009 section 2.
    """
    token = sign_on.tokens(scope=BOTH)["access_token"]
    expect_equal(introspected(sign_on, token).get("active"), True, "active")

    expect_status(sign_on.asks("revoke", token), 200)

    expect_equal(introspected(sign_on, token), {"active": False}, "what is told of it")


@pytest.mark.requirement("P1-LOGIN-017")
def test_a_revoked_refresh_token_gives_no_access_token(sign_on: SignOn) -> None:
    """And introspection says that it is not active.

    Source: RFC 7009 section 2.
    """
    token = refreshable(sign_on, BOTH)["refresh_token"]

    expect_status(sign_on.asks("revoke", token), 200)

    expect_oauth_error(sign_on.refreshed(token), 400, "invalid_grant")


@pytest.mark.requirement("P1-LOGIN-018")
def test_to_revoke_an_unknown_token_is_a_success(sign_on: SignOn) -> None:
    """Also a second time, and whatever the text.

    Source: RFC 7009 section 2.2.
    """
    for token in (digest("never issued"), "a.b.c", "x"):
        expect_status(sign_on.asks("revoke", token), 200)


@pytest.mark.requirement("P1-LOGIN-019")
def test_one_application_cannot_revoke_the_token_of_another(
    pingone: PingOne, sign_on: SignOn
) -> None:
    """Whether it is refused or overlooked, the token is what it was; its own application can.

    Source: RFC 7009 section 2.1.
    """
    told, other = refreshable(sign_on, BOTH), add_web_app(pingone)

    for name in ("access_token", "refresh_token"):
        expect_status(sign_on.asks("revoke", told[name], other), 200, 400, 401, 403)

    expect_equal(introspected(sign_on, told["access_token"]).get("active"), True, "active")
    expect_status(sign_on.refreshed(told["refresh_token"]), 200)


@pytest.mark.requirement("P1-LOGIN-023")
def test_user_information_is_that_of_the_tokens_user(pingone: PingOne) -> None:
    """The subject is that of the ID token, of each of two users.

    Source: OpenID Connect Core 5.3.2.
    """
    one = SignOn(pingone)
    another = SignOn(pingone, one.app)

    for sign_on in (one, another):
        told = sign_on.tokens()
        found = json_object(userinfo(pingone, told["access_token"]), 200)
        expect_equal(found.get("sub"), jwts.claims(told.get("id_token")).get("sub"), "sub")
        expect_equal(found.get("sub"), sign_on.person.id, "sub")


@pytest.mark.requirement("P1-LOGIN-024")
@pytest.mark.parametrize(
    "kind", ["none", "no token", "unsigned", "a flipped bit", "a stranger's", "an ID token"]
)
def test_user_information_is_refused_without_an_access_token(pingone: PingOne, kind: str) -> None:
    """401, where the token itself is worth it.

    Source: RFC 6750 section 3.1; OpenID Connect Core 5.3.3.
    """
    told = SignOn(pingone).tokens()
    token = told["access_token"]
    expect_status(userinfo(pingone, token), 200)
    spoilt = {
        "none": None,
        "no token": digest(token),
        "unsigned": jwts.unsigned(token),
        "a flipped bit": jwts.flipped_signature(token),
        "a stranger's": jwts.signed_by_a_stranger(token),
        "an ID token": member_of(told, "id_token"),
    }[kind]

    expect_status(userinfo(pingone, spoilt), 401)


@pytest.mark.requirement("P1-LOGIN-024")
def test_user_information_is_refused_to_an_expired_token(pingone: PingOne) -> None:
    """A second after its last.

    Source: RFC 6750 section 3.1 (invalid_token).
    """
    control = pingone.needs_control("the lifetime of a token has to pass")
    told = SignOn(pingone).tokens()
    expect_status(userinfo(pingone, told["access_token"]), 200)

    control.advance(integer_of(told, "expires_in") + 1)

    expect_status(userinfo(pingone, told["access_token"]), 401)


def userinfo(pingone: PingOne, token: str | None) -> httpx.Response:
    """What PingOne tells of the user of a token."""
    return pingone.api.authorization.userinfo(token)
