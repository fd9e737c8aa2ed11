"""What a way to spoil a token is, and how several are done to one token.

A `Mutation` is a frozen value that holds everything it needs, so that it can be drawn, compared,
written into evidence and done again. The suite holds no key of PingOne: an edit of header or claims
is signed with bytes of nobody, so the token is refused whatever else is right about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Any

from harness import jose

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.jose import Draft, Signer


class Stage(IntEnum):
    """When an act is done; earlier stages first, so that a list of mutations shrinks freely."""

    CLAIMS = 1
    PAYLOAD = 2
    HEADER = 3
    HEADER_BYTES = 4
    SIGNATURE = 5
    PARTS = 6
    """The text of one part: three parts stay three."""
    FORM = 7
    """How the parts are put together."""
    TEXT = 8
    """The token as a piece of text."""


class Verdict(Enum):
    """What a reader must make of the token."""

    REJECT = "reject"
    ACCEPT = "accept"
    EITHER = "either"
    """Refuse or accept, but no server error, and what is accepted is used consistently."""
    LAST = "last"
    """Refuse, or accept with the last duplicate (RFC 7515 section 4, RFC 7519 section 4)."""
    PROFILE = "profile"
    """The product's own documents decide; nothing is asserted where they are silent."""


class Judge(Enum):
    """Who can see the fault."""

    READER = "reader"
    """Whoever decodes the token: no key and no question to PingOne is needed."""
    ISSUER = "issuer"
    """At the latest PingOne, which knows its keys and gateways."""


PLAIN = frozenset(
    f"JWT-{kind}"
    for kind in (
        *(f"HDR-0{n:02}" for n in (1, 2, 3, 4, 9, 11, 13, 14, 15, 16, 21)),
        *("ALG-003", "ALG-004"),
        *(f"TIM-0{n:02}" for n in (3, 7, 12, 14, 17)),
        *(f"CLM-0{n:02}" for n in (1, 2, 3, 4, 6, 7)),
        "UNI-001",
    )
)
"""Classes that any strict reader refuses under the issuer's own signature, without its knowledge.

Whether PingAccess is such a reader, or leaves them to PingOne, is published nowhere: their judge is
the issuer.
"""

MOST_SHOWN = 80
"""Characters of arguments in a `repr`; longer ones are told by the id alone."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One way to spoil a token: what is done, and what a reader must make of the result.

    `id` is the taxonomy's class with a suffix for the variant (`JWT-PST-005.tab`). `act` takes a
    `Draft` (stages before PARTS) or the token's text (the others), then `args`, and gives the same
    kind back. `needs` names what the suite has not got, where the verdict holds only with it.
    """

    id: str
    title: str
    stage: Stage
    verdict: Verdict
    judge: Judge
    source: str
    act: Callable[..., Any]
    args: tuple[Any, ...] = ()
    needs: str | None = None

    def __repr__(self) -> str:
        args = repr(self.args)
        shown = f", {args}" if len(args) <= MOST_SHOWN else ""
        return f"Mutation({self.id}{shown})"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))  # Hypothesis would show every field

    @property
    def kind(self) -> str:
        """The class of the taxonomy: the id without its variant."""
        return self.id.partition(".")[0]

    @property
    def layer(self) -> str:
        """The layer of the class, such as PST, STR, B64, HJS."""
        return self.id.split("-")[1]

    @property
    def plain(self) -> bool:
        """True when the token is wrong whoever signed it, so that its issuer may have signed it."""
        return self.judge is Judge.READER or self.kind in PLAIN

    @property
    def resigns(self) -> bool:
        """True when header or claims change, so that PingOne's signature no longer fits."""
        return self.stage < Stage.PARTS

    @property
    def refused_from_us(self) -> bool:
        """True when it must be refused from us, for want of the issuer's key if nothing else."""
        return self.verdict is Verdict.REJECT or self.resigns


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A spoiled token with everything that must not leak from it; `repr` shows neither."""

    text: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    mutations: tuple[Mutation, ...]


def spoil(token: str, *mutations: Mutation, signer: Signer = jose.nobody) -> Spoiled:
    """The token with every mutation done to it, in the order of their stages.

    ValueError when `token` is not a well-formed compact JWS with JSON objects in it.
    """
    ordered = sorted(mutations, key=lambda mutation: mutation.stage)
    edits = [mutation for mutation in ordered if mutation.resigns]
    text = _edited(jose.read(token), edits).compact(signer) if edits else token
    written = text
    for mutation in ordered[len(edits) :]:
        text = mutation.act(text, *mutation.args)
    return Spoiled(text, secrets(token, written, text), tuple(mutations))


def _edited(draft: Draft, edits: list[Mutation]) -> Draft:
    for mutation in edits:
        draft = mutation.act(draft, *mutation.args)
    return draft


_TORN = re.compile(r"[.\ud800-\udfff]")
"""Where a text falls apart: at dots, and at halves of surrogate pairs, which no answer can hold."""

LEAST = 12
"""Characters; shorter pieces of a token stand in ordinary text by chance."""

LEAST_OF_TEXT = 24
"""Characters; shorter pieces of what is no part of a token are ordinary words."""


def secrets(token: str, written: str, text: str) -> tuple[str, ...]:
    """The pieces that no answer may show: the parts of both tokens, and what was made of them.

    A piece around another one is left out: it cannot be shown without the inner one.
    """
    pieces = {piece for piece in f"{token}.{written}".split(".") if len(piece) >= LEAST}
    spoiled = _TORN.sub(" ", text).split()
    pieces |= {
        piece
        for piece in spoiled
        if len(piece) >= (LEAST if piece in token or piece in written else LEAST_OF_TEXT)
    }
    least: list[str] = []
    for piece in sorted(pieces, key=lambda piece: (len(piece), piece)):
        if not any(inner in piece for inner in least):
            least.append(piece)
    return tuple(least)
