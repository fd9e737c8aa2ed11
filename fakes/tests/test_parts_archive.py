"""An archive comes back as it was imported, or is refused and nothing changes."""

from __future__ import annotations

import copy
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.pingaccess.archives.documents import KEPT, Plan, planned, written
from fakes.pingaccess.archives.sections import SECTIONS, pointers
from fakes.pingaccess.decisions.parts import CORRECT_PARTS
from fakes.pingaccess.entities import ENTITIES, TABLES
from fakes.pingaccess.objects.hidden import HiddenFields
from fakes.pingaccess.plugins.descriptors import Plugins
from fakes.pingaccess.state import COLLECTIONS
from fakes.store import Store

if TYPE_CHECKING:
    from fakes.pingaccess.archives.documents import Refusal
    from fakes.store import Snapshot

VERSION = "9.0.0.0"
HIDDEN = HiddenFields(0)
SECRET = "canary-of-the-archive"
CONFIGS = Path(__file__).parents[3] / "shared/configs"
EXPORTS = sorted(CONFIGS.glob("*.json"))
MODELLED = {section.table for section in SECTIONS}
FACTORY: Snapshot = {
    "users": {1: {"id": 1, "username": "Administrator"}},
    "trustedCertificateGroups": {2: {"id": 2, "name": "Trust Any", "systemGroup": True}},
    "sites": {9: {"id": 9, "name": "old"}},
    KEPT: {"oldSection": {"section": {"a": 1}}},
}
POLICY_ITEM = "data.applications[id=11].policy[Web][0]"
RISK = CORRECT_PARTS.risk_policy_class_name
OWN: dict[str, Any] = {
    "version": "7.3.0.2",
    "data": {
        "addOns": [{"id": "x", "keyAlgorithm": "EC"}],
        "applications": [
            {
                "id": 11,
                "name": "Shop",
                "siteId": 7,
                "webSessionId": 5,
                "virtualHostIds": [3],
                "riskPolicyId": 8,
                "accessValidatorId": 0,
                "authenticationChallengePolicyId": "a1",
                "identityMappingIds": {"Web": 0, "API": 0},
                "policy": {"Web": [{"type": "Rule", "id": 4}], "API": []},
            }
        ],
        "authnChallengePolicies": [{"id": "a1", "name": "Challenge"}],
        "environment": {"name": "here"},
        "pingOneConnections": [
            {"id": "c1", "name": "P1", "credential": {"value": SECRET}, "useProxy": False}
        ],
        "rejectionHandlers": [
            {
                "id": 2,
                "name": "API",
                "className": "com.pingidentity.pa.policy.rejectionhandler.errortemplate."
                "ErrorTemplateRejectionHandlerPlugin",
                "configuration": {"templateFile": "x"},
            }
        ],
        "resources": [{"id": 21, "name": "Root Resource", "applicationId": 11}],
        "riskPolicies": [
            {
                "id": 8,
                "name": "Risk",
                "className": RISK,
                "configuration": {
                    "pingOneConnectionId": "c1",
                    "userIdAttribute": "sub",
                    "highRiskPolicy": {"type": "RuleSet", "id": "6"},
                },
            }
        ],
        "ruleSets": [{"id": 6, "name": "Set", "elementType": "Rule", "policy": [4]}],
        "rules": [
            {
                "id": 4,
                "name": "Refuse",
                "className": "com.pingidentity.pa.policy.RejectionRule",
                "configuration": {"rejectionHandler": "2"},
            }
        ],
        "sites": [{"id": 7, "name": "Back end", "trustedCertificateGroupId": 2}],
        "virtualHosts": [{"id": 3, "host": "shop.example.com", "port": 443}],
        "webSessions": [{"id": 5, "name": "Session", "clientCredentials": {"clientId": "x"}}],
    },
}


def read(
    archive: object, *, fail_fast: bool = False, version: str = VERSION, **decisions: Any
) -> Plan | Refusal:
    return planned(
        archive,
        dataclasses.replace(CORRECT_PARTS, **decisions),
        fail_fast,
        hidden=HIDDEN,
        version=version,
        current=FACTORY,
    )


def imported(archive: object, **decisions: Any) -> Store:
    plan = read(archive, **decisions)
    assert isinstance(plan, Plan), plan
    return Store(plan.snapshot)


def exported(store: Store, **decisions: Any) -> dict[str, Any]:
    behaviour = dataclasses.replace(CORRECT_PARTS, **decisions)
    return written(store, behaviour, version=VERSION, hidden=HIDDEN)


def refused(archive: object, **decisions: Any) -> dict[str, list[str]]:
    """The form of a refusal: place to sentences."""
    found = read(archive, **decisions)
    assert not isinstance(found, Plan), "taken"
    assert found["flash"]
    assert SECRET not in json.dumps(found)
    form = found["form"]
    assert isinstance(form, dict)
    return form


def sealed(value: Any) -> Any:
    """`value` with every secret that stands in the clear as ciphertext of this host."""
    if isinstance(value, list):
        return [sealed(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() <= {"value", "encryptedValue"} and isinstance(value.get("value"), str):
        return {"encryptedValue": HIDDEN.seal(value["value"])}
    return {name: sealed(one) for name, one in value.items()}


def changed(path: str, value: Any) -> dict[str, Any]:
    """Our archive with one place changed: `data.sites.0.name`; `...` takes it away."""
    archive = copy.deepcopy(OWN)
    at: Any = archive
    *way, last = [int(part) if part.isdecimal() else part for part in path.split(".")]
    for part in way:
        at = at[part]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return archive


@pytest.mark.skipif(not EXPORTS, reason="the vendor's exports are not beside the project")
@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_an_export_of_the_vendor_comes_back_unchanged_but_for_its_secrets(path: Path) -> None:
    archive = json.loads(path.read_bytes())
    store = imported(archive)
    data = exported(store)["data"]
    assert data == sealed(archive["data"])
    assert list(data) == sorted(data)
    kept = set(store.table(KEPT).rows)
    assert kept == archive["data"].keys() - MODELLED
    assert kept, "there are sections that are not modelled"


@pytest.mark.skipif(not EXPORTS, reason="the vendor's exports are not beside the project")
@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_the_secrets_of_another_host_are_kept_with_a_warning(path: Path) -> None:
    text = path.read_text("utf-8")
    plan = read(json.loads(text))
    assert isinstance(plan, Plan)
    foreign = "OBF:JWE:" in text
    assert any("another host" in warning for warning in plan.warnings) is foreign


def test_our_archive_comes_back_with_its_secrets_sealed() -> None:
    data = exported(imported(OWN))["data"]
    credential = {"encryptedValue": HIDDEN.seal(SECRET)}
    assert data["pingOneConnections"][0]["credential"] == credential
    assert SECRET not in json.dumps(data)
    assert data == sealed(OWN["data"])


def test_what_is_exported_can_be_imported_again() -> None:
    once = exported(imported(OWN))
    assert exported(imported(once)) == once


def test_an_import_replaces_everything_but_users_and_factory_groups() -> None:
    store = imported(OWN)
    assert list(store.table("sites").rows) == [7]
    assert list(store.table(KEPT).rows) == ["addOns", "environment"]
    assert list(store.table("users").rows) == [1]
    assert list(store.table("trustedCertificateGroups").rows) == [2]
    assert "trustedCertificateGroups" not in exported(store)["data"]


def test_an_empty_archive_leaves_nothing() -> None:
    assert exported(imported({"version": "6.0.0.0", "data": {}}))["data"] == {}


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("data.applications.0.siteId", 99, "data.applications[id=11].siteId"),
        ("data.applications.0.webSessionId", 99, "data.applications[id=11].webSessionId"),
        ("data.applications.0.virtualHostIds", [3, 99], "data.applications[id=11].virtualHostIds"),
        ("data.applications.0.riskPolicyId", 99, "data.applications[id=11].riskPolicyId"),
        (
            "data.applications.0.identityMappingIds",
            {"Web": 9, "API": 0},
            "data.applications[id=11].identityMappingIds",
        ),
        ("data.applications.0.policy.Web.0.id", 99, "data.applications[id=11].policy[Web][0]"),
        (
            "data.applications.0.policy.Web.0.type",
            "RuleSet",
            "data.applications[id=11].policy[Web][0]",
        ),
        ("data.resources.0.applicationId", 99, "data.resources[id=21].applicationId"),
        ("data.ruleSets.0.policy", [99], "data.ruleSets[id=6].policy"),
        (
            "data.riskPolicies.0.configuration.pingOneConnectionId",
            "c9",
            "data.riskPolicies[id=8].configuration",
        ),
        (
            "data.riskPolicies.0.configuration.highRiskPolicy.id",
            "9",
            "data.riskPolicies[id=8].configuration",
        ),
        ("data.rejectionHandlers", ..., "data.rules[id=4].configuration"),
        ("data.sites.0.trustedCertificateGroupId", 7, "data.sites[id=7].trustedCertificateGroupId"),
        ("data.sites.0.name", "", "data.sites[id=7].name"),
        ("data.sites.0.id", ..., "data.sites[0].id"),
        ("data.sites.0.id", "7", "data.sites[0].id"),
        ("data.sites.0.id", 0, "data.sites[0].id"),
        ("data.sites.0.id", True, "data.sites[0].id"),
        ("data.pingOneConnections.0.id", 5, "data.pingOneConnections[0].id"),
        ("data.riskPolicies.0.className", None, "data.riskPolicies[id=8].className"),
        ("data.sites", {}, "data.sites"),
        ("data.sites", "x", "data.sites"),
        ("data.sites.0", [], "data.sites[0]"),
        ("data.environment", "x", "data.environment"),
        ("data", [], "data"),
        ("data", ..., "data"),
        ("version", ..., "version"),
        ("version", 7, "version"),
        ("version", "seven", "version"),
        ("version", "4.3.0.0", "version"),
        ("version", "9.1.0.0", "version"),
        ("version", "10.0.0.0", "version"),
        ("encryptionKey", "x", "encryptionKey"),
        ("masterKeys", [], "masterKeys"),
    ],
)
def test_what_is_wrong_with_an_archive_is_told_by_its_place(
    path: str, value: Any, place: str
) -> None:
    assert place in refused(changed(path, value))


@pytest.mark.parametrize("value", [None, [], "x", 7, {}, {"data": {}}, {"version": "7.3.0.2"}])
def test_what_is_no_archive_is_refused(value: object) -> None:
    assert refused(value)


@pytest.mark.parametrize("version", ["5.0.0.0", "6.0", "9.0.0.0", "9.0", "7.3.0.2-SNAPSHOT"])
def test_archives_since_5_0_are_taken(version: str) -> None:
    imported({**OWN, "version": version})


def test_an_id_and_a_name_stand_once() -> None:
    twice = changed("data.sites", OWN["data"]["sites"] * 2)
    assert refused(twice) == {"data.sites[1].id": ["stands twice in this section"]}
    alike = changed("data.sites", [*OWN["data"]["sites"], {"id": 8, "name": "Back end"}])
    assert refused(alike) == {"data.sites[id=8].name": ["stands twice in this section"]}


def test_a_plugin_of_a_third_party_is_taken_with_a_warning() -> None:
    foreign = changed("data.rules.0.className", "com.example.Rule")
    plan = read(foreign)
    assert isinstance(plan, Plan)
    assert any("plugin is not installed" in warning for warning in plan.warnings)


def two_faults() -> dict[str, Any]:
    archive = changed("data.sites.0.name", "")
    archive["data"]["applications"][0]["webSessionId"] = 99
    return archive


def test_fail_fast_tells_the_first_fault_and_else_every_one_is_told() -> None:
    assert len(refused(two_faults())) == 2
    assert len(refused(two_faults(), fail_fast=True)) == 1
    assert len(refused(two_faults(), archive_collects=False)) == 1
    assert len(refused(two_faults(), fail_fast=True, archive_stops_early=False)) == 2


def test_very_deep_data_is_refused() -> None:
    deep: Any = {}
    for _ in range(5_000):
        deep = {"x": deep}
    assert refused(changed("data.environment", deep)) == {"data": ["is nested too deeply"]}


def test_wrong_exports_are_decisions() -> None:
    store = imported(OWN)
    assert exported(store, archive_secrets="value")["data"]["pingOneConnections"][0][
        "credential"
    ] == {"value": SECRET}
    assert "users" in exported(store, archive_left_out=frozenset())["data"]
    assert "rules" not in exported(store, archive_left_out=frozenset({"rules"}))["data"]
    lists = exported(store, archive_keeps_unmodelled=frozenset({"list"}))["data"]
    assert {"addOns", "environment"} - lists.keys() == {"environment"}
    assert exported(store, archive_version="1.0")["version"] == "1.0"
    lacking = exported(store, archive_members_left_out=frozenset({"sites.name"}))
    assert "name" not in lacking["data"]["sites"][0]


def test_wrong_imports_are_decisions() -> None:
    assert list(imported(OWN, archive_replaces=False).table("sites").rows) == [9, 7]
    imported({**OWN, "version": "99.0.0.0"}, archive_newer_refused=False)
    imported({**OWN, "version": "4.0.0.0"}, archive_oldest=(0,))
    imported({"version": "7.3.0.2"}, archive_needs=frozenset({"version"}))
    imported({"data": {}}, archive_needs=frozenset({"data"}))
    imported(
        changed("data.sites.0.id", 70), archive_unchecked_references=frozenset({"applications"})
    )
    unsited = changed("data.sites", "x")
    imported(
        unsited,
        archive_types_checked=False,
        archive_unchecked_references=frozenset({"applications"}),
    )
    half = read(two_faults(), archive_half=True)
    assert isinstance(half, Plan)
    assert half.refusal is not None
    assert half.snapshot["rejectionHandlers"].keys() == {2}
    assert not half.snapshot.get("applications")
    quoted = read(two_faults(), archive_refusal_quotes=True)
    assert SECRET in json.dumps(quoted)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
PLACES = ("id", "name", "className", "configuration", "policy", "siteId", "certIds")


@given(
    st.dictionaries(
        st.sampled_from(sorted(MODELLED)) | st.text(max_size=5),
        st.lists(st.dictionaries(st.sampled_from(PLACES), JSON) | JSON, max_size=3) | JSON,
        max_size=4,
    )
)
def test_any_data_gets_an_answer(data: dict[str, Any]) -> None:
    plan = read({"version": "7.3.0.2", "data": data})
    if isinstance(plan, Plan):
        exported(Store(plan.snapshot))
    else:
        assert plan["form"]


@given(JSON)
def test_any_json_gets_an_answer(value: object) -> None:
    assert not isinstance(read(value), Plan)


def test_archives_and_saves_know_the_same_references() -> None:
    """What plugins call a collection is the path at which the API has it."""
    paths = {entity.path.strip("/"): entity.table for entity in ENTITIES}
    assert {path: paths[path] for path in COLLECTIONS} == COLLECTIONS
    for section in SECTIONS:
        assert section.entity is TABLES[section.table]


@pytest.mark.parametrize("held", [7, "x", [[]], [{}], [None, True], {"Web": 3}, {"Web": [7]}])
def test_what_cannot_hold_an_id_points_at_nothing(held: Any) -> None:
    names = ("policy", "virtualHostIds", "identityMappingIds", "certIds", "elementType")
    row = dict.fromkeys(names, held)
    for section in SECTIONS:
        for found in pointers(section, row, Plugins(CORRECT_PARTS)):
            assert isinstance(found.key, int | str | None), (section.table, found)
