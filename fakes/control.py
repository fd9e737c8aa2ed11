"""The control door: clock, faults, ledgers, snapshots and resets; never on a product's port."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from fakes.message import Malformed, Response, encode
from fakes.outside import KINDS, SERVICES, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.clock import Clock
    from fakes.ledger import Ledger
    from fakes.message import Request
    from fakes.outside import Outside


class Controlled(Protocol):
    """What the door opens on: a pair of fakes."""

    clock: Clock
    outside: Outside
    ledgers: Mapping[str, Ledger]
    snapshots: dict[str, Any]

    @property
    def pingone_ca_pem(self) -> str:
        """The certificate of the CA that issued PingOne's, PEM."""

    def reset(self) -> None:
        """Everything as constructed."""

    def snapshot(self) -> Any:
        """Everything as it is now."""

    def restore(self, snapshot: Any) -> None:
        """Everything as it was then."""

    def signing_keys(self, act: str, given: Mapping[str, str]) -> Any:
        """The keys of an environment of PingOne, when that was done to them."""

    def put_rate(self, given: Mapping[str, Any]) -> Any:
        """The rate of a rate group of PingOne, for the licence of an environment."""

    def put_instance(self, given: Mapping[str, Any]) -> Any:
        """An instance of a gateway of PingOne, connected or not."""


class ControlDoor:
    """A core of its own: JSON in, JSON out.

    With a `token`, requests without it as a bearer are answered 401: over sockets it is always set.
    Problems are 400 or 404 with `{"error": sentence}`.
    """

    def __init__(self, pair: Controlled, token: str | None = None) -> None:
        self._pair = pair
        self._token = token

    def handle(self, request: Request) -> Response:
        """The answer; nothing raises."""
        if self._token and request.headers.get("authorization") != f"Bearer {self._token}":
            return _problem(401, "the control door wants the bearer token printed at start")
        route = _ROUTES.get((request.method, request.path))
        if route is None:
            known = ", ".join(sorted(f"{method} {path}" for method, path in _ROUTES))
            return _problem(404, f"{request.method} {request.path} is not one of {known}")
        try:
            return route(self, request)
        except (Malformed, ValueError) as error:
            return _problem(400, str(error))

    def get_clock(self, _: Request) -> Response:
        """Now, in seconds since 1970."""
        return _ok({"now_s": self._pair.clock.now_s()})

    def advance_clock(self, request: Request) -> Response:
        """Now, after moving on by `advance_s`."""
        wanted = _member(request, "advance_s")
        if isinstance(wanted, bool) or not isinstance(wanted, int | float):
            raise ValueError(f"advance_s: {wanted!r} is not a number of seconds")  # noqa: TRY004
        try:
            self._pair.clock.advance(wanted)
        except ValueError as error:
            raise ValueError(f"advance_s: {error}") from None
        return self.get_clock(request)

    def get_faults(self, _: Request) -> Response:
        """Faults that can still happen on the way to PingOne."""
        return _ok({"faults": [msgspec.to_builtins(fault) for fault in self._pair.outside.faults]})

    def put_faults(self, request: Request) -> Response:
        """Exactly the faults given."""
        wanted = _member(request, "faults")
        try:
            faults = msgspec.convert(wanted, list[Fault])
        except msgspec.ValidationError as error:
            raise ValueError(
                f"faults: {error}; host is one of {', '.join(SERVICES)}, kind of {', '.join(KINDS)}"
            ) from None
        self._pair.outside.put_faults(faults)
        return self.get_faults(request)

    def delete_faults(self, request: Request) -> Response:
        """No faults any more."""
        self._pair.outside.put_faults([])
        return self.get_faults(request)

    def get_ledger(self, request: Request) -> Response:
        """Exchanges of one party: of=pingone, of=pingaccess, or of=outbound."""
        of = request.query_values().get("of", "")
        ledger = self._pair.ledgers.get(of)
        if ledger is None:
            raise ValueError(f"of: {of!r} is not one of {', '.join(self._pair.ledgers)}")
        return _ok({"exchanges": ledger.shown()})

    def delete_ledger(self, _: Request) -> Response:
        """All ledgers empty."""
        for ledger in self._pair.ledgers.values():
            ledger.clear()
        return _ok({})

    def reset(self, _: Request) -> Response:
        """Both fakes, the clock, faults and ledgers as they were at the start."""
        self._pair.reset()
        return _ok({})

    def snapshot(self, _: Request) -> Response:
        """The id of a snapshot of both fakes and the clock."""
        key = str(len(self._pair.snapshots) + 1)
        self._pair.snapshots[key] = self._pair.snapshot()
        return _ok({"id": key})

    def restore(self, request: Request) -> Response:
        """Both fakes and the clock as they were at that snapshot."""
        key = _member(request, "id")
        if not isinstance(key, str) or key not in self._pair.snapshots:
            known = ", ".join(self._pair.snapshots) or "(none: POST /snapshot makes one)"
            raise ValueError(f"id: {key!r} is not one of {known}")
        self._pair.restore(self._pair.snapshots[key])
        return _ok({"id": key})

    def get_trust(self, _: Request) -> Response:
        """The certificate (PEM) of the CA that issued the fake PingOne's."""
        return _ok({"pingone_ca_pem": self._pair.pingone_ca_pem})

    def get_keys(self, request: Request) -> Response:
        """The keys of an environment of PingOne: environment=, the first unless given."""
        return _ok(self._pair.signing_keys("show", request.query_values()))

    def change_keys(self, request: Request) -> Response:
        """The keys, when one was added, made to sign (switch) or withdrawn (retire)."""
        act, body = _member(request, "act"), request.json()
        given = {name: value for name, value in body.items() if isinstance(value, str)}
        return _ok(self._pair.signing_keys(str(act), given))

    def put_rate(self, request: Request) -> Response:
        """The rate that holds from now on, for all environments of the licence."""
        _member(request, "group")
        return _ok(self._pair.put_rate(request.json()))

    def put_instance(self, request: Request) -> Response:
        """The instance, as PingOne shows it from now on."""
        _member(request, "gateway")
        return _ok(self._pair.put_instance(request.json()))


_ROUTES: dict[tuple[str, str], Callable[[ControlDoor, Request], Response]] = {
    ("GET", "/clock"): ControlDoor.get_clock,
    ("POST", "/clock"): ControlDoor.advance_clock,
    ("GET", "/faults"): ControlDoor.get_faults,
    ("PUT", "/faults"): ControlDoor.put_faults,
    ("DELETE", "/faults"): ControlDoor.delete_faults,
    ("GET", "/ledger"): ControlDoor.get_ledger,
    ("DELETE", "/ledger"): ControlDoor.delete_ledger,
    ("POST", "/reset"): ControlDoor.reset,
    ("POST", "/snapshot"): ControlDoor.snapshot,
    ("POST", "/restore"): ControlDoor.restore,
    ("GET", "/trust"): ControlDoor.get_trust,
    ("GET", "/keys"): ControlDoor.get_keys,
    ("POST", "/keys"): ControlDoor.change_keys,
    ("PUT", "/rates"): ControlDoor.put_rate,
    ("PUT", "/instances"): ControlDoor.put_instance,
}


def _member(request: Request, name: str) -> Any:
    body = request.json()
    if not isinstance(body, dict) or name not in body:
        raise ValueError(f'the body must be a JSON object with "{name}"')
    return body[name]


def _ok(body: Mapping[str, Any]) -> Response:
    return Response(200, (("content-type", "application/json"),), encode(body))


def _problem(status: int, sentence: str) -> Response:
    return Response(status, (("content-type", "application/json"),), encode({"error": sentence}))
