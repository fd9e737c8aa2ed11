"""Ratios within one process: the core against httpx, properties against their own generator."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import httpx
from hypothesis import HealthCheck, given, seed, settings

from fakes.handles import PingAccess, PingOne
from fakes.transport import received
from fakes.world import World
from harness.cli.targets import Embedded, Wanted
from harness.recorder import Record
from harness.strategies.tokens import malformed

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.strategies.tokens import Case

EXAMPLES = 1_000


def core_ratios(rounds: int) -> list[tuple[str, float, float, bool]]:
    """Name, value, bound, and whether the bound is an upper one."""
    return [
        ("core alone / httpx transport (rate, one GET)", core_to_httpx(rounds), 20, False),
        ("property with two requests / without (rate)", property_ratio(rounds), 0.7, False),
        ("fresh fakes and client / empty pytest test", fresh_ratio(rounds), 2, True),
    ]


def core_to_httpx(rounds: int) -> float:
    """How many times as often the core answers as httpx carries the same request to it."""
    world = World()
    handle = PingAccess.embedded(world)
    with handle.client() as client:
        url = f"/pingone/connections/{_connection(client, PingOne.embedded(world))}"
        request = received(client.build_request("GET", url, headers=_login(client)))
        assert world.pingaccess.handle(request).status == client.get(url).status_code == 200  # noqa: S101
        return median(
            _rate(lambda: world.pingaccess.handle(request), 20_000)
            / _rate(lambda: client.get(url), 1_000)
            for _ in range(rounds)
        )


def property_ratio(rounds: int) -> float:
    """Rate of a property that saves a malformed credential and lists, over one that only draws.

    The requests go the way of those of the suite: its own client, straight to the transport. Both
    draw the same tokens, others in each round: what a token costs depends on how it is spoiled.
    """
    target = Embedded(Wanted("embedded", None, 0, "bench"))
    target.fresh()
    scenario = target.session.scenario(Record("bench"))
    product, base = scenario.product, scenario.pingone.add_credential().token

    def without(case: Case) -> None:
        assert case.token is not None  # noqa: S101

    def with_requests(case: Case) -> None:
        body = {
            "name": "x",
            "credential": {"value": case.token},
            "sslProtocols": [],
            "sslCiphers": [],
        }
        assert product.api.add_pingone_connection(json=body).is_client_error  # noqa: S101
        assert product.api.get_pingone_connections().status_code == 200  # noqa: S101

    def seconds(number: int, example: Callable[[Case], None]) -> float:
        return _seconds(seed(number)(_settings(given(malformed(base))(example))))

    ratios = [seconds(n, without) / seconds(n, with_requests) for n in range(rounds + 1)]
    return median(ratios[1:])


def fresh_ratio(rounds: int) -> float:
    """Seconds of a new pair of fakes with a client, over those of an empty pytest test."""
    return median(_fresh_s() / _empty_test_s() for _ in range(rounds))


_settings = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def _connection(client: httpx.Client, pingone: PingOne) -> str:
    body = {
        "name": "bench",
        "credential": {"value": pingone.credential()},
        "sslProtocols": [],
        "sslCiphers": [],
    }
    return str(client.post("/pingone/connections", json=body).raise_for_status().json()["id"])


def _login(client: httpx.Client) -> dict[str, str]:
    probe = client.build_request("GET", "/version")
    auth = client.auth
    assert auth is not None  # noqa: S101 - the handle logs in
    return dict(next(auth.auth_flow(probe)).headers)


def _rate(call: Callable[[], object], times: int) -> float:
    started = perf_counter()
    for _ in range(times):
        call()
    return times / (perf_counter() - started)


def _seconds(call: Callable[[], object]) -> float:
    started = perf_counter()
    call()
    return perf_counter() - started


def _fresh_s(times: int = 200) -> float:
    def once() -> None:
        httpx.Client(transport=World().transport(), trust_env=False).close()

    once()
    return 1 / _rate(once, times)


def _empty_test_s(times: int = 2_000) -> float:
    with tempfile.TemporaryDirectory() as folder:
        seconds = {count: _pytest_s(folder, count) for count in (times, 1)}
    return (seconds[times] - seconds[1]) / (times - 1)


def _pytest_s(folder: str, count: int) -> float:
    file = Path(folder, f"test_{count}.py")
    file.write_text("".join(f"def test_{n}(): pass\n" for n in range(count)))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)]
    return _seconds(
        lambda: subprocess.run(  # noqa: S603 - ours
            [*command, "--rootdir", folder, "-c", "/dev/null"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    )
