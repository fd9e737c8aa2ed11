"""What the scenarios of risk policies share: a connection, the collection, both ways to save."""

from typing import Any

import pytest

from harness.product import PingOne, Product
from scenarios.collection import Collection, Saving


@pytest.fixture
def connection(product: Product, pingone: PingOne) -> dict[str, Any]:
    """A stored connection for risk policies to stand on."""
    stored: dict[str, Any] = product.admin.add_pingone_connection(pingone.add_credential())
    return stored


@pytest.fixture
def policies(product: Product) -> Collection:
    """The operations of /riskPolicies."""
    api = product.api
    return Collection(
        product,
        "risk_policy",
        listed=api.get_risk_policies,
        add=api.add_risk_policy,
        get=api.get_risk_policy,
        update=api.update_risk_policy,
        delete=api.delete_risk_policy,
    )


@pytest.fixture(params=["create", "update"])
def saving(
    request: pytest.FixtureRequest,
    product: Product,
    connection: dict[str, Any],
    policies: Collection,
) -> Saving:
    """A new risk policy, and an edit of a stored one."""
    control = product.admin.add_risk_policy(connection)
    if request.param == "update":
        return Saving("update", policies, control, control)
    return Saving("create", policies, control, product.admin.risk_policy_body(connection))
