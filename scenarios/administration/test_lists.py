"""Every list finds, filters, sorts and pages."""

from typing import Any

import pytest

from harness.checks import expect_equal, expect_items, expect_that
from scenarios.administration.kinds import KINDS
from scenarios.administration.stock import Stock
from scenarios.collection import expect_found, expect_paged, expect_sorted

EXACT_CASE = [noun for noun, kind in KINDS.items() if kind.exact_case]


@pytest.mark.requirement("PA-ADMIN-030")
def test_the_finder_finds_the_one_object_of_the_name(stock: Stock) -> None:
    """Source: admin API 7.3, parameters name, alias, virtualHost."""
    name = stock.name()
    wanted, longer = stock.made(name), stock.made(f"{name}-longer")
    finder = stock.kind.finder

    expect_found(stock.collection.listed, {finder: name}, [wanted["id"]])
    expect_found(stock.collection.listed, {finder: f"{name}-longer"}, [longer["id"]])
    expect_found(stock.collection.listed, {finder: f"{name}-other"}, [])


@pytest.mark.requirement("PA-ADMIN-030")
@pytest.mark.parametrize("stock", EXACT_CASE, indirect=True)
def test_the_finder_by_name_is_case_sensitive(stock: Stock) -> None:
    """Source: admin API 7.3, parameter name (case-sensitive) of these lists."""
    name = stock.name()
    wanted = stock.made(name)

    expect_found(stock.collection.listed, {"name": name}, [wanted["id"]])
    expect_found(stock.collection.listed, {"name": name.upper()}, [])


@pytest.mark.requirement("PA-ADMIN-031")
def test_the_filter_finds_every_object_that_holds_the_text(stock: Stock) -> None:
    """All of the name, its beginning, its end, and what is inside.

    Source: admin API 7.3, parameter filter (name matching filter text).
    """
    name = stock.name("part")
    held = [stock.made(one)["id"] for one in (name, f"{name}-end")]
    stock.made()

    for text in (name, name[4:], name[4:-1]):
        expect_found(stock.collection.listed, {"filter": text}, held)
    expect_found(stock.collection.listed, {"filter": f"{name[4:]}-end"}, held[1:])
    expect_found(stock.collection.listed, {"filter": f"{name}-nobody"}, [])


@pytest.mark.requirement("PA-ADMIN-032")
def test_the_list_is_sorted_by_name_in_both_orders(stock: Stock) -> None:
    """Source: admin API 7.3, sortKey and order; the name of every kind is marked sortable."""
    part = stock.name("sorted")
    for letter in "bca":
        stock.made(f"{part}-{letter}")

    expect_sorted(stock.collection.listed, {"filter": part}, stock.kind.member)


@pytest.mark.requirement("PA-ADMIN-032")
def test_the_list_is_sorted_by_number_as_numbers_are(hosts: Stock) -> None:
    """Ports of different length: 80 comes before 443, and 443 before 8080.

    Source: admin API 7.3, VirtualHost.port (sortable, integer).
    """
    part = hosts.name("sorted")
    for port in (443, 80, 8080):
        hosts.made(f"{part}-{port}", port=port)

    expect_sorted(hosts.collection.listed, {"filter": part}, "port")


@pytest.mark.requirement("PA-ADMIN-032")
def test_the_list_is_sorted_by_several_keys(hosts: Stock) -> None:
    """By port, and by host where ports are the same.

    Source: admin API 7.3, parameter sortKey (a comma separated list).
    """
    part = hosts.name("sorted")
    for letter, port in (("c", 80), ("a", 443), ("b", 80), ("d", 80)):
        hosts.made(f"{part}-{letter}", port=port)

    for order, backwards in (("ASC", False), ("DESC", True)):
        asked = {"filter": part, "sortKey": "port,host", "order": order}
        found = expect_items(hosts.collection.listed(params=asked))
        keys = [[item["port"], item["host"]] for item in found]
        expect_equal(keys, sorted(keys, reverse=backwards), f"ports and hosts in order {order}")
        expect_equal(len(keys), 4, "hosts in the list")


@pytest.mark.requirement("PA-ADMIN-033")
def test_the_pages_are_complete_and_do_not_overlap(stock: Stock) -> None:
    """Source: admin API 7.3, parameters page and numberPerPage."""
    part = stock.name("paged")
    added = [stock.made(f"{part}-{letter}") for letter in "abc"]

    expect_paged(stock.collection.listed, [one["id"] for one in added], {"filter": part})


@pytest.mark.requirement("PA-ADMIN-033")
def test_pages_follow_the_sort_order(hosts: Stock) -> None:
    """Sorted first, then cut: the second page goes on where the first ended.

    Source: admin API 7.3, parameters page, numberPerPage, sortKey and order.
    """
    part = hosts.name("paged")
    down = [hosts.made(f"{part}-{letter}")["host"] for letter in "bdac"]
    down.sort(reverse=True)
    asked = {"filter": part, "numberPerPage": 2, "sortKey": "host", "order": "DESC"}

    def page(number: int) -> list[str]:
        found = expect_items(hosts.collection.listed(params={**asked, "page": number}))
        return [item["host"] for item in found]

    one = page(1)
    other = page(2 if one == down[:2] else 0)

    expect_equal(sorted([one, other]), sorted([down[:2], down[2:]]), "two pages of two")


@pytest.mark.requirement("PA-ADMIN-034")
@pytest.mark.parametrize(
    "params",
    [
        {"page": -1},
        {"page": 7, "numberPerPage": 2},
        {"page": "x"},
        {"numberPerPage": 0, "page": 1},
        {"numberPerPage": -5, "page": 1},
        {"numberPerPage": "many"},
        {"numberPerPage": 99999999999},
        {"order": "SIDEWAYS", "sortKey": "host"},
        {"sortKey": "nothing"},
        {"sortKey": "host,port"},
        {"nothing": "x"},
        {"filter": "' OR '1'='1"},
        {"virtualHost": "%"},
    ],
    ids=str,
)
def test_a_parameter_that_makes_no_sense_breaks_nothing(
    hosts: Stock, params: dict[str, Any]
) -> None:
    """Source: assumed; the specification gives types, and nothing for what breaks them."""
    answer = hosts.collection.listed(params=params)

    if answer.status_code == 200:
        expect_items(answer)
    else:
        client_error = 400 <= answer.status_code < 500
        expect_that(client_error, "a list or a client error", answer.status_code)
