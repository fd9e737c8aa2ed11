"""A decision of the fakes made otherwise, from the command line."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from harness import evidence
from harness.tests.running import PACONFORM, ROOT, environment

if TYPE_CHECKING:
    from pathlib import Path

SMALL = str(ROOT / "scenarios" / "administration" / "test_refusals.py")


def paconform(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PACONFORM, *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("target", ["embedded", "served"])
def test_a_switched_fake_is_judged_as_it_is_and_named_so(tmp_path: Path, target: str) -> None:
    out = str(tmp_path / "run")
    switch = ("--switch", "pingaccess.failure_flash=Nope")
    done = paconform(tmp_path, "run", "--target", target, "--out", out, *switch, SMALL)

    assert done.returncode == 1, done.stderr
    run = evidence.read(tmp_path / "run" / "evidence.jsonl").header
    assert run.product["PingAccess"].endswith(", pingaccess.failure_flash is Nope")
    assert run.options["switch"] == ["pingaccess.failure_flash=Nope"]
    assert "pingaccess.failure_flash is Nope" in done.stdout


def test_a_run_that_ends_before_its_last_scenario_says_so(tmp_path: Path) -> None:
    """Whatever ended it: here pytest's -x, elsewhere an error within pytest."""
    out, switch = str(tmp_path / "run"), ("--switch", "pingaccess.failure_flash=Nope")
    done = paconform(tmp_path, "run", "--out", out, *switch, "-x", SMALL)

    assert done.returncode == 1
    run = evidence.read(tmp_path / "run" / "evidence.jsonl")
    assert run.end is not None
    assert run.end.interrupted
    assert len(run.scenarios) < run.header.options["scenarios"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "--switch", "nonsense=1"), "--switch: 'nonsense' is not known"),
        (("run", "--switch", "lockout_failures=many"), "Expected `int`, got `str`"),
        (("serve", "--switch", "lockout_failures"), "has no value; write"),
        (("run", "--target", "live", "--switch", "lockout_s=1"), "only fakes can be switched"),
    ],
)
def test_what_cannot_be_switched_is_one_line_and_exit_2(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = paconform(tmp_path, *arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_every_switch_is_listed_and_explained(tmp_path: Path) -> None:
    listed = paconform(tmp_path, "list", "switches").stdout
    assert "pingaccess.import_lasts_s" in listed
    explained = paconform(tmp_path, "explain", "pingaccess.import_lasts_s").stdout
    assert "assumed" in explained
