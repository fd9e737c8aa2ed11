"""Answers: what a handler has to say, with the headers that every answer has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.message import Malformed, Response, encode
from fakes.pingaccess.problems import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakes.message import Request
    from fakes.pingaccess.access.roles import Caller
    from fakes.pingaccess.state import State

    Headers = tuple[tuple[str, str], ...]


class Call(NamedTuple):
    """One request that got in: who sent it, and the ids in its path, percent-decoded."""

    request: Request
    user: Caller
    ids: tuple[str, ...] = ()

    def json(self, state: State) -> Any:
        """The body as JSON; Refusal where it is none."""
        types = state.behaviour.content_types
        if types is not None:
            sent = self.request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if sent not in types:
                raise unreadable(f"{sent or 'no media type'} is not JSON", state.behaviour)
        if not state.behaviour.body_escapes and b"\\u" in self.request.body:
            raise unreadable("it holds an escape", state.behaviour)
        try:
            value = self.request.json()
        except Malformed as error:
            raise unreadable(str(error), state.behaviour) from None
        if _is_deep(self.request.body, value, state.behaviour.body_depth):
            raise unreadable("it is nested too deeply", state.behaviour)
        return value


def _is_deep(body: bytes, value: Any, enough: int) -> bool:
    """Whether a value is nested deeper than `enough`; most are not, which their bytes tell."""
    if body.count(b"[") + body.count(b"{") <= enough:
        return False
    level = [value]
    for _ in range(enough):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def ok(
    state: State,
    value: Any,
    *,
    status: int = 200,
    warnings: Iterable[str] = (),
    more: Headers = (),
) -> Response:
    """The value as JSON; warnings become a Warning header (code 199, observed)."""
    return raw(state, encode(value), status=status, warnings=warnings, more=more)


def raw(
    state: State,
    body: bytes,
    *,
    status: int = 200,
    warnings: Iterable[str] = (),
    more: Headers = (),
) -> Response:
    """Bytes that are JSON already, or nothing."""
    agent = state.behaviour.warning_agent
    if agent is not None:
        for text in warnings:
            more += (("Warning", f'199 {agent} "{text}"'),)
    return Response(status, state.json_headers() + more, body)


def nothing(state: State) -> Response:
    """An empty body: a deletion that shows nothing."""
    return Response(state.behaviour.deleted_status, state.common_headers())
