"""Headers that are no JSON object, and objects in unusual words (HJS).

The signature is nobody's: a reader that trusts the header before it checks the signature is
caught, and so is one that checks nothing.
"""

from __future__ import annotations

from harness.jose import Raw
from harness.mutations import edits
from harness.mutations.model import Judge, Mutation, Stage, Verdict
from harness.mutations.rows import from_issuer, reject

_OBJECT = "RFC 7515 section 5.2 (3)"
_JSON = "RFC 8259 section 2"
_TWICE = "RFC 7515 section 4"

_NO_JSON = (
    ("001.text", "Text that is no JSON", b"RS256"),
    ("001.bytes", "Bytes that are no text", bytes(range(128, 148))),
    ("003.array", "A JSON array", b"[]"),
    ("003.string", "A JSON string", b'"RS256"'),
    ("003.number", "A JSON number", b"3"),
    ("003.null", "JSON null", b"null"),
    ("003.true", "JSON true", b"true"),
    ("004.empty", "An empty JSON object", b"{}"),
    ("005.comma", "A comma at the end", b'{"alg":"RS256",}'),
    ("005.comment", "A comment", b'{"alg":"RS256"/*x*/}'),
    ("005.quotes", "Single quotation marks", b"{'alg':'RS256'}"),
    ("005.bare", "A name without quotation marks", b'{alg:"RS256"}'),
    ("012.utf-16", "JSON in UTF-16", '{"alg":"RS256"}'.encode("utf-16")),
    ("012.utf-32", "JSON in UTF-32", '{"alg":"RS256"}'.encode("utf-32-be")),
    ("013.byte", "A byte that UTF-8 never has", b'{"alg":"RS256","a":"\xff"}'),
    ("013.overlong", "An overlong UTF-8 sequence", b'{"alg":"RS256","a":"\xc0\x80"}'),
    ("013.half", "Half of a UTF-8 sequence", b'{"alg":"RS256","a":"\xe2\x82"}'),
    ("017.nul", "A NUL in the name of alg", b'{"al\\u0000g":"RS256"}'),
    ("018.tab", "A bare tab in a string", b'{"alg":"RS256","a":"\t"}'),
    ("018.lf", "A bare line feed in a string", b'{"alg":"RS256","a":"\n"}'),
)

HEADER_JSON: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-HJS-{id_}",
            f"{title} as the header",
            Stage.HEADER_BYTES,
            _OBJECT,
            edits.header_is,
            data,
        )
        for id_, title, data in _NO_JSON
    ),
    *(
        reject(
            f"JWT-HJS-002.{name}",
            "The header's JSON cut off",
            Stage.HEADER_BYTES,
            _OBJECT,
            edits.header_cut,
            part,
        )
        for name, part in (("end", 1.0), ("middle", 0.5))
    ),
    *(
        reject(
            f"JWT-HJS-006.{name}",
            f"{data!r} behind the header's JSON",
            Stage.HEADER_BYTES,
            _JSON,
            edits.header_with,
            b"",
            data,
        )
        for name, data in (("object", b"{}"), ("nul", b"\0"), ("text", b" x"))
    ),
    from_issuer(
        "JWT-HJS-007.none-first",
        "alg twice: none, then RS256",
        Stage.HEADER,
        _TWICE,
        edits.repeat_header,
        "alg",
        "none",
        "RS256",
        verdict=Verdict.LAST,
    ),
    reject(
        "JWT-HJS-008.none-last",
        "alg twice: RS256, then none",
        Stage.HEADER,
        f"{_TWICE}; section 5.2",
        edits.repeat_header,
        "alg",
        "RS256",
        "none",
    ),
    from_issuer(
        "JWT-HJS-009.typ",
        "typ twice",
        Stage.HEADER,
        _TWICE,
        edits.repeat_header,
        "typ",
        "at+jwt",
        "JWT",
        verdict=Verdict.LAST,
    ),
    from_issuer(
        "JWT-HJS-010.escape",
        "alg twice, once with an escape in its name",
        Stage.HEADER_BYTES,
        "RFC 8259 section 8.3; RFC 7515 section 10.13",
        edits.header_swap,
        b'{"alg"',
        b'{"\\u0061lg":"none","alg"',
        verdict=Verdict.LAST,
    ),
    from_issuer(
        "JWT-HJS-011.mark",
        "A byte order mark before the JSON",
        Stage.HEADER_BYTES,
        "RFC 8259 section 8.1 (a reader may ignore it)",
        edits.header_with,
        b"\xef\xbb\xbf",
        verdict=Verdict.EITHER,
    ),
    *(
        reject(
            f"JWT-HJS-014.{name}",
            f"{text} as a value",
            Stage.HEADER,
            "RFC 8259 section 6",
            edits.last_header,
            "x",
            Raw(text),
        )
        for name, text in (("nan", "NaN"), ("infinity", "Infinity"), ("minus", "-Infinity"))
    ),
    from_issuer(
        "JWT-HJS-015.digits",
        "A number of five thousand digits",
        Stage.HEADER,
        "RFC 8259 sections 6 and 9",
        edits.last_header,
        "x",
        edits.LONG_NUMBER,
        verdict=Verdict.EITHER,
    ),
    *(
        reject(
            f"JWT-HJS-016.{depth}",
            f"Arrays nested {depth} deep",
            Stage.HEADER,
            "RFC 8259 section 9",
            edits.last_header,
            "x",
            edits.nested(depth),
            judge=judge,
        )
        for depth, judge in ((100, Judge.ISSUER), (5_000, Judge.READER))
    ),
    *(
        from_issuer(
            f"JWT-HJS-019.{name}",
            f"An unknown member {member!r}",
            Stage.HEADER,
            "RFC 7515 section 4 (unknown members are ignored)",
            edits.last_header,
            member,
            value,
        )
        for name, member, value in (
            ("proto", "__proto__", {"alg": "none"}),
            ("constructor", "constructor", {"prototype": {}}),
            ("type", "@type", "java.lang.Object"),
            ("ref", "$ref", "#/alg"),
        )
    ),
    from_issuer(
        "JWT-VAL-001.header",
        "White space, another order and an escaped name, all legal JSON",
        Stage.HEADER_BYTES,
        "RFC 8259 sections 2, 4 and 7",
        edits.header_spread,
    ),
)
