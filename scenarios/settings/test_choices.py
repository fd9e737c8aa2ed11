"""The values that the API lists for web sessions."""

import pytest

from harness.checks import expect_equal, expect_items, expect_members, expect_saved, expect_that
from harness.product import Product
from scenarios.administration.kinds import WEB_SESSION

LISTED = {
    "get_cookie_types": ("cookieType", {"Encrypted", "Signed"}),
    "get_oidc_login_types": ("oidcLoginType", {"Code", "POST", "x_post"}),
    "get_request_preservation_types": ("requestPreservationType", {"None", "POST", "All"}),
    "get_web_storage_types": ("webStorageType", {"SessionStorage", "LocalStorage"}),
}
"""The member and its values (admin API 7.3, WebSession) by the operation that lists them."""


@pytest.mark.requirement("PA-SET-015")
@pytest.mark.parametrize("operation", LISTED)
def test_every_listed_value_is_of_the_schema_and_can_be_saved(
    product: Product, operation: str
) -> None:
    """A later release may list more.

    Source: admin API 7.3, the operations below /webSessionManagement, WebSession (enumerations).
    """
    member, documented = LISTED[operation]
    sessions = WEB_SESSION.of(product)

    listed = [one["name"] for one in expect_items(getattr(product.api, operation)())]

    expect_equal(sorted(documented - set(listed)), [], f"values of {member} that are not listed")
    expect_that(len(set(listed)) == len(listed), "each value once", listed)
    for value in listed:
        saved = expect_saved(sessions.collection.create(sessions.body(**{member: value})))
        expect_members(saved, {member: value}, "the answer")
