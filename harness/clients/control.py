"""The control door of a pair of fakes: their clock, faults, ledgers and state."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from harness.clients.wire import JSON_TYPE, Headers, Wire, query_of
from harness.errors import HarnessError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Control:
    """The door; every method is one request. Answers other than 200 are a HarnessError.

    `moved` hears of each advance of the clock, `replaced` of each exchange of the state.
    """

    __slots__ = ("_headers", "_root", "_wire", "moved", "replaced")

    def __init__(self, wire: Wire, root: str, token: str | None = None) -> None:
        self._wire = wire
        self._root = root
        self._headers: Headers = {"host": root.partition("://")[2].encode()}
        if token:
            wire.record.secret(token)
            self._headers["authorization"] = b"Bearer " + token.encode()
        self.moved: Callable[[], None] | None = None
        self.replaced: Callable[[], None] | None = None

    def advance(self, seconds: float) -> None:
        """The clock of the fakes is that much later."""
        self._ask("advance", "POST", "/clock", {"advance_s": seconds})
        if self.moved:
            self.moved()

    def now_s(self) -> float:
        """The clock of the fakes, in seconds since 1970."""
        return float(self._ask("now", "GET", "/clock")["now_s"])

    def set_faults(self, *faults: Mapping[str, object]) -> None:
        """Exactly these faults happen on the way from PingAccess to PingOne.

        Shape: {"host": "auth" | "api" | "any", "kind": …, "status": …, "times": …}.
        """
        self._ask("set_faults", "PUT", "/faults", {"faults": list(faults)})

    def clear_faults(self) -> None:
        """Nothing fails on the way any more."""
        self._ask("clear_faults", "DELETE", "/faults")

    def ledger(self, of: str) -> list[dict[str, Any]]:
        """The exchanges that `pingone`, `pingaccess` or the way between them (`outbound`) saw."""
        exchanges: list[dict[str, Any]] = self._ask(
            "ledger", "GET", f"/ledger{query_of({'of': of})}"
        )["exchanges"]
        return exchanges

    def clear_ledger(self) -> None:
        """The ledgers are empty."""
        self._ask("clear_ledger", "DELETE", "/ledger")

    def reset(self) -> None:
        """Both fakes are as they were at the start."""
        self._ask("reset", "POST", "/reset")
        self._tell()

    def snapshot(self) -> str:
        """The id under which the state of now can be restored."""
        return str(self._ask("snapshot", "POST", "/snapshot")["id"])

    def restore(self, snapshot: str) -> None:
        """The state is what it was at the snapshot."""
        self._ask("restore", "POST", "/restore", {"id": snapshot})
        self._tell()

    def put_rate(self, group: str, requests: int, seconds: int) -> None:
        """The licence of PingOne's environment is good for so many requests in so many seconds."""
        body = {"group": group, "requests": requests, "seconds": seconds}
        self._ask("put_rate", "PUT", "/rates", body)

    def pingone_ca_pem(self) -> str:
        """The certificate of the authority that issued PingOne's, PEM."""
        return str(self._ask("trust", "GET", "/trust")["pingone_ca_pem"])

    def _tell(self) -> None:
        if self.replaced:
            self.replaced()

    def _ask(self, operation: str, method: str, path: str, body: object = None) -> dict[str, Any]:
        headers, content = dict(self._headers), None
        if body is not None:
            headers["content-type"], content = JSON_TYPE, dumps(body).encode()
        answer = self._wire.send(operation, method, self._root + path, headers, content)
        if answer.status_code != 200:
            raise HarnessError(
                f"the control door answered {answer.status_code} to {method} {path}: "
                f"{answer.text[:200]}"
            )
        told: dict[str, Any] = answer.json() if answer.content else {}
        return told
