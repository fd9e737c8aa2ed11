"""What the scenarios of upgrades share: a product in use, and the archives of other releases."""

from typing import Any

import pytest

from harness.checks import expect_saved
from harness.product import PingOne, Product

Json = dict[str, Any]


@pytest.fixture
def in_use(product: Product, pingone: PingOne) -> Json:
    """The connection on which the policies of an application and of its resource stand."""
    product.resettable("imports a configuration over everything there is")
    connection: Json = product.admin.add_pingone_connection(pingone.add_credential())
    shop = product.admin.add_application(risk_policy=product.admin.add_risk_policy(connection))
    strict = product.admin.add_risk_policy(connection)
    product.admin.add_resource(shop, product.unique_path(), risk_policy=strict)
    return connection


@pytest.fixture
def own(product: Product, in_use: Json) -> Json:
    """The archive of the product in use."""
    del in_use  # it has to be there
    return expect_saved(product.api.config_export())
