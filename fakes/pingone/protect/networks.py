"""Where an address is and what is said of it: a small table, and a place for every public address.

The addresses of the table are those that documents and tests may use, so that a test can travel,
hide and be ill-reputed without an address of anybody. What is said of them is the fake's own:
no geolocation or reputation service knows them.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from math import asin, cos, hypot, radians, sin
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from fakes.pingone.seeds import Place

_EARTH_KM = 6371.0
_OCTETS = {str(number): number for number in range(256)}
_LONGEST = 100
"""Characters of a text that can be an address, with a zone."""


class Network(NamedTuple):
    """A range of addresses: where it is, how bad its name is (0 to 100), if it hides its users."""

    cidr: str
    city: str
    state: str
    country: str
    latitude: float
    longitude: float
    reputation: int = 0
    anonymous: bool = False
    organization: str = "Documentation Networks"

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return self.latitude, self.longitude

    @property
    def domain(self) -> dict[str, Any]:
        """`ipAddressReputation.domain` of the details."""
        named = {"organization": self.organization, "isp": self.organization}
        return {"asn": 64496, "sld": "example", "tld": "com", **named}  # RFC 5398, RFC 2606


NETWORKS = (
    Network("192.0.2.0/25", "denver", "colorado", "united states", 39.7392, -104.9903),
    Network("192.0.2.128/25", "boulder", "colorado", "united states", 40.0150, -105.2705),
    Network("198.51.100.0/25", "london", "england", "united kingdom", 51.5074, -0.1278),
    Network("198.51.100.128/25", "paris", "ile-de-france", "france", 48.8566, 2.3522),
    Network("203.0.113.0/26", "sydney", "new south wales", "australia", -33.8688, 151.2093),
    Network("203.0.113.64/26", "vancouver", "british columbia", "canada", 49.2827, -123.1207),
    Network(
        "203.0.113.128/27", "zurich", "zurich", "switzerland", 47.3769, 8.5417, 0, anonymous=True
    ),
    Network("203.0.113.160/27", "vienna", "vienna", "austria", 48.2082, 16.3738, 60),
    Network("203.0.113.192/26", "tallinn", "harju", "estonia", 59.4370, 24.7536, 95),
    Network("198.18.0.0/16", "tokyo", "tokyo", "japan", 35.6762, 139.6503),
    Network("198.19.0.0/16", "singapore", "singapore", "singapore", 1.3521, 103.8198),
    Network("2001:db8::/33", "toronto", "ontario", "canada", 43.6532, -79.3832),
    Network("2001:db8:8000::/34", "madrid", "madrid", "spain", 40.4168, -3.7038),
    Network("2001:db8:c000::/35", "oslo", "oslo", "norway", 59.9139, 10.7522, 0, anonymous=True),
    Network("2001:db8:e000::/35", "lisbon", "lisbon", "portugal", 38.7223, -9.1393, 95),
    Network("3fff::/20", "auckland", "auckland", "new zealand", -36.8509, 174.7645),
)
"""RFC 5737, RFC 2544, RFC 3849 and RFC 9637, cut into places that can be told apart."""


def _ranges(version: int) -> tuple[list[int], list[tuple[int, Network]]]:
    """Where the networks of a version begin, in order, and where each ends."""
    known = [(ip_network(one.cidr), one) for one in NETWORKS]
    found = sorted(
        (int(cidr.network_address), int(cidr.broadcast_address), one)
        for cidr, one in known
        if cidr.version == version
    )
    return [start for start, _, _ in found], [(end, one) for _, end, one in found]


_RANGES = {version: _ranges(version) for version in (4, 6)}


def address(value: Any) -> IPv4Address | IPv6Address | None:
    """The IP address that the text is, or None."""
    short = isinstance(value, str) and len(value) <= _LONGEST
    return _address(value) if short else None


@lru_cache(maxsize=4096)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    parts = text.split(".")
    if len(parts) == 4 and all(map(_OCTETS.__contains__, parts)):
        return IPv4Address(bytes(map(_OCTETS.__getitem__, parts)))
    try:
        return ip_address(text)
    except ValueError:
        return None


def _listed(known: IPv4Address | IPv6Address) -> Network | None:
    """The network of the table; no two of them overlap."""
    starts, ranges = _RANGES[known.version]
    number = int(known)
    place = bisect_right(starts, number) - 1
    return ranges[place][1] if place >= 0 and number <= ranges[place][0] else None


def located(text: str, places: tuple[Place, ...], *, listed: bool = True) -> Network | None:
    """The network of an address: the table's, or for a public one always the same of `places`."""
    known = address(text)
    if known is None:
        return None
    found = _listed(known) if listed else None
    if found or not known.is_global or not places:
        return found
    place = places[crc32(known.packed) % len(places)]
    where = (place.city, "", place.country, place.latitude, place.longitude)
    return Network(text, *where, organization="Public Networks")


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way between two points on the globe (haversine)."""
    latitude, other_latitude = radians(one[0]), radians(other[0])
    up, along = other_latitude - latitude, radians(other[1] - one[1])
    across = sin(along / 2) * (cos(latitude) * cos(other_latitude)) ** 0.5
    return 2 * _EARTH_KM * asin(min(1.0, hypot(sin(up / 2), across)))
