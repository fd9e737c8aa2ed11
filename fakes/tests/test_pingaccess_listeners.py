"""HTTPS listeners, archives with key pairs, and the certificates that nodes expect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fakes.tests.key_pairs import (
    CONFIG,
    OTHER,
    ROOT,
    SHOP,
    certificate_of,
    exported,
    imported,
)
from fakes.tests.pingaccess_core import Admin

CONFIGS = sorted((Path(__file__).parents[3] / "shared/configs").glob("*.json"))


@pytest.fixture
def admin() -> Admin:
    return Admin()


# --- listeners ---


def test_a_new_product_has_five_listeners_each_with_a_key_pair(admin: Admin) -> None:
    listeners = admin.items("/httpsListeners")
    names = ["ADMIN", "ENGINE", "AGENT", "CONFIG QUERY", "SIDEBAND"]
    assert [one["name"] for one in listeners] == names
    assert [one["id"] for one in listeners] == [1, 2, 3, 4, 5]
    for one in listeners:
        pair = admin.get(f"/keyPairs/{one['keyPairId']}")
        assert pair["status"] == "Valid"
        key = exported(admin, pair["id"]).key
        assert key.public_key() == certificate_of(admin, pair["id"]).public_key()
    assert admin.items("/httpsListeners", "sortKey=name")[0]["name"] == "ADMIN"
    assert admin.items("/httpsListeners", "sortKey=id&order=DESC")[0]["id"] == 5


def test_a_listener_takes_another_key_pair_and_waits_for_a_restart(admin: Admin) -> None:
    pair = admin.add("/keyPairs/generate", CONFIG)
    sent = {"name": "ADMIN", "keyPairId": str(pair["id"]), "restartRequired": "false"}
    changed = admin.update("/httpsListeners/1", sent | {"useServerCipherSuiteOrder": "true"})
    assert (changed["keyPairId"], changed["restartRequired"]) == (pair["id"], True)
    assert admin.get("/httpsListeners/1") == changed
    engine = admin.update("/httpsListeners/2", {"name": "ENGINE", "keyPairId": pair["id"]})
    assert engine["restartRequired"] is False
    agent = admin.get("/httpsListeners/3")
    assert admin.update("/httpsListeners/3", agent) == agent
    for key in (0, 99, None):
        form = admin.refused("PUT", "/httpsListeners/1", {"name": "ADMIN", "keyPairId": key})
        assert "keyPairId" in form
    for method, path, status in (
        ("GET", "/httpsListeners/6", 404),
        ("PUT", "/httpsListeners/6", 404),
        ("POST", "/httpsListeners", 405),
        ("DELETE", "/httpsListeners/1", 405),
    ):
        assert admin.send(method, path, {}).status == status


# --- archives ---


def test_key_pairs_and_listeners_survive_export_and_import(admin: Admin) -> None:
    pair = admin.add("/keyPairs/import", imported(SHOP.pkcs12()))
    admin.update("/httpsListeners/1", {"name": "ADMIN", "keyPairId": pair["id"]})
    shown, listeners = admin.items("/keyPairs"), admin.items("/httpsListeners")
    archive = admin.get("/config/export")
    assert archive["data"]["keyPairs"][-1].keys() == {
        "id",
        "alias",
        "fileData",
        "password",
        "hsmProviderId",
    }
    good_import(admin, archive)
    assert admin.items("/keyPairs") == shown
    assert admin.items("/httpsListeners") == listeners
    assert admin.get("/config/export") == archive


def good_import(admin: Admin, archive: Any) -> None:
    answer = admin.send("POST", "/config/import", archive)
    assert answer.status == 200, answer


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_the_key_pairs_of_real_exports_are_read_and_written_again(admin: Admin, path: Path) -> None:
    archive = json.loads(path.read_text("utf-8"))
    good_import(admin, archive)
    again = admin.get("/config/export")["data"]
    assert again["httpsListeners"] == archive["data"]["httpsListeners"]
    for old, new in zip(archive["data"]["keyPairs"], again["keyPairs"], strict=True):
        assert new.keys() == old.keys()
        assert new["fileData"] == old["fileData"]
        shown = admin.get(f"/keyPairs/{old['id']}")
        readable = "value" in old["password"]
        assert shown["status"] == ("NotYetValid" if readable else "Invalid")
        assert shown["alias"] == old["alias"]
        assert ("subjectDn" in shown) == readable
        status = admin.send("GET", f"/keyPairs/{old['id']}/csr").status
        assert status == (200 if readable else 422)
    assert len(admin.items("/httpsListeners")) == 5


def test_an_archive_whose_key_pair_does_not_open_is_refused(admin: Admin) -> None:
    archive = admin.get("/config/export")
    archive["data"]["keyPairs"][0]["password"] = {"value": "wrong"}
    form = admin.refused("POST", "/config/import", archive)
    assert form == {"data.keyPairs[id=1].password": ["does not open the file"]}


def test_an_archive_whose_listener_points_at_no_key_pair_is_refused(admin: Admin) -> None:
    archive = admin.get("/config/export")
    archive["data"]["httpsListeners"][2]["keyPairId"] = 99
    assert "data.httpsListeners[id=3].keyPairId" in admin.refused("POST", "/config/import", archive)


# --- what engines and agents can be told to expect ---


@pytest.mark.parametrize("path", ["/engines/certificates", "/agents/certificates"])
def test_every_certificate_is_there_once_with_where_it_was_found(admin: Admin, path: str) -> None:
    pair = admin.add("/keyPairs/import", imported(SHOP.pkcs12()))
    admin.add("/certificates", {"alias": "root", "fileData": ROOT.data})
    admin.add("/certificates", {"alias": "other", "fileData": OTHER.data})
    flags = {
        one["subjectCn"]: (one["keyPair"], one["chainCertificate"], one["trustedCertificate"])
        for one in admin.items(path, "numberPerPage=20&page=1")
        if one["subjectCn"] != "localhost"
    }
    assert flags == {
        "shop.example.com": (True, False, False),
        "Issuer": (False, True, False),
        "Root": (False, True, True),
        "Other root": (False, False, True),
    }
    assert admin.items(path, "alias=imported")[0]["id"] == pair["id"]
    assert [one["alias"] for one in admin.items(path, "filter=oth")] == ["other"]
    for one in admin.items(path):
        assert admin.get(f"{path}/{one['id']}") == one
    assert admin.send("GET", f"{path}/999").status == 404


@pytest.mark.parametrize("path", ["/engines", "/agents"])
def test_an_engine_or_agent_expects_a_certificate_that_is_there(admin: Admin, path: str) -> None:
    body: dict[str, Any] = {"name": "node"}
    if path == "/agents":
        secret = admin.add("/sharedSecrets", {"secret": {"value": "a secret of an agent"}})
        body |= {"hostname": "agent.example.com", "port": 3030, "sharedSecretIds": [secret["id"]]}
    pair = admin.get("/keyPairs/4")
    node = admin.add(path, {**body, "selectedCertificateId": 4})
    assert node["certificateHash"] == {"algorithm": "SHA1", "hexValue": pair["sha1sum"]}
    where = f"{path}/{node['id']}"
    assert admin.update(where, {**body, "selectedCertificateId": 0})["certificateHash"] is None
    form = admin.refused("PUT", where, {**body, "selectedCertificateId": 99})
    assert form.keys() == {"selectedCertificateId"}
