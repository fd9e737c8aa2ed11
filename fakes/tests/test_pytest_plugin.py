"""The fixtures for other repositories, as a test of theirs takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from respx.models import AllMockedAssertionError

from fakes.handles import PingOne

if TYPE_CHECKING:
    import respx

    from fakes.handles import PingAccess


def saved(pingaccess: PingAccess, credential: str) -> str:
    """The name of a new connection, as PingAccess shows it."""
    with pingaccess.client() as admin:
        made = admin.post(
            "/pingone/connections",
            json={
                "name": "Production",
                "credential": {"value": credential},
                "sslProtocols": [],
                "sslCiphers": [],
            },
        )
        again = admin.get(f"/pingone/connections/{made.raise_for_status().json()['id']}")
    return str(again.json()["name"])


def test_respx_and_the_served_pair_work_in_one_test(
    ping_respx: respx.MockRouter,
    pingaccess: PingAccess,
    pingaccess_served: PingAccess,
    pingone_served: PingOne,
) -> None:
    """The served PingAccess calls PingOne through httpx too, in a thread of its own."""
    assert saved(pingaccess_served, pingone_served.credential()) == "Production"
    assert saved(pingaccess, PingOne.embedded(pingaccess.world).credential()) == "Production"
    assert len(pingaccess_served.world.ledgers["pingaccess"]) == 2

    with httpx.Client(base_url=pingaccess.admin_url) as own:
        assert own.get("/pa-admin-api/v3/version").status_code == 401
    assert {call.request.url.host for call in ping_respx.calls} >= {"localhost"}


def test_nothing_else_goes_out(ping_respx: respx.MockRouter, pingaccess_served: PingAccess) -> None:
    """A route of the test's own answers on loopback all the same."""
    ping_respx.get("https://localhost:1/own").respond(204)

    assert httpx.get("https://localhost:1/own").status_code == 204
    for url in ("https://localhost:1/other", "https://pingaccess.example.org/"):
        with pytest.raises(AllMockedAssertionError):
            httpx.get(url)
    assert pingaccess_served.admin_url
