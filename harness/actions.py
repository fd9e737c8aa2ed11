"""What a risk policy does at a level: one of the options that its evaluators offer.

An action knows the documented label of its option and what is selected with it; under which keys
both are configured is read from the product's descriptor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Action:
    """An option of a risk policy evaluator, by label; `selected` is the id of what it names."""

    label: str
    selected: object = None


ALLOW = Action("Allow")
"""Let the request pass. Source: risk policy field descriptions 7.2, 7.3 and 8.0 (the default)."""

DENY = Action("Deny")
"""Refuse the request. The label is assumed, from the flow page: no document shows it."""


def rule(obj: Mapping[str, Any]) -> Action:
    """The rule decides. The label is assumed, from a lab guide: no document shows it."""
    return Action("Rule", obj["id"])


def rule_set(obj: Mapping[str, Any]) -> Action:
    """The rule set decides. The label is assumed, from a lab guide: no document shows it."""
    return Action("Rule Set", obj["id"])


def challenge(obj: Mapping[str, Any]) -> Action:
    """The user signs on again by this policy. Source: risk policy field descriptions 7.2."""
    return Action("Authentication Challenge Policy", obj["id"])
