"""What the product keeps for itself: key sets, its licence, and backups of everything."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from typing import Any
from zipfile import ZipFile

import pytest

from fakes.pingaccess.archives.sections import SECTIONS
from fakes.pingaccess.system.licence import MEMBERS
from fakes.tests.pingaccess_bodies import SECRET
from fakes.tests.pingaccess_core import FACTORY, Admin, good

SETTINGS = ("/authTokenManagement", "/oauthKeyManagement", "/webSessionManagement")
HOUR_S = 3600


@pytest.fixture
def admin() -> Admin:
    return Admin()


def key_set(admin: Admin, path: str = SETTINGS[0]) -> Any:
    return admin.get(f"{path}/keySet")


def keys_of(admin: Admin, shown: Any) -> list[Any]:
    """The keys in a key set, which only the host can see."""
    held = admin.fake.state.hidden.bound_to(shown["nonce"]).open(shown["keySet"])
    assert held is not None
    keys = json.loads(held)["keys"]
    assert isinstance(keys, list)
    return keys


@pytest.mark.parametrize("path", SETTINGS)
def test_a_key_set_is_sealed_and_bound_to_its_nonce(admin: Admin, path: str) -> None:
    shown = key_set(admin, path)
    assert shown == key_set(admin, path)
    (key,) = keys_of(admin, shown)
    assert (key["kty"], key["crv"]) == ("EC", "P-256")
    assert admin.fake.state.hidden.open(shown["keySet"]) is None
    for text in (key["d"], key["x"]):
        assert text not in repr(admin.fake.state.store.snapshot())
        assert text.encode() not in admin.send("GET", f"{path}/keySet").body
    sets = [key_set(admin, one) for one in SETTINGS]
    assert len({one["nonce"] for one in sets}) == len({one["keySet"] for one in sets}) == 3


@pytest.mark.parametrize(("name", "bits"), [("P-384", 384), ("P-521", 521)])
def test_a_key_lies_on_the_curve_that_the_setting_names(name: str, bits: int) -> None:
    admin = Admin()
    admin.update(SETTINGS[0], {"signingAlgorithm": name})
    (key,) = keys_of(admin, key_set(admin))
    assert key["crv"] == f"P-{bits}"


@pytest.mark.parametrize("path", SETTINGS)
def test_a_key_set_comes_back_to_its_host(path: str) -> None:
    first, second = Admin(), Admin()
    path = f"{path}/keySet"
    first.clock.advance(48 * HOUR_S)
    first.get(path)
    first.clock.advance(48 * HOUR_S)
    rolled = first.get(path)
    assert rolled != second.get(path)
    assert second.update(path, rolled) == rolled == second.get(path)


@pytest.mark.parametrize("spoilt", ["nonce", "keySet", "both swapped", "cut", "hidden", "empty"])
def test_a_key_set_that_cannot_be_opened_is_refused(admin: Admin, spoilt: str) -> None:
    before, other = key_set(admin), key_set(admin, SETTINGS[1])
    sent = {
        "nonce": {**before, "nonce": other["nonce"]},
        "keySet": {**before, "keySet": other["keySet"]},
        "both swapped": {"nonce": before["keySet"], "keySet": before["nonce"]},
        "cut": {**before, "keySet": before["keySet"][:-1]},
        "hidden": {**before, "keySet": admin.fake.state.hidden.seal('{"keys":[]}')},
        "empty": {"nonce": "", "keySet": None},
    }[spoilt]
    path = f"{SETTINGS[0]}/keySet"
    members = {"nonce", "keySet"} if spoilt == "empty" else {"keySet"}
    assert set(admin.refused("PUT", path, sent)) == members
    assert key_set(admin) == before


def test_whether_a_key_set_is_refused_is_chosen() -> None:
    path = f"{SETTINGS[0]}/keySet"
    for decisions, status in (({}, 200), ({"key_set_of_its_setting": True}, 422)):
        admin = Admin(**decisions)
        assert admin.send("PUT", path, key_set(admin, SETTINGS[1])).status == status
        assert admin.send("PUT", path, key_set(admin)).status == 200
    careless = Admin(key_set_refused=False)
    before = key_set(careless)
    assert careless.update(path, {**before, "nonce": "other"}) == before


def test_keys_are_rolled_at_their_interval(admin: Admin) -> None:
    seen = [keys_of(admin, key_set(admin))]
    for hours in (23, 1, 24, 72, 1_000_000):
        admin.clock.advance(hours * HOUR_S)
        seen.append(keys_of(admin, key_set(admin)))
    first, same, second, third, much_later, last = ([one["kid"] for one in keys] for keys in seen)
    assert same == first == ["authTokenMgmt/1"]
    assert second == ["authTokenMgmt/2", "authTokenMgmt/1"]
    assert third == ["authTokenMgmt/3", "authTokenMgmt/2"]
    assert much_later == ["authTokenMgmt/6", "authTokenMgmt/5"]
    assert len(last) == 2


def test_keys_stay_where_they_are_not_to_be_rolled() -> None:
    for decisions, setting in (({}, {"keyRollEnabled": False}), ({"key_sets_roll": False}, {})):
        admin = Admin(**decisions)
        admin.update(SETTINGS[0], setting)
        before = key_set(admin)
        admin.clock.advance(100 * HOUR_S)
        assert key_set(admin) == before
    longer = Admin(key_set_size=3)
    for _ in range(4):
        count = len(keys_of(longer, key_set(longer)))
        longer.clock.advance(24 * HOUR_S)
    assert count == 3


def test_no_archive_holds_a_signing_key_and_an_import_leaves_them(admin: Admin) -> None:
    admin.clock.advance(24 * HOUR_S)
    before = key_set(admin)
    archive = admin.get("/config/export")
    assert "keySets" not in archive["data"]
    assert "keySets" not in {section.table for section in SECTIONS}
    assert admin.send("POST", "/config/import", archive).status == 200
    assert key_set(admin) == before


FILE = {
    "ID": "123",
    "Organization": "Example Corp",
    "Product": "PingAccess",
    "Version": "7.3",
    "IssueDate": "2025-01-01",
    "EnforcementType": "3",
    "ExpirationDate": "2026-12-31",
    "MaxApplications": "12000000000",
    "Tier": "Free",
    "SignCode": "FF0F",
    "Signature": "302C0214",
}


def sent(**changes: str | None) -> dict[str, str]:
    """A licence file as it is sent; what is None is left out."""
    lines = {name: value for name, value in (FILE | changes).items() if value is not None}
    text = "#comment=1\n" + "".join(f"{name}={value}\n" for name, value in lines.items())
    return {"fileData": b64encode(text.encode()).decode()}


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_licence_is_imported_and_shown(admin: Admin, method: str) -> None:
    assert admin.get("/license")["version"] == admin.fake.state.behaviour.version[:3]
    stored = good(admin.send(method, "/license", sent()))
    assert stored == {
        "tier": "Free",
        "maxApplications": 12_000_000_000,
        "product": "PingAccess",
        "version": "7.3",
        "organization": "Example Corp",
        "enforcementType": 3,
        "expirationDate": "2026-12-31",
        "issueDate": "2025-01-01",
        "name": "",
        "id": 123,
    }
    assert admin.get("/license") == stored
    assert admin.send("POST", "/config/import", admin.get("/config/export")).status == 200
    assert admin.get("/license") == stored
    second = good(admin.send(method, "/license", sent(Organization=None, Name="Ada", Tier="Gold")))
    assert (second["name"], second["organization"], second["tier"]) == ("Ada", "", "Gold")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"fileData": "%"}, "not a licence"),
        ({"fileData": "AAECA/8="}, "not a licence"),
        ({"fileData": b64encode(b"any text\n").decode()}, "not a licence"),
        ({"fileData": b64encode(b"ID=1\n" + b"#" * 70_000).decode()}, "not a licence"),
        (sent(ID=None, Tier=None), "lacks tier, id"),
        (sent(Organization=None), "lacks organization or name"),
        (sent(MaxApplications="many"), "maxApplications is not a number"),
        (sent(ID="\u0663"), "id is not a number"),
        (sent(IssueDate="yesterday"), "issueDate is not a date"),
        (sent(Product="PingFederate"), "another product"),
        (sent(ExpirationDate="2025-12-31"), "expired"),
        ({}, "must not be null"),
        ({"fileData": []}, "must be text"),
    ],
    ids=range(13),
)
def test_what_is_no_licence_is_refused(admin: Admin, body: Any, why: str) -> None:
    before = admin.get("/license")
    form = admin.refused("PUT", "/license", body)
    assert set(form) == {"fileData"}
    assert why in form["fileData"][0]
    assert admin.get("/license") == before


def test_what_of_a_licence_is_checked_is_chosen() -> None:
    wrong = sent(Product="PingFederate", ExpirationDate="2025-12-31")
    assert len(Admin().refused("PUT", "/license", wrong)["fileData"]) == 2
    careless = Admin(license_checks=frozenset(), license_file_bytes=100_000)
    assert careless.send("PUT", "/license", wrong).status == 200
    assert careless.send("PUT", "/license", sent(Other="x" * 70_000)).status == 200
    other = (*careless.fake.state.behaviour.license_first, ("tier", "Gold"))
    assert Admin(license_first=other).get("/license")["tier"] == "Gold"
    assert tuple(Admin().get("/license")) == MEMBERS


def test_a_licence_is_good_until_the_end_of_its_day(admin: Admin) -> None:
    admin.clock.advance(24 * HOUR_S - 1)
    assert admin.send("PUT", "/license", sent(ExpirationDate="2026-01-01")).status == 200
    admin.clock.advance(1)
    assert admin.send("PUT", "/license", sent(ExpirationDate="2026-01-01")).status == 422


def test_a_backup_is_a_zip_with_a_name_and_the_configuration(admin: Admin) -> None:
    admin.connection()
    admin.add("/sharedSecrets", {"secret": {"value": SECRET}})
    admin.clock.advance(3661)
    answer = admin.send("GET", "/backup")
    headers = dict(answer.headers)
    assert (answer.status, headers["Content-Type"]) == (200, "application/zip")
    name = 'attachment; filename="pa-data-2026-01-01.01.01.01.zip"'
    assert headers["Content-Disposition"] == name
    with ZipFile(io.BytesIO(answer.body)) as archive:
        (entry,) = archive.infolist()
        assert (entry.filename, entry.date_time) == ("data.json", (2026, 1, 1, 1, 1, 0))
        content = archive.read(entry)
    assert json.loads(content) == admin.get("/config/export")
    for text in (SECRET, FACTORY[1], "sha256"):
        assert text.encode() not in content
    assert answer.body == admin.send("GET", "/backup").body
