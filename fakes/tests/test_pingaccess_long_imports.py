"""Imports that take their time: nothing else goes meanwhile, and they are whole or not there."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.pingaccess.objects.hidden import _sealed
from fakes.tests.pingaccess_core import Admin, good

WORKFLOWS = "/config/import/workflows"
SECRET = "a-secret-of-an-archive"


@pytest.fixture
def admin() -> Admin:
    return Admin(import_lasts_s=60.0)


def archive(name: str = "imported") -> dict[str, Any]:
    """One site, and a secret in the clear."""
    other = Admin()
    other.add("/sites", {"name": name, "targets": ["a.example.com:443"]})
    found: dict[str, Any] = other.get("/config/export")
    found["data"]["pingFederateAdmin"] = {
        "adminPassword": {"value": SECRET},
        "host": "pf.example.com",
        "port": 9999,
    }
    return found


def begun(admin: Admin, body: Any = None) -> int:
    """The id of an import that has begun."""
    told = good(admin.send("POST", WORKFLOWS, body or archive(), query="failFast=false"))
    assert told["status"] == "In Progress"
    return int(told["id"])


def test_an_import_is_in_progress_until_its_time_has_come(admin: Admin) -> None:
    key = begun(admin)
    admin.clock.advance(59)
    assert admin.get(f"{WORKFLOWS}/{key}")["status"] == "In Progress"
    assert [one["status"] for one in admin.items(WORKFLOWS)] == ["In Progress"]
    admin.clock.advance(1)
    assert admin.get(f"{WORKFLOWS}/{key}")["status"] == "Complete"
    assert [site["name"] for site in admin.items("/sites")] == ["imported"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/sites"),
        ("POST", "/sites"),
        ("PUT", "/virtualhosts/1"),
        ("DELETE", "/virtualhosts/1"),
        ("GET", "/config/export"),
        ("POST", "/config/import"),
        ("POST", WORKFLOWS),
        ("PUT", "/environment"),
    ],
)
def test_nothing_is_read_or_changed_meanwhile(admin: Admin, method: str, path: str) -> None:
    admin.add("/sites", {"name": "before", "targets": ["a.example.com:443"]})
    key = begun(admin)
    before = admin.fake.store.snapshot()
    answer = admin.send(method, path, {} if method in {"POST", "PUT"} else ...)
    assert answer.status == 422
    assert "in progress" in answer.json()["flash"][0]
    assert admin.fake.store.snapshot() == before
    assert admin.send("GET", "/version").status == 200
    admin.clock.advance(60)
    assert admin.get(f"{WORKFLOWS}/{key}")["status"] == "Complete"
    assert [site["name"] for site in admin.items("/sites")] == ["imported"]


def test_an_import_that_fails_leaves_everything_as_it_was(admin: Admin) -> None:
    admin.add("/sites", {"name": "before", "targets": ["a.example.com:443"]})
    body = archive()
    body["data"]["sites"][0]["trustedCertificateGroupId"] = 99
    key = begun(admin, body)
    admin.clock.advance(60)
    ended = admin.get(f"{WORKFLOWS}/{key}")
    assert ended["status"] == "Failed"
    assert ended["apiErrorView"]["form"]
    assert [site["name"] for site in admin.items("/sites")] == ["before"]


def test_an_import_that_waits_holds_no_secret_in_the_clear(admin: Admin) -> None:
    begun(admin)
    assert SECRET not in str(admin.fake.store.snapshot())


def test_what_is_laid_aside_comes_back_with_a_snapshot(admin: Admin) -> None:
    key = begun(admin)
    moment = admin.fake.snapshot()
    admin.clock.advance(60)
    assert admin.get(f"{WORKFLOWS}/{key}")["status"] == "Complete"
    admin.fake.restore(moment)
    assert admin.get(f"{WORKFLOWS}/{key}")["status"] == "Complete", "the clock has gone on"
    assert [site["name"] for site in admin.items("/sites")] == ["imported"]


def test_nothing_of_an_archive_is_in_the_clear_meanwhile(admin: Admin) -> None:
    """Nor what only a descriptor knows to be secret, nor the keys of the host that wrote it."""
    body = {**archive(), "encryptionKey": {"k": "canary-key"}}
    body["data"]["siteAuthenticators"] = [{"configuration": {"password": "canary-text"}}]
    begun(admin, body)
    assert "canary" not in str(admin.fake.store.snapshot())


def test_a_long_archive_is_not_remembered_in_the_clear() -> None:
    hidden = Admin().fake.state.hidden
    before = _sealed.cache_info().currsize
    assert hidden.open(hidden.seal("x" * 65_537)) == "x" * 65_537
    assert _sealed.cache_info().currsize == before
