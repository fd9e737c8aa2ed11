"""`paconform fuzz`: exit codes, failures as lines, and campaigns that go on."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from harness.cli import status
from harness.cli.fuzz import SURFACES
from harness.counterexamples import FILE as COUNTEREXAMPLES
from harness.doors import DOORS

if TYPE_CHECKING:
    from pathlib import Path

CREATE = ("fuzz", "--surface", "create")


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_surfaces_of_the_command_are_the_doors() -> None:
    assert tuple(DOORS) == SURFACES


COUNT = {"import": "150"}
"""How many tokens; an import costs as much as ten of the others."""


@pytest.mark.parametrize("surface", SURFACES)
def test_the_fakes_survive_it(surface: str, capsys: pytest.CaptureFixture[str]) -> None:
    count = COUNT.get(surface, "1000")

    assert status(["fuzz", "--surface", surface, "--count", count]) == 0

    out, err = capsys.readouterr()
    assert out == ""
    assert re.search(rf"{surface} on embedded: [\d,]+ tokens.*, 0 failures$", err, re.MULTILINE)
    assert "\r" not in err


@pytest.mark.parametrize(
    ("surface", "defect", "plainest", "problem"),
    [
        ("create", "PA-D-204", "JWT-B64-003.surplus", "accepted"),
        ("create", "PA-D-214", "JWT-B64-008.surrogate", "neither accepted nor refused"),
        ("update", "PA-D-225", None, "something stored changed"),
        ("subject-token", "P1-D-151", "JWT-PST-005.lf", "accepted"),
    ],
)
def test_a_defect_is_found_and_told_by_its_plainest_recipe(
    surface: str,
    defect: str,
    plainest: str | None,
    problem: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = status(["fuzz", "--surface", surface, "--count", "2000", "--defect", defect])

    told = lines(capsys.readouterr().out)
    assert code == 1
    assert problem in {one["problem"] for one in told}
    assert plainest is None or plainest in {one["plainest"] for one in told}
    assert {(one["surface"], one["seed"]) for one in told} == {(surface, 0)}


@pytest.mark.parametrize(
    ("surface", "defect", "recipe", "problem"),
    [
        ("bearer", "P1-D-016", "JWT-SIG-002.short", "accepted"),
        ("bearer-admin", "PA-D-666", "JWT-B64-002.signature", "accepted"),
        ("client-assertion", "P1-D-171", "JWT-SIG-001.middle", "accepted"),
        ("import", "PA-D-347", "JWT-STR-002.no-signature", "part of the token in the answer"),
    ],
)
def test_a_defect_is_found_by_a_recipe(
    surface: str, defect: str, recipe: str, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["fuzz", "--surface", surface, "--recipe", recipe]

    assert status(told) == 0
    assert status([*told, "--defect", defect]) == 1
    assert [one["problem"] for one in lines(capsys.readouterr().out)] == [problem]


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


def test_failures_of_several_machines_are_judged_again_each_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Other seeds are other shards of one campaign; their files together are its result."""
    files = [tmp_path / f"{seed}.jsonl" for seed in (1, 2)]
    for seed, file in enumerate(files, 1):
        shard = ["--count", "700", "--seed", str(seed), "--out", str(file)]
        assert status([*CREATE, *shard, "--defect", "PA-D-204"]) == 1
    rows = [row for file in files for row in lines(file.read_text())]
    replay = ["fuzz", *(word for file in files for word in ("--replay", str(file)))]
    capsys.readouterr()

    assert status([*replay, "--defect", "PA-D-204"]) == 1
    failing = capsys.readouterr().out.splitlines()
    assert status(replay) == 0
    fixed = capsys.readouterr().out.splitlines()

    plainest = {row["plainest"] for row in rows}
    assert len(plainest) < len(rows)
    assert len(failing) == len(fixed) == len(plainest)
    assert {line.rpartition(":")[0] for line in failing} == {
        f"STILL FAILING create {one}" for one in plainest
    }
    assert {line.partition(" (")[0] for line in fixed} == {
        f"FIXED create {one}" for one in plainest
    }


def test_failures_become_vectors_behind_those_that_are_there(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    told = [*CREATE, "--defect", "PA-D-204", "--vectors", str(file)]

    for recipe in ("JWT-B64-003.surplus", "JWT-B64-002.signature", "JWT-B64-003.surplus"):
        assert status([*told, "--recipe", recipe]) == 1

    held = json.loads(file.read_text())
    schema = json.loads(COUNTEREXAMPLES.with_suffix(".schema.json").read_text("utf-8"))
    assert [*Draft202012Validator(schema).iter_errors(held)] == []
    tests = [test for group in held["testGroups"] for test in group["tests"]]
    assert [(one["tcId"], one["recipe"], one["result"]) for one in tests] == [
        (1, "JWT-B64-003.surplus", "invalid"),
        (2, "JWT-B64-002.signature", "invalid"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[]",
        '{"surface": 1, "plainest": "untouched", "problem": "x"}',
        '{"surface": "engine", "plainest": "untouched", "problem": "x"}',
        '{"surface": "create", "plainest": "JWT-PST-999.x", "problem": "x"}',
        "[" * 100_000,
        b"\xff",
    ],
    ids=range(7),
)
def test_what_is_no_file_of_failures_is_told(
    text: str | bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "failures.jsonl"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())

    assert status(["fuzz", "--replay", str(file)]) == 2
    assert capsys.readouterr().err.startswith(f"paconform: --replay: {file}")


def test_another_file_does_not_become_one_of_vectors(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text("{}")

    assert status([*CREATE, "--count", "1", "--vectors", str(file)]) == 2
    assert file.read_text() == "{}"


def test_the_engine_is_said_not_to_be_judged_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert status(["fuzz", "--surface", "engine", "--count", "1"]) == 2
    assert "the engine is not judged yet; surfaces that are: create" in capsys.readouterr().err


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
        ["--recipe", "JWT-PST-005.tab@nan"],
        ["--recipe", "JWT-PST-005.tab@1e9"],
        ["--count", "1", "--out", "/proc/none/failures.jsonl"],
        ["--count", "1", "--out", "/dev/null/failures.jsonl"],
        ["--count", "1", "--defect", "X"],
        ["--count", "1", "--target", "live", "--defect", "PA-D-204"],
        ["--replay", "failures.jsonl"],
        ["--count", "1", "--canary", ""],
        ["--count", "1", "--canary", "192.0.2.1"],
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
