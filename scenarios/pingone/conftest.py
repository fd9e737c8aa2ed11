"""The kinds of PingOne object as fixtures."""

import pytest

from harness.product import PingOne, Product
from scenarios.pingone import bodies
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import Resource


@pytest.fixture
def gateways(product: Product, pingone: PingOne) -> Resource:
    """The gateways of the environment; a good one is a PingFederate gateway."""
    api = pingone.api
    return Resource(
        pingone,
        "gateways",
        "gateways",
        lambda **members: bodies.gateway(product.name("gateway"), **members),
        get_all=api.get_gateways,
        add=api.add_gateway,
        get=api.get_gateway,
        update=api.update_gateway,
        delete=api.delete_gateway,
    )


@pytest.fixture
def predictors(product: Product, pingone: PingOne) -> Resource:
    """The risk predictors of the environment; a good one maps the user's id."""
    api = pingone.api

    def good(**members: object) -> Json:
        levels = {"high": bodies.listed(["h"]), "medium": bodies.listed(["m"])}
        body = bodies.predictor(product.name("predictor"), **levels, low=bodies.listed(["l"]))
        return {**body, **members}

    return Resource(
        pingone,
        "riskPredictors",
        "riskPredictors",
        good,
        get_all=api.get_risk_predictors,
        add=api.add_risk_predictor,
        get=api.get_risk_predictor,
        update=api.update_risk_predictor,
        delete=api.delete_risk_predictor,
    )


@pytest.fixture
def policy_sets(product: Product, pingone: PingOne) -> Resource:
    """The risk policy sets of the environment; a good one has an override by address."""
    api = pingone.api

    def good(**members: object) -> Json:
        policies = [bodies.override_by_address("HIGH", "203.0.113.0/24")]
        body = bodies.policy_set(product.name("policies"), policies, [])
        del body["evaluatedPredictors"]
        return {**body, **members}

    return Resource(
        pingone,
        "riskPolicySets",
        "riskPolicySets",
        good,
        get_all=api.get_risk_policy_sets,
        add=api.add_risk_policy_set,
        get=api.get_risk_policy_set,
        update=api.update_risk_policy_set,
        delete=api.delete_risk_policy_set,
    )
