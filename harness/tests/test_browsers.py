"""A browser keeps to PingOne's own pages, and says so where it does not know them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest

from harness.errors import NonConformance, NotMeasured
from harness.product.browsers import NO, YES, Browser, forms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.clients.pingone_authorization import Authorization

HERE = "https://auth.example.com"
FORM = (
    '<form action="/next"><input type="hidden" name="flow" value="a&amp;b"><input name="user_code">'
    '<input name="who" type="email"><input name="secret" type="password">'
    '<button name="action" value="1">Deny it</button><button name="action" value="2">Allow</button>'
    "</form>"
)


class Pages:
    """Answers what it is told to, and remembers what it was sent."""

    def __init__(self, *answers: httpx.Response) -> None:
        self.answers = list(answers)
        self.seen: list[tuple[str, dict[str, str], Mapping[str, str] | None]] = []

    def is_here(self, url: str) -> bool:
        """Whether the URL is one of the pages."""
        return url.startswith(f"{HERE}/")

    def visit(
        self, url: str, cookies: Mapping[str, str], form: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """The next answer; the last stays."""
        self.seen.append((url, dict(cookies), form))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        answer.request = httpx.Request("GET", url)
        return answer


def browser(*answers: httpx.Response) -> tuple[Browser, Pages]:
    pages = Pages(*answers)
    return Browser(cast("Authorization", pages)), pages


def to(where: str, *cookies: str) -> httpx.Response:
    headers: list[tuple[str, Any]] = [("location", where), *(("set-cookie", c) for c in cookies)]
    return httpx.Response(302, headers=headers)


@pytest.mark.parametrize(("words", "action"), [(YES, "2"), (NO, "1")])
def test_fields_are_filled_in_by_what_they_are_for(words: frozenset[str], action: str) -> None:
    one, pages = browser(httpx.Response(200, html=FORM))
    page = one.go(f"{HERE}/signon")

    one.fill(page, forms(page)[0], {"username": "u", "password": "p", "code": "c"}, words)

    sent = {"flow": "a&b", "user_code": "c", "who": "u", "secret": "p", "action": action}
    assert pages.seen[-1] == (f"{HERE}/next", {}, sent)


def test_cookies_are_kept_until_they_are_thrown_away() -> None:
    one, pages = browser(to("/b", "A=1; Path=/", "B=2"), to("/c", "A=; Max-Age=0"), to("//other/"))

    assert one.go(f"{HERE}/a").headers["location"] == "//other/"

    assert [cookies for _, cookies, _ in pages.seen] == [{}, {"A": "1", "B": "2"}, {"B": "2"}]


def test_a_circle_of_redirects_ends() -> None:
    one, pages = browser(to("/round"))

    assert one.go(f"{HERE}/round").is_redirect
    assert len(pages.seen) < 20


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<script>later()</script>",
        "<form><input name=q></form>",
        "<form" * 9,
        "<button>x</button>",
    ],
)
def test_a_page_without_a_password_is_not_measured(page: str) -> None:
    one, _ = browser(httpx.Response(200, html=page))

    with pytest.raises(NotMeasured, match="no form for name and password"):
        one.sign_on(one.go(f"{HERE}/signon"), "u", "p")


def test_a_password_is_sent_to_no_other_host() -> None:
    one, pages = browser(httpx.Response(200, html=FORM.replace("/next", "https://evil.example/")))
    page = one.go(f"{HERE}/signon")

    with pytest.raises(NotMeasured, match="another host"):
        one.sign_on(page, "u", "p")
    with pytest.raises(NotMeasured, match="another host"):
        one.go(f"{HERE}.evil.example/")
    assert len(pages.seen) == 1


def test_an_error_in_place_of_a_page_is_the_products() -> None:
    one, _ = browser(httpx.Response(500, html=FORM))

    with pytest.raises(NonConformance, match="expected status 200"):
        one.sign_on(one.go(f"{HERE}/signon"), "u", "p")
