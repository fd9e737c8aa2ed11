"""A bearer token as the login at PingAccess's admin API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.doors.model import VISIBLE, Door, canary_of
from harness.internals import internals_in
from harness.product.clients import bearer_login

if TYPE_CHECKING:
    import httpx

    from harness.product import Scenario


class SigningOn(Door):
    """The login of a client of PingOne, whose tokens the admin API was told to take."""

    refusing = frozenset({400, 401})

    def __init__(self, scenario: Scenario) -> None:
        self._request = scenario.product.api.request
        self._version = scenario.product.api.version
        self.base = bearer_login(scenario.product, scenario.pingone)
        self.canaries = canary_of(self.base, "jti")

    def carries(self, text: str) -> bool:
        """A field of a header holds visible ASCII."""
        return VISIBLE.fullmatch(text) is not None

    def send(self, text: str) -> httpx.Response:
        """The answer to a read of the version."""
        shown: dict[str, str | None] = {"authorization": f"Bearer {text}"}
        return self._request("GET", "/version", login=None, headers=shown)

    def helps(self, answer: httpx.Response, text: str) -> bool:
        """A 401 has a challenge (RFC 9110 section 15.5.2), and nothing of a program in it."""
        del text
        challenge = answer.status_code != 401 or answer.headers.get("www-authenticate")
        return bool(challenge) and internals_in(answer.text) is None

    def state(self) -> object:
        """The password is a login still."""
        return self._version().status_code
