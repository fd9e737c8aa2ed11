"""A credential in plain text inside a configuration that is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.doors.model import Door, object_in
from harness.doors.saving import canary_credential
from harness.errors import HarnessError
from harness.internals import internals_in, sentences

if TYPE_CHECKING:
    import httpx

    from harness.product import Scenario

SECTION = "pingOneConnections"
WHY = "imports a configuration over everything there is"


class Importing(Door):
    """The product's own archive with another credential; the good one is imported again after it.

    A token got in where its connection works afterwards. Whether an import asks PingOne is
    published nowhere, so that one that is stored and of no use was turned away.
    """

    refusing = frozenset({422, 400})

    def __init__(self, scenario: Scenario) -> None:
        self._api = scenario.product.api
        scenario.product.restorable(WHY)
        credential, name = canary_credential(scenario.pingone)
        self.base, self.canaries = credential.token, (name,)
        self._key = scenario.product.admin.add_pingone_connection(credential)["id"]
        answer = self._api.config_export()
        if answer.status_code != 200:
            raise HarnessError(f"the configuration was not exported: {answer.status_code}")
        self._archive = answer.json()
        self._works = False

    def send(self, text: str) -> httpx.Response:
        """The answer to an import."""
        answer = self._imported({"value": text})
        self._works = answer.status_code == 200 and self._status() == "VALID"
        if answer.status_code == 200:
            self.mend()
        return answer

    def accepted(self, answer: httpx.Response) -> bool:
        """Whether it was imported and works."""
        return answer.status_code == 200 and self._works

    def refused(self, answer: httpx.Response) -> bool:
        """Whether it was refused, or imported and is of no use."""
        return super().refused(answer) or (answer.status_code == 200 and not self._works)

    def helps(self, answer: httpx.Response, text: str) -> bool:
        """A refusal has a sentence."""
        del text
        told = answer.status_code == 200 or any(sentences(object_in(answer)))
        return told and internals_in(answer.text) is None

    def state(self) -> object:
        """The whole configuration, and whether the connection works."""
        return self._api.config_export().json(), self._status()

    def mend(self) -> None:
        """The archive with the good credential is imported."""
        self._imported({"value": self.base})

    def _imported(self, credential: dict[str, Any]) -> httpx.Response:
        first, *others = self._archive["data"][SECTION]
        connections = [{**first, "credential": credential}, *others]
        data = {**self._archive["data"], SECTION: connections}
        return self._api.config_import(json={**self._archive, "data": data})

    def _status(self) -> object:
        answer = self._api.get_pingone_connection_metadata(self._key)
        return object_in(answer).get("credentialStatus")
