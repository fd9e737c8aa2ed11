"""Agents, listeners, proxies and what a new product has of them."""

import pytest

from harness.checks import expect_equal, expect_items, expect_members, expect_saved
from harness.product import Product
from scenarios.administration.kinds import KINDS
from scenarios.administration.stock import Json
from scenarios.answered import member_of

HEADER = "sharedSecretHeaderName"

PORTED = ("agent", "engine_listener", "proxy")

FACTORY: list[tuple[str, list[Json]]] = [
    ("get_engine_listeners", [{"id": 1, "port": 3000, "secure": True}]),
    ("get_availability_profiles", [{"id": 1, "name": "Default Availability Profile"}]),
    ("get_load_balancing_strategies", [{"id": 1, "name": "Default Round Robin Strategy"}]),
    ("get_rejection_handlers", [{"id": 1}, {"id": 2}, {"id": 3}]),
]
"""What three public exports hold alike, and the operation that lists it."""


@pytest.mark.requirement("PA-ADMIN-085")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize("noun", PORTED)
def test_a_port_that_is_none_is_refused(product: Product, noun: str, act: str) -> None:
    """Source: assumed; observed for virtual hosts."""
    saving = KINDS[noun].of(product).saving(act)

    for port in (0, -1, 65536):
        saving.refuses(saving.body(port=port), field="port")

    expect_saved(saving.attempt(saving.good))


@pytest.mark.requirement("PA-ADMIN-086")
@pytest.mark.parametrize("act", ["create", "update"])
def test_authentication_requirements_are_kept_in_order(product: Product, act: str) -> None:
    """Source: admin API 7.3, AuthnReqList.authnReqs (ordered)."""
    saving = KINDS["authn_req_list"].of(product).saving(act)
    order = ["second", "first", "third"]

    saved = saving.saves(saving.body(authnReqs=order))

    expect_equal(saved["authnReqs"], order, "authnReqs")
    expect_equal(saving.collection.stored(saved["id"])["authnReqs"], order, "what is stored")


@pytest.mark.requirement("PA-ADMIN-087")
@pytest.mark.parametrize(("listed", "held"), FACTORY, ids=[row[0] for row in FACTORY])
def test_a_new_product_has_what_public_exports_hold(
    product: Product, listed: str, held: list[Json]
) -> None:
    """Source: three configuration exports in pingidentity-server-profiles."""
    product.resettable("looks at a product that nobody has configured")

    found = {one["id"]: one for one in expect_items(getattr(product.api, listed)())}

    for one in held:
        expect_members(found.get(one["id"], {}), one, f"object {one['id']}")


@pytest.mark.requirement("PA-ADMIN-088")
def test_a_sideband_client_has_a_default_header(product: Product) -> None:
    """Source: admin API 7.3, SidebandSharedSecretConfig.sharedSecretHeaderName."""
    credentials = member_of(KINDS["sideband_client"].of(product).made(), "clientCredentials")

    headers = [member_of(one, "sharedSecretConfig").get(HEADER) for one in credentials or ()]

    expect_equal(headers, ["CLIENT-TOKEN"], f"{HEADER} of the only credentials")
