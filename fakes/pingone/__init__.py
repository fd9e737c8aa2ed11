"""The fake PingOne: tenants, gateways, their credentials, tokens for them, and Protect."""

from fakes.pingone.behaviour import CORRECT, Behaviour
from fakes.pingone.defects import DEFECTS
from fakes.pingone.fake import FakePingOne
from fakes.pingone.tenant import Hosts

__all__ = ["CORRECT", "DEFECTS", "Behaviour", "FakePingOne", "Hosts"]
