"""The credential of a PingOne connection: created, and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.doors.model import TORN, Door, object_in
from harness.errors import HarnessError
from harness.internals import gives_a_reason, internals_in, names_the_credential

if TYPE_CHECKING:
    import httpx

    from harness.product import Credential, PingOne, Scenario


def canary_credential(pingone: PingOne) -> tuple[Credential, str]:
    """A credential of a gateway whose name, one of its claims, is a canary; and the name."""
    name = pingone.name("canary")
    return pingone.add_credential(pingone.add_gateway(name=name)), name


class Creating(Door):
    """A new PingOne connection of PingAccess, removed again where it was made."""

    refusing = frozenset({422, 400})

    def __init__(self, scenario: Scenario) -> None:
        self._product = scenario.product
        credential, name = canary_credential(scenario.pingone)
        self.base, self.canaries = credential.token, (name,)
        self._body = self._product.admin.pingone_connection_body(credential)

    def send(self, text: str) -> httpx.Response:
        """The answer to a creation."""
        answer = self._product.api.add_pingone_connection(
            json={**self._body, "credential": {"value": text}}
        )
        if answer.status_code == 200:
            self._product.api.delete_pingone_connection(answer.json()["id"])
        return answer

    def helps(self, answer: httpx.Response, text: str) -> bool:
        """A 422 names the credential and a reason; a body that nobody can read names none."""
        if internals_in(answer.text):
            return False
        told = object_in(answer)
        named = names_the_credential(told) or TORN.search(text) is not None
        return answer.status_code != 422 or (named and gives_a_reason(told))

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
