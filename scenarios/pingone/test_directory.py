"""Groups, users, and what an environment has been given (P1-DIR, P1-BILL)."""

import pytest

from harness.checks import expect_equal, expect_error, expect_members, expect_status, expect_that
from harness.errors import NotMeasured
from harness.product import PingOne, Product
from scenarios.pingone import bodies
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import embedded, json_object

NOBODYS = "00000000-0000-4000-8000-000000000000"
"""An id that no object has."""


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


@pytest.mark.requirement("P1-DIR-003")
def test_populations_are_beside_one_default(product: Product, pingone: PingOne) -> None:
    """A new one is not the default; it is read back, replaced whole, and gone once deleted.

    Source: PingOne Go SDK, management openapi, Population.
    """
    api, body = pingone.api, {"name": product.name("population"), "description": "before"}
    made = json_object(api.add_population(json=body), 201)
    expect_members(json_object(api.get_population(made["id"]), 200), body, "the population")

    listed = embedded(api.get_populations(), "populations")
    defaults = [one["id"] for one in listed if one.get("default") is True]
    expect_equal(len(defaults), 1, "default populations")
    expect_equal(made["id"] in defaults, False, "whether the new one is the default")

    new = {"name": product.name("population")}
    replaced = json_object(api.update_population(made["id"], json=new), 200)
    expect_members(replaced, {"id": made["id"], **new}, "the replaced population")
    expect_equal(replaced.get("description") or None, None, "a description that was not sent")
    expect_status(api.delete_population(made["id"]), 204)
    expect_error(api.get_population(made["id"]), 404, "NOT_FOUND")


@pytest.mark.requirement("P1-DIR-004")
@pytest.mark.parametrize(
    ("kind", "member"), [("population", "name"), ("group", "name"), ("user", "username")]
)
@pytest.mark.parametrize("value", [None, "", 7], ids=["none", "empty", "a number"])
def test_what_has_no_name_is_refused(
    product: Product, pingone: PingOne, kind: str, member: str, value: object
) -> None:
    """The same body with a name is saved; the error names the member.

    Source: PingOne Go SDK, management openapi, Population, Group and User (required).
    """
    add = getattr(pingone.api, f"add_{kind}")
    good: Json = {member: product.name(kind)}
    if kind == "user":
        good["email"] = f"{good[member]}@example.com"
    json_object(add(json=good), 201)

    spoiled = {**good, member: value} if value is not None else {**good}
    if value is None:
        del spoiled[member]

    expect_error(add(json=spoiled), 400, "INVALID_DATA", target=member)


@pytest.mark.requirement("P1-DIR-005")
def test_a_username_is_taken_once(product: Product, pingone: PingOne) -> None:
    """The second user is refused, and the first one alone is found by the name.

    Source: PingOne Go SDK, management openapi, User.username.
    """
    made = _user(product, pingone)
    body = {"username": made["username"], "email": "second@example.com"}

    expect_error(pingone.api.add_user(json=body), 400, "INVALID_DATA", target="username")

    params = {"filter": f'username eq "{made["username"]}"'}
    found = embedded(pingone.api.get_users(params=params), "users")
    expect_equal([one["id"] for one in found], [made["id"]], "users of the name")


@pytest.mark.requirement("P1-ORG-001")
def test_an_organization_shows_its_licences(pingone: PingOne) -> None:
    """The one that the environment names, with its status, alone and in the list.

    Source: PingOne Go SDK, management openapi, Organization, License.
    """
    api, environment = pingone.api, json_object(pingone.api.get_environment(), 200)
    key = environment["organization"]["id"]
    read = api.get_organization(key)
    if read.status_code == 403:
        raise NotMeasured("PingOne's worker may not read the organization")
    expect_members(json_object(read, 200), {"id": key}, "the organization")

    licences = embedded(api.get_licenses(key), "licenses")

    expect_that(bool(licences), "a licence", licences)
    states = ("ACTIVE", "EXPIRED", "FUTURE", "TERMINATED")
    for one in (*licences, json_object(api.get_license(key, licences[0]["id"]), 200)):
        expect_that(one.get("status") in states, f"a status of {states}", one)
    expect_error(api.get_license(key, NOBODYS), 404, "NOT_FOUND")
