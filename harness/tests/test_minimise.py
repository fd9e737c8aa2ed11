"""Minimising: of a long flow stays what its failure needs, the same each time."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fakes.defects import defects
from harness.bundles.checking import check
from harness.bundles.format import Answer, Body, Bundle, Made, OfAnswer, Ref, Step
from harness.bundles.minimising import minimised
from harness.bundles.reading import read
from harness.bundles.shrinking import fewest, smallest
from harness.cli import status
from harness.conditions import Check
from harness.requirements import catalogue
from harness.tests.failing import failing
from harness.tests.padding import padded
from harness.tests.zips import made
from reports.bundles.files import steps_of, written
from reports.bundles.readme import shown

if TYPE_CHECKING:
    from pathlib import Path

DEFECT = "PA-D-001"
NEEDED = {DEFECT: 4, "PA-D-115": 3}
"""Defects, and how many steps it takes to see them; the last needs what is there already."""
LONG = 60


@pytest.fixture(scope="module")
def failures() -> dict[str, Bundle]:
    """Failures that need all their steps, or almost."""
    files = ("connections/test_crud.py", "assignment/test_context_roots.py")
    found = failing([defects()[key] for key in NEEDED], *(f"scenarios/{one}" for one in files))
    return found.bundles


@pytest.fixture
def short(failures: dict[str, Bundle]) -> Bundle:
    """The first of them."""
    return failures[DEFECT]


@pytest.fixture
def long(short: Bundle, tmp_path: Path) -> Path:
    """The same failure at the end of sixty steps."""
    bundle = check(padded(short, LONG))
    assert bundle.failing + 1 == LONG
    path = tmp_path / "long.zip"
    path.write_bytes(written(bundle, [], catalogue()))
    return path


def json_of(step: Step) -> Any:
    """The JSON that it sends."""
    assert step.body is not None
    return step.body.json


def test_sixty_steps_become_those_that_the_failure_needs(
    long: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In under a thousand replays, with the same bytes each time, and the failure is the same."""
    one, other = long.with_name("one.zip"), long.with_name("other.zip")
    assert status(["minimise", str(long), "-o", str(one), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert status(["minimise", str(long), "-o", str(other)]) == 0
    capsys.readouterr()
    smaller = read(one)

    assert 3 <= told["steps"] == len(smaller.steps) <= 6
    assert told["replays"] < 1000
    assert not told["spent"]
    assert one.read_bytes() == other.read_bytes()
    assert not [name for step in smaller.steps for name, _ in step.headers if name == "x-more"]
    assert json_of(smaller.steps[-1]).keys() == {"name", "credential", "description"}
    assert "step2_id" in smaller.values
    assert status(["replay", str(one), "--defect", DEFECT]) == 1
    assert status(["replay", str(one)]) == 0
    with zipfile.ZipFile(one) as archive:
        har = json.loads(archive.read("exchanges.har"))
        assert "minimised from 60 steps" in archive.read("README.md").decode()
    assert len(har["log"]["entries"]) == len(smaller.steps)
    assert "eyJ" not in json.dumps(har)


@pytest.mark.parametrize("defect", NEEDED)
def test_what_must_be_there_already_stays(
    failures: dict[str, Bundle], defect: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Even where no later step refers to it."""
    path, out = tmp_path / "long.zip", tmp_path / "out.zip"
    path.write_bytes(written(check(padded(failures[defect], LONG)), [], catalogue()))

    assert status(["minimise", str(path), "-o", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["steps"], told["control"]) == (NEEDED[defect], True)
    assert told["replays"] < 300
    assert status(["replay", str(out), "--defect", defect]) == 1
    assert status(["replay", str(out)]) == 0


def test_a_terminal_sees_how_far_it_is_and_a_pipe_does_not(
    long: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert status(["minimise", str(long), "--overwrite"]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("harness.cli.minimise.on_terminal", lambda: True)
    assert status(["minimise", str(long), "--overwrite"]) == 0
    assert "replays, trying 4 of 60 steps" in capsys.readouterr().err


def test_what_does_not_fail_has_no_smaller_part(
    long: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(["minimise", str(long), "--defect", "PA-D-002"]) == 2
    assert "does not fail on this target (FIXED" in capsys.readouterr().err
    assert not long.with_name("long-minimal.zip").exists()


def test_nothing_is_replaced_and_no_replay_is_made_for_nothing(
    long: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = long.with_name("long-minimal.zip")
    there.write_text("mine")

    assert status(["minimise", str(long)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert there.read_text() == "mine"


def test_replays_that_are_spent_leave_what_was_found_so_far(
    long: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = long.with_name("some.zip")

    assert status(["minimise", str(long), "--most", "12", "-o", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["replays"] <= 12
    assert told["spent"]
    assert status(["replay", str(out), "--defect", DEFECT]) == 1


def test_a_failure_that_sound_fakes_have_too_keeps_its_last_step(
    short: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody can tell then whether a smaller request fails for the same reason."""
    last = short.steps[-1]
    answer = Answer(422, '{"flash":["Save Failed"],"form":{"name":["must be text"]}}')
    step = replace(last, body=Body(json={**json_of(last), "name": 7}), answer=answer)
    bundle = replace(short, steps=[*short.steps[:-1], step], check=Check("status", [200]))
    path, out = tmp_path / "both.zip", tmp_path / "out.zip"
    path.write_bytes(written(padded(bundle, 12), [], catalogue()))

    assert status(["minimise", str(path), "-o", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert not told["control"]
    assert told["steps"] == 4
    assert read(out).steps[-1].body == step.body


def test_a_failure_that_is_not_the_recorded_one_is_not_made_smaller(
    short: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    step = replace(short.steps[-1], answer=Answer(422, '{"flash":[],"form":{}}'), body=None)
    bundle = replace(short, steps=[*short.steps[:-1], step], check=Check("status", [200]))
    path = made(tmp_path / "x.zip", {"steps.json": steps_of(bundle)})

    assert status(["minimise", str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_bundle_whose_steps_bring_nothing_back_is_refused(
    short: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = replace(short, cannot=["step 2 sends a secret that cannot be made again"])
    path = made(tmp_path / "x.zip", {"steps.json": steps_of(told)})

    assert status(["minimise", str(path)]) == 2
    assert "no smaller part" in capsys.readouterr().err


# --- without a target


@given(st.lists(st.integers(0, 40), unique=True, max_size=40), st.sets(st.integers(0, 40)))
def test_the_fewest_are_those_that_are_needed_in_their_order(
    items: list[int], needed: set[int]
) -> None:
    wanted = [one for one in items if one in needed]

    assert fewest(items, lambda kept: {*wanted} <= {*kept}) == wanted


def test_few_of_many_are_found_in_few_questions() -> None:
    asked = []

    def shows(kept: list[int]) -> bool:
        asked.append(kept)
        return {17, 401, 950} <= {*kept}

    assert fewest(range(1000), shows) == [17, 401, 950]
    assert len(asked) < 150


def test_the_smallest_value_has_what_is_needed_and_references_whole() -> None:
    value = {"a": [1, {"b": 2, "c": {"$value": "x"}}, 3], "d": {"$text": ["y", {"value": "z"}]}}

    def shows(found: Any) -> bool:
        text = json.dumps(found)
        return '"c"' in text and '"d"' in text

    assert smallest(value, shows) == {"a": [{"c": {"$value": "x"}}], "d": value["d"]}


def flow() -> Bundle:
    """Five steps, the last of which needs the third, and that the first; the second sets faults."""
    ref = {"$value": "step3_id"}
    faults = {"faults": [{"host": "auth", "kind": "timeout"}, {"host": "api", "kind": "empty"}]}
    return Bundle(
        scenario="x",
        title="x",
        requirement="x",
        requires="x",
        verdict="nonconformant",
        expected="x",
        actual="x",
        made=Made(tool="x", run_id="x", started="x", target="embedded"),
        failing=4,
        steps=[
            Step("pingaccess", "POST", "/one", [("x-one", "1")]),
            Step("control", "PUT", "/faults", body=Body(json=faults)),
            Step("pingaccess", "POST", ["/two/", Ref("step1_id")], [("x-two", "1")]),
            Step("pingaccess", "GET", "/other"),
            Step("pingaccess", "POST", "/three", body=Body(json={"id": ref, "more": [1, 2]})),
        ],
        values={"step1_id": OfAnswer(0, "/id"), "step3_id": OfAnswer(2, "/id")},
    )


def test_a_fault_a_header_and_what_a_step_needs_stay() -> None:
    """Everything else goes, and values are named after the steps that they are now of."""

    def fails(bundle: Bundle) -> bool:
        check(bundle)
        text = steps_of(bundle)
        return '"empty"' in text and "x-two" in text

    smaller = minimised(flow(), fails)

    assert smaller.steps == [
        Step("pingaccess", "POST", "/one"),
        Step("control", "PUT", "/faults", body=Body(json={"faults": [{"kind": "empty"}]})),
        Step("pingaccess", "POST", ["/two/", Ref("step1_id")], [("x-two", "1")]),
        Step("pingaccess", "POST", "/three"),
    ]
    assert smaller.values == {"step1_id": OfAnswer(0, "/id")}


def test_parameters_of_a_query_and_of_a_form_are_left_out() -> None:
    """Those that are needed stay as they are, with their values."""
    needed = Ref("step1_id", "form")
    bundle = flow()
    bundle.steps[3] = Step("pingaccess", "GET", "/other?a=1&b=2")
    bundle.steps[4] = Step(
        "pingone_auth",
        "POST",
        ["/three?x=", needed, "&y=a?b&z=", needed],
        [("content-type", "application/x-www-form-urlencoded")],
        Body(text=["p=1&q=", needed, "&r=3"]),
    )

    def fails(bundle: Bundle) -> bool:
        last = check(bundle).steps[bundle.failing]
        in_path, in_body = shown(last.path), shown(last.body.text if last.body else "")  # type: ignore[arg-type]
        asked = [shown(one.path) for one in bundle.steps if "b=2" in shown(one.path)]
        return bool(asked) and "z={" in in_path and "y=a?b" in in_path and "q={" in in_body

    smaller = minimised(bundle, fails)

    assert [one.path for one in smaller.steps] == [
        "/one",
        "/other?b=2",
        ["/three?y=a?b&z=", needed],
    ]
    assert smaller.steps[-1].body == Body(text=["q=", needed])
    assert not any("?" in shown(one.path) for one in minimised(bundle, lambda _: True).steps)


def test_what_a_kept_step_needs_is_numbered_anew() -> None:
    def fails(bundle: Bundle) -> bool:
        body = bundle.steps[bundle.failing].body
        return body is not None and isinstance(body.json, dict) and "id" in body.json

    smaller = minimised(flow(), fails)

    assert [step.path for step in smaller.steps] == ["/one", ["/two/", Ref("step1_id")], "/three"]
    assert json_of(smaller.steps[-1]) == {"id": {"$value": "step2_id"}}
    assert smaller.values == {"step1_id": OfAnswer(0, "/id"), "step2_id": OfAnswer(1, "/id")}
    assert [step.headers for step in smaller.steps] == [[], [], []]
