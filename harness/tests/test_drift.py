"""What two descriptions of an API, or the plugins of two products, have otherwise."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fakes.handles import FACTORY_LOGIN
from fakes.transport import CoreTransport
from fakes.world import World
from harness.cli import live, status
from harness.cli.drift_sides import described, families, product
from harness.errors import BadSettings
from harness.upgrades.drift import Drift, labelled, of_surfaces
from harness.upgrades.plugins import FAMILIES, asked, of_plugins
from harness.upgrades.surface import Member, Surface, surface
from reports.drift_page import sheet
from reports.sheet import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from harness.upgrades.sides import Asked

SWAGGER_1 = {
    "swaggerVersion": "1.2",
    "apiVersion": "8.0.0.0",
    "apis": [
        {
            "path": "/sites/{id}",
            "operations": [
                {
                    "method": "PUT",
                    "type": "SiteView",
                    "parameters": [
                        {"paramType": "path", "name": "id", "type": "string"},
                        {
                            "paramType": "query",
                            "name": "order",
                            "type": "string",
                            "enum": ["A", "B"],
                        },
                        {"paramType": "body", "name": "body", "type": "SiteView", "required": True},
                    ],
                }
            ],
        }
    ],
    "models": {
        "SiteView": {
            "required": ["name"],
            "properties": {
                "name": {"type": "string"},
                "targets": {"type": "array", "items": {"type": "string"}},
                "part": {"$ref": "PartView"},
            },
        },
        "PartView": {"properties": {"level": {"type": "string", "enum": ["ON", "OFF"]}}},
    },
}
SCHEMAS: dict[str, Any] = {
    "Site": {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "targets": {"type": "array", "items": {"type": "string"}},
            "part": {"$ref": "#/definitions/Part"},
        },
    },
    "Part": {"type": "object", "properties": {"level": {"$ref": "#/definitions/Level"}}},
    "Level": {"type": "string", "enum": ["OFF", "ON"]},
}
ORDER = {"in": "query", "name": "order", "type": "string", "enum": ["A", "B"]}
SITE = {"$ref": "#/definitions/Site"}
SWAGGER_2: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"version": "9.0.0.0"},
    "paths": {
        "/sites/{key}": {
            "parameters": [{"in": "path", "name": "key", "type": "string", "required": True}],
            "put": {
                "parameters": [ORDER, {"in": "body", "name": "x", "schema": SITE}],
                "responses": {"200": {"schema": SITE}, "422": {}},
            },
        }
    },
    "definitions": SCHEMAS,
}
OPENAPI_3: dict[str, Any] = {
    "openapi": "3.0.1",
    "info": {"version": "9.0.0.0"},
    "paths": {
        "/sites/{id}": {
            "put": {
                "parameters": [
                    {
                        "in": "query",
                        "name": "order",
                        "schema": {"type": "string", "enum": ["B", "A"]},
                    }
                ],
                "requestBody": {"content": {"application/json": {"schema": SITE}}},
                "responses": {"200": {"content": {"application/json": {"schema": SITE}}}},
            }
        }
    },
    "components": {"schemas": SCHEMAS},
}


def drifts(old: Any, new: Any) -> list[Drift]:
    return of_surfaces(surface([old], "old"), surface([new], "new"))


@pytest.mark.parametrize("old", [SWAGGER_1, SWAGGER_2, OPENAPI_3])
@pytest.mark.parametrize("new", [SWAGGER_1, SWAGGER_2, OPENAPI_3])
def test_one_api_reads_the_same_in_every_dialect_and_under_other_names(old: Any, new: Any) -> None:
    assert drifts(old, new) == []
    [operation] = surface([old], "x").operations.values()
    assert operation.parameters == {"query order": Member("string", enum=("A", "B"))}


def changed(change: Callable[[Any], None]) -> list[tuple[str, str, str]]:
    new = deepcopy(OPENAPI_3)
    change(new)
    return [(one.severity, one.where, one.text) for one in drifts(OPENAPI_3, new)]


def test_every_difference_has_a_severity_and_a_place() -> None:
    def grow(new: Any) -> None:
        schemas = new["components"]["schemas"]
        site = schemas["Site"]
        del site["properties"]["targets"]
        site["properties"] |= {"part": {"type": "string"}, "a": {}, "b": {}}
        site["required"] = ["b"]
        schemas["Level"]["enum"] = ["ON", "AUTO"]
        schemas["More"] = {"properties": {}}
        put = new["paths"]["/sites/{id}"]["put"]
        put["parameters"] = [{"in": "query", "name": "by", "required": True, "schema": {}}]
        put["responses"] = {"204": {}}
        new["paths"]["/other"] = {"get": {"responses": {}}}

    assert changed(grow) == [
        ("low", "GET /other", "a new operation"),
        ("high", "PUT /sites/{}", "query by is new and must be given"),
        ("high", "PUT /sites/{}", "query order is gone"),
        ("high", "PUT /sites/{}", "gives Site → nothing"),
        ("high", "Part", "level cannot be OFF any more"),
        ("medium", "Part", "level can be AUTO too"),
        ("low", "Site", "a is new"),
        ("high", "Site", "b is new and must be given"),
        ("low", "Site", "name need not be given any more"),
        ("high", "Site", "part: Part → string"),
        ("high", "Site", "targets is gone"),
        ("low", "More", "a new type"),
    ]


def test_an_operation_that_is_gone_is_high() -> None:
    def lose(new: Any) -> None:
        new["paths"] = {"/other": {"get": {"responses": {}}}}

    assert ("high", "PUT /sites/{}", "the operation is gone") in changed(lose)


def test_a_difference_is_announced_by_its_release_note_and_else_a_guess_or_news() -> None:
    found = [
        Drift("low", "added", "WebSession", "uiLocales is new"),
        Drift("high", "removed", "Site", "x"),
    ]
    for is_guess, rest in ((True, "assumed"), (False, "unannounced")):
        told = labelled(found, ("9.0.0.1", "9.1.0-SNAPSHOT"), is_guess=is_guess)
        assert [one.label for one in told] == [rest, "announced"]
    assert {one.label for one in labelled(found, ("", "9.1"))} == {"unannounced"}


BROKEN = [
    [],
    [None],
    [{}],
    [{"openapi": "3.0.0"}],
    [{"openapi": "3.0.0", "paths": {}}],
    [{"openapi": "3.0.0", "paths": []}],
    [{"openapi": "3.0.0", "paths": {"/a": {"get": 3}}}],
    [{"swagger": "2.0", "paths": {"/a": {"get": {"parameters": [{"$ref": "#/nowhere"}]}}}}],
    [{"swaggerVersion": "1.2", "apis": [{"operations": [{}]}]}],
]


@pytest.mark.parametrize("documents", BROKEN)
def test_what_is_no_description_is_said(documents: list[Any]) -> None:
    with pytest.raises(BadSettings, match=r"x\.json: "):
        surface(documents, "x.json")


def test_deep_and_circular_schemas_end() -> None:
    deep: Any = {"type": "string"}
    for _ in range(40):
        deep = {"type": "array", "items": deep}
    document = deepcopy(OPENAPI_3)
    document["components"]["schemas"]["Site"]["properties"] |= {
        "deep": deep,
        "self": {"$ref": "#/components/schemas/Site"},
    }
    members = surface([document], "x").models["Site"]
    assert "any" in members["deep"].type
    assert members["self"].type == "Site"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", b"[" * 100_000, "no readable JSON"),
        ("a.json", b"\xff", "no readable JSON"),
        ("a.json", b"[]", "neither Swagger"),
        ("a.yaml", b"a: &x [1]\nb: *x", "aliases are not read"),
        ("a.yaml", b"{", "no readable YAML"),
        ("a.yaml", b"!!python/object/apply:os.system [x]", "no readable YAML"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_2(
    name: str, text: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(text)
    assert status(["spec-diff", str(path), "fake:9.1"]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines()), said in err) == ("", 1, True)


@pytest.mark.parametrize(
    ("side", "said"),
    [
        ("fake:1.0", "there are 7.2"),
        ("nowhere.json", "No such file"),
        ("nowhere.toml", "nowhere.toml"),
        ("https://elsewhere.example:9000", "names another product"),
    ],
)
@pytest.mark.parametrize("what", ["spec-diff", "plugin-diff"])
def test_a_side_that_is_none_is_one_line_and_exit_2(
    what: str,
    side: str,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PACONFORM_PINGACCESS_ADMIN_URL", "https://pingaccess.example:9000")
    assert status([what, "fake:9.1", side]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert said in err or (what == "plugin-diff" and "name fake:RELEASE" in err)


def test_releases_of_the_fake_only_grow_and_say_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "page.html"
    assert status(["spec-diff", "fake:7.2", "fake:9.1", "--json", "--page", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["label"] for one in told["drifts"]} == {"announced"}
    assert {"GET /logSettings", "WebSession"} <= {one["where"] for one in told["drifts"]}
    assert "release notes 7.3, PA-15160" in out.read_text()
    assert status(["spec-diff", "fake:9.1", "fake:7.2"]) == 4
    assert "high    assumed      GET /logSettings: the operation is gone" in capsys.readouterr().out
    assert status(["plugin-diff", "fake:7.2", "fake:9.1"]) == 0
    lines = capsys.readouterr().out
    assert "SAML Token Mediator: a new plugin" in lines
    assert "assumed" not in lines
    assert status(["plugin-diff", "fake:9.1", "fake:7.2"]) == 4


def told(**families: list[dict[str, Any]]) -> Asked:
    """A product with these plugins in these families."""

    def ask(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        assert (method, body) == ("GET", None)
        family = path.removesuffix("/descriptors").strip("/")
        found = families.get(family)
        return (404, None) if found is None else (200, {"items": found})

    return ask


def test_plugins_differ_by_class_settings_labels_and_defaults() -> None:
    def one(name: str, default: object, *more: str, **rest: object) -> dict[str, Any]:
        fields: list[Any] = [
            {"name": "mode", "label": "Mode", "type": "SELECT", "default": default}
            | {"options": [{"value": value} for value in ("a", "b", *more)]},
            {"name": "used", "type": "SELECT", "options": [{"value": str(len(name))}]},
            {"name": "outer", "type": "GROUP", "fields": [{"name": "inner", "type": "TEXT"}]},
        ]
        return {"className": name, "label": "One", "configurationFields": fields, **rest}

    old = asked(told(rules=[one("x.Old", "a", modes=["Site"])], riskPolicies=[]))
    new = asked(told(rules=[one("y.NewClass", "b", "c", modes=[])], hsmProviders=[]))
    new["/rules"]["y.NewClass"].fields.pop("outer.inner")
    assert [(one.severity, one.kind, one.where, one.text) for one in of_plugins(old, new)] == [
        ("low", "added", "/hsmProviders", "a new family of plugins"),
        ("high", "removed", "/riskPolicies", "this family of plugins is gone"),
        ("high", "renamed", "/rules: One", "its class is y.NewClass, and was x.Old"),
        ("medium", "enum", "/rules: One", "mode can be c too"),
        ("high", "removed", "/rules: One", "outer.inner is gone"),
        ("medium", "default", "/rules: One", 'mode: default "a" → "b"'),
        ("medium", "behaviour", "/rules: One", 'modes: behaviour ["Site"] → []'),
    ]


def test_odd_descriptors_are_passed_over() -> None:
    odd: Any = [None, 3, {"className": 3, "configurationFields": [1, {"options": 3, "fields": 4}]}]
    found = asked(told(rules=odd, riskPolicies=odd))
    assert list(of_plugins(found, found)) == []


def test_every_family_of_the_fakes_is_asked_for() -> None:
    with product("fake:9.1") as found:
        assert found is not None
        assert families(found.ask) == set(FAMILIES)
        assert set(asked(found.ask)) == set(FAMILIES)


def test_a_listing_of_swagger_1_is_followed_and_leads_nowhere_else() -> None:
    from harness.cli import drift_sides  # noqa: PLC0415 - a private function of it is tested

    seen = []
    listing = {
        "swaggerVersion": "1.2",
        "apis": [{"path": "/sites.json"}, {"path": "https://x/"}, {"path": "/../../x"}, 3],
    }

    def ask(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        assert (method, body) == ("GET", None)
        seen.append(path)
        known = {"/api-docs": listing, "/api-docs/sites.json": SWAGGER_1}
        return (200, known[path]) if path in known else (404, None)

    documents = drift_sides._asked(ask, "x")  # noqa: SLF001 - asking costs a product
    assert surface(documents, "x").operations.keys() == {"PUT /sites/{}"}
    assert seen == ["/api-docs/pa/api-docs-v2.json", "/api-docs", "/api-docs/sites.json"]


def test_two_products_are_asked_and_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts = {"a.example": "8.0", "b.example": "9.1"}
    cores = {host: World(release=one).fake_pingaccess for host, one in hosts.items()}
    monkeypatch.setattr(
        live, "live_client", lambda *_: httpx.Client(transport=CoreTransport(cores))
    )
    names = [str(tmp_path / f"{host}.toml") for host in hosts]
    user, password = FACTORY_LOGIN
    for name, host in zip(names, hosts, strict=True):
        with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123 - a name is what is given
            file.write(
                f'pingaccess_admin_url = "https://{host}"\npingaccess_username = "{user}"\n'
                f'pingaccess_password = "{password}"\n'
            )

    for what in ("spec-diff", "plugin-diff"):
        assert status([what, *names]) == 0
        out = capsys.readouterr().out
        assert "announced" in out
        assert "(OpenAPI 2, 8.0.0.0)" in out or "(8.0.0.0)" in out
    assert status(["spec-diff", names[0], "fake:8.0"]) == 0
    assert "nothing is different" in capsys.readouterr().out

    folder = tmp_path / "declarations"
    folder.mkdir()
    (folder / "sites.json").write_text(json.dumps(SWAGGER_1))
    assert described(str(folder))[0].dialect == "Swagger 1.2"


def test_the_page_holds_no_markup_of_others() -> None:
    evil = "<script>alert(1)</script>"
    html = page(sheet([Drift("high", "removed", evil, evil)], (evil, evil), "What"))
    assert "Something breaks." in html
    assert "<script" not in html


def test_a_description_without_end_is_refused() -> None:
    many: Any = {f"/a{one}": {"get": {"responses": {}}} for one in range(20_001)}
    with pytest.raises(BadSettings, match="more than 20,000"):
        surface([{"openapi": "3.0.0", "paths": many}], "x")


def test_no_operation_of_two_is_no_difference() -> None:
    assert of_surfaces(Surface("a", ""), Surface("b", "")) == []
