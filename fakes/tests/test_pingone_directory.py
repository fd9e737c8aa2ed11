"""Organizations, environments, populations, groups and users, as the platform API keeps them."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.pingone import FakePingOne, Hosts
from fakes.pingone.platform.assignments import grant
from fakes.pingone.platform.users import IMPORT
from fakes.tests.pingone_actors import Actors
from fakes.tests.pingone_tenant import NOBODYS, PLAIN, evaluation, gateway, targets


@pytest.fixture
def tenant() -> Actors:
    """A new tenant."""
    return Actors()


def _environment(tenant: Actors, **members: object) -> dict[str, Any]:
    licence = {"id": tenant.licence()}
    return {"name": "New", "type": "SANDBOX", "region": "NA", "license": licence, **members}


def _made(tenant: Actors, **members: object) -> dict[str, Any]:
    answer = tenant.as_admin("POST", "/v1/environments", _environment(tenant, **members))
    assert answer.status == 201, answer
    return dict(answer.json())


def test_the_organization_and_its_licences_are_read(tenant: Actors) -> None:
    listed = tenant.call("GET", "/v1/organizations").json()["_embedded"]["organizations"]
    assert [one["id"] for one in listed] == [tenant.fake.organization_id]
    here = f"/v1/organizations/{tenant.fake.organization_id}"
    assert tenant.call("GET", here).json() == listed[0]
    licences = tenant.call("GET", f"{here}/licenses").json()["_embedded"]["licenses"]
    assert [one["status"] for one in licences] == ["ACTIVE", "ACTIVE"]
    assert tenant.call("GET", f"{here}/licenses/{licences[0]['id']}").json() == licences[0]
    assert tenant.call("GET", f"{here}/licenses/{NOBODYS}").status == 404
    assert tenant.call("GET", f"/v1/organizations/{NOBODYS}").status == 404
    assert tenant.actor().call("GET", here).status == 403


def test_roles_are_the_same_for_all(tenant: Actors) -> None:
    for name, key in tenant.roles.items():
        assert tenant.call("GET", f"/v1/roles/{key}").json()["name"] == name
    assert tenant.call("GET", f"/v1/roles/{NOBODYS}").status == 404


def test_an_organization_admin_makes_an_environment_with_all_that_one_has(tenant: Actors) -> None:
    assert tenant.call("POST", "/v1/environments", _environment(tenant)).status == 403
    made = _made(tenant, description="For tests")
    path = f"/v1/environments/{made['id']}"
    assert tenant.as_admin("GET", path).json() == made
    assert tenant.call("GET", path).status == 403
    assert tenant.as_admin("GET", f"{path}/populations").json()["count"] == 1
    assert tenant.as_admin("GET", f"{path}/riskPolicySets").json()["count"] == 1
    assert tenant.as_admin("POST", f"{path}/riskEvaluations", evaluation("ada")).status == 201
    assert tenant.as_admin("POST", f"{path}/gateways", gateway()).status == 201


def test_who_makes_an_environment_manages_it(tenant: Actors) -> None:
    maker = tenant.actor("maker")
    place, key = (tenant.environment_id, tenant.fake.organization_id)
    role = {"id": tenant.roles["Organization Admin"], "name": "Organization Admin"}
    grant(tenant.fake.tenant, ("applications", maker.id), place, role, key, "ORGANIZATION")
    made = maker.call("POST", "/v1/environments", _environment(tenant)).json()
    path = f"/v1/environments/{made['id']}"
    for below in ("gateways", "users", "applications"):
        assert maker.call("GET", f"{path}/{below}").status == 200
    assert maker.call("GET", "gateways").status == 403


def test_an_environment_is_refused_with_every_complaint(tenant: Actors) -> None:
    taken = tenant.call("GET", "").json()["name"]
    body = {"name": taken, "type": "TEST", "region": "EU", "license": {"id": NOBODYS}}
    assert targets(tenant.as_admin("POST", "/v1/environments", body)) == {
        "name": "UNIQUENESS_VIOLATION",
        "type": "INVALID_VALUE",
        "region": "INVALID_VALUE",
        "license.id": "INVALID_VALUE",
    }
    missing = targets(tenant.as_admin("POST", "/v1/environments", {}))
    assert missing == dict.fromkeys(("name", "type", "region", "license"), "REQUIRED_VALUE")


@pytest.mark.parametrize(
    ("suffix", "region"),
    [("com", "NA"), ("ca", "CA"), ("eu", "EU"), ("com.au", "AU"), ("sg", "SG"), ("asia", "AP")],
)
def test_each_region_has_hosts_and_a_code_of_its_own(suffix: str, region: str) -> None:
    hosts = Hosts(*(f"https://{name}.pingone.{suffix}" for name in ("api", "auth", "console")))
    tenant = Actors(hosts=hosts)
    assert _made(tenant, region=region)["region"] == region


def test_an_environment_goes_with_all_that_is_in_it(tenant: Actors) -> None:
    made = _made(tenant)
    path = f"/v1/environments/{made['id']}"
    actor = tenant.actor().given("Environment Admin", key=made["id"])
    assert actor.call("GET", "/v1/environments").json()["count"] == 1
    assert tenant.as_admin("DELETE", path).status == 204
    assert tenant.as_admin("GET", path).status == 404
    assert actor.call("GET", "/v1/environments").json()["count"] == 0
    left = [
        (name, key)
        for name, table in tenant.fake.store.tables.items()
        for key, row in table.rows.items()
        if made["id"] in str(row)
    ]
    assert left == []


def test_a_production_environment_is_first_on_its_way_to_being_deleted(tenant: Actors) -> None:
    path = f"/v1/environments/{_made(tenant, type='PRODUCTION')['id']}"
    assert targets(tenant.as_admin("DELETE", path)) == {"status": "CONSTRAINT_VIOLATION"}
    pending = tenant.as_admin("PUT", f"{path}/status", {"status": "DELETE_PENDING"}).json()
    assert pending["softDeletedAt"] < pending["hardDeletedAllowedAt"]
    back = tenant.as_admin("PUT", f"{path}/status", {"status": "ACTIVE"}).json()
    assert "softDeletedAt" not in back
    tenant.as_admin("PUT", f"{path}/status", {"status": "DELETE_PENDING"})
    assert tenant.as_admin("DELETE", path).status == 204


def test_an_environment_is_replaced_but_for_its_type(tenant: Actors) -> None:
    made = _made(tenant, description="old")
    path = f"/v1/environments/{made['id']}"
    new = tenant.as_admin("PUT", path, _environment(tenant, name="Newer")).json()
    assert (new["name"], "description" in new) == ("Newer", False)
    told = targets(tenant.as_admin("PUT", path, _environment(tenant, type="PRODUCTION")))
    assert told == {"type": "INVALID_VALUE"}


def test_protect_wants_its_product_in_the_bill_of_materials(tenant: Actors) -> None:
    bill = {"products": [{"type": "PING_ONE_BASE"}], "solutionType": "CUSTOMER"}
    made = tenant.call("PUT", "billOfMaterials", bill).json()
    assert tenant.call("GET", "billOfMaterials").json() == made
    refused = tenant.call("GET", "riskPolicySets")
    assert (refused.status, refused.json()["code"]) == (403, "ACCESS_FAILED")
    assert tenant.call("GET", "gateways").status == 200
    bill["products"].append({"type": "PING_ONE_RISK"})  # type: ignore[attr-defined]
    tenant.call("PUT", "billOfMaterials", bill)
    assert tenant.call("GET", "riskPolicySets").status == 200
    bad = {"products": [{"type": "PING_ONE_TEA"}] * 2, "solutionType": "x"}
    assert targets(tenant.call("PUT", "billOfMaterials", bad)) == {
        "products[0].type": "INVALID_VALUE",
        "products[1].type": "INVALID_VALUE",
        "products": "UNIQUENESS_VIOLATION",
        "solutionType": "INVALID_VALUE",
    }


def test_one_population_is_the_default_one(tenant: Actors) -> None:
    [first] = tenant.call("GET", "populations").json()["_embedded"]["populations"]
    made = tenant.made("populations", {"name": "Staff", "default": True})
    assert tenant.call("GET", f"populations/{first['id']}").json()["default"] is False
    assert tenant.user("ada")["population"] == {"id": made["id"]}
    assert targets(tenant.call("DELETE", f"populations/{made['id']}")) == {
        "id": "CONSTRAINT_VIOLATION"
    }
    renamed = tenant.call("PUT", f"populations/{made['id']}", {"name": "People"}).json()
    assert (renamed["name"], renamed["default"]) == ("People", True)
    assert tenant.call("DELETE", f"populations/{first['id']}").status == 204
    body = {"name": "People"}
    assert targets(tenant.call("POST", "populations", body)) == {"name": "UNIQUENESS_VIOLATION"}


def test_a_population_with_users_stays(tenant: Actors) -> None:
    staff = tenant.population("Staff")
    user = tenant.user("ada", population={"id": staff["id"]})
    refused = tenant.call("DELETE", f"populations/{staff['id']}")
    assert targets(refused) == {"id": "CONSTRAINT_VIOLATION"}
    tenant.call("DELETE", f"users/{user['id']}")
    assert tenant.call("DELETE", f"populations/{staff['id']}").status == 204


def test_who_makes_a_population_manages_it(tenant: Actors) -> None:
    maker = tenant.actor().given("Environment Admin")
    staff = maker.call("POST", "populations", {"name": "Staff"}).json()
    body = {"username": "ada", "population": {"id": staff["id"]}}
    assert maker.call("POST", "users", body).status == 201
    assert maker.call("POST", "users", {"username": "bob"}).status == 403


def test_a_user_is_patched(tenant: Actors) -> None:
    user = tenant.user("ada", name={"given": "Ada"}, externalId="1")
    path = f"users/{user['id']}"
    patched = tenant.call("PATCH", path, {"email": None, "externalId": "2"}).json()
    assert "email" not in patched
    assert (patched["externalId"], patched["name"]) == ("2", {"given": "Ada"})
    tenant.call("PUT", f"{path}/enabled", {"enabled": False})
    assert tenant.call("PATCH", path, {"externalId": "3"}).json()["enabled"] is False
    assert tenant.call("GET", f"{path}/enabled").json()["enabled"] is False
    told = targets(tenant.call("PATCH", path, {"username": None}))
    assert told == {"username": "REQUIRED_VALUE"}


def test_an_imported_user_has_a_password_and_needs_one_that_is_text(tenant: Actors) -> None:
    body = {"username": "ada", "password": {"value": "secret"}}
    made = tenant.call("POST", "users", body, content_type=IMPORT).json()
    assert "secret" not in str(made)
    assert tenant.call("GET", f"users/{made['id']}/password").json()["status"] == "OK"
    body = {"username": "bob", "password": {"value": 1}}
    refused = tenant.call("POST", "users", body, content_type=IMPORT)
    assert targets(refused) == {"password.value": "INVALID_VALUE"}


def test_users_are_members_of_groups(tenant: Actors) -> None:
    user = tenant.user("ada")
    group = tenant.made("groups", {"name": "Staff", "description": "All", "externalId": "s"})
    path = f"users/{user['id']}/memberOfGroups"
    made = tenant.made(path, {"id": group["id"]})
    assert (made["id"], made["name"], made["type"]) == (group["id"], "Staff", "DIRECT")
    assert tenant.call("GET", f"{path}/{group['id']}").json() == made
    assert tenant.call("GET", path).json()["_embedded"]["groupMemberships"] == [made]
    assert targets(tenant.call("POST", path, {"id": group["id"]})) == {"id": "UNIQUENESS_VIOLATION"}
    assert targets(tenant.call("POST", path, {"id": NOBODYS})) == {"id": "INVALID_VALUE"}
    assert tenant.call("DELETE", f"{path}/{group['id']}").status == 204
    assert tenant.call("GET", f"{path}/{group['id']}").status == 404
    tenant.made(path, {"id": group["id"]})
    assert tenant.call("DELETE", f"groups/{group['id']}").status == 204
    assert tenant.call("GET", path).json()["size"] == 0


def test_groups_are_kept_and_replaced(tenant: Actors) -> None:
    made = tenant.made("groups", {"name": "Staff", "customData": {"a": 1}})
    path = f"groups/{made['id']}"
    assert tenant.call("GET", path).json() == made
    new = tenant.call("PUT", path, {"name": "People"}).json()
    assert (new["name"], "customData" in new) == ("People", False)
    assert targets(tenant.call("POST", "groups", {"name": "People"})) == {
        "name": "UNIQUENESS_VIOLATION"
    }
    body = {"name": "x", "population": {"id": NOBODYS}}
    assert targets(tenant.call("POST", "groups", body)) == {"population.id": "INVALID_VALUE"}


def test_instances_of_a_gateway_are_those_that_connect() -> None:
    tenant = Actors(PLAIN)
    body = {"davinci": {"policies": []}, "radiusClients": [{"ip": "192.0.2.1"}]}
    made = tenant.gateway("radius", type="RADIUS", **body)
    given = {"gateway": made["id"], "hostname": "one.example.com"}
    with pytest.raises(ValueError, match="credential"):
        tenant.fake.put_instance(given)
    credential = tenant.credential(made["id"])
    instance = tenant.fake.put_instance(given)
    path = f"gateways/{made['id']}/instances"
    assert tenant.call("GET", path).json()["_embedded"]["gatewayInstances"] == [instance]
    assert tenant.call("GET", f"{path}/{instance['id']}").json() == instance
    assert instance["credential"] == {"id": credential["id"]}
    gone = tenant.fake.put_instance({**given, "connected": False})
    assert (gone["id"], gone["healthStatus"]) == (instance["id"], "UNHEALTHY")
    [shown] = tenant.call("GET", "gateways?expand=instances").json()["_embedded"]["gateways"]
    assert shown["_embedded"]["instances"] == [gone]
    assert tenant.call("GET", "gateways?expand=all").status == 400
    assert tenant.call("GET", f"{path}/{NOBODYS}").status == 404
    assert tenant.call("DELETE", f"gateways/{made['id']}").status == 204
    assert not tenant.fake.store.table("gatewayInstances").rows


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"gateway": NOBODYS, "hostname": "x"}, "gateway"),
        ({"gateway": [], "hostname": "x"}, "gateway"),
        ({"hostname": ""}, "hostname"),
        ({"hostname": 1}, "hostname"),
        ({"hostname": "x", "connected": "yes"}, "connected"),
    ],
)
def test_an_instance_that_cannot_be_is_told(given: dict[str, Any], told: str) -> None:
    tenant = Actors()
    made = tenant.gateway("intelligence", type="PING_INTELLIGENCE")
    with pytest.raises(ValueError, match=f"^{told}: "):
        tenant.fake.put_instance({"gateway": made["id"], **given})


def test_every_seed_has_a_tenant_of_its_own() -> None:
    ids = {
        seed: {str(key) for table in _fake(seed).store.tables.values() for key in table.rows}
        for seed in (0, 1)
    }
    assert {key for key in ids[0] & ids[1] if len(key) == 36} == set()


def _fake(seed: int) -> FakePingOne:
    return Actors(seed=seed).fake
