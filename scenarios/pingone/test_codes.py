"""Signing on to an application: codes, and what they are worth (P1-LOGIN)."""

import httpx
import pytest

from harness.checks import (
    expect_equal,
    expect_hidden,
    expect_members,
    expect_oauth_error,
    expect_status,
    expect_that,
)
from harness.product import PingOne
from harness.product.clients import Client
from harness.product.logins import (
    AFTERWARDS_URI,
    REDIRECT_URI,
    SignOn,
    add_web_app,
    digest,
    has_landed,
)
from scenarios.pingone import jwts
from scenarios.pingone.resource import json_object

NOBODYS = "00000000-0000-4000-8000-000000000000"
"""An id that no object has."""

TEN_MINUTES_S = 600


@pytest.mark.requirement("P1-LOGIN-001")
def test_a_code_is_worth_an_access_token_and_an_id_token(pingone: PingOne) -> None:
    """The browser comes back with a code, and the answer to it is that of OpenID Connect.

    Source: OpenID Connect Core 3.1.3.3; PingOne, token (authorization_code).
    """
    told = SignOn(pingone).tokens()

    expect_equal(str(told.get("token_type")).lower(), "bearer", "token_type")
    lifetime_s = told.get("expires_in")
    expect_that(isinstance(lifetime_s, int) and lifetime_s > 0, "seconds", lifetime_s)
    expect_that(bool(told.get("id_token")), "an ID token", sorted(told))


@pytest.mark.requirement("P1-LOGIN-002")
def test_an_id_token_says_who_signed_on_to_what(pingone: PingOne) -> None:
    """Issuer, audience, subject, lifetime and nonce, under the signature of a published key.

    Source: OpenID Connect Core sections 2 and 3.1.3.7.
    """
    sign_on = SignOn(pingone)
    told = sign_on.tokens(nonce="nonce-of-ours")

    claims = jwts.claims(told.get("id_token"))

    jwts.expect_verified(pingone, told["id_token"])
    issuer = json_object(pingone.api.openid_configuration(), 200)["issuer"]
    wanted = {"iss": issuer, "sub": sign_on.person.id, "nonce": "nonce-of-ours"}
    expect_members(claims, wanted, "the claims of the ID token")
    audience = claims.get("aud")
    only = [audience] if isinstance(audience, str) else audience
    expect_equal(only, [sign_on.app.id], "the audience of the ID token")
    lives_s = claims.get("exp", 0) - claims.get("iat", 0)
    expect_that(lives_s > 0, "an exp after iat", lives_s)


@pytest.mark.requirement("P1-LOGIN-003")
def test_the_state_comes_back_unchanged(pingone: PingOne) -> None:
    """Whatever letters it has, with a code and with an error.

    Source: RFC 6749 sections 4.1.2 and 4.1.2.1.
    """
    sign_on = SignOn(pingone)
    state = "a b+c&d=e%20é/~\"'<"

    told = sign_on.signed_on(state=state)
    refused = sign_on.landed(sign_on.authorize(state=state, response_type="bogus"))

    expect_equal(told.get("state"), state, "the state beside a code")
    expect_equal(refused.get("state"), state, "the state beside an error")


@pytest.mark.requirement("P1-LOGIN-004")
@pytest.mark.parametrize(
    "uri",
    [
        "https://app.example.com/callback/more",
        "https://app.example.com/callback?more=1",
        "https://app.example.com.example.net/callback",
        "https://APP.example.com/Callback",
        "http://app.example.com/callback",
        "https://app.example.com/",
        "//app.example.com/callback",
    ],
)
def test_no_browser_is_sent_to_a_uri_that_is_not_the_applications(
    pingone: PingOne, uri: str
) -> None:
    """Its own is; one that only looks like it is not, neither with a code nor with an error.

    Source: RFC 6749 section 4.1.2.1; OpenID Connect Core 3.1.2.1.
    """
    sign_on = SignOn(pingone)
    sign_on.code()

    expect_not_sent(sign_on, redirect_uri=uri)


@pytest.mark.requirement("P1-LOGIN-004")
def test_no_browser_is_sent_for_an_unknown_application(pingone: PingOne) -> None:
    """The redirect URI of one that exists does not help.

    Source: RFC 6749 section 4.1.2.1.
    """
    sign_on = SignOn(pingone)
    sign_on.code()

    expect_not_sent(sign_on, client_id=NOBODYS)


def expect_not_sent(sign_on: SignOn, **changes: str) -> None:
    """Holds when a browser that has a session stays at PingOne, which tells it of an error."""
    answer = sign_on.authorize(**changes)
    where = answer.headers.get("location")
    away = answer.is_redirect and "example." in str(where)
    expect_that(not away, "no redirect to an address that is not known", where)


@pytest.mark.requirement("P1-LOGIN-005")
@pytest.mark.parametrize("how", ["missing", "empty", "another", "the challenge itself"])
def test_a_code_is_worth_nothing_without_its_verifier(pingone: PingOne, how: str) -> None:
    """The right verifier is the control: in a second request of the same browser.

    Source: RFC 7636 section 4.6.
    """
    sign_on = SignOn(pingone)
    verifier = {
        "missing": None,
        "empty": "",
        "another": digest("another"),
        "the challenge itself": digest(sign_on.verifier),
    }[how]

    answer = sign_on.spent(sign_on.code(), code_verifier=verifier)

    expect_oauth_error(answer, 400, ("invalid_grant", "invalid_request"))
    expect_status(sign_on.spent(next_code(sign_on)), 200)


def next_code(sign_on: SignOn) -> str:
    """A code that the session of the browser brings without a page."""
    told = sign_on.landed(sign_on.authorize())
    expect_that("code" in told, "a code for the session", sorted(told))
    return told["code"]


@pytest.mark.requirement("P1-LOGIN-006")
@pytest.mark.parametrize("method", [None, "plain"])
def test_an_application_that_requires_s256_gets_no_code_without(
    pingone: PingOne, method: str | None
) -> None:
    """With S256 it does, with nothing or with plain the redirect URI is told of an error.

    Source: PingOne, pkceEnforcement; RFC 7636 section 4.4.1.
    """
    sign_on = SignOn(pingone, add_web_app(pingone, pkceEnforcement="S256_REQUIRED"))
    sign_on.tokens()
    challenge = None if method is None else sign_on.verifier

    answer = sign_on.authorize(code_challenge=challenge, code_challenge_method=method)

    told = sign_on.landed(answer)
    expect_that("code" not in told, "no code", sorted(told))
    expect_equal(told.get("error"), "invalid_request", "error at the redirect URI")


@pytest.mark.requirement("P1-LOGIN-007")
def test_a_code_is_worth_tokens_once(pingone: PingOne) -> None:
    """The second time it is refused.

    Source: RFC 6749 section 4.1.2.
    """
    sign_on = SignOn(pingone)
    code = sign_on.code()
    expect_status(sign_on.spent(code), 200)

    expect_oauth_error(sign_on.spent(code), 400, "invalid_grant")


@pytest.mark.requirement("P1-LOGIN-008")
def test_a_code_is_worth_nothing_to_another_application(pingone: PingOne) -> None:
    """Which has a secret of its own, the same redirect URI and the verifier.

    Source: RFC 6749 section 5.2.
    """
    sign_on, other = SignOn(pingone), add_web_app(pingone)
    expect_status(sign_on.spent(sign_on.code()), 200)

    answer = sign_on.spent(next_code(sign_on), other)

    expect_oauth_error(answer, 400, "invalid_grant")


@pytest.mark.requirement("P1-LOGIN-008")
@pytest.mark.parametrize("uri", ["https://app.example.com/second", None])
def test_a_code_is_worth_nothing_with_another_redirect_uri(
    pingone: PingOne, uri: str | None
) -> None:
    """Also where the application has that one too, or with none.

    Source: RFC 6749 section 4.1.3.
    """
    both = [REDIRECT_URI, "https://app.example.com/second"]
    sign_on = SignOn(pingone, add_web_app(pingone, redirectUris=both))
    expect_status(sign_on.spent(sign_on.code()), 200)

    answer = sign_on.spent(next_code(sign_on), redirect_uri=uri)

    expect_oauth_error(answer, 400, ("invalid_grant", "invalid_request"))


@pytest.mark.requirement("P1-LOGIN-009")
def test_a_code_is_worth_nothing_after_ten_minutes(pingone: PingOne) -> None:
    """At once it is worth tokens.

    Source: RFC 6749 section 4.1.2.
    """
    control = pingone.needs_control("ten minutes have to pass")
    sign_on = SignOn(pingone)
    expect_status(sign_on.spent(sign_on.code()), 200)
    code = next_code(sign_on)

    control.advance(TEN_MINUTES_S + 1)

    expect_oauth_error(sign_on.spent(code), 400, "invalid_grant")


@pytest.mark.requirement("P1-LOGIN-010")
def test_a_code_is_worth_nothing_with_a_wrong_secret(pingone: PingOne) -> None:
    """Then with the right one it is.

    Source: RFC 6749 sections 3.2.1 and 5.2; that the code is kept is assumed.
    """
    sign_on = SignOn(pingone)
    code = sign_on.code()

    for wrong in (sign_on.app.secret + "x", sign_on.app.secret[:-1], ""):
        answer = sign_on.spent(code, Client(sign_on.app.id, wrong))
        expect_oauth_error(answer, (400, 401), "invalid_client")

    expect_status(sign_on.spent(code), 200, assumed=True)


@pytest.mark.requirement("P1-LOGIN-011")
def test_an_unknown_response_type_is_refused_at_the_redirect_uri(pingone: PingOne) -> None:
    """As unsupported_response_type, without a code, also to a browser that has a session.

    Source: RFC 6749 section 4.1.2.1.
    """
    sign_on = SignOn(pingone)
    sign_on.code()

    told = sign_on.landed(sign_on.authorize(response_type="bogus"))

    expect_that("code" not in told, "no code", sorted(told))
    expect_equal(told.get("error"), "unsupported_response_type", "error")


@pytest.mark.requirement("P1-LOGIN-025")
def test_a_sign_off_ends_the_session(pingone: PingOne) -> None:
    """Without any prompt there is a code before it, and login_required after it.

    Source: PingOne, signoff; OpenID Connect Core 3.1.2.6.
    """
    sign_on = SignOn(pingone)
    strange = sign_on.landed(sign_on.authorize(prompt="none"))
    expect_equal(strange.get("error"), "login_required", "error for a browser without a session")
    told = sign_on.tokens()
    before = sign_on.landed(sign_on.authorize(prompt="none"))
    expect_that("code" in before, "a code for the session", sorted(before))

    sign_off(pingone, sign_on, id_token_hint=told.get("id_token", ""))

    after = sign_on.landed(sign_on.authorize(prompt="none"))
    expect_that("code" not in after, "no code after the sign-off", sorted(after))
    expect_equal(after.get("error"), "login_required", "error after the sign-off")


@pytest.mark.requirement("P1-LOGIN-026")
def test_a_sign_off_sends_the_browser_where_the_application_says(pingone: PingOne) -> None:
    """To its own URI, with the state, and to no other.

    Source: OpenID Connect RP-Initiated Logout sections 2 and 3.
    """
    sign_on = SignOn(pingone)
    hint = sign_on.tokens().get("id_token", "")
    other = "https://app.example.com/elsewhere"

    refused = sign_off(pingone, sign_on, id_token_hint=hint, post_logout_redirect_uri=other)
    expect_that(not has_landed(refused, other), "no redirect to an unknown URI", other)

    sign_on = SignOn(pingone, sign_on.app, sign_on.person)
    hint = sign_on.tokens().get("id_token", "")
    sent = {"post_logout_redirect_uri": AFTERWARDS_URI, "state": "s 1"}
    told = sign_on.landed(sign_off(pingone, sign_on, id_token_hint=hint, **sent), AFTERWARDS_URI)
    expect_equal(told.get("state"), "s 1", "the state after a sign-off")


def sign_off(pingone: PingOne, sign_on: SignOn, **params: str) -> httpx.Response:
    """Where the browser ends up that the application sends to sign off."""
    return sign_on.browser.go(pingone.api.authorization.address("signoff", params))


@pytest.mark.requirement("P1-LOGIN-027")
def test_a_wrong_password_brings_no_code(pingone: PingOne) -> None:
    """Neither another, nor none, nor one in capitals; the right one does.

    Source: OpenID Connect Core 3.1.2.3.
    """
    sign_on = SignOn(pingone)
    person = sign_on.person

    for wrong in ("wrong", "", person.password.swapcase(), person.password + " "):
        page = sign_on.authorize()
        answer = sign_on.browser.sign_on(page, person.username, wrong)
        expect_that(not has_landed(answer), "no way back to the application", answer.status_code)
        told = sign_on.landed(sign_on.authorize(prompt="none"))
        expect_equal(told.get("error"), "login_required", "error after a wrong password")

    sign_on.code()


@pytest.mark.requirement("P1-LOGIN-028")
def test_a_disabled_user_brings_no_code(pingone: PingOne) -> None:
    """Enabled again, the user does.

    Source: PingOne platform API, update user enabled.
    """
    sign_on = SignOn(pingone)
    person = sign_on.person
    enable(pingone, person.id, enabled=False)

    answer = sign_on.browser.sign_on(sign_on.authorize(), person.username, person.password)

    expect_that("code=" not in str(answer.headers.get("location")), "no code", answer.status_code)
    enable(pingone, person.id, enabled=True)
    SignOn(pingone, sign_on.app, person).code()


def enable(pingone: PingOne, key: str, *, enabled: bool) -> None:
    """Whether the user may sign on."""
    answer = pingone.api.update_user_enabled(key, json={"enabled": enabled})
    pingone.told(answer, 200, "change of a user")


@pytest.mark.requirement("P1-LOGIN-029")
def test_a_refusal_repeats_no_secret(pingone: PingOne) -> None:
    """Neither the token endpoint, nor the page for the password.

    Source: assumed; RFC 6819 section 5.1.5.
    """
    sign_on = SignOn(pingone)
    person, wrong = sign_on.person, "Wrong-but-still-a-password-1!"
    page = sign_on.browser.sign_on(sign_on.authorize(), person.username, wrong)
    expect_hidden(wrong, page)
    code = sign_on.code()
    other = digest("another verifier")

    refused = sign_on.spent(code, code_verifier=other)

    told = expect_oauth_error(refused, 400, "invalid_grant")
    expect_that("access_token" not in told, "no token", sorted(told))
    for secret in (code, other, sign_on.verifier, sign_on.app.secret):
        expect_hidden(secret, refused)
    bogus = digest("never issued")
    expect_hidden(bogus, sign_on.refreshed(bogus))
