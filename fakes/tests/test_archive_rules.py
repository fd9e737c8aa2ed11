"""An import takes no object that a save would refuse, unless the behaviour looks at none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakes.pingaccess.entities import SETTINGS
from fakes.tests.parts_tokens import token
from fakes.tests.pingaccess_core import Admin, good
from fakes.tests.test_pingaccess_records import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Callable

    Edit = Callable[[dict[str, Any]], None]

FOREIGN = "OBF:JWE:eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0..AA.AA.AA"
CHALLENGE = {
    "name": "challenge",
    "challengeResponseChain": [],
    "defaultChallengeResponse": {"generator": GENERATOR},
}


def archive_of(admin: Admin) -> dict[str, Any]:
    """An export with one object of each kind that the edits spoil."""
    admin.risk_policy()
    admin.rule()
    admin.add("/authenticationChallengePolicies", CHALLENGE)
    session = admin.web_session()
    admin.application(webSessionId=session["id"])
    exported = admin.get("/config/export")
    assert isinstance(exported, dict)
    return exported


def generator(archive: dict[str, Any]) -> dict[str, Any]:
    """The plugin that answers the challenge."""
    part = archive["data"]["authnChallengePolicies"][0]["defaultChallengeResponse"]["generator"]
    assert isinstance(part, dict)
    return part


def credential(archive: dict[str, Any], **hidden: str) -> None:
    """The archive with another credential in its connection."""
    archive["data"]["pingOneConnections"][0]["credential"] = hidden


def configuration(archive: dict[str, Any], section: str) -> dict[str, Any]:
    """The configuration of the only plugin in a section."""
    found = archive["data"][section][0]["configuration"]
    assert isinstance(found, dict)
    return found


SPOILT: dict[str, Edit] = {
    "a reserved context root": lambda a: a["data"]["applications"][0].update(contextRoot="/pa"),
    "a rule without its network": lambda a: configuration(a, "rules").update(cidrNotation=None),
    "an interval out of range": lambda a: configuration(a, "riskPolicies").update(
        riskCheckInterval=-1
    ),
    "garbage for a credential": lambda a: credential(a, value="garbage"),
    "the credential of another product": lambda a: credential(a, value=token(gatewayId=...)),
}
GOOD: dict[str, Edit] = {
    "nothing spoilt": lambda _: None,
    "a credential in the clear": lambda a: credential(a, value=token()),
    "a credential that another host sealed": lambda a: credential(a, encryptedValue=FOREIGN),
    "the mask of a credential": lambda a: credential(a, value="********"),
    "an unknown plugin in a challenge policy": lambda a: generator(a).update(className="com.x.Y"),
    "an unknown rule": lambda a: a["data"]["rules"][0].update(className="com.x.Y"),
}
PLACES = {
    "a reserved context root": "applications[id=1].contextRoot",
    "a rule without its network": "rules[id=1].configuration.cidrNotation",
    "an interval out of range": "riskPolicies[id=1].configuration.riskCheckInterval",
    "garbage for a credential": ".credential",
    "the credential of another product": ".credential",
}
"""The end of the place that a refusal names."""


@pytest.mark.parametrize("what", SPOILT)
def test_an_import_refuses_what_a_save_would_refuse(what: str) -> None:
    admin = Admin()
    archive = archive_of(admin)
    SPOILT[what](archive)
    before = admin.fake.store.snapshot()
    form = admin.refused("POST", "/config/import", archive)
    assert [place.endswith(PLACES[what]) for place in form] == [True]
    assert admin.fake.store.snapshot() == before


@pytest.mark.parametrize("what", SPOILT)
def test_an_import_that_looks_at_no_rule_takes_it(what: str) -> None:
    admin = Admin(archive_rules_checked=False)
    archive = archive_of(admin)
    SPOILT[what](archive)
    assert admin.send("POST", "/config/import", archive).status == 200
    assert set(admin.get("/config/export")["data"]) == set(archive["data"])


@pytest.mark.parametrize("what", GOOD)
def test_an_import_takes_what_cannot_be_read_here(what: str) -> None:
    admin = Admin()
    archive = archive_of(admin)
    GOOD[what](archive)
    begun = good(admin.send("POST", "/config/import/workflows", archive, query="failFast=false"))
    assert admin.get(f"/config/import/workflows/{begun['id']}")["status"] == "Complete"


def test_an_unknown_plugin_in_a_challenge_policy_is_kept_but_not_saved() -> None:
    admin = Admin()
    archive = archive_of(admin)
    generator(archive).update(className="com.x.Y")
    strict = Admin(archive_unknown_challenge_plugins=False)
    form = strict.refused("POST", "/config/import", archive)
    assert [place.endswith("generator.className") for place in form] == [True]
    assert admin.send("POST", "/config/import", archive).status == 200
    assert generator(admin.get("/config/export"))["className"] == "com.x.Y"
    body = {
        **CHALLENGE,
        "name": "other",
        "defaultChallengeResponse": {"generator": {"className": "com.x.Y", "configuration": {}}},
    }
    assert admin.refused("POST", "/authenticationChallengePolicies", body)


def test_an_import_does_not_look_at_credentials_that_a_save_does_not_read() -> None:
    admin = Admin(connection_read_on=frozenset())
    archive = archive_of(admin)
    credential(archive, value="garbage")
    assert admin.send("POST", "/config/import", archive).status == 200


def test_a_setting_of_an_archive_points_at_what_is_there() -> None:
    for decisions, status in (
        ({}, 422),
        ({"archive_unchecked_references": frozenset({"pingFederateRuntime"})}, 200),
    ):
        admin = Admin(**decisions)
        archive = admin.get("/config/export")
        archive["data"]["pingFederateRuntime"] = {"trustedCertificateGroupId": 99}
        answer = admin.send("POST", "/config/import", archive)
        assert answer.status == status
        if status == 422:
            place = "data.pingFederateRuntime.trustedCertificateGroupId"
            assert set(answer.json()["form"]) == {place}
    archive["data"]["pingFederateRuntime"]["trustedCertificateGroupId"] = 2
    assert Admin().send("POST", "/config/import", archive).status == 200


@pytest.mark.parametrize("held", [7, "x", [[]], {"configuration": 7}, {"className": []}])
def test_a_setting_that_holds_anything_breaks_nothing(held: Any) -> None:
    admin = Admin()
    archive = admin.get("/config/export")
    for entity in SETTINGS:
        whole = {field.name: held for field in entity.fields if field.refers is None}
        archive["data"][entity.table] = whole
    assert admin.send("POST", "/config/import", archive).status in {200, 422}
    for entity in SETTINGS:
        assert admin.send("GET", entity.path).status == 200
    for path in ("/oidc/provider/metadata", "/auth/oidc/scopes", "/pingfederate/metadata"):
        assert admin.send("GET", path).status == 422
    assert admin.send("GET", "/authTokenManagement/keySet").status == 200


@pytest.mark.parametrize(
    ("section", "value", "place"),
    [
        ("adminAuthBasic", [], "data.adminAuthBasic"),
        ("webSessionMgmt", {"keyRollPeriodInHours": "soon"}, "keyRollPeriodInHours"),
        ("adminAuthWebSession", {"sessionTimeoutInMinutes": {}}, "sessionTimeoutInMinutes"),
    ],
)
def test_an_import_refuses_a_setting_of_the_wrong_type(
    section: str, value: Any, place: str
) -> None:
    admin = Admin()
    archive = archive_of(admin)
    archive["data"][section] = value
    form = admin.refused("POST", "/config/import", archive)
    assert [where.endswith(place) for where in form] == [True]
    assert admin.get("/adminSessionInfo")["sub"] == "Administrator"


def test_an_import_reads_a_number_in_a_setting_that_is_sent_as_text() -> None:
    admin = Admin()
    archive = archive_of(admin)
    archive["data"]["webSessionMgmt"]["keyRollPeriodInHours"] = "12"
    assert admin.send("POST", "/config/import", archive).status == 200
    assert admin.get("/webSessionManagement")["keyRollPeriodInHours"] == 12


def test_an_id_of_thousands_of_digits_is_of_nothing() -> None:
    admin = Admin()
    body = admin.risk_policy_body(admin.connection(), pingOneConnectionId="9" * 5000)
    assert set(admin.refused("POST", "/riskPolicies", body)) == {
        "configuration.pingOneConnectionId"
    }


@pytest.mark.parametrize("lacking", ["pathPrefixes", "pathPatterns"])
def test_an_imported_resource_has_its_paths_both_ways_before_it_is_saved(lacking: str) -> None:
    archive = archive_of(Admin())
    [root] = archive["data"]["resources"]
    root |= {"pathPatterns": [{"pattern": "/a", "type": "WILDCARD"}], "pathPrefixes": ["/a"]}
    del root[lacking]
    other = Admin()
    other.send("POST", "/config/import", archive)
    [shown] = other.get("/applications/resources")["items"]
    assert shown["pathPatterns"] == [{"pattern": "/a", "type": "WILDCARD"}]
    assert shown["pathPrefixes"] == ["/a"]
    path = f"/applications/{shown['applicationId']}/resources/{shown['id']}"
    assert other.send("PUT", path, shown).json() == shown
