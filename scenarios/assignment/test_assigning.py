"""A risk policy is given to applications and resources, changed, and taken off again."""

from typing import Any

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
)
from harness.errors import HarnessError
from harness.product import Product
from scenarios.assignment.root import the_root
from scenarios.collection import MALFORMED, UNKNOWN_NUMBER, Collection, Saving

Json = dict[str, Any]


def carrying(policy: Json) -> Json:
    """The member of an object that carries the policy."""
    return {"riskPolicyId": policy["id"]}


def expect_no_policy(stored: Json, what: str) -> None:
    """Holds when an object shows no risk policy: left out, null or zero, as its neighbours do."""
    expect_that(not stored.get("riskPolicyId"), f"no risk policy on {what}", stored)


@pytest.mark.requirement("PA-ASSIGN-001")
def test_an_application_carries_the_policy_that_it_was_given(
    application_saving: Saving, policy: Json
) -> None:
    """Source: admin API 7.3, Application.riskPolicyId; page on assigning risk policies 7.3."""
    saved = application_saving.saves(application_saving.body(**carrying(policy)))

    expect_members(saved, carrying(policy), "the answer")
    stored = application_saving.collection.stored(saved["id"])
    expect_members(stored, carrying(policy), "what is stored")
    listed = application_saving.collection.named(saved["name"])
    expect_equal([one.get("riskPolicyId") for one in listed], [policy["id"]], "in the list")


@pytest.mark.requirement("PA-ASSIGN-002")
def test_a_resource_carries_the_policy_that_it_was_given(
    product: Product, resource_saving: Saving, policy: Json
) -> None:
    """Source: admin API 7.3, Resource.riskPolicyId; page on assigning risk policies 7.3."""
    saved = resource_saving.saves(resource_saving.body(**carrying(policy)))

    expect_members(saved, carrying(policy), "the answer")
    stored = resource_saving.collection.stored(saved["id"])
    expect_members(stored, carrying(policy), "what is stored")
    everywhere = expect_items(product.api.get_resources(params={"name": saved["name"]}))
    for listed in (resource_saving.collection.named(saved["name"]), everywhere):
        expect_equal([one.get("riskPolicyId") for one in listed], [policy["id"]], "in the list")


@pytest.mark.requirement("PA-ASSIGN-001")
def test_an_application_is_given_another_policy(
    application: Json, policy: Json, other_policy: Json, applications: Collection
) -> None:
    """Source: admin API 7.3, Application.riskPolicyId (one at a time)."""
    for chosen in (policy, other_policy):
        body = {**application, **carrying(chosen)}
        expect_saved(applications.update(application["id"], json=body))

        expect_members(applications.stored(application["id"]), carrying(chosen), "what is stored")


@pytest.mark.requirement("PA-ASSIGN-002")
def test_a_resource_is_given_another_policy(
    product: Product, application: Json, policy: Json, other_policy: Json, resources: Collection
) -> None:
    """Source: admin API 7.3, Resource.riskPolicyId (one at a time)."""
    resource = product.admin.add_resource(application, "/pay")

    for chosen in (policy, other_policy):
        body = {**resource, **carrying(chosen)}
        expect_saved(resources.update(resource["id"], json=body))

        expect_members(resources.stored(resource["id"]), carrying(chosen), "what is stored")


@pytest.mark.requirement("PA-ASSIGN-003")
def test_application_and_resource_carry_different_policies(
    application: Json,
    policy: Json,
    other_policy: Json,
    applications: Collection,
    resources: Collection,
) -> None:
    """Each is saved after the other, and neither takes over what the other carries.

    Source: admin API 7.3, Resource.riskPolicyId (takes precedence over an application's).
    """
    resource = resources.product.admin.add_resource(application, "/pay")
    for _ in range(2):
        body = {**application, **carrying(policy)}
        expect_saved(applications.update(application["id"], json=body))
        body = {**resource, **carrying(other_policy)}
        expect_saved(resources.update(resource["id"], json=body))

        expect_members(applications.stored(application["id"]), carrying(policy), "application")
        expect_members(resources.stored(resource["id"]), carrying(other_policy), "resource")


@pytest.mark.requirement("PA-ASSIGN-003")
def test_a_resource_shows_none_of_what_only_its_application_carries(
    product: Product, application: Json, policy: Json, applications: Collection
) -> None:
    """Neither a resource that was there before, nor a later one, nor the root resource.

    Source: admin API 7.3, Resource.riskPolicyId (the policy of this resource).
    """
    product.admin.add_resource(application, "/before")
    body = {**application, **carrying(policy)}
    expect_saved(applications.update(application["id"], json=body))
    product.admin.add_resource(application, "/later")

    found = expect_items(product.api.get_application_resources(application["id"]))

    expect_equal(len(found), 3, "number of resources")
    for one in found:
        expect_no_policy(one, one["name"])


@pytest.mark.requirement("PA-ASSIGN-003")
def test_an_application_shows_none_of_what_only_its_resource_carries(
    product: Product, application: Json, policy: Json, applications: Collection
) -> None:
    """Nor does another resource of it.

    Source: admin API 7.3, Application.riskPolicyId (the policy of this application).
    """
    sibling = product.admin.add_resource(application, "/browse")
    product.admin.add_resource(application, "/pay", risk_policy=policy)

    expect_no_policy(applications.stored(application["id"]), "the application")
    read = product.api.get_application_resource(application["id"], sibling["id"])
    expect_no_policy(expect_saved(read), "the other resource")


@pytest.mark.requirement("PA-ASSIGN-004")
def test_a_policy_that_does_not_exist_is_refused(saving: Saving, policy: Json) -> None:
    """Source: assumed; the reference is named in admin API 7.3, riskPolicyId."""
    saving.refuses(saving.body(riskPolicyId=UNKNOWN_NUMBER), field="riskPolicyId")

    saving.saves(saving.body(**carrying(policy)))


@pytest.mark.requirement("PA-ASSIGN-004")
def test_a_policy_that_was_deleted_is_refused(
    product: Product, saving: Saving, policy: Json
) -> None:
    """Source: assumed; the reference is named in admin API 7.3, riskPolicyId."""
    if product.api.delete_risk_policy(policy["id"]).status_code != 200:
        raise HarnessError("a risk policy that nobody carries could not be deleted")

    saving.refuses(saving.body(**carrying(policy)), field="riskPolicyId")


@pytest.mark.requirement("PA-ASSIGN-006")
@pytest.mark.parametrize("nothing", [0, None], ids=["zero", "null"])
def test_zero_and_null_mean_no_policy(saving: Saving, policy: Json, nothing: int | None) -> None:
    """Source: assumed, by the neighbours webSessionId, siteId and agentId (zero if none)."""
    saved = saving.saves(saving.body(riskPolicyId=nothing))
    expect_no_policy(saved, "what was saved without one")

    collection = saving.collection
    expect_saved(collection.update(saved["id"], json={**saved, **carrying(policy)}))
    expect_saved(collection.update(saved["id"], json={**saved, "riskPolicyId": nothing}))

    expect_no_policy(collection.stored(saved["id"]), "what carried one")


@pytest.mark.requirement("PA-ASSIGN-007")
@pytest.mark.parametrize("where", ["application", "resource"])
def test_an_update_that_leaves_the_policy_out_removes_it(
    product: Product, application: Json, policy: Json, applications: Collection, where: str
) -> None:
    """Source: assumed, an update is a full replacement."""
    if where == "application":
        update, read = applications.update, applications.get
        keys: tuple[int, ...] = (application["id"],)
        stored = expect_saved(update(*keys, json={**application, **carrying(policy)}))
    else:
        update = product.api.update_application_resource
        read = product.api.get_application_resource
        stored = product.admin.add_resource(application, "/pay", risk_policy=policy)
        keys = (application["id"], stored["id"])
    bare = {key: value for key, value in stored.items() if key != "riskPolicyId"}

    expect_saved(update(*keys, json=bare))

    expect_no_policy(expect_saved(read(*keys)), f"the {where}")


@pytest.mark.requirement("PA-ASSIGN-021")
def test_one_policy_serves_several_applications_and_resources(
    product: Product, policy: Json, applications: Collection
) -> None:
    """Source: page on assigning risk policies 7.3; admin API 7.3, riskPolicyId of both lists."""
    for _ in range(2):
        body = product.admin.application_body(risk_policy=policy)
        added = expect_saved(applications.create(body))
        for path in ("/pay", "/order"):
            body = product.admin.resource_body(path, risk_policy=policy)
            expect_saved(product.api.add_application_resource(added["id"], json=body))

        expect_members(applications.stored(added["id"]), carrying(policy), "the application")
        found = expect_items(product.api.get_application_resources(added["id"]))
        carried = [one for one in found if one.get("riskPolicyId") == policy["id"]]
        expect_equal(len(carried), 2, "resources that carry the policy")


@pytest.mark.requirement("PA-ASSIGN-022")
@pytest.mark.parametrize("kind", ["API", "Dynamic"])
def test_a_policy_on_another_type_of_application_is_refused_or_kept(
    product: Product, policy: Json, applications: Collection, kind: str
) -> None:
    """Source: assumed, the documents speak of web applications and resources only."""
    body = product.admin.application_body(applicationType=kind, risk_policy=policy)

    answer = applications.create(body)

    expect_status(answer, 200, 422)
    if answer.status_code == 422:
        expect_equal(applications.named(body["name"]), [], "applications of the refused name")
    else:
        stored = applications.stored(expect_saved(answer)["id"])
        expect_members(stored, carrying(policy), "what is stored")


@pytest.mark.requirement("PA-ASSIGN-023")
@pytest.mark.parametrize("value", ["many", [1], {"id": 1}, True], ids=repr)
def test_an_id_that_is_no_number_is_refused(saving: Saving, value: object) -> None:
    """Source: admin API 7.3, riskPolicyId (int32); status 422 or 400 is not documented."""
    saving.refuses(saving.body(riskPolicyId=value), status=MALFORMED)


@pytest.mark.requirement("PA-ASSIGN-024")
def test_an_id_of_digits_is_taken_as_the_number(saving: Saving, policy: Json) -> None:
    """Source: hook 81 of pingidentity-docker-builds sends numbers as strings."""
    saved = saving.saves(saving.body(riskPolicyId=str(policy["id"])))

    expect_members(saved, carrying(policy), "the answer")


@pytest.mark.requirement("PA-ASSIGN-025")
def test_the_root_resource_carries_a_policy(
    product: Product, application: Json, policy: Json, resources: Collection
) -> None:
    """Source: assumed, the root resource is a resource like any other in the schema."""
    root = the_root(product, application)

    expect_saved(resources.update(root["id"], json={**root, **carrying(policy)}))

    stored = resources.stored(root["id"])
    expect_members(stored, {**carrying(policy), "rootResource": True}, "the root resource")


@pytest.mark.requirement("PA-ASSIGN-026")
@pytest.mark.parametrize("where", ["application", "resource", "application of the resource"])
def test_deleting_what_carries_the_policy_frees_it(
    product: Product, application: Json, policy: Json, applications: Collection, where: str
) -> None:
    """Source: assumed, the other side of the rule for objects in use."""
    if where == "application":
        body = {**application, **carrying(policy)}
        expect_saved(applications.update(application["id"], json=body))
    else:
        resource = product.admin.add_resource(application, "/pay", risk_policy=policy)
    expect_refused(product.api.delete_risk_policy(policy["id"]))

    if where == "resource":
        expect_deleted(product.api.delete_application_resource(application["id"], resource["id"]))
    else:
        expect_deleted(applications.delete(application["id"]))

    expect_deleted(product.api.delete_risk_policy(policy["id"]))
