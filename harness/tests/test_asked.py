"""What is asked of a run is looked at before anything is collected."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from harness.errors import BadSettings
from harness.run_folder import usable
from harness.tests.running import environment

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--release", "1.0"], "--release: '1.0'"),
        (["--requirements", "1.0"], "--requirements: '1.0'"),
        (["--seed", "one"], "'--seed': 'one'"),
        (["--defect", "PA-D-999"], "--defect: 'PA-D-999'"),
        (["--switch", "nothing=1"], "--switch: 'nothing'"),
        (["--switch", "import_lasts_s={"], "import_lasts_s"),
        (["--archive", "nowhere.json"], "--archive: nowhere.json"),
        (["--settings", "nowhere.toml"], "nowhere.toml"),
        (["--out", "held"], "--out: 'held' holds something else ('mine')"),
        (["--out", "held/mine"], "--out: 'held/mine' is no folder"),
        (["--out", "held/mine/run"], "--out: 'held/mine/run' is no folder"),
        (["--events", "held/mine"], "--events: 'held/mine' holds something"),
        (["--events", "held"], "--events: 'held' cannot be written (Is a directory)"),
        (["--events", "nowhere/events"], "--events: 'nowhere/events' cannot be written"),
        (["--target", "live"], "PACONFORM_PINGACCESS_ADMIN_URL"),
        (["--target", "live", "--defect", "PA-D-001"], "--defect: can be planted in fakes only"),
        (["--target", "live", "--switch", "x=1"], "--switch: only fakes"),
        (["--target", "live", "--with-known-bugs"], "--with-known-bugs: fakes only"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_met_is_refused_at_once(
    refused: Callable[..., str], tmp_path: Path, arguments: list[str], told: str
) -> None:
    (tmp_path / "held").mkdir()
    (tmp_path / "held" / "mine").write_text("mine")

    assert told in refused(2, "run", *arguments)
    assert [one.name for one in tmp_path.rglob("*")] == ["held", "mine"]


def test_a_path_that_is_not_of_the_suite_is_refused(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "test_mine.py").write_text("def test_mine(): pass")

    assert "test_mine.py: is not in the suite" in refused(2, "run", "test_mine.py")
    own = str(Path(__file__).parent)  # in the checkout, and none of the suite
    assert f"{own}: is not in the suite" in refused(2, "run", own)


@pytest.mark.parametrize("before", [(), ("--seed", "2"), ("connections",)], ids=" ".join)
def test_a_path_that_leads_nowhere_is_named(
    refused: Callable[..., str], before: tuple[str, ...]
) -> None:
    told = refused(2, "run", *before, "served")
    assert told.startswith("paconform: 'served' is no path and no scenario; `paconform list")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--targt", "served"],
            "ERROR: --targt: is no option of `paconform run` nor of pytest; did you mean --target?",
        ),
        (["--targt=served"], "did you mean --target?"),
        (["--nothing-like-it"], "`paconform run --help` lists ours"),
    ],
    ids=" ".join,
)
def test_a_mistyped_option_is_one_line(
    refused: Callable[..., str], arguments: list[str], told: str
) -> None:
    assert told in refused(2, "run", *arguments)


def test_a_folder_in_which_nothing_may_be_made_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a system that is mounted to be read only; root may write wherever the mode forbids."""
    monkeypatch.setattr("os.access", lambda path, _: Path(path) != tmp_path)

    with pytest.raises(BadSettings, match=r"--out: .*cannot be written"):
        usable(tmp_path / "new" / "run", overwrite=False)


def test_pytest_is_not_loaded_for_a_refusal() -> None:
    code = "import sys; from harness.cli import status; status(sys.argv[1:]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, "run", "--release", "1.0"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert "1.0" in done.stderr
    assert {"httpx", "pytest"} & set(done.stdout.split()) == {"httpx"}
