"""What the scenarios of connections share: the collection, and both ways to save into it."""

import pytest

from harness.product import PingOne, Product
from scenarios.collection import Collection, Saving


@pytest.fixture
def connections(product: Product) -> Collection:
    """The operations of /pingone/connections."""
    api = product.api
    return Collection(
        product,
        "pingone_connection",
        listed=api.get_pingone_connections,
        add=api.add_pingone_connection,
        get=api.get_pingone_connection,
        update=api.update_pingone_connection,
        delete=api.delete_pingone_connection,
    )


@pytest.fixture(params=["create", "update"])
def saving(
    request: pytest.FixtureRequest, product: Product, pingone: PingOne, connections: Collection
) -> Saving:
    """A new connection, and an edit of a stored one: both with a credential that works."""
    credential = pingone.add_credential()
    control = product.admin.add_pingone_connection(credential)
    if request.param == "update":
        return Saving("update", connections, control, control)
    return Saving("create", connections, control, product.admin.pingone_connection_body(credential))
