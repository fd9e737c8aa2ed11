"""What the scenarios of this area share: a collection that many clients reach at once."""

import pytest

from harness.product import Product
from scenarios.administration.kinds import KINDS
from scenarios.administration.stock import Stock
from scenarios.concurrency.together import needs_sockets


@pytest.fixture(params=["site", "proxy", "rule", "sideband_client", "virtual_host"])
def shared(request: pytest.FixtureRequest, product: Product) -> Stock:
    """The objects of one kind, of a product on sockets."""
    needs_sockets(product)
    return KINDS[request.param].of(product)
