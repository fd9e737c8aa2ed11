"""What the admin API leaves open is decided by the seed, always alike, and can be turned off."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.tests.pingaccess_core import Admin

NAMES = ("one", "two", "three", "four", "five")
LISTS = ("", "filter=e", "name=two", "page=2&numberPerPage=2", "page=1&numberPerPage=99")


def _named(admin: Admin, query: str) -> list[str]:
    return [site["name"] for site in admin.items("/sites", query)]


def _with_sites(seed: int, /, **given: Any) -> Admin:
    admin = Admin(seed, **given)
    for name in NAMES:
        admin.add("/sites", {"name": name, "targets": ["shop.example.com:443"]})
    return admin


@pytest.mark.parametrize("query", LISTS)
def test_lists_are_oldest_or_newest_first_by_the_seed(query: str) -> None:
    even, odd = _with_sites(0), _with_sites(1)
    expected = {
        "": (list(NAMES), list(reversed(NAMES))),
        "filter=e": (["one", "three", "five"], ["five", "three", "one"]),
        "name=two": (["two"], ["two"]),
        "page=2&numberPerPage=2": (["three", "four"], ["three", "two"]),
        "page=1&numberPerPage=99": (list(NAMES), list(reversed(NAMES))),
    }
    assert (_named(even, query), _named(odd, query)) == expected[query]
    assert _named(_with_sites(1, varied=frozenset({"members"})), query) == expected[query][0]


def test_pages_of_either_order_are_the_whole_list_once() -> None:
    for seed in (0, 1):
        admin = _with_sites(seed)
        pages = [_named(admin, f"page={page}&numberPerPage=2") for page in (1, 2, 3, 4)]
        assert [name for page in pages for name in page] == _named(admin, "")
        assert pages[3] == []


def test_an_order_that_is_asked_for_is_every_seeds() -> None:
    for seed in (0, 1):
        assert _named(_with_sites(seed), "sortKey=name") == sorted(NAMES)


def test_members_stand_in_the_seeds_order_wherever_an_object_is_read() -> None:
    orders = set()
    for seed in range(3):
        admin = Admin(seed)
        made = admin.add("/sites", {"name": "one", "targets": ["shop.example.com:443"]})
        [listed] = admin.items("/sites")
        read = admin.get(f"/sites/{made['id']}")
        assert list(made) == list(listed) == list(read)
        assert made == listed == read
        orders.add(tuple(made))
    assert len(orders) == 3
    plain = [Admin(seed, varied=frozenset()) for seed in range(3)]
    body = {"name": "one", "targets": ["shop.example.com:443"]}
    assert len({tuple(admin.add("/sites", body)) for admin in plain}) == 1
