"""The fake PingAccess: the admin API of a product that connects to PingOne and assigns risk."""

from fakes.pingaccess import defects
from fakes.pingaccess.behaviour import CORRECT, Behaviour
from fakes.pingaccess.defects import parts as parts_defects
from fakes.pingaccess.fake import FakePingAccess

DEFECTS = (*defects.DEFECTS, *parts_defects.DEFECTS)
"""Every defect: those of the core first."""

__all__ = ["CORRECT", "DEFECTS", "Behaviour", "FakePingAccess"]
