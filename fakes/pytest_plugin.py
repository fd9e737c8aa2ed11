"""Fixtures for other people's repositories: fakes in process, on sockets, and behind respx.

`pingone` and `pingaccess` are a pair on one clock, new for each test. `pingone_served` and
`pingaccess_served` listen on loopback with TLS, once per session, reset for each test. `ping_respx`
answers the vendor's host names for any `httpx` client that the test makes, and lets through what is
for the served pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    import respx

    from fakes.handles import PingAccess, PingOne
    from fakes.served import ServedWorld
    from fakes.world import World


@pytest.fixture(scope="session")
def paconform_seed() -> int:
    """The seed of every fake; override it to have other ids, names and keys."""
    return 0


@pytest.fixture(scope="session")
def paconform_release() -> str:
    """The release that the fake PingAccess is; override it to test against another."""
    from fakes.releases import LATEST  # noqa: PLC0415 - a plugin must be cheap to load

    return LATEST


@pytest.fixture
def paconform_world(paconform_seed: int, paconform_release: str) -> World:
    """A pair of fakes in process: clock, faults, ledgers, snapshots."""
    from fakes.world import World  # noqa: PLC0415 - a plugin must be cheap to load

    return World(seed=paconform_seed, release=paconform_release)


@pytest.fixture
def pingone(paconform_world: World) -> PingOne:
    """The fake PingOne of this test, in process."""
    from fakes.handles import PingOne  # noqa: PLC0415 - a plugin must be cheap to load

    return PingOne.embedded(paconform_world)


@pytest.fixture
def pingaccess(paconform_world: World) -> PingAccess:
    """The fake PingAccess of this test, in process."""
    from fakes.handles import PingAccess  # noqa: PLC0415 - a plugin must be cheap to load

    return PingAccess.embedded(paconform_world)


@pytest.fixture(scope="session")
def _served_at() -> set[str]:
    """Hosts and ports of the served pair and its control door, once there is one."""
    return set()


@pytest.fixture(scope="session")
def _served_world(
    paconform_seed: int, paconform_release: str, _served_at: set[str]
) -> Iterator[ServedWorld]:
    from fakes.served import ServedWorld  # noqa: PLC0415 - a plugin must be cheap to load

    with ServedWorld(seed=paconform_seed, release=paconform_release) as served:
        urls = (served.admin_url, served.pingone_url, served.control_url)
        _served_at.update(urlsplit(url).netloc for url in urls)
        yield served


@pytest.fixture
def paconform_served_world(_served_world: ServedWorld) -> ServedWorld:
    """A pair of fakes on loopback sockets with TLS, as it was at the start."""
    _served_world.reset()
    return _served_world


@pytest.fixture
def pingone_served(paconform_served_world: ServedWorld) -> PingOne:
    """The fake PingOne of this test, on a socket."""
    from fakes.handles import PingOne  # noqa: PLC0415 - a plugin must be cheap to load

    return PingOne.served(paconform_served_world)


@pytest.fixture
def pingaccess_served(paconform_served_world: ServedWorld) -> PingAccess:
    """The fake PingAccess of this test, on a socket."""
    from fakes.handles import PingAccess  # noqa: PLC0415 - a plugin must be cheap to load

    return PingAccess.served(paconform_served_world)


@pytest.fixture
def ping_respx(paconform_world: World, _served_at: set[str]) -> Iterator[respx.MockRouter]:
    """A respx router in which both fakes answer whatever httpx client the code under test makes.

    Routes of your own can be added; a host that has no route is an error, so nothing goes out but
    to the served pair, where the test has that too.
    """
    import respx  # noqa: PLC0415 - a plugin must be cheap to load

    from fakes.respx_mount import mount  # noqa: PLC0415 - a plugin must be cheap to load

    with respx.mock(assert_all_called=False) as router:
        yield mount(router, paconform_world, beside=_served_at)
