"""The doors that a credential is tried at, each after its control."""

import pytest

from harness.product import PingOne, Product
from scenarios.tokens.saving import Door


@pytest.fixture(params=["create", "update"])
def door(request: pytest.FixtureRequest, product: Product, pingone: PingOne) -> Door:
    """A new connection, and an edit of a stored one."""
    return Door.open(request.param, product, pingone.add_credential())


@pytest.fixture
def creating(product: Product, pingone: PingOne) -> Door:
    """A new connection, beside one that was saved with the good credential."""
    return Door.open("create", product, pingone.add_credential())


@pytest.fixture
def updating(product: Product, pingone: PingOne) -> Door:
    """An edit of a connection that was saved with the good credential."""
    return Door.open("update", product, pingone.add_credential())
