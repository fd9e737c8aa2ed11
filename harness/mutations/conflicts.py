"""Which mutations hide which: a later one may throw away all that an earlier one did."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from harness import jose
from harness.mutations import edits, relative, texts
from harness.mutations.model import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from harness.mutations.model import Mutation

OVERWRITES: MappingProxyType[Callable[..., Any], frozenset[Stage]] = MappingProxyType(
    {
        texts.text_is: frozenset(Stage),
        edits.payload_is: frozenset({Stage.CLAIMS, Stage.PAYLOAD}),
        edits.header_is: frozenset({Stage.HEADER, Stage.HEADER_BYTES}),
        edits.payload_spread: frozenset({Stage.PAYLOAD}),
        edits.header_spread: frozenset({Stage.HEADER_BYTES}),
        edits.only_claims: frozenset({Stage.CLAIMS}),
        edits.signature_is: frozenset(),
    }
)
"""Act -> the stages whose work it replaces as a whole."""

_CLAIMS = frozenset(
    {
        edits.set_claim,
        edits.last_claim,
        edits.drop_claim,
        edits.change_claim,
        edits.rename_claim,
        relative.time_claim,
        relative.listed,
    }
)
_HEADERS = frozenset({edits.set_header, edits.last_header, edits.drop_header, edits.rename_header})
"""Acts on one claim or header member, which is their first argument."""

_MEMBERS = frozenset({edits.set_claim, edits.set_header})
"""Those that put it in its old place whatever it was."""


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
    """Whether either hides or heals the other: above all, whether both are about one member."""
    same = any(one.act in acts and other.act in acts for acts in (_CLAIMS, _HEADERS))
    about_one = same and one.args[0] == other.args[0]
    return about_one or hides(one, other) or hides(other, one)


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
