"""Arrangements in PingAccess: what a scenario needs before it begins to ask.

Each `add_*` gives the stored object or raises HarnessError, so that a broken arrangement is never
counted against the product; each `*_body` gives what would be sent.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from harness.actions import ALLOW
from harness.errors import HarnessError
from harness.product.descriptors import (
    CONNECTION,
    INTERVAL,
    LEVELS,
    POLICY_SET,
    USER_ID,
    RiskPolicyPlan,
    least_configuration,
    needs_no_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import httpx

    from harness.actions import Action
    from harness.clients.admin import AdminApi
    from harness.product.descriptors import Json
    from harness.product.means import Means
    from harness.product.pingone import Credential

REJECTION = "com.pingidentity.pa.policy.RejectionRule"
"""A rule that refuses every request. Source: observed in configuration exports 6.2 and 7.0.4."""

WEB_REJECTION_HANDLER = "1"
"""The id of the default handler for the web. Source: observed in public configuration exports."""

SIGN_ON_ID = "sub"
"""The attribute that names a user. Source: OpenID Connect Core 1.0 section 2."""


class Admin:
    """Arrangements of one scenario. What they share is made once: trust, site, host, web session.

    Connections trust the authority that issued PingOne's certificate where one is known, which is
    where PingOne is a fake: one certificate and one trusted certificate group for each scenario
    that makes a connection. Not the group Trust Any, though it would save a request: with it no
    scenario could see whether a wrong certificate is refused. A real PingOne is trusted through
    the product's default, so that the member is left out.
    """

    def __init__(
        self, api: AdminApi, means: Means, pingone_ca_pem: Callable[[], str | None]
    ) -> None:
        self._api = api
        self._record = means.record
        self._keeper = means.keeper
        self._name = means.name
        self._pingone_ca_pem = pingone_ca_pem
        self._shared: dict[str, Any] = {}

    def remember(self, kind: str, obj: Any) -> None:
        """The object is removed when the scenario ends, where the product outlives it."""
        self._keeper.remember(kind, obj)

    def forget(self) -> None:
        """What arrangements share is made anew: the configuration was replaced."""
        self._shared.clear()

    # Connections

    def add_pingone_connection(self, credential: Credential | str, **members: Any) -> Json:
        """A stored connection with this credential."""
        body = self.pingone_connection_body(credential, **members)
        return self._stored("pingone_connection", self._api.add_pingone_connection(json=body))

    def pingone_connection_body(self, credential: Credential | str, **members: Any) -> Json:
        """A connection with this credential, all protocols and ciphers, and trust in PingOne.

        Source: admin API 7.3, PingOneConnection (required: name, sslProtocols, sslCiphers).
        """
        token = credential if isinstance(credential, str) else credential.token
        body: Json = {
            "name": self._named(members, "connection"),
            "credential": {"value": token},
            "sslProtocols": [],
            "sslCiphers": [],
        }
        trust = members.get("trustedCertificateGroupId") or self._once("trust", self._trust)
        if trust is not None:
            body["trustedCertificateGroupId"] = trust
        return {**body, **members}

    def _trust(self) -> int | None:
        pem = self._pingone_ca_pem()
        if pem is None:
            return None
        key: int = self.add_trusted_certificate_group([self.add_certificate(pem)])["id"]
        return key

    def add_certificate(self, pem: str, **members: Any) -> Json:
        """A stored trusted certificate. Source: admin API 7.3, X509FileImportDoc (base64)."""
        body = {
            "alias": self._name("certificate"),
            "fileData": b64encode(pem.encode()).decode(),
            **members,
        }
        return self._stored("certificate", self._api.import_trusted_cert(json=body))

    def add_trusted_certificate_group(
        self, certificates: Iterable[Json] = (), **members: Any
    ) -> Json:
        """A stored trusted certificate group of these certificates."""
        body = {
            "name": self._named(members, "group"),
            "certIds": [one["id"] for one in certificates],
            "useJavaTrustStore": False,
            "skipCertificateDateCheck": False,
            **members,
        }
        answer = self._api.add_trusted_certificate_group(json=body)
        return self._stored("trusted_certificate_group", answer)

    # Risk policies and what they name

    def add_risk_policy(self, connection: Json | str, **settings: Any) -> Json:
        """A stored risk policy on this connection; settings as for `risk_policy_body`."""
        body = self.risk_policy_body(connection, **settings)
        return self._stored("risk_policy", self._api.add_risk_policy(json=body))

    def risk_policy_body(  # noqa: PLR0913 - one argument for each labelled setting
        self,
        connection: Json | str,
        *,
        high: Action = ALLOW,
        medium: Action = ALLOW,
        low: Action = ALLOW,
        failed: Action = ALLOW,
        policy_set: Json | str | None = None,
        interval_ms: int | None = None,
        user_id_attribute: str = SIGN_ON_ID,
        **members: Any,
    ) -> Json:
        """A risk policy, configured through the labels of the product's descriptor.

        What is left out takes the product's default: the interval, and the policy set, which is
        then the default one of the environment in PingOne.
        """
        plan: RiskPolicyPlan = self._once("risk policies", self._plan)
        configuration = {
            plan.key(CONNECTION): _id(connection),
            plan.key(USER_ID): user_id_attribute,
        }
        if policy_set is not None:
            configuration[plan.key(POLICY_SET)] = _id(policy_set)
        if interval_ms is not None:
            configuration[plan.key(INTERVAL)] = interval_ms
        for level, action in zip(LEVELS, (high, medium, low, failed), strict=True):
            key, value = plan.choice(level, action)
            configuration[key] = value
        return {
            "name": self._named(members, "risk-policy"),
            "className": plan.class_name,
            "configuration": configuration,
            **members,
        }

    def _plan(self) -> RiskPolicyPlan:
        descriptors = self._listed(self._api.get_risk_policy_descriptors())
        if not descriptors:
            raise HarnessError("the product describes no type of risk policy")
        return RiskPolicyPlan(descriptors[0])

    def add_rule(self, **members: Any) -> Json:
        """A stored access control rule."""
        return self._stored("rule", self._api.add_rule(json=self.rule_body(**members)))

    def rule_body(self, **members: Any) -> Json:
        """A rule that refuses every request through the default rejection handler."""
        return {
            "name": self._named(members, "rule"),
            "className": REJECTION,
            "configuration": {"rejectionHandler": WEB_REJECTION_HANDLER},
            **members,
        }

    def add_rule_set(self, rules: Iterable[Json], **members: Any) -> Json:
        """A stored rule set of these rules. Source: admin API 7.3, RuleSet."""
        body = {
            "name": self._named(members, "rule-set"),
            "elementType": "Rule",
            "successCriteria": "SuccessIfAllSucceed",
            "policy": [one["id"] for one in rules],
            **members,
        }
        return self._stored("rule_set", self._api.add_rule_set(json=body))

    def add_authentication_challenge_policy(self, **members: Any) -> Json:
        """A stored challenge policy. Source: admin API 7.3, AuthenticationChallengePolicy."""
        body = {
            "name": self._named(members, "challenge"),
            "challengeResponseChain": [],
            "defaultChallengeResponse": {"generator": self._once("generator", self._generator)},
            **members,
        }
        answer = self._api.add_authentication_challenge_policy(json=body)
        return self._stored("authentication_challenge_policy", answer)

    def _generator(self) -> Json:
        """A response generator whose configuration is all defaults, where there is one."""
        descriptors = self._listed(self._api.get_challenge_response_generator_descriptors())
        if not descriptors:
            raise HarnessError("the product describes no challenge response generator")
        chosen = next((one for one in descriptors if needs_no_text(one)), descriptors[0])
        fields = chosen["configurationFields"]
        configuration = least_configuration(fields, text="paconform")
        return {"className": chosen["className"], "configuration": configuration}

    # Applications and what they stand on

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
            body["riskPolicyId"] = _id(risk_policy)
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
        answer = self._api.add_application_resource(_id(application), json=body)
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
            body["riskPolicyId"] = _id(risk_policy)
        return {**body, **members}

    def add_site(self, **members: Any) -> Json:
        """A stored site. Its host is one for documentation (RFC 2606): nobody asks it."""
        body = {
            "name": self._named(members, "site"),
            "targets": ["site.example.com:80"],
            "secure": False,
            **members,
        }
        return self._stored("site", self._api.add_site(json=body))

    def add_virtual_host(self, **members: Any) -> Json:
        """A stored virtual host of its own name below example.com (RFC 2606)."""
        body = {"host": f"{self._name('host')}.example.com".lower(), "port": 3000, **members}
        return self._stored("virtual_host", self._api.add_virtual_host(json=body))

    def add_web_session(self, **members: Any) -> Json:
        """A stored web session. Source: admin API 7.3, WebSession (audience: 1 to 32 letters)."""
        secret = self._name("client-secret")
        self._record.secret(secret)
        body = {
            "name": self._named(members, "web-session"),
            "audience": "paconform",
            "clientCredentials": {"clientId": "paconform", "clientSecret": {"value": secret}},
            "failOnUnsupportedPreservationContentType": False,
            **members,
        }
        return self._stored("web_session", self._api.add_web_session(json=body))

    def _named(self, members: Mapping[str, Any], noun: str) -> Any:
        return members["name"] if "name" in members else self._name(noun)

    def _once(self, what: str, make: Callable[[], Any]) -> Any:
        if what not in self._shared:
            self._shared[what] = make()
        return self._shared[what]

    def _stored(self, kind: str, answer: httpx.Response) -> Json:
        """The object that was saved; HarnessError says what was answered instead."""
        stored = self._json(answer)
        if answer.status_code != 200 or "id" not in stored:
            raise HarnessError(self._record.masked(f"no {kind} was made: {_told(answer)}"))
        self._keeper.remember(kind, stored)
        return stored

    def _listed(self, answer: httpx.Response) -> list[Json]:
        items = self._json(answer).get("items")
        if answer.status_code != 200 or not isinstance(items, list):
            raise HarnessError(self._record.masked(f"no list was given: {_told(answer)}"))
        return items

    @staticmethod
    def _json(answer: httpx.Response) -> Json:
        try:
            told = answer.json()
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}


def _id(obj: Any) -> Any:
    return obj["id"] if isinstance(obj, dict) else obj


def _told(answer: httpx.Response) -> str:
    asked = answer.request
    return f"{asked.method} {asked.url.path} was answered {answer.status_code} {answer.text[:300]}"
