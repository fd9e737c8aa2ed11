"""What the scenarios of archives share: a product with something in it, and its own archive."""

from typing import Any

import pytest

from harness.checks import expect_saved
from harness.product import Product

Json = dict[str, Any]


@pytest.fixture
def shop(product: Product) -> Json:
    """An application, with the site, virtual host, web session and rule that it stands on."""
    rule = product.admin.add_rule()
    policy = {"Web": [{"type": "Rule", "id": rule["id"]}], "API": []}
    application: Json = product.admin.add_application(policy=policy)
    product.admin.add_resource(application, "/pay")
    return expect_saved(product.api.get_application(application["id"]))


@pytest.fixture
def replaceable(product: Product) -> None:
    """A configuration that an import may replace."""
    product.restorable("imports a configuration over everything there is")


@pytest.fixture
def own(product: Product, replaceable: None, shop: Json) -> Json:
    """The archive of the product with the shop in it, where it may be imported again."""
    del replaceable, shop  # both have to be there, in this order
    return expect_saved(product.api.config_export())
