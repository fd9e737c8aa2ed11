"""What the scenarios of this area share: one setting, on a product that may be changed."""

import pytest

from harness.product import Product
from scenarios.settings.settings import SETTINGS, Chosen


@pytest.fixture(params=list(SETTINGS))
def setting(request: pytest.FixtureRequest, product: Product) -> Chosen:
    """One setting, as a new product has it."""
    product.resettable("changes a setting that the whole product has")
    return SETTINGS[request.param].of(product)
