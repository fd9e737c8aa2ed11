"""What the scenarios of this area share: the kinds of object, and both ways to save each."""

from typing import Any

import pytest

from harness.product import Product
from scenarios.administration.kinds import KINDS
from scenarios.administration.stock import Stock
from scenarios.collection import Saving

Json = dict[str, Any]


@pytest.fixture(params=list(KINDS))
def stock(request: pytest.FixtureRequest, product: Product) -> Stock:
    """The objects of one kind."""
    return KINDS[request.param].of(product)


@pytest.fixture
def hosts(product: Product) -> Stock:
    """The virtual hosts: the plainest objects, for questions that are about no kind."""
    return KINDS["virtual_host"].of(product)


@pytest.fixture(params=["create", "update"])
def saving_host(request: pytest.FixtureRequest, hosts: Stock) -> Saving:
    """A new virtual host, and an edit of a stored one."""
    return hosts.saving(request.param)
