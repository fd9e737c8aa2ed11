"""The fakes as routes of a respx router, so that code under test can make its own httpx clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fakes.transport import given, received
from fakes.world import ADMIN_URL

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    import respx

    from fakes.message import Core
    from fakes.world import World


def mount(
    router: respx.MockRouter, world: World, *, admin_url: str = ADMIN_URL
) -> respx.MockRouter:
    """The router, with PingOne on its hosts and PingAccess on `admin_url`.

    Works with clients that respx patches, sync and async alike.
    """
    for url, core in (
        (world.hosts.api, world.pingone),
        (world.hosts.auth, world.pingone),
        (admin_url, world.pingaccess),
    ):
        parts = urlsplit(url)
        pattern: dict[str, Any] = {"scheme": parts.scheme, "host": parts.hostname}
        if parts.port:
            pattern["port"] = parts.port
        router.route(**pattern).mock(side_effect=_answers(core))
    return router


def _answers(core: Core) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        return given(core.handle(received(request)))

    return answer
