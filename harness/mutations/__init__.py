"""The ways to spoil a token: `MUTATIONS` lists them, `spoil` does them.

Usable alone: give any well-formed gateway credential, name a mutation, send the text.

>>> from harness.mutations import by_id, spoil
>>> spoil("eyJhbGciOiJSUzI1NiJ9.e30.AAAA", by_id("JWT-STR-002.no-signature")).text
'eyJhbGciOiJSUzI1NiJ9.e30'
"""

from __future__ import annotations

from types import MappingProxyType

from harness.mutations.base64url import BASE64
from harness.mutations.claims import ODD_CLAIMS, ODD_TIMES
from harness.mutations.elsewhere import ELSEWHERE
from harness.mutations.foreign import FOREIGN
from harness.mutations.gateway import CLAIMS, GATEWAY
from harness.mutations.header import ALGORITHMS, HEADER_MEANING
from harness.mutations.header_json import HEADER_JSON
from harness.mutations.model import Judge, Mutation, Spoiled, Stage, Verdict, spoil
from harness.mutations.other_keys import OTHER_KEYS
from harness.mutations.parameters import OTHER_ALGORITHMS, PARAMETERS
from harness.mutations.paste import PASTED
from harness.mutations.payload import PAYLOAD_JSON, TIMES
from harness.mutations.sealed import SEALED
from harness.mutations.serialization import OTHER_FORMS
from harness.mutations.signature import SIGNATURES
from harness.mutations.structure import FORMS, SIZES, STRUCTURE
from harness.mutations.unwritten import UNWRITTEN, Unwritten

__all__ = [
    "MUTATIONS",
    "UNWRITTEN",
    "Judge",
    "Mutation",
    "Spoiled",
    "Stage",
    "Unwritten",
    "Verdict",
    "by_id",
    "by_kind",
    "spoil",
]

MUTATIONS: tuple[Mutation, ...] = (
    *PASTED,
    *STRUCTURE,
    *BASE64,
    *HEADER_JSON,
    *GATEWAY,
    *HEADER_MEANING,
    *ALGORITHMS,
    *SIGNATURES,
    *PAYLOAD_JSON,
    *TIMES,
    *CLAIMS,
    *FORMS,
    *FOREIGN,
    *SIZES,
    *PARAMETERS,
    *OTHER_ALGORITHMS,
    *ODD_CLAIMS,
    *ODD_TIMES,
    *OTHER_FORMS,
    *OTHER_KEYS,
    *ELSEWHERE,
    *SEALED,
)
"""Every variant of every class, layer by layer."""

_BY_ID = MappingProxyType({mutation.id: mutation for mutation in MUTATIONS})


def by_id(mutation_id: str) -> Mutation:
    """The mutation of that id; KeyError when there is none."""
    return _BY_ID[mutation_id]


def by_kind(mutations: tuple[Mutation, ...] = MUTATIONS) -> dict[str, tuple[Mutation, ...]]:
    """Class -> its variants, in the order of the registry."""
    kinds: dict[str, tuple[Mutation, ...]] = {}
    for mutation in mutations:
        kinds[mutation.kind] = (*kinds.get(mutation.kind, ()), mutation)
    return kinds
