"""A served fake PingOne as a stranger meets it, and a browser."""

from __future__ import annotations

import json
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

from fakes.handles import PingOne
from fakes.served import ServedWorld
from fakes.tests.pingone_logins import PASSWORD, application, form_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def site_of(ca_file: Path) -> Iterator[Site]:
    """A site of its own, whose clock runs: clients date their assertions by the machine's."""
    with ServedWorld(running_clock=True) as served:
        ca_file.write_bytes(served.ca_pem)
        found = Site(served, ca_file)
        with found.plain, found.admin:
            yield found


class Site:
    """A served fake PingOne as a stranger meets it: an address, a CA, and a worker."""

    def __init__(self, served: ServedWorld, ca_file: Path) -> None:
        self.served = served
        self.handle = PingOne.served(served)
        self.ca_file = str(ca_file)
        self.issuer = f"{served.pingone_url}/{self.handle.environment_id}/as"
        self.trust = ssl.create_default_context(cadata=served.ca_pem.decode())
        self.plain = httpx.Client(verify=self.trust, trust_env=False)
        self.admin = self.handle.client()

    def made(self, path: str, body: Any, kind: str = "application/json") -> dict[str, Any]:
        """A new object."""
        content = json.dumps(body).encode()
        answer = self.admin.post(path, content=content, headers={"Content-Type": kind})
        return dict(answer.raise_for_status().json())

    def client(self, name: str, **members: Any) -> tuple[str, str]:
        """Id and secret of a new application."""
        made = self.made("/applications", application(name, **members))
        secret = self.admin.get(f"/applications/{made['id']}/secret").json()["secret"]
        return made["id"], secret

    def granted(self, application_id: str, scope: str) -> None:
        """A custom resource with a scope that the application is granted."""
        resource = self.made("/resources", {"name": f"urn:{scope}"})
        scoped = self.made(f"/resources/{resource['id']}/scopes", {"name": scope})
        body = {"resource": {"id": resource["id"]}, "scopes": [{"id": scoped["id"]}]}
        self.made(f"/applications/{application_id}/grants", body)

    @contextmanager
    def browser(self) -> Iterator[Browser]:
        """A browser without cookies."""
        with httpx.Client(verify=self.trust, trust_env=False) as client:
            yield Browser(client)


class Browser:
    """What follows links, fills in forms and keeps cookies."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.get = client.get

    def logged_in(self, url: str, username: str) -> str:
        """Where it ends up after the user has logged in."""
        sent = self._sent(url, username)
        return str(self.client.get(sent.headers["location"]).headers["location"])

    def agree(self, url: str, username: str) -> None:
        """The user lets a device in."""
        assert "connected" in self._sent(url, username, action="allow").text

    def _sent(self, url: str, username: str, **more: str) -> httpx.Response:
        page = self.client.get(url, follow_redirects=True)
        action, fields = form_of(page.text)
        typed = {"username": username, "password": PASSWORD}
        return self.client.post(action, data={**fields, **typed, **more})
