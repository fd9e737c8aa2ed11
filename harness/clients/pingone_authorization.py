"""PingOne's authorization server: its endpoints for people, and the pages that it shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from harness.clients.admin import basic
from harness.clients.wire import Headers, Wire, query_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

FORM_TYPE = b"application/x-www-form-urlencoded"


class Authorization:
    """The authorization server of one environment; every method is one request.

    Source: PingOne Go client, OAuth2 and OIDC endpoints (the paths below the issuer).
    """

    __slots__ = ("_wire", "issuer", "root")

    def __init__(self, wire: Wire, root: str, issuer: str) -> None:
        self._wire = wire
        self.root = root
        self.issuer = issuer

    def post(
        self, endpoint: str, form: Mapping[str, str], client: tuple[str, str] | None = None
    ) -> httpx.Response:
        """The raw answer of an endpoint to a form, from a client that authenticates by Basic."""
        url = f"{self.issuer}/{endpoint}"
        sent = _headers(url)
        sent["content-type"] = FORM_TYPE
        if client is not None:
            self.hide(client[1])
            sent["authorization"] = basic(*client)
        return self._wire.send(endpoint, "POST", url, sent, urlencode(form).encode())

    def userinfo(self, token: str | None) -> httpx.Response:
        """What the access token tells of its user; None sends no token."""
        url = f"{self.issuer}/userinfo"
        sent = _headers(url)
        if token is not None:
            self.hide(token)
            sent["authorization"] = b"Bearer " + token.encode()
        return self._wire.send("userinfo", "GET", url, sent)

    def address(self, endpoint: str, params: Mapping[str, str]) -> str:
        """The URL that a browser is sent to."""
        return f"{self.issuer}/{endpoint}{query_of(params)}"

    def is_here(self, url: str) -> bool:
        """Whether a URL is one of this server, so that a browser's cookies go there."""
        return url.startswith(self.root + "/")

    def visit(
        self, url: str, cookies: Mapping[str, str], form: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """The page, or the redirect, that a browser with these cookies gets."""
        sent = _headers(url)
        sent["accept"] = b"text/html,*/*;q=0.8"
        if cookies:
            sent["cookie"] = "; ".join(f"{k}={v}" for k, v in cookies.items()).encode()
        if form is None:
            return self._wire.send(None, "GET", url, sent)
        sent["content-type"] = FORM_TYPE
        return self._wire.send(None, "POST", url, sent, urlencode(form).encode())

    def hide(self, *secrets: object) -> None:
        """These texts are never shown."""
        for one in secrets:
            if isinstance(one, str):
                self._wire.record.secret(one)


def _headers(url: str) -> Headers:
    return {
        "host": urlsplit(url).netloc.encode(),
        "accept": b"application/json",
        "user-agent": b"paconform",
    }
