"""People who sign on to applications of PingOne, and what the applications get by it.

NotMeasured where PingOne's worker may make neither, or where nobody knows the pages.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from harness.checks import expect_status, expect_that
from harness.errors import NotMeasured
from harness.product.browsers import Browser
from harness.product.clients import Client, add_client

if TYPE_CHECKING:
    import httpx

    from harness.product.descriptors import Json
    from harness.product.pingone import PingOne

REDIRECT_URI = "https://app.example.com/callback"
AFTERWARDS_URI = "https://app.example.com/signed-off"
"""Where browsers are sent; nobody is there, and nobody goes there (RFC 2606)."""

TOKENS = ("access_token", "id_token", "refresh_token")

SET_PASSWORD = "application/vnd.pingidentity.password.set+json"  # noqa: S105 - a media type
"""Source: PingOne platform API, update password (set)."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user who can sign on."""

    id: str
    username: str
    password: str = field(repr=False)


def add_person(pingone: PingOne) -> Person:
    """A stored user with a password that need not be changed.

    Source: PingOne platform API, create user (201), update password (set) (200).
    """
    name = pingone.name("user")
    body = {"username": name, "email": f"{name}@example.com"}
    answer = pingone.api.add_user(json=body)
    if answer.status_code == 403:
        raise NotMeasured("PingOne's worker has no role that makes users")
    key = str(pingone.stored("users", answer)["id"])
    password = f"{digest(name)[:20]}-aZ7!"
    pingone.api.authorization.hide(password)
    told = {"value": password, "forceChange": False}
    answer = pingone.api.set_password(key, json=told, headers={"Content-Type": SET_PASSWORD})
    if answer.status_code == 403:
        raise NotMeasured("PingOne's worker has no role that sets passwords")
    pingone.told(answer, 200, "password of a user")
    return Person(key, name, password)


def add_web_app(pingone: PingOne, **members: Any) -> Client:
    """A stored web application that gets codes and refresh tokens.

    Source: PingOne platform API, create application (OIDC, web app).
    """
    settings = {
        "type": "WEB_APP",
        "grantTypes": ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
        "responseTypes": ["CODE"],
        "redirectUris": [REDIRECT_URI],
        "postLogoutRedirectUris": [AFTERWARDS_URI],
        **members,
    }
    return add_client(pingone, **settings)


class SignOn:
    """One application, one person, and the browser in which they meet."""

    def __init__(
        self, pingone: PingOne, app: Client | None = None, person: Person | None = None
    ) -> None:
        self._pingone = pingone
        self._server = pingone.api.authorization
        self.app = app or add_web_app(pingone)
        self.person = person or add_person(pingone)
        self.browser = Browser(self._server)
        self.verifier = digest(self.app.id)
        self._server.hide(self.verifier)

    def asked(self, **changes: str | None) -> dict[str, str]:
        """A request for a code, with other parameters; None leaves one out.

        Source: RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect Core 3.1.2.1.
        """
        return without_none(
            {
                "response_type": "code",
                "client_id": self.app.id,
                "redirect_uri": REDIRECT_URI,
                "scope": "openid",
                "state": "state of this request/+ =&%20",
                "nonce": "nonce-of-this-request",
                "code_challenge": digest(self.verifier),
                "code_challenge_method": "S256",
                **changes,
            }
        )

    def authorize(self, **changes: str | None) -> httpx.Response:
        """Where the browser ends up that the application sends to PingOne."""
        return self.browser.go(self._server.address("authorize", self.asked(**changes)))

    def signed_on(self, **changes: str | None) -> dict[str, str]:
        """What the application is told when the person has signed on in this browser."""
        page = self.authorize(**changes)
        person = self.person
        return self.landed(self.browser.sign_on(page, person.username, person.password))

    def landed(self, answer: httpx.Response, uri: str = REDIRECT_URI) -> dict[str, str]:
        """The parameters with which a browser is sent back; the product's fault where it is not."""
        expect_status(answer, 302, 303)
        where = answer.headers.get("location", "")
        expect_that(has_landed(answer, uri), f"a redirect to {uri}", where.partition("?")[0])
        told = dict(parse_qsl(urlsplit(where).query, keep_blank_values=True))
        self._server.hide(told.get("code"))
        return told

    def code(self, **changes: str | None) -> str:
        """The code that the application gets when the person has signed on."""
        told = self.signed_on(**changes)
        expect_that("code" in told, "a code at the redirect URI", sorted(told))
        return told["code"]

    def spent(
        self, code: str, client: Client | None = None, **changes: str | None
    ) -> httpx.Response:
        """The raw answer to a code, with other parameters, from the application or another client.

        Source: RFC 6749 section 4.1.3, RFC 7636 section 4.5.
        """
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": REDIRECT_URI,
            "code_verifier": self.verifier,
            **changes,
        }
        return self.token(without_none(form), client)

    def refreshed(self, token: str, client: Client | None = None) -> httpx.Response:
        """The raw answer to a refresh token. Source: RFC 6749 section 6."""
        return self.token({"grant_type": "refresh_token", "refresh_token": token}, client)

    def token(self, form: dict[str, str], client: Client | None = None) -> httpx.Response:
        """The raw answer of the token endpoint, whose tokens are never shown."""
        asking = client or self.app
        answer = self._pingone.api.token(form, client=(asking.id, asking.secret))
        told = tokens_of(answer)
        self._server.hide(*(told.get(name) for name in TOKENS))
        return answer

    def tokens(self, **changes: str | None) -> Json:
        """The answer to a code that is worth tokens."""
        answer = self.spent(self.code(**changes))
        expect_status(answer, 200)
        told = tokens_of(answer)
        expect_that("access_token" in told, "an access token", sorted(told))
        return told

    def asks(self, endpoint: str, token: str, client: Client | None = None) -> httpx.Response:
        """What `introspect` or `revoke` answers the application, or another client."""
        asking = client or self.app
        return self._server.post(endpoint, {"token": token}, (asking.id, asking.secret))


def has_landed(answer: httpx.Response, uri: str = REDIRECT_URI) -> bool:
    """Whether a browser is sent to this URI."""
    where = str(answer.headers.get("location", ""))
    return answer.is_redirect and where.partition("?")[0] == uri


def digest(text: str) -> str:
    """The SHA-256 of a text as unpadded base64url, as PKCE writes it (RFC 7636 section 4.2)."""
    return urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()


def without_none(params: dict[str, Any]) -> dict[str, str]:
    """The parameters that have a value."""
    return {name: value for name, value in params.items() if value is not None}


def tokens_of(answer: httpx.Response) -> Json:
    """The object of an answer; empty where there is none."""
    try:
        told = answer.json()
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
