"""Which mutations hide which: a later one may throw away all that an earlier one did."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from harness import jose
from harness.mutations import edits, texts
from harness.mutations.model import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from harness.mutations.model import Mutation

OVERWRITES: MappingProxyType[Callable[..., Any], frozenset[Stage]] = MappingProxyType(
    {
        texts.text_is: frozenset(Stage),
        edits.payload_is: frozenset({Stage.CLAIMS, Stage.PAYLOAD}),
        edits.header_is: frozenset({Stage.HEADER, Stage.HEADER_BYTES}),
        edits.only_claims: frozenset({Stage.CLAIMS}),
        edits.signature_is: frozenset(),
    }
)
"""Act -> the stages whose work it replaces as a whole."""

_MEMBERS = frozenset({edits.set_claim, edits.set_header})
"""Acts that replace one member, which is their first argument."""


def hides(later: Mutation, earlier: Mutation) -> bool:
    """Whether nothing of `earlier` is seen once `later` is done after it."""
    if earlier.stage in OVERWRITES.get(later.act, ()):
        return True
    same = later.act is earlier.act and later.act in _MEMBERS
    return same and later.args[0] == earlier.args[0]


def compatible(done: Iterable[Mutation]) -> tuple[Mutation, ...]:
    """The mutations, but none that another of them hides, and of large ones the first only.

    They are done in the order of their stages; of one stage, in the order given. Sizes multiply:
    a token that is made large twice fills the memory.
    """
    kept: list[Mutation] = []
    for mutation in done:
        second = mutation.layer == "DOS" and any(one.layer == "DOS" for one in kept)
        if not second and not any(conflict(mutation, one) for one in kept):
            kept.append(mutation)
    return tuple(kept)


def conflict(one: Mutation, other: Mutation) -> bool:
    """Whether either hides the other, whichever is done first."""
    return hides(one, other) or hides(other, one)


def undone(base: str, token: str) -> bool:
    """True when a token is the base again, but for what readers may judge either way."""
    text = token.strip(" \t\r\n")
    if text == base:
        return True
    # the last character may differ in bits that stand for nothing (RFC 4648 section 3.5)
    return text[:-1] == base[:-1] and len(text) == len(base) and _last(text) == _last(base)


def _last(token: str) -> bytes | None:
    try:
        return jose.unb64url(token.rpartition(".")[2])
    except ValueError:
        return None
