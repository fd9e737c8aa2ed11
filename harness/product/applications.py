"""Arrangements of applications, and of what they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.product.arranger import Arranger, id_of

if TYPE_CHECKING:
    from harness.product.descriptors import Json


class Applications(Arranger):
    """Applications and resources, sites, virtual hosts and web sessions."""

    def add_application(
        self, context_root: str | None = None, *, risk_policy: Json | int | None = None, **more: Any
    ) -> Json:
        """A stored web application that somebody must sign on to."""
        body = self.application_body(context_root, risk_policy=risk_policy, **more)
        return self._stored("application", self._api.add_application(json=body))

    def application_body(
        self,
        context_root: str | None = None,
        *,
        risk_policy: Json | int | None = None,
        **members: Any,
    ) -> Json:
        """A web application on a site, with a web session. Source: admin API 7.3, Application."""
        body: Json = {
            "name": self._named(members, "application"),
            "contextRoot": context_root or f"/{self._name('path')}",
            "applicationType": "Web",
            "defaultAuthType": "Web",
            "destination": "Site",
            "enabled": True,
            "spaSupportEnabled": False,
            "agentId": 0,
            "sidebandClientId": None,
            "authenticationChallengePolicyId": None,
        }
        for member, noun, make in (
            ("siteId", "site", self.add_site),
            ("webSessionId", "web session", self.add_web_session),
        ):
            if member not in members:
                body[member] = self._once(noun, make)["id"]
        if "virtualHostIds" not in members:
            body["virtualHostIds"] = [self._once("virtual host", self.add_virtual_host)["id"]]
        if risk_policy is not None:
            body["riskPolicyId"] = id_of(risk_policy)
        return {**body, **members}

    def add_resource(
        self,
        application: Json | int,
        path: str = "/x",
        *,
        risk_policy: Json | int | None = None,
        **more: Any,
    ) -> Json:
        """A stored resource of the application at this path."""
        body = self.resource_body(path, risk_policy=risk_policy, **more)
        answer = self._api.add_application_resource(id_of(application), json=body)
        return self._stored("resource", answer)

    def resource_body(
        self, path: str = "/x", *, risk_policy: Json | int | None = None, **members: Any
    ) -> Json:
        """A protected resource for all methods. Source: admin API 7.3, Resource."""
        body: Json = {
            "name": self._named(members, "resource"),
            "methods": ["*"],
            "pathPatterns": [{"pattern": path, "type": "WILDCARD"}],
            "auditLevel": "ON",
            "enabled": True,
            "anonymous": False,
            "unprotected": False,
            "defaultAuthTypeOverride": None,
            "authenticationChallengePolicyId": None,
        }
        if risk_policy is not None:
            body["riskPolicyId"] = id_of(risk_policy)
        return {**body, **members}

    def add_site(self, **members: Any) -> Json:
        """A stored site."""
        return self._stored("site", self._api.add_site(json=self.site_body(**members)))

    def site_body(self, **members: Any) -> Json:
        """A site of one host for documentation (RFC 2606). Source: admin API 7.3, Site."""
        return {
            "name": self._named(members, "site"),
            "targets": ["site.example.com:80"],
            "secure": False,
            **members,
        }

    def add_virtual_host(self, **members: Any) -> Json:
        """A stored virtual host."""
        body = self.virtual_host_body(**members)
        return self._stored("virtual_host", self._api.add_virtual_host(json=body))

    def virtual_host_body(self, **members: Any) -> Json:
        """A virtual host of its own name below example.com (RFC 2606), on the engine's port.

        Source: admin API 7.3, VirtualHost; the port is that of the host that is there at first.
        """
        return {"host": f"{self._name('host')}.example.com".lower(), "port": 3000, **members}

    def add_web_session(self, **members: Any) -> Json:
        """A stored web session."""
        body = self.web_session_body(**members)
        return self._stored("web_session", self._api.add_web_session(json=body))

    def web_session_body(self, **members: Any) -> Json:
        """A web session of a client of its own. Source: admin API 7.3, WebSession (required).

        The audience has 1 to 32 characters.
        """
        secret = self._name("client-secret")
        self._record.secret(secret)
        return {
            "name": self._named(members, "web-session"),
            "audience": "paconform",
            "clientCredentials": {"clientId": "paconform", "clientSecret": {"value": secret}},
            "failOnUnsupportedPreservationContentType": False,
            **members,
        }
