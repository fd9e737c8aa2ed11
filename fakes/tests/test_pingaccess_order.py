"""ACME servers, virtual resources, and the order in which resources are tried."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.pingaccess.acme.servers import SERVERS
from fakes.tests.pingaccess_core import Admin, good

PUBLIC, STAGING = (server["id"] for server in SERVERS)
GENERATORS = "/applications/resources/responseGenerators/descriptors"


@pytest.fixture
def admin() -> Admin:
    return Admin()


def shop_of(admin: Admin, *paths: str) -> tuple[Any, dict[str, int]]:
    """An application, and the ids of its resources by path."""
    shop = admin.application()
    ids = {path: admin.resource(shop, path)["id"] for path in paths}
    (root,) = (
        one for one in admin.items(f"/applications/{shop['id']}/resources") if one["rootResource"]
    )
    return shop, {**ids, "/*": root["id"]}


def auto(admin: Admin, shop: Any) -> list[int]:
    ids: list[int] = admin.get(f"/applications/{shop['id']}/resources/autoOrder")["resourceIds"]
    return ids


def entries(admin: Admin, shop: Any) -> list[Any]:
    path = f"/applications/{shop['id']}/resourceMatchingEvaluationOrder"
    found = admin.get(path)["entries"]
    assert isinstance(found, list)
    return found


SPECIFIC = ("/images/logo.png", "/images/deep/*", "/images/*", "/*.png", "/*")
"""From the most specific on: what has no wildcard, then the longest text before one."""


@pytest.mark.parametrize("made", [SPECIFIC[:-1], SPECIFIC[-2::-1]])
def test_the_most_specific_resource_comes_first(admin: Admin, made: tuple[str, ...]) -> None:
    shop, ids = shop_of(admin, *made)
    assert auto(admin, shop) == [ids[path] for path in SPECIFIC]
    assert [one["pattern"] for one in entries(admin, shop)] == list(SPECIFIC)


def test_patterns_are_tried_one_by_one_whatever_resource_they_are_of(admin: Admin) -> None:
    shop = admin.application()
    patterns = [{"pattern": "/a/*"}, {"pattern": "/exact"}]
    both = admin.resource(shop, "/both", pathPatterns=patterns)
    middle = admin.resource(shop, "/a/b/*")
    order = [(one["pattern"], one["link"]["id"]) for one in entries(admin, shop)]
    assert order[:3] == [
        ("/exact", str(both["id"])),
        ("/a/b/*", str(middle["id"])),
        ("/a/*", str(both["id"])),
    ]
    assert auto(admin, shop)[:2] == [both["id"], middle["id"]]


def test_an_entry_says_what_it_is_of(admin: Admin) -> None:
    shop, ids = shop_of(admin, "/pay")
    assert entries(admin, shop)[0] == {
        "name": "/pay",
        "type": "ApplicationResource",
        "link": {
            "id": str(ids["/pay"]),
            "location": "https://localhost:9000/pa-admin-api/v3"
            f"/applications/{shop['id']}/resources/{ids['/pay']}",
        },
        "methods": ["*"],
        "pattern": "/pay",
        "patternType": "WILDCARD",
    }


def test_a_manual_order_is_kept_to(admin: Admin) -> None:
    shop, ids = shop_of(admin, "/a/*", "/b", "/c")
    manual = [ids["/*"], ids["/c"], ids["/a/*"], ids["/b"]]
    body = {**shop, "manualOrderingEnabled": True, "resourceOrder": manual}
    admin.update(f"/applications/{shop['id']}", body)
    assert [int(one["link"]["id"]) for one in entries(admin, shop)] == manual
    assert auto(admin, shop) == [ids[path] for path in ("/b", "/c", "/a/*", "/*")]


@pytest.mark.parametrize(
    ("place", "order"),
    [("last", ["/b", "/a/*", "/.+", "/*"]), ("before wildcards", ["/b", "/.+", "/a/*", "/*"])],
)
def test_where_expressions_stand_is_chosen(place: str, order: list[str]) -> None:
    admin = Admin(order_expressions=place)
    shop, ids = shop_of(admin, "/a/*", "/b")
    manual = {"manualOrderingEnabled": True, "resourceOrder": list(ids.values())}
    admin.update(f"/applications/{shop['id']}", {**shop, **manual})
    expression = admin.resource(shop, "/.+", pathPatterns=[{"pattern": "/.+", "type": "REGEX"}])
    ids["/.+"] = expression["id"]
    assert auto(admin, shop) == [ids[path] for path in order]
    queried = {"params": [{"name": {"pattern": "q"}, "value": {"matchAny": True}}]}
    asked = admin.resource(shop, "/b?", pathPatterns=[{"pattern": "/b"}], queryParamConfig=queried)
    assert auto(admin, shop)[:2] == [asked["id"], ids["/b"]]


def test_where_unprotected_and_disabled_resources_stand_is_chosen() -> None:
    for decisions, patterns in (
        ({}, ["/open/*", "/off", "/*"]),
        ({"order_unprotected": "last"}, ["/off", "/*", "/open/*"]),
        ({"order_unprotected": "none", "order_disabled": False}, ["/*"]),
    ):
        admin = Admin(**decisions)
        shop = admin.application()
        admin.resource(shop, "/off", enabled=False)
        for name, path, enabled in (("open", "/open/*", True), ("shut", "/shut/*", False)):
            body = {"name": name, "wildcardPath": path, "enabled": enabled}
            admin.add("/globalUnprotectedResources", body)
        found = entries(admin, shop)
        assert [one["pattern"] for one in found] == patterns
        kinds = {one["pattern"]: one["type"] for one in found}
        assert kinds["/*"] == "ApplicationResource"
        assert kinds.get("/open/*", "GlobalUnprotectedResource") == "GlobalUnprotectedResource"


def test_a_virtual_resource_is_answered_by_a_known_plugin(admin: Admin) -> None:
    shop = admin.application()
    generator = admin.items(GENERATORS)[0]
    assert admin.get(f"{GENERATORS}/{generator['type']}") == generator
    assert admin.send("GET", f"{GENERATORS}/none").status == 404
    path = f"/applications/{shop['id']}/resources"
    body: dict[str, Any] = {
        "name": "moved",
        "methods": ["*"],
        "pathPatterns": [{"pattern": "/old"}],
        "resourceType": "Virtual",
    }
    member = "resourceTypeConfiguration.responseGenerator"
    assert set(admin.refused("POST", path, body)) == {member}
    part = {"className": generator["className"], "configuration": {"url": "https://x.example.com"}}
    for wrong, field in (
        ({**part, "className": "none"}, f"{member}.className"),
        ({**part, "configuration": {}}, f"{member}.configuration.url"),
    ):
        refused = {**body, "resourceTypeConfiguration": {"responseGenerator": wrong}}
        assert set(admin.refused("POST", path, refused)) == {field}
    made = admin.add(path, {**body, "resourceTypeConfiguration": {"responseGenerator": part}})
    shown = made["resourceTypeConfiguration"]["responseGenerator"]["configuration"]
    assert shown == {"responseCode": 302, "url": "https://x.example.com"}


def test_an_archive_may_hold_a_generator_that_is_not_installed(admin: Admin) -> None:
    admin.application()
    archive = admin.get("/config/export")
    resource = archive["data"]["resources"][0]
    resource["resourceType"] = "Virtual"
    unknown = {"className": "com.example.Unknown", "configuration": {"any": 1}}
    resource["resourceTypeConfiguration"] = {"responseGenerator": unknown}
    assert admin.send("POST", "/config/import", archive).status == 200
    kept = admin.items("/applications/resources")[0]["resourceTypeConfiguration"]
    assert kept == {"responseGenerator": unknown}


def test_a_new_product_knows_two_acme_servers(admin: Admin) -> None:
    assert [one["id"] for one in admin.items("/acme/servers")] == [PUBLIC, STAGING]
    location = f"https://localhost:9000/pa-admin-api/v3/acme/servers/{STAGING}"
    assert admin.get("/acme/servers/default") == {"id": STAGING, "location": location}
    data = admin.get("/config/export")["data"]
    assert data["acmeServers"] == list(SERVERS)
    assert data["acmeDefaultServer"] == {"id": STAGING, "location": location}


@pytest.mark.parametrize(
    ("member", "value"),
    [("url", "http://acme.example.com/d"), ("url", "none"), ("url", None), ("name", "")],
)
def test_an_acme_server_has_a_name_and_an_https_url(admin: Admin, member: str, value: Any) -> None:
    body = {"name": "own", "url": "https://acme.example.com/directory"}
    assert set(admin.refused("POST", "/acme/servers", {**body, member: value})) == {member}


def test_the_default_acme_server_is_chosen_and_kept(admin: Admin) -> None:
    chosen = admin.update("/acme/servers/default", {"id": PUBLIC, "location": "ignored"})
    assert chosen["location"].endswith(f"/acme/servers/{PUBLIC}")
    assert admin.get("/acme/servers/default") == chosen
    refusal = admin.send("DELETE", f"/acme/servers/{PUBLIC}")
    assert refusal.status == 422
    assert "Default ACME server" in refusal.json()["flash"][0]
    back = admin.update("/acme/servers/default", {"location": f"https://h/acme/servers/{STAGING}"})
    assert back["id"] == STAGING
    deleted = good(admin.send("DELETE", f"/acme/servers/{PUBLIC}"))
    assert deleted == SERVERS[0]  # a deletion that declares a body (admin API 7.3)
    assert admin.send("DELETE", "/acme/servers/default").status == 405


@pytest.mark.parametrize(
    ("body", "member"),
    [({"id": "none"}, "id"), ({"location": "https://h/none"}, "location"), ({}, "location")],
)
def test_the_default_acme_server_is_one_that_is_there(admin: Admin, body: Any, member: str) -> None:
    assert set(admin.refused("PUT", "/acme/servers/default", body)) == {member}
    assert admin.get("/acme/servers/default")["id"] == STAGING


def test_acme_servers_survive_an_export_and_an_import(admin: Admin) -> None:
    own = admin.add("/acme/servers", {"name": "own", "url": "https://acme.example.com/directory"})
    chosen = admin.update("/acme/servers/default", {"id": own["id"]})
    other = Admin()
    assert other.send("POST", "/config/import", admin.get("/config/export")).status == 200
    assert other.items("/acme/servers") == admin.items("/acme/servers")
    assert other.get("/acme/servers/default") == chosen
