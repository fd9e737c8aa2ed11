"""A run as its own process: folder, last line, exit code, and every way to be cut off."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from harness import evidence
from harness.cli.envfile import cache_folder
from harness.cli.run import whether_bare
from harness.errors import HarnessError
from harness.tests.running import MANY, PACONFORM, ROOT, SMALL, Done, environment, errors

if TYPE_CHECKING:
    from collections.abc import Callable


MAY_DIFFER = {"run_id", "started", "ended", "duration_ms", "timing"}
"""Members of a line of evidence that are of this machine and moment."""


def test_a_run_ends_with_the_place_of_its_report(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    done = paconform("run", SMALL)

    assert done.returncode == 0
    assert errors(done) == []
    place = re.fullmatch(r"report: (reports/out/[\w-]+/index\.html)", done.stdout.splitlines()[-1])
    assert place
    folder = (tmp_path / place[1]).parent
    assert {"evidence.jsonl", "index.html", "junit.xml", "summary.md"} <= {
        one.name for one in folder.iterdir()
    }
    assert (tmp_path / "reports/out/latest").resolve() == folder.resolve()
    found = evidence.read(folder)
    assert found.end is not None
    assert found.end.counts == {"conformant": len(found.scenarios)}
    assert f"{len(found.scenarios)} scenarios on embedded" in done.stdout


def test_nothing_is_left_but_the_run_folder_and_the_cache(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    """Hypothesis would leave a folder where it is called."""
    done = paconform(
        "run",
        *("-k", "any_spelling"),
        *("--out", "run"),
        XDG_CACHE_HOME=str(tmp_path / "cache"),
        PACONFORM_HYPOTHESIS_PROFILE="deep",
    )

    assert done.returncode == 0
    assert {one.name for one in tmp_path.iterdir()} == {"run", "cache"}
    assert (tmp_path / "cache" / "paconform" / "hypothesis").is_dir()


def test_the_cache_is_the_users_or_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hypothesis does without where its folder can never be."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/there")
    assert cache_folder() == Path("/there/paconform")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/me")
    assert cache_folder() == Path("/home/me/.cache/paconform")
    monkeypatch.setattr(Path, "home", Mock(side_effect=RuntimeError))
    assert not cache_folder().is_dir()


def test_what_is_not_here_is_looked_for_in_the_suite_even_where_nothing_can_be_kept(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    """Ids are those of reports; Hypothesis cannot use its folder, as where all is read-only."""
    (tmp_path / ".hypothesis").touch()
    file = "flow/test_the_vendors_procedure.py"
    done = paconform("run", f"{file}::test_step_3_the_metadata_names_what_pingone_gave")
    whole = paconform("run", f"scenarios/{file}")

    assert (done.returncode, whole.returncode) == (0, 0), done.stdout + whole.stdout
    assert "1 scenario on" in done.stdout
    assert "8 scenarios on" in whole.stdout


def test_who_is_no_scenario_gets_no_product(request: pytest.FixtureRequest) -> None:
    with pytest.raises(HarnessError, match="product, pingone: fixtures of scenarios"):
        request.getfixturevalue("product")


@pytest.mark.parametrize("option", ["--junitxml", "--junit-xml", "--log-file"])
def test_a_file_that_an_option_of_pytest_names_is_no_path_to_run(option: str) -> None:
    """As the second time that it is written."""
    options = [option, __file__, "scenarios/flow"]

    assert [one for one, is_bare in whether_bare(options) if is_bare] == ["scenarios/flow"]


def test_output_in_a_pipe_has_no_dots_and_no_colours(paconform: Callable[..., Done]) -> None:
    done = paconform("run", SMALL)

    assert "\x1b" not in done.stdout
    assert not re.search(r"^\.+", done.stdout, re.MULTILINE)


def test_a_planted_defect_is_found_and_explained(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    done = paconform("run", MANY, "--defect", "PA-D-001", "--out", "run")
    everywhere = paconform(
        "run", str(ROOT / "scenarios/connections"), "--defect", "PA-D-001", "--out", "other"
    )

    assert {done.returncode, everywhere.returncode} <= {0, 1}
    assert 1 in {done.returncode, everywhere.returncode}
    failed = tmp_path / ("run" if done.returncode else "other")
    broken = [one for one in evidence.read(failed).scenarios if one.verdict == "nonconformant"]
    assert broken
    assert all(one.failure is not None and one.failure.requirement for one in broken)
    assert any(one.exchanges for one in broken)
    assert "nonconformant" in done.stdout + everywhere.stdout


def test_no_secret_of_the_fakes_reaches_the_run_folder(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    paconform("run", MANY, "--defect", "PA-D-001", "--out", "run")

    secrets = ("2Access", "QWRtaW5pc3RyYXRvcjoyQWNjZXNz")
    for file in (tmp_path / "run").iterdir():
        text = file.read_text("utf-8")
        assert not [secret for secret in secrets if secret in text], file.name
        assert not re.search(r"eyJ[\w-]+\.[\w-]+\.[\w-]{40,}", text), file.name


def test_the_same_seed_gives_the_same_evidence_but_for_times(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    for name in ("first", "second"):
        done = paconform("run", SMALL, "--seed", "1", "--evidence", "all", "--out", name)
        assert done.returncode == 0

    first, second = (
        [
            {key: value for key, value in json.loads(line).items() if key not in MAY_DIFFER}
            for line in (tmp_path / name / evidence.FILE).read_text("utf-8").splitlines()
        ]
        for name in ("first", "second")
    )
    assert first == second
    assert first[1]["exchanges"]
    assert first[0]["versions"].keys() == {"paconform", "python", "httpx", "pytest"}


def test_each_exchange_that_is_kept_has_its_time(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    paconform("run", SMALL, "--evidence", "all", "--out", "run")

    for one in evidence.read(tmp_path / "run").scenarios:
        assert len(one.timing) == len(one.exchanges) == len(one.traffic) > 0
        starts = [start for start, _ in one.timing]
        assert starts == sorted(starts)
        assert 0 <= starts[0] < starts[-1] < one.duration_ms
        assert all(0 < took < one.duration_ms for _, took in one.timing)


def test_a_folder_that_is_there_is_not_replaced_unless_told(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep me")
    (tmp_path / "file").touch()
    assert paconform("run", SMALL, "--out", "run").returncode == 0

    for name, options in (("run", ()), ("mine", ()), ("mine", ("--overwrite",)), ("file", ())):
        done = paconform("run", SMALL, "--out", name, *options)
        assert done.returncode == 2, name
        assert len(errors(done)) == 1
        assert name in done.stderr
        assert "scenarios on" not in done.stdout
    assert (tmp_path / "mine" / "notes.txt").read_text() == "keep me"
    assert paconform("run", SMALL, "--out", "run", "--overwrite").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--nonsense"], "--nonsense"),
        (["--target", "sideways"], "sideways"),
        (["--seed", "one"], "one"),
        (["--release", "1.0"], "1.0"),
        (["--defect", "PA-D-999"], "PA-D-999"),
        (["--archive", "nowhere.json"], "nowhere.json"),
        (["--target", "live"], "PACONFORM_PINGACCESS_ADMIN_URL"),
        (["--settings", "nowhere.toml", "--target", "live"], "nowhere.toml"),
        (["-k", "no scenario has this name"], "no scenario"),
        (["scenarios/nowhere"], "nowhere"),
    ],
)
def test_a_mistake_is_told_and_leaves_nothing(
    paconform: Callable[..., Done], tmp_path: Path, arguments: list[str], named: str
) -> None:
    flow = str(ROOT / "scenarios" / "flow")
    done = paconform("run", *([] if arguments[0].startswith("scenarios") else [flow]), *arguments)

    assert done.returncode == 2
    assert named in done.stderr + done.stdout
    errors(done)
    assert list(tmp_path.iterdir()) == []


def test_archives_that_cannot_be_read_are_refused_before_anything_runs(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    own = (ROOT / "scenarios/archives/small.json").read_bytes()
    for name, content in {
        "truncated": own[: len(own) // 2],
        "binary": b"PK\x03\x04\xff",
        "list": b"[]",
        "empty": b"",
        "deep": b"[" * 100_000,
    }.items():
        (tmp_path / f"{name}.json").write_bytes(content)
        done = paconform("run", SMALL.replace("the_vendors_procedure", "on_an_imported_archive"),
                         "--archive", f"{name}.json")  # fmt: skip
        assert done.returncode == 2, name
        assert len(errors(done)) == 1
        assert f"{name}.json" in done.stderr
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("place", ["-", "events.ndjson"])
def test_events_are_lines_of_json_and_nothing_else(
    paconform: Callable[..., Done], tmp_path: Path, place: str
) -> None:
    done = paconform("run", SMALL, "--events", place, "--out", "run")

    told = done.stdout if place == "-" else (tmp_path / place).read_text("ascii")
    lines = [json.loads(line) for line in told.splitlines()]
    names = [one.pop("event") for one in lines]
    assert done.returncode == 0, done.stderr
    assert names == ["run", *["scenario"] * lines[0]["scenarios"], "end"]
    assert [one["number"] for one in lines[1:-1]] == list(range(1, len(lines) - 1))
    assert lines[-1]["counts"] == {"conformant": len(lines) - 2}
    assert lines[0]["folder"] == "run"
    assert "report: run/index.html" in (done.stderr if place == "-" else done.stdout)


def test_events_come_while_the_run_goes_on_and_a_reader_may_leave(tmp_path: Path) -> None:
    with subprocess.Popen(
        [PACONFORM, "run", SMALL, "--events", "-", "--out", "run"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["event"] == "run"
        assert process.poll() is None
        process.stdout.close()
        err = process.stderr.read()

    assert process.returncode == 0
    assert err.count("paconform: --events: Broken pipe; no more are written") == 1
    assert evidence.read(tmp_path / "run").end is not None


def test_a_place_for_events_that_cannot_be_used_is_told(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for place, why in {"mine.txt": "holds something", ".": "Is a directory"}.items():
        done = paconform("run", SMALL, "--events", place)
        assert done.returncode == 2, place
        assert f"--events: '{place}'" in errors(done)[0]
        assert why in errors(done)[0]
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_what_is_like_a_pattern_of_the_settings_is_in_no_file(
    paconform: Callable[..., Done], tmp_path: Path
) -> None:
    (tmp_path / "paconform.toml").write_text("redact = ['/pingone/(connections)']")
    paconform("run", SMALL, "--evidence", "all", "--out", "run")
    (tmp_path / "paconform.toml").write_text("redact = ['(']")
    wrong = paconform("run", SMALL, "--out", "wrong")

    text = (tmp_path / "run" / "evidence.jsonl").read_text("utf-8")
    assert "pingone/connections" not in text
    assert re.search(r"pingone/REDACTED-\d+", text)
    assert wrong.returncode == 2
    assert "redact: '(' is no pattern" in errors(wrong)[0]


def test_an_installed_copy_judges_without_the_checkout(tmp_path: Path) -> None:
    """As from a wheel: everything that a run needs is in the package."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    offline = ["--no-deps", "--no-build-isolation", "--no-index", "--target", "copy"]
    subprocess.run([*pip, *offline, str(ROOT)], cwd=tmp_path, check=True, capture_output=True)

    done = subprocess.run(
        [sys.executable, "copy/bin/paconform", "run", "-k", "vendors_procedure", "--out", "run"],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(tmp_path / "copy")),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert evidence.read(tmp_path / "run").scenarios
    assert not (tmp_path / "copy" / "harness" / "tests").exists()
