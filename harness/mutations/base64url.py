"""Wrong base64url (B64): other alphabets, padding, bits that are left over."""

from __future__ import annotations

from harness.mutations import texts
from harness.mutations.model import Mutation, Stage, Verdict
from harness.mutations.rows import open_to, reject

_NAMES = ("header", "payload", "signature")

_OUTSIDE = "?#*%~!@:, \x00\x7f"

BASE64: tuple[Mutation, ...] = (
    reject(
        "JWT-B64-001.letters",
        "The standard alphabet instead of the one for URLs",
        Stage.TEXT,
        "RFC 7515 section 2; RFC 4648 section 5",
        texts.exchange_all,
        (("-", "+"), ("_", "/")),
    ),
    reject(
        "JWT-B64-001.plus",
        "A plus sign in the signature",
        Stage.PARTS,
        "RFC 7515 section 2; RFC 4648 section 5",
        texts.part_insert,
        2,
        0.5,
        "+/+/",
    ),
    *(
        reject(
            f"JWT-B64-002.{_NAMES[index]}",
            f"Padding behind the {_NAMES[index]}",
            Stage.PARTS,
            "RFC 7515 section 2",
            texts.part_with,
            index,
            "",
            padding,
        )
        for index, padding in ((0, "="), (1, "="), (2, "=="))
    ),
    reject(
        "JWT-B64-003.inside",
        "Padding inside the payload",
        Stage.PARTS,
        "RFC 7515 section 2; RFC 4648 section 3.2",
        texts.part_insert,
        1,
        0.5,
        "=",
    ),
    reject(
        "JWT-B64-003.surplus",
        "More padding than any text has",
        Stage.PARTS,
        "RFC 7515 section 2; RFC 4648 section 3.2",
        texts.part_with,
        2,
        "",
        "===",
    ),
    *(
        reject(
            f"JWT-B64-004.{name}",
            f"A length of the {name} that no base64url has",
            Stage.PARTS,
            "RFC 4648 section 4",
            texts.part_odd,
            index,
        )
        for index, name in enumerate(_NAMES)
    ),
    open_to(
        Verdict.EITHER,
        "JWT-B64-005.signature",
        "Unused bits of the last character set",
        Stage.TEXT,
        "RFC 4648 section 3.5 (a reader may refuse)",
        texts.spare_bits,
    ),
    *(
        reject(
            f"JWT-B64-006.{ord(letter):02x}",
            f"{letter!r} inside the payload",
            Stage.PARTS,
            "RFC 4648 section 3.3",
            texts.part_insert,
            1,
            0.3,
            letter,
        )
        for letter in _OUTSIDE
    ),
    *(
        reject(
            f"JWT-B64-007.{name}",
            f"{letter!r} inside the signature",
            Stage.PARTS,
            "RFC 7515 section 2",
            texts.part_insert,
            2,
            0.3,
            letter,
        )
        for name, letter in (("accent", "\u00e9"), ("emoji", "\U0001f511"), ("wide", "\uff21"))
    ),
    reject(
        "JWT-B64-008.surrogate",
        "Half a surrogate pair inside the payload",
        Stage.PARTS,
        "RFC 8259 section 8.2",
        texts.part_insert,
        1,
        0.5,
        "\ud800",
    ),
    *(
        reject(
            f"JWT-B64-009.{_NAMES[index]}",
            f"The {_NAMES[index]} in base64url twice",
            Stage.PARTS,
            "RFC 7515 section 5.2 (3)",
            texts.part_as,
            index,
            "twice",
        )
        for index in (0, 1)
    ),
    *(
        reject(
            f"JWT-B64-010.{codec}",
            f"The header in {codec}",
            Stage.PARTS,
            "RFC 7515 section 2",
            texts.part_as,
            0,
            codec,
        )
        for codec in ("hex", "base32")
    ),
    *(
        reject(
            f"JWT-B64-011.{_NAMES[index]}",
            f"The {_NAMES[index]} as plain JSON",
            Stage.PARTS,
            "RFC 7515 section 7.1",
            texts.part_as,
            index,
            "raw",
        )
        for index in (0, 1)
    ),
)
