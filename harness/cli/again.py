"""The command that does one scenario of a run again."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from harness.cli.bundle import FAILED
from harness.cli.options import OPTIONS, as_arguments
from harness.cli.run import suite_folder

if TYPE_CHECKING:
    import argparse

    from harness.evidence import ScenarioResult

REPLAYED = ("target", "release", "settings", "defect", "with_known_bugs", "switch", "archive")
"""What a replay has to be told; the rest is in the evidence."""

RUN = (*REPLAYED, "requirements", "seed")
"""What a run has to be told to do the same."""


def command(result: ScenarioResult, folder: Path | None, option: argparse.Namespace) -> str:
    """One line for a shell; `option` holds the values that the run was given.

    What failed a check is replayed from the run folder. What was never judged has nothing to
    replay, so its scenario is run again.
    """
    if folder is not None and result.verdict in FAILED and result.failure and result.exchanges:
        return shlex.join(
            ["paconform", "replay", str(folder), result.id, *_given(option, REPLAYED)]
        )
    suite = suite_folder()
    place = suite.name if suite == Path.cwd() / suite.name else str(suite)
    return shlex.join(["paconform", "run", f"{place}/{result.id}", *_given(option, RUN)])


def _given(option: argparse.Namespace, names: tuple[str, ...]) -> list[str]:
    return as_arguments(
        {one.name: getattr(option, f"paconform_{one.name}") for one in OPTIONS if one.name in names}
    )
