"""Who may use the admin API: the administrator, by name and password, and nobody else."""

import base64

import pytest

from harness.checks import expect_equal, expect_saved, expect_status, expect_unchanged
from harness.product import Product
from scenarios.administration.stock import Stock

FAILURES = 3
"""How many failures in a row lock an account (run.properties in ping-cloud-base 2.3)."""

PERIOD_S = 60
"""How long it stays locked: 1, of a unit that is assumed to be a minute."""


@pytest.mark.requirement("PA-ADMIN-002")
def test_a_read_without_credentials_is_refused(product: Product) -> None:
    """Source: admin API endpoints page (HTTP Basic); pingaccess-sdk-go, request.go (401)."""
    expect_status(product.api.version(), 200)

    for operation in (product.api.version, product.api.get_users, product.api.config_export):
        expect_status(operation(login=None), 401)


@pytest.mark.requirement("PA-ADMIN-002")
def test_changes_without_credentials_are_refused(product: Product, hosts: Stock) -> None:
    """Source: admin API endpoints page (HTTP Basic); pingaccess-sdk-go, request.go (401)."""
    stored, body = hosts.made(), hosts.body()
    change = {**stored, "agentResourceCacheTTL": 60}

    expect_status(product.api.add_virtual_host(json=body, login=None), 401)
    expect_status(product.api.update_virtual_host(stored["id"], json=change, login=None), 401)
    expect_status(product.api.delete_virtual_host(stored["id"], login=None), 401)

    expect_equal(hosts.collection.named(body["host"]), [], "hosts of the name")
    expect_unchanged(stored, hosts.collection.stored(stored["id"]), "the virtual host")


@pytest.mark.requirement("PA-ADMIN-003")
def test_a_wrong_password_is_refused(product: Product, hosts: Stock) -> None:
    """Once, with a success right after it, so that no account comes near a lock.

    Source: admin API endpoints page (HTTP Basic); pingaccess-sdk-go, request.go (401).
    """
    username, password = product.login
    body = hosts.body()

    answer = product.api.add_virtual_host(json=body, login=(username, password + "x"))

    expect_status(answer, 401)
    expect_equal(hosts.collection.named(body["host"]), [], "hosts of the name")


@pytest.mark.requirement("PA-ADMIN-003")
def test_a_password_that_is_almost_right_is_refused(product: Product) -> None:
    """Other case, cut short, empty, with a blank: only the whole password counts.

    Source: admin API endpoints page (HTTP Basic); pingaccess-sdk-go, request.go (401).
    """
    product.resettable("tries wrong passwords of the administrator")
    username, password = product.login

    for wrong in (password.swapcase(), password[:-1], "", password + " ", username):
        expect_status(product.api.version(login=(username, wrong)), 401)
        expect_status(product.api.version(), 200)


@pytest.mark.requirement("PA-ADMIN-003")
def test_the_name_of_nobody_is_refused(product: Product) -> None:
    """Source: admin API endpoints page (HTTP Basic); pingaccess-sdk-go, request.go (401)."""
    username, password = product.login

    for nobody in (product.name("nobody"), "", username + "x"):
        expect_status(product.api.version(login=(nobody, password)), 401)


def basic(text: str) -> str:
    """The header value that gives this text as Basic credentials."""
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.mark.requirement("PA-ADMIN-004")
@pytest.mark.parametrize(
    "value",
    ["Bearer abc", "Bearer", "Digest username=x", "Basic", "Basic %%%", basic("nocolon"), "x", ""],
)
def test_credentials_of_another_kind_are_refused(product: Product, value: str) -> None:
    """Source: admin API endpoints page (OAuth once it is configured); that it is 401 is assumed."""
    answer = product.api.version(login=None, headers={"Authorization": value})

    expect_status(answer, 401)
    expect_status(product.api.version(), 200)


@pytest.mark.requirement("PA-ADMIN-004")
def test_the_right_credentials_under_another_scheme_are_refused(product: Product) -> None:
    """Source: admin API endpoints page (OAuth once it is configured)."""
    encoded = basic(":".join(product.login)).removeprefix("Basic ")

    for scheme in ("Bearer", "Digest", "Negotiate"):
        value = f"{scheme} {encoded}"
        answer = product.api.version(login=None, headers={"Authorization": value})
        expect_status(answer, 401)


@pytest.mark.requirement("PA-ADMIN-005")
def test_the_case_of_the_user_name_does_not_matter(product: Product) -> None:
    """Source: assumed; the vendor's scripts use Administrator and administrator."""
    username, password = product.login

    for name in (username.lower(), username.upper(), username.capitalize()):
        expect_status(product.api.version(login=(name, password)), 200)


LOCKED = (401, 403, 423, 429)
"""What a locked account is answered: no document chooses between them."""


def fail(product: Product, times: int) -> None:
    """Wrong passwords of the administrator, this many in a row."""
    username, password = product.login
    for attempt in range(1, times + 1):
        allowed = LOCKED if attempt == FAILURES else (401,)
        expect_status(product.api.version(login=(username, password + "x")), *allowed)


@pytest.mark.requirement("PA-ADMIN-006")
def test_the_account_is_locked_after_three_failures(product: Product) -> None:
    """Source: run.properties in ping-cloud-base 2.3 (three failures)."""
    product.resettable("locks the administrator out")
    fail(product, FAILURES - 1)
    expect_status(product.api.version(), 200)

    fail(product, FAILURES)

    expect_status(product.api.version(), *LOCKED)


@pytest.mark.requirement("PA-ADMIN-006")
def test_a_locked_account_is_locked_for_changes_too(product: Product, hosts: Stock) -> None:
    """Source: run.properties in ping-cloud-base 2.3 (the account is locked, not one request)."""
    control = product.needs_control("locks the administrator out, and waits")
    product.resettable("locks the administrator out")
    body = hosts.body()
    fail(product, FAILURES)

    expect_status(product.api.add_virtual_host(json=body), *LOCKED)

    control.advance(PERIOD_S + 1)
    expect_equal(hosts.collection.named(body["host"]), [], "hosts of the name")


@pytest.mark.requirement("PA-ADMIN-007")
def test_a_success_begins_the_count_again(product: Product) -> None:
    """Source: run.properties in ping-cloud-base 2.3 (max.consecutive.failures)."""
    product.resettable("tries wrong passwords of the administrator")

    for _ in range(FAILURES):
        fail(product, FAILURES - 1)
        expect_status(product.api.version(), 200)


@pytest.mark.requirement("PA-ADMIN-008")
def test_a_locked_account_is_open_again_after_the_period(product: Product) -> None:
    """Source: assumed; lockout period 1 in run.properties, without a unit."""
    control = product.needs_control("waits for the end of the lockout")
    product.resettable("locks the administrator out")
    fail(product, FAILURES)

    control.advance(PERIOD_S - 5)
    expect_status(product.api.version(), *LOCKED)
    control.advance(PERIOD_S)

    expect_status(product.api.version(), 200)
    expect_saved(product.api.get_users())


@pytest.mark.requirement("PA-ADMIN-008")
def test_an_account_that_is_open_again_has_all_its_attempts(product: Product) -> None:
    """Source: assumed; lockout period 1 in run.properties, without a unit."""
    control = product.needs_control("waits for the end of the lockout")
    product.resettable("locks the administrator out")
    fail(product, FAILURES)
    control.advance(2 * PERIOD_S)

    fail(product, FAILURES - 1)

    expect_status(product.api.version(), 200)
