"""A product that answers what a test says, and keeps what it was asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx

from harness.product import ControlAddress, PingOneAddress, Session

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = tuple[int, Any]

PASSWORD = "the-password"
SECRET = "the-client-secret"
DOOR_TOKEN = "the-door-token"


class Asked:
    """The requests that came, and the answer to each: by `METHOD path`, or 404."""

    def __init__(self, **answers: Answer) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: dict[str, Answer | Callable[[httpx.Request], httpx.Response]] = {}
        self.answers.update(answers)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """The answer that was laid down for the request."""
        self.requests.append(request)
        answer = self.answers.get(f"{request.method} {request.url.path}", (404, {}))
        if callable(answer):
            return answer(request)
        status, body = answer
        return httpx.Response(status, json=body) if body is not None else httpx.Response(status)

    @property
    def last(self) -> httpx.Request:
        """The newest request."""
        return self.requests[-1]

    def bodies(self) -> list[Any]:
        """The JSON bodies, in order."""
        return [
            json.loads(request.content)
            for request in self.requests
            if "json" in request.headers.get("content-type", "")
        ]


def session(asked: Callable[[httpx.Request], httpx.Response], **members: Any) -> Session:
    """A run against that product."""
    settings: dict[str, Any] = {
        "target": "embedded",
        "release": "7.3",
        "admin_url": "https://pa.test:9000",
        "username": "Administrator",
        "password": PASSWORD,
        "pingone": PingOneAddress(
            "https://api.test/v1", "https://auth.test", "env-1", "worker", SECRET, "env-2"
        ),
        "client": httpx.Client(transport=httpx.MockTransport(asked), trust_env=False),
        "control": ControlAddress("https://control.test", DOOR_TOKEN),
        "run_id": "run7",
        **members,
    }
    return Session(**settings)
