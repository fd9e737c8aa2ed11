"""What the scenarios of this area share: one setting, on a product that may be changed."""

from collections.abc import Iterator

import pytest

from harness.product import Product
from scenarios.settings.settings import SETTINGS, Chosen, borrowed


@pytest.fixture(params=list(SETTINGS))
def setting(request: pytest.FixtureRequest, product: Product) -> Iterator[Chosen]:
    """One setting, as a new product has it."""
    with borrowed(product, request.param) as chosen:
        yield chosen
