"""Roles decide who may do what, and who may give them to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakes.tests.pingone_actors import Actor, Actors
from fakes.tests.pingone_tenant import NOBODYS, evaluation, gateway, predictor, targets

if TYPE_CHECKING:
    from fakes.pingone import FakePingOne


@pytest.fixture
def tenant() -> Actors:
    """A new tenant."""
    return Actors()


CALLS: dict[str, tuple[str, str, Any]] = {
    "read gateways": ("GET", "gateways", None),
    "write gateways": ("POST", "gateways", gateway("made by a role")),
    "read users": ("GET", "users", None),
    "write users": ("POST", "users", {"username": "made-by-a-role"}),
    "write populations": ("POST", "populations", {"name": "made by a role"}),
    "read applications": ("GET", "applications", None),
    "write applications": ("POST", "resources", {"name": "made by a role"}),
    "write protect": ("POST", "riskPredictors", predictor("madeByARole")),
    "write evaluations": ("POST", "riskEvaluations", evaluation("ada")),
    "read environment": ("GET", "billOfMaterials", None),
}
ALLOWED = {
    "Environment Admin": set(CALLS) - {"read users", "write users"},
    "Identity Data Admin": {"read users", "write users", "write evaluations", "read environment"},
    "Identity Data Read Only": {"read users", "read environment"},
    "Configuration Read Only": {"read gateways", "read applications", "read environment"},
    "Client Application Developer": {
        "read applications",
        "write applications",
        "read environment",
    },
    "Help Desk Admin": {"read users", "read environment"},
    "DaVinci Admin": {"read environment"},
}


@pytest.mark.parametrize("role", ALLOWED)
def test_a_role_opens_its_areas_and_no_others(tenant: Actors, role: str) -> None:
    actor = tenant.actor()
    assert {actor.call(*call).status for call in CALLS.values()} == {403}
    actor.given(role)
    opened = {name for name, call in CALLS.items() if actor.call(*call).status != 403}
    assert opened == ALLOWED[role]


def test_a_role_that_is_taken_away_decides_no_longer(tenant: Actors) -> None:
    actor = tenant.actor().given("Environment Admin")
    assert actor.call("GET", "gateways").status == 200
    path = f"applications/{actor.id}/roleAssignments"
    [given] = tenant.call("GET", path).json()["_embedded"]["roleAssignments"]
    assert tenant.call("GET", f"{path}/{given['id']}").json() == given
    same = {"role": given["role"], "scope": given["scope"]}
    assert tenant.call("PUT", f"{path}/{given['id']}", same).json() == given
    other = tenant.assigned("Identity Data Admin")
    told = targets(tenant.call("PUT", f"{path}/{given['id']}", other))
    assert told == {"role.id": "INVALID_VALUE"}
    assert tenant.call("DELETE", f"{path}/{given['id']}").status == 204
    assert actor.call("GET", "gateways").status == 403
    assert tenant.call("GET", f"{path}/{given['id']}").status == 404


def test_a_role_comes_first_and_what_is_there_second(tenant: Actors) -> None:
    actor = tenant.actor().given("Identity Data Read Only")
    assert actor.call("GET", f"gateways/{NOBODYS}").status == 403
    assert actor.call("GET", f"users/{NOBODYS}").status == 404
    assert actor.call("PUT", f"users/{NOBODYS}", {}).status == 403


def test_a_scope_is_a_border(tenant: Actors) -> None:
    second = tenant.fake.second_environment_id
    actor = tenant.actor().given("Environment Admin", key=second)
    assert actor.call("GET", "gateways").status == 403
    assert actor.call("GET", f"/v1/environments/{second}/gateways").status == 200
    listed = actor.call("GET", "/v1/environments").json()["_embedded"]["environments"]
    assert [one["id"] for one in listed] == [second]
    everywhere = tenant.actor("all").given("Configuration Read Only", "ORGANIZATION")
    assert everywhere.call("GET", "gateways").status == 200
    assert everywhere.call("GET", f"/v1/environments/{second}/gateways").status == 200
    assert everywhere.call("GET", "/v1/environments").json()["count"] == 2


def _in_population(tenant: Actors) -> tuple[Actor, dict[str, Any], dict[str, Any]]:
    staff = tenant.population("Staff")
    inside = tenant.user("inside", population={"id": staff["id"]})
    outside = tenant.user("outside")
    actor = tenant.actor().given("Identity Data Admin", "POPULATION", staff["id"])
    return actor, inside, outside


def test_a_role_in_a_population_reaches_its_users_only(tenant: Actors) -> None:
    actor, inside, outside = _in_population(tenant)
    listed = actor.call("GET", "users").json()
    assert [one["id"] for one in listed["_embedded"]["users"]] == [inside["id"]]
    assert actor.call("GET", f"users/{inside['id']}").status == 200
    for path in ("", "/password", "/memberOfGroups", "/roleAssignments", "/enabled"):
        assert actor.call("GET", f"users/{outside['id']}{path}").status == 403
    assert actor.call("DELETE", f"users/{outside['id']}").status == 403
    assert actor.call("GET", f"users/{NOBODYS}").status == 404
    assert actor.call("GET", "gateways").status == 403
    body = {"username": "new", "population": inside["population"]}
    assert actor.call("POST", "users", body).status == 201
    assert actor.call("POST", "users", {"username": "other"}).status == 403
    moved = {"id": outside["population"]["id"]}
    assert actor.call("PUT", f"users/{inside['id']}/population", moved).status == 403
    own = actor.call("GET", "populations").json()["_embedded"]["populations"]
    assert [one["name"] for one in own] == ["Staff"]


def test_an_application_owner_has_that_application_only(tenant: Actors) -> None:
    other, mine = tenant.actor("other"), tenant.actor("mine")
    owner = tenant.actor("owner").given("Application Owner", "APPLICATION", mine.id)
    assert owner.call("GET", f"applications/{mine.id}").status == 200
    assert owner.call("GET", f"applications/{other.id}").status == 403
    assert owner.call("GET", "applications").status == 403


def test_one_gives_what_one_may_within_ones_own_scope(tenant: Actors) -> None:
    admin = tenant.actor().given("Environment Admin")
    other = tenant.actor("other")
    path = f"applications/{other.id}/roleAssignments"
    assert admin.call("POST", path, tenant.assigned("Identity Data Admin")).status == 201
    refused = [
        tenant.assigned("Organization Admin"),
        tenant.assigned("Client Application Developer", "ORGANIZATION"),
        tenant.assigned("Client Application Developer", key=tenant.fake.second_environment_id),
    ]
    for body in refused:
        answer = admin.call("POST", path, body)
        assert (answer.status, answer.json()["code"]) == (403, "ACCESS_FAILED")
    identity = tenant.actor("identity").given("Identity Data Admin")
    assert identity.call("POST", path, tenant.assigned("Help Desk Admin")).status == 201
    assert identity.call("POST", path, tenant.assigned("Environment Admin")).status == 403
    [first, _] = admin.call("GET", path).json()["_embedded"]["roleAssignments"]
    assert identity.call("DELETE", f"{path}/{first['id']}").status == 204


def test_a_group_gets_only_roles_that_its_giver_has(tenant: Actors) -> None:
    group = tenant.made("groups", {"name": "Administrators"})
    path = f"groups/{group['id']}/roleAssignments"
    assert tenant.call("POST", path, tenant.assigned("Client Application Developer")).status == 403
    assert tenant.call("POST", path, tenant.assigned("Environment Admin")).status == 201


def test_an_assignment_is_of_a_role_and_a_scope_that_are_there(tenant: Actors) -> None:
    path = f"applications/{tenant.actor().id}/roleAssignments"
    usual = tenant.assigned("Environment Admin")
    scope = usual["scope"]
    for body, told in (
        ({}, {"role": "REQUIRED_VALUE", "scope": "REQUIRED_VALUE"}),
        ({**usual, "role": {"id": NOBODYS}}, {"role.id": "INVALID_VALUE"}),
        ({**usual, "scope": {**scope, "id": NOBODYS}}, {"scope.id": "INVALID_VALUE"}),
        ({**usual, "scope": {**scope, "type": "WORLD"}}, {"scope.type": "INVALID_VALUE"}),
        ({**usual, "scope": {**scope, "type": "POPULATION"}}, {"scope.id": "INVALID_VALUE"}),
    ):
        assert targets(tenant.call("POST", path, body)) == told
    assert tenant.call("POST", path, usual).status == 201
    assert targets(tenant.call("POST", path, usual)) == {"role": "UNIQUENESS_VIOLATION"}


def test_only_some_gateways_and_applications_can_have_roles(tenant: Actors) -> None:
    federated = tenant.gateway("federated")["id"]
    body = {
        "bindDN": "cn=x",
        "bindPassword": "y",
        "serversHostAndPort": ["ldap.example.com:636"],
        "vendor": "PingDirectory",
    }
    other = tenant.gateway("directory", type="LDAP", **body)["id"]
    wanted = tenant.assigned("Client Application Developer")
    assert tenant.call("POST", f"gateways/{federated}/roleAssignments", wanted).status == 201
    refused = tenant.call("POST", f"gateways/{other}/roleAssignments", wanted)
    assert targets(refused) == {"role": "CONSTRAINT_VIOLATION"}


def test_a_gateways_token_is_worth_what_its_roles_are(tenant: Actors) -> None:
    made = tenant.gateway()
    path = f"gateways/{made['id']}/roleAssignments"
    jwt = tenant.credential(made["id"])["credential"]
    token = tenant.exchange(jwt).json()["access_token"]
    bearer = {"authorization": f"Bearer {token}"}
    roles = tenant.call("GET", path).json()["_embedded"]["roleAssignments"]
    assert tenant.call("GET", "users", **bearer).status == 200
    for one in roles:
        if one["role"]["id"] == tenant.roles["Identity Data Admin"]:
            assert tenant.call("DELETE", f"{path}/{one['id']}").status == 204
    assert tenant.call("GET", "users", **bearer).status == 403
    assert tenant.call("GET", "gateways", **bearer).status == 200
    developer = tenant.actor().given("Client Application Developer")
    assert developer.call("POST", "gateways", gateway("other")).status == 403


def test_a_user_has_their_roles_and_those_of_their_groups(tenant: Actors) -> None:
    user = tenant.user("ada")
    group = tenant.made("groups", {"name": "Administrators"})
    tenant.made(f"users/{user['id']}/memberOfGroups", {"id": group["id"]})
    tenant.made(f"users/{user['id']}/roleAssignments", tenant.assigned("Identity Data Admin"))
    tenant.made(f"groups/{group['id']}/roleAssignments", tenant.assigned("Environment Admin"))
    assert _names(tenant.fake, user["id"]) == {"Identity Data Admin", "Environment Admin"}
    tenant.call("DELETE", f"users/{user['id']}/memberOfGroups/{group['id']}")
    assert _names(tenant.fake, user["id"]) == {"Identity Data Admin"}
    tenant.call("DELETE", f"users/{user['id']}")
    assert _names(tenant.fake, user["id"]) == set()


def _names(fake: FakePingOne, actor: str) -> set[str]:
    from fakes.pingone.platform import assignments  # noqa: PLC0415 - looks behind the API

    return {row["name"] for row in assignments.of(fake.tenant, actor)}
