"""Where an application stands: a context root below its virtual hosts."""

from typing import Any

import pytest

from harness.checks import expect_members, expect_saved
from harness.product import Product
from scenarios.collection import Collection, Saving

Json = dict[str, Any]


def reserved_root(product: Product) -> str:
    """The context root of the reserved application; /pa where the product does not tell.

    Source: admin API 7.3, getReservedApplication; application field descriptions page (/pa).
    """
    answer = product.api.get_reserved_application()
    if answer.status_code != 200:
        return "/pa"
    root: str = expect_saved(answer)["contextRoot"]
    return root


@pytest.mark.requirement("PA-APP-005")
@pytest.mark.parametrize(
    ("member", "empty"), [("name", ""), ("contextRoot", ""), ("virtualHostIds", [])]
)
def test_an_application_without_a_required_member_is_refused(
    application_saving: Saving, member: str, empty: object
) -> None:
    """Left out, null and empty are all nothing.

    Source: admin API 7.3, Application.required.
    """
    saving = application_saving
    for body in (
        saving.without(member),
        saving.body(**{member: None}),
        saving.body(**{member: empty}),
    ):
        saving.refuses(body, field=member)


@pytest.mark.requirement("PA-APP-006")
def test_a_context_root_of_several_segments_is_kept(
    product: Product, application_saving: Saving
) -> None:
    """Source: application field descriptions page (starts with a slash, does not end with one)."""
    root = product.unique_path() + "/inner"

    saved = application_saving.saves(application_saving.body(contextRoot=root))

    expect_members(saved, {"contextRoot": root}, "the answer")


@pytest.mark.requirement("PA-APP-006")
@pytest.mark.parametrize("how", ["no slash", "slash at the end", "wildcard", "wildcard segment"])
def test_a_context_root_of_the_wrong_form_is_refused(
    product: Product, application_saving: Saving, how: str
) -> None:
    """Source: application field descriptions page (slash, no slash at the end, no wildcard)."""
    root = product.unique_path()
    wrong = {
        "no slash": root.removeprefix("/"),
        "slash at the end": f"{root}/",
        "wildcard": f"{root}*",
        "wildcard segment": f"{root}/*/inner",
    }

    application_saving.refuses(application_saving.body(contextRoot=wrong[how]), field="contextRoot")


@pytest.mark.requirement("PA-APP-007")
def test_a_context_root_is_taken_once_per_virtual_host(
    product: Product, application_saving: Saving
) -> None:
    """It is refused below the virtual host of its holder, and free below another.

    Source: application field descriptions page (virtual host and context root are unique).
    """
    saving, holder = application_saving, product.admin.add_application()
    other = product.admin.add_virtual_host()
    taken = {"contextRoot": holder["contextRoot"], "virtualHostIds": holder["virtualHostIds"]}

    saving.refuses(saving.body(**taken))

    free = {**taken, "virtualHostIds": [other["id"]]}
    saving.saves(saving.body(**free))


@pytest.mark.requirement("PA-APP-007")
def test_one_shared_virtual_host_is_enough_to_collide(
    product: Product, application_saving: Saving
) -> None:
    """Source: application field descriptions page (virtual host and context root are unique)."""
    saving, holder = application_saving, product.admin.add_application()
    other = product.admin.add_virtual_host()
    both = [other["id"], *holder["virtualHostIds"]]

    saving.refuses(saving.body(contextRoot=holder["contextRoot"], virtualHostIds=both))

    saving.saves(saving.body(virtualHostIds=both))


@pytest.mark.requirement("PA-APP-007")
def test_a_context_root_that_was_given_up_is_free(
    product: Product, application: Json, applications: Collection
) -> None:
    """The own one is not another's, and one that its holder left can be taken.

    Source: application field descriptions page (unique among what is stored now).
    """
    expect_saved(applications.update(application["id"], json=application))
    moved = {**application, "contextRoot": product.unique_path()}
    expect_saved(applications.update(application["id"], json=moved))

    body = product.admin.application_body(
        application["contextRoot"], virtualHostIds=application["virtualHostIds"]
    )

    expect_saved(applications.create(body))


@pytest.mark.requirement("PA-APP-008")
def test_the_reserved_context_root_is_refused(product: Product, application_saving: Saving) -> None:
    """Source: application field descriptions page (/pa is reserved unless configured otherwise)."""
    application_saving.refuses(application_saving.body(contextRoot=reserved_root(product)))

    application_saving.saves(application_saving.good)
