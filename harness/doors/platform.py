"""PingOne: the subject token and the client assertion of its token endpoint, and bearer tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import elliptic
from harness.doors.model import TORN, VISIBLE, Door, canary_of, is_oauth_error
from harness.doors.saving import canary_credential
from harness.internals import internals_in
from harness.mutations import MUTATIONS
from harness.product.clients import add_asserting_client, asserted, assertion, grant

if TYPE_CHECKING:
    import httpx

    from harness.product import Scenario


class _Spending(Door):
    """A parameter of the token endpoint (RFC 6749 section 5.2)."""

    refusing = frozenset({400, 401})

    def carries(self, text: str) -> bool:
        """A form in UTF-8 holds no half of a surrogate pair."""
        return TORN.search(text) is None

    def helps(self, answer: httpx.Response, text: str) -> bool:
        """An OAuth error names the kind of fault; what is too large is refused by anybody."""
        del text
        return is_oauth_error(answer) or answer.status_code not in self.refusing


class Exchanging(_Spending):
    """The subject token of PingOne's token exchange."""

    def __init__(self, scenario: Scenario) -> None:
        self._pingone = scenario.pingone
        self._credential, name = canary_credential(scenario.pingone)
        self.base, self.canaries = self._credential.token, (name,)

    def send(self, text: str) -> httpx.Response:
        """The answer to an exchange."""
        return self._pingone.exchange(text)

    def state(self) -> object:
        """Whose credential it is, as PingOne tells."""
        c = self._credential
        told = self._pingone.api.get_gateway_credential(c.gateway_id, c.id).json()
        return told.get("id"), told.get("createdAt")


GATEWAYS_ONLY = frozenset(
    {
        *("JWT-PNG", "JWT-UNI", "JWT-VBW"),
        *("JWT-CLM-016", "JWT-XPR-009", "JWT-PJS-005", "JWT-PJS-015"),
        *("JWT-TIM-002", "JWT-TIM-004", "JWT-TIM-005"),
    }
)
"""Layers and classes that say nothing of an assertion, although its client signed it.

They are about claims of a gateway, or about times that are legal and more than an hour ahead.
"""


class Asserting(_Spending):
    """The assertion by which a client of PingOne says who it is.

    Its key is ours, so that an edit carries a true signature and nothing but the edit is wrong.
    It has no jti, with which it would be good only once, and is made anew for each campaign.
    """

    among = tuple(row for row in MUTATIONS if not {row.kind, row.kind[:7]} & GATEWAYS_ONLY)

    def __init__(self, scenario: Scenario) -> None:
        self._pingone = scenario.pingone
        key = elliptic.own_key("client of PingOne")
        client = add_asserting_client(scenario.pingone, elliptic.jwk(key))
        grant(scenario.pingone, client)
        self.signer = elliptic.es256_signer(key)
        canary = scenario.pingone.name("canary")
        self.canaries = (canary,)
        draft = assertion(scenario.pingone, client, paconform=canary)
        self.base = draft.compact(self.signer)

    def send(self, text: str) -> httpx.Response:
        """The answer to a client that shows the text."""
        return asserted(self._pingone, text)

    def state(self) -> object:
        """Nothing is stored but what the good one is taken for again."""
        return asserted(self._pingone, self.base).status_code


class Bearing(Door):
    """The bearer token of a call to PingOne's API."""

    refusing = frozenset({400, 401})

    def __init__(self, scenario: Scenario) -> None:
        self._read = scenario.pingone.api.get_environment
        self.base = scenario.pingone.worker_token()
        self.canaries = canary_of(self.base, "jti")

    def carries(self, text: str) -> bool:
        """A field of a header holds visible ASCII."""
        return VISIBLE.fullmatch(text) is not None

    def send(self, text: str) -> httpx.Response:
        """The answer to a read of the environment."""
        return self._read(token=text)

    def helps(self, answer: httpx.Response, text: str) -> bool:
        """A refusal has a body, with nothing of a program in it (PingOne, error codes)."""
        del text
        return bool(answer.content) and internals_in(answer.text) is None

    def state(self) -> object:
        """The environment."""
        return self._read(token=self.base).json().get("id")
