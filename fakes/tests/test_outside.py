"""Faults on the way to PingOne: each kind happens, and a misspelt one is refused at once."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from fakes.clock import Clock
from fakes.handles import PingAccess, PingOne
from fakes.outside import KINDS, SERVICES, Fault, FaultyTransport, Outside
from fakes.world import World


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_fault_reaches_pingaccess(kind: Any) -> None:
    world = World()
    credential = PingOne.embedded(world).credential()
    world.outside.put_faults([Fault("any", kind, times=1)])

    with PingAccess.embedded(world).client() as admin:
        body = {
            "name": "Production",
            "credential": {"value": credential},
            "sslProtocols": [],
            "sslCiphers": [],
        }
        refused = admin.post("/pingone/connections", json=body)
        taken = admin.post("/pingone/connections", json=body)

    assert (refused.status_code, taken.status_code) == (422, 200)


def test_a_kind_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="did you mean 'unreachable'") as caught:
        Fault("any", "unreachible")  # type: ignore[arg-type]  # the mistake itself

    assert all(kind in str(caught.value) for kind in KINDS)


def test_a_host_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="host 'pingone' is not one of") as caught:
        Fault("pingone", "timeout")  # type: ignore[arg-type]  # the mistake itself

    assert all(host in str(caught.value) for host in SERVICES)


def test_the_control_door_refuses_the_same() -> None:
    world = World()
    with httpx.Client(transport=world.transport(), base_url="https://control.invalid") as door:
        answer = door.put("/faults", json={"faults": [{"host": "any", "kind": "unreachible"}]})

    assert answer.status_code == 400
    assert "unreachable" in answer.json()["error"]
    assert world.outside.faults == []


def test_what_carries_the_calls_is_closed_with_the_client() -> None:
    closed = []

    class Carrier(httpx.MockTransport):
        def close(self) -> None:
            closed.append(self)

    carrier = Carrier(lambda _: httpx.Response(200))
    with httpx.Client(transport=FaultyTransport(carrier, Outside())):
        pass

    assert closed == [carrier]


@pytest.mark.parametrize("seconds", [1e300, 1e12, float("inf"), float("nan")])
@pytest.mark.parametrize("running", [False, True])
def test_a_clock_stays_where_dates_can_be_written(seconds: float, running: bool) -> None:
    clock = Clock(running=running)
    before = clock.now_s()
    with pytest.raises(ValueError, match="leads past 3000"):
        clock.advance(seconds)
    assert clock.now_s() - before < 1000
    clock.advance(900 * 365 * 86400)
    assert clock.http_date().endswith("GMT")
