"""Wrong ways to measure: values of decisions that hold a function."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_network

from fakes.keys import rsa_key
from fakes.pingone.behaviour import CORRECT


def without(whole: frozenset[str], *names: str) -> frozenset[str]:
    """The set without these; KeyError where one is not in it, for nothing would be wrong then."""
    if missing := [name for name in names if name not in whole]:
        raise KeyError(*missing)
    return whole.difference(names)


def lacking(whole: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The members without this one; KeyError where it is not among them."""
    if name not in whole:
        raise KeyError(name)
    return tuple(one for one in whole if one != name)


def with_status(table: str, status: int) -> tuple[tuple[str, int], ...]:
    """The statuses of creations, with another one for this kind of object."""
    return tuple({**dict(CORRECT.created_status), table: status}.items())


def genuine_beginning(seed: int, key: str, text: str) -> bool:
    """Whether the signature is the beginning of the true one, as a careless comparison finds."""
    from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415 - 10 ms, if ever
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - as above

    signing_input, _, signature = text.rpartition(".")
    given = urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    true = rsa_key(seed, key).sign(signing_input.encode("ascii"), padding.PKCS1v15(), SHA256())
    return bool(given) and true.startswith(given)


def same_but_for_case(known: str, given: str) -> bool:
    """Secrets compared without their case."""
    return known.casefold() == given.casefold()


def longer(known: str, given: str) -> bool:
    """A text that goes on where the known one ends taken for it."""
    return given.startswith(known)


def same_beginning(known: str, given: str) -> bool:
    """Only as much of a secret compared as was given."""
    return known.startswith(given)


def milliseconds(moment_s: float) -> int:
    """NumericDate in milliseconds."""
    return int(moment_s * 1000)


def whole_seconds(moment_s: float) -> str:
    """ISO 8601 without milliseconds."""
    return f"{datetime.fromtimestamp(moment_s, UTC):%Y-%m-%dT%H:%M:%SZ}"


def one_more(number: int) -> int:
    """A count that is one too high."""
    return number + 1


def any_character(one: str) -> bool:
    """Every character allowed."""
    return bool(one)


def ascii_character(one: str) -> bool:
    """Letters and digits of ASCII, and the five others."""
    return one in "/.'_ -" or (one.isascii() and one.isalnum())


def below_the_top(value: float, _low: float, high: float) -> bool:
    """Only the upper threshold looked at."""
    return value <= high


def between_hosts(address: IPv4Address | IPv6Address, cidr: str) -> bool:
    """The first and the last address of a range left out, as if they were network and broadcast."""
    network = ip_network(cidr, strict=False)
    ends = (network.network_address, network.broadcast_address)
    return address in network and (address not in ends or network.num_addresses == 1)


def in_whole_bytes(address: IPv4Address | IPv6Address, cidr: str) -> bool:
    """The prefix rounded down to whole bytes."""
    network = ip_network(cidr, strict=False)
    rounded = ip_network(f"{network.network_address}/{network.prefixlen // 8 * 8}", strict=False)
    return address in rounded


def without_spaces(text: str) -> str:
    """A subject token read without the white space around and in it."""
    return "".join(text.split())


def without_scheme(text: str) -> str:
    """A subject token read without what clients paste before and around it."""
    return text.strip().removeprefix("Bearer ").strip("\"'`<>,;").rstrip("=")
