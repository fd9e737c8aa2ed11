"""Every way in which a run is cut off leaves a folder that can be read, and one line."""

from __future__ import annotations

import resource
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from harness import evidence
from harness.tests.running import MANY, PACONFORM, SMALL, Done, environment, errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


TEARING = """
class Torn:
    def __del__(self):
        raise ValueError("torn")


torn = [Torn()]


def pytest_runtest_call(item):
    raise KeyboardInterrupt


def pytest_sessionfinish():
    torn.clear()
"""


def test_a_killed_run_leaves_a_folder_that_can_be_read(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    process = _begun(tmp_path, "killed")
    process.kill()
    process.communicate()

    found = evidence.read(tmp_path / "killed")
    assert found.end is None
    assert found.scenarios
    assert paconform("report", "killed").returncode == 0
    assert "stopped" in (tmp_path / "killed" / "index.html").read_text("utf-8").lower()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_is_completed(tmp_path: Path, number: signal.Signals) -> None:
    process = _begun(tmp_path, "cut")
    process.send_signal(number)
    out, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert "Traceback" not in out + err
    assert "KeyboardInterrupt" not in out + err
    found = evidence.read(tmp_path / "cut")
    assert found.header.options["scenarios"] > len(found.scenarios) > 0
    assert out.splitlines()[-1] == (
        f"interrupted after {len(found.scenarios)} of {found.header.options['scenarios']} "
        "scenarios; report: cut/index.html"
    )
    assert found.end is not None
    assert found.end.interrupted
    assert (tmp_path / "cut" / "index.html").exists()


def test_what_an_interruption_tears_apart_is_no_bug(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    """As a generator that is thrown away while it runs: Python tells of it once it is collected."""
    (tmp_path / "tearing.py").write_text(TEARING)

    done = paconform("run", SMALL, "-p", "tearing", PYTHONPATH=str(tmp_path))

    assert done.returncode == 130
    assert errors(done) == []
    assert done.stdout.splitlines()[-1].startswith("interrupted after 0 of 8 scenarios; report: ")


def _begun(folder: Path, name: str) -> subprocess.Popen[str]:
    """A run that has written its first scenarios."""
    process = subprocess.Popen(
        [PACONFORM, "run", MANY, "--target", "served", "--out", name],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    file = folder / name / "evidence.jsonl"
    while process.poll() is None:
        if file.exists() and file.read_bytes().count(b"\n") > 3:
            return process
    pytest.fail(f"the run ended by itself: {process.communicate()}")


def test_a_full_disk_is_one_line(paconform: Callable[..., Done], tmp_path: Path) -> None:
    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))

    done = paconform("run", SMALL, "--out", "full", before=small)

    assert done.returncode == 3
    assert len(errors(done)) == 1
    assert "full" in done.stderr
    assert not [one for one in (tmp_path / "full").iterdir() if one.name.startswith(".")]
    assert not (tmp_path / "full" / "index.html").exists()


def test_too_few_files_that_can_be_open_are_one_line(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))

    done = paconform("run", SMALL, before=few)

    assert done.returncode == 2
    assert done.stdout == ""
    [told] = errors(done)
    assert "open 12 files at once" in told
    assert "ulimit -n 64" in told
    assert list(tmp_path.iterdir()) == []
