"""An upgrade check: what both sides make of a configuration, and what is said of it."""

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
from harness.cli.upgrade import answer, of_the_way
from harness.cli.upgrade_sides import of_fake
from harness.upgrades import announcing, crossed, notices
from harness.upgrades.check import Question, verdict
from harness.upgrades.export import Export, read
from harness.upgrades.lints import LINTS
from harness.upgrades.sides import Seen, Side, looked_at
from reports.sheet import page
from reports.upgrade_page import sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.upgrades.check import Reason, Verdict
    from harness.upgrades.sides import Asked

CONFIGS = sorted((Path(__file__).resolve().parents[3] / "shared" / "configs").glob("*.json"))
EMPTY = Export("7.3.0.2", {"version": "7.3.0.2", "data": {}})


def kinds(found: Verdict, weight: str) -> set[str]:
    """The kinds of the reasons of that weight."""
    return {one.kind for one in found.reasons if one.weight == weight}


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_real_exports_are_answered_with_reasons(path: Path) -> None:
    export = read(path)
    far, near = answer(export, None, "9.1"), answer(export, None, "7.3")

    assert far.answer == ("no" if export.version < "6.3" else "yes-but")
    assert (far.wrote, far.old) == (export.version, export.version)
    assert near.answer == "yes-but"
    assert "route" not in kinds(near, "no")
    assert far.unmeasured
    said = json.dumps([far.as_json(), near.as_json()])
    assert not [one for one in export.secrets() if len(one) > 5 and one in said]


def test_a_generated_export_gives_a_scenario_for_each_object() -> None:
    found = answer(generated(30), "7.3", "9.1")

    assert found.scenarios == {
        "web session": 3,
        "rule": 3,
        "rule set": 0,
        "risk policy": 0,
        "application": 30,
        "resource": 60,
    }
    assert (found.answer, kinds(found, "no")) == ("yes-but", set())
    news = [one for one in found.reasons if "uiLocales" in one.text]
    assert [(one.label, one.count) for one in news] == [("announced", 3)]


def renumbered(export: Export, by: int) -> Export:
    """The same configuration under other ids."""
    text = json.dumps(export.archive)
    data = json.loads(text)["data"]
    for section in ("sites", "webSessions", "applications", "resources"):
        for row in data[section]:
            row["id"] += by
    for row in data["applications"]:
        row["siteId"] += by
        row["webSessionId"] += by
    for row in data["resources"]:
        row["applicationId"] += by
    return Export(export.version, {**export.archive, "data": data})


def compared(old: Export, new: Export) -> list[Reason]:
    """What differs between two configurations on one and the same fake."""
    sides = [of_fake("9.1", one.archive) for one in (old, new)]
    return verdict(Question(old, "9.1", "9.1", ("9.1",)), *sides).reasons


def test_ids_are_no_difference() -> None:
    export = generated(4)
    told = compared(export, renumbered(export, 70))
    assert [one.text for one in told if one.label == "unannounced"] == []


def test_what_becomes_of_an_object_is_told_by_its_name() -> None:
    export = generated(4)
    other = renumbered(export, 0)
    other.data["sites"][1]["name"] = "elsewhere"
    other.data["resources"][3]["methods"] = ["GET"]
    other.data["applications"][2]["enabled"] = False
    told = {one.text: one.places for one in compared(export, other) if one.label == "unannounced"}

    assert told["a site is not there any more"] == ["site site-2"]
    assert told["a resource is not there any more"] == [
        "resource application-2: page-4 [/page] *",
    ]
    assert told["application: enabled has another value"] == ["application application-3"]


def product(**sections: Any) -> Asked:
    """A product that shows these objects in lists and in its export, by section."""

    def ask(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        assert (method, body) == ("GET", None)
        if path == "/config/export" and sections:
            return 200, {"data": sections}
        name = path.strip("/")
        return (200, {"items": sections[name][:1]}) if name in sections else (404, None)

    return ask


def looked(ask: Asked) -> Side:
    side = Side("one")
    looked_at(ask, side, saves=False)
    return side


def test_settings_are_compared_as_an_export_shows_them_and_never_by_id() -> None:
    old = looked(product(httpConfig={"proxyId": 3, "on": True}, keyPairs=[{"alias": "a", "id": 1}]))
    new = looked(product(httpConfig={"proxyId": 9, "on": False}, keyPairs=[{"alias": "b"}]))
    told = verdict(Question(EMPTY, "9.0", "9.1", ()), old, new).reasons
    assert {one.text: one.places for one in told if one.label == "unannounced"} == {
        "httpConfig: on: true → false": ["httpConfig"],
        "a keyPairs is not there any more": ["keyPairs a"],
        "a keyPairs is there that was not": ["keyPairs b"],
    }


def test_a_list_that_is_not_whole_is_told() -> None:
    side = looked(product(sites=[{"name": "a"}, {"name": "b"}]))
    assert "all of sites (1 of 2)" in side.unreadable
    assert "settings (no export)" in looked(product()).unreadable


def test_an_application_that_an_authorization_server_protects_names_no_validator() -> None:
    export = generated(1)
    export.data["applications"][0] |= {"applicationType": "API", "accessValidatorId": 1}
    export.data["applications"][0]["defaultAuthType"] = "API"
    told = answer(export, "9.0", "9.1").reasons
    assert not [one for one in told if "names nothing" in one.text]


def sides(old: Seen | None, new: Seen | None) -> tuple[Side, Side]:
    """Both sides of one rule."""
    return tuple(  # type: ignore[return-value]
        Side(title, objects={"rule": {"r": seen} if seen else {}})
        for title, seen in (("old", old), ("new", new))
    )


PLAIN = Seen({"a": "1"})


@pytest.mark.parametrize(
    ("old", "new", "weight", "text"),
    [
        (PLAIN, None, "no", "a rule is not there any more"),
        (None, PLAIN, "but", "a rule is there that was not"),
        (PLAIN, Seen({}), "but", "rule: a is gone"),
        (PLAIN, Seen({"a": "1", "b": "2"}), "note", "rule: b is new"),
        (PLAIN, Seen({"a": "true"}), "but", "rule: a: 1 → true"),
        (PLAIN, Seen({"a": '"long text of somebody"'}), "but", "rule: a has another value"),
        (PLAIN, Seen({"a": "1"}, ["x names nothing"]), "no", "rule: x names nothing"),
        (PLAIN, Seen({"a": "1"}, [], "no"), "no", "a rule is refused when it is saved unchanged"),
    ],
)
def test_each_difference_has_a_weight(
    old: Seen | None, new: Seen | None, weight: str, text: str
) -> None:
    [found] = [
        one
        for one in verdict(Question(EMPTY, "9.0", "9.1", ()), *sides(old, new)).reasons
        if one.label == "unannounced"
    ]
    assert (found.weight, found.text.startswith(text)) == (weight, True)


def test_what_is_wrong_on_both_sides_is_not_the_upgrades_fault() -> None:
    bad = Seen({"a": "1"}, ["x names nothing"], "Save Failed")
    found = verdict(Question(EMPTY, "9.0", "9.1", ()), *sides(bad, bad))
    assert kinds(found, "no") == set()
    assert "1 objects that both sides find fault with: what a mended one would do" in (
        found.unmeasured
    )


def test_a_refused_import_is_no() -> None:
    before, after = sides(None, None)
    after.refusal.append("version: is not known")
    found = verdict(Question(EMPTY, "9.0", "9.1", ()), before, after)
    assert (found.answer, kinds(found, "no")) == ("no", {"import"})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("6.2", "9.1", "no"),
        ("6.2", "7.3", "yes-but"),
        ("6.3", "8.0", "yes-but"),
        ("9.1", "8.0", "no"),
        ("9.0", "9.1", "yes"),
    ],
)
def test_the_way_alone(old: str, new: str, said: str) -> None:
    assert of_the_way(old, new).answer == said


def test_every_notice_that_touches_has_a_lint_and_each_lint_a_notice() -> None:
    assert {one.touches for one in notices() if one.touches} == LINTS.keys()
    assert all(one.source and one.text for one in notices())
    assert {one.id for one in crossed("9.0", "9.1")} >= {"CSP-NONCE", "UI-LOCALES"}
    assert "UI-LOCALES" not in {one.id for one in crossed("9.1", "9.1")}


def test_what_we_conclude_ourselves_is_no_announcement() -> None:
    told = list(crossed("7.3", "9.0"))
    assert "RESOURCE-IDS" in {one.id for one in told}
    assert announcing("resourceOrder is gone", told) == ""
    found = answer(generated(1), "7.3", "9.0")
    assert [one.label for one in found.reasons if one.kind == "ids"] == ["assumed"]


FOUND: Mapping[str, Mapping[str, Any]] = {
    "sessions_without_pkce": {"webSessions": [{"name": "x"}]},
    "templates": {
        "rejectionHandlers": [{"name": "x", "configuration": {"templateFile": "a.html"}}]
    },
    "wildcard_hosts": {"pingFederateRuntime": {}, "virtualHosts": [{"host": "*", "port": 1}]},
    "unprotected_of_dynamic": {
        "globalUnprotectedResources": [{}],
        "applications": [{"applicationType": "Dynamic"}],
    },
    "unprotected_of_api": {
        "globalUnprotectedResources": [{}],
        "applications": [{"applicationType": "API"}],
    },
    "keys_roll": {"authTokenMgmt": {"keyRollEnabled": True}},
    "foreign_secrets": {"sites": [{"x": {"encryptedValue": "abc"}}]},
    "path_prefixes": {"resources": [{"name": "x", "pathPrefixes": ["/a"]}]},
    "resources": {"resources": [{"name": "x"}]},
    "risk_policies": {"riskPolicies": [{"name": "x"}]},
    "web_sessions": {"webSessions": [{"name": "x"}]},
    "agents": {"agents": [{"name": "x"}]},
    "challenge_policies": {"authnChallengePolicies": [{"name": "x"}]},
}


@pytest.mark.parametrize("name", LINTS)
def test_each_lint_finds_its_place_and_nothing_in_an_empty_export(name: str) -> None:
    assert list(LINTS[name](EMPTY)) == []
    assert len(list(LINTS[name](Export("6.0.0.3", {"data": FOUND[name]})))) == 1


CANARY = "canary-7d1f0b3e"


def test_nothing_secret_of_the_export_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever a secret stands, and where a product repeats it in what it complains of."""
    export = renumbered(generated(3), 0)
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
    assert code in (0, 4)
    assert "application" in told
    assert CANARY not in told + "".join(capsys.readouterr())


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
    assert (found.answer, "import" in kinds(found, "no")) == ("no", True)


def test_the_page_shows_every_reason_and_no_markup_of_others() -> None:
    before, after = sides(PLAIN, None)
    before.objects["rule"]["<script>x</script>"] = before.objects["rule"].pop("r")
    found = verdict(Question(EMPTY, "9.0", "9.1", ()), before, after)
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
