"""Ratios of evidence: what it costs a suite, and what rendering it takes beside running it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from harness.cli.run import run
from harness.cli.suite import Suite
from harness.evidence import FILE
from reports import render

if TYPE_CHECKING:
    from collections.abc import Generator

SELECTED = "connections or assignment or risk_policies or keys"
"""A few hundred scenarios that send objects.

Those that send spoiled tokens cost more: each token is a secret, and is kept with its recipe.
"""
RENDERED, RUN = 3_000, 300


def evidence_ratios(rounds: int) -> list[tuple[str, float, float, bool]]:
    """Name, value, bound, and whether the bound is an upper one."""
    measured = [(_child("all"), _child("none")) for _ in range(rounds)]
    cost = median(every["loop_s"] / none["loop_s"] for every, none in measured)
    rendering = median(
        every["render_s"] / (every["loop_s"] / every["scenarios"] * RUN) for every, _ in measured
    )
    return [
        ("scenarios with all their evidence / without any", cost, 1.25, True),
        (f"rendering {RENDERED:,} scenarios / running {RUN} of them", rendering, 1, True),
    ]


class Timed(Suite):
    """A suite that knows how long its scenarios took; of CPU, for others use the machine too."""

    def __init__(self, *, evidence: bool) -> None:
        super().__init__(keep=evidence)
        self._evidence = evidence
        self.loop_s = 0.0
        self.scenarios = 0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """The scenarios, without what comes before and after them."""
        start = process_time()
        try:
            return (yield from super().pytest_runtestloop())
        finally:
            self.loop_s = process_time() - start

    def _keep(self, item: pytest.Item, scenario: Any) -> None:
        self.scenarios += 1
        if self._evidence:
            super()._keep(item, scenario)
        else:
            scenario.forget()


def _child(kind: str) -> dict[str, float]:
    command = [sys.executable, "-m", "harness.benchmarks.evidence", kind]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _main(kind: str) -> None:
    suite = Timed(evidence=kind == "all")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "run")
        run(["--evidence=all", f"--out={folder}", "-k", SELECTED], [suite])
        measured = {"loop_s": suite.loop_s, "scenarios": suite.scenarios}
        if kind == "all":
            measured["render_s"] = _rendering_s(folder)
    print(json.dumps(measured))


def _rendering_s(folder: Path) -> float:
    """Seconds of rendering the run, as if it had that many scenarios."""
    head, *lines, end = (folder / FILE).read_bytes().splitlines(keepends=True)
    (folder / FILE).write_bytes(b"".join([head, *islice(cycle(lines), RENDERED), end]))
    start = process_time()
    render(folder)
    return process_time() - start


if __name__ == "__main__":
    _main(sys.argv[1])
