"""Wrong parts (STR), other serializations (SER) and sizes (DOS)."""

from __future__ import annotations

from harness import jose
from harness.mutations import edits, texts
from harness.mutations.model import Judge, Mutation, Stage
from harness.mutations.rows import reject

_FORM = "RFC 7515 sections 5.2 and 7.1"
_SIGNED = "RFC 7515 section 5.2 (8)"

_ORDERS = (
    ("001.header", "h", "One part and no dot"),
    ("002.no-signature", "hp", "Header and payload, one dot"),
    ("003.dots", "---", "Two dots and nothing else"),
    ("004.no-header", "-ps", "An empty header"),
    ("005.no-payload", "h-s", "An empty payload under the old signature"),
    ("007.no-signature", "hp-", "An empty signature though the header names RS256"),
    ("008.fourth", "hpsx", "A fourth part"),
    ("008.fourth-empty", "hps-", "A fourth part that is empty"),
    ("009.five", "hpshp", "Five parts that are no JWE"),
    ("011.leading", "-hps", "A dot at the start"),
    ("011.doubled", "h-ps", "A dot twice"),
    ("012.turned", "phs", "Payload before header"),
    ("012.signature-second", "hsp", "Signature before payload"),
    ("012.reversed", "sph", "The parts turned round"),
)

_DELIMITERS = (("comma", ","), ("semicolon", ";"), ("colon", ":"), ("bar", "|"), ("wide", "\uff0e"))

STRUCTURE: tuple[Mutation, ...] = (
    *(
        reject(f"JWT-STR-{id_}", title, Stage.FORM, _FORM, texts.parts, order)
        for id_, order, title in _ORDERS
    ),
    reject(
        "JWT-STR-006.signed",
        "An empty payload, signed as it is: a JWS, but no JWT",
        Stage.PAYLOAD,
        "RFC 7519 section 7.2 (10)",
        edits.payload_is,
        b"",
    ),
    *(
        reject(
            f"JWT-STR-010.{count}",
            f"{count} dots more",
            Stage.TEXT,
            "RFC 7515 section 7.1",
            texts.around,
            "",
            "." * count,
        )
        for count in (6, 10_000)
    ),
    *(
        reject(
            f"JWT-STR-013.{name}",
            f"{joint!r} instead of dots",
            Stage.FORM,
            "RFC 7515 section 7.1",
            texts.parts,
            "hps",
            joint,
        )
        for name, joint in _DELIMITERS
    ),
    reject(
        "JWT-STR-014.payload",
        "The claims of another gateway under the old signature",
        Stage.SIGNATURE,
        _SIGNED,
        edits.kept,
        "claims",
        "gatewayId",
        "11111111-1111-4111-8111-111111111111",
        judge=Judge.ISSUER,
    ),
    reject(
        "JWT-STR-015.header",
        "Another header under the old signature",
        Stage.SIGNATURE,
        _SIGNED,
        edits.kept,
        "header",
        "kid",
        "other",
        judge=Judge.ISSUER,
    ),
)

FORMS: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-SER-{id_}.{form}",
            f"The JWS in its JSON serialization ({form})",
            Stage.FORM,
            "RFC 7515 section 7.2; RFC 7519 section 1 (compact only)",
            texts.as_json_jws,
            form,
        )
        for id_, form in (
            ("001", "general"),
            ("002", "flattened"),
            ("005", "unprotected"),
            ("006", "polyglot"),
        )
    ),
    reject(
        "JWT-SER-007.detached",
        "A payload that is somewhere else",
        Stage.FORM,
        "RFC 7515 appendix F",
        texts.detached,
    ),
    reject(
        "JWT-SER-010.jwe",
        "A JWE",
        Stage.TEXT,
        "RFC 7516 section 9",
        texts.text_is,
        jose.b64url(b'{"alg":"dir","enc":"A128CBC-HS256"}') + "..AAAAAAAAAAAAAAAAAAAAAA.AAAA.AAAA",
    ),
)

SIZES: tuple[Mutation, ...] = (
    reject(
        "JWT-DOS-003.header",
        "A header of 64 kB",
        Stage.HEADER,
        "RFC 8259 section 9",
        edits.last_header,
        "pad",
        64 * 1024 * "a",
        judge=Judge.ISSUER,
    ),
    reject(
        "JWT-DOS-004.signature",
        "A signature of 64 kB",
        Stage.SIGNATURE,
        _SIGNED,
        edits.signature_length,
        64 * 1024,
        judge=Judge.ISSUER,
    ),
    *(
        reject(
            f"JWT-DOS-013.{name}",
            f"Ten thousand times {letter!r}",
            Stage.TEXT,
            "RFC 7515 section 2",
            texts.text_is,
            10_000 * letter,
        )
        for name, letter in (("equals", "="), ("dots", "."))
    ),
)
