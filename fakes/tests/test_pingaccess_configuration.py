"""Export and import, on the vendor's public exports where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fakes.tests.pingaccess_core import Admin, good

CONFIGS = Path(__file__).parents[3] / "shared/configs"
ARCHIVES = sorted(CONFIGS.glob("*.json"))
LISTS = {
    "applications": "/applications",
    "resources": "/applications/resources",
    "rules": "/rules",
    "sites": "/sites",
    "virtualHosts": "/virtualhosts",
    "webSessions": "/webSessions",
}
every_archive = pytest.mark.parametrize("path", ARCHIVES, ids=lambda path: path.stem)


@pytest.fixture
def admin() -> Admin:
    return Admin()


def imported(admin: Admin, archive: Any, query: str = "failFast=false") -> Any:
    """How the workflow of an import ended."""
    answer = admin.send("POST", "/config/import/workflows", archive, query=query)
    begun = good(answer)
    assert begun["status"] == "In Progress"
    return admin.get(f"/config/import/workflows/{begun['id']}")


def test_a_concealed_field_in_the_clear_is_sealed_by_an_import(admin: Admin) -> None:
    """SPEC plugin configurations: CONCEALED; an archive of another product may have it as text."""
    archive = admin.get("/config/export")
    archive["data"]["siteAuthenticators"] = [
        {
            "id": 7,
            "name": "basic",
            "className": "com.pingidentity.pa.siteauthenticators.BasicAuthTargetSiteAuthenticator",
            "configuration": {"username": "ada", "password": "canary-in-the-clear"},
        }
    ]
    assert imported(admin, archive)["status"] == "Complete"
    shown = admin.get("/siteAuthenticators/7")["configuration"]
    assert shown["password"].keys() == {"encryptedValue"}
    assert "canary" not in json.dumps(admin.fake.store.snapshot(), default=str)
    assert "canary" not in json.dumps(admin.get("/config/export"))


def test_the_oldest_workflow_makes_room() -> None:
    admin = Admin(workflows_most=2)
    path = "/config/export/workflows"
    made = [good(admin.send("POST", path))["id"] for _ in range(3)]
    assert [one["id"] for one in admin.items(path)] == made[1:] == [2, 3]
    assert admin.send("GET", f"{path}/{made[0]}/data").status == 404


def test_an_import_complains_of_what_is_wrong_deep_in_a_setting(admin: Admin) -> None:
    archive = admin.get("/config/export")
    attributes = {"enabled": True, "administrator": {"attributes": [5]}}
    archive["data"]["adminAuthOAuth"] = {"roleMapping": attributes}
    member = "data.adminAuthOAuth.roleMapping.administrator.attributes[0]"
    assert admin.refused("POST", "/config/import", archive).keys() == {member}


def without_secrets(value: Any) -> Any:
    """`value` with every hidden field blanked: an import seals plain ones."""
    if isinstance(value, list):
        return [without_secrets(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value and value.keys() <= {"value", "encryptedValue"}:
        return "secret"
    return {name: without_secrets(one) for name, one in value.items()}


def holds(shown: Any, held: Any) -> bool:
    """Whether everything in `held` is in `shown`, which may have more members."""
    if isinstance(held, dict):
        return all(name in shown and holds(shown[name], value) for name, value in held.items())
    if isinstance(held, list):
        return len(shown) == len(held) and all(map(holds, shown, held))
    return bool(shown == held)


@every_archive
def test_an_archive_brings_up_its_objects(admin: Admin, path: Path) -> None:
    archive = json.loads(path.read_text("utf-8"))
    admin.application("/gone")
    ended = imported(admin, archive)
    assert (ended["status"], ended["apiErrorView"]) == ("Complete", None)
    for section, collection in LISTS.items():
        held = {item["id"]: item for item in archive["data"].get(section, [])}
        shown = {item["id"]: item for item in admin.items(collection)}
        assert shown.keys() == held.keys()
        for key, item in held.items():
            assert holds(without_secrets(shown[key]), without_secrets(item)), (section, key)


@every_archive
def test_an_archive_is_exported_again(admin: Admin, path: Path) -> None:
    archive = json.loads(path.read_text("utf-8"))
    imported(admin, archive)
    exported = admin.get("/config/export")
    assert exported["version"] == admin.fake.state.behaviour.version
    for section, held in archive["data"].items():
        again = exported["data"][section]
        if isinstance(held, dict):
            assert without_secrets(again) == without_secrets(held), section
            continue
        shown = {item["id"]: without_secrets(item) for item in again}
        for item in held:
            assert holds(shown[item["id"]], without_secrets(item)), (section, item["id"])
    assert imported(admin, exported)["status"] == "Complete"
    assert admin.get("/config/export") == exported


@every_archive
def test_a_risk_policy_works_on_top_of_an_archive(admin: Admin, path: Path) -> None:
    imported(admin, json.loads(path.read_text("utf-8")))
    web = [app for app in admin.items("/applications") if app["applicationType"] == "Web"]
    hosts = [admin.items("/virtualhosts")[0]["id"]]
    shop = web[0] if web else admin.application(virtualHostIds=hosts)
    policy, session = admin.risk_policy(), admin.web_session()
    carried = {"riskPolicyId": policy["id"], "webSessionId": session["id"]}
    assert admin.update(f"/applications/{shop['id']}", {**shop, **carried})["riskPolicyId"]
    admin.refused("DELETE", f"/riskPolicies/{policy['id']}")
    exported = admin.get("/config/export")
    admin.fake.reset()
    assert imported(admin, exported)["status"] == "Complete"
    assert admin.get(f"/riskPolicies/{policy['id']}") == policy
    assert admin.items("/applications", f"riskPolicyId={policy['id']}")


def test_a_workflow_exports_what_the_direct_export_does(admin: Admin) -> None:
    admin.application(webSessionId=admin.web_session()["id"])
    begun = good(admin.send("POST", "/config/export/workflows"))
    ended = admin.get(f"/config/export/workflows/{begun['id']}")
    assert ended["status"] == "Complete"
    assert admin.items("/config/export/workflows") == [ended]
    archive = admin.get(f"/config/export/workflows/{begun['id']}/data")
    assert archive == admin.get("/config/export")
    assert "users" not in archive["data"]
    assert "web-session-secret" not in json.dumps(archive)


def test_a_failed_import_says_why_and_changes_nothing(admin: Admin) -> None:
    shop = admin.application()
    archive = admin.get("/config/export")
    before = {name: dict(table.rows) for name, table in admin.fake.store.tables.items()}
    archive["data"]["applications"][0].update(siteId=99, virtualHostIds=[98])
    archive["data"]["sites"] = [{"id": 1, "name": "s"}]
    ended = imported(admin, archive)
    assert ended["status"] == "Failed"
    assert len(ended["apiErrorView"]["form"]) == 3
    first = imported(admin, archive, "failFast=true")
    assert len(first["apiErrorView"]["form"]) == 1
    assert admin.refused("POST", "/config/import", archive)
    after = {name: dict(table.rows) for name, table in admin.fake.store.tables.items()}
    del after["importWorkflows"]
    assert after == before
    assert admin.get(f"/applications/{shop['id']}") == shop


@pytest.mark.parametrize("version", ["99.0.0.0", "4.3.0.0", "x", None])
def test_an_archive_of_a_release_that_does_not_fit_is_refused(
    admin: Admin, version: str | None
) -> None:
    archive = {**admin.get("/config/export"), "version": version}
    assert imported(admin, archive)["status"] == "Failed"
    assert "version" in admin.refused("POST", "/config/import", archive)


def test_an_import_reverts_passwords_and_keeps_users(admin: Admin) -> None:
    archive = admin.get("/config/export")
    change = {"currentPassword": "2Access", "newPassword": "2FederateM0re"}
    assert admin.send("PUT", "/users/1/password", change).status == 200
    login = ("Administrator", "2FederateM0re")
    assert admin.send("POST", "/config/import", archive, login=login).status == 200
    assert admin.send("GET", "/version", login=login).status == 401
    assert admin.get("/users/1")["username"] == "Administrator"


def test_new_ids_are_free_after_an_import(admin: Admin) -> None:
    admin.application("/a")
    admin.application("/b")
    archive = admin.get("/config/export")
    admin.fake.reset()
    imported(admin, archive)
    assert admin.application("/c")["id"] == 3


@pytest.mark.parametrize("query", ["failFast=maybe", "failFast=1"])
def test_fail_fast_is_true_or_false(admin: Admin, query: str) -> None:
    answer = admin.send("POST", "/config/import/workflows", {}, query=query)
    assert answer.status == 422
    assert set(answer.json()["form"]) == {"failFast"}


def test_a_workflow_that_nobody_began_is_404(admin: Admin) -> None:
    for path in ("import/workflows/7", "export/workflows/x", "export/workflows/7/data"):
        assert admin.send("GET", f"/config/{path}").status == 404


def test_a_group_that_a_kept_section_uses_cannot_be_deleted(admin: Admin) -> None:
    group = admin.add("/trustedCertificateGroups", {"name": "g"})
    archive = admin.get("/config/export")
    archive["data"]["pingFederateRuntime"] = {"trustedCertificateGroupId": group["id"]}
    archive["data"]["reservedApplication"] = {"contextRoot": "/reserved"}
    assert imported(admin, archive)["status"] == "Complete"
    assert admin.refused("DELETE", f"/trustedCertificateGroups/{group['id']}") == {}
    reserved = {"name": "r", "contextRoot": "/reserved", "virtualHostIds": [1]}
    assert "contextRoot" in admin.refused("POST", "/applications", reserved)
    admin.application("/pa")
