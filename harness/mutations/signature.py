"""Signatures that PingOne did not make over this token (SIG)."""

from __future__ import annotations

from harness.mutations import edits
from harness.mutations.model import Mutation, Stage
from harness.mutations.rows import reject

_SIGNED = "RFC 7515 section 5.2 (8)"

SIGNATURES: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-SIG-001.{name}",
            f"One bit turned at the signature's {name}",
            Stage.SIGNATURE,
            _SIGNED,
            edits.signature_bit,
            part,
            bit,
        )
        for name, part, bit in (("start", 0.0, 7), ("middle", 0.5, 3), ("end", 1.0, 0))
    ),
    *(
        reject(
            f"JWT-SIG-002.{name}",
            f"The signature {title}",
            Stage.SIGNATURE,
            f"{_SIGNED}; RFC 7518 section 3.3",
            edits.signature_length,
            change,
        )
        for name, title, change in (
            ("short", "one byte short", -1),
            ("long", "one byte too long", 1),
            ("longer", "of a kilobyte", 768),
        )
    ),
    reject(
        "JWT-SIG-003.random",
        "Any bytes of the right length",
        Stage.SIGNATURE,
        _SIGNED,
        edits.signature_is,
        bytes(range(256)),
    ),
    *(
        reject(
            f"JWT-SIG-{id_}.{what}",
            f"Signed by a stranger's key over {title}",
            Stage.SIGNATURE,
            source,
            edits.signed_as,
            what,
        )
        for id_, what, title, source in (
            ("004", "all", "the whole token", _SIGNED),
            ("010", "decoded", "the decoded bytes", _SIGNED),
            ("011", "header", "the header only", "RFC 7515 section 5.1"),
            ("011", "payload", "the payload only", "RFC 7515 section 5.1"),
        )
    ),
    reject(
        "JWT-SIG-012.respelled",
        "The same header in other words under the old signature",
        Stage.SIGNATURE,
        _SIGNED,
        edits.respelled,
    ),
    reject(
        "JWT-SIG-013.twin",
        "The signature of a twin that was issued at another second",
        Stage.SIGNATURE,
        _SIGNED,
        edits.kept,
        "claims",
        "iat",
        1_700_000_000,
    ),
)
