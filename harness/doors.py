"""The places that a token gets in by, as a campaign of `paconform fuzz` sees them.

A door takes a text and gives the answer. What the answer must be is decided by the verdict of the
mutations, in `campaign`; here is only how to send, what a refusal looks like, and how to be sure
that the other side is as it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from harness.errors import HarnessError
from harness.hiding import shown_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import httpx

    from harness.product import Credential, Scenario

TOO_LARGE = frozenset({413, 414, 431})
"""What may refuse any token for its size (RFC 9110 section 15.5, RFC 6585 section 5)."""

VISIBLE = re.compile(r"[!-~]([ -~]*[!-~])?")
"""What a field of a header holds without being changed on its way (RFC 9110 section 5.5)."""

TORN = re.compile(r"[\ud800-\udfff]")


class Door(Protocol):
    """One place; `base` is the good token that spoiled ones are made of."""

    base: str
    accepting: frozenset[int]
    refusing: frozenset[int]

    def carries(self, text: str) -> bool:
        """Whether a request can hold the text as it is."""

    def send(self, text: str) -> httpx.Response:
        """The answer to the text; what a good one made is removed."""

    def state(self) -> object:
        """What must be the same after every refusal."""

    def mend(self) -> None:
        """After it was not: as good again as it can be made."""


class Creating:
    """A new PingOne connection of PingAccess, removed again where it was made."""

    accepting, refusing = frozenset({200}), frozenset({422, 400})

    def __init__(self, scenario: Scenario) -> None:
        self._product = scenario.product
        credential = scenario.pingone.add_credential()
        self.base = credential.token
        self._body = self._product.admin.pingone_connection_body(credential)

    def carries(self, text: str) -> bool:
        """JSON holds any text, half a surrogate pair as an escape."""
        del text
        return True

    def send(self, text: str) -> httpx.Response:
        """The answer to a creation."""
        answer = self._product.api.add_pingone_connection(
            json={**self._body, "credential": {"value": text}}
        )
        if answer.status_code == 200:
            self._product.api.delete_pingone_connection(answer.json()["id"])
        return answer

    def mend(self) -> None:
        """What is stored stays: it counts as known."""

    def state(self) -> object:
        """Every connection there is."""
        return self._product.api.get_pingone_connections().json()["items"]


class Updating(Creating):
    """An edit of a stored connection; an accepted token is replaced by the good one again."""

    def __init__(self, scenario: Scenario) -> None:
        super().__init__(scenario)
        answer = self._product.api.add_pingone_connection(json=self._body)
        if answer.status_code != 200:
            raise HarnessError(f"no connection was made to edit: {answer.status_code}")
        self._stored = answer.json()
        self._product.admin.remember("pingone_connection", self._stored)

    def send(self, text: str) -> httpx.Response:
        """The answer to an edit."""
        answer = self._edited(text)
        if answer.status_code == 200 and text != self.base:
            self._edited(self.base)
        return answer

    def mend(self) -> None:
        """The good credential is saved again."""
        self._edited(self.base)

    def state(self) -> object:
        """The stored connection but for its ciphertext, and which credential it works with."""
        api, key = self._product.api, self._stored["id"]
        stored = {**api.get_pingone_connection(key).json(), "credential": None}
        metadata = api.get_pingone_connection_metadata(key).json()
        return stored, metadata.get("credentialId"), metadata.get("credentialStatus")

    def _edited(self, text: str) -> httpx.Response:
        body = {**self._stored, "credential": {"value": text}}
        return self._product.api.update_pingone_connection(self._stored["id"], json=body)


class Exchanging:
    """The subject token of PingOne's token exchange."""

    accepting, refusing = frozenset({200}), frozenset({400, 401})

    def __init__(self, scenario: Scenario) -> None:
        self._pingone = scenario.pingone
        self._credential: Credential = self._pingone.add_credential()
        self.base = self._credential.token

    def carries(self, text: str) -> bool:
        """A form in UTF-8 holds no half of a surrogate pair."""
        return TORN.search(text) is None

    def send(self, text: str) -> httpx.Response:
        """The answer to an exchange."""
        return self._pingone.exchange(text)

    def mend(self) -> None:
        """Nothing can be done."""

    def state(self) -> object:
        """Whose credential it is, as PingOne tells."""
        c = self._credential
        told = self._pingone.api.get_gateway_credential(c.gateway_id, c.id).json()
        return told.get("id"), told.get("createdAt")


class Bearing:
    """The bearer token of a call to PingOne's API."""

    accepting, refusing = frozenset({200}), frozenset({400, 401})

    def __init__(self, scenario: Scenario) -> None:
        self._read = scenario.pingone.api.get_environment
        self.base = scenario.pingone.worker_token()

    def carries(self, text: str) -> bool:
        """A field of a header holds visible ASCII."""
        return VISIBLE.fullmatch(text) is not None

    def send(self, text: str) -> httpx.Response:
        """The answer to a read of the environment."""
        return self._read(token=text)

    def mend(self) -> None:
        """Nothing is stored."""

    def state(self) -> object:
        """The environment."""
        return self._read(token=self.base).json().get("id")


DOORS: dict[str, Callable[[Scenario], Door]] = {
    "create": Creating,
    "update": Updating,
    "subject-token": Exchanging,
    "bearer": Bearing,
}
"""Name -> the door, opened for a scenario. A new surface is a row here.

Client assertions come with the requirements of PingOne's applications; engines have no door yet.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a text: the status, and the first secret piece that the answer showed."""

    status: int
    leaked_in: str | None


def looked_at(answer: httpx.Response, secrets: Iterable[str]) -> Seen:
    """The status of an answer, and where it shows one of these pieces."""
    places = (shown_in(answer, secret) for secret in secrets)
    return Seen(answer.status_code, next(filter(None, places), None))
