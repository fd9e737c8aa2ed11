"""A fake PingOne as its tests hold it: requests in short, tokens at hand."""

from __future__ import annotations

import dataclasses
import json
from base64 import b64encode, urlsafe_b64decode
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fakes.clock import Clock
from fakes.message import Request
from fakes.pingone import CORRECT, FakePingOne, Hosts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.message import Response
    from fakes.pingone import Behaviour

FORM = "application/x-www-form-urlencoded"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
NOBODYS = "00000000-0000-4000-8000-000000000000"
ADDRESS = "198.51.100.7"
PLAIN = dataclasses.replace(CORRECT, varied=frozenset())
"""PingOne without what the seed decides: nothing but what is documented, oldest first."""


class Tenant:
    """The fake of one seed with a stopped clock, and its worker's token."""

    def __init__(
        self, behaviour: Behaviour = CORRECT, *, seed: int = 0, hosts: Hosts | None = None
    ) -> None:
        self.clock = Clock()
        self.fake = FakePingOne(seed=seed, clock=self.clock, behaviour=behaviour, hosts=hosts)
        self.environment_id = self.fake.environment_id

    @cached_property
    def token(self) -> str:
        """A worker's access token."""
        return str(self.grant().json()["access_token"])

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Response:
        """The answer to a request with the worker's token; `path` is below the environment.

        A path that begins with `/` is taken as it is; `body` is written as JSON, bytes as they are.
        """
        whole = path if path.startswith("/") else self.path(path)
        sent = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        raw = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        where, _, query = whole.partition("?")
        kept = {name: value for name, value in {**sent, **named}.items() if value}
        return self.fake.handle(Request(method, where, query, kept, raw))

    def path(self, *parts: str) -> str:
        """A path below the environment."""
        return "/".join((f"/v1/environments/{self.environment_id}", *parts)).rstrip("/")

    def grant(self, form: dict[str, str] | None = None, **headers: str) -> Response:
        """The answer of the token endpoint; without a form, to the worker's own request."""
        pair = f"{self.fake.client_id}:{self.fake.client_secret}".encode()
        sent = {"content-type": FORM, "authorization": f"Basic {b64encode(pair).decode()}"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in {**sent, **named}.items() if value}
        body = urlencode({"grant_type": "client_credentials"} if form is None else form).encode()
        path = f"/{self.environment_id}/as/token"
        return self.fake.handle(Request("POST", path, headers=kept, body=body))

    def exchange(self, text: str, *, environment_id: str | None = None) -> Response:
        """The answer to the exchange of a credential."""
        form = {
            "grant_type": EXCHANGE,
            "subject_token_type": "pingone_gateway_credential",
            "subject_token": text,
        }
        path = f"/{environment_id or self.environment_id}/as/token"
        headers = {"content-type": FORM}
        return self.fake.handle(
            Request("POST", path, headers=headers, body=urlencode(form).encode())
        )

    def made(self, kind: str, body: object) -> dict[str, Any]:
        """The object that a creation made."""
        answer = self.call("POST", kind, body)
        assert answer.status == 201, answer
        return dict(answer.json())

    def gateway(self, name: str = "gateway", /, **members: object) -> dict[str, Any]:
        """A new PingFederate gateway."""
        return self.made("gateways", gateway(name, **members))

    def credential(self, gateway_id: str) -> dict[str, Any]:
        """A new credential, as it is shown once."""
        return self.made(f"gateways/{gateway_id}/credentials", None)

    def predictor(self, compact_name: str, **levels: object) -> dict[str, Any]:
        """A new MAP predictor."""
        return self.made("riskPredictors", predictor(compact_name, **levels))

    def policy_set(self, name: str, policies: list[Any], **members: object) -> dict[str, Any]:
        """A new policy set."""
        return self.made("riskPolicySets", {"name": name, "riskPolicies": policies, **members})

    def evaluated(
        self, user_id: str, policy_set: object = None, /, **event: object
    ) -> dict[str, Any]:
        """A new evaluation."""
        return self.made("riskEvaluations", evaluation(user_id, policy_set, **event))


def gateway(name: str = "gateway", /, **members: object) -> dict[str, Any]:
    """The body of a PingFederate gateway; members that are `...` are left out."""
    body = {"name": name, "type": "PING_FEDERATE", "enabled": True, **members}
    return {member: value for member, value in body.items() if value is not ...}


def listed(*values: str) -> dict[str, Any]:
    """A level for these user ids."""
    return {"contains": "${event.user.id}", "list": list(values)}


def predictor(compact_name: str, /, **levels: object) -> dict[str, Any]:
    """The body of a MAP predictor."""
    levels = levels or {"high": listed("h"), "medium": listed("m"), "low": listed("l")}
    name = f"predictor {compact_name}"
    return {"name": name, "compactName": compact_name, "type": "MAP", "map": levels}


def scored(scores: Mapping[str, float], low: float, high: float, level: str) -> dict[str, Any]:
    """A policy by scores."""
    parts = [{"value": f"${{details.{name}.level}}", "score": n} for name, n in scores.items()]
    between = {"minScore": low, "maxScore": high}
    condition = {"type": "AGGREGATED_SCORES", "aggregatedScores": parts, "between": between}
    return {"name": f"{level} scored", "result": {"level": level}, "condition": condition}


def override(compact_name: str, equals: str, level: str) -> dict[str, Any]:
    """A policy for one level of one predictor."""
    value = f"${{details.{compact_name}.level}}"
    condition = {"type": "VALUE_COMPARISON", "value": value, "equals": equals}
    return {"name": f"{equals} is {level}", "result": {"level": level}, "condition": condition}


def by_address(level: str, *ranges: str) -> dict[str, Any]:
    """A policy for ranges of addresses."""
    condition = {"type": "IP_RANGE", "contains": "${event.ip}", "ipRange": list(ranges)}
    return {"name": f"address {level}", "result": {"level": level}, "condition": condition}


def evaluation(user_id: str, policy_set: object = None, /, **event: object) -> dict[str, Any]:
    """The body of an evaluation."""
    whole = {"ip": ADDRESS, "user": {"id": user_id, "type": "EXTERNAL"}, **event}
    return {"event": whole} | ({"riskPolicySet": policy_set} if policy_set is not None else {})


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a JWT, unverified."""
    header, claims, _ = token.split(".")
    return decoded(header), decoded(claims)


def decoded(part: str) -> dict[str, Any]:
    """The JSON object of one part of a JWT."""
    return dict(json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def targets(answer: Response) -> dict[str, str]:
    """Detail code by target of a refusal with INVALID_DATA."""
    error = answer.json()
    assert (answer.status, error["code"]) == (400, "INVALID_DATA"), error
    return {detail["target"]: detail["code"] for detail in error["details"]}
