"""What the documented product measures by: functions that decisions hold as their correct value."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from hmac import compare_digest
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network


def same_secret(known: str, given: str) -> bool:
    """Whether both are the same, in constant time."""
    return compare_digest(known.encode(), given.encode("utf-8", "surrogatepass"))


def as_sent(text: str) -> str:
    """The text itself: a token is read as it was sent."""
    return text


def as_drawn(key: str) -> str:
    """The id itself: a UUID in lower case."""
    return key


def exactly(number: int) -> int:
    """The number itself: what a collection says of its items."""
    return number


def is_name_character(one: str) -> bool:
    """Whether it is a letter, mark or digit of any script, or one of / . ' _ space and -."""
    return one in "/.'_ -" or unicodedata.category(one)[0] in "LMN"


def with_both_ends(value: float, low: float, high: float) -> bool:
    """Whether `value` is from `low` to `high`, both ends included."""
    return low <= value <= high


@lru_cache(maxsize=1024)
def network(cidr: str) -> IPv4Network | IPv6Network:
    """The network of a CIDR, whose host bits are ignored (the documents write 1.1.1.1/16)."""
    return ip_network(cidr, strict=False)


def in_network(address: IPv4Address | IPv6Address, cidr: str) -> bool:
    """Whether the address lies in the network."""
    return address in network(cidr)
