"""Callers of the admin API without a password: by the cookie of a session, by a bearer token."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import httpx

from harness.checks import expect_status, not_measured
from harness.product import PingOne, Product
from harness.product.clients import bearer_login

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls with this header and without a password."""

    product: Product
    headers: dict[str, str | None]

    def asks(self, method: str, path: str, json: object = None) -> httpx.Response:
        """The raw answer to the caller."""
        request = self.product.api.request
        if json is None:
            return request(method, path, login=None, headers=self.headers)
        return request(method, path, login=None, headers=self.headers, json=json)


def session(product: Product) -> Caller:
    """Whoever holds the cookie of a new session; not measured where none is given.

    No document names the cookie, or what begins a session: it is what adminSessionInfo sets.
    """
    answer = expect_status(product.api.admin_session_info(), 200)
    jar: SimpleCookie = SimpleCookie()
    for value in answer.headers.get_list("set-cookie"):
        jar.load(value)
    held = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items() if morsel.value)
    if not held:
        not_measured("adminSessionInfo sets no cookie for a caller with a password")
    return Caller(product, {"cookie": held})


def bearer(product: Product, pingone: PingOne) -> Caller:
    """Whoever holds a token of PingOne's worker."""
    return Caller(product, {"authorization": f"Bearer {pingone.worker_token()}"})


def in_role(product: Product, pingone: PingOne, role: str, *, platform: bool = True) -> Caller:
    """A caller in this role: a client of PingOne that was granted the scope.

    Source: OAuthConfig.scope (required to access the API); PingOne: grants of scopes.
    """
    token = bearer_login(product, pingone, role, platform=platform)
    return Caller(product, {"authorization": f"Bearer {token}"})
