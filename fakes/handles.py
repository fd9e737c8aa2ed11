"""What a test holds of a fake: where it is, how to log in, and the ends of its strings."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from fakes.pingone import HOSTS
from fakes.world import ADMIN_URL

if TYPE_CHECKING:
    from fakes.served import ServedWorld
    from fakes.transport import CoreTransport
    from fakes.world import World

FACTORY_LOGIN = ("Administrator", "2Access")
"""The built-in administrator and its factory password (observed: the vendor's own scripts)."""


@dataclass(frozen=True)
class PingAccess:
    """A fake PingAccess: `admin_url` is up to and without `/pa-admin-api`."""

    admin_url: str
    world: World = field(repr=False)
    transport: CoreTransport | None = field(default=None, repr=False)
    ca_pem: str = field(default="", repr=False)
    username: str = FACTORY_LOGIN[0]
    password: str = field(default=FACTORY_LOGIN[1], repr=False)

    @classmethod
    def embedded(cls, world: World) -> PingAccess:
        """The one of a pair in process."""
        return cls(ADMIN_URL, world, world.transport())

    @classmethod
    def served(cls, served: ServedWorld) -> PingAccess:
        """The one of a pair on sockets."""
        return cls(served.admin_url, served.world, ca_pem=served.ca_pem.decode("ascii"))

    def client(self) -> httpx.Client:
        """An httpx client with base URL, login and X-XSRF-Header set; close it when done."""
        return httpx.Client(
            base_url=f"{self.admin_url}/pa-admin-api/v3",
            auth=(self.username, self.password),
            headers={"X-XSRF-Header": "PingAccess"},
            **_reach(self.transport, self.ca_pem),
        )


@dataclass(frozen=True)
class PingOne:
    """A fake PingOne tenant: `api_url` is with `/v1`, `auth_url` without the environment.

    On sockets the hosts of a region are reached through the proxy at `proxy_url`.
    """

    api_url: str
    auth_url: str
    world: World = field(repr=False)
    transport: CoreTransport | None = field(default=None, repr=False)
    ca_pem: str = field(default="", repr=False)
    proxy_url: str | None = None

    @classmethod
    def embedded(cls, world: World) -> PingOne:
        """The one of a pair in process."""
        return cls(f"{world.hosts.api}/v1", world.hosts.auth, world, world.transport())

    @classmethod
    def served(cls, served: ServedWorld) -> PingOne:
        """The one of a pair on sockets."""
        url = served.pingone_url
        ca_pem = served.ca_pem.decode("ascii")
        return cls(f"{url}/v1", url, served.world, ca_pem=ca_pem, proxy_url=served.proxy_url)

    def in_region(self, code: str) -> PingOne:
        """The same tenant at the vendor's hosts of a region: NA, CA, EU, AU, SG or AP.

        Its tokens and credentials name those hosts, and count there alone. KeyError for others.
        """
        hosts = HOSTS[code]
        return replace(self, api_url=f"{hosts.api}/v1", auth_url=hosts.auth)

    @property
    def environment_id(self) -> str:
        """The environment of the tenant's worker application."""
        return self.world.fake_pingone.environment_id

    @property
    def client_id(self) -> str:
        """The worker application's id."""
        return self.world.fake_pingone.client_id

    @property
    def client_secret(self) -> str:
        """The worker application's secret."""
        return self.world.fake_pingone.client_secret

    def access_token(self) -> str:
        """A worker's access token, by client_credentials as any client would get it."""
        with self._plain() as client:
            answer = client.post(
                f"{self.auth_url}/{self.environment_id}/as/token",
                data={"grant_type": "client_credentials"},
                auth=(self.client_id, self.client_secret),
            )
        return str(answer.raise_for_status().json()["access_token"])

    def client(self) -> httpx.Client:
        """An httpx client on the environment's API with a worker's token; close it when done."""
        return httpx.Client(
            base_url=f"{self.api_url}/environments/{self.environment_id}",
            headers={"Authorization": f"Bearer {self.access_token()}"},
            **self._reach(),
        )

    def credential(self) -> str:
        """The JWT of a new credential on a new PingFederate connection, as one would copy it."""
        with self.client() as client:
            gateway = client.post(
                "/gateways",
                json={
                    "name": f"connection {len(self.world.ledgers['pingone'])}",
                    "type": "PING_FEDERATE",
                    "enabled": True,
                },
            )
            made = client.post(f"/gateways/{gateway.raise_for_status().json()['id']}/credentials")
        return str(made.raise_for_status().json()["credential"])

    def _plain(self) -> httpx.Client:
        return httpx.Client(**self._reach())

    def _reach(self) -> dict[str, Any]:
        reach = _reach(self.transport, self.ca_pem)
        own = urlsplit(self.api_url).netloc == urlsplit(self.world.hosts.api).netloc
        return reach if own or self.transport else {**reach, "proxy": self.proxy_url}


def _reach(transport: CoreTransport | None, ca_pem: str) -> dict[str, Any]:
    """The arguments of an httpx client that can reach the fake, and trusts it."""
    if transport is not None:
        return {"transport": transport, "trust_env": False}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=ca_pem)
    return {"verify": context, "trust_env": False}
