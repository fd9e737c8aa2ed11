"""What the fake PingOne decides: one frozen value with every documented and guessed choice."""

from __future__ import annotations

from dataclasses import dataclass

from fakes.pingone.decisions.clients import ClientDecisions
from fakes.pingone.decisions.credentials import CredentialDecisions
from fakes.pingone.decisions.directory import DirectoryDecisions
from fakes.pingone.decisions.evaluations import EvaluationDecisions
from fakes.pingone.decisions.exchange import ExchangeDecisions
from fakes.pingone.decisions.feedback import FeedbackDecisions
from fakes.pingone.decisions.gateways import GatewayDecisions
from fakes.pingone.decisions.lists import ListDecisions
from fakes.pingone.decisions.logins import LoginDecisions
from fakes.pingone.decisions.mitigations import MitigationDecisions
from fakes.pingone.decisions.objects import ObjectDecisions
from fakes.pingone.decisions.platform import PlatformDecisions
from fakes.pingone.decisions.policy_sets import PolicySetDecisions
from fakes.pingone.decisions.predictors import PredictorDecisions
from fakes.pingone.decisions.protect import ProtectDecisions
from fakes.pingone.decisions.rates import RateDecisions
from fakes.pingone.decisions.rights import RightDecisions
from fakes.pingone.decisions.tokens import TokenDecisions
from fakes.pingone.decisions.user_tokens import UserTokenDecisions


@dataclass(frozen=True)
class Behaviour(
    PlatformDecisions,
    ObjectDecisions,
    RightDecisions,
    RateDecisions,
    ListDecisions,
    DirectoryDecisions,
    TokenDecisions,
    ClientDecisions,
    LoginDecisions,
    UserTokenDecisions,
    ExchangeDecisions,
    GatewayDecisions,
    CredentialDecisions,
    PredictorDecisions,
    ProtectDecisions,
    PolicySetDecisions,
    MitigationDecisions,
    EvaluationDecisions,
    FeedbackDecisions,
):
    """Every decision of the fake; each field says what it decides, its grade and its source."""


CORRECT = Behaviour()
"""PingOne as documented."""
