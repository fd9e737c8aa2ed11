"""Defects that can be planted in the fake PingOne: each one field with one wrong value."""

from __future__ import annotations

from fakes.pingone.defects.assertions import ASSERTIONS
from fakes.pingone.defects.collections import COLLECTIONS
from fakes.pingone.defects.credentials import CREDENTIALS
from fakes.pingone.defects.evaluations import EVALUATIONS
from fakes.pingone.defects.exchange import EXCHANGE
from fakes.pingone.defects.gateways import GATEWAYS
from fakes.pingone.defects.logins import LOGINS
from fakes.pingone.defects.platform import PLATFORM
from fakes.pingone.defects.policy_sets import POLICY_SETS
from fakes.pingone.defects.predictors import PREDICTORS
from fakes.pingone.defects.protect import PROTECT
from fakes.pingone.defects.rights import RIGHTS
from fakes.pingone.defects.tokens import TOKENS

DEFECTS = (
    *PLATFORM,
    *RIGHTS,
    *COLLECTIONS,
    *TOKENS,
    *EXCHANGE,
    *ASSERTIONS,
    *LOGINS,
    *GATEWAYS,
    *CREDENTIALS,
    *PREDICTORS,
    *POLICY_SETS,
    *EVALUATIONS,
    *PROTECT,
)
"""All of them, by area."""
