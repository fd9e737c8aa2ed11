"""What happened in one scenario: every request with its answer, and what must not be shown."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

Party: TypeAlias = Literal["pingaccess", "pingone", "control"]

MASK = "«secret»"
MOST_EXCHANGES = 240
"""More than any scenario needs; properties have more, and hold on to the latest."""


@dataclass(slots=True)
class Exchange:
    """One request and what came of it: a response, or the error that stood in its place.

    `operation` is the vendor's operation id in snake case, None for a request by path; of the
    control door, the name of the method. `started_s` is by `Record.clock`, `took_s` how long it
    took.
    """

    party: Party
    operation: str | None
    request: httpx.Request
    response: httpx.Response | None = None
    error: str | None = None
    started_s: float = 0.0
    took_s: float = 0.0

    def __str__(self) -> str:
        came = self.error if self.response is None else self.response.status_code
        return f"{self.request.method} {self.request.url.path} -> {came}"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a token was made: of which, by mutations of these ids, with arguments if of their own."""

    of: str
    mutations: tuple[tuple[str, list[Any] | None], ...]


@dataclass(slots=True)
class Record:
    """The exchanges of one scenario in their order, and the secrets that passed through it.

    `clock` gives seconds that only grow: for how long something takes, never for what is judged.
    `public` are names that everybody may see, also where one of them is tried as a password.
    `dropped` exchanges came before the first that is still known.
    """

    name: str
    requirements: tuple[str, ...] = ()
    exchanges: list[Exchange] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    public: frozenset[str] = frozenset()
    clock: Callable[[], float] = perf_counter
    dropped: int = 0
    recipes: dict[str, Recipe] = field(default_factory=dict)

    def note(self, exchange: Exchange) -> None:
        """The exchange is part of what happened; of very many, the latest are kept."""
        self.exchanges.append(exchange)
        if len(self.exchanges) > MOST_EXCHANGES:
            del self.exchanges[: MOST_EXCHANGES // 2]
            self.dropped += MOST_EXCHANGES // 2

    def restart(self) -> None:
        """What was exchanged so far has nothing to do with what follows."""
        self.exchanges.clear()
        self.dropped = 0

    def made(self, token: str, of: str, *mutations: tuple[str, list[Any] | None]) -> None:
        """The token was made of another by these mutations; of very many, the first are kept."""
        if len(self.recipes) < MOST_EXCHANGES:
            self.recipes[token] = Recipe(of, mutations)

    def secret(self, value: str) -> None:
        """The value is never shown from now on; a public name only where its place is secret."""
        if value and value not in self.public:
            self.secrets.add(value)

    def masked(self, text: str) -> str:
        """The text without any secret; longer secrets first, since one may hold another."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(secret, MASK)
        return text

    def exchange_of(self, response: httpx.Response) -> Exchange | None:
        """The exchange that this response ended; None where it was not seen here."""
        for exchange in reversed(self.exchanges):
            if exchange.response is response:
                return exchange
        return None


current: ContextVar[Record | None] = ContextVar("paconform_record", default=None)
"""The record of the scenario that is running."""
