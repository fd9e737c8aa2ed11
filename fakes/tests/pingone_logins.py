"""A fake PingOne with a user, an application and a browser."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fakes.message import Request
from fakes.pingone import CORRECT
from fakes.pingone.platform.users import IMPORT
from fakes.tests.pingone_tenant import FORM, Tenant

if TYPE_CHECKING:
    from fakes.message import Response
    from fakes.pingone import Behaviour

BACK = "https://shop.example.com/callback"
GOODBYE = "https://shop.example.com/goodbye"
PASSWORD = "2Federate!"
VERIFIER = "v" * 43
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"


class Browser:
    """What keeps cookies and sends forms; it follows nothing by itself."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self.cookies: dict[str, str] = {}

    def get(self, url: str) -> Response:
        """The answer to following a link."""
        parts = urlsplit(url)
        return self._sent(Request("GET", parts.path, parts.query, self._headers()))

    def post(self, url: str, fields: dict[str, str]) -> Response:
        """The answer to sending a form."""
        headers = {**self._headers(), "content-type": FORM}
        body = urlencode(fields).encode()
        return self._sent(Request("POST", urlsplit(url).path, "", headers, body))

    def send(self, page: Response, **typed: str) -> Response:
        """The answer to the page's form, with what was typed in."""
        action, fields = form_of(page.body.decode())
        return self.post(action, {**fields, **typed})

    def _headers(self) -> dict[str, str]:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"cookie": pairs} if pairs else {}

    def _sent(self, request: Request) -> Response:
        answer = self.tenant.fake.handle(request)
        for name, value in answer.headers:
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
                if not self.cookies[key]:
                    del self.cookies[key]
        return answer


class Logins(Tenant):
    """The tenant with a user whose password is PASSWORD, and an application that logs in."""

    def __init__(self, behaviour: Behaviour = CORRECT, *, seed: int = 0, **app: Any) -> None:
        super().__init__(behaviour, seed=seed)
        self.user = self.new_user("ada")
        self.app = self.application(**app)
        self.secret = self.secret_of(self.app["id"])
        self.browser = Browser(self)

    def new_user(self, username: str) -> dict[str, Any]:
        """A new user, imported with PASSWORD."""
        body = {
            "username": username,
            "email": f"{username}@example.com",
            "name": {"given": "Ada", "family": "Lovelace"},
            "password": {"value": PASSWORD},
        }
        answer = self.call("POST", "users", body, content_type=IMPORT)
        assert answer.status == 201, answer
        return dict(answer.json())

    def application(self, name: str = "Shop", **members: Any) -> dict[str, Any]:
        """A new application."""
        return self.made("applications", application(name, **members))

    def secret_of(self, application_id: str) -> str:
        """The application's secret."""
        return str(self.call("GET", f"applications/{application_id}/secret").json()["secret"])

    def granted(self, application_id: str, scope: str, **resource: Any) -> dict[str, Any]:
        """A custom resource with a scope that is granted to the application."""
        made = self.made("resources", {"name": f"resource of {scope}", **resource})
        scoped = self.made(f"resources/{made['id']}/scopes", {"name": scope})
        body = {"resource": {"id": made["id"]}, "scopes": [{"id": scoped["id"]}]}
        self.made(f"applications/{application_id}/grants", body)
        return made

    def at(self, path: str, form: dict[str, str]) -> Response:
        """The answer of an endpoint of the authorization server to the application."""
        whole = {"client_id": self.app["id"], "client_secret": self.secret, **form}
        body = urlencode({name: value for name, value in whole.items() if value}).encode()
        where = f"/{self.environment_id}/as/{path}"
        return self.fake.handle(Request("POST", where, "", {"content-type": FORM}, body))

    def authorize(self, **query: str) -> Response:
        """The answer to an authorization request from the browser."""
        asked = {
            "response_type": "code",
            "client_id": self.app["id"],
            "redirect_uri": BACK,
            "scope": "openid",
            "state": "s",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            **query,
        }
        kept = urlencode({name: value for name, value in asked.items() if value})
        return self.browser.get(f"/{self.environment_id}/as/authorize?{kept}")

    def log_in(self, **query: str) -> dict[str, str]:
        """What comes back to the application when the user has logged in with the page."""
        page = self.browser.get(location(self.authorize(**query)))
        sent = self.browser.send(page, username="ada", password=PASSWORD)
        return answered(self.browser.get(location(sent)))

    def redeem(self, code: str, **form: str) -> Response:
        """The answer to a code."""
        whole = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
        return self.at("token", {**whole, "code_verifier": VERIFIER, **form})

    def tokens(self, **query: str) -> dict[str, Any]:
        """The tokens of a new login."""
        answer = self.redeem(self.log_in(**query)["code"])
        assert answer.status == 200, answer
        return dict(answer.json())

    def refreshed(self, token: str, **form: str) -> Response:
        """The answer to a refresh token."""
        return self.at("token", {"grant_type": "refresh_token", "refresh_token": token, **form})

    def introspected(self, token: str) -> dict[str, Any]:
        """What introspection tells the application of a token."""
        answer = self.at("introspect", {"token": token})
        assert answer.status == 200, answer
        return dict(answer.json())


def application(name: str = "Shop", **members: Any) -> dict[str, Any]:
    """The body of an application; members that are `...` are left out."""
    body = {
        "name": name,
        "enabled": True,
        "type": "WEB_APP",
        "protocol": "OPENID_CONNECT",
        "grantTypes": ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
        "responseTypes": ["CODE"],
        "redirectUris": [BACK],
        "postLogoutRedirectUris": [GOODBYE],
        "tokenEndpointAuthMethod": "CLIENT_SECRET_POST",
        "pkceEnforcement": "S256_REQUIRED",
        **members,
    }
    return {member: value for member, value in body.items() if value is not ...}


def location(answer: Response) -> str:
    """Where the answer sends a browser."""
    assert answer.status in (302, 303), answer
    return dict(answer.headers)["Location"]


def answered(answer: Response) -> dict[str, str]:
    """The parameters with which a browser comes back to the application."""
    url = urlsplit(location(answer))
    assert f"{url.scheme}://{url.netloc}{url.path}" == BACK, url
    return dict(parse_qsl(url.query or url.fragment))


def form_of(html: str) -> tuple[str, dict[str, str]]:
    """Where the form of a page goes, and the fields that it has filled in."""
    action = re.search(r'<form method="post" action="([^"]*)"', html)
    assert action, html
    filled = re.findall(r'<input (?:type="hidden" )?name="([^"]*)" value="([^"]*)"', html)
    return unescape(action[1]), {unescape(name): unescape(value) for name, value in filled}


def refusal(answer: Response) -> str:
    """The OAuth error of a refusal, whose description has a correlation id."""
    body = answer.json()
    assert answer.status in (400, 401, 403), answer
    assert body["error_description"].startswith("Request denied: ")
    assert dict(answer.headers)["Correlation-Id"] in body["error_description"]
    return str(body["error"])
