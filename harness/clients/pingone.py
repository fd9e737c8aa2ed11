"""The APIs of PingOne: platform, Protect and authentication, each operation by its name."""

from __future__ import annotations

from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from harness.clients.admin import basic
from harness.clients.pingone_authorization import Authorization
from harness.clients.pingone_platform import PLATFORM
from harness.clients.pingone_protect import PROTECT
from harness.clients.wire import (
    ABSENT,
    Absent,
    Headers,
    Wire,
    body_of,
    overridden,
    path_of,
    query_of,
)
from harness.errors import NonConformance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import httpx

OPERATIONS: dict[str, tuple[str, str]] = {
    "get_environments": ("GET", "/environments"),
    "get_environment": ("GET", ""),
    "get_gateways": ("GET", "gateways"),
    "add_gateway": ("POST", "gateways"),
    "get_gateway": ("GET", "gateways/{}"),
    "update_gateway": ("PUT", "gateways/{}"),
    "delete_gateway": ("DELETE", "gateways/{}"),
    "get_gateway_credentials": ("GET", "gateways/{}/credentials"),
    "add_gateway_credential": ("POST", "gateways/{}/credentials"),
    "get_gateway_credential": ("GET", "gateways/{}/credentials/{}"),
    "delete_gateway_credential": ("DELETE", "gateways/{}/credentials/{}"),
    "add_application": ("POST", "applications"),
    "delete_application": ("DELETE", "applications/{}"),
    "get_application_secret": ("GET", "applications/{}/secret"),
    "add_application_grant": ("POST", "applications/{}/grants"),
    "add_resource": ("POST", "resources"),
    "delete_resource": ("DELETE", "resources/{}"),
    "add_resource_scope": ("POST", "resources/{}/scopes"),
    **PLATFORM,
    **PROTECT,
}
"""Method and path by operation: below the environment, or with a slash below the API's root.

Source: PingOne management and risk openapi of the vendor's Go SDK.
"""

KINDS = {
    "add_gateway": "gateways",
    "add_risk_predictor": "riskPredictors",
    "add_risk_policy_set": "riskPolicySets",
    "add_application": "applications",
    "add_resource": "resources",
    "add_population": "populations",
    "add_user": "users",
    "add_group": "groups",
}
"""The collection that each creating operation adds to."""


class Operation:
    """One operation, bound to PingOne; calling it sends one request.

    Positional arguments are the ids in its path below the environment. `token` None sends no
    bearer; not given it is the worker's.
    """

    __slots__ = ("_api", "name")

    def __init__(self, api: PingOneApi, name: str) -> None:
        self._api = api
        self.name = name

    def __call__(  # noqa: PLR0913 - each is one part of a request
        self,
        *keys: object,
        json: object = ABSENT,
        content: bytes | str | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str | None] | None = None,
        token: str | Absent | None = ABSENT,
        environment_id: str | None = None,
    ) -> httpx.Response:
        """The raw answer."""
        method, template = OPERATIONS[self.name]
        return self._api.send(
            self.name,
            method,
            self._api.url(path_of(template, keys), environment_id),
            json=json,
            content=content,
            params=params,
            headers=headers,
            token=token,
        )

    def __repr__(self) -> str:
        return f"<operation {self.name}>"


class PingOneApi:
    """Every operation of `OPERATIONS`, the token endpoint and the published documents.

    `bearer` gives the worker's token when a request needs it. `made` hears of each object that a
    creation answered.
    """

    __slots__ = ("_api_url", "_auth_url", "_client", "_environment_id", "_wire", "bearer", "made")

    def __init__(
        self,
        wire: Wire,
        api_url: str,
        auth_url: str,
        environment_id: str,
        client: tuple[str, str],
    ) -> None:
        self._wire = wire
        self._api_url = api_url
        self._auth_url = auth_url
        self._environment_id = environment_id
        self._client = client
        self.bearer: Callable[[], str] | None = None
        self.made: Callable[[str, Any], None] | None = None

    def __getattr__(self, name: str) -> Operation:
        if name not in OPERATIONS:
            near = ", ".join(get_close_matches(name, OPERATIONS)) or "see its OPERATIONS"
            raise AttributeError(f"PingOne has no operation {name!r} ({near})")
        return Operation(self, name)

    def token(
        self,
        form: Mapping[str, str],
        *,
        client: tuple[str, str] | Absent | None = ABSENT,
        headers: Mapping[str, str | None] | None = None,
        environment_id: str | None = None,
    ) -> httpx.Response:
        """The answer of the token endpoint; the client authenticates by Basic, None does not.

        The parameters are written as a form, or as JSON where a header says so.
        """
        sent = self._headers(self._auth_url)
        sent["content-type"] = b"application/x-www-form-urlencoded"
        pair = self._client if isinstance(client, Absent) else client
        if pair is not None:
            self._wire.record.secret(pair[1])
            sent["authorization"] = basic(*pair)
        sent = overridden(sent, headers)
        if b"json" in sent.get("content-type", b""):
            body = body_of(dict(form), None, dict(sent))
        else:
            body = urlencode(form).encode()
        url = f"{self._issuer(environment_id)}/token"
        return self._wire.send("token", "POST", url, sent, body)

    @property
    def authorization(self) -> Authorization:
        """The authorization server, as browsers and applications of people use it."""
        return Authorization(self._wire, self._auth_url, self._issuer(None))

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Inside, a 429 is an answer like any other, and is not asked again."""
        self._wire.patient = False
        try:
            yield
        finally:
            self._wire.patient = True

    def openid_configuration(self, *, environment_id: str | None = None) -> httpx.Response:
        """The discovery document (OpenID Connect Discovery 1.0 section 4)."""
        url = f"{self._issuer(environment_id)}/.well-known/openid-configuration"
        return self._published("openid_configuration", url)

    def oauth_metadata(self, *, environment_id: str | None = None) -> httpx.Response:
        """The metadata of the authorization server (RFC 8414 section 3.1: before the path)."""
        issuer = urlsplit(self._issuer(environment_id))
        place = "/.well-known/oauth-authorization-server"
        url = f"{issuer.scheme}://{issuer.netloc}{place}{issuer.path}"
        return self._published("oauth_metadata", url)

    def jwks(self, *, environment_id: str | None = None) -> httpx.Response:
        """The published keys."""
        return self._published("jwks", f"{self._issuer(environment_id)}/jwks")

    def follow(self, link: str) -> httpx.Response:
        """The answer behind a link that PingOne gave, asked for with the worker's token.

        A link to elsewhere is the product's fault: the token is not sent there.
        """
        if not link.startswith(self._api_url + "/"):
            raise NonConformance(
                next(iter(self._wire.record.requirements), None),
                f"a link below {self._api_url}",
                self._wire.record.masked(link[:200]),
            )
        return self.send(None, "GET", link)

    def request(  # noqa: PLR0913 - each is one part of a request
        self,
        method: str,
        path: str,
        *,
        json: object = ABSENT,
        content: bytes | str | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str | None] | None = None,
        token: str | Absent | None = ABSENT,
        environment_id: str | None = None,
    ) -> httpx.Response:
        """The raw answer to any request below the environment, or with a slash below the root."""
        return self.send(
            None,
            method,
            self.url(path, environment_id),
            json=json,
            content=content,
            params=params,
            headers=headers,
            token=token,
        )

    def url(self, path: str, environment_id: str | None = None) -> str:
        """Where a path is: below the environment, or with a slash below the API's root."""
        if path.startswith("/"):
            return self._api_url + path
        below = f"/{path}" if path else ""
        return f"{self._api_url}/environments/{environment_id or self._environment_id}{below}"

    def send(  # noqa: PLR0913 - each is one part of a request
        self,
        operation: str | None,
        method: str,
        url: str,
        *,
        json: object = ABSENT,
        content: bytes | str | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str | None] | None = None,
        token: str | Absent | None = ABSENT,
    ) -> httpx.Response:
        """The raw answer; what it made is told on."""
        sent = self._headers(self._api_url)
        bearer = self._bearer(token)
        if bearer is not None:
            # stripped: an empty token leaves a space, which no field value ends with (RFC 9110 5.5)
            sent["authorization"] = f"Bearer {bearer}".strip().encode()
        body = body_of(json, content, sent)
        answer = self._wire.send(
            operation, method, url + query_of(params), overridden(sent, headers), body
        )
        if self.made and answer.status_code == 201 and operation in KINDS:
            try:
                self.made(KINDS[operation], answer.json())
            except (
                ValueError,
                RecursionError,
            ):  # no JSON: for the scenario to judge
                return answer
        return answer

    def _bearer(self, token: str | Absent | None) -> str | None:
        if isinstance(token, Absent):
            return self.bearer() if self.bearer else None
        if token:
            self._wire.record.secret(token)
        return token

    def _published(self, operation: str, url: str) -> httpx.Response:
        return self._wire.send(operation, "GET", url, self._headers(url))

    def _issuer(self, environment_id: str | None) -> str:
        return f"{self._auth_url}/{environment_id or self._environment_id}/as"

    @staticmethod
    def _headers(url: str) -> Headers:
        return {
            "host": urlsplit(url).netloc.encode(),
            "accept": b"application/json",
            "user-agent": b"paconform",
        }
