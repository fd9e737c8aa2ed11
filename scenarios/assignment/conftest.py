"""What the scenarios of assignment share: both collections, both ways to save into each."""

from functools import partial
from typing import Any

import pytest

from harness.product import PingOne, Product
from scenarios.collection import Collection, Saving

Json = dict[str, Any]


@pytest.fixture
def policy(product: Product, pingone: PingOne) -> Json:
    """A stored risk policy."""
    connection = product.admin.add_pingone_connection(pingone.add_credential())
    stored: Json = product.admin.add_risk_policy(connection)
    return stored


@pytest.fixture
def other_policy(product: Product, policy: Json) -> Json:
    """A second risk policy, on the same connection."""
    connection = {"id": policy["configuration"]["pingOneConnectionId"]}
    stored: Json = product.admin.add_risk_policy(connection)
    return stored


@pytest.fixture
def applications(product: Product) -> Collection:
    """The operations of /applications."""
    api = product.api
    return Collection(
        product,
        "application",
        listed=api.get_applications,
        add=api.add_application,
        get=api.get_application,
        update=api.update_application,
        delete=api.delete_application,
    )


@pytest.fixture
def application(product: Product) -> Json:
    """A stored web application with a web session and without a risk policy."""
    stored: Json = product.admin.add_application()
    return stored


@pytest.fixture
def resources(product: Product, application: Json) -> Collection:
    """The operations of the resources of the application."""
    return resources_of(product, application)


def resources_of(product: Product, application: Json) -> Collection:
    """The operations of /applications/{id}/resources."""
    api, key = product.api, application["id"]
    return Collection(
        product,
        "resource",
        listed=partial(api.get_application_resources, key),
        add=partial(api.add_application_resource, key),
        get=partial(api.get_application_resource, key),
        update=partial(api.update_application_resource, key),
        delete=partial(api.delete_application_resource, key),
    )


def saving_an_application(product: Product, applications: Collection, act: str) -> Saving:
    """A new application, or an edit of a stored one."""
    control = product.admin.add_application()
    if act == "update":
        return Saving("update", applications, control, control)
    return Saving("create", applications, control, product.admin.application_body())


def saving_a_resource(product: Product, act: str) -> Saving:
    """A new resource, or an edit of a stored one."""
    application = product.admin.add_application()
    resources = resources_of(product, application)
    control = product.admin.add_resource(application, product.unique_path())
    if act == "update":
        return Saving("update", resources, control, control)
    body = product.admin.resource_body(product.unique_path())
    return Saving("create", resources, control, body)


@pytest.fixture(params=["create", "update"])
def application_saving(
    request: pytest.FixtureRequest, product: Product, applications: Collection
) -> Saving:
    """Both ways to save an application."""
    return saving_an_application(product, applications, request.param)


@pytest.fixture(params=["create", "update"])
def resource_saving(request: pytest.FixtureRequest, product: Product) -> Saving:
    """Both ways to save a resource."""
    return saving_a_resource(product, request.param)


@pytest.fixture(
    params=["application-create", "application-update", "resource-create", "resource-update"]
)
def saving(request: pytest.FixtureRequest, product: Product, applications: Collection) -> Saving:
    """Every way to save an object that can carry a risk policy."""
    kind, act = request.param.split("-")
    if kind == "application":
        return saving_an_application(product, applications, act)
    return saving_a_resource(product, act)
