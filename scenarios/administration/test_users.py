"""The administrator: first sign-on, the licence, and the password."""

import pytest

from harness.checks import (
    expect_equal,
    expect_hidden,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import Product
from scenarios.collection import UNKNOWN_NUMBER, Json, expect_absent

NEW = "Correct-Horse-1"
"""A password by the vendor's rule."""

EDGES = ("Abcdef12", "A" * 31 + "b" * 31 + "12")
"""Of 8 and of 64 characters: passwords by the vendor's rule."""

WEAK = ("Abcdef1", "A" * 32 + "b" * 31 + "12", "abcdefg1", "ABCDEFG1", "Abcdefgh", "")
"""Of 7 and of 65 characters; without upper case, lower case, digit; empty."""


def administrator(product: Product) -> Json:
    """The user that this suite signs on as."""
    users = expect_items(product.api.get_users())
    name = product.login[0].lower()
    found = [user for user in users if user["username"].lower() == name]
    expect_equal(len(found), 1, "users of the name")
    return found[0]


def change(product: Product, new: object, current: object = None) -> Json:
    """The body of a password change, from the password in use unless another is given."""
    return {"currentPassword": current or product.login[1], "newPassword": new}


def signs_on(product: Product, password: str) -> None:
    """Holds when the administrator is let in with this password."""
    expect_status(product.api.version(login=(product.login[0], password)), 200)


def stays_out(product: Product, password: str) -> None:
    """Holds when the administrator is not let in with this password."""
    expect_status(product.api.version(login=(product.login[0], password)), 401)


@pytest.mark.requirement("PA-ADMIN-048")
def test_the_administrator_is_listed_found_and_read(product: Product) -> None:
    """Source: admin API 7.3, getUsers (username, filter), getUser, schema User."""
    user = administrator(product)

    expect_equal(expect_saved(product.api.get_user(user["id"])), user, "the user read by id")
    for params in ({"username": user["username"]}, {"filter": user["username"][1:-1]}):
        expect_equal(expect_items(product.api.get_users(params=params)), [user], f"by {params}")
    nobody = {"username": product.name("nobody")}
    expect_equal(expect_items(product.api.get_users(params=nobody)), [], "nobody")
    expect_absent(product.api.get_user(UNKNOWN_NUMBER))


@pytest.mark.requirement("PA-ADMIN-049")
def test_no_user_is_made(product: Product) -> None:
    """Source: admin API 7.3, /users (no POST)."""
    before = expect_items(product.api.get_users())
    body = {"username": product.name("user"), "slaAccepted": True}

    answer = product.api.request("POST", "/users", json=body)
    expect_status(answer, 405, 404, 422)
    answer = product.api.request("PUT", f"/users/{UNKNOWN_NUMBER}", json=body)
    expect_status(answer, 405, 404, 422)

    expect_equal(expect_items(product.api.get_users()), before, "users")


@pytest.mark.requirement("PA-ADMIN-049")
def test_the_administrator_is_not_deleted(product: Product) -> None:
    """Source: admin API 7.3, /users/{id} (no DELETE)."""
    product.resettable("tries to delete the administrator")
    user = administrator(product)

    answer = product.api.request("DELETE", f"/users/{user['id']}")

    expect_status(answer, 405, 404, 422)
    expect_unchanged(user, administrator(product), "the administrator")


@pytest.mark.requirement("PA-ADMIN-050")
def test_a_new_product_knows_that_nobody_signed_on_yet(product: Product) -> None:
    """Source: hook 83-change-password.sh in pingidentity-docker-builds (reads, then accepts)."""
    product.resettable("looks at a product that nobody has used")

    expected = {"firstLogin": True, "slaAccepted": False}
    expect_members(administrator(product), expected, "the administrator")
    product.admin.add_virtual_host()
    expect_members(administrator(product), expected, "the administrator after a save")


@pytest.mark.requirement("PA-ADMIN-051")
def test_accepting_the_licence_is_stored(product: Product) -> None:
    """Source: hook 83-change-password.sh in pingidentity-docker-builds (this very body: 200)."""
    product.resettable("accepts the licence")
    user = administrator(product)
    accepted = {"email": None, "slaAccepted": True, "firstLogin": False, "showTutorial": False}
    body = {**accepted, "username": user["username"]}

    answered = expect_saved(product.api.update_user(user["id"], json=body))

    expect_members(answered, {"id": user["id"], **accepted}, "the answer")
    expect_equal(administrator(product), answered, "the administrator")
    signs_on(product, product.login[1])


@pytest.mark.requirement("PA-ADMIN-051")
def test_a_user_without_a_user_name_is_refused(product: Product) -> None:
    """Source: admin API 7.3, User.required (username)."""
    user = administrator(product)
    body = {key: value for key, value in user.items() if key != "username"}

    expect_refused(product.api.update_user(user["id"], json=body), field="username")
    answer = product.api.update_user(user["id"], json={**body, "username": None})
    expect_refused(answer, field="username")

    expect_unchanged(user, administrator(product), "the administrator")


@pytest.mark.requirement("PA-ADMIN-052")
def test_a_new_password_takes_the_place_of_the_old(product: Product) -> None:
    """Source: hook 83-change-password.sh in pingidentity-docker-builds (PUT: 200)."""
    product.resettable("changes the password of the administrator")
    (name, old), user = product.login, administrator(product)

    for new in (NEW, *EDGES):
        body = {"currentPassword": old, "newPassword": new}
        answer = product.api.update_user_password(user["id"], json=body, login=(name, old))
        expect_status(answer, 200)
        signs_on(product, new)
        stays_out(product, old)
        signs_on(product, new)
        old = new


@pytest.mark.requirement("PA-ADMIN-053")
def test_a_wrong_current_password_changes_nothing(product: Product) -> None:
    """Another one, and the new one itself.

    Source: admin API 7.3, UserPassword.currentPassword; status 422 is that of every refusal.
    """
    product.resettable("tries wrong passwords of the administrator")
    user, old = administrator(product), product.login[1]

    for current in ("Wrong-Password-1", NEW):
        body = change(product, NEW, current)
        answer = product.api.update_user_password(user["id"], json=body)
        expect_refused(answer, status=(422, 401, 403))
        signs_on(product, old)
        stays_out(product, NEW)
        signs_on(product, old)


@pytest.mark.requirement("PA-ADMIN-053")
def test_a_password_change_needs_both_passwords(product: Product) -> None:
    """Source: admin API 7.3, UserPassword.required."""
    product.resettable("tries to change the password of the administrator")
    user, old = administrator(product), product.login[1]

    for member in ("currentPassword", "newPassword"):
        body = change(product, NEW)
        missing = product.api.update_user_password(user["id"], json=body | {member: None})
        del body[member]
        left_out = product.api.update_user_password(user["id"], json=body)
        for answer in (missing, left_out):
            expect_refused(answer, field=member)
        signs_on(product, old)


@pytest.mark.requirement("PA-ADMIN-054")
def test_a_weak_password_is_refused(product: Product) -> None:
    """Too short, too long, without an upper case letter, a lower case letter, or a digit.

    Source: run.properties in ping-cloud-base 2.3 (password regular expression).
    """
    product.resettable("tries to change the password of the administrator")
    user, old = administrator(product), product.login[1]

    for weak in WEAK:
        answer = product.api.update_user_password(user["id"], json=change(product, weak))
        expect_refused(answer, field="newPassword")
        stays_out(product, weak)
        signs_on(product, old)


@pytest.mark.requirement("PA-ADMIN-055")
def test_no_answer_shows_a_password(product: Product) -> None:
    """The lists, the change, and its refusals.

    Source: admin API 7.3, schema User (no password), updateUserPassword (no content).
    """
    product.resettable("changes the password of the administrator")
    user, old = administrator(product), product.login[1]
    update = product.api.update_user_password

    refused = update(user["id"], json=change(product, NEW, "Wrong-Password-1"))
    weak = update(user["id"], json=change(product, "Secretweak"))
    changed = update(user["id"], json=change(product, NEW))
    login = (product.login[0], NEW)
    listed = product.api.get_users(login=login)
    read = product.api.get_user(user["id"], login=login)

    expect_status(changed, 200)
    expect_that(bool(expect_items(listed)), "the administrator in the list", listed.text)
    answers = (refused, weak, changed, listed, read)
    for secret in (old, NEW, "Wrong-Password-1", "Secretweak"):
        expect_hidden(secret, *answers)
    names = [name for name in expect_saved(read) if "password" in name.lower()]
    expect_equal(names, [], "members about a password")
