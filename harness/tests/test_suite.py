"""The suite as a whole: complete, the same on every target, and able to find what is wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness import evidence
from harness.requirements import catalogue
from harness.tests.running import PACONFORM, environment, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

ARCHIVES = sorted((Path(__file__).resolve().parents[3] / "shared" / "configs").glob("*.json"))
Pair = tuple[str, int]
PASSING = {"conformant", "not_measured"}


def rows(kind: str) -> list[dict[str, Any]]:
    """What `paconform list` shows of that kind."""
    done = subprocess.run([PACONFORM, "list", kind, "--json"], capture_output=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def defects() -> list[dict[str, Any]]:
    return rows("defects")


def test_every_requirement_has_a_scenario() -> None:
    measured = {key for row in rows("scenarios") for key in row["requirements"]}

    assert measured == set(catalogue())


def test_every_must_has_a_seeded_defect(defects: list[dict[str, Any]]) -> None:
    broken = {row["breaks"] for row in defects}

    assert [one.id for one in catalogue().values() if one.level == "MUST"] != []
    assert [
        one.id for one in catalogue().values() if one.level == "MUST" and one.id not in broken
    ] == []
    assert broken <= set(catalogue())


def test_every_seeded_defect_is_caught_and_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [PACONFORM, "defects", "--json"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    found = json.loads(done.stdout)
    assert found["baseline"] == []
    assert [one["id"] for one in found["defects"] if one["caught_by"] is None] == []
    assert done.returncode == 0


def test_a_defect_that_nothing_measures_survives(tmp_path: Path) -> None:
    """The control: `defects` can say no. Only scenarios of the flow are given to look for it."""
    flow = Path(__file__).resolve().parents[2] / "scenarios" / "flow"
    program = (
        "from harness.cli.defects import chosen, detect, summary\n"
        f"found = detect(chosen(('P1-D-001',)), [{str(flow)!r}], lambda *_: None)\n"
        "print(summary(found)['survived'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "1"


NOT_MEASURED = {"embedded": 0.01, "served": 0.002, "live": 0.1}
"""The part of the scenarios that a target need not show; nothing happens at once in process."""


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Pair, Future[Path]]]:
    """The folder of each run that the tests chosen ask for; as many at once as there are cores.

    A live run has a `serve` of that seed in a process of its own.
    """
    asked = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    pairs = [(one["target"], one["seed"]) for one in asked if {"target", "seed"} <= one.keys()]
    archives = [f"--archive={file}" for file in ARCHIVES]
    seeds = [seed for target, seed in pairs if target == "live"]
    with (
        serving(tmp_path_factory.mktemp("serve"), seeds) as settings,
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):

        def judged(target: str, seed: int) -> Path:
            folder = tmp_path_factory.mktemp(f"{target}-{seed}")
            run(folder, target, seed, settings[seed] if target == "live" else {}, *archives)
            return folder / "run"

        yield {pair: pool.submit(judged, *pair) for pair in pairs}
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize(
    ("target", "seed"),
    # embedded with seed 0 is the session that these tests are part of
    [
        (target, seed)
        for target in ("embedded", "served", "live")
        for seed in (0, 1, 2)
        if (target, seed) != ("embedded", 0)
    ],
)
def test_the_suite_passes_on_every_target_and_seed(
    target: str, seed: int, runs: dict[Pair, Future[Path]]
) -> None:
    found = evidence.read(runs[target, seed].result()).scenarios

    counts = Counter(one.verdict for one in found)
    assert set(counts) <= PASSING, counts
    assert counts["conformant"] > 1000
    assert counts["not_measured"] <= len(found) * NOT_MEASURED[target], counts


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare (util-linux)")
def test_a_run_needs_no_network_but_loopback(tmp_path: Path) -> None:
    """In a network namespace of its own, in which nothing but loopback is up."""
    alone = [
        "unshare",
        "--map-root-user",
        "--net",
        "sh",
        "-c",
        'ip link set lo up && exec "$@"',
        "-",
    ]
    if subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody make a network namespace")
    for target in ("embedded", "served"):
        run(tmp_path, target, 0, {}, "-k", "flow", before=alone)


def run(
    folder: Path,
    target: str,
    seed: int,
    settings: dict[str, str],
    *arguments: str,
    before: list[str] | None = None,
) -> None:
    """Run the suite in that folder, into `run`; it has to pass."""
    options = ["--target", target, "--seed", str(seed), "--out", "run", "--overwrite"]
    done = subprocess.run(
        [*(before or []), PACONFORM, "run", *options, *arguments],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
