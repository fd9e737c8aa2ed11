"""Groups, users, and what an environment has been given (P1-DIR, P1-BILL)."""

import pytest

from harness.checks import expect_equal, expect_error, expect_members, expect_status
from harness.product import PingOne, Product
from scenarios.pingone import bodies
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import embedded, json_object


def _user(product: Product, pingone: PingOne, **members: object) -> Json:
    name = product.name("user")
    body = {"username": name, "email": f"{name}@example.com", **members}
    return json_object(pingone.api.add_user(json=body), 201)


@pytest.mark.requirement("P1-DIR-001")
def test_members_are_found_by_their_group(product: Product, pingone: PingOne) -> None:
    """From joining until leaving, and nobody else is.

    Source: PingOne, read all users in a group; group membership (201, 204).
    """
    api = pingone.api
    group = json_object(api.add_group(json={"name": product.name("group")}), 201)
    member, _other = _user(product, pingone), _user(product, pingone)
    params = {"filter": f'memberOfGroups[id eq "{group["id"]}"]'}
    expect_equal(embedded(api.get_users(params=params), "users"), [], "members of a new group")

    expect_status(api.add_member_of_group(member["id"], json={"id": group["id"]}), 201)

    found = embedded(api.get_users(params=params), "users")
    expect_equal([one["id"] for one in found], [member["id"]], "members of the group")
    expect_status(api.delete_member_of_group(member["id"], group["id"]), 204)
    left = embedded(api.get_users(params=params), "users")
    expect_equal(left, [], "members of a group that was left")


@pytest.mark.requirement("P1-DIR-002")
def test_a_put_replaces_a_user_and_a_patch_a_part(product: Product, pingone: PingOne) -> None:
    """What PATCH leaves out stays, what it sends as null goes; what PUT leaves out goes.

    Source: PingOne API conventions, replacing a resource, partial updates.
    """
    api = pingone.api
    made = _user(product, pingone, externalId="before", name={"given": "Ada", "family": "L"})

    patched = json_object(api.patch_user(made["id"], json={"externalId": "after"}), 200)
    expect_members(patched, {"externalId": "after", "name": made["name"]}, "a patched user")
    cleared = json_object(api.patch_user(made["id"], json={"externalId": None}), 200)
    expect_equal(cleared.get("externalId"), None, "a member patched with null")

    body = {"username": made["username"], "email": "new@example.com"}
    replaced = json_object(api.update_user(made["id"], json=body), 200)
    expect_equal(replaced.get("name") or None, None, "a name that was not sent")
    expect_members(json_object(api.get_user(made["id"]), 200), body, "the user read back")


@pytest.mark.requirement("P1-BILL-001")
def test_protect_needs_its_product(pingone: PingOne) -> None:
    """Without PING_ONE_RISK evaluations and policy sets are refused; gateways are as before.

    Source: PingOne Protect, introduction; read one bill of materials.
    """
    pingone.needs_control("takes a product from the environment")
    api = pingone.api
    expect_status(api.add_risk_evaluation(json=bodies.evaluation()), 201)
    bill = {"products": [{"type": "PING_ONE_BASE"}]}

    expect_status(api.update_bill_of_materials(json=bill), 200)

    expect_error(api.add_risk_evaluation(json=bodies.evaluation()), (400, 403))
    expect_error(api.get_risk_policy_sets(), (400, 403))
    expect_status(api.get_gateways(), 200)
    shown = json_object(api.get_bill_of_materials(), 200)
    expect_equal([one["type"] for one in shown["products"]], ["PING_ONE_BASE"], "products")
