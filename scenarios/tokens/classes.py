"""Classes of spoiled tokens as parameters of scenarios, and which requirement each one breaks."""

from collections.abc import Callable, Iterable
from itertools import groupby
from types import MappingProxyType
from typing import Any

import pytest

from harness.mutations import MUTATIONS, Judge, Mutation, Verdict, by_kind

Variants = tuple[Mutation, ...]

SIGNED = frozenset({"HDR", "ALG", "SIG"})
"""Layers of a token that can be read, and that PingOne did not sign as it stands."""

CLAIMED = frozenset({"PNG", "CLM", "UNI"})
"""Layers of a token that can be read, whose claims are those of no PingFederate gateway."""

CREATE = MappingProxyType(
    {
        "PST": "PA-TOK-001",
        "XPR": "PA-TOK-001",
        "STR": "PA-TOK-002",
        "SER": "PA-TOK-002",
        "DOS": "PA-TOK-002",
        "B64": "PA-TOK-003",
        "HJS": "PA-TOK-004",
        "HDR": "PA-TOK-005",
        "ALG": "PA-TOK-005",
        "PJS": "PA-TOK-006",
        "TIM": "PA-TOK-006",
        "PNG": "PA-TOK-007",
        "CLM": "PA-TOK-007",
        "UNI": "PA-TOK-007",
    }
)
UNSIGNED_CREATE = "PA-TOK-008"

MALFORMED_UPDATE, CLAIMS_UPDATE, UNSIGNED_UPDATE = "PA-TOK-011", "PA-TOK-012", "PA-TOK-013"
MALFORMED_SUBJECT, UNSIGNED_SUBJECT, CLAIMS_SUBJECT = "P1-SUB-001", "P1-SUB-002", "P1-SUB-003"


def only_unsigned(mutation: Mutation) -> bool:
    """Whether nothing is wrong with the token but that PingOne did not sign it as it stands."""
    if mutation.verdict is not Verdict.REJECT:
        return True
    return mutation.judge is Judge.ISSUER and mutation.layer not in {"HDR", "ALG", *CLAIMED, "TIM"}


def on_create(mutation: Mutation) -> str:
    """The requirement that a stored new connection with this token breaks."""
    return UNSIGNED_CREATE if only_unsigned(mutation) else CREATE[mutation.layer]


def on_update(mutation: Mutation) -> str:
    """The requirement that an edited connection with this token breaks."""
    return _of_three(mutation, MALFORMED_UPDATE, CLAIMS_UPDATE, UNSIGNED_UPDATE)


def on_exchange(mutation: Mutation) -> str:
    """The requirement that an access token for this subject token breaks."""
    return _of_three(mutation, MALFORMED_SUBJECT, CLAIMS_SUBJECT, UNSIGNED_SUBJECT)


def _of_three(mutation: Mutation, malformed: str, claimed: str, unsigned: str) -> str:
    if mutation.layer in SIGNED or only_unsigned(mutation):
        return unsigned
    return claimed if mutation.layer in CLAIMED else malformed


def parameters(
    requirement_of: Callable[[Mutation], str],
    after: Iterable[str],
    left_out: frozenset[str] = frozenset(),
) -> list[Any]:
    """One parameter for each class that must be refused from us: its variants.

    It carries the requirements of its variants, then those of what follows a refusal.
    """
    refused = tuple(
        mutation
        for mutation in MUTATIONS
        if mutation.refused_from_us and mutation.id not in left_out
    )
    return [
        pytest.param(variants, id=kind, marks=_marks(variants, requirement_of, after))
        for kind, variants in by_kind(refused).items()
    ]


def _marks(
    variants: Variants, requirement_of: Callable[[Mutation], str], after: Iterable[str]
) -> pytest.MarkDecorator:
    return pytest.mark.requirement(*dict.fromkeys(map(requirement_of, variants)), *after)


def by_layer(mutations: Iterable[Mutation]) -> list[Any]:
    """One parameter for each layer: its mutations among these."""
    ordered = sorted(mutations, key=lambda mutation: mutation.layer)
    groups = groupby(ordered, key=lambda mutation: mutation.layer)
    return [pytest.param(tuple(group), id=layer) for layer, group in groups]
