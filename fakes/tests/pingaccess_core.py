"""The admin API of a fake PingAccess called directly: no httpx, no PingOne."""

from __future__ import annotations

import dataclasses
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from fakes.clock import Clock
from fakes.message import Request, Response, encode
from fakes.pingaccess import CORRECT, FakePingAccess
from fakes.tests.parts_tokens import token

if TYPE_CHECKING:
    import httpx

    from fakes.network import Proxy, Trust

ROOT = "/pa-admin-api/v3"
FACTORY = ("Administrator", "2Access")


class Nowhere:
    """A network on which nothing may be called."""

    def client(self, trust: Trust, proxy: Proxy | None = None) -> httpx.Client:
        """Nothing: who asks has done what the test forbids."""
        raise AssertionError(f"asked for a client: {trust}, {proxy}")


class Admin:
    """An administrator of a new fake, whose connections are saved without asking anybody."""

    def __init__(self, seed: int = 0, /, **decisions: Any) -> None:
        self.clock = Clock()
        unchecked = {
            "connection_checked_on": frozenset(),
            "pingfederate_tested": False,
            **decisions,
        }
        behaviour = dataclasses.replace(CORRECT, **unchecked)
        self.fake = FakePingAccess(Nowhere(), seed=seed, clock=self.clock, behaviour=behaviour)

    def send(
        self,
        method: str,
        path: str,
        body: Any = ...,
        *,
        query: str = "",
        login: tuple[str, str] | None = FACTORY,
        raw: bytes = b"",
        **headers: str,
    ) -> Response:
        """The answer to a request below the API's root; `body` is sent as JSON."""
        sent = {"x-xsrf-header": "PingAccess", "content-type": "application/json"}
        if login is not None:
            sent["authorization"] = "Basic " + b64encode(":".join(login).encode()).decode()
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = raw if body is ... else encode(body)
        return self.fake.handle(Request(method, ROOT + path, query, sent, content))

    def get(self, path: str, query: str = "") -> Any:
        """What is read; it must be 200."""
        return good(self.send("GET", path, query=query))

    def items(self, path: str, query: str = "") -> list[Any]:
        """The items of a list."""
        found = self.get(path, query)["items"]
        assert isinstance(found, list)
        return found

    def add(self, path: str, body: Any) -> Any:
        """What is made; it must be 200."""
        return good(self.send("POST", path, body))

    def update(self, path: str, body: Any) -> Any:
        """What is stored; it must be 200."""
        return good(self.send("PUT", path, body))

    def refused(self, method: str, path: str, body: Any = ...) -> dict[str, list[str]]:
        """The form of a refusal; it must be 422."""
        answer = self.send(method, path, body)
        assert answer.status == 422, answer
        error = answer.json()
        assert error["flash"]
        form = error["form"]
        assert isinstance(form, dict)
        return form

    # --- arrangements: each makes what it needs and gives the stored object ---

    def connection(self, name: str = "connection", **more: Any) -> Any:
        """A PingOne connection."""
        body = {
            "name": name,
            "credential": {"value": token()},
            "sslProtocols": [],
            "sslCiphers": [],
        }
        return self.add("/pingone/connections", body | more)

    def risk_policy(self, connection: Any = None, name: str = "policy", **more: Any) -> Any:
        """A risk policy on a connection."""
        return self.add("/riskPolicies", self.risk_policy_body(connection, name, **more))

    def risk_policy_body(self, connection: Any = None, name: str = "policy", **more: Any) -> Any:
        """What would be sent for a risk policy."""
        connection = connection or self.connection(f"of {name}")
        configuration = {"pingOneConnectionId": connection["id"], "userIdAttribute": "sub", **more}
        class_name = self.items("/riskPolicies/descriptors")[0]["className"]
        return {"name": name, "className": class_name, "configuration": configuration}

    def web_session(self, name: str = "session") -> Any:
        """A web session."""
        credentials = {"clientId": "client", "clientSecret": {"value": "web-session-secret"}}
        body = {"name": name, "audience": "all", "clientCredentials": credentials}
        return self.add("/webSessions", body)

    def rule(self, name: str = "rule") -> Any:
        """A rule."""
        body = {
            "name": name,
            "className": "com.pingidentity.pa.policy.CIDRPolicyInterceptor",
            "configuration": {"cidrNotation": "10.0.0.0/8"},
        }
        return self.add("/rules", body)

    def application(self, context_root: str = "/shop", **more: Any) -> Any:
        """An application at virtual host 1."""
        body = {"name": f"at {context_root}", "contextRoot": context_root, "virtualHostIds": [1]}
        return self.add("/applications", body | more)

    def resource(self, application: Any, path: str = "/pay", **more: Any) -> Any:
        """A resource of an application."""
        body = {"name": path, "methods": ["*"], "pathPatterns": [{"pattern": path}], **more}
        return self.add(f"/applications/{application['id']}/resources", body)


def good(answer: Response) -> Any:
    """The JSON of a 200."""
    assert answer.status == 200, answer
    return answer.json()
