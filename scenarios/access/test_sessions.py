"""Sessions of the console."""

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_members,
    expect_saved,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import Product
from scenarios.access.callers import session
from scenarios.answered import integer_of, member_of

IDLE = "idleTimeoutInMinutes"

REQUIRED = (
    "accessControlDirectives", "configurationExports", "configurationImports",
    "displayLogSettings", "exp", "expWarn", "fipsMode", "flash", "iat", "maxFileUploadSize",
    "pollIntervalSeconds", "roles", "sesTimeout", "showWarning", "sniEnabled", "sub", "useSlo",
)  # fmt: skip
"""What a session shows (admin API 7.3, SessionInfo.required)."""


@pytest.mark.requirement("PA-ACCESS-001")
def test_the_session_says_who_calls_and_until_when(product: Product) -> None:
    """Source: admin API 7.3, adminSessionInfo, schemas SessionInfo and Role."""
    for read in (product.api.admin_session_info, product.api.admin_session_info_check):
        shown = expect_saved(read())

        expect_equal(sorted(set(REQUIRED) - set(shown)), [], "what lacks of the session")
        name = str(shown["sub"]).casefold()
        expect_equal(name, product.login[0].casefold(), "sub, whatever its case")
        roles = member_of(shown, "roles")
        expect_that("ADMINISTRATOR" in roles, "the role ADMINISTRATOR", roles)
        begun, ends = integer_of(shown, "iat"), integer_of(shown, "exp")
        expect_that(begun <= ends, "a session that ends after it begins", [begun, ends])


@pytest.mark.requirement("PA-ACCESS-002")
def test_the_cookie_of_a_session_is_a_login(product: Product) -> None:
    """Nothing else is, in its place.

    Source: admin API 7.3, AuthenticationType (Cookie); which cookie is not documented.
    """
    caller = session(product)
    expect_status(product.api.get_users(login=None), 401)

    expect_status(caller.asks("GET", "/users"), 200)
    shown = expect_saved(caller.asks("GET", "/adminSessionInfo"))

    expect_equal(str(shown["sub"]).casefold(), product.login[0].casefold(), "sub")
    forged = {"cookie": f"{caller.headers['cookie']}x"}
    expect_status(product.api.get_users(login=None, headers=forged), 401)


@pytest.mark.requirement("PA-ACCESS-002")
def test_a_session_needs_the_header_against_forged_requests_too(product: Product) -> None:
    """Source: admin API endpoints page (X-XSRF-Header on all requests)."""
    caller = session(product)
    headers = {**caller.headers, "x-xsrf-header": None}

    answer = product.api.get_users(login=None, headers=headers)

    expect_that(answer.is_client_error, "a client error", answer.status_code)
    expect_status(caller.asks("GET", "/users"), 200)


@pytest.mark.requirement("PA-ACCESS-003")
def test_a_deleted_session_is_no_login_any_more(product: Product) -> None:
    """Another session is one still, and so is the password.

    Source: admin API 7.3, adminSessionDelete (invalidates).
    """
    first, second = session(product), session(product)
    expect_status(first.asks("GET", "/version"), 200)

    expect_deleted(first.asks("DELETE", "/adminSessionInfo"))

    expect_status(first.asks("GET", "/version"), 401)
    expect_status(second.asks("GET", "/version"), 200)
    expect_status(product.api.version(), 200)


@pytest.mark.requirement("PA-ACCESS-004")
def test_a_check_does_not_put_off_the_end_of_a_session(product: Product) -> None:
    """Any other request does.

    Source: admin API 7.3, adminSessionInfoCheck (without affecting session expiration).
    """
    control = product.needs_control("lets time pass in a session")
    caller = session(product)
    first = expect_saved(caller.asks("GET", "/adminSessionInfo/checkOnly"))
    control.advance(120)

    checked = expect_saved(caller.asks("GET", "/adminSessionInfo/checkOnly"))
    asked = expect_saved(caller.asks("GET", "/adminSessionInfo"))

    expect_equal(checked["exp"], first["exp"], "exp after a check")
    expect_that(asked["exp"] > first["exp"], "a later end after a request", asked["exp"])
    expect_members(asked, {"iat": first["iat"]}, "the session")


@pytest.mark.requirement("PA-ACCESS-005")
def test_an_idle_session_ends(product: Product) -> None:
    """Not before the time of the setting, and not while it is used.

    Source: admin API 7.3, AdminBasicWebSession.idleTimeoutInMinutes; 30 in public exports.
    """
    control = product.needs_control("lets time pass in a session")
    idle_s = 60 * integer_of(expect_saved(product.api.get_admin_basic_web_session()), IDLE)
    used, idle = session(product), session(product)

    control.advance(idle_s - 30)
    expect_status(used.asks("GET", "/version"), 200)
    control.advance(60)

    expect_status(idle.asks("GET", "/version"), 401)
    expect_status(used.asks("GET", "/version"), 200)


@pytest.mark.requirement("PA-ACCESS-006")
def test_passwords_that_are_turned_off_are_no_login(product: Product) -> None:
    """A session stays one, and turns them on again.

    Source: admin API 7.3, BasicAuthConfig.enabled.
    """
    product.resettable("turns passwords off")
    caller = session(product)
    expect_saved(caller.asks("PUT", "/auth/basic", json={"enabled": False}))

    expect_status(product.api.version(), 401)
    shown = expect_saved(caller.asks("GET", "/auth/basic"))

    expect_unchanged({"enabled": False}, shown, "the setting")
    expect_saved(caller.asks("PUT", "/auth/basic", json={"enabled": True}))
    expect_status(product.api.version(), 200)
