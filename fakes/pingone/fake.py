"""The fake PingOne: one core for the platform API and the token service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.message import Malformed, Response, encode
from fakes.pingone.auth import signing_keys
from fakes.pingone.auth.pages import Page
from fakes.pingone.auth.tokens import Bearers
from fakes.pingone.behaviour import CORRECT, Behaviour
from fakes.pingone.errors import (
    Answer,
    Refusal,
    malformed,
    method_not_allowed,
    not_implemented,
    unsupported_media,
    unwelcome_header,
)
from fakes.pingone.platform import instances, rates
from fakes.pingone.platform.rights import admit
from fakes.pingone.regions import Hosts, face
from fakes.pingone.routes import find, unimplemented
from fakes.pingone.tenant import Call, Tenant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.clock import Clock
    from fakes.message import Request
    from fakes.pingone.routing import Route


DEPTH = 100
"""Levels of arrays and objects in a body that is read."""


class Snapshot(NamedTuple):
    """Everything that a fake PingOne remembers."""

    rows: Any
    correlations: object

    def __repr__(self) -> str:
        return "Snapshot(…)"


class FakePingOne:
    """A tenant with two environments, a worker with roles in the first, and one that has them all.

    Limitations: users and applications are as far as a login needs them, custom roles are not
    there, groups hold no groups, and collections are not ordered or expanded: 501 says so.
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
        self.admin_client_id = seeded.admin_client_id
        self.admin_client_secret = seeded.admin_client_secret

    def handle(self, request: Request) -> Response:
        """The answer; nothing that a client can send raises."""
        tenant = self.tenant
        correlation = tenant.correlations.uuid()
        try:
            answer = self._answer(request)
        except Refusal as refusal:
            answer = refusal.answer(tenant.behaviour, self._error_id(correlation))
        headers = ((tenant.behaviour.correlation_header, correlation), *answer.headers)
        if answer.body is None:
            return Response(answer.status, headers)
        if isinstance(answer.body, Page):
            headers = (("Content-Type", "text/html; charset=utf-8"), *headers)
            return Response(answer.status, headers, answer.body.html.encode())
        headers = (("Content-Type", self._content_type(answer.status)), *headers)
        oauth = not request.path.startswith("/v1/")
        body = tenant.unlike.answer(answer.body, answer.status, oauth=oauth)
        return Response(answer.status, headers, encode(body))

    def snapshot(self) -> Snapshot:
        """Everything as it is now."""
        rows = {name: rows for name, rows in self.store.snapshot().items() if rows}
        return Snapshot(rows, self.tenant.correlations.state())

    def restore(self, snapshot: Snapshot) -> None:
        """Everything as it was then."""
        self.store.restore(snapshot.rows)
        self.tenant.windows.clear()
        self.tenant.correlations.set_state(snapshot.correlations)

    def signing_keys(self, act: str, given: Mapping[str, str]) -> dict[str, Any]:
        """The keys of an environment, the first unless given, when that was done to them.

        Raises ValueError for what cannot be done.
        """
        environment_id = given.get("environment", self.environment_id)
        if environment_id not in self.tenant.table("environments"):
            raise ValueError("environment: it does not exist")
        return signing_keys.steered(self.tenant, environment_id, act, given)

    def put_rate(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The rate of a rate group, for the licence of an environment, from now on.

        Raises ValueError for what cannot be.
        """
        environment_id = str(given.get("environment", self.environment_id))
        if environment_id not in self.tenant.table("environments"):
            raise ValueError("environment: it does not exist")
        return rates.put(self.tenant, environment_id, given)

    def put_instance(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """An instance of a gateway, connected or not; raises ValueError for what cannot be."""
        return instances.put(self.tenant, given)

    def reset(self) -> None:
        """Everything as constructed."""
        self.store.restore(self.tenant.seeded.rows)
        self.tenant.windows.clear()
        self.tenant.correlations.restart()

    def _content_type(self, status: int) -> str:
        behaviour = self.tenant.behaviour
        return behaviour.content_type if status < 400 else behaviour.error_content_type

    def _error_id(self, correlation: str) -> str:
        own = self.tenant.behaviour.error_ids_own
        return correlation if own else self.tenant.seeded.environment_id

    def _answer(self, request: Request) -> Answer:
        """Host, route, token, role, body, handler: in this order."""
        self._face(request)
        if not self.tenant.behaviour.transaction_headers_accepted:
            self._refuse_transactions(request)
        methods, ids = find(request.path)
        route = methods.get(request.method) if methods else None
        if route is None:
            raise self._unanswered(request, methods)
        rates.count(self.tenant, request, ids)
        actor, within = self._admitted(request, route, ids)
        body = self._object(request, route) if route.body else {}
        return route.handler(self.tenant, Call(request, ids, actor, body, within))

    def _face(self, request: Request) -> None:
        """From here on PingOne is where it was asked; 501 for what another host of it answers.

        What the vendor's hosts answer to each other's paths is not documented.
        """
        found = face(request.host)
        self.tenant.hosts = found[0] if found else self.tenant.own_hosts
        if found and (found[1] == "api") != request.path.startswith("/v1/"):
            raise not_implemented(f"{request.method[:20]} {_plain(request.path)} of {request.host}")

    def _unanswered(self, request: Request, methods: Mapping[str, Route] | None) -> Refusal:
        if methods and not unimplemented(request.path, request.method):
            return method_not_allowed(self.tenant.behaviour, methods)
        return not_implemented(f"{request.method[:20]} {_plain(request.path)}")

    def _admitted(
        self, request: Request, route: Route, ids: list[str]
    ) -> tuple[str, frozenset[str] | None]:
        """Who asks, where the route's door asks for it, and the populations in reach."""
        if route.door == "open" or self._is_anonymous_read(request):
            return "", None
        actor = self._bearers.actor(request)
        if route.door == "environment":
            return actor, admit(self.tenant, actor, request, ids)
        return actor, None

    def _is_anonymous_read(self, request: Request) -> bool:
        collections = self.tenant.behaviour.anonymous_reads
        if not collections or request.method != "GET" or "authorization" in request.headers:
            return False
        return request.path.rpartition("/")[2] in collections

    def _refuse_transactions(self, request: Request) -> None:
        for name in ("x-ping-external-transaction-id", "x-ping-external-session-id"):
            if name in request.headers:
                raise unwelcome_header(name)

    def _object(self, request: Request, route: Route) -> dict[str, Any]:
        """The JSON object of the body."""
        if route.bodiless and not request.body:
            return {}
        behaviour = self.tenant.behaviour
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        plain = route.plain and (not behaviour.json_types or media_type in behaviour.json_types)
        if not plain and media_type not in map(str.lower, route.types):
            besides = behaviour.json_types if route.plain else ()
            raise unsupported_media(behaviour, (*besides, *route.types))
        try:
            body = request.json()
        except Malformed as problem:
            raise malformed(behaviour, str(problem)) from None
        if not isinstance(body, dict):
            raise malformed(behaviour, "not a JSON object")
        if _is_deep(request.body, body):
            raise malformed(behaviour, "nested too deeply")
        return body


def _plain(path: str) -> str:
    """A path of a client, short and in ASCII, for a sentence."""
    return path[:200].encode("ascii", "backslashreplace").decode("ascii")


def _is_deep(text: bytes, body: dict[str, Any]) -> bool:
    """Whether arrays and objects are nested beyond what can be written again.

    The limit is the fake's own: PingOne documents none.
    """
    if text.count(b"[") + text.count(b"{") <= DEPTH:
        return False
    level: list[Any] = [body]
    for _ in range(DEPTH):
        inner = (value for one in level for value in (one.values() if type(one) is dict else one))
        level = [value for value in inner if type(value) in (dict, list)]
        if not level:
            return False
    return True
