"""The collections beside the main flow, and the settings: made, read, changed, in use, exported."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fakes.pingaccess.system.choices import CHOICES
from fakes.tests.pingaccess_bodies import BESIDE, NAMELESS, SECRET, SETTINGS, shared_secret
from fakes.tests.pingaccess_core import Admin, good

PATHS = BESIDE | NAMELESS
UNCHANGED = {"/defaults/entities/application", "/auth/basic"}
"""Their bodies say what a new product has."""
COMPLETED = {"logCategories", "accessTokenValidator"}
"""Members in which defaults are filled in."""


@pytest.fixture
def admin() -> Admin:
    return Admin()


@pytest.mark.parametrize("path", PATHS)
def test_what_is_added_is_read_listed_and_deleted(admin: Admin, path: str) -> None:
    made = admin.add(path, PATHS[path](admin, "first"))
    one = f"{path}/{made['id']}"
    assert admin.get(one) == made
    assert made in admin.items(path)
    assert admin.send("DELETE", one).status == 200
    assert admin.send("GET", one).status == 404
    assert made not in admin.items(path)


@pytest.mark.parametrize("path", BESIDE)
def test_a_name_is_changed_and_taken_once(admin: Admin, path: str) -> None:
    body = BESIDE[path](admin, "first")
    made = admin.add(path, body)
    other = {**BESIDE[path](admin, "first")}
    assert "name" in admin.refused("POST", path, other)
    stored = admin.update(f"{path}/{made['id']}", {**body, "name": "second"})
    assert (stored["name"], stored["id"]) == ("second", made["id"])
    assert admin.get(f"{path}/{made['id']}") == stored
    assert admin.items(path, "name=second") == [stored]


@pytest.mark.parametrize("path", [*PATHS, *SETTINGS])
def test_no_secret_is_ever_read(admin: Admin, path: str) -> None:
    if path in SETTINGS:
        answers = [admin.send("PUT", path, SETTINGS[path]), admin.send("GET", path)]
    else:
        made = admin.send("POST", path, PATHS[path](admin, "first"))
        answers = [made, admin.send("GET", path)]
    exported = admin.send("GET", "/config/export")
    for answer in (*answers, exported):
        assert answer.status == 200
        assert SECRET.encode() not in answer.body


@pytest.mark.parametrize("path", SETTINGS)
def test_a_setting_is_replaced_read_and_set_back(admin: Admin, path: str) -> None:
    new = admin.get(path)
    stored = admin.update(path, SETTINGS[path])
    assert stored.keys() == new.keys()
    for name, value in SETTINGS[path].items():
        if SECRET not in json.dumps(value) and name not in COMPLETED:
            assert stored[name] == value
    assert admin.get(path) == stored
    assert (stored != new) == (path not in UNCHANGED)
    assert admin.send("DELETE", path).status == 200
    assert admin.get(path) == new


@pytest.mark.parametrize("path", SETTINGS)
def test_a_refused_setting_stays_as_it_was(admin: Admin, path: str) -> None:
    before = admin.update(path, SETTINGS[path])
    assert admin.send("PUT", path, {**before, "nonsense": 1}).status == 422
    assert admin.send("PUT", path, []).status == 422
    assert admin.get(path) == before


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/agents", {"sharedSecretIds": [99]}, "sharedSecretIds"),
        ("/agents", {"failoverHosts": ["nowhere"]}, "failoverHosts"),
        ("/agents", {"unknownResourceMode": "SOMETIMES"}, "unknownResourceMode"),
        ("/agents", {"ipSource": {}}, "ipSource.headerNameList"),
        ("/engines", {"httpProxyId": 99}, "httpProxyId"),
        ("/proxies", {"host": "*"}, "host"),
        ("/proxies", {"port": 0}, "port"),
        ("/thirdPartyServices", {"targets": []}, "targets"),
        ("/thirdPartyServices", {"availabilityProfileId": 99}, "availabilityProfileId"),
        ("/engineListeners", {"port": 3000}, "port"),
        ("/engineListeners", {"trustedCertificateGroupId": 99}, "trustedCertificateGroupId"),
        ("/authnReqLists", {"authnReqs": []}, "authnReqs"),
        (
            "/sidebandClients",
            {"clientCredentials": [{}]},
            "clientCredentials[0].sharedSecretConfig",
        ),
        ("/redirects", {"responseCode": 200}, "responseCode"),
        ("/identityMappings", {"className": "none"}, "className"),
        ("/accessTokenValidators", {"configuration": {}}, "configuration.path"),
    ],
)
def test_a_refusal_names_the_member(admin: Admin, path: str, body: Any, field: str) -> None:
    form = admin.refused("POST", path, {**PATHS[path](admin, "first"), **body})
    prefix = Admin().fake.state.behaviour.plugin_problem_prefix
    assert field.replace("configuration.", prefix) in form


@pytest.mark.parametrize(
    ("used", "path", "body"),
    [
        ("/proxies", "/engines", {"httpsProxyId": "ID"}),
        ("/sharedSecrets", "/agents", {"sharedSecretIds": ["ID"]}),
        ("/siteAuthenticators", "/sites", {"siteAuthenticatorIds": ["ID"]}),
        ("/agents", "/applications", {"agentId": "ID", "destination": "Agent"}),
        ("/sidebandClients", "/applications", {"sidebandClientId": "ID"}),
        ("/identityMappings", "/applications", {"identityMappingIds": {"Web": "ID", "API": 0}}),
        ("/accessTokenValidators", "/applications", {"accessValidatorId": "ID"}),
        ("/highAvailability/availabilityProfiles", "/sites", {"availabilityProfileId": "ID"}),
        ("/highAvailability/loadBalancingStrategies", "/sites", {"loadBalancingStrategyId": "ID"}),
    ],
)
def test_what_is_in_use_is_not_deleted(admin: Admin, used: str, path: str, body: Any) -> None:
    made = admin.add(used, PATHS[used](admin, "used"))
    others: dict[str, Any] = {
        "/sites": {"name": "user", "targets": ["a.example.com:443"]},
        "/applications": {"name": "user", "contextRoot": "/user", "virtualHostIds": [1]},
        "/engines": {"name": "user"},
        "/agents": PATHS["/agents"](admin, "user"),
    }
    filled = json.loads(json.dumps(body).replace('"ID"', json.dumps(made["id"])))
    user = admin.add(path, {**others[path], **filled})
    refusal = admin.send("DELETE", f"{used}/{made['id']}")
    assert refusal.status == 422
    assert "user" in refusal.json()["flash"][0]
    assert admin.send("DELETE", f"{path}/{user['id']}").status == 200
    assert admin.send("DELETE", f"{used}/{made['id']}").status == 200


def test_a_setting_uses_what_it_refers_to(admin: Admin) -> None:
    proxy = admin.add("/proxies", BESIDE["/proxies"](admin, "p"))["id"]
    admin.update("/adminConfig", {"hostPort": "a.example.com:9090", "httpProxyId": proxy})
    refusal = admin.send("DELETE", f"/proxies/{proxy}")
    assert refusal.status == 422
    assert "Administrative console" in refusal.json()["flash"][0]
    assert set(admin.refused("PUT", "/adminConfig", {"hostPort": "a:1", "httpsProxyId": 99})) == {
        "httpsProxyId"
    }
    admin.send("DELETE", "/adminConfig")
    assert admin.send("DELETE", f"/proxies/{proxy}").status == 200


def test_no_access_token_validator_has_the_id_of_the_token_providers_own(admin: Admin) -> None:
    body = BESIDE["/accessTokenValidators"](admin, "first")
    assert "id" in admin.refused("POST", "/accessTokenValidators", {**body, "id": 1})
    assert admin.add("/accessTokenValidators", body)["id"] == 2


def test_a_shared_secret_cannot_be_changed(admin: Admin) -> None:
    made = shared_secret(admin)
    answer = admin.send("PUT", f"/sharedSecrets/{made}", {"secret": {"value": "other"}})
    assert answer.status == 405


def test_everything_survives_an_export_and_an_import(admin: Admin) -> None:
    for path, body in PATHS.items():
        admin.add(path, body(admin, "kept"))
    for path, setting in SETTINGS.items():
        admin.update(path, setting)
    exported = admin.get("/config/export")
    before = {path: admin.items(path) for path in PATHS} | {
        path: admin.get(path) for path in SETTINGS
    }
    other = Admin()
    told = good(other.send("POST", "/config/import/workflows", exported))
    status = other.get(f"/config/import/workflows/{told['id']}")
    assert status["status"] == "Complete", status
    for path, was in before.items():
        now = other.items(path) if path in PATHS else other.get(path)
        assert now == was, path
    assert other.get("/config/export") == exported


@pytest.mark.parametrize("path", CHOICES)
def test_a_list_of_values_names_each_once(admin: Admin, path: str) -> None:
    names = [item["name"] for item in admin.items(path)]
    assert names
    assert len(names) == len(set(names))
    assert all(item.keys() == {"name", "description"} for item in admin.items(path))


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/identityMappings", {"HeaderIdentityMapping", "JwtIdentityMapping"}),
        ("/siteAuthenticators", {"MutualTlsSiteAuthenticator", "TokenMediatorSiteAuthenticator"}),
        ("/accessTokenValidators", {"JwksEndpoint"}),
        ("/hsmProviders", {"PKCS11HsmProvider", "AwsCloudHsmProvider"}),
    ],
)
def test_the_classes_that_clients_use_have_descriptors(
    admin: Admin, path: str, names: set[str]
) -> None:
    classes = {item["className"].rpartition(".")[2] for item in admin.items(f"{path}/descriptors")}
    assert names <= classes
