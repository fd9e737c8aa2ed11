"""What each release exports goes into every release that is not older, and works there."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any, NamedTuple

import pytest

from fakes.handles import PingAccess, PingOne
from fakes.outside import Fault
from fakes.releases import releases
from fakes.switches import switched
from fakes.tests.pingaccess_core import Admin
from fakes.world import Snapshot, World

PAIRS = list(product(releases(), repeat=2))
PARTITIONED = ("webSessions.partitionedCookie",)


class Left(NamedTuple):
    """What a release leaves behind: its archive, and the state of the PingOne that it used."""

    archive: Any
    state: Snapshot


@cache
def left(release: str) -> Left:
    """A connection, a risk policy on it, an application and a resource that carry the policy."""
    world = World(release=release)
    with PingAccess.embedded(world).client() as admin:

        def add(path: str, **body: Any) -> Any:
            return admin.post(path, json=body).raise_for_status().json()

        credential = {"value": PingOne.embedded(world).credential()}
        connection = add("/pingone/connections", name="Production", credential=credential)
        kind = admin.get("/riskPolicies/descriptors").json()["items"][0]["className"]
        configuration = {"pingOneConnectionId": connection["id"], "userIdAttribute": "sub"}
        policy = add("/riskPolicies", name="Careful", className=kind, configuration=configuration)
        session = add(
            "/webSessions", name="Shop", audience="shop", clientCredentials={"clientId": "shop"}
        )
        shop = add(
            "/applications",
            name="Shop",
            contextRoot="/shop",
            virtualHostIds=[1],
            webSessionId=session["id"],
            riskPolicyId=policy["id"],
        )
        pay = {"name": "pay", "methods": ["*"], "pathPatterns": [{"pattern": "/pay"}]}
        add(f"/applications/{shop['id']}/resources", **pay, riskPolicyId=policy["id"])
        return Left(admin.get("/config/export").json(), world.snapshot())


def upgraded(old: str, new: str, *switches: str) -> tuple[World, Any]:
    """A new product of the other release, on the same PingOne."""
    world = World(release=new, defects=tuple(map(switched, switches)))
    world.fake_pingone.restore(left(old).state.pingone)
    return world, PingAccess.embedded(world).client()


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_an_archive_goes_forwards_and_never_back(old: str, new: str) -> None:
    _, admin = upgraded(old, new)
    before = admin.get("/config/export").json()

    answer = admin.post("/config/import", json=left(old).archive)

    if list(releases()).index(old) > list(releases()).index(new):
        told = answer.json()["form"]["version"]
        assert (answer.status_code, len(told)) == (422, 1)
        assert f"is newer than this PingAccess ({before['version']})" in told[0]
        assert admin.get("/config/export").json() == before
        return
    assert answer.status_code == 200, answer.text
    [policy] = admin.get("/riskPolicies").json()["items"]
    [shop] = [one for one in admin.get("/applications").json()["items"] if one["name"] == "Shop"]
    resources = admin.get(f"/applications/{shop['id']}/resources").json()["items"]
    [pay] = [one for one in resources if one["name"] == "pay"]
    assert shop["riskPolicyId"] == pay["riskPolicyId"] == policy["id"]
    assert status(admin, policy) == "VALID"


def status(admin: Any, policy: Any) -> str:
    """The status of the credential of the connection that the policy stands on."""
    connection = policy["configuration"]["pingOneConnectionId"]
    metadata = admin.get(f"/pingone/connections/{connection}/metadata")
    return str(metadata.raise_for_status().json()["credentialStatus"])


@pytest.mark.parametrize("new", [*releases()][1:])
def test_an_import_while_pingone_is_away_is_good_when_it_comes_back(new: str) -> None:
    world, admin = upgraded("7.2", new)
    world.outside.put_faults([Fault("any", "unreachable")])

    answer = admin.post("/config/import", json=left("7.2").archive)

    assert answer.status_code == 200, answer.text
    [policy] = admin.get("/riskPolicies").json()["items"]
    assert status(admin, policy) == "UNKNOWN"
    world.outside.put_faults([])
    assert status(admin, policy) == "VALID"


def test_an_import_that_asks_pingone_is_refused_while_it_is_away() -> None:
    """As a switch makes it: no document says whether an import asks."""
    world, admin = upgraded("7.2", "9.1", "archive_import_spends=true")
    world.outside.put_faults([Fault("any", "unreachable")])
    before = admin.get("/config/export").json()

    answer = admin.post("/config/import", json=left("7.2").archive)

    assert answer.status_code == 422
    [place] = answer.json()["form"]
    assert place.endswith(".credential")
    assert admin.get("/config/export").json() == before


def test_an_export_that_asks_pingone_is_refused_while_it_is_away() -> None:
    world, admin = upgraded("9.1", "9.1", "archive_export_spends=true")
    admin.post("/config/import", json=left("9.1").archive).raise_for_status()
    before = admin.get("/config/export").raise_for_status().json()
    world.outside.put_faults([Fault("any", "unreachable")])

    for answer in (admin.get("/config/export"), admin.post("/config/export/workflows")):
        assert answer.status_code == 422
        [place] = answer.json()["form"]
        assert place.endswith(".credential")
    world.outside.put_faults([])
    assert admin.get("/config/export").json() == before


@pytest.mark.parametrize(
    ("decisions", "taken"), [({}, True), ({"archive_unknown_members": False}, False)]
)
def test_members_that_a_release_does_not_know_are_dropped_or_refused(
    decisions: Any, taken: bool
) -> None:
    admin = Admin(**decisions)
    session = admin.web_session()
    archive = admin.get("/config/export")
    archive["data"]["webSessions"][0]["droppedLongAgo"] = True

    answer = admin.send("POST", "/config/import", archive)

    assert (answer.status == 200) == taken
    shown = admin.get(f"/webSessions/{session['id']}")
    assert shown == session
    if not taken:
        assert list(answer.json()["form"]) == [
            f"data.webSessions[id={session['id']}].droppedLongAgo"
        ]


def test_what_an_older_archive_lacks_has_its_default_or_none() -> None:
    for lacking in ((), PARTITIONED):
        admin = Admin(more_members=frozenset(PARTITIONED), archive_not_defaulted=frozenset(lacking))
        session = admin.web_session()
        archive = admin.get("/config/export")
        del archive["data"]["webSessions"][0]["partitionedCookie"]

        assert admin.send("POST", "/config/import", archive).status == 200
        expected = None if lacking else False
        assert admin.get(f"/webSessions/{session['id']}")["partitionedCookie"] is expected
