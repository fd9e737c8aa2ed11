"""An upgrade check and its gate as commands: secrets, bad exports, products, exit codes."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fakes.defects import defect as find_defect
from fakes.handles import FACTORY_LOGIN
from fakes.transport import CoreTransport
from fakes.world import World
from harness.benchmarks.upgrades import generated
from harness.cli import live, status
from harness.cli.upgrade import answer
from harness.cli.upgrade_sides import of_fake
from harness.upgrades.check import Question, verdict
from harness.upgrades.export import Export
from harness.upgrades.sides import Seen, Side
from reports.sheet import page
from reports.upgrade_page import sheet

if TYPE_CHECKING:
    from collections.abc import Mapping


CANARY = "canary-7d1f0b3e"


def test_nothing_secret_of_the_export_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever a secret stands, and where a product repeats it in what it complains of."""
    export = generated(3)
    session, rule = export.data["webSessions"][0], export.data["rules"][0]
    session["clientCredentials"]["clientSecret"] = {"value": f"{CANARY}-1"}
    rule["className"], rule["configuration"] = "x.Y", {"password": f"{CANARY}-2"}
    export.data["sites"][0]["name"] = f"{CANARY}-2"
    export.data[f"{CANARY}-1"] = {"privateKey": f"{CANARY}-3"}
    export.data["applications"][1]["name"] = f"{CANARY}-4"
    export.data["sites"][0]["secrets"] = [f"{CANARY}-4"]
    path = tmp_path / "export.json"
    path.write_text(json.dumps(export.archive))

    code = status(["upgrade-check", "--config", str(path), "--out", str(tmp_path / "out")])

    told = "".join(file.read_text() for file in (tmp_path / "out").iterdir())
    shown = "".join(capsys.readouterr())
    assert code in (0, 4)
    assert "application" in told
    assert CANARY not in told + shown
    assert shown.splitlines()[-1] == f"report: {tmp_path}/out/upgrade.html"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "not JSON (line 1, column 1)"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[" * 100_000, "no readable JSON"),
        (b"[]", 'it has no object "data"'),
        (b'{"version": 1, "data": {}}', 'it has no "version"'),
        (b'{"version": "7.3.0", "data": {"sites": 3}}', "must be an object or a list"),
        (b'{"version": "7.3.0", "data": {"sites": [3]}}', "must hold objects only"),
        (b'{"version": "7.3.0", "data": {"a": ["\\ud800"]}}', "must hold objects only"),
        (b'{"version": "7.3.0", "data": {"a": {"b": "\\ud800"}}}', "half of a character pair"),
        (b'{"version": "7.3.0", "data": {"a": {"b": ' + b"[" * 70 + b"]" * 70 + b"}}}", "deeper"),
    ],
)
def test_what_is_no_export_is_one_line_and_exit_2(
    text: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(text)
    assert status(["upgrade-check", "--config", str(path)]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines()), said in err) == ("", 1, True)


def test_odd_members_of_an_export_are_answered() -> None:
    odd = {
        "webSessions": {"a": 1},
        "rules": [{}],
        "sites": [{"id": {"a": 1}, "name": ["x"]}],
        "resources": [{"applicationId": [1], "methods": 3, "pathPatterns": [1, {"pattern": {}}]}],
    }
    found = answer(Export("7.3.0.2", {"version": "7.3.0.2", "data": odd}), None, "9.1")
    assert (found.answer, found.reasons[0].kind) == ("no", "import")


def test_the_page_shows_every_reason_and_no_markup_of_others() -> None:
    before = Side("old", objects={"rule": {"<script>x</script>": Seen({})}})
    nothing = Export("7.3.0.2", {"version": "7.3.0.2", "data": {}})
    found = verdict(Question(nothing, "9.0", "9.1", ()), before, Side("new"))
    html = page(sheet(found.as_json()))
    assert "a rule is not there any more" in html
    assert "<script" not in html
    assert "http" not in html.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--from", "9.0", "--to", "9.1"], 0, "yes: 9.0 to 9.1, confidence medium"),
        (["--from", "6.2"], 4, "no: 6.2 to 9.1, confidence low: 8.0 and later cannot be reached"),
        (["--from", "8.0", "--to", "8.3"], 0, "yes-but: 8.0 to 8.3"),
        (["--from", "8.0", "--to", "8.3", "--strict"], 4, "yes-but: 8.0 to 8.3"),
    ],
)
def test_the_gate_is_one_line(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(["can-i-upgrade", *arguments]) == code
    out, err = capsys.readouterr()
    assert (out.startswith(said), len(out.splitlines()), err) == (True, 1, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--from: say which release"),
        (["--from", "x"], "--from: 'x' is no release"),
        (["--from", "9.0", "--to", "12"], "--to: '12' is not one of"),
        (["--config", "nowhere.json"], "--config: nowhere.json: No such file"),
    ],
)
def test_a_gate_asked_wrongly_is_exit_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(["can-i-upgrade", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], Mapping[str, World]]:
    """Settings files of two products, and the fakes that stand behind them in process."""
    worlds = {"a.example:9000": World(release="8.0"), "b.example:9000": World(release="9.1")}

    cores = {host: world.fake_pingaccess for host, world in worlds.items()}
    monkeypatch.setattr(
        live, "live_client", lambda *_: httpx.Client(transport=CoreTransport(cores))
    )
    flags = []
    for flag, host in zip(("--from-settings", "--to-settings"), worlds, strict=True):
        path = tmp_path / f"{host[0]}.toml"
        user, password = FACTORY_LOGIN
        path.write_text(
            f'pingaccess_admin_url = "https://{host}"\npingaccess_username = "{user}"\n'
            f'pingaccess_password = "{password}"\n'
        )
        flags += [flag, str(path)]
    return flags, worlds


def stored(world: World) -> dict[str, Any]:
    """Every object that PingAccess keeps, the log of its requests aside."""
    return {name: rows for name, rows in world.snapshot().pingaccess.rows.items() if rows}


def test_a_live_pair_is_compared_and_not_written_to_unless_allowed(
    pair: tuple[list[str], Mapping[str, World]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags, worlds = pair
    path = tmp_path / "export.json"
    path.write_text(json.dumps(generated(2).archive))
    before = [stored(world) for world in worlds.values()]

    assert status(["upgrade-check", "--config", str(path), *flags, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["old"], told["new"], told["confidence"]) == ("8.0", "9.1", "high")
    assert [stored(world) for world in worlds.values()] == before

    assert status(["upgrade-check", "--config", str(path), *flags, "--import"]) == 2
    assert "set allow_writes" in capsys.readouterr().err
    for flag in flags[1::2]:
        with Path(flag).open("a") as file:
            file.write("allow_writes = true\n")
    assert status(["upgrade-check", "--config", str(path), *flags, "--import", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scenarios"]["application"] == 2


@pytest.mark.parametrize(
    ("defect", "weight", "text"),
    [
        ("PA-D-642", "no", "a webSessionMgmt is not there any more"),
        ("PA-D-737", "no", "a site is not there any more"),
        ("PA-D-734", "but", "web session: "),
        ("PA-D-735", "no", "(fake) refuses the configuration"),
    ],
)
def test_what_is_planted_in_the_new_release_is_found(
    defect: str, weight: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = generated(2)
    export.data["webSessionMgmt"] = {"cookieName": "Ours"}
    export.data["applications"][0]["nobodyKnowsIt"] = 1
    planted = partial(World, defects=(find_defect(defect),))
    old = of_fake("9.0", export.archive)
    monkeypatch.setattr("fakes.world.World", planted)
    new = of_fake("9.1", export.archive)
    told = verdict(Question(export, "9.0", "9.1", ()), old, new).reasons
    assert [one.text for one in told if one.weight == weight and text in one.text], told
