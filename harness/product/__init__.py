"""The product under test: PingAccess, its PingOne, and what carries a scenario to both."""

from harness.product.pingaccess import Product
from harness.product.pingone import Credential, PingOne, PingOneAddress, Steering
from harness.product.session import ControlAddress, Scenario, Session

__all__ = [
    "ControlAddress",
    "Credential",
    "PingOne",
    "PingOneAddress",
    "Product",
    "Scenario",
    "Session",
    "Steering",
]
