"""The fake PingAccess: one core for the admin API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.message import Response
from fakes.pingaccess.access.door import admitted
from fakes.pingaccess.access.roles import FULL, hold_to_roles
from fakes.pingaccess.answers import Call, nothing
from fakes.pingaccess.archives.workflows import PENDING, settle
from fakes.pingaccess.behaviour import CORRECT, Behaviour
from fakes.pingaccess.entities import TABLES
from fakes.pingaccess.factory import factory
from fakes.pingaccess.objects.later import is_missing
from fakes.pingaccess.problems import Refusal, no_method, no_path, not_modelled
from fakes.pingaccess.routing import LATER, find
from fakes.pingaccess.state import Moment, State

if TYPE_CHECKING:
    from fakes.clock import Clock
    from fakes.message import Request
    from fakes.network import Network

ADMIN = "/pa-admin-api/v3"
HEARTBEAT = "/pa/heartbeat.ping"
_SHOWN = 200


class FakePingAccess:
    """A new PingAccess: one administrator, the factory's objects, and the admin API.

    Limitations: no engine, no admin console, bearer tokens only by a JWK Set, one user with a
    password, and exports that are through at once. What is missing answers 501.
    """

    def __init__(
        self,
        network: Network,
        *,
        seed: int = 0,
        clock: Clock,
        behaviour: Behaviour = CORRECT,
        pingone_origins: frozenset[str] = frozenset(),
    ) -> None:
        """`pingone_origins` are taken for PingOne's beside the vendor's own hosts."""
        self.state = State(network, seed, clock, behaviour, pingone_origins, factory(behaviour))
        self.store = self.state.store

    def handle(self, request: Request) -> Response:
        """The answer; nothing that a client can send raises."""
        try:
            return self._answer(request)
        except Refusal as refusal:
            state = self.state
            return refusal.response(state.behaviour, state.common_headers())

    def snapshot(self) -> Moment:
        """Everything as it is now."""
        return self.state.moment()

    def restore(self, snapshot: Moment) -> None:
        """Everything as it was then."""
        self.state.back_to(snapshot)

    def reset(self) -> None:
        """Everything as constructed."""
        self.state.reset()

    def _answer(self, request: Request) -> Response:
        """Door, route, handler: in this order."""
        state, path = self.state, request.path
        if not path.startswith(f"{ADMIN}/"):
            return self._elsewhere(request)
        user = admitted(state, request)
        if user.roles is not FULL or user.split:
            hold_to_roles(user, request.method, path[len(ADMIN) :], state.behaviour)
        if state.store.table(PENDING).rows:
            settle(state, TABLES, request.method, path[len(ADMIN) :])
        methods, ids = find(path[len(ADMIN) :])
        if not methods and path[-1] == "/" and state.behaviour.trailing_slash_ignored:
            methods, ids = find(path[len(ADMIN) : -1])
        handler = methods.get(request.method)
        if self._lacks(path[len(ADMIN) :]):
            raise no_path(state.behaviour)
        if handler is None:
            step = path[len(ADMIN) :].split("/")[1]
            if (request.method, step) in state.behaviour.methods_taken:
                return nothing(state)
        if handler is None:
            raise self._unanswered(request, list(methods))
        return handler(state, Call(request, user, ids))

    def _lacks(self, path: str) -> bool:
        """Whether this release has no such path."""
        behaviour = self.state.behaviour
        if behaviour.paths_missing and is_missing(path, behaviour.paths_missing):
            return True
        return path in LATER and path not in behaviour.more_settings

    def _unanswered(self, request: Request, methods: list[str]) -> Refusal:
        if not methods:
            return no_path(self.state.behaviour)
        if request.method in methods:
            return not_modelled(f"{request.method} {_plain(request.path)}")
        return no_method(_plain(request.method), methods, self.state.behaviour)

    def _elsewhere(self, request: Request) -> Response:
        """The heartbeat, which needs no login (observed); console and engine are missing."""
        if request.path != HEARTBEAT:
            raise not_modelled(_plain(request.path))
        if self.state.behaviour.heartbeat_login:
            admitted(self.state, request)
        if request.method != "GET":
            raise no_method(_plain(request.method), ["GET"], self.state.behaviour)
        headers = (("Content-Type", "text/html; charset=UTF-8"), *self.state.common_headers())
        return Response(200, headers, b"OK")


def _plain(text: str) -> str:
    """Text of a client, short and in ASCII, for a sentence."""
    return text[:_SHOWN].encode("ascii", "backslashreplace").decode("ascii")
