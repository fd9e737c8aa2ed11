"""Ratios of the fake PingOne: tokens against raw signing, evaluations against small requests."""

from __future__ import annotations

from itertools import count
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, TypeAlias

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from fakes.handles import PingOne
from fakes.tests.pingone_tenant import Tenant
from fakes.transport import received
from fakes.world import World
from harness import jose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import httpx

    Way: TypeAlias = Callable[[httpx.Request], Callable[[], object]]

FEW, MANY = 20, 10_000
"""Events of other users that are remembered."""

_TIMES = 300


def pingone_ratios(rounds: int) -> list[tuple[str, float, float, bool]]:
    """Name, value, bound, and whether the bound is an upper one."""
    few, many = Visited(FEW), Visited(MANY)
    carried = median(few.evaluation_s(few.send) / few.small_s(few.send) for _ in range(rounds))
    alone = median(few.evaluation_s(few.ask) / few.small_s(few.ask) for _ in range(rounds))
    grown = median(many.evaluation_s(many.ask) / few.evaluation_s(few.ask) for _ in range(rounds))
    return [
        ("token issued / raw signing, RS256 (rate)", issued(rounds), 0.6, False),
        ("risk evaluation / small GET, both through httpx in process", carried, 5, True),
        ("risk evaluation / small GET, the core alone", alone, 5, True),
        (f"risk evaluation: {MANY:,} events of others / {FEW}", grown, 1.5, True),
    ]


def issued(rounds: int) -> float:
    """Rate of client_credentials through the core over that of as long signatures alone."""
    tenant = Tenant()
    signer = jose.rs256_signer(generate_private_key(65537, 2048))
    covered = tenant.token.rpartition(".")[0].encode("ascii")

    sign = [lambda: signer(covered)] * _TIMES
    grant = [tenant.grant] * _TIMES
    return median(_each(sign) / _each(grant) for _ in range(rounds))


class Visited:
    """A tenant whose Protect remembers so many successes, each of another user."""

    def __init__(self, events: int) -> None:
        self._world = World()
        self._client = PingOne.embedded(self._world).client()
        self._users = count()
        for _ in range(events):
            answer = self._world.fake_pingone.handle(received(self._evaluation("SUCCESS")))
            assert answer.status == 201  # noqa: S101
        self._small = self._client.build_request("GET", "/riskSettings")
        self._filled = self._world.fake_pingone.snapshot()

    def send(self, request: httpx.Request) -> Callable[[], object]:
        """What sends the request through httpx."""
        return lambda: self._client.send(request)

    def ask(self, request: httpx.Request) -> Callable[[], object]:
        """What asks the core, the request having been received already."""
        plain = received(request)
        return lambda: self._world.fake_pingone.handle(plain)

    def evaluation_s(self, way: Way) -> float:
        """Of evaluations of users that were never seen, the median of seconds."""
        took = _each([way(self._evaluation("IN_PROGRESS")) for _ in range(_TIMES)])
        self._world.fake_pingone.restore(self._filled)
        return took

    def small_s(self, way: Way) -> float:
        """Of requests that read some numbers, the median of seconds."""
        return _each([way(self._small)] * _TIMES)

    def _evaluation(self, status: str) -> httpx.Request:
        number = next(self._users)
        event = {
            "ip": f"198.18.{number // 250 % 250}.{number % 250 + 1}",
            "user": {"id": f"user-{number}", "type": "EXTERNAL"},
            "completionStatus": status,
        }
        return self._client.build_request("POST", "/riskEvaluations", json={"event": event})


def _each(calls: Sequence[Callable[[], object]]) -> float:
    """Of calls, the median of seconds."""
    took = []
    for call in calls:
        started = perf_counter()
        call()
        took.append(perf_counter() - started)
    return median(took)
