"""Ratios of a large collection to a small one, and of the worst create with and without our tuning.

The objects are sites, which are about as large as PingOne connections and ask nobody.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from itertools import count
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from fakes.collecting import collect_seldom
from fakes.message import Request
from fakes.tests.pingaccess_core import Admin

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL, LARGE, WORST = 100, 100_000, 200_000
_TIMES = 500


def growth_ratios(rounds: int) -> list[tuple[str, float, float, bool]]:
    """Name, value, bound, and whether the bound is an upper one."""
    small, large = Filled(SMALL), Filled(LARGE)
    return [
        *(
            (f"{name}: {LARGE:,} objects / {SMALL}", _ratio(large, small, name, rounds), 2, True)
            for name in Filled.CALLS
        ),
        ("worst create of 200,000, seldom collected / default", worst_ratio(), 0.25, True),
        ("resident MiB with 100,000 objects, of 150", resident_mib() / 150, 1, True),
    ]


class Filled:
    """A fake with so many sites, and what is measured on it: seconds for one call."""

    CALLS = ("create", "get", "lookup by name", "page")

    def __init__(self, objects: int) -> None:
        self._admin = Admin()
        self._numbers = count()
        for _ in range(objects):
            self._create()
        self._calls: dict[str, Callable[[], object]] = {
            "create": self._create,
            "get": lambda: self._admin.get(f"/sites/{objects // 2}"),
            "lookup by name": lambda: self._admin.get("/sites", f"name=site-{objects // 2}"),
            "page": lambda: self._admin.get("/sites", "page=2&numberPerPage=25"),
        }

    def seconds(self, name: str) -> float:
        """Of many calls, the median."""
        call, took = self._calls[name], []
        for _ in range(_TIMES):
            started = perf_counter()
            call()
            took.append(perf_counter() - started)
        return median(took)

    def _create(self) -> object:
        return self._admin.add("/sites", site(next(self._numbers)))


def site(number: int) -> dict[str, object]:
    """The body of a new site."""
    return {"name": f"site-{number}", "targets": [f"host-{number}.example.com:443"]}


def _ratio(large: Filled, small: Filled, name: str, rounds: int) -> float:
    return median(large.seconds(name) / small.seconds(name) for _ in range(rounds))


def worst_ratio() -> float:
    """The slowest create on the way to many objects, each way in a process of its own."""
    return median(_child("seldom")["worst_s"] / _child("default")["worst_s"] for _ in range(3))


def resident_mib() -> float:
    """Resident memory of a fake that holds many objects."""
    return _child("memory")["resident_mib"]


def _child(what: str) -> dict[str, float]:
    run = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-m", "harness.benchmarks.growth", what],
        check=True,
        stdout=subprocess.PIPE,
    )
    told: dict[str, float] = json.loads(run.stdout)
    return told


def _fill(objects: int) -> tuple[Admin, float]:
    admin, worst_s = Admin(), 0.0
    for number in range(objects):
        started = perf_counter()
        admin.add("/sites", site(number))
        worst_s = max(worst_s, perf_counter() - started)
    return admin, worst_s


def _main(what: str) -> None:
    if what != "default":
        collect_seldom()
    admin, worst_s = _fill(LARGE if what == "memory" else WORST)
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - a kernel's file
        kib = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    assert admin.fake.handle(Request("GET", "/pa/heartbeat.ping")).status == 200  # noqa: S101
    print(json.dumps({"worst_s": worst_s, "resident_mib": kib / 1024}))


if __name__ == "__main__":
    gc.collect()
    _main(sys.argv[1])
