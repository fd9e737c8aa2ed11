"""Pages for browsers: plain HTML, every value escaped; they work without scripts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADERS = (
    ("Cache-Control", "no-store"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
)
"""Headers of every page: it may hold a user's name, and its address the id of a flow."""


class Page(NamedTuple):
    """An HTML document."""

    html: str


def login(action: str, flow_id: str, problem: str = "") -> Page:
    """The form for user name and password."""
    fields = _hidden({"flowId": flow_id}) + _credentials()
    return _form("Sign On", action, fields, {"": "Sign On"}, problem)


def device(action: str, user_code: str, problem: str = "") -> Page:
    """The form for the code of a device, and for who allows it."""
    code = escape(user_code, quote=True)
    fields = f'<label>Code <input name="user_code" value="{code}" required></label>'
    buttons = {"allow": "Allow", "deny": "Deny"}
    return _form("Connect a device", action, fields + _credentials(), buttons, problem)


def message(title: str, text: str) -> Page:
    """A page that says one thing."""
    return _page(title, f"<p>{escape(text)}</p>")


def posted(action: str, fields: Mapping[str, str]) -> Page:
    """A form that a browser sends on by hand (OAuth 2.0 Form Post Response Mode)."""
    page = _form("Continue", action, _hidden(fields), {"": "Continue"}, "")
    return Page(page.html.replace("<body>", '<body onload="document.forms[0].submit()">', 1))


def _form(title: str, action: str, fields: str, buttons: Mapping[str, str], problem: str) -> Page:
    told = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    pressed = "".join(
        f'<button type="submit" name="action" value="{value}">{text}</button>'
        if value
        else f'<button type="submit">{text}</button>'
        for value, text in buttons.items()
    )
    where = escape(action, quote=True)
    return _page(title, f'{told}<form method="post" action="{where}">{fields}{pressed}</form>')


def _credentials() -> str:
    return (
        '<label>Username <input name="username" autocomplete="username" required></label>'
        '<label>Password <input name="password" type="password" required></label>'
    )


def _hidden(fields: Mapping[str, str]) -> str:
    return "".join(
        f'<input type="hidden" name="{escape(name, quote=True)}" value="{escape(v, quote=True)}">'
        for name, v in fields.items()
    )


def _page(title: str, body: str) -> Page:
    return Page(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}'
        f"</title></head><body><h1>{escape(title)}</h1>{body}</body></html>"
    )
