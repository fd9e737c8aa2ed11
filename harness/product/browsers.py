"""A browser on the pages of PingOne: it keeps cookies, follows redirects and sends forms.

What a page of a real PingOne looks like is not documented: where it has no form to fill in,
NotMeasured says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from harness.checks import expect_status
from harness.errors import NotMeasured

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from harness.clients.pingone_authorization import Authorization

MOST_REDIRECTS = 10

YES = frozenset(("accept", "agree", "allow", "approve", "authorize", "confirm", "continue", "yes"))
NO = frozenset(("cancel", "decline", "deny", "disagree", "no", "refuse", "reject"))
"""Words on a button, by what it does. Assumed: no document shows the page."""

_UNFILLED = frozenset(("button", "checkbox", "image", "radio", "reset", "submit"))


@dataclass(slots=True)
class Button:
    """A button that sends its form, and what it says."""

    name: str
    value: str
    text: str

    def says(self, words: frozenset[str]) -> bool:
        """Whether one of the words is on it or in what it sends."""
        told = f"{self.name} {self.value} {self.text}".lower()
        return bool(words & set(re.findall(r"[a-z]+", told)))


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes, the types and values of its fields, and its buttons."""

    action: str
    types: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)

    def noun(self, name: str) -> str:
        """What a field is for, as its type and name tell: username, password, code or "" (none)."""
        kind = self.types[name]
        if kind == "password":
            return "password"
        if kind in ("text", "email", "tel"):
            return "code" if "code" in name.lower() else "username"
        return ""


class Browser:
    """A browser of one person, which starts without cookies."""

    def __init__(self, authorization: Authorization) -> None:
        self._authorization = authorization
        self._cookies: dict[str, str] = {}

    def go(self, url: str) -> httpx.Response:
        """Where it ends up: a page of PingOne, or a redirect to elsewhere, which is not followed.

        NotMeasured for an address that is not PingOne's authorization server.
        """
        if not self._authorization.is_here(url):
            raise NotMeasured("PingOne names a page of another host: what is there is not known")
        return self._arrived(self._kept(self._authorization.visit(url, self._cookies)))

    def send(
        self, page: httpx.Response, form: Form, values: Mapping[str, str], button: Button | None
    ) -> httpx.Response:
        """Where it ends up when it has sent the form with these values."""
        url = urljoin(str(page.request.url), form.action)
        if not self._authorization.is_here(url):
            raise NotMeasured("the form on the page of PingOne goes to another host")
        sent = {**form.values, **values}
        if button is not None and button.name:
            sent[button.name] = button.value
        return self._arrived(self._kept(self._authorization.visit(url, self._cookies, sent)))

    def sign_on(self, page: httpx.Response, username: str, password: str) -> httpx.Response:
        """Where it ends up when it has filled in the page for name and password."""
        form = wanted(page, asks_password, "name and password")
        return self.fill(page, form, {"username": username, "password": password}, YES)

    def fill(
        self, page: httpx.Response, form: Form, known: Mapping[str, str], words: frozenset[str]
    ) -> httpx.Response:
        """Where it ends up when it has filled in what is `known`: username, password, code.

        It presses the button that says one of the words, or the first.
        """
        asked = ((name, form.noun(name)) for name in form.types)
        values = {name: known[noun] for name, noun in asked if noun in known}
        says = (one for one in form.buttons if one.says(words))
        return self.send(page, form, values, next(says, next(iter(form.buttons), None)))

    def _arrived(self, answer: httpx.Response) -> httpx.Response:
        for _ in range(MOST_REDIRECTS):
            url = urljoin(str(answer.request.url), answer.headers.get("location", ""))
            if not answer.is_redirect or not self._authorization.is_here(url):
                break
            answer = self._kept(self._authorization.visit(url, self._cookies))
        return answer

    def _kept(self, answer: httpx.Response) -> httpx.Response:
        """The answer, whose cookies are kept or, where it says so, thrown away."""
        for line in answer.headers.get_list("set-cookie"):
            try:
                morsels = SimpleCookie(line)
            except CookieError:
                continue
            for name, one in morsels.items():
                if one.value and one["max-age"] != "0":
                    self._cookies[name] = one.value
                else:
                    self._cookies.pop(name, None)
        return answer


def asks_password(form: Form) -> bool:
    """Whether a form has a field for a password."""
    return "password" in form.types.values()


def forms(page: httpx.Response) -> list[Form]:
    """The forms of a page."""
    reader = _Reader()
    if not page.is_redirect:
        reader.feed(page.text)
    return reader.forms


def wanted(page: httpx.Response, is_it: Callable[[Form], object], what: str) -> Form:
    """The form that is asked for; NotMeasured where the page has none, as a real one may not."""
    if page.is_error:
        expect_status(page, 200)
    for form in forms(page):
        if is_it(form):
            return form
    raise NotMeasured(
        f"PingOne shows no form for {what}: the page of a real PingOne is not documented"
    )


class _Reader(HTMLParser):
    """Collects forms as they come by."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._button: Button | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(told.get("action", "")))
        if tag not in ("input", "button") or not self.forms:
            return
        name, value = told.get("name", ""), told.get("value", "")
        kind = told.get("type", "submit" if tag == "button" else "text").lower()
        if kind == "submit":
            self._button = Button(name, value, "")
            self.forms[-1].buttons.append(self._button)
        elif kind not in _UNFILLED and name:
            self.forms[-1].types[name] = kind
            self.forms[-1].values[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "button":
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._button is not None:
            self._button.text += data
