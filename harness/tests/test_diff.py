"""`paconform diff` as a command: two real runs, exit codes, and bad accept files."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from harness.cli import status
from harness.evidence import FILE
from harness.tests.running import PACONFORM, ROOT, environment

if TYPE_CHECKING:
    from pathlib import Path

SMALL = str(ROOT / "scenarios" / "administration" / "test_refusals.py")


def paconform(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PACONFORM, *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A run of the documented fake, and one of a fake that is otherwise."""
    folder = tmp_path_factory.mktemp("runs")
    paconform("run", "--out", str(folder / "old"), SMALL)
    switch = ("--switch", "pingaccess.failure_flash=Nope")
    paconform("run", "--out", str(folder / "new"), *switch, SMALL)
    return folder / "old", folder / "new"


def test_a_worse_run_is_exit_4_and_names_what_regressed(runs: tuple[Path, Path]) -> None:
    done = paconform("diff", *map(str, runs))
    assert done.returncode == 4
    assert done.stdout.startswith("regressed ")
    assert done.stdout.splitlines()[-1].startswith("worse: ")
    told = json.loads(paconform("diff", "--json", *map(str, runs)).stdout)
    assert told["regression"] is True
    assert told["counts"]["regressed"] == len(told["changes"])


def again(run: Path, folder: Path, **changes: Any) -> str:
    """The same run, with another head."""
    head, _, rest = (run / FILE).read_text().partition("\n")
    (folder / FILE).write_text(json.dumps({**json.loads(head), **changes}) + "\n" + rest)
    return str(folder)


def test_a_better_run_and_the_same_run_are_exit_0(runs: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = map(str, runs)
    assert paconform("diff", new, old).returncode == 0
    same = paconform("diff", old, old)
    assert (same.returncode, same.stdout) == (0, "not worse: nothing changed\n")
    noise = paconform("diff", old, new, "--control", again(runs[1], tmp_path, run_id="second"))
    assert noise.returncode == 0
    assert "left out as noise: " in noise.stdout


def test_what_is_better_for_one_reason_is_told_once(
    runs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, _ = runs
    lines = (old / "evidence.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(one) for one in lines[1:-1]]
    for row in rows:
        row |= {"verdict": "not_measured", "reason": "nobody is at home"}
    text = "\n".join([lines[0], *map(json.dumps, rows), lines[-1]])
    (tmp_path / "evidence.jsonl").write_text(text + "\n", "utf-8")
    assert status(["diff", str(tmp_path), str(old)]) == 0
    out = capsys.readouterr().out
    assert out.count("nobody is at home") < len(rows)
    assert f"and {len(rows) - 1} more" in out
    assert status(["diff", str(old), str(tmp_path)]) == 4
    assert capsys.readouterr().out.count("nobody is at home") == len(rows)


def test_what_is_gone_by_the_hundred_is_not_told_by_the_hundred(
    runs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, _ = runs
    first, row, *_, last = (old / FILE).read_text("utf-8").splitlines()
    rows = [json.dumps({**json.loads(row), "id": f"a/test_b.py::test_{n}"}) for n in range(500)]
    (tmp_path / FILE).write_text("\n".join([first, *rows, last, ""]), "utf-8")

    assert status(["diff", str(tmp_path), str(old)]) == 4
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("removed 500: ")
    assert "  … and 400 more removed: --page FILE or --json has all" in lines
    assert len(lines) < 250
    assert status(["diff", "--json", str(tmp_path), str(old)]) == 4
    assert json.loads(capsys.readouterr().out)["counts"]["removed"] == 500


def test_a_control_of_another_product_is_one_line_and_exit_2(
    runs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = map(str, runs)
    other = again(runs[0], tmp_path, run_id="second", release="8.0")
    for control, said in ((new, "is NEW itself"), (other, "judged 8.0 (embedded), OLD 9.")):
        assert status(["diff", old, new, "--control", control]) == 2
        out, err = capsys.readouterr()
        assert (out, len(err.splitlines()), said in err) == ("", 1, True)


def test_what_is_accepted_is_exit_0(runs: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "accept.toml"
    path.write_text(
        '[[accept]]\nkind = "regressed"\nscenario = "administration/*"\nreason = "known"\n'
        'owner = "ada"\nexpires = 2999-01-01\n'
    )
    done = paconform("diff", *map(str, runs), "--accept", str(path))
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "not worse: nothing changed")
    assert "accepted: regressed administration/" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("accept = 1", "must be [[accept]] rows"),
        ("accept = [1]", "row 1: must be a table with kind"),
        ("[[accept]]\nkind = 'regressed'", "row 1: scenario, reason, owner, expires: missing"),
        (
            "[[accept]]\nkind='x'\nscenario='*'\nreason='r'\nowner='o'\nexpires='2999-01-01'",
            "row 1: kind: 'x'; known are regressed",
        ),
        (
            "[[accept]]\nkind='fixed'\nscenario='*'\nreason='r'\nowner='o'\nexpires='soon'",
            "row 1: expires: 'soon' is no day",
        ),
        ("nonsense", "accept.toml: "),
    ],
)
def test_a_bad_accept_file_is_one_line_and_exit_2(
    runs: tuple[Path, Path], tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "accept.toml"
    path.write_text(text)
    done = paconform("diff", *map(str, runs), "--accept", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_accept_file_without_end_is_exit_2(
    runs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(["diff", *map(str, runs), "--accept", "/dev/zero"]) == 2
    assert "larger than" in capsys.readouterr().err


def test_what_is_no_run_is_exit_2(tmp_path: Path) -> None:
    done = paconform("diff", str(tmp_path), str(tmp_path))
    assert done.returncode == 2
    assert "is no run folder" in done.stderr


def test_what_evidence_says_forges_no_line(runs: tuple[Path, Path], tmp_path: Path) -> None:
    old, _ = runs
    lines = (old / "evidence.jsonl").read_text("utf-8").splitlines()
    row = json.loads(lines[1])
    row["id"] += "\nworse: nothing\x1b[31m"
    lines[1] = json.dumps(row)
    (tmp_path / "evidence.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    told = paconform("diff", str(old), str(tmp_path)).stdout
    assert "\\nworse: nothing" in told
    assert "\nworse: nothing" not in told
    assert "\x1b" not in told
