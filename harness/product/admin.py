"""Arrangements in PingAccess: what a scenario needs before it begins to ask."""

from __future__ import annotations

from harness.product.applications import Applications
from harness.product.connections import Connections
from harness.product.risk import RiskPolicies


class Admin(Connections, RiskPolicies, Applications):
    """Everything that can be arranged through the admin API."""
