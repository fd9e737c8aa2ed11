"""A resource is made, read, listed, changed and deleted below its application."""

from typing import Any

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_that,
    expect_unchanged,
)
from harness.product import Product
from scenarios.answered import integer_of
from scenarios.assignment.root import the_root
from scenarios.collection import (
    UNKNOWN_NUMBER,
    Collection,
    Saving,
    expect_absent,
    expect_found,
    expect_gone,
    expect_paged,
    expect_sorted,
)

Json = dict[str, Any]

SETTINGS: Json = {
    "methods": ["GET", "POST"],
    "pathPatterns": [
        {"pattern": "/one/*", "type": "WILDCARD"},
        {"pattern": "/two", "type": "WILDCARD"},
    ],
    "auditLevel": "OFF",
    "anonymous": True,
    "enabled": False,
}


@pytest.mark.requirement("PA-RES-001")
def test_adding_a_resource_answers_with_the_stored_object(
    product: Product, application: Json, resources: Collection
) -> None:
    """Source: admin API 7.3, addApplicationResource (200, never 201), Resource.applicationId."""
    body = product.admin.resource_body("/pay")

    added = expect_saved(resources.create(body))

    sent = {key: body[key] for key in ("name", "methods", "pathPatterns")}
    own = {"applicationId": application["id"], "rootResource": False}
    expect_members(added, {**sent, **own}, "the answer")
    expect_that(integer_of(added, "id") > 0, "a positive number as id", added["id"])
    expect_equal(resources.stored(added["id"]), added, "what is stored")


@pytest.mark.requirement("PA-RES-001")
def test_the_path_says_which_application_a_new_resource_belongs_to(
    product: Product, application: Json, resources: Collection
) -> None:
    """Source: admin API 7.3, Resource.applicationId (read-only)."""
    other = product.admin.add_application()
    body = product.admin.resource_body("/pay", applicationId=other["id"])

    added = expect_saved(resources.create(body))

    expect_members(added, {"applicationId": application["id"]}, "the answer")
    asked = {"name": added["name"]}
    found = expect_items(product.api.get_application_resources(other["id"], params=asked))
    expect_equal(found, [], "the resource in the application that the body names")


@pytest.mark.requirement("PA-RES-002")
def test_a_resource_is_read_back_and_listed_as_it_was_saved(
    product: Product, resource_saving: Saving
) -> None:
    """Source: admin API 7.3, getApplicationResource, getApplicationResources, getResources."""
    body = {**resource_saving.without("pathPrefixes"), **SETTINGS}

    saved = resource_saving.saves(body)

    expect_members(saved, SETTINGS, "the answer")
    expect_equal(resource_saving.collection.stored(saved["id"]), saved, "what is stored")
    named = resource_saving.collection.named(saved["name"])
    expect_equal(named, [saved], "the resource among those of its application")
    everywhere = expect_items(product.api.get_resources(params={"name": saved["name"]}))
    expect_equal(everywhere, [saved], "the resource among all")


@pytest.mark.requirement("PA-RES-002")
def test_resources_are_found_by_name_and_by_part_of_a_name(
    product: Product, application: Json, resources: Collection
) -> None:
    """Source: admin API 7.3, getApplicationResources and getResources, name and filter."""
    wanted = product.admin.add_resource(application, "/pay")
    longer = product.admin.add_resource(application, "/pay/more", name=f"x-{wanted['name']}-y")

    for listed in (resources.listed, product.api.get_resources):
        expect_found(listed, {"name": wanted["name"]}, [wanted["id"]])
        expect_found(listed, {"filter": wanted["name"]}, [wanted["id"], longer["id"]])


@pytest.mark.requirement("PA-RES-002")
def test_an_application_lists_its_own_resources_only(
    product: Product, application: Json, resources: Collection
) -> None:
    """Among all resources those of both applications are found.

    Source: admin API 7.3, getApplicationResources (for an application), getResources (all).
    """
    other, part = product.admin.add_application(), product.name("part")
    own = product.admin.add_resource(application, "/pay", name=f"{part}-own")
    foreign = product.admin.add_resource(other, "/pay", name=f"{part}-foreign")

    expect_found(resources.listed, {"filter": part}, [own["id"]])
    expect_found(product.api.get_resources, {"filter": part}, [own["id"], foreign["id"]])


@pytest.mark.requirement("PA-RES-003")
@pytest.mark.parametrize(("member", "empty"), [("name", ""), ("methods", [])])
def test_a_resource_without_a_required_member_is_refused(
    resource_saving: Saving, member: str, empty: object
) -> None:
    """Left out, null and empty are all nothing.

    Source: admin API 7.3, Resource.required.
    """
    saving = resource_saving
    for body in (
        saving.without(member),
        saving.body(**{member: None}),
        saving.body(**{member: empty}),
    ):
        saving.refuses(body, field=member)


@pytest.mark.requirement("PA-RES-003")
@pytest.mark.parametrize(
    "members", [{}, {"pathPatterns": None}, {"pathPatterns": []}], ids=["left out", "null", "empty"]
)
def test_a_resource_without_a_path_is_refused(resource_saving: Saving, members: Json) -> None:
    """Neither is the deprecated member there, which was another way to say it.

    Source: admin API 7.3, Resource.pathPatterns (one or more), pathPrefixes (deprecated).
    """
    resource_saving.refuses({**resource_saving.without("pathPatterns", "pathPrefixes"), **members})

    resource_saving.saves(resource_saving.good)


@pytest.mark.requirement("PA-RES-004")
def test_an_update_stores_what_it_answers(
    product: Product, application: Json, resources: Collection
) -> None:
    """Source: admin API 7.3, updateApplicationResource."""
    stored, bystander = (product.admin.add_resource(application, path) for path in ("/a", "/b"))
    edit = {"name": product.name("renamed"), "methods": ["DELETE"]}

    updated = expect_saved(resources.update(stored["id"], json={**stored, **edit}))

    expect_members(updated, {**edit, "id": stored["id"]}, "the answer")
    expect_equal(resources.stored(stored["id"]), updated, "what is stored")
    expect_equal(resources.stored(bystander["id"]), bystander, "the other resource")
    expect_found(resources.listed, {"name": stored["name"]}, [])


@pytest.mark.requirement("PA-RES-004")
def test_id_and_application_in_the_body_of_an_update_are_ignored(
    product: Product, application: Json, resources: Collection
) -> None:
    """Source: admin API 7.3, Resource.id (ignored on update), applicationId (read-only)."""
    other = product.admin.add_application()
    stored = product.admin.add_resource(application, "/pay")
    foreign = product.admin.add_resource(other, "/pay")
    names = {"id": foreign["id"], "applicationId": other["id"]}

    updated = expect_saved(resources.update(stored["id"], json={**stored, **names}))

    own = {"id": stored["id"], "applicationId": application["id"]}
    expect_members(updated, own, "the answer")
    expect_equal(resources.stored(stored["id"]), updated, "what is stored")
    now = product.api.get_application_resource(other["id"], foreign["id"])
    expect_equal(expect_saved(now), foreign, "the resource that the body names")


@pytest.mark.requirement("PA-RES-013")
def test_an_update_without_optional_members_resets_them(
    product: Product, application: Json, resources: Collection
) -> None:
    """Source: assumed, the vendor's scripts read, edit and write whole objects."""
    stored = product.admin.add_resource(application, "/pay", anonymous=True, auditLevel="OFF")
    body = {key: stored[key] for key in stored if key not in {"anonymous", "auditLevel"}}

    expect_saved(resources.update(stored["id"], json=body))

    now = resources.stored(stored["id"])
    expect_that(not now.get("anonymous"), "anonymous is false", now.get("anonymous"))
    expect_that(now.get("auditLevel") != "OFF", "the default audit level", now.get("auditLevel"))


@pytest.mark.requirement("PA-RES-005")
def test_a_deleted_resource_is_gone_and_its_application_stays(
    product: Product, application: Json, resources: Collection
) -> None:
    """Source: admin API 7.3, deleteApplicationResource (200 without content); 404 is assumed."""
    stored, bystander = (product.admin.add_resource(application, path) for path in ("/a", "/b"))
    root = the_root(product, application)

    deleted = resources.delete(stored["id"])

    expect_deleted(deleted)
    expect_equal(deleted.content, b"", "body of the answer")
    expect_gone(resources, stored["id"], stored["name"])
    expect_found(product.api.get_resources, {"name": stored["name"]}, [])
    expect_found(resources.listed, {}, [root["id"], bystander["id"]])
    expect_saved(product.api.get_application(application["id"]))


@pytest.mark.requirement("PA-RES-006")
def test_the_root_resource_cannot_be_deleted(
    product: Product, application: Json, resources: Collection
) -> None:
    """Another resource of the same application can.

    Source: assumed; every application has one in every export seen.
    """
    stored = product.admin.add_resource(application, "/pay")
    root = the_root(product, application)

    expect_refused(resources.delete(root["id"]))

    expect_unchanged(root, resources.stored(root["id"]), "the root resource")
    expect_deleted(resources.delete(stored["id"]))


@pytest.mark.requirement("PA-RES-007")
def test_a_resource_is_not_found_under_another_application(
    product: Product, application: Json, resources: Collection
) -> None:
    """Source: assumed, the path names the application of the resource."""
    api, other = product.api, product.admin.add_application()
    stored = product.admin.add_resource(application, "/pay")
    wrong = (other["id"], stored["id"])

    expect_absent(api.get_application_resource(*wrong))
    expect_absent(api.update_application_resource(*wrong, json={**stored, "enabled": False}))
    expect_absent(api.delete_application_resource(*wrong))

    expect_unchanged(stored, resources.stored(stored["id"]), "the resource")


@pytest.mark.requirement("PA-RES-007")
def test_an_unknown_resource_or_application_is_not_found(
    product: Product, resources: Collection
) -> None:
    """Source: assumed, 404 is what REST clients of an API with ids in paths expect."""
    body = product.admin.resource_body("/pay")

    expect_gone(resources, UNKNOWN_NUMBER, body["name"])
    expect_absent(resources.update(UNKNOWN_NUMBER, json=body))
    expect_absent(product.api.get_application_resources(UNKNOWN_NUMBER))
    expect_absent(product.api.add_application_resource(UNKNOWN_NUMBER, json=body))

    expect_found(product.api.get_resources, {"name": body["name"]}, [])


@pytest.mark.requirement("PA-RES-012")
def test_resources_are_sorted_in_both_orders(
    product: Product, application: Json, resources: Collection
) -> None:
    """Source: admin API 7.3, getApplicationResources and getResources; Resource.name (sortable)."""
    part = product.name("sorted")
    for letter in "bca":
        product.admin.add_resource(application, f"/{letter}", name=f"{part}-{letter}")

    for listed in (resources.listed, product.api.get_resources):
        expect_sorted(listed, {"filter": part}, "name")


@pytest.mark.requirement("PA-RES-012")
def test_the_pages_of_the_resources_are_complete_and_do_not_overlap(
    product: Product, application: Json, resources: Collection
) -> None:
    """Source: admin API 7.3, getApplicationResources, parameters page and numberPerPage."""
    part = product.name("paged")
    added = [
        product.admin.add_resource(application, f"/{letter}", name=f"{part}-{letter}")
        for letter in "abc"
    ]

    expect_paged(resources.listed, [one["id"] for one in added], {"filter": part})
