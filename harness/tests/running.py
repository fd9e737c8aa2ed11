"""The command as a process of its own, for tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from harness.cli.envfile import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
PACONFORM = str(Path(sys.executable).with_name("paconform"))

SMALL = str(ROOT / "scenarios" / "flow" / "test_the_vendors_procedure.py")
MANY = str(ROOT / "scenarios" / "assignment")
"""Paths of the suite: few scenarios, and enough of them to be cut off among them."""


Done = subprocess.CompletedProcess[str]


def errors(done: Done) -> list[str]:
    """The lines of error, none of which may be a traceback."""
    assert "Traceback" not in done.stdout + done.stderr
    assert "INTERNALERROR" not in done.stdout + done.stderr
    return [line for line in done.stderr.splitlines() if line.strip()]


def environment(**settings: str) -> dict[str, str]:
    """Ours without settings of a product, and with these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PACONFORM_")}
    return {**kept, **settings}


@contextmanager
def serving(
    folder: Path, seeds: Sequence[int] = (0,), *options: str
) -> Iterator[dict[int, dict[str, str]]]:
    """The settings of a `paconform serve` with these options for each seed, until the end."""
    with ExitStack() as stop:
        yield {
            seed: stop.enter_context(_served(folder / f"{seed}.env", seed, options))
            for seed in seeds
        }


@contextmanager
def _served(file: Path, seed: int, options: Sequence[str]) -> Iterator[dict[str, str]]:
    command = [PACONFORM, "serve", "--seed", str(seed), "--env-file", str(file), *options]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline())["ready"] is True
            yield read_settings(file)
        finally:
            process.terminate()
        assert process.wait(30) == 0
        assert not file.exists()
