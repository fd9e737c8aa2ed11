"""A risk policy is made, read, listed, changed and deleted."""

from typing import Any

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_hidden,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_that,
    expect_unchanged,
)
from harness.product import PingOne, Product
from scenarios.answered import integer_of
from scenarios.collection import (
    UNKNOWN_NUMBER,
    Collection,
    Saving,
    expect_absent,
    expect_found,
    expect_gone,
    expect_listed,
    expect_paged,
    expect_pointer_to_put,
    expect_sorted,
    unused_number,
)

Json = dict[str, Any]


@pytest.mark.requirement("PA-RISK-011")
def test_adding_a_policy_answers_with_the_stored_object(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: admin API 7.3, addRiskPolicy (200, never 201), RiskPolicy.id (int32)."""
    body = product.admin.risk_policy_body(connection)

    added = expect_saved(policies.create(body))

    expect_members(added, {"name": body["name"], "className": body["className"]}, "the answer")
    expect_that(integer_of(added, "id") > 0, "a positive number as id", added["id"])
    expect_equal(policies.stored(added["id"]), added, "what is stored")


@pytest.mark.requirement("PA-RISK-011")
@pytest.mark.parametrize("sent", [{"id": 0}, {"id": None}], ids=["zero", "null"])
def test_an_unset_id_is_given_automatically(
    product: Product, connection: Json, policies: Collection, sent: dict[str, int | None]
) -> None:
    """Source: payload with id 0 in ping-cloud-base 1.5.0; admin API 7.3, RiskPolicy.id."""
    bodies = [{**product.admin.risk_policy_body(connection), **sent} for _ in range(2)]

    first, second = (expect_saved(policies.create(body)) for body in bodies)

    keys = [integer_of(one, "id") for one in (first, second)]
    expect_that(0 not in keys and keys[0] != keys[1], "two new ids", keys)


@pytest.mark.requirement("PA-RISK-012")
def test_a_policy_is_read_back_as_it_was_saved(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: admin API 7.3, getRiskPolicy."""
    body = product.admin.risk_policy_body(connection, interval_ms=30000)
    added = expect_saved(policies.create(body))

    read = policies.stored(added["id"])

    expect_equal(read, added, "the policy read back")
    expect_members(read, {"configuration": body["configuration"]}, "the policy read back")


@pytest.mark.requirement("PA-RISK-013")
def test_the_list_holds_every_policy(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: assumed, an items wrapper although the specification declares one RiskPolicy."""
    added = [product.admin.add_risk_policy(connection) for _ in range(2)]

    listed = expect_items(policies.listed())

    expect_listed(listed, added)


@pytest.mark.requirement("PA-RISK-014")
def test_the_list_finds_by_name_and_by_part_of_a_name(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: admin API 7.3, getRiskPolicies, parameters name and filter."""
    wanted = product.admin.add_risk_policy(connection)
    longer = product.admin.add_risk_policy(connection, name=f"x-{wanted['name']}-y")

    expect_found(policies.listed, {"name": wanted["name"]}, [wanted["id"]])
    expect_found(policies.listed, {"filter": wanted["name"]}, [wanted["id"], longer["id"]])
    expect_found(policies.listed, {"name": wanted["name"] + "-other"}, [])


@pytest.mark.requirement("PA-RISK-014")
def test_the_pages_of_the_list_are_complete_and_do_not_overlap(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: admin API 7.3, getRiskPolicies, parameters page and numberPerPage."""
    part = product.name("paged")
    added = [product.admin.add_risk_policy(connection, name=f"{part}-{letter}") for letter in "abc"]

    expect_paged(policies.listed, [one["id"] for one in added], {"filter": part})


@pytest.mark.requirement("PA-RISK-014")
def test_the_list_is_sorted_in_both_orders(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: admin API 7.3, RiskPolicy.name (sortable)."""
    part = product.name("sorted")
    for letter in "bca":
        product.admin.add_risk_policy(connection, name=f"{part}-{letter}")

    expect_sorted(policies.listed, {"filter": part}, "name")


@pytest.mark.requirement("PA-RISK-033")
def test_an_update_stores_what_it_answers(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: admin API 7.3, updateRiskPolicy."""
    stored = product.admin.add_risk_policy(connection, interval_ms=1000)
    bystander = product.admin.add_risk_policy(connection)
    body = product.admin.risk_policy_body(connection, interval_ms=2000)

    updated = expect_saved(policies.update(stored["id"], json=body))

    expect_members(updated, {"id": stored["id"], "name": body["name"]}, "the answer")
    expect_members(updated, {"configuration": body["configuration"]}, "the answer")
    expect_equal(policies.stored(stored["id"]), updated, "what is stored")
    expect_equal(policies.stored(bystander["id"]), bystander, "the other policy")
    expect_found(policies.listed, {"name": stored["name"]}, [])


@pytest.mark.requirement("PA-RISK-033")
def test_an_update_moves_a_policy_to_another_connection(
    product: Product, pingone: PingOne, connection: Json, policies: Collection
) -> None:
    """Source: admin API 7.3, updateRiskPolicy; walkthrough 7.2 (pingOneConnectionId)."""
    other = product.admin.add_pingone_connection(pingone.add_credential())
    stored = product.admin.add_risk_policy(connection)

    body = product.admin.risk_policy_body(other, name=stored["name"])
    expect_saved(policies.update(stored["id"], json=body))

    now = {"configuration": {"pingOneConnectionId": other["id"]}}
    expect_members(policies.stored(stored["id"]), now, "what is stored")


@pytest.mark.requirement("PA-RISK-034")
def test_an_id_in_the_body_of_an_update_is_ignored(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: admin API 7.3, RiskPolicy.id (ignored on update, the path decides)."""
    stored, other = (product.admin.add_risk_policy(connection) for _ in range(2))

    updated = expect_saved(policies.update(stored["id"], json={**stored, "id": other["id"]}))

    expect_members(updated, {"id": stored["id"]}, "the answer")
    expect_equal(policies.stored(other["id"]), other, "the policy that the body names")


@pytest.mark.requirement("PA-RISK-035")
def test_a_free_id_chosen_by_the_client_is_kept(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: admin API 7.3, RiskPolicy.id (when creating, this is the id)."""
    body = product.admin.risk_policy_body(connection)
    chosen = unused_number(body["name"])

    added = expect_saved(policies.create({**body, "id": chosen}))

    expect_members(added, {"id": chosen}, "the answer")
    expect_equal(policies.stored(chosen), added, "what is stored under the id")


@pytest.mark.requirement("PA-RISK-035")
def test_an_id_that_is_taken_is_refused(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: capture of a 422 in ping-cloud-base 1.5.0 (flash points to PUT, form empty)."""
    holder = product.admin.add_risk_policy(connection)
    body = product.admin.risk_policy_body(connection, id=holder["id"])

    refusal = expect_refused(policies.create(body))

    expect_pointer_to_put(refusal, holder["id"])
    expect_unchanged(holder, policies.stored(holder["id"]), "the holder of the id")
    expect_equal(policies.named(body["name"]), [], "policies of the refused name")


@pytest.mark.requirement("PA-RISK-036")
def test_a_deleted_policy_is_gone(product: Product, connection: Json, policies: Collection) -> None:
    """Source: admin API 7.3, deleteRiskPolicy (200 without content); 404 afterwards is assumed."""
    stored, bystander = (product.admin.add_risk_policy(connection) for _ in range(2))

    deleted = policies.delete(stored["id"])

    expect_deleted(deleted)
    expect_equal(deleted.content, b"", "body of the answer")
    expect_gone(policies, stored["id"], stored["name"])
    expect_equal(policies.stored(bystander["id"]), bystander, "the other policy")


@pytest.mark.requirement("PA-RISK-043")
def test_an_unknown_policy_is_not_found(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: assumed, 404 is what REST clients of an API with ids in paths expect."""
    control = product.admin.add_risk_policy(connection)
    expect_saved(policies.get(control["id"]))
    body = product.admin.risk_policy_body(connection)

    expect_gone(policies, UNKNOWN_NUMBER, body["name"])
    expect_absent(policies.update(UNKNOWN_NUMBER, json=body))
    expect_equal(policies.named(body["name"]), [], "policies made by an update")


@pytest.mark.requirement("PA-RISK-046")
def test_several_policies_share_one_connection(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: risk policy walkthrough of the admin API 7.2 (pingOneConnectionId)."""
    bodies = [product.admin.risk_policy_body(connection) for _ in range(3)]

    added = [expect_saved(policies.create(body)) for body in bodies]

    for one in added:
        own = {"configuration": {"pingOneConnectionId": connection["id"]}}
        expect_members(policies.stored(one["id"]), own, one["name"])


@pytest.mark.requirement("PA-RISK-047")
def test_no_answer_about_a_policy_shows_the_credential(
    product: Product, pingone: PingOne, policies: Collection
) -> None:
    """Source: assumed, the policy holds only the id of the connection."""
    credential = pingone.add_credential()
    connection = product.admin.add_pingone_connection(credential)
    body = product.admin.risk_policy_body(connection)

    added = policies.create(body)
    stored = expect_saved(added)
    answers = [
        added,
        policies.get(stored["id"]),
        policies.listed(params={"name": stored["name"]}),
        policies.update(stored["id"], json=stored),
        policies.update(stored["id"], json={**stored, "name": None}),
        policies.create(body),
        product.api.get_risk_policy_descriptors(),
        policies.delete(stored["id"]),
    ]

    expect_hidden(credential.token, *answers)


@pytest.mark.requirement("PA-RISK-042")
def test_a_refused_save_stores_nothing(saving: Saving) -> None:
    """Whatever is wrong, the stored policy stays and the name of a creation stays free.

    Source: assumed, a refused save stores nothing.
    """
    broken = {**saving.good["configuration"], "pingOneConnectionId": "no-such-connection"}
    faults: list[Json] = [
        {"className": "no.such.Class"},
        {"configuration": broken},
        {"configuration": {}},
    ]
    for fault in faults:
        saving.refuses(saving.body(**fault))
    saving.saves(saving.good)
