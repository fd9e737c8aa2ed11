"""The fake PingOne: tenants, gateways, their credentials, tokens for them, and Protect."""

from fakes.pingone.behaviour import CORRECT, Behaviour
from fakes.pingone.defects import DEFECTS
from fakes.pingone.fake import FakePingOne
from fakes.pingone.regions import HOSTS, VENDOR_NAMES, Hosts

__all__ = [
    "CORRECT",
    "DEFECTS",
    "HOSTS",
    "VENDOR_NAMES",
    "Behaviour",
    "FakePingOne",
    "Hosts",
]
