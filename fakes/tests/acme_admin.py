"""An administrator whose fake reaches one ACME server, and what is made for tests of it."""

from __future__ import annotations

from typing import Any

from fakes.tests.acme_server import DIRECTORY, AcmeServer
from fakes.tests.key_pairs import CONFIG
from fakes.tests.pingaccess_core import Admin

SHOP, WWW = "shop.example.com", "www.shop.example.com"


class AcmeAdmin(Admin):
    """An administrator; `server` is what every call of the fake leads to."""

    def __init__(self, server: AcmeServer | None = None, **decisions: Any) -> None:
        super().__init__(**decisions)
        self.server = server or AcmeServer()
        self.fake.state.network = self.server

    def acme_server(self, name: str = "own", url: str = DIRECTORY) -> str:
        """The path of a new ACME server."""
        return f"/acme/servers/{self.add('/acme/servers', {'name': name, 'url': url})['id']}"

    def account(self, server: str = "", **body: Any) -> str:
        """The path of a new account."""
        path = f"{server or self.acme_server()}/accounts"
        return f"{path}/{self.add(path, body)['id']}"

    def pair(self, *hosts: str, **more: Any) -> int:
        """The id of a new key pair for those hosts."""
        names = [{"name": "dNSName", "value": host} for host in hosts]
        body = {**CONFIG, "subjectAlternativeNames": names, **more}
        return int(self.add("/keyPairs/generate", body)["id"])

    def ordered(self, account: str, pair: int) -> str:
        """The path of a new certificate request."""
        path = f"{account}/certificateRequests"
        return f"{path}/{self.add(path, {'keyPairId': pair})['id']}"

    def state_of(self, request: str) -> str:
        """The state of a certificate request as it is read."""
        return str(self.get(request)["acmeCertStatus"]["state"])

    def kept(self) -> Any:
        """Everything that is stored."""
        return self.fake.store.snapshot()
