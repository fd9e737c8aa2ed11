"""The fakes as routes of a respx router, so that code under test can make its own httpx clients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fakes.pingone import VENDOR_NAMES
from fakes.transport import given, received
from fakes.world import ADMIN_URL

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import httpx
    import respx

    from fakes.message import Core
    from fakes.world import World


def mount(
    router: respx.MockRouter,
    world: World,
    *,
    admin_url: str = ADMIN_URL,
    beside: Collection[str] = (),
) -> respx.MockRouter:
    """The router, with PingOne on its hosts, those of every region, and PingAccess on `admin_url`.

    Works with clients that respx patches, sync and async alike. Requests to the authorities (host
    and port) in `beside` go out as they are; it may grow while the router is in use.
    """
    router.route(scheme="https").mock(side_effect=_Through(beside))
    own = (world.hosts.api, world.hosts.auth)
    urls = dict.fromkeys((*own, *(f"https://{name}" for name in VENDOR_NAMES)), world.pingone)
    for url, core in (*urls.items(), (admin_url, world.pingaccess)):
        parts = urlsplit(url)
        pattern: dict[str, Any] = {"scheme": parts.scheme, "host": parts.hostname}
        if parts.port:
            pattern["port"] = parts.port
        router.route(**pattern).mock(side_effect=_answers(core))
    return router


@dataclass(frozen=True, slots=True)
class _Through:
    """Gives a request back, which lets it through, or None, which leaves it to other routes."""

    authorities: Collection[str]

    def __call__(self, request: httpx.Request) -> httpx.Request | None:
        """The request where it is for one of the authorities."""
        return request if request.url.netloc.decode("ascii") in self.authorities else None


def _answers(core: Core) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        return given(core.handle(received(request)))

    return answer
