"""What public clients of the admin API send, and what their own tests expect of the answers."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from fakes.tests.client_lives import LIVES, Life
from fakes.tests.client_lives_chosen import CHOSEN_LIVES
from fakes.tests.client_settings import SETTING_LIVES, TOKEN_SERVER
from fakes.tests.client_values import (
    BY_HEADER,
    CIDR,
    CLAIMS,
    HEADERS,
    MAPPING,
    OF_9_0,
    ON_DEMAND,
    PLUGIN,
    PROFILE,
    RANGE,
    SESSION,
    TOKEN,
    application,
)
from fakes.tests.pingaccess_core import Admin

NO_HOST = (
    "The Host Name must not contain special characters, spaces, or the URI scheme. "
    "A wildcard hostname may be specified."
)


@pytest.fixture
def admin() -> Admin:
    return Admin(more_plugin_fields=OF_9_0)


def named(life: Life) -> str:
    """How the runs of a test are told apart."""
    return f"{life.source}-{life.path}"


def without(body: Any, members: tuple[str, ...]) -> Any:
    """The body without those members, each named by its path."""
    left = copy.deepcopy(body)
    for member in members:
        *path, last = member.split(".")
        inner = left
        for step in path:
            inner = inner.get(step) or {}
        inner.pop(last, None)
    return left


def is_in(sent: Any, read: Any) -> bool:
    """Whether everything that was sent is read, whatever is read beside it."""
    if isinstance(sent, dict):
        return isinstance(read, dict) and all(
            name in read and is_in(value, read[name]) for name, value in sent.items()
        )
    if isinstance(sent, list):
        return (
            isinstance(read, list)
            and len(sent) == len(read)
            and all(is_in(one, other) for one, other in zip(sent, read, strict=True))
        )
    return type(sent) is type(read) and bool(sent == read)


# --- every object from its creation to its end ---


@pytest.mark.parametrize("life", [*LIVES, *CHOSEN_LIVES], ids=named)
def test_what_a_provider_makes_is_read_changed_imported_and_deleted(
    admin: Admin, life: Life
) -> None:
    body = life.body(admin)
    made = admin.add(life.path, body)
    assert is_in(without(body, life.secrets), made)
    path = f"{life.path.removesuffix('/import').removesuffix('/generate')}/{made['id']}"
    assert admin.get(path) == made
    if life.change:
        changed = admin.update(path, body | life.change)
        assert is_in(without(life.change, life.secrets), changed)
        assert (admin.get(path), changed["id"]) == (changed, made["id"])
    assert admin.send("DELETE", path).status == 200
    assert [admin.send(method, path).status for method in ("GET", "DELETE")] == [404, 404]


@pytest.mark.parametrize("life", CHOSEN_LIVES, ids=named)
def test_an_id_that_a_provider_chooses_is_kept(admin: Admin, life: Life) -> None:
    body = life.body(admin)
    assert admin.add(life.path, body)["id"] == body["id"]


@pytest.mark.parametrize("life", SETTING_LIVES, ids=named)
def test_a_setting_of_a_provider_is_kept_and_set_back(admin: Admin, life: Life) -> None:
    before = admin.get(life.path) if admin.send("GET", life.path).status == 200 else None
    body = life.body(admin)
    assert is_in(without(body, life.secrets), admin.update(life.path, body))
    changed = admin.update(life.path, body | life.change)
    assert is_in(without(body | life.change, life.secrets), changed)
    assert admin.get(life.path) == changed
    assert admin.send("DELETE", life.path).status == 200
    if before is not None:
        assert admin.get(life.path) == before


@pytest.mark.parametrize(
    ("path", "class_name", "configuration"),
    [
        ("/rules", CIDR, RANGE),
        ("/identityMappings", MAPPING, HEADERS),
        ("/identityMappings", TOKEN, CLAIMS),
        ("/highAvailability/availabilityProfiles", ON_DEMAND, PROFILE),
        (
            "/highAvailability/loadBalancingStrategies",
            BY_HEADER,
            {"headerName": "X-A", "fallbackToFirstAvailableHost": False},
        ),
    ],
)
def test_a_whole_configuration_comes_back_as_it_was_sent(
    admin: Admin, path: str, class_name: str, configuration: Any
) -> None:
    """A provider compares the two; one key more and it would plan a change for ever."""
    body = {"name": "same", "className": PLUGIN + class_name, "configuration": configuration}
    assert admin.add(path, body)["configuration"] == configuration


# --- what a test of a client asks for besides ---


def test_a_provider_changes_a_secret_by_sending_back_what_it_has_read(admin: Admin) -> None:
    """IWT resource_pingaccess_websession_test.go: the ciphertext of the secret is another then."""
    made = admin.add("/webSessions", SESSION)
    before = made["clientCredentials"]["clientSecret"]["encryptedValue"]
    made["clientCredentials"]["clientSecret"]["value"] = "another secret of tests"
    changed = admin.update(f"/webSessions/{made['id']}", made)
    assert changed["clientCredentials"]["clientSecret"]["encryptedValue"] != before


def test_a_root_resource_is_found_by_its_name_and_taken_over(admin: Admin) -> None:
    """IWT resource_pingaccess_application_resource.go: it is imported instead of created."""
    made = admin.add("/applications", application(admin))
    path = f"/applications/{made['id']}/resources"
    (root,) = admin.items(path, "name=Root+Resource")
    body = {
        "name": "Root Resource",
        "methods": ["*"],
        "pathPatterns": [{"pattern": "/*", "type": "WILDCARD"}],
        "pathPrefixes": ["/*"],
        "policy": {"Web": [], "API": []},
        "auditLevel": "OFF",
        "anonymous": False,
        "enabled": True,
        "rootResource": True,
        "unprotected": False,
        "applicationId": made["id"],
    }
    assert is_in(body, admin.update(f"{path}/{root['id']}", body))


def test_a_rule_of_one_kind_of_application_is_enough_for_a_resource(admin: Admin) -> None:
    """XF pa-provision.feature: the policy of an API application names no rules of Web."""
    made = admin.add("/applications", application(admin) | {"applicationType": "API"})
    rule = admin.rule("transform")
    (root,) = admin.items(f"/applications/{made['id']}/resources")
    body = {
        "name": "Root Resource",
        "methods": ["*"],
        "pathPatterns": [{"type": "WILDCARD", "pattern": "/*"}],
        "unprotected": True,
        "enabled": True,
        "auditLevel": "ON",
        "rootResource": True,
        "policy": {"API": [{"type": "Rule", "id": rule["id"]}]},
    }
    changed = admin.update(f"/applications/{made['id']}/resources/{root['id']}", body)
    assert changed["policy"] == {"Web": [], "API": [{"type": "Rule", "id": rule["id"]}]}


def test_an_application_is_off_until_it_says_that_it_is_on(admin: Admin) -> None:
    """XF pa-provision.feature enables each with an update; IWT Test_issue158 with its creation."""
    body = application(admin)
    silent = admin.add("/applications", body)
    assert silent["enabled"] is False
    path = f"/applications/{silent['id']}"
    assert admin.update(path, body | {"enabled": True})["enabled"] is True
    assert admin.update(path, body)["enabled"] is False
    other = {"name": "other", "contextRoot": "/other", "enabled": True}
    assert admin.add("/applications", body | other)["enabled"] is True
    assert Admin(application_enabled_unsent=True).application()["enabled"] is True


def test_an_order_by_hand_that_is_sent_back_holds_every_resource(admin: Admin) -> None:
    """IWT resource_pingaccess_application_test.go, Test_issue158."""
    body = application(admin) | {"manualOrderingEnabled": True, "description": "by hand"}
    made = admin.add("/applications", body)
    path = f"/applications/{made['id']}"
    order = admin.get(path)["resourceOrder"]
    (root,) = admin.items(f"{path}/resources")
    assert order == [root["id"]]
    changed = admin.update(path, body | {"name": "other", "resourceOrder": order})
    assert (changed["name"], changed["resourceOrder"]) == ("other", order)
    expression = {"name": "any", "methods": ["*"], "rootResource": False, "auditLevel": "OFF"}
    expression |= {"pathPatterns": [{"pattern": "/.*", "type": "REGEX"}]}
    added = admin.add(f"{path}/resources", expression)
    assert sorted(admin.get(path)["resourceOrder"]) == sorted([*order, added["id"]])


def test_an_application_of_both_types_needs_no_default(admin: Admin) -> None:
    """IWT resource_pingaccess_application.go sends null for the default of a Dynamic one."""
    body = application(admin) | {"applicationType": "Dynamic", "defaultAuthType": None}
    assert admin.add("/applications", body)["applicationType"] == "Dynamic"


def test_a_virtual_resource_answers_with_a_template(admin: Admin) -> None:
    """IWT resource_pingaccess_application_resource_test.go (PingAccess 6.2)."""
    made = admin.add("/applications", application(admin))
    generator = {
        "className": f"{PLUGIN}resources.responsegenerator.TemplateResponseGenerator",
        "configuration": {
            "template": "<p>Nobody is here</p>",
            "responseCode": 200,
            "mediaType": "text/html;charset=utf-8",
        },
    }
    body = {
        "name": "nobody",
        "methods": ["*"],
        "pathPatterns": [{"pattern": "/nobody", "type": "WILDCARD"}],
        "pathPrefixes": ["/nobody"],
        "auditLevel": "OFF",
        "anonymous": False,
        "enabled": True,
        "rootResource": False,
        "unprotected": False,
        "applicationId": made["id"],
        "resourceType": "Virtual",
        "resourceTypeConfiguration": {"responseGenerator": generator},
    }
    shown = admin.add(f"/applications/{made['id']}/resources", body)
    assert is_in(body, shown)
    assert shown["resourceTypeConfiguration"]["responseGenerator"] == generator


def test_a_path_with_a_slash_at_its_end_is_the_path_without(admin: Admin) -> None:
    """IWS accessTokenValidators_test.go and acme_test.go read one object, and give no id."""
    for path in ("/accessTokenValidators", "/acme/servers"):
        assert admin.get(f"{path}/") == admin.get(path)
    strict = Admin(trailing_slash_ignored=False)
    assert strict.send("GET", "/acme/servers/").status == 404


def test_a_client_may_write_the_administrator_small(admin: Admin) -> None:
    """IWT provider_test.go, XF (paAdminHeaders), and the scripts of the vendor's images."""
    answer = admin.send("GET", "/version", login=("administrator", "2Access"))
    assert answer.status == 200


def test_an_empty_virtual_host_is_refused_in_the_words_of_the_product(admin: Admin) -> None:
    """IWS pingaccess_test.go."""
    assert admin.refused("POST", "/virtualhosts", {"host": None, "port": None}) == {
        "host": [
            "must not be null",
            NO_HOST,
        ],
        "port": ["Port must be in the range 1 to 65535"],
    }


def test_an_introspection_endpoint_is_a_path(admin: Admin) -> None:
    """IWT resource_pingaccess_oauth_server_test.go."""
    body = TOKEN_SERVER | {"introspectionEndpoint": "https://tokens.example.com/introspect"}
    assert admin.refused("PUT", "/oauth/authServer", body) == {
        "introspectionEndpoint": ["Introspection endpoint must be a valid relative path"]
    }


def test_the_group_that_trusts_anything_is_found_by_its_name(admin: Admin) -> None:
    """IWT internal/protocolprovider/data_source_pingaccess_trusted_certificate_groups_test.go."""
    (group,) = admin.items("/trustedCertificateGroups", "name=Trust+Any")
    assert group["ignoreAllCertificateErrors"] is True
    assert group["systemGroup"] is True
    assert (group["skipCertificateDateCheck"], group["useJavaTrustStore"]) == (False, False)
    assert admin.items("/trustedCertificateGroups", "name=junk") == []


def test_there_is_a_default_acme_server(admin: Admin) -> None:
    """IWT data_source_pingaccess_acme_default_test.go."""
    default = admin.get("/acme/servers/default")
    assert default["id"]
    assert default["location"]


def test_rule_sets_have_two_kinds_of_elements_and_two_criteria(admin: Admin) -> None:
    """IWS rulesets_test.go."""
    assert len(admin.items("/rulesets/elementTypes")) == 2
    assert len(admin.items("/rulesets/successCriteria")) == 2


def test_a_listener_is_found_in_the_list_and_changed(admin: Admin) -> None:
    """IWT resource_pingaccess_https_listener_test.go."""
    listener = next(one for one in admin.items("/httpsListeners") if one["name"] == "ADMIN")
    for ordered in (True, False):
        body = {"name": "ADMIN", "keyPairId": 1, "useServerCipherSuiteOrder": ordered}
        assert is_in(body, admin.update(f"/httpsListeners/{listener['id']}", body))


def test_the_sweepers_of_a_provider_find_what_its_tests_have_left(admin: Admin) -> None:
    """IWT *_test.go: every name begins with acctest_, and filter finds it."""
    mapping = {
        "name": "acctest_mapping",
        "className": PLUGIN + MAPPING,
        "configuration": {"attributeHeaderMappings": [], "headerClientCertificateMappings": []},
    }
    made = admin.add("/identityMappings", mapping)
    admin.add("/identityMappings", mapping | {"name": "kept"})
    left = admin.items("/identityMappings", "filter=acctest_")
    assert [one["id"] for one in left] == [made["id"]]
