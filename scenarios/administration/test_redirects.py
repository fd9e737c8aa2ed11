"""Redirects: objects without a name, found by where they lead from and to."""

from typing import Any

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
)
from harness.product import Product
from scenarios.collection import MALFORMED, expect_absent, expect_found

Json = dict[str, Any]


def stored(product: Product, **members: Any) -> Json:
    """A new stored redirect."""
    body = product.admin.redirect_body(**members)
    redirect = expect_saved(product.api.add_redirect(json=body))
    product.admin.remember("redirect", redirect)
    expect_members(redirect, body, "the answer")
    return redirect


@pytest.mark.requirement("PA-ADMIN-080")
def test_a_redirect_is_stored_listed_updated_and_deleted(product: Product) -> None:
    """Source: admin API 7.3, the operations of /redirects (200), schema Redirect."""
    redirect = stored(product)
    key = redirect["id"]
    expect_equal(expect_saved(product.api.get_redirect(key)), redirect, "what is read")
    listed = [one for one in expect_items(product.api.get_redirects()) if one["id"] == key]
    expect_equal(listed, [redirect], "the redirect in the list")

    other = {**redirect, "responseCode": 302, "auditLevel": "OFF"}
    updated = expect_saved(product.api.update_redirect(key, json=other))

    expect_equal(updated, other, "the answer")
    expect_equal(expect_saved(product.api.get_redirect(key)), other, "what is stored")
    expect_deleted(product.api.delete_redirect(key))
    expect_absent(product.api.get_redirect(key))


@pytest.mark.requirement("PA-ADMIN-081")
def test_a_redirect_is_found_by_its_source_and_by_its_target(product: Product) -> None:
    """By host, by port, and by both.

    Source: admin API 7.3, getRedirects (source, target: host, port or both).
    """
    name = f"{product.name('target')}.example.com".lower()
    target = {"host": name, "port": 8443, "secure": True}
    wanted, other = stored(product, target=target), stored(product)
    source, listed = wanted["source"], product.api.get_redirects

    expect_found(listed, {"source": f"{source['host']}:{source['port']}"}, [wanted["id"]])
    expect_found(listed, {"source": source["host"]}, [wanted["id"]])
    expect_found(listed, {"target": f"{name}:8443"}, [wanted["id"]])
    expect_found(listed, {"target": name}, [wanted["id"]])
    expect_found(listed, {"filter": other["source"]["host"]}, [other["id"]])
    expect_found(listed, {"source": f"{source['host']}:1"}, [])


@pytest.mark.requirement("PA-ADMIN-080")
@pytest.mark.parametrize(
    "wrong",
    [
        {"source": None},
        {"source": {"host": "h"}},
        {"target": {"host": "h", "port": 1}},
        {"source": "h:1"},
        {"auditLevel": "LOUD"},
        {"responseCode": "many"},
    ],
    ids=str,
)
def test_a_redirect_that_leads_nowhere_is_refused(product: Product, wrong: Json) -> None:
    """Source: admin API 7.3, schemas HostPort and TargetHostPort (required), AuditLevel."""
    redirect = stored(product)
    body = product.admin.redirect_body(**wrong)

    expect_refused(product.api.add_redirect(json=body), status=MALFORMED)
    answer = product.api.update_redirect(redirect["id"], json={**redirect, **wrong})
    expect_refused(answer, status=MALFORMED)

    found = expect_items(product.api.get_redirects())
    expect_equal([one for one in found if one["id"] == redirect["id"]], [redirect], "redirects")
