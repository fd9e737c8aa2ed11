"""The fake PingOne: one core for the platform API and the token service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.message import Malformed, Response, encode
from fakes.pingone.behaviour import CORRECT, Behaviour
from fakes.pingone.environments import admit
from fakes.pingone.errors import (
    Answer,
    Refusal,
    malformed,
    method_not_allowed,
    not_implemented,
    unsupported_media,
)
from fakes.pingone.routes import Route, find, unimplemented
from fakes.pingone.tenant import Call, Hosts, Tenant
from fakes.pingone.tokens import Bearers

if TYPE_CHECKING:
    from fakes.clock import Clock
    from fakes.message import Request


class Snapshot(NamedTuple):
    """Everything that a fake PingOne remembers."""

    rows: Any
    correlations: object


class FakePingOne:
    """A tenant with two environments and a worker application, which has roles in the first.

    Limitations: this slice has no users, no pages, no filters, no MAP-like predictors but MAP,
    no mitigations, no targets and no staging; what is missing answers 501.
    """

    def __init__(
        self,
        *,
        seed: int = 0,
        clock: Clock,
        behaviour: Behaviour = CORRECT,
        hosts: Hosts | None = None,
    ) -> None:
        self.tenant = Tenant(seed, clock, behaviour, hosts or Hosts())
        self.store = self.tenant.store
        self._bearers = Bearers(self.tenant)
        seeded = self.tenant.seeded
        self.organization_id = seeded.organization_id
        self.environment_id = seeded.environment_id
        self.second_environment_id = seeded.second_environment_id
        self.client_id = seeded.client_id
        self.client_secret = seeded.client_secret
        self.post_client_id = seeded.post_client_id
        self.post_client_secret = seeded.post_client_secret

    def handle(self, request: Request) -> Response:
        """The answer; nothing that a client can send raises."""
        tenant = self.tenant
        correlation = tenant.correlations.uuid()
        try:
            answer = self._answer(request)
        except Refusal as refusal:
            answer = refusal.answer(tenant.behaviour, correlation)
        headers = ((tenant.behaviour.correlation_header, correlation), *answer.headers)
        if answer.body is None:
            return Response(answer.status, headers)
        headers = (("Content-Type", tenant.behaviour.content_type), *headers)
        return Response(answer.status, headers, encode(answer.body))

    def snapshot(self) -> Snapshot:
        """Everything as it is now."""
        return Snapshot(self.store.snapshot(), self.tenant.correlations.state())

    def restore(self, snapshot: Snapshot) -> None:
        """Everything as it was then."""
        self.store.restore(snapshot.rows)
        self.tenant.correlations.set_state(snapshot.correlations)

    def reset(self) -> None:
        """Everything as constructed."""
        self.store.restore(self.tenant.seeded.rows)
        self.tenant.correlations.restart()

    def _answer(self, request: Request) -> Answer:
        """Route, token, role, body, handler: in this order."""
        methods, ids = find(request.path)
        route = methods.get(request.method) if methods else None
        if route is None:
            raise self._unanswered(request, methods)
        actor = self._admitted(request, route, ids)
        body = self._object(request) if route.body else {}
        return route.handler(self.tenant, Call(request, ids, actor, body))

    def _unanswered(self, request: Request, methods: dict[str, Route] | None) -> Refusal:
        if methods and not unimplemented(request.path, request.method):
            return method_not_allowed(self.tenant.behaviour, methods)
        path = request.path[:200].encode("ascii", "backslashreplace").decode("ascii")
        return not_implemented(f"{request.method[:20]} {path}")

    def _admitted(self, request: Request, route: Route, ids: list[str]) -> str:
        """Who asks, where the route's door asks for it."""
        if route.door == "open":
            return ""
        actor = self._bearers.actor(request)
        if route.door == "environment":
            admit(self.tenant, actor, ids[0])
        return actor

    def _object(self, request: Request) -> dict[str, Any]:
        """The JSON object of the body."""
        behaviour = self.tenant.behaviour
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if behaviour.json_types and media_type not in behaviour.json_types:
            raise unsupported_media(behaviour)
        try:
            body = request.json()
        except Malformed as problem:
            raise malformed(str(problem)) from None
        if not isinstance(body, dict):
            raise malformed("not a JSON object")
        return body
