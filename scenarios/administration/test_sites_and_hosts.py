"""Where requests come in, and where they go: virtual hosts and sites."""

import pytest

from harness.checks import (
    expect_equal,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_that,
)
from harness.product import Product
from scenarios.administration.kinds import SITE
from scenarios.administration.stock import Stock
from scenarios.collection import MALFORMED, Saving, expect_found

NO_TARGETS: dict[str, list[object]] = {
    "none": [],
    "no port": ["site.example.com"],
    "no host": [":443"],
    "a word for a port": ["site.example.com:https"],
    "port 0": ["site.example.com:0"],
    "port 65536": ["site.example.com:65536"],
    "a URL": ["https://site.example.com:443/"],
    "one good and one bad": ["site.example.com:443", "nothing"],
    "empty": [""],
    "null": [None],
}


@pytest.fixture
def sites(product: Product) -> Stock:
    """The sites."""
    return SITE.of(product)


@pytest.mark.requirement("PA-ADMIN-070")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize("fault", NO_TARGETS)
def test_what_is_no_host_and_port_is_refused(sites: Stock, act: str, fault: str) -> None:
    """Source: admin API 7.3, Site.targets ({hostname}:{port} pairs)."""
    saving = sites.saving(act)

    saving.refuses(saving.body(targets=NO_TARGETS[fault]), status=MALFORMED)


@pytest.mark.requirement("PA-ADMIN-070")
def test_pairs_of_host_and_port_are_kept_in_order(sites: Stock) -> None:
    """Source: admin API 7.3, Site.targets; exports in pingidentity-server-profiles."""
    targets = ["b.example.com:443", "a.example.com:1", "192.0.2.1:65535", "localhost:8080"]

    saved = expect_saved(sites.collection.create(sites.body(targets=targets)))

    expect_equal(sites.collection.stored(saved["id"])["targets"], targets, "targets")


@pytest.mark.requirement("PA-ADMIN-071")
@pytest.mark.parametrize("port", [0, -1, 65536, 2**31])
def test_a_port_outside_the_range_is_refused(saving_host: Saving, port: int) -> None:
    """Source: virtual host test of pingaccess-sdk-go (message about the range)."""
    status = 422 if port < 2**31 else MALFORMED
    saving_host.refuses(saving_host.body(port=port), status=status)


@pytest.mark.requirement("PA-ADMIN-071")
@pytest.mark.parametrize("port", [1, 65535])
def test_the_first_and_the_last_port_are_saved(saving_host: Saving, port: int) -> None:
    """Source: virtual host test of pingaccess-sdk-go (message about the range)."""
    saved = saving_host.saves(saving_host.body(port=port))

    expect_members(saved, {"port": port}, "the virtual host")


@pytest.mark.requirement("PA-ADMIN-072")
def test_a_virtual_host_is_found_by_host_by_port_and_by_both(hosts: Stock) -> None:
    """Source: admin API 7.3, getVirtualHosts, virtualHost (by hostname, port or both)."""
    name, other = hosts.name(), hosts.name()
    one, two, third = (
        hosts.made(host, port=port) for host, port in ((name, 444), (name, 4441), (other, 444))
    )
    finds = hosts.collection.listed

    expect_found(finds, {"virtualHost": name}, [one["id"], two["id"]])
    expect_found(finds, {"virtualHost": f"{name}:444"}, [one["id"]])
    expect_found(finds, {"virtualHost": f"{other}:4441"}, [])
    by_port = [item["id"] for item in expect_items(finds(params={"virtualHost": "444"}))]
    found = {one["id"], third["id"]} <= set(by_port) and two["id"] not in by_port
    expect_that(found, "both hosts of port 444, and not the one of 4441", by_port)


@pytest.mark.requirement("PA-ADMIN-042")
def test_a_host_and_port_are_taken_together(hosts: Stock) -> None:
    """The same name on another port is another virtual host.

    Source: assumed; exports in pingidentity-server-profiles name hosts by both.
    """
    stored = hosts.made(port=4443)

    expect_saved(hosts.collection.create(hosts.body(stored["host"], port=4444)))
    expect_refused(hosts.collection.create(hosts.body(stored["host"], port=4443)))


@pytest.mark.requirement("PA-ADMIN-073")
def test_a_wildcard_is_saved_and_updated_like_another_host(hosts: Stock) -> None:
    """Source: release notes 8.1.5 and 8.3.2, PA-16244 (PUT failed); exports (host *)."""
    host = f"*.{hosts.name()}.example.com"

    saved = expect_saved(hosts.collection.create(hosts.body(host)))
    body = {**saved, "agentResourceCacheTTL": 60}
    updated = expect_saved(hosts.collection.update(saved["id"], json=body))

    expect_members(updated, {"host": host, "agentResourceCacheTTL": 60}, "the answer")
    expect_equal(hosts.collection.stored(saved["id"]), updated, "what is stored")
