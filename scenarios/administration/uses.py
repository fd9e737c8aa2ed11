"""Which kinds of object name which others, and by which member.

Source: admin API 7.3, the members that hold ids; that their kind is the one here follows from
their names and descriptions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from harness.product import Product
from scenarios.administration.kinds import KINDS
from scenarios.administration.stock import Json, Stock


@dataclass(frozen=True, slots=True)
class Use:
    """One member by which an object of the kind `using` names an object of the kind `used`."""

    used: str
    using: str
    member: str
    members: Callable[[Any], Json]

    def __str__(self) -> str:
        return f"{self.using}.{self.member}"


@dataclass(frozen=True, slots=True)
class Edge:
    """What is referred to, with its collection, and what refers to it, with its collection."""

    used: Stock
    target: Json
    using: Stock
    source: Json


def one(used: str, using: str, member: str, **beside: Any) -> Use:
    """A use by a member that is an id."""
    return Use(used, using, member, lambda key: {member: key, **beside})


def many(used: str, using: str, member: str, **beside: Any) -> Use:
    """A use by a member that is an array of ids."""
    return Use(used, using, member, lambda key: {member: [key], **beside})


GROUP = "trusted_certificate_group"

USES = (
    many("certificate", GROUP, "certIds"),
    one(GROUP, "site", "trustedCertificateGroupId", secure=True),
    one(GROUP, "virtual_host", "trustedCertificateGroupId"),
    one(GROUP, "third_party_service", "trustedCertificateGroupId", secure=True),
    one(GROUP, "engine_listener", "trustedCertificateGroupId", secure=True),
    many("site_authenticator", "site", "siteAuthenticatorIds"),
    one("availability_profile", "site", "availabilityProfileId"),
    one("load_balancing_strategy", "site", "loadBalancingStrategyId"),
    one("availability_profile", "third_party_service", "availabilityProfileId"),
    one("load_balancing_strategy", "third_party_service", "loadBalancingStrategyId"),
    one("proxy", "engine", "httpProxyId"),
    one("proxy", "engine", "httpsProxyId"),
)


def arranged(product: Product, use: Use) -> Edge:
    """A stored object, and another one that refers to it."""
    used, using = KINDS[use.used].of(product), KINDS[use.using].of(product)
    target = used.made()
    return Edge(used, target, using, using.made(**use.members(target["id"])))
