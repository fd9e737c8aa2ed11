"""The admin API of PingAccess: `api.add_risk_policy(json=…)` for the operation addRiskPolicy."""

from __future__ import annotations

from base64 import b64encode
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from harness.clients.admin_operations import KINDS, OPERATIONS, REPLACING
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
from harness.errors import NotMeasured

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

ROOT = "/pa-admin-api/v3"

Login = tuple[str, str]


class Operation:
    """One operation, bound to the product; calling it sends one request.

    Positional arguments are the ids in its path. `headers` replace those that are sent always, a
    value of None leaves one out; `login` None sends no credentials.
    """

    __slots__ = ("_api", "name")

    def __init__(self, api: AdminApi, name: str) -> None:
        self._api = api
        self.name = name

    def __call__(
        self,
        *keys: object,
        json: object = ABSENT,
        content: bytes | str | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str | None] | None = None,
        login: Login | Absent | None = ABSENT,
    ) -> httpx.Response:
        """The raw answer."""
        method, template = OPERATIONS[self.name]
        return self._api.send(
            self.name,
            method,
            path_of(template, keys),
            json=json,
            content=content,
            params=params,
            headers=headers,
            login=login,
        )

    def __repr__(self) -> str:
        return f"<operation {self.name}>"


IMPORTS = "/config/import"
"""The paths of both kinds of import begin so."""


class AdminApi:
    """Every operation of `admin_operations`, by its name, and any other path by `request`.

    `made` hears of each object that a creation answered, `replaced` of each import. `spared` says
    why no import is sent; NotMeasured is raised in its place.
    """

    __slots__ = ("_base", "_root", "_wire", "made", "replaced", "spared")

    def __init__(self, wire: Wire, root: str, base: Headers) -> None:
        self._wire = wire
        self._root = root
        self._base = base
        self.made: Callable[[str, Any], None] | None = None
        self.replaced: Callable[[], None] | None = None
        self.spared: str | None = None

    def __getattr__(self, name: str) -> Operation:
        if name not in OPERATIONS:
            near = ", ".join(get_close_matches(name, OPERATIONS)) or "see admin_operations"
            raise AttributeError(f"the admin API has no operation {name!r} ({near})")
        return Operation(self, name)

    def request(  # noqa: PLR0913 - each is one part of a request
        self,
        method: str,
        path: str,
        *,
        json: object = ABSENT,
        content: bytes | str | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str | None] | None = None,
        login: Login | Absent | None = ABSENT,
    ) -> httpx.Response:
        """The raw answer to any request below the root of the admin API."""
        return self.send(
            None,
            method,
            path,
            json=json,
            content=content,
            params=params,
            headers=headers,
            login=login,
        )

    def send(  # noqa: PLR0913 - each is one part of a request
        self,
        operation: str | None,
        method: str,
        path: str,
        *,
        json: object,
        content: bytes | str | None,
        params: Mapping[str, Any] | None,
        headers: Mapping[str, str | None] | None,
        login: Login | Absent | None,
    ) -> httpx.Response:
        """The raw answer; what it made or replaced is told on."""
        if self.spared and method == "POST" and path.startswith(IMPORTS):
            raise NotMeasured(self.spared)
        sent = dict(self._base)
        if not isinstance(login, Absent):
            self._log_in_as(login, sent)
        body = body_of(json, content, sent)
        url = f"{self._root}{path}{query_of(params)}"
        answer = self._wire.send(operation, method, url, overridden(sent, headers), body)
        if operation is not None and answer.status_code == 200:
            self._tell(operation, answer)
        return answer

    def _log_in_as(self, login: Login | None, sent: Headers) -> None:
        if login is None:
            del sent["authorization"]
        else:
            self._wire.record.secret(login[1])
            sent["authorization"] = basic(*login)

    def _tell(self, operation: str, answer: httpx.Response) -> None:
        if self.replaced and operation in REPLACING:
            self.replaced()
        if self.made and operation in KINDS:
            try:
                self.made(KINDS[operation], answer.json())
            except (
                ValueError,
                RecursionError,
            ):  # no JSON: for the scenario to judge
                return


def basic(username: str, password: str) -> bytes:
    """The value of an Authorization header of the Basic scheme (RFC 7617, UTF-8)."""
    return b"Basic " + b64encode(f"{username}:{password}".encode())


def base_headers(url: str, username: str, password: str) -> Headers:
    """What every request of the admin API carries.

    Source: PingAccess, admin API endpoints: X-XSRF-Header on all requests.
    """
    return {
        "host": url.partition("://")[2].encode(),
        "accept": b"application/json",
        "user-agent": b"paconform",
        "authorization": basic(username, password),
        "x-xsrf-header": b"PingAccess",
    }
