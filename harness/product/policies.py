"""Policies of a risk policy set. Source: PingOne Go SDK, risk openapi, RiskPolicySet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.product.descriptors import Json


def by_predictor(compact_name: str, level: str) -> Json:
    """A policy that holds where the predictor of this name finds the level."""
    value = f"${{details.{compact_name}.level}}"
    return {
        "name": f"rated {level}",
        "condition": {"type": "VALUE_COMPARISON", "value": value, "equals": level},
        "result": {"level": level, "type": "VALUE"},
    }


def by_address() -> Json:
    """A policy that holds for nobody's address (RFC 5737): a set is not left without any."""
    condition = {"type": "IP_RANGE", "contains": "${event.ip}", "ipRange": ["203.0.113.0/24"]}
    return {
        "name": "addresses for documentation",
        "condition": condition,
        "result": {"level": "HIGH", "type": "VALUE"},
    }
