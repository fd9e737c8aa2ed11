"""ACME servers that answer as a test wants them to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from fakes.outside import disbelieved
from fakes.tests.acme_server import ROOT, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    Spoil = Callable[[httpx.Request], httpx.Response]


def answering(status: int, body: Any = None, **headers: str) -> Spoil:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: httpx.Response(status, json=body, headers=named)


def raising(error: type[httpx.TransportError]) -> Spoil:
    def raised(request: httpx.Request) -> httpx.Response:
        raise error("a secret detail", request=request)

    return raised


def untrusted(request: httpx.Request) -> httpx.Response:
    raise disbelieved(request, "self-signed certificate")


def directory(**change: Any) -> Spoil:
    names = {name: f"{ROOT}/{name}" for name in ("newNonce", "newAccount", "newOrder")}
    return answering(200, names | change)


def refusing(kind: str, status: int = 403) -> Spoil:
    problem = Problem(kind, status=status)
    return answering(status, problem.document)


class Pattern(dict[str, Any]):
    """Spoilt answers by path, where `*` stands for any number."""

    def __contains__(self, path: object) -> bool:
        return super().__contains__(self._plain(path))

    def __getitem__(self, path: str) -> Any:
        return super().__getitem__(self._plain(path))

    @staticmethod
    def _plain(path: object) -> str:
        head, _, last = str(path).rpartition("/")
        return f"{head}/*" if last.isdecimal() else str(path)
