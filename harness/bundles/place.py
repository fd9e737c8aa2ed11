"""The target that a bundle is replayed on: whom its parties are, and what it may do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.bundles.format import Ref
from harness.clients.admin_operations import KINDS
from harness.clients.pingone import KINDS as PINGONE_KINDS
from harness.clients.wire import Wire
from harness.errors import BadSettings, HarnessError, NoAnswer
from harness.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from harness.bundles.format import Party, Setting, Step
    from harness.patterns import Patterns
    from harness.product import Session
    from harness.product.session import Scenario
    from harness.recorder import Exchange, Record
    from harness.recorder import Party as Told

_TOLD: Mapping[Party, Told] = {
    "pingaccess": "pingaccess",
    "pingone_api": "pingone",
    "pingone_auth": "pingone",
    "control": "control",
}
LARGEST_TOGETHER = 100_000_000
"""Bytes of all answers to the steps of one replay, which are kept until it ends."""

CHANGES = frozenset({"PUT", "PATCH", "DELETE"})


class Place:
    """One fresh scenario's worth of a target."""

    def __init__(self, session: Session, record: Record, patterns: Patterns | None = None) -> None:
        self.record = record
        self._patterns = patterns
        self._room = LARGEST_TOGETHER
        self.sent: list[Exchange] = []
        self._session = session
        self.scenario: Scenario = session.scenario(record)
        self._name = session.namer(record.name)("x").removesuffix("-x-1")
        pingone = session.pingone
        self.origins: dict[Party, str] = {
            "pingaccess": session.admin_url,
            "pingone_api": pingone.api_url.removesuffix("/v1"),
            "pingone_auth": pingone.auth_url,
        }
        if session.control is not None:
            self.origins["control"] = session.control.url
        self._wires = {told: self._wire(told) for told in set(_TOLD.values())}
        self.settings: Mapping[Setting, Callable[[], str | None]] = {
            "pingaccess_admin_url": lambda: session.admin_url,
            "pingaccess_username": lambda: session.username,
            "pingaccess_password": lambda: session.password,
            "pingone_api_url": lambda: pingone.api_url,
            "pingone_auth_url": lambda: pingone.auth_url,
            "pingone_environment_id": lambda: pingone.environment_id,
            "pingone_second_environment_id": lambda: pingone.second_environment_id,
            "pingone_client_id": lambda: pingone.client_id,
            "pingone_client_secret": lambda: pingone.client_secret,
            "control_token": lambda: session.control.token if session.control else None,
            "worker_token": self._worker_token,
            "name_prefix": lambda: self._name,
            "name_letters": lambda: "".join(filter(str.isalnum, self._name)),
        }

    def redactor(self) -> Redactor:
        """Takes out what is secret by now, and what is like a customer's pattern."""
        return Redactor([*self._session.secrets, *self.record.secrets], self._patterns)

    def _worker_token(self) -> str:
        return self.scenario.pingone.worker_token()

    def send(
        self, step: Step, path: str, headers: dict[str, bytes], content: bytes | None
    ) -> httpx.Response:
        """The answer of the party; of the target's own origins, and of no other."""
        origin = self.origins.get(step.to)
        if origin is None:
            raise BadSettings(
                f"a step asks the control door of the fakes ({self._told(step, path)}), and the "
                "target has none; replay on --target embedded"
            )
        self._refuse_what_stays(step, path)
        sent = {"host": origin.partition("://")[2].encode(), **headers}
        wire = self._wires[_TOLD[step.to]]
        try:
            answer = wire.send(step.operation, step.method, origin + path, sent, content)
        except NoAnswer:
            self.sent.append(self.record.exchanges[-1])
            raise
        self.sent.append(self.record.exchanges[-1])
        self._room -= len(answer.content)
        if self._room < 0:
            raise BadSettings("the answers to the steps grow without end; no more is sent")
        self._remember(step, answer)
        return answer

    def take_limits(self) -> None:
        """A 429 is an answer like another from now on, and nothing is asked again."""
        for wire in self._wires.values():
            wire.patient = False

    def _refuse_what_stays(self, step: Step, path: str) -> None:
        """A live product keeps what the replay has not made itself."""
        if self._session.target != "live":
            return
        if step.to == "control" and path in ("/reset", "/restore"):
            raise BadSettings("a step replaces the state of the fakes; replay on --target embedded")
        if step.to == "pingaccess" and "/config/import" in path:
            raise BadSettings("a step imports a configuration; replay on --target embedded")
        own = not isinstance(step.path, str) and any(isinstance(one, Ref) for one in step.path[1:2])
        if step.method in CHANGES and step.to == "pingaccess" and not own:
            raise BadSettings(
                f"{self._told(step, path)} changes what the replay has not made, and a live "
                "product keeps that; replay on --target embedded or served"
            )

    def _told(self, step: Step, path: str) -> str:
        """The request in an error: a bundle may have put a secret of the target into its path."""
        return f"{step.method} {self.redactor().text(path)[:80]}"

    def _remember(self, step: Step, answer: httpx.Response) -> None:
        """What was made is removed at the end, where the target outlives the replay."""
        if step.method != "POST" or answer.status_code not in (200, 201):
            return
        try:
            made = answer.json()
        except (ValueError, RecursionError):
            return
        if step.to == "pingaccess" and step.operation in KINDS:
            self.scenario.product.admin.remember(KINDS[step.operation], made)
        elif step.to == "pingone_api" and step.operation in PINGONE_KINDS:
            self.scenario.pingone.remember(PINGONE_KINDS[step.operation], made)

    def _wire(self, told: Told) -> Wire:
        session = self._session
        return Wire(
            told,
            session.carry,
            self.record,
            session.builder,
            read_only=not session.allow_writes and told != "control",
            pause=session.pause,
        )

    def close(self) -> list[str]:
        """What could not be removed of what was made."""
        try:
            self.scenario.close()
        except HarnessError as error:
            return [str(error)]
        return self.scenario.left
