"""What the fake PingOne decides: one frozen value with every documented and guessed choice."""

from __future__ import annotations

from dataclasses import dataclass

from fakes.pingone.decisions.gateways import GatewayDecisions
from fakes.pingone.decisions.platform import PlatformDecisions
from fakes.pingone.decisions.protect import ProtectDecisions
from fakes.pingone.decisions.tokens import TokenDecisions


@dataclass(frozen=True)
class Behaviour(PlatformDecisions, TokenDecisions, GatewayDecisions, ProtectDecisions):
    """Every decision of the fake; each field says what it decides, its grade and its source."""


CORRECT = Behaviour()
"""PingOne as documented."""
