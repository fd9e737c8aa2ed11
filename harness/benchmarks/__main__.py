"""Speed as ratios: each figure against a floor that is measured in turn with it, in one run."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from harness.benchmarks.core import core_ratios
from harness.benchmarks.evidence import evidence_ratios
from harness.benchmarks.growth import growth_ratios
from harness.benchmarks.peers import compare
from harness.benchmarks.pingone import pingone_ratios
from harness.benchmarks.tokens import token_ratios
from harness.benchmarks.upgrades import upgrade_ratios

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable


@dataclass(frozen=True)
class Ratio:
    """One figure: what it is, the ratio, and the bound that it should keep."""

    name: str
    value: float
    bound: float
    at_most: bool = True

    def line(self) -> str:
        """The figure for people."""
        sign = "<=" if self.at_most else ">="
        return f"{self.value:8.2f}  (want {sign} {self.bound:g})  {self.ok:4}  {self.name}"

    @property
    def ok(self) -> str:
        """Whether the bound is kept."""
        kept = self.value <= self.bound if self.at_most else self.value >= self.bound
        return "ok" if kept else "MISS"


def paired(first: Callable[[], float], second: Callable[[], float], rounds: int) -> float:
    """Median of first/second, the two measured in turn, after one round that is not counted."""
    ratios = [first() / second() for _ in range(rounds + 1)]
    return median(ratios[1:])


def process_s(*command: str) -> float:
    """Wall seconds of one process; its output is thrown away."""
    started = perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    return perf_counter() - started


def floor_s() -> float:
    """Seconds of `python -c pass`."""
    return process_s(PYTHON, "-c", "pass")


def help_s() -> float:
    """Seconds of `paconform --help`."""
    return process_s(str(Path(PYTHON).with_name("paconform")), "--help")


@dataclass(frozen=True)
class Idle:
    """A `serve` that was started, looked at and stopped."""

    ready_s: float
    memory_kib: int


def serve_once() -> Idle:
    """Seconds until `serve` says that it is ready, and its resident memory then."""
    with tempfile.TemporaryDirectory() as folder:
        started = perf_counter()
        process = subprocess.Popen(  # noqa: S603 - ours
            [str(Path(PYTHON).with_name("paconform")), "serve", "--env-file", f"{folder}/env"],
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        json.loads(process.stdout.readline())
        ready_s = perf_counter() - started
        memory = _resident_kib(process.pid)
        process.terminate()
        process.communicate()
    return Idle(ready_s, memory)


def bare_memory_kib() -> int:
    """Resident memory of a Python that does nothing."""
    process = subprocess.Popen(  # noqa: S603 - ours
        [PYTHON, "-c", "print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    process.stdout.readline()
    memory = _resident_kib(process.pid)
    process.communicate(b"\n")
    return memory


def _resident_kib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def suite_ratio(rounds: int) -> Ratio:
    """The embedded suite against pytest with as many empty tests."""
    with tempfile.TemporaryDirectory() as folder:
        count = _run_suite(folder)
        empty = Path(folder, "test_empty.py")
        empty.write_text("".join(f"def test_{n}(): pass\n" for n in range(count)))
        plain = (
            PYTHON,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:paconform",
            str(empty),
        )
        value = paired(
            lambda: _suite_s(folder),
            lambda: process_s(*plain, "--rootdir", folder, "-c", os.devnull),
            rounds,
        )
    return Ratio(f"embedded suite / {count} empty pytest tests", value, 6)


def _suite_s(folder: str) -> float:
    return process_s(
        str(Path(PYTHON).with_name("paconform")), "run", "--out", f"{folder}/run", "--overwrite"
    )


def _run_suite(folder: str) -> int:
    _suite_s(folder)
    lines = Path(folder, "run", "evidence.jsonl").read_text("utf-8").splitlines()
    return sum('"kind":"scenario"' in line for line in lines)


def main() -> None:
    """Print every ratio; the exit code says nothing, for a busy machine is no failure."""
    parser = argparse.ArgumentParser(prog="make bench", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--peers", action="store_true", help="beside other fakes only; needs wrk")
    options = parser.parse_args()
    if options.peers:
        compare()
        return
    show: Callable[[Ratio], str] = (
        (lambda r: json.dumps(r.__dict__)) if options.json else Ratio.line
    )
    rounds = options.rounds
    serves = [(serve_once(), floor_s(), bare_memory_kib()) for _ in range(rounds + 1)][1:]
    figures = (
        Ratio("paconform --help / python -c pass", paired(help_s, floor_s, rounds), 15),
        Ratio("serve ready / python -c pass", median(s.ready_s / f for s, f, _ in serves), 40),
        Ratio("serve idle memory / python", median(s.memory_kib / m for s, _, m in serves), 8),
        *(
            Ratio(*figure)
            for ratios in (core_ratios, token_ratios, pingone_ratios, growth_ratios)
            for figure in ratios(rounds)
        ),
        *(Ratio(*figure) for figure in upgrade_ratios(rounds)),
        *(Ratio(*figure) for figure in evidence_ratios(rounds)),
        suite_ratio(rounds),
    )
    for figure in figures:
        print(show(figure), flush=True)


if __name__ == "__main__":
    main()
