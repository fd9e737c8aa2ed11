"""Version, the header against forged requests, the headers of answers, and methods."""

import re

import httpx
import pytest

from harness.checks import (
    expect_equal,
    expect_header,
    expect_items,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import Product
from scenarios.administration.stock import Stock

CLIENT_ERROR = (400, 401, 403, 404, 405, 409, 412, 415, 422)
"""What refuses a request whose refusal no document describes."""


@pytest.mark.requirement("PA-ADMIN-001")
def test_the_version_is_of_the_release(product: Product) -> None:
    """Source: admin API 7.3, version; exports in pingidentity-server-profiles (four numbers)."""
    answer = expect_saved(product.api.version())

    numbers = re.fullmatch(r"\d+\.\d+(\.\d+)*(-[\w.]+)?", str(answer.get("version")))
    expect_that(numbers is not None, "a version of numbers with dots", answer)
    found = ".".join(answer["version"].split(".")[:2])
    expect_equal(found, product.requirements, "release")


@pytest.mark.requirement("PA-ADMIN-009")
def test_a_read_without_the_xsrf_header_is_refused(product: Product) -> None:
    """Source: PingAccess admin API endpoints page (X-XSRF-Header on all requests)."""
    expect_status(product.api.version(), 200)

    answer = product.api.version(headers={"X-XSRF-Header": None})

    expect_status(answer, *CLIENT_ERROR)


@pytest.mark.requirement("PA-ADMIN-009")
def test_a_creation_without_the_xsrf_header_is_refused(product: Product, hosts: Stock) -> None:
    """Source: PingAccess admin API endpoints page (X-XSRF-Header on all requests)."""
    body = hosts.body()

    answer = product.api.add_virtual_host(json=body, headers={"X-XSRF-Header": None})

    expect_status(answer, *CLIENT_ERROR)
    expect_equal(hosts.collection.named(body["host"]), [], "hosts of the name")
    expect_saved(hosts.collection.create(body))


@pytest.mark.requirement("PA-ADMIN-009")
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_change_without_the_xsrf_header_is_refused(
    product: Product, hosts: Stock, method: str
) -> None:
    """Source: PingAccess admin API endpoints page (X-XSRF-Header on all requests)."""
    stored = hosts.made()
    without = {"X-XSRF-Header": None}
    if method == "PUT":
        change = {**stored, "agentResourceCacheTTL": 60}
        answer = product.api.update_virtual_host(stored["id"], json=change, headers=without)
    else:
        answer = product.api.delete_virtual_host(stored["id"], headers=without)

    expect_status(answer, *CLIENT_ERROR)
    expect_unchanged(stored, hosts.collection.stored(stored["id"]), "the virtual host")


@pytest.mark.requirement("PA-ADMIN-010")
@pytest.mark.parametrize("value", ["PingAccess", "pingaccess", "PINGACCESS"])
def test_the_case_of_the_xsrf_header_does_not_matter(product: Product, value: str) -> None:
    """Source: pingaccess-sdk-go, request.go (pingaccess, against real servers)."""
    expect_status(product.api.version(headers={"X-XSRF-Header": value}), 200)


def no_store(value: str) -> bool:
    """Whether a Cache-Control forbids every cache to keep the answer."""
    return "no-store" in value.lower()


def expect_guarded(answer: httpx.Response) -> None:
    """Holds when an answer may not be cached, framed or guessed at."""
    expect_header(answer, "Cache-Control", no_store)
    expect_header(answer, "X-Frame-Options", "DENY")
    expect_header(answer, "X-Content-Type-Options", "nosniff")


@pytest.mark.requirement("PA-ADMIN-011")
def test_an_answer_with_objects_is_guarded(hosts: Stock) -> None:
    """A list, a creation and a deletion.

    Source: capture of a 200 answer in ping-cloud-base 1.5.0.
    """
    created = hosts.collection.create(hosts.body())
    key = expect_saved(created)["id"]

    expect_guarded(created)
    expect_guarded(hosts.collection.listed())
    expect_guarded(hosts.collection.delete(key))


@pytest.mark.requirement("PA-ADMIN-011")
def test_a_refusal_is_guarded(hosts: Stock) -> None:
    """Source: capture of a 422 answer in ping-cloud-base 1.5.0."""
    refusal = hosts.collection.create({})
    expect_refused(refusal)

    expect_guarded(refusal)


def is_json(value: str) -> bool:
    """Whether a Content-Type is that of JSON, with or without a character set."""
    return value.partition(";")[0].strip().lower() == "application/json"


@pytest.mark.requirement("PA-ADMIN-012")
def test_objects_and_refusals_say_that_they_are_json(product: Product, hosts: Stock) -> None:
    """Source: captures of a 200 and a 422 answer in ping-cloud-base 1.5.0."""
    for answer in (product.api.version(), hosts.collection.listed(), hosts.collection.create({})):
        expect_header(answer, "Content-Type", is_json)


@pytest.mark.requirement("PA-ADMIN-013")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/version"),
        ("DELETE", "/version"),
        ("PATCH", "/virtualhosts"),
        ("PUT", "/virtualhosts"),
        ("DELETE", "/virtualhosts"),
        ("POST", "/config/export/workflows/1"),
    ],
)
def test_a_method_that_a_path_does_not_have_is_refused(
    product: Product, hosts: Stock, method: str, path: str
) -> None:
    """Source: assumed; the admin API declares only 200 and 422."""
    stored = hosts.made()

    answer = product.api.request(method, path, json={"host": stored["host"], "port": 1})

    expect_status(answer, 405, 404)
    expect_unchanged(stored, hosts.collection.stored(stored["id"]), "the virtual host")


@pytest.mark.requirement("PA-ADMIN-013")
def test_a_method_on_one_object_that_it_does_not_have_is_refused(
    product: Product, hosts: Stock
) -> None:
    """Source: admin API 7.3: key pairs alone know PATCH; the status is assumed."""
    stored = hosts.made()
    change = {**stored, "agentResourceCacheTTL": 60}

    for method in ("PATCH", "POST"):
        answer = product.api.request(method, f"/virtualhosts/{stored['id']}", json=change)
        expect_status(answer, 405, 404)
    expect_unchanged(stored, hosts.collection.stored(stored["id"]), "the virtual host")
    names = [item["id"] for item in expect_items(hosts.collection.listed())]
    expect_equal(names.count(stored["id"]), 1, "hosts of the id")
