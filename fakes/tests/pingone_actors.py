"""A fake PingOne with actors of every role, each with a token of its own."""

from __future__ import annotations

from base64 import b64encode
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fakes.tests.pingone_tenant import Tenant

if TYPE_CHECKING:
    from fakes.message import Response


class Actor:
    """A worker application, with the roles that it was given."""

    def __init__(self, tenant: Actors, name: str) -> None:
        self.tenant = tenant
        body = {
            "name": name,
            "enabled": True,
            "type": "WORKER",
            "protocol": "OPENID_CONNECT",
            "grantTypes": ["CLIENT_CREDENTIALS"],
            "tokenEndpointAuthMethod": "CLIENT_SECRET_BASIC",
            "assignActorRoles": False,
        }
        self.id: str = tenant.made("applications", body)["id"]
        secret = tenant.call("GET", f"applications/{self.id}/secret").json()["secret"]
        self.token = tenant.token_of(self.id, secret)

    def given(self, role: str, scope: str = "ENVIRONMENT", key: str = "") -> Actor:
        """The actor, with one more role."""
        path = f"applications/{self.id}/roleAssignments"
        answer = self.tenant.as_admin("POST", path, self.tenant.assigned(role, scope, key))
        assert answer.status == 201, answer
        return self

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Response:
        """The answer to a request of this actor."""
        bearer = {"authorization": f"Bearer {self.token}", **headers}
        return self.tenant.call(method, path, body, **bearer)


class Actors(Tenant):
    """The tenant with its Organization Admin."""

    @cached_property
    def admin_token(self) -> str:
        """A token of the application with every role in the whole organization."""
        return self.token_of(self.fake.admin_client_id, self.fake.admin_client_secret)

    def token_of(self, client_id: str, secret: str) -> str:
        """A token of that client."""
        pair = b64encode(f"{client_id}:{secret}".encode()).decode()
        answer = self.grant({"grant_type": "client_credentials"}, authorization=f"Basic {pair}")
        return str(answer.json()["access_token"])

    def as_admin(self, method: str, path: str, body: object = None) -> Response:
        """The answer to a request of the Organization Admin."""
        return self.call(method, path, body, authorization=f"Bearer {self.admin_token}")

    def actor(self, name: str = "actor") -> Actor:
        """A new worker without a role."""
        return Actor(self, name)

    @cached_property
    def roles(self) -> dict[str, str]:
        """Ids of the roles by name."""
        listed = self.call("GET", "/v1/roles").json()["_embedded"]["roles"]
        return {role["name"]: role["id"] for role in listed}

    def assigned(self, role: str, scope: str = "ENVIRONMENT", key: str = "") -> dict[str, Any]:
        """The body of an assignment; in this environment, or this organization, unless a key."""
        usual = {"ENVIRONMENT": self.environment_id, "ORGANIZATION": self.fake.organization_id}
        where = {"id": key or usual.get(scope, ""), "type": scope}
        return {"role": {"id": self.roles[role]}, "scope": where}

    def user(self, name: str, /, **members: object) -> dict[str, Any]:
        """A new user."""
        return self.made("users", {"username": name, "email": f"{name}@example.com", **members})

    def population(self, name: str) -> dict[str, Any]:
        """A new population, made by the Organization Admin."""
        return dict(self.as_admin("POST", "populations", {"name": name}).json())

    def licence(self) -> str:
        """The licence of the first environment."""
        return str(self.call("GET", "").json()["license"]["id"])
