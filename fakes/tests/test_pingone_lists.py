"""Collections are filtered and paged, and refuse what they do not support."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.pingone.platform.filters import BadFilter, Language, compiled
from fakes.tests.pingone_actors import Actors
from fakes.tests.pingone_tenant import PLAIN

if TYPE_CHECKING:
    from fakes.message import Response

NAMES = ("ada", "bob", "cleo", "dan", "eve")


@pytest.fixture(scope="module")
def tenant() -> Actors:
    """A tenant with five users, oldest first, of whom two are in a group."""
    tenant = Actors(PLAIN)
    group = tenant.made("groups", {"name": "Staff", "externalId": "X-1"})
    tenant.group_id = group["id"]  # type: ignore[attr-defined]
    for number, name in enumerate(NAMES):
        user = tenant.user(name, name={"given": name.title(), "family": f"Number {number % 2}"})
        if number < 2:
            tenant.made(f"users/{user['id']}/memberOfGroups", {"id": group["id"]})
    return tenant


def _filtered(tenant: Actors, text: str, path: str = "users") -> Response:
    return tenant.call("GET", f"{path}?filter={quote(text)}")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('username eq "ada"', ["ada"]),
        ('username EQ "ADA"', ["ada"]),
        ('username sw "c" or username eq "eve"', ["cleo", "eve"]),
        ('(name.family eq "Number 1") and (name.given sw "B")', ["bob"]),
        ('email co "@example" and name.family ew "0"', ["ada", "cleo", "eve"]),
        ('username eq "ada" or username eq "bob" and name.given eq "Bob"', ["ada", "bob"]),
        ("enabled eq true", list(NAMES)),
        ("enabled eq false", []),
        ('externalId eq "none"', []),
        ('username eq "a\\"b"', []),
        ('memberOfGroups[id eq "{group}"]', ["ada", "bob"]),
        ('memberOfGroups[id eq "{group}"] and name.given eq "Bob"', ["bob"]),
    ],
)
def test_users_are_found_by_a_filter(tenant: Any, text: str, names: list[str]) -> None:
    answer = _filtered(tenant, text.replace("{group}", tenant.group_id))
    assert answer.status == 200, answer
    assert [one["username"] for one in answer.json()["_embedded"]["users"]] == names
    assert answer.json()["count"] == len(names)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("users", "username"),
        ("users", "username eq"),
        ("users", "username eq ada"),
        ("users", 'username eq "ada" and'),
        ("users", 'username eq "ada" xor enabled eq true'),
        ("users", '(username eq "ada"'),
        ("users", 'username eq "ada")'),
        ("users", 'username gt "ada"'),
        ("users", 'password eq "x"'),
        ("users", "enabled sw true"),
        ("users", "username eq ;"),
        ("users", ""),
        ("users", "(" * 40),
        ("users", "x" * 5000),
        ("populations", 'name eq "Default"'),
        ("populations", 'description sw "x"'),
        ("groups", 'name co "x"'),
        ("/v1/environments", 'name eq "x"'),
        ("/v1/organizations", 'id eq "x"'),
        ("/v1/roles", 'name eq "x"'),
    ],
)
def test_a_filter_that_is_not_supported_is_refused(tenant: Actors, path: str, text: str) -> None:
    answer = _filtered(tenant, text, path)
    assert answer.status == 400
    [told] = answer.json()["details"]
    assert (told["code"], told["target"]) == ("INVALID_FILTER", "filter")
    if path != "/v1/roles":
        inner = told["innerError"]
        assert inner.keys() == {"supportedAttributes", "supportedOperators"}


def test_other_collections_have_filters_of_their_own(tenant: Actors) -> None:
    environment = tenant.call("GET", "").json()
    for path, name, text in (
        ("/v1/environments", "environments", f'name sw "{environment["name"][:5]}"'),
        ("/v1/environments", "environments", f'id eq "{tenant.environment_id}"'),
        ("/v1/organizations", "organizations", 'name sw ""'),
        ("populations", "populations", 'name sw "def"'),
        ("groups", "groups", '(name eq "staff") and (externalId sw "x")'),
    ):
        answer = _filtered(tenant, text, path)
        assert len(answer.json()["_embedded"][name]) == 1, answer
    licences = f"/v1/organizations/{tenant.fake.organization_id}/licenses"
    assert _filtered(tenant, 'beginsAt lt "2100-01-01T00:00:00.000Z"', licences).json()["size"] == 2
    assert _filtered(tenant, 'beginsAt lt "1970-01-01T00:00:00.000Z"', licences).json()["size"] == 0


def _follow(tenant: Actors, href: str) -> dict[str, Any]:
    parts = urlsplit(href)
    answer = tenant.call("GET", f"{parts.path}?{parts.query}")
    assert answer.status == 200, answer
    return dict(answer.json())


def _names(page: dict[str, Any]) -> list[str]:
    return [one["username"] for one in page["_embedded"]["users"]]


def test_a_cursor_leads_through_all_pages_and_back(tenant: Actors) -> None:
    page = tenant.call("GET", "users?limit=2").json()
    assert (page["size"], page["count"], "prev" in page["_links"]) == (2, 5, False)
    found, pages = _names(page), [page]
    while "next" in page["_links"]:
        page = _follow(tenant, page["_links"]["next"]["href"])
        pages.append(page)
        found += _names(page)
    assert (found, len(pages), page["size"]) == (list(NAMES), 3, 1)
    back = _follow(tenant, page["_links"]["prev"]["href"])
    assert _names(back) == _names(pages[1])
    again = _follow(tenant, back["_links"]["prev"]["href"])
    assert _names(again) == _names(pages[0])
    assert "prev" not in again["_links"]
    assert _follow(tenant, page["_links"]["self"]["href"]) == page


def test_pages_are_of_what_the_filter_found(tenant: Actors) -> None:
    text = quote('name.family eq "Number 0"')
    page = tenant.call("GET", f"users?limit=2&filter={text}").json()
    rest = _follow(tenant, page["_links"]["next"]["href"])
    assert (_names(page), _names(rest)) == (["ada", "cleo"], ["eve"])


def test_a_page_is_not_longer_than_there_may_be() -> None:
    tenant = Actors()
    for number in range(201):
        tenant.user(f"user-{number}")
    for query in ("", "?limit=500"):
        page = tenant.call("GET", f"users{query}").json()
        assert (page["size"], "next" in page["_links"]) == (200, True)


def test_what_is_deleted_between_two_pages_hides_nothing() -> None:
    tenant = Actors(PLAIN)
    users = [tenant.user(name) for name in NAMES]
    page = tenant.call("GET", "users?limit=2").json()
    tenant.call("DELETE", f"users/{users[0]['id']}")
    rest = _follow(tenant, page["_links"]["next"]["href"])
    assert _names(rest) == ["cleo", "dan"]


@pytest.mark.parametrize("cursor", ["", "x", "eA", "WzEsICIiLCAwXQ", "W10", "%ff", "é"])
def test_a_cursor_that_was_never_given_is_refused(tenant: Actors, cursor: str) -> None:
    answer = tenant.call("GET", f"users?cursor={cursor}")
    assert answer.status == 400
    [told] = answer.json()["details"]
    assert (told["code"], told["target"]) == ("INVALID_PARAMETER", "cursor")


def test_a_cursor_is_good_with_the_same_token_only(tenant: Actors) -> None:
    href = tenant.call("GET", "users?limit=2").json()["_links"]["next"]["href"]
    parts = urlsplit(href)
    assert tenant.as_admin("GET", f"{parts.path}?{parts.query}").status == 400


@pytest.mark.parametrize("limit", ["0", "-1", "x", "", "1.5", "²"])
def test_a_limit_is_a_number_above_nothing(tenant: Actors, limit: str) -> None:
    assert tenant.call("GET", f"users?limit={limit}").status == 400


@given(st.text(max_size=60) | st.from_regex(r'[a-c ()\[\]".eqsworand]{0,60}', fullmatch=True))
def test_no_filter_raises_anything_else(text: str) -> None:
    row = {"a": "x", "b": {"c": 1}, "c": [{"a": True}]}
    operators = {"a": frozenset({"eq"}), "b.c": frozenset({"eq", "gt"}), "c.a": frozenset({"eq"})}
    for lax in (False, True):
        try:
            test = compiled(text, Language(operators, frozenset({"and", "or"}), True, lax))
        except BadFilter:
            continue
        assert test(row) in (True, False)
