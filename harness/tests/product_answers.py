"""A product and a PingOne that store what scenarios arrange, and tell of their plugins."""

from __future__ import annotations

import json
from typing import Any

import httpx

from harness.tests.answering import Asked

V3 = "/pa-admin-api/v3"
P1 = "/v1/environments/env-1"


def field(name: str, label: str, **members: Any) -> dict[str, Any]:
    """A configuration field as a descriptor lists it."""
    return {"name": name, "label": label, "required": True, "fields": [], "options": [], **members}


def options(*labels: str) -> list[dict[str, str]]:
    """Options whose values are not their labels."""
    return [{"label": label, "value": f"v-{label}", "category": ""} for label in labels]


LABELS = ("ALLOW", "Deny", "Rule", "Rule Set", "Authentication Challenge Policy")


def evaluator(level: str) -> dict[str, Any]:
    """An evaluator with a choice and one field for whatever is selected."""
    nested = [field("kind", "Action", options=options(*LABELS)), field("which", "Policy")]
    return field(f"{level}Key", f"{level} Risk Policy EVALUATOR", fields=nested)


DESCRIPTOR = {
    "type": "PingOne",
    "label": "PingOne",
    "className": "a.product.of.Tests",
    "configurationFields": [
        field("conn", "PingOne Connection"),
        field("set", "PingOne Risk Policy ID", required=False),
        field("ms", "Risk Check Interval (MS)", required=False),
        field("uid", "User ID Attribute"),
        *map(evaluator, ("High", "Medium", "Low", "Failed")),
    ],
}


def storing() -> Asked:
    """A product that stores what it is sent, and a PingOne that does."""
    found, ids = Asked(), iter(range(1, 1000))

    def stored(status: int) -> Any:
        def answer(request: httpx.Request) -> httpx.Response:
            body = json.loads(request.content or b"{}")
            return httpx.Response(status, json={**body, "id": next(ids)})

        return answer

    for path in (
        "applications",
        "authenticationChallengePolicies",
        "certificates",
        "pingone/connections",
        "riskPolicies",
        "rules",
        "rulesets",
        "sites",
        "trustedCertificateGroups",
        "virtualhosts",
        "webSessions",
    ):
        found.answers[f"POST {V3}/{path}"] = stored(200)
    for path in ("gateways", "riskPredictors", "riskPolicySets"):
        found.answers[f"POST {P1}/{path}"] = stored(201)
    found.answers |= {
        "POST /env-1/as/token": (200, {"access_token": "worker-token"}),
        "GET /trust": (200, {"pingone_ca_pem": "THE PEM"}),
        f"GET {V3}/riskPolicies/descriptors": (200, {"items": [DESCRIPTOR]}),
    }
    return found


def asked_for(asked: Asked) -> list[str]:
    """The requests so far, as `METHOD path`."""
    return [f"{one.method} {one.url.path}" for one in asked.requests]
