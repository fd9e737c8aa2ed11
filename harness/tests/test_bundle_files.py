"""What a bundle holds, as those read and run it who have nothing of ours."""

from __future__ import annotations

import json
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import httpx

from harness.cli import status
from harness.evidence import ExchangeRecord, Failure, ScenarioResult
from reports.bundles import is_one_of_many, kept
from reports.bundles.pytest_head import HEAD
from reports.bundles.shell import HEAD as SHELL_HEAD

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_script_prints_no_secret_of_an_answer(tmp_path: Path) -> None:
    """What it prints is pasted into tickets."""
    answer = tmp_path / "1.json"
    answer.write_text(
        '{"access_token":"opaque-1","x":"eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "clientSecret": "a\\"b",'
        '"credential":{"value":"c"},"name":"d"}'
    )
    done = subprocess.run(
        ["sh", "-c", f'{SHELL_HEAD}\nshown "$0"', str(answer)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == {
        "access_token": "(hidden)",
        "x": "(hidden)",
        "clientSecret": "(hidden)",
        "credential": {"value": "(hidden)"},
        "name": "d",
    }


def test_the_pytest_file_sends_nothing_that_no_step_sent() -> None:
    """A cookie of an earlier answer would make a visitor of nobody."""
    sent: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers)
        return httpx.Response(200, headers={"set-cookie": "PA=1; Path=/"})

    helpers: dict[str, Any] = {}
    exec(HEAD, helpers)  # noqa: S102 - our own code
    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        found = helpers["quiet"](client)
        assert found.get("https://pa.test/").cookies["PA"] == "1"
        found.get("https://pa.test/", headers={"x-xsrf-header": "PingAccess"})

    assert [[*one] for one in sent] == [["host"], ["host", "x-xsrf-header"]]


def test_the_command_writes_and_replays_a_bundle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, case = str(tmp_path / "run"), str(tmp_path / "case.zip")
    name = "connections/test_crud.py::test_adding_a_connection_answers_with_the_stored_object"
    planted = ["--defect", "PA-D-001"]
    assert status(["run", "--out", run, *planted, f"scenarios/{name}"]) == 1
    capsys.readouterr()

    assert status(["bundle", run, "PA-CONN-002"]) == 2
    assert "there are connections/test_crud.py::test_adding" in capsys.readouterr().err
    assert status(["bundle", run, "test_adding", "-o", case]) == 0
    assert status(["bundle", run, name, "-o", case]) == 2
    assert "is there already" in capsys.readouterr().err
    with zipfile.ZipFile(case) as archive:
        state = archive.read("state.json").decode()
    [connection] = json.loads(state)["configuration"]["data"]["pingOneConnections"]
    assert connection["name"] == "paconform-connection-1"
    assert not [one for one in ("2Access", "eyJ", "PRIVATE KEY") if one in state]

    assert status(["replay", case]) == 0
    assert capsys.readouterr().out.startswith("FIXED: PA-CONN-001")
    assert status(["replay", case, *planted]) == 1
    assert status(["replay", case, *planted, "--scenario"]) == 1
    assert "judged by the scenario itself" in capsys.readouterr().out
    assert status(["replay", case, "--scenario", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["judged_by"] == "scenario"


def test_one_of_several_items_is_no_place_to_ask_again() -> None:
    """Where they stand differs from seed to seed; the only one there is has its place."""
    document = {"items": [{"a": 1}, {"a": 2}], "only": [{"a": 3}]}

    assert is_one_of_many(document, "/items/1/a")
    assert not is_one_of_many(document, "/items")
    assert not is_one_of_many(document, "/only/0/a")
    assert not is_one_of_many(document, "/gone/0")


def test_what_a_tenant_limited_and_was_asked_again_is_no_step() -> None:
    """Unless it is the scenario that set the limit."""

    def asked(*answers: tuple[str, str, int]) -> ScenarioResult:
        exchanges = [ExchangeRecord(party, "GET", url, status=code) for party, url, code in answers]
        failure = Failure("x", "x", "x", "x", exchange=len(exchanges) - 1)
        return ScenarioResult(
            id="x",
            area="x",
            requirements=[],
            title="",
            verdict="nonconformant",
            failure=failure,
            exchanges=exchanges,
        )

    again = [("pingone", "https://a/v1/x", code) for code in (429, 429, 200)]
    door = ("control", "https://c/rates", 200)
    last = ("pingaccess", "https://b/y", 404)

    assert [one.status for one in kept(asked(*again, last))[0]] == [200, 404]
    limited, failing = kept(asked(door, *again, last))
    assert [one.status for one in limited] == [429, 429, 200, 404]
    assert failing == 3
