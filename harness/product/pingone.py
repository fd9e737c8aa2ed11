"""PingOne as scenarios use it: its operations, and arrangements in the environment.

Each `add_*` gives the stored object or raises HarnessError. Risk is steered through the documented
API alone, so that it works in a real tenant too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from harness.checks import expect_members, expect_status, expect_that
from harness.errors import HarnessError, NotMeasured
from harness.product.policies import by_address, by_predictor
from harness.waiting import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import httpx

    from harness.clients.control import Control
    from harness.clients.pingone import PingOneApi
    from harness.product.descriptors import Json
    from harness.product.means import Means

VISITOR_ADDRESS = "198.51.100.7"
"""An address for documentation (RFC 5737)."""

SPREADS_S = 60
"""How long PingOne may take to refuse what it has revoked, before nothing is measured with it."""

EXCHANGE = {
    "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
    "subject_token_type": "pingone_gateway_credential",
}
"""Source: PingOne authentication API, token exchange (gateway credential)."""


@dataclass(frozen=True, slots=True)
class PingOneAddress:
    """Where a PingOne is, and the worker application that acts there.

    `api_url` ends with /v1. `second_environment_id` is one in which the worker has no role.
    """

    api_url: str
    auth_url: str
    environment_id: str
    client_id: str
    client_secret: str = field(repr=False)
    second_environment_id: str | None = None


@dataclass(frozen=True, slots=True)
class Credential:
    """A gateway credential: the JWT that is shown once, and what it belongs to."""

    token: str = field(repr=False)
    id: str
    gateway_id: str
    environment_id: str


@dataclass(frozen=True, slots=True)
class Steering:
    """A risk policy set and, by level, a user whom it rates so."""

    policy_set_id: str
    users: Mapping[str, str]


class PingOne:
    """The PingOne of one scenario."""

    def __init__(self, address: PingOneAddress, api: PingOneApi, means: Means) -> None:
        self.api = api
        self.client_id = address.client_id
        self.client_secret = address.client_secret
        self.environment_id = address.environment_id
        self.api_root = address.api_url.removesuffix("/v1")
        self.control = means.control
        self._second_environment_id = address.second_environment_id
        self._record = means.record
        self._keeper = means.keeper
        self.name = means.name
        self._pause = means.pause
        self._token: str | None = None
        api.bearer = self.worker_token

    def __repr__(self) -> str:
        return f"<PingOne environment {self.environment_id}>"

    # What a target may lack

    def needs_control(self, why: str) -> Control:
        """The control door; NotMeasured where there is none."""
        if self.control is None:
            raise NotMeasured(f"{why}: only fakes have a control door")
        return self.control

    def needs_second_environment(self, why: str) -> str:
        """The id of an environment without a role for the worker; NotMeasured without one."""
        if self._second_environment_id is None:
            raise NotMeasured(f"{why}: no second environment is known")
        return self._second_environment_id

    # Arrangements

    def remember(self, kind: str, obj: Any) -> None:
        """The object is removed when the scenario ends, where PingOne outlives it."""
        self._keeper.remember(kind, obj)

    def worker_token(self) -> str:
        """A bearer token of the worker application, asked for once."""
        if self._token is None:
            answer = self.api.token({"grant_type": "client_credentials"})
            self._token = str(self.told(answer, 200, "token for the worker")["access_token"])
            self._record.secret(self._token)
        return self._token

    def forget(self) -> None:
        """The worker's token is asked for anew: time has passed, or the state was replaced."""
        self._token = None

    def add_gateway(self, **members: Any) -> Json:
        """A stored gateway of the kind whose credentials PingAccess takes.

        Source: PingAccess 7.2 and 9.0, adding a PingOne connection (a PingFederate connection).
        """
        body = {"name": self.name("gateway"), "type": "PING_FEDERATE", "enabled": True, **members}
        return self.stored("gateways", self.api.add_gateway(json=body))

    def add_credential(self, gateway: Mapping[str, Any] | None = None) -> Credential:
        """A new credential of the gateway, or of a new gateway of its own."""
        key = (gateway or self.add_gateway())["id"]
        made = self.told(self.api.add_gateway_credential(key), 201, "gateway credential")
        self._record.secret(made["credential"])
        return Credential(made["credential"], made["id"], key, self.environment_id)

    def revoke(self, credential: Credential) -> None:
        """The credential is deleted, and PingOne refuses it; NotMeasured where it goes on."""
        self.delete_credential(credential)
        self.await_refusal(credential, "the refusal of a revoked credential by PingOne itself")

    def await_refusal(self, credential: Credential, what: str) -> None:
        """PingOne refuses the credential: what uses it afterwards has to be refused too.

        How soon a change reaches every part of PingOne is not documented.
        """
        settled(
            lambda: self.exchange(credential),
            lambda answer: answer.is_client_error,
            self._pause,
            what=what,
            limit_s=SPREADS_S,
        )

    def delete_credential(self, credential: Credential) -> None:
        """The credential is deleted; whether PingOne refuses it is not looked at."""
        answer = self.api.delete_gateway_credential(credential.gateway_id, credential.id)
        if answer.status_code != 204:
            raise self._no("revocation", answer)

    def last_used(self, credential: Credential) -> str | None:
        """When PingOne says that the credential was used last; None for never."""
        answer = self.api.get_gateway_credential(credential.gateway_id, credential.id)
        used = self.told(answer, 200, "gateway credential").get("lastUsedAt")
        return None if used is None else str(used)

    def exchange(self, credential: Credential | str) -> httpx.Response:
        """The raw answer to spending a credential for a token."""
        text = credential if isinstance(credential, str) else credential.token
        answer = self.api.token({**EXCHANGE, "subject_token": text}, client=None)
        self.hide_token_of(answer)
        return answer

    def add_map_predictor(
        self,
        *,
        high: Iterable[str] = (),
        medium: Iterable[str] = (),
        low: Iterable[str] = (),
        **members: Any,
    ) -> Json:
        """A stored MAP predictor that rates users by their id.

        Source: PingOne Go SDK, risk openapi, RiskPredictorCustom.
        """
        name = self.name("predictor")
        levels = {"high": list(high), "medium": list(medium), "low": list(low)}
        body = {
            "name": name,
            "compactName": "".join(letter for letter in name if letter.isalnum()),
            "type": "MAP",
            "map": {
                level: {"contains": "${event.user.id}", "list": users}
                for level, users in levels.items()
                if users
            },
            **members,
        }
        return self.stored("riskPredictors", self.api.add_risk_predictor(json=body))

    def add_risk_policy_set(
        self, policies: Iterable[Json] = (), predictors: Iterable[Json] = (), **members: Any
    ) -> Json:
        """A stored risk policy set; LOW where no policy holds.

        Source: PingOne Go SDK, risk openapi, RiskPolicySet.
        """
        body: Json = {
            "name": self.name("policies"),
            "defaultResult": {"level": "LOW", "type": "VALUE"},
            "riskPolicies": list(policies) or [by_address()],
        }
        evaluated = [{"id": one["id"]} for one in predictors]
        if evaluated:
            body["evaluatedPredictors"] = evaluated
        return self.stored("riskPolicySets", self.api.add_risk_policy_set(json={**body, **members}))

    def steer(self) -> Steering:
        """A policy set that rates three users HIGH, MEDIUM and LOW, each by name."""
        users = {level: self.name(f"{level.lower()}-user") for level in ("HIGH", "MEDIUM", "LOW")}
        predictor = self.add_map_predictor(
            high=[users["HIGH"]], medium=[users["MEDIUM"]], low=[users["LOW"]]
        )
        overrides = [by_predictor(predictor["compactName"], level) for level in ("HIGH", "MEDIUM")]
        made = self.add_risk_policy_set(overrides, [predictor])
        return Steering(made["id"], users)

    # Acts

    def evaluate(
        self, user: str, policy_set: Mapping[str, Any] | str, ip: str = VISITOR_ADDRESS
    ) -> Json:
        """The evaluation of a user by a policy set; its result is checked to hold a level.

        Source: PingOne Protect API, create risk evaluation (201).
        """
        key = policy_set if isinstance(policy_set, str) else policy_set["id"]
        event = {"ip": ip, "user": {"id": user, "type": "EXTERNAL"}}
        body = {"event": event, "riskPolicySet": {"id": key}}
        answer = expect_status(self.api.add_risk_evaluation(json=body), 201)
        told = _object(answer)
        expect_members(told, {"result": {"type": "VALUE"}}, "the evaluation")
        level = told["result"].get("level")
        expect_that(isinstance(level, str), "a level in the result", told["result"])
        return told

    @staticmethod
    def instant(text: str) -> datetime:
        """The instant that a text of ISO 8601 names; a text that names none is at fault."""
        try:
            return datetime.fromisoformat(text)
        except (TypeError, ValueError):
            expect_that(False, "a date and time of ISO 8601", text)
            raise

    def hide_token_of(self, answer: httpx.Response) -> None:
        """The access token of the answer, where there is one, is never shown."""
        token = _object(answer).get("access_token")
        if isinstance(token, str):
            self._record.secret(token)

    def stored(self, kind: str, answer: httpx.Response) -> Json:
        """The object that was made, to be removed again; HarnessError where there is none."""
        stored = self.told(answer, 201, kind)
        self._keeper.remember(kind, stored)
        return stored

    def told(self, answer: httpx.Response, status: int, what: str) -> Json:
        """The object in an answer of this status; HarnessError where there is none."""
        told = _object(answer)
        if answer.status_code != status or not told:
            raise self._no(what, answer)
        return told

    def _no(self, what: str, answer: httpx.Response) -> HarnessError:
        asked = f"{answer.request.method} {answer.request.url.path}"
        told = f"PingOne: no {what}: {asked} was answered {answer.status_code} {answer.text[:300]}"
        return HarnessError(self._record.masked(told))


def _object(answer: httpx.Response) -> Json:
    try:
        told = answer.json()
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
