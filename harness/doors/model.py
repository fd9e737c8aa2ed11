"""What every door has in common, and what is looked for in an answer."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness import jose
from harness.hiding import shown_in
from harness.internals import internals_in
from harness.mutations import MUTATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import httpx

    from harness.jose import Signer
    from harness.mutations import Mutation

TOO_LARGE = frozenset({413, 414, 431})
"""What may refuse any token for its size (RFC 9110 section 15.5, RFC 6585 section 5)."""

VISIBLE = re.compile(r"[!-~]([ -~]*[!-~])?")
"""What a field of a header holds without being changed on its way (RFC 9110 section 5.5)."""

TORN = re.compile(r"[\ud800-\udfff]")
"""Half a surrogate pair: no text in UTF-8 holds one."""


class Door(ABC):
    """One place; `base` is the good token that spoiled ones are made of.

    `signer` is its issuer's, where the key is at hand. `canaries` are claims of the base that no
    refusal may show.
    """

    base: str
    accepting: frozenset[int] = frozenset({200})
    refusing: frozenset[int]
    signer: Signer = staticmethod(jose.nobody)
    canaries: tuple[str, ...] = ()
    among: tuple[Mutation, ...] = MUTATIONS

    def carries(self, text: str) -> bool:
        """Whether a request can hold the text as it is; JSON holds any, half a pair escaped."""
        del text
        return True

    @abstractmethod
    def send(self, text: str) -> httpx.Response:
        """The answer to the text; what a good one made is removed."""

    def accepted(self, answer: httpx.Response) -> bool:
        """Whether the token of the latest answer got in."""
        return answer.status_code in self.accepting

    def refused(self, answer: httpx.Response) -> bool:
        """Whether it was turned away as the documents have it."""
        return answer.status_code in self.refusing or answer.status_code in TOO_LARGE

    @abstractmethod
    def helps(self, answer: httpx.Response, text: str) -> bool:
        """Whether a refusal of the text says what is wrong."""

    @abstractmethod
    def state(self) -> object:
        """What must be the same after every refusal."""

    def mend(self) -> None:  # noqa: B027 - most doors leave nothing to mend
        """After it was not: as good again as it can be made, or nothing, and it counts as known."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a text: the status, and the first secret piece that the answer showed."""

    status: int
    leaked_in: str | None


def looked_at(answer: httpx.Response, secrets: Iterable[str]) -> Seen:
    """The status of an answer, and where it shows one of these pieces."""
    places = (shown_in(answer, secret) for secret in secrets)
    return Seen(answer.status_code, next(filter(None, places), None))


def object_in(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer; empty where it holds none."""
    try:
        told = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def is_oauth_error(answer: httpx.Response) -> bool:
    """Whether it is an OAuth error object without internals (RFC 6749 section 5.2)."""
    return isinstance(object_in(answer).get("error"), str) and internals_in(answer.text) is None


def canary_of(token: str, claim: str) -> tuple[str, ...]:
    """The claim of a token as a canary, where it has it as a text."""
    value = dict(jose.read(token).claims).get(claim)
    return (value,) if isinstance(value, str) else ()
