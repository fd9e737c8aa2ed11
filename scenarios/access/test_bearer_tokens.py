"""Bearer tokens, and what each role may do with one."""

from typing import Any

import pytest

from harness.checks import expect_deleted, expect_saved, expect_status, expect_that
from harness.product import PingOne, Product
from harness.product.clients import turn_on_bearers
from scenarios.access.callers import Caller, bearer, in_role

Json = dict[str, Any]

FORBIDDEN = (403, 401)
"""What refuses a caller for the role: no document chooses between them."""

PLATFORM = ("/auth/webSession", "/users", "/environment")
"""What belongs to platform administrators (pa_configuring_api_authn, 9.0)."""

UNREAD = ("/config/export", "/config/import/workflows", "/backup")
"""What auditors do not read (pa_configuring_api_authn, 9.0)."""


@pytest.mark.requirement("PA-ACCESS-007")
def test_a_token_without_the_scope_is_no_login(product: Product, pingone: PingOne) -> None:
    """Nor is any token before they are turned on; a password stays a login.

    Source: admin API 7.3, OAuthConfig.scope (required to access the API); PingOne: workers have
    no scopes.
    """
    product.restorable("turns on bearer tokens for the whole product")
    caller = bearer(product, pingone)
    expect_status(caller.asks("GET", "/version"), 401)
    turn_on_bearers(product, pingone, pingone.client_id)
    expect_status(product.api.version(), 200)

    expect_status(caller.asks("GET", "/version"), 401)
    expect_status(caller.asks("POST", "/sites", json=product.admin.site_body()), 401)


@pytest.mark.requirement("PA-ACCESS-007")
@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_no_login(product: Product, pingone: PingOne, token: str) -> None:
    """Source: RFC 6750 section 3.1; pingaccess-sdk-go, request.go (401)."""
    turn_on_bearers(product, pingone, pingone.client_id)

    caller = Caller(product, {"authorization": f"Bearer {token}".strip()})

    expect_status(caller.asks("GET", "/version"), 401)
    expect_status(product.api.version(), 200)


@pytest.mark.requirement("PA-ACCESS-008")
def test_an_auditor_reads_and_changes_nothing(product: Product, pingone: PingOne) -> None:
    """Source: pa_configuring_api_authn (9.0)."""
    site = product.admin.add_site()
    caller = in_role(product, pingone, "auditor")

    for path in ("/sites", f"/sites/{site['id']}", *PLATFORM):
        expect_status(caller.asks("GET", path), 200)
    for path in UNREAD:
        expect_status(caller.asks("GET", path), *FORBIDDEN)
    expect_status(caller.asks("POST", "/sites", json=product.admin.site_body()), *FORBIDDEN)
    expect_status(caller.asks("PUT", f"/sites/{site['id']}", json=site), *FORBIDDEN)
    expect_status(caller.asks("DELETE", f"/sites/{site['id']}"), *FORBIDDEN)
    expect_saved(product.api.get_site(site["id"]))


@pytest.mark.requirement("PA-ACCESS-009")
@pytest.mark.parametrize("platform", [True, False], ids=["with", "without platform administrators"])
def test_an_administrator_leaves_the_platform_to_its_administrators(
    product: Product, pingone: PingOne, platform: bool
) -> None:
    """Where there are none, the platform is the administrator's as well.

    Source: pa_configuring_api_authn (9.0).
    """
    caller = in_role(product, pingone, "administrator", platform=platform)

    site = expect_saved(caller.asks("POST", "/sites", json=product.admin.site_body()))
    for path in PLATFORM:
        expect_status(caller.asks("GET", path), 200)
    answer = caller.asks("PUT", "/environment", json={"name": "paconform"})

    expect_status(answer, *(FORBIDDEN if platform else (200,)))
    expect_deleted(caller.asks("DELETE", f"/sites/{site['id']}"))


@pytest.mark.requirement("PA-ACCESS-010")
def test_a_platform_administrator_changes_the_platform(product: Product, pingone: PingOne) -> None:
    """Source: pa_configuring_api_authn (9.0)."""
    caller = in_role(product, pingone, "platformAdmin")

    saved = expect_saved(caller.asks("PUT", "/environment", json={"name": "paconform"}))

    expect_that(saved["name"] == "paconform", "the name that was sent", saved)
    for path in PLATFORM:
        expect_status(caller.asks("GET", path), 200)
