"""Arrangements of what stands around an application: agents, proxies, plugins and the like."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from harness.errors import HarnessError
from harness.product.arranger import Arranger
from harness.product.descriptors import least_configuration, needs_no_text

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from harness.product.descriptors import Json


class Servers(Arranger):
    """Agents and their secrets, proxies, third-party services, and plugins of any family."""

    def hidden(self, noun: str = "secret") -> Json:
        """A new secret as a client sends it (admin API 7.3, HiddenField)."""
        value = f"{self._name(noun)}-with-more-than-22-characters"
        self._record.secret(value)
        return {"value": value}

    def plugin(self, family: str) -> Json:
        """ClassName and configuration of a plugin of this family with the least that it needs.

        It is one whose configuration is all defaults, where there is one. Source: admin API 7.3,
        the descriptors of every family.
        """
        chosen = self._once(f"descriptors of {family}", lambda: self._chosen(family))
        configuration = least_configuration(chosen["configurationFields"], text="paconform")
        return {"className": chosen["className"], "configuration": configuration}

    def _chosen(self, family: str) -> Json:
        describe: Callable[[], httpx.Response] = getattr(self._api, f"get_{family}_descriptors")
        described = self._listed(describe())
        if not described:
            raise HarnessError(f"the product describes no {family.replace('_', ' ')}")
        return next((one for one in described if needs_no_text(one)), described[0])

    def add_shared_secret(self) -> Json:
        """A stored secret of agents. Source: admin API 7.3, SharedSecret (secret required)."""
        return self._stored("shared_secret", self._api.add_shared_secret(json=self.secret_body()))

    def secret_body(self) -> Json:
        """A secret of agents that nobody else has."""
        return {"secret": self.hidden()}

    def add_agent(self, **members: Any) -> Json:
        """A stored agent."""
        return self._stored("agent", self._api.add_agent(json=self.agent_body(**members)))

    def agent_body(self, **members: Any) -> Json:
        """An agent with a secret of its own, on the documented port.

        Source: admin API 7.3, Agent (required); run.properties in ping-cloud-base 2.3 (3030).
        """
        body: Json = {
            "name": self._named(members, "agent"),
            "hostname": "agent.example.com",
            "port": 3030,
        }
        if "sharedSecretIds" not in members:
            body["sharedSecretIds"] = [self.add_shared_secret()["id"]]
        return {**body, **members}

    def add_proxy(self, **members: Any) -> Json:
        """A stored proxy."""
        return self._stored("proxy", self._api.add_proxy(json=self.proxy_body(**members)))

    def proxy_body(self, **members: Any) -> Json:
        """A proxy that asks for a password. Source: admin API 7.3, HttpClientProxy."""
        return {
            "name": self._named(members, "proxy"),
            "host": "proxy.example.com",
            "port": 8080,
            "requiresAuthentication": True,
            "username": "paconform",
            "password": self.hidden("proxy-password"),
            **members,
        }

    def sideband_client_body(self, **members: Any) -> Json:
        """A sideband client with one secret. Source: admin API 7.3, SidebandClient (required)."""
        return {
            "name": self._named(members, "sideband"),
            "clientCredentials": [
                {"credentialsType": "SECRET", "sharedSecretConfig": {"secret": self.hidden()}}
            ],
            **members,
        }

    def engine_listener_body(self, **members: Any) -> Json:
        """A listener on a port that follows from its name, of the dynamic ones (RFC 6335)."""
        name = self._named(members, "listener")
        port = 49152 + zlib.crc32(name.encode()) % 16000
        return {"name": name, "port": port, "secure": False, **members}

    def redirect_body(self, **members: Any) -> Json:
        """A redirect from a host of its own. Source: admin API 7.3, Redirect, HostPort."""
        host = f"{self._name('source')}.example.com".lower()
        return {
            "source": {"host": host, "port": 3000},
            "target": {"host": "target.example.com", "port": 443, "secure": True},
            "responseCode": 301,
            "auditLevel": "ON",
            **members,
        }
