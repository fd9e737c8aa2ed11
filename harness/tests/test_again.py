"""The line that does a failed scenario again is a command that works."""

from __future__ import annotations

import shlex
from argparse import Namespace
from pathlib import Path
from typing import Any, cast

import pytest

from harness.cli import status
from harness.cli.again import command
from harness.cli.options import OPTIONS
from harness.cli.summary import write
from harness.cli.verdicts import VERDICTS
from harness.evidence import ScenarioResult

ADDING = "connections/test_crud.py::test_adding_a_connection_answers_with_the_stored_object"


def given(**values: Any) -> Namespace:
    """The values of a run's options."""
    told = {one.name: [] if one.many else one.default for one in OPTIONS}
    return Namespace(**{f"paconform_{name}": one for name, one in {**told, **values}.items()})


def result(verdict: str) -> ScenarioResult:
    return ScenarioResult(
        id=ADDING, area="", requirements=["PA-CONN-001"], title="", verdict=verdict
    )


def test_every_failed_scenario_has_a_line_at_the_end_that_replays_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "a run"
    suite = Path(__file__).parents[2] / "scenarios" / "connections" / "test_crud.py"
    assert status(["run", "--out", str(run), "--defect", "PA-D-001", str(suite)]) == 1
    out = capsys.readouterr().out
    lines = [one for one in out.splitlines() if one.startswith("replay: ")]
    words = shlex.split(lines[0].removeprefix("replay: "))

    assert len(lines) == out.count("expected ") > 0
    assert out.index("not measured" if "not measured" in out else "expected") < out.index("replay:")
    assert words[:3] == ["paconform", "replay", str(run)]
    assert words[4:] == ["--defect=PA-D-001"]
    assert status(words[1:]) == 1
    assert capsys.readouterr().out.startswith("STILL FAILING")
    assert status(words[1:4]) == 0
    assert capsys.readouterr().out.startswith("FIXED")


def test_failures_by_the_hundred_have_not_a_line_each_at_the_end() -> None:
    target = Namespace(versions={})
    run = Namespace(
        counts={**dict.fromkeys(VERDICTS, 0), "nonconformant": 300},
        results=[result("nonconformant")] * 300,
        target=target,
        target_name="embedded",
        folder=None,
    )
    lines: list[str] = []
    reporter: Any = Namespace(write_line=lines.append, config=Namespace(option=given()))

    write(reporter, cast("Any", run))

    assert sum(one.startswith("replay: ") for one in lines) == 20
    assert lines[-1] == "    … and 280 more nonconformant: `paconform replay RUN SCENARIO`"


def test_what_could_not_be_judged_is_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    option = given(seed=3, label="no matter", switch=["bearer_read_strictly=false"])

    words = shlex.split(command(result("harness_error"), Path("run"), option))

    assert words[:2] == ["paconform", "run"]
    assert words[3:] == ["--seed=3", "--switch=bearer_read_strictly=false"]
    assert status(words[1:]) == 0
    assert "1 conformant" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["."], "name the SCENARIO too"),
        ([".", "PA-CONN-001"], "is no run folder"),
        (["gone", "PA-CONN-001"], "is no run folder"),
        (["gone"], "it is not there"),
    ],
)
def test_what_is_no_run_and_no_bundle_is_refused(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    assert status(["replay", *arguments]) == 2
    assert said in capsys.readouterr().err
