"""Short constructors for rows of the registry: one for each verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.mutations.model import Judge, Mutation, Stage, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

ISSUER_KEY = "issuer key"
"""Needed where the verdict holds only under PingOne's own signature."""

STRANGER_TRUSTED = "a reader that trusts the stranger's elliptic key"
"""Needed for what only a true signature of another algorithm shows."""

CLOCK = "issuer key; a reader whose clock is the token's iat, with a leeway"
"""Needed where the verdict holds at one time only."""

# Layers whose faults stand in the token itself; the others take PingOne's knowledge. What
# PingAccess looks at itself is not published: PA-TOK-026 is graded as assumed.
_READER = frozenset({"PST", "STR", "B64", "HJS", "PJS", "PNG", "SER", "XPR", "UNI", "DOS"})


def reject(  # noqa: PLR0913 - the columns of a table
    id: str,  # noqa: A002 - the name of the field
    title: str,
    stage: Stage,
    source: str,
    act: Callable[..., Any],
    *args: Any,
    judge: Judge | None = None,
) -> Mutation:
    """A row that every reader must refuse."""
    who = judge or (Judge.READER if id.split("-")[1] in _READER else Judge.ISSUER)
    return Mutation(id, title, stage, Verdict.REJECT, who, source, act, args)


def from_issuer(  # noqa: PLR0913 - the columns of a table
    id: str,  # noqa: A002 - the name of the field
    title: str,
    stage: Stage,
    source: str,
    act: Callable[..., Any],
    *args: Any,
    verdict: Verdict = Verdict.ACCEPT,
) -> Mutation:
    """A row whose verdict holds only under PingOne's signature; from us it must be refused."""
    return Mutation(id, title, stage, verdict, Judge.ISSUER, source, act, args, ISSUER_KEY)


def open_to(  # noqa: PLR0913, PLR0917 - the columns of a table
    verdict: Verdict,
    id: str,  # noqa: A002 - the name of the field
    title: str,
    stage: Stage,
    source: str,
    act: Callable[..., Any],
    *args: Any,
) -> Mutation:
    """A row that keeps PingOne's signature and that readers may judge in more than one way."""
    return Mutation(id, title, stage, verdict, Judge.ISSUER, source, act, args)
