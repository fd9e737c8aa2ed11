"""What is the same for every entity: the five operations, lists, and integrity both ways."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest

from fakes.tests.parts_tokens import token
from fakes.tests.pingaccess_core import Admin, good
from fakes.tls import authority

if TYPE_CHECKING:
    from collections.abc import Callable

Body = dict[str, Any]

CIDR = "com.pingidentity.pa.policy.CIDRPolicyInterceptor"
GENERATOR = {
    "className": "com.pingidentity.pa.acp.generators.BrowserHandledOidcAuthnRequestGenerator",
    "configuration": {},
}


def _certificate(seed: int = 0) -> str:
    return b64encode(authority(seed).pem).decode("ascii")


BODIES: dict[str, Callable[[Admin, str], Body]] = {
    "/pingone/connections": lambda _, name: {"name": name, "credential": {"value": token()}},
    "/riskPolicies": lambda admin, name: admin.risk_policy_body(name=name),
    "/trustedCertificateGroups": lambda _, name: {"name": name},
    "/certificates": lambda _, name: {"alias": name, "fileData": _certificate()},
    "/authenticationChallengePolicies": lambda _, name: {
        "name": name,
        "challengeResponseChain": [],
        "defaultChallengeResponse": {"generator": GENERATOR},
    },
    "/rules": lambda _, name: {
        "name": name,
        "className": CIDR,
        "configuration": {"cidrNotation": "10.0.0.0/8"},
    },
    "/rulesets": lambda admin, name: {"name": name, "policy": [admin.rule(f"in {name}")["id"]]},
    "/webSessions": lambda _, name: {
        "name": name,
        "audience": "all",
        "clientCredentials": {"clientId": "client"},
    },
    "/sites": lambda _, name: {"name": name, "targets": ["site.example.com:443"]},
    "/virtualhosts": lambda _, name: {"host": f"{name}.example.com", "port": 443},
    "/applications": lambda _, name: {
        "name": name,
        "contextRoot": f"/{name}",
        "virtualHostIds": [1],
    },
}
NAMES = {"/certificates": "alias", "/virtualhosts": "host"}


def rows(admin: Admin) -> dict[str, Any]:
    """Every row by table; tables without rows are left out."""
    return {name: table for name, table in admin.fake.store.snapshot().items() if table}


every_entity = pytest.mark.parametrize("path", BODIES)


@pytest.fixture
def admin() -> Admin:
    return Admin()


@every_entity
def test_what_is_added_is_read_listed_updated_and_deleted(admin: Admin, path: str) -> None:
    body, name = BODIES[path](admin, "first"), NAMES.get(path, "name")
    made = admin.add(path, body)
    one = f"{path}/{made['id']}"
    assert admin.get(one) == made
    assert made in admin.items(path)
    changed = {**body, name: made[name].replace("first", "second")}
    stored = admin.update(one, changed)
    assert stored[name] == changed[name]
    assert stored["id"] == made["id"]
    assert admin.get(one) == stored
    gone = admin.send("DELETE", one)
    assert gone.status == 200
    assert bool(gone.body) == (
        path == "/pingone/connections"
    )  # the specification: no other has one
    assert admin.send("GET", one).status == 404
    assert stored not in admin.items(path)


@every_entity
def test_an_unknown_id_is_404_and_makes_nothing(admin: Admin, path: str) -> None:
    before = admin.items(path)
    for method in ("GET", "PUT", "DELETE"):
        body = BODIES[path](admin, "body") if method == "PUT" else ...
        assert admin.send(method, f"{path}/4711", body).status == 404
    assert [item for item in admin.items(path) if item not in before] == []


@every_entity
def test_a_free_id_is_kept_and_a_taken_one_points_to_put(admin: Admin, path: str) -> None:
    textual = path in {"/pingone/connections", "/authenticationChallengePolicies"}
    chosen = "chosen-id" if textual else 4711
    made = admin.add(path, {**BODIES[path](admin, "first"), "id": chosen})
    assert made["id"] == chosen
    answer = admin.send("POST", path, {**BODIES[path](admin, "second"), "id": chosen})
    assert answer.status == 422
    assert answer.json()["form"] == {}
    assert "PUT" in answer.json()["flash"][0]
    assert admin.get(f"{path}/{chosen}") == made


@every_entity
def test_0_is_no_choice_and_numbers_are_not_given_twice(admin: Admin, path: str) -> None:
    made = admin.add(path, {**BODIES[path](admin, "first"), "id": 0})
    assert made["id"] not in (0, "0")
    assert admin.send("DELETE", f"{path}/{made['id']}").status == 200
    assert admin.add(path, BODIES[path](admin, "second"))["id"] != made["id"]


def test_what_many_objects_name_is_kept_once(admin: Admin) -> None:
    for name in "ab":
        admin.add("/sites", {**BODIES["/sites"](admin, name), "targets": ["host.example.com:443"]})
    first, second = (row["targets"][0] for row in admin.fake.store.table("sites"))
    assert first is second


def test_a_refused_save_uses_up_no_id(admin: Admin) -> None:
    first = admin.add("/sites", BODIES["/sites"](admin, "first"))
    admin.refused("POST", "/sites", {"id": 4711})
    second = admin.add("/sites", BODIES["/sites"](admin, "second"))
    assert second["id"] == first["id"] + 1


def test_after_the_highest_int32_the_lowest_free_id_is_given(admin: Admin) -> None:
    """SPEC id is int32: a higher one could not be referred to."""
    first = admin.add("/sites", {**BODIES["/sites"](admin, "first"), "id": 1})
    admin.add("/sites", {**BODIES["/sites"](admin, "last"), "id": 2**31 - 1})
    made = [admin.add("/sites", BODIES["/sites"](admin, name))["id"] for name in "ab"]
    assert [first["id"], *made] == [1, 2, 3]


@every_entity
def test_a_name_is_taken_once(admin: Admin, path: str) -> None:
    name = NAMES.get(path, "name")
    first, second = BODIES[path](admin, "first"), BODIES[path](admin, "second")
    admin.add(path, first)
    other = admin.add(path, second)
    taken = {**second, name: first[name]}
    assert name in admin.refused(
        "POST", path, {**taken, "contextRoot": "/third"} if path == "/applications" else taken
    )
    assert name in admin.refused("PUT", f"{path}/{other['id']}", taken)
    assert admin.get(f"{path}/{other['id']}") == other


@every_entity
def test_an_empty_body_is_refused_member_by_member(admin: Admin, path: str) -> None:
    form = admin.refused("POST", path, {})
    assert len(form) > 1 or path == "/trustedCertificateGroups"
    assert NAMES.get(path, "name") in form


@every_entity
def test_a_misspelt_member_is_noticed(admin: Admin, path: str) -> None:
    body = {**BODIES[path](admin, "first"), "nmae": 1}
    assert set(admin.refused("POST", path, body)) == {"nmae"}


@every_entity
def test_a_refused_save_stores_nothing(admin: Admin, path: str) -> None:
    made = admin.add(path, BODIES[path](admin, "first"))
    before = admin.fake.store.snapshot()
    admin.refused("PUT", f"{path}/{made['id']}", {"description": "changed"})
    admin.refused("POST", path, {"description": "changed"})
    assert admin.fake.store.snapshot() == before


def test_an_empty_virtual_host_has_the_observed_messages(admin: Admin) -> None:
    form = admin.refused("POST", "/virtualhosts", {})
    assert {field: len(messages) for field, messages in form.items()} == {"host": 2, "port": 1}
    assert "1 to 65535" in form["port"][0]


def test_numbers_and_booleans_may_come_as_text(admin: Admin) -> None:
    host = admin.add("/virtualhosts", {"host": "a.example.com", "port": "443", "keyPairId": "0"})
    assert host["port"] == 443
    site = admin.add("/sites", {"name": "s", "targets": ["a:1"], "secure": "true"})
    assert site["secure"] is True


@pytest.mark.parametrize("host", ["nowhere.invalid", "nowhere.invalid.", "Nowhere.INVALID"])
def test_a_site_that_does_not_resolve_is_saved_with_a_warning(admin: Admin, host: str) -> None:
    answer = admin.send("POST", "/sites", {"name": "s", "targets": [f"{host}:443"]})
    warnings = [value for name, value in answer.headers if name == "Warning"]
    assert answer.status == 200
    assert len(warnings) == 1
    assert warnings[0].startswith('199 PingAccess "')


@pytest.mark.parametrize(
    "target", ["", "host", "host:", "host:0", "host:65536", ":1", "a b:1", "é:1"]
)
def test_a_target_is_a_host_and_a_port(admin: Admin, target: str) -> None:
    assert "targets" in admin.refused("POST", "/sites", {"name": "s", "targets": [target]})


def test_secrets_are_never_shown_and_can_be_sent_back(admin: Admin) -> None:
    session = admin.web_session()
    sealed = session["clientCredentials"]["clientSecret"]
    assert set(sealed) == {"encryptedValue"}
    assert sealed["encryptedValue"].startswith("OBF:JWE:")
    path = f"/webSessions/{session['id']}"
    assert admin.update(path, session)["clientCredentials"]["clientSecret"] == sealed
    foreign = {"clientId": "c", "clientSecret": {"encryptedValue": "OBF:JWE:e30..a.b.c"}}
    assert "clientCredentials.clientSecret" in admin.refused(
        "PUT", path, {**session, "clientCredentials": foreign}
    )
    assert "web-session-secret" not in repr(admin.fake.snapshot())


def test_a_certificate_is_described_and_given_back(admin: Admin) -> None:
    made = admin.add("/certificates", {"alias": "ca", "fileData": _certificate()})
    assert made["status"] == "Valid"
    assert len(made["sha256sum"]) == 64
    assert admin.send("GET", f"/certificates/{made['id']}/file").body.startswith(b"-----BEGIN")
    assert "fileData" in admin.refused("POST", "/certificates", {"alias": "x", "fileData": "eA=="})


def test_system_groups_are_there_and_stay(admin: Admin) -> None:
    groups = {group["name"]: group for group in admin.items("/trustedCertificateGroups")}
    assert groups["Trust Any"]["ignoreAllCertificateErrors"] is True
    assert groups["Java Trust Store"]["useJavaTrustStore"] is True
    for group in groups.values():
        path = f"/trustedCertificateGroups/{group['id']}"
        admin.refused("PUT", path, {"name": "mine"})
        admin.refused("DELETE", path)


def test_what_something_needs_cannot_be_deleted_until_it_does_not(admin: Admin) -> None:
    certificate = admin.add("/certificates", {"alias": "ca", "fileData": _certificate()})
    group = admin.add("/trustedCertificateGroups", {"name": "g", "certIds": [certificate["id"]]})
    connection = admin.connection(trustedCertificateGroupId=group["id"])
    rule = admin.rule()
    rule_set = admin.add("/rulesets", {"name": "set", "policy": [rule["id"]]})
    challenge = admin.add(
        "/authenticationChallengePolicies",
        BODIES["/authenticationChallengePolicies"](admin, "challenge"),
    )
    policy = admin.risk_policy(
        connection,
        highRiskPolicy={"type": "RuleSet", "id": rule_set["id"]},
        mediumRiskPolicy={"type": "AuthenticationChallengePolicy", "id": challenge["id"]},
    )
    used = [
        f"/certificates/{certificate['id']}",
        f"/trustedCertificateGroups/{group['id']}",
        f"/rules/{rule['id']}",
        f"/authenticationChallengePolicies/{challenge['id']}",
        f"/rulesets/{rule_set['id']}",
        f"/pingone/connections/{connection['id']}",
    ]
    for path in used:
        assert admin.refused("DELETE", path) == {}
    assert admin.send("DELETE", f"/riskPolicies/{policy['id']}").status == 200
    for path in reversed(used):
        assert admin.send("DELETE", path).status == 200, path


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/sites", {"trustedCertificateGroupId": 99}),
        ("/sites", {"siteAuthenticatorIds": [0]}),
        ("/virtualhosts", {"keyPairId": 99}),
        ("/trustedCertificateGroups", {"certIds": [99]}),
        ("/rulesets", {"policy": [99]}),
        ("/pingone/connections", {"trustedCertificateGroupId": 99}),
        ("/applications", {"virtualHostIds": [1, 0]}),
        ("/applications", {"agentId": 99}),
        ("/applications", {"identityMappingIds": {"Web": 99}}),
        ("/applications", {"policy": {"Web": [{"type": "Rule", "id": 99}]}}),
    ],
)
def test_a_reference_to_nothing_is_refused(admin: Admin, path: str, more: Body) -> None:
    form = admin.refused("POST", path, BODIES[path](admin, "first") | more)
    assert {field.partition("[")[0] for field in form} == set(more)


def test_a_rule_set_does_not_hold_itself(admin: Admin) -> None:
    inner = admin.add("/rulesets", {"name": "inner", "policy": [admin.rule()["id"]]})
    outer = {"name": "outer", "elementType": "RuleSet", "policy": [inner["id"]]}
    outer = admin.add("/rulesets", outer)
    loop = {"name": "inner", "elementType": "RuleSet", "policy": [outer["id"]]}
    assert set(admin.refused("PUT", f"/rulesets/{inner['id']}", loop)) == {"policy"}


def test_lists_find_filter_sort_and_page(admin: Admin) -> None:
    for name in ("beta", "Alpha", "alphabet"):
        admin.rule(name)

    def names(query: str) -> list[str]:
        return [item["name"] for item in admin.items("/rules", query)]

    assert names("") == ["beta", "Alpha", "alphabet"]
    assert names("name=Alpha") == ["Alpha"]
    assert names("name=alpha") == []
    assert sorted(names("filter=ALPHA")) == ["Alpha", "alphabet"]
    assert names("sortKey=name") == ["Alpha", "alphabet", "beta"]
    assert names("sortKey=name&order=DESC") == ["beta", "alphabet", "Alpha"]
    assert names("sortKey=className,name&order=ASC") == ["Alpha", "alphabet", "beta"]
    assert names("sortKey=name&numberPerPage=2&page=1") == ["Alpha", "alphabet"]
    assert names("sortKey=name&numberPerPage=2&page=2") == ["beta"]
    assert names("numberPerPage=2&page=9") == []
    assert names("page=1") == ["beta", "Alpha", "alphabet"]
    assert names("page=2") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"),
        ("page=x", "page"),
        ("numberPerPage=-1", "numberPerPage"),
        ("sortKey=configuration", "sortKey"),
        ("order=UP", "order"),
    ],
)
def test_a_list_asked_for_wrongly_is_refused(admin: Admin, query: str, field: str) -> None:
    answer = admin.send("GET", "/rules", query=query)
    assert answer.status == 422
    assert set(answer.json()["form"]) == {field}


def test_a_virtual_host_is_found_by_host_port_or_both(admin: Admin) -> None:
    for query in ("localhost", "localhost:3000", "localhost%3A3000"):
        assert [item["id"] for item in admin.items("/virtualhosts", f"virtualHost={query}")] == [1]
    assert len(admin.items("/virtualhosts", "virtualHost=3000")) == 2


def test_the_administrator_accepts_the_licence(admin: Admin) -> None:
    user = admin.get("/users/1")
    assert (user["firstLogin"], user["slaAccepted"]) == (True, False)
    body = {
        "email": None,
        "slaAccepted": True,
        "firstLogin": False,
        "showTutorial": False,
        "username": "Administrator",
    }
    assert admin.update("/users/1", body) == {"id": 1, **body}
    assert admin.items("/users", "username=Administrator") == [{"id": 1, **body}]


def test_snapshot_restore_and_reset_bring_everything_back() -> None:
    admin = Admin()
    fresh = rows(admin)
    admin.connection("first")
    moment = admin.fake.snapshot()
    second = admin.connection("second")
    admin.fake.restore(moment)
    assert [item["name"] for item in admin.items("/pingone/connections")] == ["first"]
    assert admin.connection("second") == second
    admin.fake.reset()
    assert rows(admin) == fresh
    assert good(admin.send("GET", "/pingone/connections")) == {"items": []}
