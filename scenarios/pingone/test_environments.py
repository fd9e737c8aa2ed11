"""Environments: which there are, which the bearer sees, and which are closed to it (P1-ENV)."""

import uuid

import pytest

from harness.checks import expect_equal, expect_error, expect_members, expect_status, expect_that
from harness.product import PingOne, Product
from scenarios.pingone import bodies
from scenarios.pingone.resource import embedded, json_object

NOBODYS = str(uuid.UUID(int=0x5EED))
"""An id that no object has: no random UUID is so small."""


@pytest.mark.requirement("P1-ENV-001")
def test_an_environment_is_read_with_its_name_region_and_type(pingone: PingOne) -> None:
    """The environment of the worker is read alone.

    Source: PingOne management API, ReadOneEnvironment; Environment.required.
    """
    environment = json_object(pingone.api.get_environment(), 200)

    expect_members(environment, {"id": pingone.environment_id}, "the environment")
    expect_that(bool(environment.get("name")), "a name", environment)
    regions = ("AP", "AU", "CA", "EU", "NA", "SG")
    expect_that(environment.get("region") in regions, f"one of {regions}", environment)
    types = ("PRODUCTION", "SANDBOX")
    expect_that(environment.get("type") in types, f"one of {types}", environment)


@pytest.mark.requirement("P1-ENV-001")
def test_the_list_of_environments_embeds_the_bearers(pingone: PingOne) -> None:
    """The same environment is in the list, and is the same there.

    Source: PingOne management API, ReadAllEnvironments (_embedded.environments).
    """
    alone = json_object(pingone.api.get_environment(), 200)

    listed = embedded(pingone.api.get_environments(), "environments")

    same = [item for item in listed if item["id"] == pingone.environment_id]
    expect_equal(len(same), 1, "environments of the worker's id in the list")
    for member in ("name", "region", "type"):
        expect_equal(same[0].get(member), alone[member], f"{member} in the list")


@pytest.mark.requirement("P1-ENV-002")
def test_every_listed_environment_is_open_to_the_bearer(pingone: PingOne) -> None:
    """What is listed can be read: nothing is listed in which the bearer has no role.

    Source: assumed; the authority of a worker is its role assignments.
    """
    listed = embedded(pingone.api.get_environments(), "environments")

    for item in listed:
        expect_status(pingone.api.get_gateways(environment_id=item["id"]), 200)


@pytest.mark.requirement("P1-ENV-003")
def test_an_environment_that_does_not_exist_is_not_found(pingone: PingOne) -> None:
    """An id that no environment has answers 404.

    Source: PingOne error codes; Terraform provider, CheckEnvironmentExistsOnPermissionsError.
    """
    expect_status(pingone.api.get_environment(), 200)

    expect_error(pingone.api.get_environment(environment_id=NOBODYS), 404, "NOT_FOUND")


@pytest.mark.requirement("P1-ENV-003")
def test_nothing_is_read_or_made_in_an_environment_that_does_not_exist(
    product: Product, pingone: PingOne
) -> None:
    """Resources of an environment that does not exist answer 400, 401, 403 or 404.

    Source: Terraform provider, CheckEnvironmentExistsOnPermissionsError (400, 401 or 403).
    """
    expect_status(pingone.api.get_gateways(), 200)
    body = bodies.gateway(product.name("gateway"))

    for answer in (
        pingone.api.get_gateways(environment_id=NOBODYS),
        pingone.api.get_risk_policy_sets(environment_id=NOBODYS),
        pingone.api.add_gateway(json=body, environment_id=NOBODYS),
        pingone.api.add_risk_evaluation(json=bodies.evaluation(), environment_id=NOBODYS),
    ):
        expect_status(answer, 400, 401, 403, 404)


@pytest.mark.requirement("P1-ENV-004")
def test_an_environment_without_a_role_is_closed(product: Product, pingone: PingOne) -> None:
    """Reading and writing where the worker has no role answers 403 ACCESS_FAILED.

    Source: PingOne error codes (403 ACCESS_FAILED, detail INSUFFICIENT_PERMISSIONS).
    """
    closed = pingone.needs_second_environment("an environment in which the worker has no role")
    expect_status(pingone.api.get_gateways(), 200)
    body = bodies.gateway(product.name("gateway"))

    for answer in (
        pingone.api.get_gateways(environment_id=closed),
        pingone.api.get_risk_predictors(environment_id=closed),
        pingone.api.add_gateway(json=body, environment_id=closed),
        pingone.api.add_risk_evaluation(json=bodies.evaluation(), environment_id=closed),
    ):
        expect_error(answer, 403, "ACCESS_FAILED")


@pytest.mark.requirement("P1-ENV-002")
def test_an_environment_without_a_role_is_not_listed(pingone: PingOne) -> None:
    """The list leaves out the environment in which the worker has no role.

    Source: assumed; the authority of a worker is its role assignments.
    """
    closed = pingone.needs_second_environment("an environment in which the worker has no role")

    listed = {item["id"] for item in embedded(pingone.api.get_environments(), "environments")}

    expect_that(pingone.environment_id in listed, "the worker's own environment", listed)
    expect_that(closed not in listed, f"a list without {closed}", listed)
