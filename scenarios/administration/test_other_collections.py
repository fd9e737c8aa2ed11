"""Collections with operations of their own: ACME servers and replica administration nodes."""

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_unchanged,
)
from harness.product import Product
from scenarios.collection import UNKNOWN_NUMBER, expect_absent, expect_found


@pytest.mark.requirement("PA-ADMIN-090")
def test_an_acme_server_is_stored_found_and_deleted(product: Product) -> None:
    """Source: admin API 7.3, /acme/servers (POST, GET, DELETE), schema AcmeServer."""
    name = product.name("acme")
    body = {"name": name, "url": "https://acme.example.com/directory"}

    stored = expect_saved(product.api.add_acme_server(json=body))
    product.admin.remember("acme_server", stored)

    expect_members(stored, body, "the answer")
    expect_equal(expect_saved(product.api.get_acme_server(stored["id"])), stored, "what is read")
    expect_found(product.api.get_acme_servers, {"name": name}, [stored["id"]])
    expect_deleted(product.api.delete_acme_server(stored["id"]))
    expect_absent(product.api.get_acme_server(stored["id"]))
    expect_found(product.api.get_acme_servers, {"name": name}, [])


@pytest.mark.requirement("PA-ADMIN-090")
@pytest.mark.parametrize("member", ["name", "url"])
def test_an_acme_server_needs_a_name_and_a_place(product: Product, member: str) -> None:
    """Source: admin API 7.3, AcmeServer (name, url required)."""
    before = expect_items(product.api.get_acme_servers())
    body = {"name": product.name("acme"), "url": "https://acme.example.com/directory"}
    del body[member]

    expect_refused(product.api.add_acme_server(json=body), field=member)

    expect_equal(expect_items(product.api.get_acme_servers()), before, "servers")


@pytest.mark.requirement("PA-ADMIN-090")
def test_another_acme_server_becomes_the_default(product: Product) -> None:
    """Source: admin API 7.3, updateDefaultAcmeServer, schema Link."""
    product.restorable("changes the default ACME server")
    body = {"name": product.name("acme"), "url": "https://acme.example.com/directory"}
    stored = expect_saved(product.api.add_acme_server(json=body))

    saved = expect_saved(product.api.update_default_acme_server(json={"id": stored["id"]}))

    expect_equal(saved["id"], stored["id"], "id")
    expect_equal(expect_saved(product.api.get_default_acme_server()), saved, "the default")


@pytest.mark.requirement("PA-ADMIN-091")
def test_a_replica_is_stored_listed_updated_and_deleted(product: Product) -> None:
    """Source: admin API 7.3, /adminConfig/replicaAdmins, schema ReplicaAdmin."""
    body = {"name": product.name("replica"), "hostPort": "replica.example.com:9090"}
    stored = expect_saved(product.api.add_replica_admin(json=body))
    product.admin.remember("replica_admin", stored)
    key = stored["id"]
    expect_members(stored, body, "the answer")
    expect_equal(expect_saved(product.api.get_replica_admin(key)), stored, "what is read")
    listed = [one for one in expect_items(product.api.get_replica_admins()) if one["id"] == key]
    expect_equal(listed, [stored], "the replica in the list")

    edited = {**stored, "description": "edited"}
    saved = expect_saved(product.api.update_admin_replica(key, json=edited))

    expect_members(saved, {"id": key, "description": "edited"}, "the answer")
    expect_equal(expect_saved(product.api.get_replica_admin(key)), saved, "what is stored")
    expect_deleted(product.api.delete_replica_admin(key))
    expect_absent(product.api.get_replica_admin(key))


@pytest.mark.requirement("PA-ADMIN-091")
def test_a_replica_names_only_proxies_that_exist_and_stay(product: Product) -> None:
    """Source: admin API 7.3, ReplicaAdmin.httpProxyId; the refusals are assumed."""
    proxy = product.admin.add_proxy()
    body = {"name": product.name("replica"), "hostPort": "replica.example.com:9090"}
    dangling = {**body, "httpProxyId": UNKNOWN_NUMBER}

    expect_refused(product.api.add_replica_admin(json=dangling), field="httpProxyId")
    sent = {**body, "httpProxyId": proxy["id"]}
    stored = expect_saved(product.api.add_replica_admin(json=sent))
    product.admin.remember("replica_admin", stored)
    expect_refused(product.api.delete_proxy(proxy["id"]))

    expect_unchanged(proxy, expect_saved(product.api.get_proxy(proxy["id"])), "the proxy")
    expect_deleted(product.api.delete_replica_admin(stored["id"]))
    expect_deleted(product.api.delete_proxy(proxy["id"]))
