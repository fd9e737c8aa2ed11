"""An application is made, read, changed and deleted."""

from typing import Any

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_saved,
    expect_that,
)
from harness.product import Product
from scenarios.answered import integer_of
from scenarios.collection import (
    UNKNOWN_NUMBER,
    Collection,
    Saving,
    expect_absent,
    expect_found,
    expect_gone,
    expect_listed,
)

Json = dict[str, Any]

SETTINGS: Json = {
    "description": "kept as sent",
    "caseSensitivePath": True,
    "requireHTTPS": True,
    "allowEmptyPathSegments": True,
    "spaSupportEnabled": False,
    "enabled": False,
}

STANDING = (
    "name",
    "contextRoot",
    "applicationType",
    "destination",
    "defaultAuthType",
    "siteId",
    "webSessionId",
    "virtualHostIds",
)
"""The members that say where an application stands, and who signs on to it."""

DEFAULTS: Json = {
    "manualOrderingEnabled": False,
    "allowEmptyPathSegments": False,
    "deployReservedResources": False,
    "resourceOrder": [],
    "policy": {"Web": [], "API": []},
}
"""What is shown of members that were left out."""


@pytest.mark.requirement("PA-APP-001")
def test_adding_an_application_answers_with_the_stored_object(
    product: Product, applications: Collection
) -> None:
    """Source: admin API 7.3, addApplication (200, never 201), Application.id (int32)."""
    body = product.admin.application_body()

    added = expect_saved(applications.create(body))

    sent = {key: body[key] for key in ("name", "contextRoot", "virtualHostIds", "webSessionId")}
    expect_members(added, sent, "the answer")
    expect_that(integer_of(added, "id") > 0, "a positive number as id", added["id"])
    expect_equal(applications.stored(added["id"]), added, "what is stored")


@pytest.mark.requirement("PA-APP-001")
@pytest.mark.parametrize("sent", [{"id": 0}, {"id": None}], ids=["zero", "null"])
def test_an_unset_id_is_given_automatically(
    product: Product, applications: Collection, sent: dict[str, int | None]
) -> None:
    """Source: create-application-payload.json of ping-cloud-base 1.5.0 (id 0), Application.id."""
    bodies = [{**product.admin.application_body(), **sent} for _ in range(2)]

    first, second = (expect_saved(applications.create(body)) for body in bodies)

    keys = [integer_of(one, "id") for one in (first, second)]
    expect_that(0 not in keys and keys[0] != keys[1], "two new ids", keys)


@pytest.mark.requirement("PA-APP-002")
def test_an_application_is_read_back_and_listed_as_it_was_saved(application_saving: Saving) -> None:
    """Source: admin API 7.3, getApplication, getApplications, schema Application."""
    body = application_saving.body(**SETTINGS)

    saved = application_saving.saves(body)

    sent = {key: body[key] for key in (*SETTINGS, *STANDING)}
    expect_members(saved, sent, "the answer")
    expect_equal(application_saving.collection.stored(saved["id"]), saved, "what is stored")
    named = application_saving.collection.named(saved["name"])
    expect_equal(named, [saved], "the application in the list")


@pytest.mark.requirement("PA-APP-002")
def test_the_list_holds_every_application(product: Product, applications: Collection) -> None:
    """Source: admin API 7.3, getApplications (items)."""
    added = [product.admin.add_application() for _ in range(2)]

    listed = expect_items(applications.listed())

    expect_listed(listed, added)


@pytest.mark.requirement("PA-APP-003")
def test_a_new_application_has_a_root_resource_and_no_other(
    product: Product, application: Json
) -> None:
    """Source: exports in pingidentity-server-profiles; admin API 7.3, Resource.rootResource."""
    found = expect_items(product.api.get_application_resources(application["id"]))

    expect_equal(len(found), 1, "number of resources of a new application")
    everything = {
        "rootResource": True,
        "methods": ["*"],
        "pathPatterns": [{"pattern": "/*", "type": "WILDCARD"}],
        "anonymous": False,
        "unprotected": False,
        "applicationId": application["id"],
    }
    expect_members(found[0], everything, "the root resource")


@pytest.mark.requirement("PA-APP-003")
def test_every_application_has_a_root_resource_of_its_own(
    product: Product, application: Json
) -> None:
    """Two applications share none, and a further resource is no second root.

    Source: exports in pingidentity-server-profiles; admin API 7.3, Resource.rootResource.
    """
    other = product.admin.add_application()
    product.admin.add_resource(application, "/further")

    roots = []
    for one in (application, other):
        found = expect_items(product.api.get_application_resources(one["id"]))
        own = [item["id"] for item in found if item.get("rootResource")]
        expect_equal(len(own), 1, f"number of root resources of {one['name']}")
        roots += own
    expect_that(roots[0] != roots[1], "two root resources", roots)


@pytest.mark.requirement("PA-APP-004")
def test_members_that_are_left_out_get_their_defaults(
    product: Product, applications: Collection
) -> None:
    """Source: capture of a list in ping-cloud-base 1.5.0; admin API 7.3, Application."""
    body = product.admin.application_body()
    bare = {key: value for key, value in body.items() if key not in DEFAULTS}

    added = expect_saved(applications.create(bare))

    expect_members(added, DEFAULTS, "the answer")
    expect_members(applications.stored(added["id"]), DEFAULTS, "what is stored")


@pytest.mark.requirement("PA-APP-010")
def test_an_update_stores_what_it_answers(
    product: Product, application: Json, applications: Collection
) -> None:
    """Source: admin API 7.3, updateApplication."""
    edit = {"name": product.name("renamed"), "contextRoot": product.unique_path()}

    updated = expect_saved(applications.update(application["id"], json={**application, **edit}))

    expect_members(updated, {**edit, "id": application["id"]}, "the answer")
    expect_equal(applications.stored(application["id"]), updated, "what is stored")
    expect_found(applications.listed, {"name": edit["name"]}, [application["id"]])
    expect_found(applications.listed, {"name": application["name"]}, [])


@pytest.mark.requirement("PA-APP-010")
def test_an_update_moves_an_application(
    product: Product, application: Json, applications: Collection
) -> None:
    """To another site, web session and virtual host.

    Source: admin API 7.3, updateApplication, Application.siteId, webSessionId, virtualHostIds.
    """
    places = {
        "siteId": product.admin.add_site()["id"],
        "webSessionId": product.admin.add_web_session()["id"],
        "virtualHostIds": [product.admin.add_virtual_host()["id"]],
    }

    updated = expect_saved(applications.update(application["id"], json={**application, **places}))

    expect_members(updated, places, "the answer")
    expect_members(applications.stored(application["id"]), places, "what is stored")


@pytest.mark.requirement("PA-APP-010")
def test_an_id_in_the_body_of_an_update_is_ignored(
    product: Product, application: Json, applications: Collection
) -> None:
    """Source: admin API 7.3, Application.id (ignored on update, the path decides)."""
    other = product.admin.add_application()
    body = {**application, "id": other["id"], "description": "for the path"}

    updated = expect_saved(applications.update(application["id"], json=body))

    sent = {"id": application["id"], "description": "for the path"}
    expect_members(updated, sent, "the answer")
    expect_equal(applications.stored(other["id"]), other, "the application that the body names")


@pytest.mark.requirement("PA-APP-011")
def test_an_update_without_optional_members_resets_them(
    product: Product, applications: Collection
) -> None:
    """Source: assumed, the vendor's scripts read, edit and write whole objects."""
    optional: Json = {"description": "to go", "requireHTTPS": True, "allowEmptyPathSegments": True}
    stored = product.admin.add_application(**optional)
    body = {key: value for key, value in stored.items() if key not in optional}

    expect_saved(applications.update(stored["id"], json=body))

    now = applications.stored(stored["id"])
    left = {key: now[key] for key in optional if now.get(key)}
    expect_equal(left, {}, "optional members that outlived an update without them")


@pytest.mark.requirement("PA-APP-014")
def test_a_deleted_application_is_gone(
    product: Product, application: Json, applications: Collection
) -> None:
    """Source: admin API 7.3, deleteApplication (200 without content); 404 afterwards is assumed."""
    bystander = product.admin.add_application()

    deleted = applications.delete(application["id"])

    expect_deleted(deleted)
    expect_equal(deleted.content, b"", "body of the answer")
    expect_gone(applications, application["id"], application["name"])
    expect_equal(applications.stored(bystander["id"]), bystander, "the other application")


@pytest.mark.requirement("PA-APP-014")
def test_the_resources_of_a_deleted_application_are_gone(
    product: Product, application: Json, applications: Collection
) -> None:
    """Neither read nor listed among all resources; those of another application stay.

    Source: admin API 7.3, deleteApplication, Resource.applicationId.
    """
    bystander = product.admin.add_resource(product.admin.add_application(), "/pay")
    resource = product.admin.add_resource(application, "/pay")
    expect_found(product.api.get_resources, {"name": resource["name"]}, [resource["id"]])

    expect_deleted(applications.delete(application["id"]))

    answer = product.api.get_application_resource(application["id"], resource["id"])
    expect_absent(answer)
    expect_found(product.api.get_resources, {"name": resource["name"]}, [])
    expect_found(product.api.get_resources, {"name": bystander["name"]}, [bystander["id"]])


@pytest.mark.requirement("PA-APP-015")
def test_an_unknown_application_is_not_found(
    product: Product, application: Json, applications: Collection
) -> None:
    """Source: assumed, 404 is what REST clients of an API with ids in paths expect."""
    expect_saved(applications.get(application["id"]))
    body = product.admin.application_body()

    expect_gone(applications, UNKNOWN_NUMBER, body["name"])
    expect_absent(applications.update(UNKNOWN_NUMBER, json=body))
    expect_equal(applications.named(body["name"]), [], "applications made by an update")
