"""Collections in pages and by filters (P1-LIST)."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from harness.checks import expect_equal, expect_error, expect_that
from harness.product import PingOne, Product
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import embedded, json_object

PINGONE_REFUSAL = ("INVALID_REQUEST", "INVALID_DATA", "REQUEST_FAILED")


@pytest.fixture
def users(product: Product, pingone: PingOne) -> list[Json]:
    """Five users of two families, in a population of their own."""
    body = {"name": product.name("population")}
    population = json_object(pingone.api.add_population(json=body), 201)
    made: list[Json] = []
    for number in range(5):
        name = product.name("user")
        user: Json = {
            "username": name,
            "email": f"{name}@example.com",
            "population": {"id": population["id"]},
            "name": {"given": f"Given {number}", "family": f"Family {number % 2}"},
        }
        made.append(json_object(pingone.api.add_user(json=user), 201))
    return made


def _within(users: list[Json], text: str = "") -> str:
    """A filter that finds nobody but these users."""
    own = f'population.id eq "{users[0]["population"]["id"]}"'
    return f"{own} and {text}" if text else own


def _page(pingone: PingOne, **params: Any) -> Json:
    return json_object(pingone.api.get_users(params=params), 200)


def _ids(page: Json) -> list[str]:
    items: list[Json] = (page.get("_embedded") or {}).get("users") or []
    return [item["id"] for item in items]


def _link(page: Json, name: str) -> str | None:
    """Where a link of the page leads."""
    found = (page.get("_links") or {}).get(name)
    href = found.get("href") if isinstance(found, dict) else None
    return href if isinstance(href, str) else None


def _pages(pingone: PingOne, first: Json) -> list[Json]:
    """The page and all that its next links lead to."""
    pages = [first]
    for _ in range(20):
        href = _link(pages[-1], "next")
        if href is None:
            return pages
        pages.append(json_object(pingone.api.follow(href), 200))
    expect_that(False, "a last page after five users", f"{len(pages)} pages")
    return pages


@pytest.mark.requirement("P1-LIST-001")
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_lead_through_the_whole_collection(
    users: list[Json], pingone: PingOne, limit: int
) -> None:
    """No page has more items than asked for, and all together have each user once.

    Source: PingOne reference, paging and ordering collections.
    """
    pages = _pages(pingone, _page(pingone, limit=limit, filter=_within(users)))

    found = [key for page in pages for key in _ids(page)]
    longest = max(len(_ids(page)) for page in pages)
    expect_that(longest <= limit, f"at most {limit} items on a page", longest)
    expect_equal(sorted(found), sorted(user["id"] for user in users), "ids on all pages")


@pytest.mark.requirement("P1-LIST-001")
def test_a_next_link_has_a_cursor(users: list[Json], pingone: PingOne) -> None:
    """The link to the next page is the URL to ask, and holds a cursor.

    Source: PingOne reference, paging and ordering collections (cursor).
    """
    href = _link(_page(pingone, limit=2, filter=_within(users)), "next") or ""

    expect_that("cursor" in parse_qs(urlsplit(href).query), "a cursor in the next link", href)


@pytest.mark.requirement("P1-LIST-002")
def test_a_page_links_back_to_the_one_before_it(users: list[Json], pingone: PingOne) -> None:
    """The first page has no link back, the last none forward, and back leads to the same items.

    Source: PingOne reference, paging and ordering collections (prev).
    """
    pages = _pages(pingone, _page(pingone, limit=2, filter=_within(users)))
    expect_that(len(pages) > 1, "more pages than one", len(pages))

    expect_equal(_link(pages[0], "prev"), None, "prev of the first page")
    back = _link(pages[1], "prev")
    expect_that(back is not None, "prev of the second page", pages[1].get("_links"))
    same = json_object(pingone.api.follow(back or ""), 200)
    expect_equal(_ids(same), _ids(pages[0]), "ids of the page before the second")


@pytest.mark.requirement("P1-LIST-003")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('username eq "{username}"', [1]),
        ('email eq "{email}"', [1]),
        ('name.family eq "Family 1"', [1, 3]),
        ('name.given sw "Given"', [0, 1, 2, 3, 4]),
        ('(name.family eq "Family 0") and (name.given eq "Given 2")', [2]),
        ('(name.given eq "Given 0" or name.given eq "Given 4")', [0, 4]),
        ('name.given eq "nobody"', []),
    ],
)
def test_a_filter_finds_what_it_names(
    users: list[Json], pingone: PingOne, text: str, found: list[int]
) -> None:
    """By equality, by beginning, joined by and and or, grouped by parentheses.

    Source: PingOne, SCIM filter language.
    """
    wanted = text.format(**{name: users[1][name] for name in ("username", "email")})

    page = _page(pingone, filter=_within(users, wanted))

    expect_equal(sorted(_ids(page)), sorted(users[n]["id"] for n in found), f"found by {text}")


@pytest.mark.requirement("P1-LIST-003")
def test_environments_and_populations_are_found_too(users: list[Json], pingone: PingOne) -> None:
    """By the operators of each: the beginning of the name, and the id.

    Source: PingOne reference, query parameter quick reference (environments, populations).
    """
    mine = json_object(pingone.api.get_environment(), 200)
    population = json_object(pingone.api.get_population(users[0]["population"]["id"]), 200)

    for text in (f'name sw "{mine["name"][:6]}"', f'id eq "{mine["id"]}"'):
        found = embedded(pingone.api.get_environments(params={"filter": text}), "environments")
        expect_that(mine["id"] in [one["id"] for one in found], "the environment", found)
    for text in (f'name sw "{population["name"]}"', f'id eq "{population["id"]}"'):
        found = embedded(pingone.api.get_populations(params={"filter": text}), "populations")
        expect_equal([one["id"] for one in found], [population["id"]], f"found by {text}")


@pytest.mark.requirement("P1-LIST-004")
@pytest.mark.parametrize(
    "text",
    [
        "username",
        'username eq "x" and',
        'username near "x"',
        'paconform eq "x"',
        '(username eq "x"',
    ],
)
def test_a_filter_that_is_not_supported_is_refused(pingone: PingOne, text: str) -> None:
    """400, and nothing is listed; a good one is answered.

    Source: PingOne Go client, 400 error model (INVALID_FILTER).
    """
    _page(pingone, filter='username eq "x"')

    expect_error(pingone.api.get_users(params={"filter": text}), 400, PINGONE_REFUSAL)


@pytest.mark.requirement("P1-LIST-004")
def test_environments_refuse_operators_of_users(pingone: PingOne) -> None:
    """Each collection has operators of its own: no environment is found by what its name holds.

    Source: PingOne reference, query parameter quick reference (environments: name sw, id eq).
    """
    params = {"filter": 'name co "a"'}

    expect_error(pingone.api.get_environments(params=params), 400, PINGONE_REFUSAL)


@pytest.mark.requirement("P1-LIST-005")
def test_the_next_page_is_filtered_too(users: list[Json], pingone: PingOne) -> None:
    """Pages of one family hold nobody of the other.

    Source: PingOne reference, paging and ordering collections.
    """
    text = _within(users, 'name.family eq "Family 0"')
    pages = _pages(pingone, _page(pingone, limit=1, filter=text))

    found = [key for page in pages for key in _ids(page)]
    expected = sorted(users[number]["id"] for number in (0, 2, 4))
    expect_equal(sorted(found), expected, "ids on all pages of one family")
