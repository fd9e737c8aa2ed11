"""Roles of workers and gateways decide what their tokens open (P1-ROLE)."""

from collections.abc import Callable

import httpx
import pytest

from harness.checks import expect_equal, expect_error, expect_members, expect_status, expect_that
from harness.product import PingOne, Product
from harness.product.workers import add_worker, assign, assignment, role_id, token_of
from scenarios.pingone import bodies
from scenarios.pingone.bodies import LDAP, REFUSED, Json
from scenarios.pingone.resource import Resource, embedded, json_object

NOBODYS = "00000000-0000-4000-8000-000000000000"
"""An id that no object has."""

INHERITED = ("Environment Admin", "Identity Data Admin")
"""Roles that a gateway takes over (gateway role assignments)."""

OUTSIDE = (403, 404)
"""What is out of scope: no document chooses between them."""


def _calls(product: Product, pingone: PingOne) -> dict[str, Callable[[str], httpx.Response]]:
    """One request of each kind, as whoever holds a token makes it."""
    api = pingone.api
    new = bodies.gateway(product.name("gateway"))
    user = {"username": product.name("user"), "email": "paconform@example.com"}
    return {
        "read gateways": lambda token: api.get_gateways(token=token),
        "make a gateway": lambda token: api.add_gateway(json=new, token=token),
        "read policy sets": lambda token: api.get_risk_policy_sets(token=token),
        "read users": lambda token: api.get_users(token=token),
        "make a user": lambda token: api.add_user(json=user, token=token),
    }


@pytest.mark.requirement("P1-ROLE-001")
def test_without_a_role_nothing_is_open(product: Product, pingone: PingOne) -> None:
    """The worker of the run, which has roles, is let in; a new one without any is not.

    Source: PingOne roles and permissions; error codes (403 ACCESS_FAILED).
    """
    stranger = add_worker(pingone)
    expect_status(pingone.api.get_gateways(), 200)

    for call in _calls(product, pingone).values():
        expect_error(call(stranger.token), 403, "ACCESS_FAILED")


@pytest.mark.requirement("P1-ROLE-001")
@pytest.mark.parametrize(
    ("role", "opened", "closed"),
    [
        ("Environment Admin", ("read gateways", "make a gateway", "read policy sets"), ()),
        ("Identity Data Admin", ("read users", "make a user"), ("make a gateway",)),
        ("Identity Data Read Only", ("read users",), ("make a gateway", "make a user")),
        ("Client Application Developer", (), ("make a gateway", "make a user")),
    ],
)
def test_a_role_opens_what_is_its_own(
    product: Product, pingone: PingOne, role: str, opened: tuple[str, ...], closed: tuple[str, ...]
) -> None:
    """Gateways to who manages environments, users to who manages identities.

    Source: PingOne administrator roles (what each is centred on).
    """
    worker, calls = add_worker(pingone, role), _calls(product, pingone)

    for name in opened:
        expect_status(calls[name](worker.token), 200, 201)
    for name in closed:
        expect_error(calls[name](worker.token), 403, "ACCESS_FAILED")


@pytest.mark.requirement("P1-ROLE-002")
def test_a_role_that_reads_changes_nothing(gateways: Resource, pingone: PingOne) -> None:
    """It reads gateways and policy sets; it makes, replaces and deletes none.

    Source: PingOne administrator roles, Configuration Read Only.
    """
    made, body = gateways.create(), gateways.good()
    reader = add_worker(pingone, "Configuration Read Only").token
    expect_status(pingone.api.get_gateway(made["id"], token=reader), 200)
    expect_status(pingone.api.get_risk_policy_sets(token=reader), 200)

    expect_error(pingone.api.add_gateway(json=body, token=reader), 403, "ACCESS_FAILED")
    answer = pingone.api.update_gateway(made["id"], json=body, token=reader)
    expect_error(answer, 403, "ACCESS_FAILED")
    expect_error(pingone.api.delete_gateway(made["id"], token=reader), 403, "ACCESS_FAILED")
    expect_error(pingone.api.add_gateway_credential(made["id"], token=reader), 403, "ACCESS_FAILED")
    gateways.expect_kept(made)


@pytest.mark.requirement("P1-ROLE-003")
def test_a_role_in_a_population_ends_at_its_border(product: Product, pingone: PingOne) -> None:
    """A user inside is read and replaced, one outside is neither, and the list has those inside.

    Source: PingOne application role assignments (scope POPULATION).
    """
    api = pingone.api
    staff = json_object(api.add_population(json={"name": product.name("population")}), 201)
    inside = _user(product, pingone, population={"id": staff["id"]})
    outside = _user(product, pingone)
    scope = {"id": staff["id"], "type": "POPULATION"}
    worker = add_worker(pingone, "Identity Data Admin", scope=scope).token
    expect_status(api.get_user(inside["id"], token=worker), 200)

    expect_status(api.get_user(outside["id"], token=worker), *OUTSIDE)
    body = {"username": outside["username"], "email": "other@example.com"}
    expect_status(api.update_user(outside["id"], json=body, token=worker), *OUTSIDE)
    expect_status(api.delete_user(outside["id"], token=worker), *OUTSIDE)
    listed = {item["id"] for item in embedded(api.get_users(token=worker), "users")}
    expect_equal(listed, {inside["id"]}, "users that the worker lists")
    expect_equal(json_object(api.get_user(outside["id"]), 200)["email"], outside["email"], "email")


@pytest.mark.requirement("P1-ROLE-004")
def test_a_role_that_was_taken_away_opens_nothing(pingone: PingOne) -> None:
    """The same worker, with a new token, is closed out.

    Source: PingOne application role assignments, delete (204).
    """
    worker = add_worker(pingone)
    given = assign(pingone, "application", worker.id, "Environment Admin")
    expect_status(pingone.api.get_gateways(token=token_of(pingone, worker.client)), 200)

    expect_status(pingone.api.delete_application_role_assignment(worker.id, given["id"]), 204)

    answer = pingone.api.get_gateways(token=token_of(pingone, worker.client))
    expect_error(answer, 403, "ACCESS_FAILED")
    answer = pingone.api.get_application_role_assignment(worker.id, given["id"])
    expect_error(answer, 404, "NOT_FOUND")


@pytest.mark.requirement("P1-ROLE-005")
def test_nobody_gives_more_than_they_may(pingone: PingOne) -> None:
    """An Environment Admin gives a role of the environment; none of the organization, nor beyond.

    Source: PingOne built-in administrator roles (can assign); Terraform provider,
    utils_role_assignment.go (equal or broader scope).
    """
    other = add_worker(pingone)
    admin = add_worker(pingone, "Environment Admin").token
    give = pingone.api.add_application_role_assignment
    allowed = assignment(pingone, "Client Application Developer")
    expect_status(give(other.id, json=allowed, token=admin), 201)

    mine = json_object(pingone.api.get_environment(), 200)
    everywhere = {"id": mine["organization"]["id"], "type": "ORGANIZATION"}
    for body in (
        assignment(pingone, "Organization Admin"),
        assignment(pingone, "Client Application Developer", everywhere),
        assignment(pingone, "Identity Data Admin", everywhere),
    ):
        expect_error(give(other.id, json=body, token=admin), 403, "ACCESS_FAILED")
    listed = _assignments(pingone.api.get_application_role_assignments(other.id))
    expect_equal([one["role"]["id"] for one in listed], [allowed["role"]["id"]], "roles given")


@pytest.mark.requirement("P1-ROLE-006")
def test_an_assignment_is_read_back_and_given_once(pingone: PingOne) -> None:
    """With its role and scope, alone and in the list; the same one again is refused.

    Source: PingOne application role assignments (201); Terraform provider (400 for a second one).
    """
    worker = add_worker(pingone)
    body = assignment(pingone, "Identity Data Read Only")

    made = assign(pingone, "application", worker.id, "Identity Data Read Only")

    expect_members(made, body, "the new assignment")
    alone = json_object(pingone.api.get_application_role_assignment(worker.id, made["id"]), 200)
    expect_members(alone, body, "the assignment read back")
    again = pingone.api.add_application_role_assignment(worker.id, json=body)
    expect_error(again, 400, "INVALID_DATA", target="role")
    listed = _assignments(pingone.api.get_application_role_assignments(worker.id))
    expect_equal([one["id"] for one in listed], [made["id"]], "assignments in the list")


@pytest.mark.requirement("P1-ROLE-007")
def test_only_a_pingfederate_gateway_can_have_roles(gateways: Resource, pingone: PingOne) -> None:
    """Another type of gateway starts without a role, and is given none.

    Source: PingOne gateway role assignments.
    """
    federated = gateways.create()
    other = gateways.create({**gateways.good(), **LDAP})
    role = "Configuration Read Only"
    assign(pingone, "gateway", federated["id"], role)

    answer = pingone.api.add_gateway_role_assignment(other["id"], json=assignment(pingone, role))

    expect_status(answer, *REFUSED)
    listed = _assignments(pingone.api.get_gateway_role_assignments(other["id"]))
    expect_equal(listed, [], "roles of a gateway to a directory")


@pytest.mark.requirement("P1-ROLE-008")
@pytest.mark.parametrize("roles", [INHERITED, INHERITED[:1]], ids=["both", "one"])
def test_a_gateway_has_the_roles_of_who_made_it(
    gateways: Resource, pingone: PingOne, roles: tuple[str, ...]
) -> None:
    """As far as they are Environment Admin and Identity Data Admin, in the environment only.

    Source: PingOne gateway role assignments.
    """
    maker = add_worker(pingone, *roles, "Client Application Developer")

    made = json_object(pingone.api.add_gateway(json=gateways.good(), token=maker.token), 201)

    listed = _assignments(pingone.api.get_gateway_role_assignments(made["id"]))
    expected = sorted(role_id(pingone, role) for role in roles)
    expect_equal(sorted(one["role"]["id"] for one in listed), expected, "roles of the gateway")
    here = {"id": pingone.environment_id, "type": "ENVIRONMENT"}
    for one in listed:
        expect_equal(one["scope"], here, "scope of a role of the gateway")


@pytest.mark.requirement("P1-ROLE-009")
def test_the_token_of_a_credential_is_worth_the_roles_of_its_gateway(
    product: Product, pingone: PingOne
) -> None:
    """Without Identity Data Admin it makes no users; without any role, nothing.

    Source: PingOne gateway role assignments.
    """
    credential = pingone.add_credential()
    gateway, calls = credential.gateway_id, _calls(product, pingone)
    expect_status(calls["make a user"](_spent(pingone, credential.token)), 201)
    expect_status(calls["read gateways"](_spent(pingone, credential.token)), 200)

    held = {
        one["role"]["id"]: one["id"]
        for one in _assignments(pingone.api.get_gateway_role_assignments(gateway))
    }
    for role, now_closed in (
        ("Identity Data Admin", "make a user"),
        (INHERITED[0], "read gateways"),
    ):
        key = held[role_id(pingone, role)]
        expect_status(pingone.api.delete_gateway_role_assignment(gateway, key), 204)
        expect_error(calls[now_closed](_spent(pingone, credential.token)), 403, "ACCESS_FAILED")


@pytest.mark.requirement("P1-ROLE-010")
def test_a_stranger_does_not_learn_what_there_is(gateways: Resource, pingone: PingOne) -> None:
    """What exists and what does not are refused alike; with a role they differ.

    Source: assumed from PingOne error codes (403, 404).
    """
    made = gateways.create()
    stranger = add_worker(pingone).token
    expect_error(pingone.api.get_gateway(NOBODYS), 404, "NOT_FOUND")

    told = [
        expect_error(pingone.api.get_gateway(key, token=stranger), 403, "ACCESS_FAILED")["message"]
        for key in (made["id"], NOBODYS)
    ]

    expect_that(told[0] == told[1], "the same message", told)


def _user(product: Product, pingone: PingOne, **members: object) -> Json:
    name = product.name("user")
    body = {"username": name, "email": f"{name}@example.com", **members}
    return json_object(pingone.api.add_user(json=body), 201)


def _assignments(answer: httpx.Response) -> list[Json]:
    return embedded(answer, "roleAssignments")


def _spent(pingone: PingOne, credential: str) -> str:
    """An access token for the credential."""
    return str(json_object(pingone.exchange(credential), 200)["access_token"])
