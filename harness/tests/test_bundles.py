"""Bundles: a planted defect fails, its bundle fails again with it, and is fixed without it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import msgspec
import pytest
from msgspec.structs import replace

from fakes.defects import defects
from harness.bundles import format as layout
from harness.bundles.checking import check
from harness.bundles.format import Answer, Bundle, Spoiled, Step
from harness.bundles.reading import read
from harness.cli import status
from harness.cli.bundle import again
from harness.cli.bundled import once
from harness.cli.targets import Embedded, Served, Wanted
from harness.conditions import Check
from harness.requirements import catalogue
from harness.tests.failing import Failing, failing
from harness.tests.running import PACONFORM, environment, serving
from harness.tests.zips import made
from reports.bundles.files import steps_of, written
from reports.bundles.pytest_file import source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.bundles.replaying import Outcome
    from harness.cli.targets import Target


DECIDED = (
    *("PA-D-001", "PA-D-028", "PA-D-158", "PA-D-201", "PA-D-207", "PA-D-237", "PA-D-275"),
    *("PA-D-313", "PA-D-455", "PA-D-485", "PA-D-610", "PA-D-662"),
    *("P1-D-217", "P1-D-352", "P1-D-400", "P1-D-571"),
)
"""Defects of every kind of check, whose bundles are decided by their steps alone."""

OTHERS = (
    *("PA-D-058", "PA-D-128", "PA-D-188", "PA-D-351", "PA-D-426", "PA-D-710"),
    *("P1-D-001", "P1-D-031", "P1-D-112", "P1-D-154", "P1-D-302", "P1-D-536"),
)
"""Defects whose bundles need their scenario, for one reason or another."""
OTHER_RELEASE = "8.3"


@pytest.fixture(scope="session")
def failures() -> Failing:
    """The bundles of the sample."""
    known = defects()
    found = failing([known[key] for key in (*DECIDED, *OTHERS)])
    assert found.bundles.keys() == {*DECIDED, *OTHERS}
    return found


@pytest.fixture(scope="session")
def sound() -> Iterator[Embedded]:
    """Fakes in process."""
    target = Embedded(Wanted("embedded", None, 0, "replay"))
    yield target
    target.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The settings of a `serve` of another seed: other ids, keys and secrets."""
    with serving(tmp_path_factory.mktemp("served"), (7,)) as found:
        yield found[7]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The settings of a `serve` with the defect of a bundle."""
    with serving(tmp_path_factory.mktemp("broken"), (8,), "--defect", "PA-D-001") as found:
        yield found[8]


def outcome(bundle: Bundle, target: Target) -> Outcome:
    return once(bundle, target)[0]


def as_told(found: Outcome) -> str:
    return found.verdict if found.decided else "undecided"


def file_of(failures: Failing, defect: str, folder: Path, *, test: bool = False) -> Path:
    """The bundle of a defect as a file."""
    path = folder / f"{defect}.zip"
    content = written(failures.bundles[defect], failures.exchanges[defect], catalogue(), test=test)
    path.write_bytes(content)
    return path


def test_a_bundle_fails_with_its_defect_and_is_fixed_without_it(
    failures: Failing, sound: Embedded
) -> None:
    """No verdict is ever wrong, and none that was decided by the steps is left open."""
    planted = Embedded(Wanted("embedded", None, 0, "replay"))
    wrong, decided = [], set()
    for defect, bundle in failures.bundles.items():
        if bundle.cannot:
            continue
        planted.plant([defect])
        with_it, without = outcome(bundle, planted), outcome(bundle, sound)
        told = as_told(with_it), as_told(without)
        if told == ("STILL FAILING", "FIXED"):
            decided.add(defect)
        if told[0] not in ("STILL FAILING", "undecided") or told[1] == "STILL FAILING":
            wrong.append((defect, bundle.scenario, with_it, without))
    planted.close()

    assert not wrong
    assert {*DECIDED} <= decided


def test_a_bundle_says_the_same_on_sockets_and_on_another_release(failures: Failing) -> None:
    """Ids, origins and secrets are those of the target; the failure is that of the product."""
    chosen = [(key, one) for key, one in failures.bundles.items() if one.check and not one.cannot][
        :8
    ]
    assert len(chosen) == 8
    sockets = Served(Wanted("served", None, 3, "replay"))
    try:
        fixed = [outcome(one, sockets).verdict for _, one in chosen]
    finally:
        sockets.close()
    other = Embedded(Wanted("embedded", OTHER_RELEASE, 5, "replay"))
    again = []
    for key, one in chosen:
        other.plant([key])
        again.append(outcome(one, other).verdict)
    other.close()

    assert fixed == ["FIXED"] * 8
    assert again == ["STILL FAILING"] * 8


def test_a_spoiled_token_is_made_again_of_a_fresh_credential(
    failures: Failing, sound: Embedded
) -> None:
    bundle = failures.bundles["PA-D-201"]
    assert any(isinstance(one, Spoiled) for one in bundle.values.values())

    assert outcome(bundle, sound).verdict == "FIXED"


def test_a_bundle_has_the_same_bytes_each_time_and_no_secret(
    failures: Failing, tmp_path: Path
) -> None:
    first = file_of(failures, "PA-D-001", tmp_path).read_bytes()
    again = file_of(failures, "PA-D-001", tmp_path).read_bytes()
    with zipfile.ZipFile(tmp_path / "PA-D-001.zip") as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    secret = Embedded(Wanted("embedded", None, 0, "x")).session.pingone.client_secret

    assert first == again
    readme = texts["README.md"]
    places = [readme.index(f"## {one}") for one in ("Requirement", "Expected", "Actual", "Replay")]
    assert places == sorted(places)
    for text in texts.values():
        assert "2Access" not in text
        assert secret not in text
        assert "eyJ" not in text


def test_a_bundle_of_fakes_in_process_replays_on_a_product_elsewhere(
    failures: Failing, tmp_path: Path, served: dict[str, str]
) -> None:
    """What was made is named for the replay, and is removed."""
    path = file_of(failures, "PA-D-001", tmp_path)
    before = subprocess.run(
        [PACONFORM, "replay", str(path), "--target", "live", "--json"],
        env=environment(**served),
        capture_output=True,
        text=True,
        check=False,
    )

    told = json.loads(before.stdout)
    assert (before.returncode, told["verdict"], told["judged_by"]) == (0, "FIXED", "check")
    assert told["not_removed"] == []
    assert "eyJ" not in before.stdout


def test_a_bundle_of_a_product_elsewhere_replays_on_fakes_in_process(
    tmp_path: Path, broken: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    run, case = tmp_path / "run", tmp_path / "case.zip"
    name = "connections/test_crud.py::test_adding_a_connection_answers_with_the_stored_object"
    command = [PACONFORM, "run", "--target", "live", "--out", str(run), f"scenarios/{name}"]
    judged = subprocess.run(
        command, env=environment(**broken), capture_output=True, text=True, check=False
    )
    assert judged.returncode == 1, judged.stdout

    assert status(["bundle", str(run), "PA-CONN-001", "-o", str(case)]) == 0
    assert status(["replay", str(case), "--steps"]) == 0
    assert status(["replay", str(case), "--steps", "--defect", "PA-D-001"]) == 1
    with zipfile.ZipFile(case) as archive:
        texts = [archive.read(one).decode() for one in archive.namelist()]
    secrets = [value for key, value in broken.items() if "SECRET" in key or "PASSWORD" in key]
    assert len(secrets) == 2
    assert not [one for one in secrets if one in "".join(texts) + capsys.readouterr().out]


def test_the_line_that_replays_plants_the_defects_of_the_run(failures: Failing) -> None:
    line = again(Path("a case.zip"), failures.bundles["P1-D-112"])
    assert line == "replay: paconform replay 'a case.zip' --defect=P1-D-112"


def test_steps_that_lack_what_mattered_leave_the_verdict_to_the_scenario(
    failures: Failing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Evidence does not tell how a wrong secret was wrong: another wrong one is refused."""
    bundle = failures.bundles["P1-D-112"]
    path = str(file_of(failures, "P1-D-112", tmp_path))

    assert bundle.cannot == ["tried on the fakes of the run, the steps come to FIXED"]
    assert status(["replay", path, "--steps"]) == 2
    capsys.readouterr()
    assert status(["replay", path, "--defect", "P1-D-112"]) == 1
    assert status(["replay", path]) == 0
    assert "judged by the scenario itself" in capsys.readouterr().out


def test_the_pytest_file_and_the_script_need_nothing_of_ours(
    failures: Failing, tmp_path: Path, served: dict[str, str], broken: dict[str, str]
) -> None:
    path = file_of(failures, "PA-D-001", tmp_path, test=True)
    with zipfile.ZipFile(path) as archive:
        written_test = archive.read("test_reproduction.py").decode()
        (tmp_path / "replay.sh").write_bytes(archive.read("replay.sh"))
    (tmp_path / "test_reproduction.py").write_text(written_test)
    clean = environment(**served)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:paconform"]
    passed, failed = (
        subprocess.run(
            [*command, "-c", "/dev/null", "--rootdir", str(tmp_path), "test_reproduction.py"],
            env=env,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        for env in (clean, environment(**broken))
    )
    ruff = [str(Path(sys.executable).with_name("ruff")), "check", "--isolated"]
    linted = subprocess.run(
        [*ruff, str(tmp_path / "test_reproduction.py")], capture_output=True, text=True, check=False
    )
    script = subprocess.run(
        ["sh", "replay.sh"], env=clean, cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert passed.returncode == 0, passed.stdout
    assert "1 passed" in passed.stdout
    assert failed.returncode == 1
    assert "assert same(" in failed.stdout
    assert linted.returncode == 0, linted.stdout
    assert not [line for line in written_test.splitlines() if "harness" in line or "fakes" in line]
    assert script.returncode == 0, script.stderr
    assert "step 4: answered 200, recorded was 200" in script.stdout
    assert '"description":"made here"' in script.stdout
    assert '"encryptedValue":"(hidden)"' in script.stdout


def test_the_shipped_schema_is_that_of_the_steps(failures: Failing) -> None:
    shipped = Path(layout.__file__).with_name("steps.schema.json").read_text("utf-8")
    assert json.loads(shipped) == layout.schema()
    for bundle in failures.bundles.values():
        jsonschema.validate(json.loads(steps_of(bundle)), layout.schema())
        assert msgspec.json.decode(steps_of(bundle), type=Bundle) == check(bundle)


def test_what_is_secret_by_a_pattern_is_not_told(
    failures: Failing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(failures, "PA-D-001", tmp_path)
    settings = tmp_path / "mine.toml"
    settings.write_text("redact = ['made h[a-z]+']\n")

    assert status(["replay", str(path)]) == 0
    assert '"description":"made here"' in capsys.readouterr().out
    assert status(["replay", str(path), "--settings", str(settings)]) == 0
    assert '"description":"made here"' not in capsys.readouterr().out


def test_a_scenario_that_was_stopped_has_fixed_nothing(
    failures: Failing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(file_of(failures, "PA-D-001", tmp_path))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("harness.cli.runs.Run.begin", stop)
        assert status(["replay", path, "--scenario"]) == 130
    assert "FIXED" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "kind", [Check("hidden", expected="a-secret"), Check("equal", pointer="/gone", expected=None)]
)
def test_a_refusal_fixes_nothing_that_was_wrong_with_an_answer(
    failures: Failing, sound: Embedded, kind: Check
) -> None:
    """It shows no secret and has no such member, whatever the product would have answered."""
    step = Step("pingaccess", "GET", "/pa-admin-api/v3/version", answer=Answer(200, "{}"))
    bundle = replace(failures.bundles["PA-D-001"], failing=0, steps=[step], check=kind)

    assert outcome(bundle, sound).verdict == "DIVERGED"
    assert "    assert answer1.status_code // 100 == 2, " in source(bundle)


def test_another_way_is_told_with_its_step(failures: Failing, sound: Embedded) -> None:
    """An earlier step that is answered otherwise says nothing about the failure."""
    bundle = failures.bundles["PA-D-001"]
    other = msgspec.json.decode(steps_of(bundle), type=Bundle)
    other.steps[1].path = "/v1/nowhere"

    found = outcome(other, sound)

    assert (found.verdict, found.step) == ("DIVERGED", 2)


def changed(bundle: Bundle, **members: Any) -> dict[str, Any]:
    return {**json.loads(steps_of(bundle)), **members}


@pytest.mark.parametrize("place", ["step", "value"])
def test_nobody_but_the_target_is_asked(
    failures: Failing, tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A step names a party, and a path below it: no host, no scheme."""
    steps = changed(failures.bundles["PA-D-001"])
    if place == "step":
        steps["steps"][3]["to"] = "https://evil.example"
    else:
        steps["steps"][3]["path"] = "https://evil.example/x"
    path = made(tmp_path / "x.zip", {"steps.json": json.dumps(steps)})

    assert status(["replay", str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_bundle_is_read_as_it_was_written(failures: Failing, tmp_path: Path) -> None:
    assert read(file_of(failures, "PA-D-001", tmp_path)) == failures.bundles["PA-D-001"]
