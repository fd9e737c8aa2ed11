"""A connection has one name and one id, which nobody else has."""

import uuid

import pytest

from harness.checks import (
    expect_equal,
    expect_members,
    expect_refused,
    expect_saved,
    expect_that,
    expect_unchanged,
)
from harness.product import PingOne, Product
from scenarios.answered import member_of
from scenarios.collection import Collection, Saving, expect_pointer_to_put


@pytest.mark.requirement("PA-CONN-009")
@pytest.mark.parametrize("name", [None, ""], ids=["null", "empty"])
def test_a_connection_with_an_empty_name_is_refused(saving: Saving, name: str | None) -> None:
    """Source: PingOne connection field descriptions page 7.2 (Name required)."""
    saving.refuses(saving.body(name=name), field="name")


@pytest.mark.requirement("PA-CONN-009")
def test_a_connection_without_a_name_is_refused(saving: Saving) -> None:
    """Source: admin API 7.3, PingOneConnection.required."""
    saving.refuses(saving.without("name"), field="name")


@pytest.mark.requirement("PA-CONN-010")
def test_a_second_connection_of_the_same_name_is_refused(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, PingOneConnection.name (unique); 422 with form.name is assumed."""
    credential = pingone.add_credential()
    first = product.admin.add_pingone_connection(credential)
    second = product.admin.pingone_connection_body(credential, name=first["name"])

    expect_refused(connections.create(second), field="name")

    expect_equal(connections.named(first["name"]), [first], "connections of this name")


@pytest.mark.requirement("PA-CONN-010")
def test_a_connection_cannot_take_the_name_of_another(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, PingOneConnection.name (unique); 422 with form.name is assumed."""
    credential = pingone.add_credential()
    first = product.admin.add_pingone_connection(credential)
    second = product.admin.add_pingone_connection(credential)

    answer = connections.update(second["id"], json={**second, "name": first["name"]})

    expect_refused(answer, field="name")
    expect_unchanged(second, connections.stored(second["id"]), "the connection")
    expect_equal(connections.named(first["name"]), [first], "connections of this name")


@pytest.mark.requirement("PA-CONN-010")
def test_a_connection_keeps_its_own_name_on_update(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, PingOneConnection.name (unique): the own name is not another's."""
    stored = product.admin.add_pingone_connection(pingone.add_credential())

    expect_saved(connections.update(stored["id"], json={**stored, "description": "same name"}))


@pytest.mark.requirement("PA-CONN-010")
def test_a_name_given_up_by_a_rename_is_free_for_another(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, PingOneConnection.name (unique among what is stored now)."""
    credential = pingone.add_credential()
    first = product.admin.add_pingone_connection(credential)
    second = product.admin.add_pingone_connection(credential)
    renamed = {**first, "name": product.name("renamed")}
    expect_saved(connections.update(first["id"], json=renamed))

    expect_saved(connections.update(second["id"], json={**second, "name": first["name"]}))


@pytest.mark.requirement("PA-CONN-012")
@pytest.mark.parametrize("sent", [{}, {"id": None}], ids=["left out", "null"])
def test_an_id_is_given_automatically_and_is_a_string(
    product: Product, pingone: PingOne, connections: Collection, sent: dict[str, None]
) -> None:
    """Source: admin API 7.3, PingOneConnection.id (string, automatically assigned)."""
    credential = pingone.add_credential()
    bodies = [{**product.admin.pingone_connection_body(credential), **sent} for _ in range(2)]

    first, second = (expect_saved(connections.create(body)) for body in bodies)

    keys = [member_of(one, "id") for one in (first, second)]
    expect_that(all(isinstance(key, str) and key for key in keys), "non-empty strings", keys)
    expect_that(keys[0] != keys[1], "two different ids", keys)


@pytest.mark.requirement("PA-CONN-013")
def test_a_free_id_chosen_by_the_client_is_kept(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, PingOneConnection.id (when creating, this is the id)."""
    body = product.admin.pingone_connection_body(pingone.add_credential())
    chosen = str(uuid.uuid5(uuid.NAMESPACE_URL, body["name"]))

    added = expect_saved(connections.create({**body, "id": chosen}))

    expect_members(added, {"id": chosen}, "the answer")
    expect_equal(connections.stored(chosen), added, "what is stored under the id")


@pytest.mark.requirement("PA-CONN-014")
def test_an_id_that_is_taken_is_refused(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: capture of a 422 in ping-cloud-base 1.5.0 (flash points to PUT, form empty)."""
    credential = pingone.add_credential()
    holder = product.admin.add_pingone_connection(credential)
    body = product.admin.pingone_connection_body(credential, id=holder["id"])

    refusal = expect_refused(connections.create(body))

    expect_pointer_to_put(refusal, holder["id"])
    expect_unchanged(holder, connections.stored(holder["id"]), "the holder of the id")
    expect_equal(connections.named(body["name"]), [], "connections of the refused name")


@pytest.mark.requirement("PA-CONN-056")
def test_a_refused_creation_leaves_the_name_free(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, a refused save stores nothing."""
    gateway = pingone.add_gateway()
    revoked, working = (pingone.add_credential(gateway) for _ in range(2))
    pingone.revoke(revoked)
    body = product.admin.pingone_connection_body(revoked)
    expect_refused(connections.create(body))

    retry = {**body, "credential": {"value": working.token}}

    expect_saved(connections.create(retry))
