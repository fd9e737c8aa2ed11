"""The six regions of PingOne, and the names of their hosts.

Source: SDK pingone/model (codes, suffixes); developer.pingidentity.com, PingOne API (host names).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

Service = Literal["api", "auth"]


class Region(NamedTuple):
    """A region: its code, what its host names end in, and what it is called (assumed)."""

    code: str
    suffix: str
    name: str


@dataclass(frozen=True)
class Hosts:
    """Where a PingOne says that it is: origins without a path."""

    api: str = "https://api.pingone.com"
    auth: str = "https://auth.pingone.com"
    console: str = "https://console.pingone.com"


REGIONS: Mapping[str, Region] = MappingProxyType(
    {
        region.code: region
        for region in (
            Region("NA", "com", "North America"),
            Region("CA", "ca", "Canada"),
            Region("EU", "eu", "Europe"),
            Region("AU", "com.au", "Australia"),
            Region("SG", "sg", "Singapore"),
            Region("AP", "asia", "Asia Pacific"),
        )
    }
)

HOSTS: Mapping[str, Hosts] = MappingProxyType(
    {
        region.code: Hosts(
            *(
                f"https://{service}.pingone.{region.suffix}"
                for service in ("api", "auth", "console")
            )
        )
        for region in REGIONS.values()
    }
)
"""The vendor's hosts by the code of their region."""

_SERVED: Mapping[str, tuple[Hosts, Service]] = {
    f"{service}.pingone.{region.suffix}": (HOSTS[region.code], service)
    for region in REGIONS.values()
    for service in ("api", "auth")
}

VENDOR_NAMES = tuple(_SERVED)
"""Every name of the vendor's at which a fake PingOne can answer."""


def face(authority: str) -> tuple[Hosts, Service] | None:
    """The hosts of the region that a request to this authority is for; None of other names."""
    return _SERVED.get(authority) or _SERVED.get(authority.lower().removesuffix(":443"))


def region_of(api: str) -> Region:
    """The region whose API that is; North America for any other host."""
    found = face(urlsplit(api).netloc)
    here = found[0] if found else HOSTS["NA"]
    return next(region for region in REGIONS.values() if HOSTS[region.code] == here)
