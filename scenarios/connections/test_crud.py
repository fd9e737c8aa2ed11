"""A connection is made, read, listed, changed and deleted."""

import uuid

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_saved,
)
from harness.product import PingOne, Product
from scenarios.answered import member_of
from scenarios.collection import (
    Collection,
    expect_absent,
    expect_found,
    expect_gone,
    expect_listed,
    expect_paged,
    expect_sorted,
)


@pytest.mark.requirement("PA-CONN-001")
def test_adding_a_connection_answers_with_the_stored_object(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, addPingOneConnection (200, never 201)."""
    body = product.admin.pingone_connection_body(pingone.add_credential(), description="made here")

    added = expect_saved(connections.create(body))

    expect_members(added, {"name": body["name"], "description": "made here"}, "the answer")
    expect_equal(connections.stored(member_of(added, "id")), added, "what is stored")


@pytest.mark.requirement("PA-CONN-002")
def test_a_connection_is_read_back_as_it_was_saved(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, getPingOneConnection."""
    group = product.admin.pingone_connection_body("unused").get("trustedCertificateGroupId", 0)
    added = product.admin.add_pingone_connection(pingone.add_credential(), description="read me")

    read = connections.stored(added["id"])

    expect_equal(read, added, "the connection read back")
    expect_members(read, {"description": "read me"}, "the connection read back")
    expect_equal(read.get("trustedCertificateGroupId") or 0, group, "trusted certificate group")


@pytest.mark.requirement("PA-CONN-002")
def test_reading_twice_shows_the_same_connection(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Nothing but the ciphertext of the hidden credential may differ from read to read.

    Source: admin API 7.3, getPingOneConnection; whether the ciphertext is stable is not documented.
    """
    added = product.admin.add_pingone_connection(pingone.add_credential())

    first, second = (connections.stored(added["id"]) for _ in range(2))

    for read in (first, second):
        read.pop("credential")
    expect_equal(second, first, "the second read")


@pytest.mark.requirement("PA-CONN-003")
def test_the_list_holds_every_connection(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, getPingOneConnections (items)."""
    credential = pingone.add_credential()
    added = [product.admin.add_pingone_connection(credential) for _ in range(2)]

    listed = expect_items(connections.listed())

    expect_listed(listed, added)


@pytest.mark.requirement("PA-CONN-004")
def test_the_list_finds_by_exact_name_only(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, getPingOneConnections, parameter name (case-sensitive)."""
    credential = pingone.add_credential()
    wanted = product.admin.add_pingone_connection(credential)
    product.admin.add_pingone_connection(credential, name=wanted["name"] + "-longer")

    expect_found(connections.listed, {"name": wanted["name"]}, [wanted["id"]])
    expect_found(connections.listed, {"name": wanted["name"].upper() + "X"}, [])


@pytest.mark.requirement("PA-CONN-004")
def test_the_list_filters_by_part_of_a_name(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, getPingOneConnections, parameter filter (name matching the text)."""
    credential, part = pingone.add_credential(), product.name("part")
    inside = product.admin.add_pingone_connection(credential, name=f"x-{part}-y")
    product.admin.add_pingone_connection(credential)

    expect_found(connections.listed, {"filter": part}, [inside["id"]])


@pytest.mark.requirement("PA-CONN-004")
def test_the_pages_of_the_list_are_complete_and_do_not_overlap(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, getPingOneConnections, parameters page and numberPerPage."""
    credential, part = pingone.add_credential(), product.name("paged")
    added = [
        product.admin.add_pingone_connection(credential, name=f"{part}-{letter}")
        for letter in "abc"
    ]

    expect_found(connections.listed, {"filter": part}, [one["id"] for one in added])
    expect_paged(connections.listed, [one["id"] for one in added], {"filter": part})


@pytest.mark.requirement("PA-CONN-004")
@pytest.mark.parametrize("member", ["name", "description"])
def test_the_list_is_sorted_in_both_orders(
    product: Product, pingone: PingOne, connections: Collection, member: str
) -> None:
    """Source: admin API 7.3, PingOneConnection.name and description (sortable)."""
    credential, part = pingone.add_credential(), product.name("sorted")
    for letter, other in ("bx", "cy", "aw"):
        product.admin.add_pingone_connection(
            credential, name=f"{part}-{letter}", description=f"about {other}"
        )

    expect_sorted(connections.listed, {"filter": part}, member)


@pytest.mark.requirement("PA-CONN-005")
def test_an_update_stores_what_it_answers(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, updatePingOneConnection."""
    stored = product.admin.add_pingone_connection(pingone.add_credential(), description="before")
    name = product.name("renamed")
    body = {**stored, "name": name, "description": "after"}

    updated = expect_saved(connections.update(stored["id"], json=body))

    expect_members(updated, {"id": stored["id"], "name": name, "description": "after"}, "answer")
    expect_equal(connections.stored(stored["id"]), updated, "what is stored")
    expect_found(connections.listed, {"name": name}, [stored["id"]])
    expect_found(connections.listed, {"name": stored["name"]}, [])


@pytest.mark.requirement("PA-CONN-005")
def test_an_update_leaves_other_connections_alone(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, updatePingOneConnection (one id in the path)."""
    credential = pingone.add_credential()
    stored = product.admin.add_pingone_connection(credential)
    bystander = product.admin.add_pingone_connection(credential)

    expect_saved(connections.update(stored["id"], json={**stored, "description": "changed"}))

    expect_equal(connections.stored(bystander["id"]), bystander, "the other connection")


@pytest.mark.requirement("PA-CONN-006")
def test_an_id_in_the_body_of_an_update_is_ignored(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, PingOneConnection.id (ignored on update, the path decides)."""
    credential = pingone.add_credential()
    stored = product.admin.add_pingone_connection(credential)
    other = product.admin.add_pingone_connection(credential)

    body = {**stored, "id": other["id"], "description": "for the path"}
    updated = expect_saved(connections.update(stored["id"], json=body))

    expect_members(updated, {"id": stored["id"], "description": "for the path"}, "answer")
    expect_equal(connections.stored(other["id"]), other, "the connection that the body names")


@pytest.mark.requirement("PA-CONN-007")
def test_deleting_answers_with_the_deleted_connection(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, deletePingOneConnection: its 200 declares the object as its body."""
    stored = product.admin.add_pingone_connection(pingone.add_credential())

    deleted = expect_saved(connections.delete(stored["id"]))

    expect_members(deleted, {"id": stored["id"], "name": stored["name"]}, "the answer")


@pytest.mark.requirement("PA-CONN-008")
def test_a_deleted_connection_is_gone(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, deletePingOneConnection; 404 afterwards is assumed."""
    credential = pingone.add_credential()
    stored = product.admin.add_pingone_connection(credential)
    bystander = product.admin.add_pingone_connection(credential)

    expect_deleted(connections.delete(stored["id"]))

    expect_gone(connections, stored["id"], stored["name"])
    expect_absent(product.api.get_pingone_connection_metadata(stored["id"]))
    expect_equal(connections.stored(bystander["id"]), bystander, "the other connection")


@pytest.mark.requirement("PA-CONN-008")
def test_the_name_of_a_deleted_connection_is_free_again(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: admin API 7.3, deletePingOneConnection, PingOneConnection.name (unique)."""
    credential = pingone.add_credential()
    stored = product.admin.add_pingone_connection(credential)
    expect_deleted(connections.delete(stored["id"]))

    again = product.admin.pingone_connection_body(credential, name=stored["name"])

    expect_saved(connections.create(again))


@pytest.mark.requirement("PA-CONN-053")
def test_an_unknown_connection_is_not_found(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, 404 is what REST clients of an API with ids in paths expect."""
    credential = pingone.add_credential()
    body = product.admin.pingone_connection_body(credential)
    unknown = str(uuid.uuid5(uuid.NAMESPACE_URL, body["name"]))
    control = product.admin.add_pingone_connection(credential)
    expect_saved(connections.get(control["id"]))

    expect_gone(connections, unknown, body["name"])
    expect_absent(product.api.get_pingone_connection_metadata(unknown))
    expect_absent(connections.update(unknown, json=body))
    expect_equal(connections.named(body["name"]), [], "connections made by an update")
