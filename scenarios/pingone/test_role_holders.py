"""Users and groups have roles as workers do; and which roles there are (P1-ROLE)."""

import pytest

from harness.checks import expect_equal, expect_error, expect_members, expect_status, expect_that
from harness.product import PingOne, Product
from harness.product.workers import assign, assignment, role_id
from scenarios.pingone.resource import embedded, json_object

NOBODYS = "00000000-0000-4000-8000-000000000000"
"""An id that no object has."""


@pytest.mark.requirement("P1-ROLE-011")
@pytest.mark.parametrize("holder", ["user", "group"])
def test_users_and_groups_are_given_roles(product: Product, pingone: PingOne, holder: str) -> None:
    """201 with role and scope, in the list, and gone with 204.

    Source: PingOne user role assignments, group role assignments.
    """
    api = pingone.api
    if holder == "user":
        key = _user(product, pingone)
    else:
        key = json_object(api.add_group(json={"name": product.name("group")}), 201)["id"]
    role = "Identity Data Admin"  # who gives it to a group must have it (group role assignments)
    listed = getattr(api, f"get_{holder}_role_assignments")
    expect_equal(embedded(listed(key), "roleAssignments"), [], f"roles of a new {holder}")

    made = assign(pingone, holder, key, role)

    expect_members(made, assignment(pingone, role), "the assignment")
    roles = [
        (one["id"], (one.get("role") or {}).get("id"))
        for one in embedded(listed(key), "roleAssignments")
    ]
    expect_equal(roles, [(made["id"], role_id(pingone, role))], f"roles of the {holder}")
    delete = getattr(api, f"delete_{holder}_role_assignment")
    expect_status(delete(key, made["id"]), 204)
    expect_equal(embedded(listed(key), "roleAssignments"), [], f"roles of the {holder} afterwards")


@pytest.mark.requirement("P1-ROLE-012")
def test_the_built_in_roles_are_listed(pingone: PingOne) -> None:
    """Those that an environment cannot do without, each read by its id.

    Source: PingOne Go SDK, management openapi, EnumRoleName.
    """
    listed = {one.get("name"): one["id"] for one in embedded(pingone.api.get_roles(), "roles")}

    for name in (
        "Environment Admin",
        "Identity Data Admin",
        "Organization Admin",
        "Identity Data Read Only",
    ):
        expect_that(name in listed, f"the role {name}", sorted(map(str, listed)))
        read = json_object(pingone.api.get_role(listed[name]), 200)
        expect_members(read, {"id": listed[name], "name": name}, "the role")
    expect_error(pingone.api.get_role(NOBODYS), 404, "NOT_FOUND")


def _user(product: Product, pingone: PingOne) -> str:
    """The id of a new user."""
    name = product.name("user")
    body = {"username": name, "email": f"{name}@example.com"}
    return str(json_object(pingone.api.add_user(json=body), 201)["id"])
