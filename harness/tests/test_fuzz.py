"""`paconform fuzz`: exit codes, failures as lines, and campaigns that go on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from harness.cli import status
from harness.cli.fuzz import SURFACES
from harness.doors import DOORS

if TYPE_CHECKING:
    from pathlib import Path

CREATE = ("fuzz", "--surface", "create")


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_surfaces_of_the_command_are_the_doors() -> None:
    assert tuple(DOORS) == SURFACES


@pytest.mark.parametrize("surface", SURFACES)
def test_the_fakes_survive_it(surface: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(["fuzz", "--surface", surface, "--count", "1500"]) == 0

    out, err = capsys.readouterr()
    assert out == ""
    assert f"{surface} on embedded: 1,50" in err
    assert "\r" not in err


@pytest.mark.parametrize(
    ("surface", "defect", "plainest", "problem"),
    [
        ("create", "PA-D-204", "JWT-B64-003.surplus", "accepted"),
        ("create", "PA-D-214", "JWT-B64-008.surrogate", "neither accepted nor refused"),
        ("update", "PA-D-225", None, "something stored changed"),
        ("subject-token", "P1-D-151", "JWT-PST-005.lf", "accepted"),
        ("bearer", "P1-D-016", "JWT-SIG-002.short", "accepted"),
    ],
)
def test_a_defect_is_found_and_told_by_its_plainest_recipe(
    surface: str,
    defect: str,
    plainest: str | None,
    problem: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = status(["fuzz", "--surface", surface, "--count", "3000", "--defect", defect])

    told = lines(capsys.readouterr().out)
    assert code == 1
    assert problem in {one["problem"] for one in told}
    assert plainest is None or plainest in {one["plainest"] for one in told}
    assert {(one["surface"], one["seed"]) for one in told} == {(surface, 0)}


def test_what_showed_a_fault_once_is_sent_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert status([*CREATE, "--count", "1", "--defect", "PA-D-204"]) == 1

    (told,) = lines(capsys.readouterr().out)
    assert (told["recipe"], told["number"]) == ("JWT-B64-002.signature", None)


def test_a_failure_is_sent_again_by_its_recipe(capsys: pytest.CaptureFixture[str]) -> None:
    again = (*CREATE, "--recipe", "JWT-B64-003.surplus", "--recipe", "JWT-PST-005.tab@0.97")

    assert status([*again]) == 0
    assert status([*again, "--defect", "PA-D-204"]) == 1
    (told,) = lines(capsys.readouterr().out)
    assert told["recipe"] == "JWT-B64-003.surplus"


def test_a_campaign_goes_on_in_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In two parts the failures are those of the whole, in their own file."""
    held, out = tmp_path / "held.json", tmp_path / "failures.jsonl"
    part = [*CREATE, "--defect", "PA-D-204", "--seed", "7"]
    resumed = [*part, "--count", "900", "--resume", str(held), "--out", str(out)]

    assert status([*part, "--count", "1800"]) == 1
    whole = {(one["plainest"], one["problem"]) for one in lines(capsys.readouterr().out)}
    codes = [status(resumed), status(resumed)]

    parts = {(one["plainest"], one["problem"]) for one in lines(out.read_text())}
    assert set(codes) <= {0, 1}
    assert parts == whole
    told = json.loads(held.read_text())
    assert (told["surface"], told["seed"]) == ("create", 7)
    assert 900 < told["next"] <= told["sent"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--count", "0"],
        ["--seconds", "0"],
        ["--recipe", "JWT-PST-999.x"],
        ["--count", "1", "--defect", "X"],
        ["--count", "1", "--target", "live", "--defect", "PA-D-204"],
    ],
)
def test_a_users_mistake_is_told_in_a_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert status([*CREATE, *arguments]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["", "{}", '{"surface": "update", "seed": 0, "next": 1, "sent": 1}']
)
def test_the_file_of_another_campaign_is_refused(text: str, tmp_path: Path) -> None:
    held = tmp_path / "held.json"
    held.write_text(text)

    assert status([*CREATE, "--count", "1", "--resume", str(held)]) == 2
    assert held.read_text() == text


def test_it_ends_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(10_000))
    monkeypatch.setattr("harness.cli.wallclock.monotonic_s", lambda: float(next(ticks)))

    assert status([*CREATE, "--seconds", "100"]) == 0
    assert next(ticks) < 200
