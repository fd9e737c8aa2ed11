"""What the procedure has reached so far: each fixture is one step, and needs the one before."""

from typing import Any

import pytest

from harness.actions import ALLOW, DENY
from harness.product import Credential, PingOne, Product

Json = dict[str, Any]


@pytest.fixture
def credential(pingone: PingOne) -> Credential:
    """Copied from the PingFederate connection that the administrator added in PingOne."""
    return pingone.add_credential(pingone.add_gateway())


@pytest.fixture
def connection(product: Product, credential: Credential) -> Json:
    """The PingOne connection in PingAccess, saved with the credential."""
    return product.admin.add_pingone_connection(credential)


@pytest.fixture
def risk_policy(product: Product, connection: Json) -> Json:
    """The risk policy on the connection: who is a high risk is denied."""
    return product.admin.add_risk_policy(connection, high=DENY, medium=ALLOW, low=ALLOW)


@pytest.fixture
def application(product: Product, risk_policy: Json) -> Json:
    """The web application that carries the risk policy."""
    return product.admin.add_application(risk_policy=risk_policy)


@pytest.fixture
def resource(product: Product, application: Json, risk_policy: Json) -> Json:
    """The resource of the application that carries the risk policy itself."""
    return product.admin.add_resource(application, "/pay", risk_policy=risk_policy)
